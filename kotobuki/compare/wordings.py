"""Authored text as words to compare: terms and references by what they mean, whatever they print.

In: inlines. Out: `Word`s. A term is the same where its short name has changed, a reference where only the number of its
target has; `literal` words are compared as printed, as the text of a regulation must be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from itertools import groupby
from typing import assert_never

from kotobuki.compare.words import Word, words_of
from kotobuki.diagnostics import Place
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.numbering.draft import Names
from kotobuki.numbering.names import printed
from kotobuki.numbering.references import References
from kotobuki.numbering.targets import Target
from kotobuki.reading.inlines import (
    Anchor,
    Circled,
    Inline,
    Inlines,
    Leader,
    Linked,
    Name,
    Note,
    NoteRef,
    PaperPageNumber,
    Ref,
    RunIn,
    Spread,
    Text,
    Unframed,
    unframed,
)
from kotobuki.reading.placeholders import Placeholder


def place_of(inlines: Inlines) -> Place:
    """Where a text stands in its source; nowhere if it is none."""
    places = (place for inline in unframed(inlines) if (place := _place(inline)) is not None)
    return next(places, Place(""))


def _place(inline: Unframed) -> Place | None:
    """Where words stand; None for what prints nothing of its own, or has no source."""
    match inline:
        case Text():
            return inline.at[0][1] if inline.at else None
        case Name() | Ref() | Note() | NoteRef() | Placeholder():
            return inline.place
        case Anchor() | RunIn() | Circled() | PaperPageNumber():
            return None
        case _:
            assert_never(inline)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wordings:
    """Turns inlines into words.

    terms       what a term is compared as, where that is not its own name: one that was renamed
    target      what the target of a reference is compared as
    as_printed  what names and references print, by place (`Worded.printed`); what is not in it, its short name or number
    literal     compare what is printed
    used        the terms that were met, by name
    """

    names: Names
    references: References
    terms: Mapping[str, str] = field(default_factory=dict)
    target: Callable[[Target], str] = lambda target: "／".join(target.names[:1])
    as_printed: Mapping[Place, str] = field(default_factory=dict)
    literal: bool = False
    used: set[str] = field(default_factory=set)

    def words(self, inlines: Inlines, owner: Target | None = None) -> tuple[Word, ...]:
        """The words of a text that stands in or under `owner`."""
        found: list[Word] = []
        for is_ref, group in groupby(inlines, key=lambda inline: isinstance(inline, Ref)):
            if is_ref:
                found += self._references([each for each in group if isinstance(each, Ref)], owner)
            else:
                found += [word for inline in group for word in self._inline(inline, owner)]
        return tuple(word for word in found if word.text)

    def plain(self, text: str) -> tuple[Word, ...]:
        """The words of a text that holds no marks."""
        return tuple(words_of(self.names.style.digits.set_text(text)))

    def _inline(self, inline: Inline, owner: Target | None) -> Iterator[Word]:
        match inline:
            case Text(text=text, verbatim=verbatim):
                yield from words_of(text if verbatim else self.names.style.digits.set_text(text))
            case Name():
                yield from self._name(inline)
            case Note(inlines=inner):
                yield from (*words_of("（※"), *self.words(inner, owner), *words_of("）"))
            case Placeholder() | Circled():
                yield from words_of(inline.text)
            case PaperPageNumber(number=number):
                yield from words_of(number)
            case NoteRef(name=name):
                yield Word("（※）", f"※{name}")
            case Spread() | Linked() | Leader():
                yield from self.words(inline.inlines, owner)
            case Anchor() | RunIn():
                pass  # print nothing
            case Ref():
                raise AssertionError("references are worded by the run")
            case _:
                assert_never(inline)

    def _name(self, use: Name) -> Iterator[Word]:
        self.used.add(use.name)
        term = self.names.terms.get(use.name)
        text = printed((use,), self.names) if use.extent == "full" or term is None else term.short_name
        text = self.as_printed.get(use.place, text) if self.literal else text
        text = self.names.style.digits.set_text(text)
        if self.literal:
            yield from words_of(text)
        else:
            extent = {"full": "：正式", "short": "：略称", "long": "", "": ""}[use.extent]
            yield Word(text or f"｛{use.name}｝", f"｛{self.terms.get(use.name, use.name)}{extent}｝")

    def _references(self, refs: list[Ref], owner: Target | None) -> list[Word]:
        before = len(self.references.cited)
        text = self.references.words(refs, owner) or "".join(f"｛→{'／'.join(ref.path)}｝" for ref in refs)
        cited = self.references.cited[before:]
        if self.literal:
            return words_of(self.as_printed.get(refs[0].place, text))
        meant = [f"→{ref.show}{self.target(each)}" for ref, each in zip(refs, cited, strict=False)]
        return [Word(text, "".join(meant) or text)]
