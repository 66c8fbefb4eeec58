"""What authors say of a figure, as values: parties and arrows, steps and branches, blocks before and after.

`figure_reading` makes them of YAML; `figures` lays them out. Who stands where is settled (column, row); nothing else.
The words are as authored until numbering has settled them, which leaves plain `Text` in their place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field, fields, is_dataclass, replace
from typing import Any, Literal, TypeVar

from kotobuki.diagnostics import Place
from kotobuki.drawing import LineStyle
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.inlines import Inlines, Places, Text, plain


@dataclass(frozen=True, slots=True)
class FigureWords:
    """What stands in a box, on an arrow or above a lane: paragraphs, which layout breaks into lines."""

    paragraphs: tuple[Inlines, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The paragraphs as they are printed, once their words are settled."""
        return tuple(plain(each) for each in self.paragraphs)

    @property
    def places(self) -> tuple[Places, ...]:
        """Where each of `texts` stands in the source."""
        return tuple(tuple(_places(each)) for each in self.paragraphs)

    def __bool__(self) -> bool:
        """Whether there is anything to draw: a caption or title may be left out."""
        return bool(self.paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A party or system in column `column` (from 0) and row `row` (from 1). `dashed`: a protected area.

    title  what stands in its box instead of its name; `text`: what stands under that
    """

    name: str
    title: FigureWords
    text: FigureWords
    column: int
    row: int
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Connection:
    """An arrow between two parties, by name; `both`: with a head at either end."""

    source: str
    target: str
    words: FigureWords
    line: LineStyle = "thin"
    both: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A dashed frame around neighbours of one column."""

    title: FigureWords
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relations:
    """システム図 and スキーム図: parties in columns, arrows between them.

    zones   the heading of each column; empty: no frame is drawn around it
    legend  what each kind of line stands for
    """

    zones: tuple[FigureWords, ...]
    parties: tuple[Party, ...]
    links: tuple[Connection, ...]
    areas: tuple[Area, ...] = ()
    legend: tuple[tuple[LineStyle, FigureWords], ...] = ()


@dataclass(frozen=True, slots=True)
class Branch:
    """A way out of a step; `words` only at a decision."""

    target: str
    words: FigureWords = FigureWords()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step in lane `lane` (from 0) and row `row` (from 1).

    words  what stands in its box instead of its name; `text`: what stands under that
    """

    name: str
    words: FigureWords
    text: FigureWords = FigureWords()
    kind: Literal["step", "start", "end", "decision"]
    lane: int
    row: int
    branches: tuple[Branch, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """流れ図: steps in lanes from left to right; () for the lanes' names if there is one lane only."""

    lanes: tuple[FigureWords, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class ContrastPair:
    """A row of 新旧: one block as it was and as it will be, its title, if any, above both, a remark beside them."""

    title: FigureWords
    before: FigureWords
    after: FigureWords
    remark: FigureWords


@dataclass(frozen=True, slots=True)
class Contrast:
    """新旧: blocks side by side under two headings (and that of the remarks)."""

    headings: tuple[FigureWords, FigureWords, FigureWords]
    pairs: tuple[ContrastPair, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """画像: a file in the folder of the case. `width_em`: how wide it is to stand, 0 = as wide as it can.

    `page`: that of a PDF file, from 1; 0 = not said. `place` is that of the file's name; its path is the case's.
    """

    file: str
    width_em: float = 0.0
    page: int = 0
    place: Place = field(default=Place(""), compare=False)


Drawn = Relations | Flow | Contrast
"""A figure that Kotobuki draws."""

Figure = Drawn | Picture
_T = TypeVar("_T")


def _places(inlines: Inlines) -> Iterator[tuple[int, Place]]:
    offset = 0
    for each in inlines:
        if isinstance(each, Text):
            yield from ((offset + start, place) for start, place in each.at)
            offset += len(each.text)


def words_of(figure: Figure) -> Iterator[Inlines]:
    """The paragraphs of a figure, in its own order."""
    found: list[Inlines] = []

    def note(inlines: Inlines) -> Inlines:
        found.append(inlines)
        return inlines

    with_words(figure, note)
    return iter(found)


def with_words(value: _T, change: Callable[[Inlines], Inlines]) -> _T:
    """The figure with each paragraph changed, in the order of `words_of`."""
    changed: Any = value
    if isinstance(value, FigureWords):
        changed = FigureWords(tuple(change(each) for each in value.paragraphs))
    elif isinstance(value, tuple):
        changed = tuple(with_words(each, change) for each in value)
    elif is_dataclass(value) and not isinstance(value, type):
        parts = {each.name: with_words(getattr(value, each.name), change) for each in fields(value)}
        changed = replace(value, **parts)
    return changed  # type: ignore[no-any-return]  # of the type of `value`: only words were replaced by words
