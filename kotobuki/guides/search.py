"""What the guides say of a topic: by their headings, then by keys, then by words.

In: a topic as a user types it. Out: an `Answer`; one with nothing in it proposes near names. The guides themselves have one
home: the Markdown that is read on the web, which a wheel brings along.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import assert_never

from kotobuki.diagnostics import nearest
from kotobuki.guides.keys import Meaning, meanings
from kotobuki.guides.markdown import Block, Code, Item, Paragraph, Section, TableRows, codes, plain, sections_of
from kotobuki.lazy_dataclasses import dataclass

GUIDES = ("cases/README.md", "templates/README.md", "README.md")
_FEW = 2
"""Sections whose heading has the topic in it, shown though there are keys of that name."""
_NUMBER = re.compile(r"^[0-9]+\. *")
_ASIDE = re.compile(r"（[^）]*）$")


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a section that treats a topic."""

    section: Section
    block: Block


@dataclass(frozen=True, slots=True)
class Answer:
    """What there is: sections under a heading of that name, keys of that name, parts that name it; else near `names`."""

    sections: tuple[Section, ...] = ()
    keys: tuple[Meaning, ...] = ()
    places: tuple[Place, ...] = ()
    near: str = ""

    def __bool__(self) -> bool:
        """Whether anything was found."""
        return bool(self.sections or self.keys or self.places)


@cache
def guides() -> tuple[Section, ...]:
    """All sections of all guides."""
    package = Path(__file__).parents[1]
    home = next((each for each in (package / "_guides", package.parent) if (each / GUIDES[0]).is_file()), None)
    if home is None:
        return ()
    return tuple(each for name in GUIDES for each in sections_of((home / name).read_text(encoding="utf-8"), name))


def answer(topic: str) -> Answer:
    """What the guides say of it."""
    wanted = _folded(topic)
    if not wanted:
        return Answer()
    titles = {each: _folded(_NUMBER.sub("", each.title)) for each in guides()}
    same = [each for each, title in titles.items() if wanted in (title, _ASIDE.sub("", title), _folded(each.title))]
    alike = [each for each, title in titles.items() if wanted in title]
    keys = tuple(each for each in meanings() if _folded(each.name) == wanted)
    rows = _rows(wanted)
    shown = same or (alike if len(alike) <= _FEW or not (rows or keys) else [])
    here = [each.section for each in rows]
    named = [each for each in _named(wanted) if each.section not in here] if keys else []
    places = (*rows, *named) if rows or keys else () if shown else _worded(wanted)
    found = Answer(tuple(shown), keys, tuple(each for each in places if each.section not in shown))
    return found or Answer(near=_near(topic))


def _rows(wanted: str) -> tuple[Place, ...]:
    """The rows of tables that are about it: named in their first cell."""
    found = []
    for section in guides():
        for block in section.blocks:
            if isinstance(block, TableRows):
                own = [row for row in block.rows[1:] if wanted in _names(row[0])]
                found += [Place(section, TableRows((block.rows[0], *own)))] if own else []
    return tuple(found)


def _names(cell: str) -> set[str]:
    """What a first cell names: all of it, each part of it, what stands in `…`, also up to its colon."""
    words = plain(cell)
    parts = [words, *re.split("[・、 ]", words), *codes(cell)]
    return {_folded(each) for each in parts} | {
        _folded(re.split("[：:]", each.removeprefix("- "))[0]) for each in codes(cell)
    }


def _named(wanted: str) -> tuple[Place, ...]:
    """The parts that have it as a key: in `…` or in an example, standing by itself."""
    alone = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
    return _parts(lambda text: any(alone.search(_folded(each)) for each in codes(text)))


def _worded(wanted: str) -> tuple[Place, ...]:
    """The parts that have it as a word."""
    return _parts(lambda text: wanted in _folded(text))


def _parts(fits: Callable[[str], bool]) -> tuple[Place, ...]:
    """The blocks of which a text fits, of a table the rows, of an example the lines, in `…` as all code."""
    found = []
    for section in guides():
        for block in section.blocks:
            match block:
                case TableRows(rows=rows):
                    own = [row for row in rows[1:] if fits(" ".join(row))]
                    found += [Place(section, TableRows((rows[0], *own)))] if own else []
                case Code(lines=lines):
                    fit = tuple(line for line in lines if fits(f"`{line}`"))
                    found += [Place(section, Code(fit))] if fit else []
                case Paragraph(text=text) | Item(text=text):
                    found += [Place(section, block)] if fits(text) else []
                case _:
                    assert_never(block)
    return tuple(found)


def _near(topic: str) -> str:
    """The heading or key that was probably meant; "" = none is near."""
    known = [*(_ASIDE.sub("", _NUMBER.sub("", each.title)) for each in guides()), *(each.name for each in meanings())]
    return nearest(topic, list(dict.fromkeys(known))) or ""


def _folded(text: str) -> str:
    """A text by which words are compared: widths, cases and the braces of marks do not count."""
    return unicodedata.normalize("NFKC", text).casefold().strip(" {}:#`-")
