"""What changed in words between the packet that was handed out and the one that is: the rows of a 正誤表.

In: the pages of both, with their words. Out: `Correction`s in the order of the packet. Rules: a paragraph is compared as a
whole, on however many pages it stands; what merely moved to another page is no correction; a page on which anything but
its words changed has a row, and so has a paper that is new or gone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from typing import Literal

from kotobuki.compare.alignment import aligned, likeness
from kotobuki.compare.words import stretches
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.packet.record import Former
from kotobuki.packet.words import Passage

WHOLE = "全体"
HEAD_OF_PAPER = "冒頭"
HEADING = "見出し"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A row: on which pages (of the old packet, then of the new one, "" = in one alone) and where, what was and what is.

    `old` and `new`: "" = nothing. `about`: of what there are no words to show, the whole paper or all but its words.
    """

    agenda: int | None
    paper: str
    pages: tuple[str, str]
    where: str
    old: str = ""
    new: str = ""
    about: Literal["", "added", "dropped", "looks"] = ""


@dataclass(frozen=True, slots=True)
class _Text:
    """A passage as a whole. `begins`: from which character on it stands on which page."""

    text: str
    where: str
    begins: tuple[tuple[int, Former], ...]

    def page(self, offset: int = 0) -> str:
        """The page on which a character stands, as printed."""
        at = bisect_right([start for start, _ in self.begins], offset) - 1
        return self.begins[max(at, 0)][1].name


def corrections(before: Sequence[Former], now: Sequence[Former]) -> Iterator[Correction]:
    """The rows. Pages whose words nobody kept are as pages without words."""
    old, new = ([page for page in pages if not page.blank] for pages in (before, now))
    for agenda, paper in dict.fromkeys((page.agenda, page.paper) for page in chain(new, old)):
        sides = [[page for page in pages if (page.agenda, page.paper) == (agenda, paper)] for pages in (old, new)]
        yield from _of_paper(agenda, paper, *sides)


def _of_paper(agenda: int | None, paper: str, old: list[Former], new: list[Former]) -> Iterator[Correction]:
    if not (old and new):
        about: Literal["added", "dropped"] = "added" if new else "dropped"
        yield Correction(agenda=agenda, paper=paper, pages=(_all(old), _all(new)), where=WHOLE, about=about)
        return
    found = [
        Correction(agenda=agenda, paper=paper, pages=pages, where=where, old=before, new=after)
        for pages, where, before, after in _changed(list(_texts(old)), list(_texts(new)))
    ]
    found += [
        Correction(agenda=agenda, paper=paper, pages=pages, where=WHOLE, about="looks") for pages in _redrawn(old, new)
    ]
    if not found and [page.digest for page in old] != [page.digest for page in new]:
        last = old[-1].name, new[-1].name
        found.append(Correction(agenda=agenda, paper=paper, pages=last, where=WHOLE, about="looks"))
    yield from found


def _redrawn(old: list[Former], new: list[Former]) -> Iterator[tuple[str, str]]:
    """The pages that say what a page said before, but look otherwise: a figure, a page that others made."""
    said: dict[tuple[Passage, ...], list[Former]] = {}
    for page in old:
        said.setdefault(page.words or (), []).append(page)
    for page in new:
        before = said.get(page.words or (), [])
        if before and page.digest not in {each.digest for each in before}:
            same = next((each for each in before if each.name == page.name), before[0])
            yield same.name, page.name


def _all(pages: Sequence[Former]) -> str:
    """The pages of a paper, as p. 2～p. 5."""
    names = list(dict.fromkeys(page.name for page in pages))
    return names[0] if len(names) == 1 else "～".join([*names[:1], *names[-1:]])


def _changed(old: list[_Text], new: list[_Text]) -> Iterator[tuple[tuple[str, str], str, str, str]]:
    """Pages, place, old and new words of each passage that changed."""
    for before, after in _paired(old, new):
        if before and after:
            if before.text != after.text:
                yield _pages_of_change(before, after), after.where, before.text, after.text
        elif before:
            yield (before.page(), ""), before.where, before.text, ""
        elif after:
            yield ("", after.page()), after.where, "", after.text


def _paired(old: list[_Text], new: list[_Text]) -> Iterator[tuple[_Text | None, _Text | None]]:
    """Which passage stands for which: those that are alike, and one between them that is not in the place of one."""
    pairs = [
        (None if a is None else old[a], None if b is None else new[b])
        for a, b in aligned(old, new, lambda each: each.text, lambda a, b: likeness(a.text, b.text))
    ]
    for is_pair, group in groupby(pairs, key=lambda pair: None not in pair):
        run = list(group)
        match run:
            case [(before, None), (None, after)] if before and after and before.where == after.where and not is_pair:
                yield before, after
            case _:
                yield from run


def _pages_of_change(before: _Text, after: _Text) -> tuple[str, str]:
    """Where the first of the changed words stand."""
    a = b = 0
    for each in stretches(before.text, after.text):
        if not each.same:
            break
        a, b = a + len(each.old), b + len(each.new)
    return before.page(a), after.page(b)


def _texts(pages: Sequence[Former]) -> Iterator[_Text]:
    """The passages of a paper, joined over its pages, each with where it stands: its section, and its row of a table."""
    section, row = HEAD_OF_PAPER, ""
    last: _Text | None = None
    for page in pages:
        for passage in page.words or ():
            if passage.sign == "+" and last:
                last = _Text(last.text + passage.text, last.where, (*last.begins, (len(last.text), page)))
                continue
            if last:
                yield last
            match passage.sign:
                case "#":
                    section, row, where = passage.text, "", HEADING
                case "|":
                    row, where = passage.text, section
                case _:
                    where = "　".join(part for part in (section, row) if part)
            last = _Text(passage.text, where, ((0, page),))
    if last:
        yield last
