"""What ｛…｝ prints when nothing is to be defined: full names, for titles and widths.

In: authored inlines and the names. Out: plain words, digits not yet set.
"""

from __future__ import annotations

from typing import assert_never

from kotobuki.numbering.draft import Names
from kotobuki.reading.inlines import (
    Anchor,
    Circled,
    Inlines,
    Name,
    Note,
    NoteRef,
    PaperPageNumber,
    Ref,
    RunIn,
    Text,
    unframed,
)
from kotobuki.reading.placeholders import Placeholder


def printed(inlines: Inlines, names: Names, within: tuple[str, ...] = (), short: frozenset[str] = frozenset()) -> str:
    """The words with every name printed in full (those in `short` by their short name); marks and notes left out."""
    if len(inlines) == 1 and isinstance(inlines[0], Text):  # as most are
        return inlines[0].text
    words = []
    for inline in unframed(inlines):
        match inline:
            case Text() | Circled() | Placeholder():
                words.append(inline.text)
            case PaperPageNumber(number=number):
                words.append(number)
            case Name(name=name, extent=extent) if name in names.terms and (
                extent == "short" or (not extent and name in short)
            ):
                words.append(names.terms[name].short_name)
            case Name(name=name):
                inner = () if name in within else meaning(name, names)  # a circle is reported where it is used
                words.append(printed(inner, names, (*within, name), short))
            case Ref() | Note() | NoteRef() | Anchor() | RunIn():
                pass
            case _:
                assert_never(inline)
    return "".join(words)


def meaning(name: str, names: Names) -> Inlines:
    """The full name of a term, or the words of a field; nothing for an unknown name (reported where it is used)."""
    if name in names.fields:
        return names.fields[name]
    return names.terms[name].full if name in names.terms else ()
