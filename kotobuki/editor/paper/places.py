"""Where the words of a page stand in the file that is being written: for a click on the page, and for the cursor in the text.

In: a page, the faces of its fonts, the lines of the file. Out: boxes. Each holds a run of characters of one line whose
widths are alike, so that the part of its width at which a click falls is the part of its words in the source: who
points at the middle of a character is led to that character. Words that are printed for a mark (｛用語｝, ｛→…｝) lead to the mark;
a label, which is nowhere written, to the words that it stands by; headings and labels of rows, which the form has, to what stands
under or beside them. All else that comes from other files has no box.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from kotobuki.diagnostics import Place
from kotobuki.fonts import FontFace
from kotobuki.layout.origins import Cuts, Origin, Stretch, stretches
from kotobuki.layout.page import Page, TextLine
from kotobuki.named_tuples import NamedTuple
from kotobuki.project import FORM

_ABOVE, _BELOW = 0.88, 0.12
"""What the em box of a Japanese face has above and below the baseline."""
_MOSTLY = 0.75
"""The share of characters that must be as they are printed, for a text to be the one that is printed."""
_OFF = 0.3
"""How far a character may stand from where its box has it, as a share of its width."""


class Box(NamedTuple):
    """Left, top, right and bottom in pt; what is printed there stands in the file from (line, column) to (end_line, end_column)."""

    left: float
    top: float
    right: float
    bottom: float
    line: int
    column: int
    end_line: int
    end_column: int


class _Sort(NamedTuple):
    """A character of a line: where it begins, and how far the next one is."""

    text: str
    x: float
    width: float


class Source(NamedTuple):
    """The file: as it is called in places, and its lines."""

    shown: str
    lines: Sequence[str]

    def holds(self, place: Place | None) -> bool:
        """Whether a place is one of this file."""
        return place is not None and place.path == self.shown and 0 < place.line <= len(self.lines)


def boxes(page: Page, face_of: Callable[[str], FontFace], source: Source) -> list[Box]:
    """The boxes of a page, in the order of its words."""
    found: list[Box] = []
    named: list[TextLine] = []
    cuts = Cuts()
    for item in page.items:
        if not isinstance(item, TextLine) or not item.origin:
            continue
        own = list(_boxes(item, face_of(item.font), source, cuts))
        if own:
            to = max(own, key=lambda box: box.line)  # names may stand for words above, where they are defined
            found += [_caret(line, face_of(line.font), to) for line in named]
            named = []
        elif _is_of_form(item.origin, cuts):
            named.append(item)
        found += own
    return found


def _is_of_form(origin: Origin, cuts: Cuts) -> bool:
    found = stretches(origin, 1_000, cuts)
    return any(each.own and each.place and each.place.path.endswith(f"/{FORM}") for each in found)


def _caret(line: TextLine, face: FontFace, to: Box) -> Box:
    """A whole line that leads to where another box begins."""
    last = list(_sorts(line, face))[-1]
    ends = (line.spans[0].x, line.y - _ABOVE * line.size, last.x + last.width, line.y + _BELOW * line.size)
    left, top, right, bottom = (round(each, 2) for each in ends)
    return Box(left, top, right, bottom, to.line, to.column, to.line, to.column)


def _boxes(line: TextLine, face: FontFace, source: Source, cuts: Cuts) -> Iterator[Box]:
    sorts: list[_Sort] = []
    top, bottom = round(line.y - _ABOVE * line.size, 2), round(line.y + _BELOW * line.size, 2)
    assert line.origin
    length = sum(len(span.text) for span in line.spans)
    for stretch in stretches(line.origin, length, cuts):
        if stretch.place is None or not source.holds(stretch.place):
            continue
        sorts = sorts or list(_sorts(line, face))
        for start, end, column, last in _parts(stretch, sorts, source):
            left, right = sorts[start].x, sorts[start].x + (end - start) * sorts[start].width
            if last - column != end - start:  # a mark, as wide as its words are
                right = sorts[end - 1].x + sorts[end - 1].width
            if right > left:
                at = stretch.place.line
                yield Box(round(left, 2), top, round(right, 2), bottom, at, column, at, last)


def _sorts(line: TextLine, face: FontFace) -> Iterator[_Sort]:
    for span in line.spans:
        x = span.x
        for character in span.text:
            width = face.advance_em(character) * line.size + span.tracking
            yield _Sort(character, x, width)
            x += width


def _parts(stretch: Stretch, sorts: Sequence[_Sort], source: Source) -> Iterator[tuple[int, int, int, int]]:
    """The runs of a stretch: its characters from, to; their columns from, to."""
    start, end, place, own, before = stretch
    assert place
    line, printed = source.lines[place.line - 1], "".join(sort.text for sort in sorts[start:end])
    if not own:
        yield start, end, place.column, place.column
        return
    first = place.column + before
    begin, there = start, start + _written(printed, line[first - 1 :])
    if there == start or line.startswith("｛", place.column - 1) > printed.startswith("｛"):
        yield start, end, *_mark(line, place.column - 1)
        return
    for at in range(start + 1, there + 1):
        if at == there or not _goes_on(sorts, begin, at):
            column = first + begin - start
            yield begin, at, column, column + at - begin
            begin = at
    if there < end:  # what is put behind it: 、 between items, the bracket around a title
        yield there, end, first + there - start, first + there - start


def _goes_on(sorts: Sequence[_Sort], begin: int, at: int) -> bool:
    """Whether a character stands where it would if all since `begin` had the same width."""
    width = sorts[begin].width
    off = _OFF * width
    return abs(sorts[at].x - sorts[begin].x - (at - begin) * width) <= off and abs(sorts[at].width - width) <= off


def _written(printed: str, source: str) -> int:
    """How many of the characters stand in the source one by one, but for the widths of digits and 、 that are ， in print."""
    if source.startswith(printed):
        return len(printed)
    alike = [one == other for one, other in zip(_folded(printed), _folded(source[: len(printed)]), strict=False)]
    count = next((at + 1 for at in range(len(alike) - 1, -1, -1) if alike[at]), 0)
    return count if _MOSTLY * count <= sum(alike) else 0


@lru_cache(maxsize=4096)
def _folded(text: str) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFKC", character) for character in text)


def _mark(line: str, first: int) -> tuple[int, int]:
    """The columns of the mark that begins at `first`, with its braces; of anything else, where it begins."""
    if line[first : first + 1] != "｛":
        return first + 1, first + 1
    depth = 0
    for at in range(first, len(line)):
        depth += {"｛": 1, "｝": -1}.get(line[at], 0)
        if not depth:
            return first + 1, at + 2
    return first + 1, len(line) + 1
