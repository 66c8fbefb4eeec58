"""What templates handle instead of text: values that print as opaque tokens.

In: authored inlines and content. Out: objects whose `str()` is a token that only `template` can read back, so that no
text of a case can ever become markup of a template.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field

from kotobuki.case.blocks import Content, Grid, GridCell, GridRow, Para
from kotobuki.diagnostics import Place
from kotobuki.forms.faults import TooMuchError
from kotobuki.japanese.characters import natural_width_em
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.numbering.draft import Names
from kotobuki.numbering.names import printed
from kotobuki.reading.inlines import Circled, Inlines, Leader, Linked, Name, Spread, Text
from kotobuki.roles import CELL_HEAD, CELL_PHRASE

OPEN, CLOSE = "\x02", "\x03"
"""Around the number of a token; no source text can hold these control characters."""
MOST = 100_000
"""Characters that a template prints, and that the values in it print: a page holds 1,600."""
_MOST_TIMES = 20
"""That one paper prints the content of a section, or the 別紙."""
_MOST_LAYERS = 10
"""Ways to be set that one value has at once: spread, with dots, a link."""
_CELL = 20
"""Characters that a cell of a table counts as, besides its own."""


@dataclass(slots=True)
class Registry:
    """The values printed while one template renders, by the number of their token. `names`: what they may name."""

    names: Names
    values: list[Value | Body | Bound] = field(default_factory=list)
    _words: int = 0
    _bodies: Counter[int] = field(default_factory=Counter)

    def token(self, value: Value | Body | Bound) -> str:
        """A new token for `value`: the template prints this instead, and the reader of its lines looks it up again.

        Raises `TooMuchError` where the words of values, or the content of a section over and over, print without end.
        """
        if isinstance(value, Value):
            self.count(len(printed(value.inlines, self.names)))
        elif isinstance(value, Bound) or value.content:
            content = 0 if isinstance(value, Bound) else id(value.content)
            self._bodies[content] += 1
            if self._bodies[content] > _MOST_TIMES:
                raise TooMuchError
        self.values.append(value)
        return f"{OPEN}{len(self.values) - 1}{CLOSE}"

    def count(self, characters: int) -> None:
        """Count what is to be printed. Raises `TooMuchError`."""
        self._words += characters
        if self._words > MOST:
            raise TooMuchError

    def forget(self) -> None:
        """Let go of the values once the lines of the template are read. They hold the registry: else all that they lead to, a
        whole case, would stay until somebody looks for garbage.
        """
        self.values.clear()

    def value(self, number: int) -> Value | Body | Bound | None:
        """What a token stands for; None for one that a filter has falsified."""
        return self.values[number] if number < len(self.values) else None


@dataclass(frozen=True, slots=True)
class Value:
    """Words for a line. `blank`: where a number or date is still open. `names`: of a section, if it is a heading."""

    registry: Registry
    inlines: Inlines
    blank: tuple[str, Place] | None = None
    names: tuple[str, ...] = ()
    place: Place = field(default=Place(""))

    def __str__(self) -> str:
        """The token that stands for the value while the template renders."""
        return self.registry.token(self)

    def __bool__(self) -> bool:
        """Whether it prints anything: what `{% if … %}` asks."""
        return bool(self.inlines)

    def with_inlines(self, inlines: Inlines) -> Value:
        """The same value with other words: spread, linked or with leader dots; what is open in it stays open.

        Raises `TooMuchError` for layers upon layers.
        """
        if _layers(inlines) > _MOST_LAYERS:
            raise TooMuchError
        return Value(self.registry, inlines, self.blank, self.names, self.place)


@dataclass(frozen=True, slots=True)
class Body:
    """The content of a section, for a line of its own."""

    registry: Registry
    content: Content
    notes: bool = True

    def __bool__(self) -> bool:
        """Whether there is any content: what `{% if … %}` asks."""
        return bool(self.content)

    def __str__(self) -> str:
        """The token that stands for the value while the template renders."""
        return self.registry.token(self)


class Values(Mapping[str, object]):
    """What a template may print, by name, each made when it is first asked for: a template prints little of it."""

    def __init__(self, makers: Mapping[str, Callable[[], object]]) -> None:
        self._makers, self._made = makers, dict[str, object]()

    def __getitem__(self, name: str) -> object:
        """A value. Raises `KeyError`."""
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        """Whether there is such a value, which is not made for it."""
        return name in self._makers

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self._makers)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._makers)


class OpenText(str):
    """A number or date that is still open, as plain words; `blank` as of a `Value`."""

    __slots__ = ("blank",)
    blank: tuple[str, Place]

    def __new__(cls, text: str, blank: tuple[str, Place]) -> OpenText:
        """The words with what they wait for."""
        found = super().__new__(cls, text)
        found.blank = blank
        return found


@dataclass(frozen=True, slots=True)
class Bound:
    """別紙: where the annexes of the case are bound in, on a line of its own."""

    registry: Registry

    def __str__(self) -> str:
        """The token that stands for the value while the template renders."""
        return self.registry.token(self)


@dataclass(frozen=True, slots=True)
class Tools:
    """The functions and filters of templates, by the names that clerks use."""

    registry: Registry

    def spread(self, value: Value | str, width: float) -> Value:
        """均等: spread evenly to `width` em: 住　　所 beside 電話番号."""
        own = self._value(value)
        return own.with_inlines((Spread(own.inlines, fit_em=_em(width)),))

    def tracked(self, value: Value | str, gap: float) -> Value:
        """字間: with `gap` em between the characters."""
        own = self._value(value)
        names = self.registry.names
        words = names.style.digits.set_text(printed(own.inlines, names))
        self.registry.count(len(words))
        return own.with_inlines((Spread(own.inlines, fit_em=natural_width_em(words) + _em(gap) * (len(words) - 1)),))

    def gap(self, width: float) -> Value:
        """空き: a blank of `width` em after what stands before."""
        return Value(self.registry, (Spread((), gap_em=_em(width)),))

    def leader(self, value: Value | str, width: float, dot: str = "‥") -> Value:
        """点線: leader dots that fill the value up to `width` em."""
        own = self._value(value)
        return own.with_inlines((Leader(own.inlines, _em(width), _text(dot)),))

    def link(self, value: Value | str, paper: object) -> Value:
        """リンク: leads to a paper, where it is in the same file."""
        own = self._value(value)
        return own.with_inlines((Linked(own.inlines, str(getattr(paper, "key", ""))),))

    def circled(self, text: str) -> Value:
        """丸: one character in a circle."""
        return Value(self.registry, (Circled(_text(text)[:1]),))

    def table(self, rows: Iterable[Mapping[str, Value]], columns: Iterable[tuple[str, float]]) -> Body:
        """表: a table of `rows`, with a column for each (name of a value of theirs, width in em; 0 = what is left)."""
        chosen = [(_text(name), _em(width)) for name, width in columns]
        rows = tuple(rows)
        self.registry.count(_CELL * len(rows) * len(chosen))
        heads = (self._value(name).inlines for name, _ in chosen)
        head = GridRow(tuple(GridCell((Para(inlines, role=CELL_HEAD),)) for inlines in heads), head=True)
        body = (
            GridRow(tuple(GridCell((Para(self._cell(row[name]), role=CELL_PHRASE),)) for name, _ in chosen))
            for row in rows
        )
        return Body(self.registry, (Grid(rows=(head, *body), widths=tuple(width for _, width in chosen)),))

    def _cell(self, value: Value | str) -> Inlines:
        own = self._value(value)
        self.registry.count(len(printed(own.inlines, self.registry.names)))
        return own.inlines

    @staticmethod
    def defining(value: Value) -> Value:
        """定義: the names in a value count, and may be defined: the ordinance in 根拠, which is else printed in full."""
        return value.with_inlines(
            tuple(Name(each.name, each.place) if isinstance(each, Name) else each for each in value.inlines)
        )

    @staticmethod
    def without_notes(body: Body) -> Body:
        """注なし: a section's content without its notes and their marks."""
        return Body(body.registry, body.content, notes=False)

    def _value(self, value: Value | str) -> Value:
        """Words of the template's own are those of the house."""
        if isinstance(value, Value):
            return value
        return Value(self.registry, (Text(self.registry.names.style.reworded(_text(value))),))


def _layers(inlines: Inlines) -> int:
    """In how many ways words are set at once."""
    match inlines:
        case (Spread(inlines=inner) | Leader(inlines=inner) | Linked(inlines=inner),):
            return 1 + _layers(inner)
        case _:
            return 0


def _text(value: object) -> str:
    """A text or number that a template gives. TypeError for a list, which may be of any depth."""
    if not isinstance(value, (str, int, float)):
        raise TypeError("渡せるのは、文字と数だけです")
    return str(value)


def _em(width: float) -> float:
    """A width in em that a line may have. ValueError for any other."""
    if not 0 <= float(width) <= 100:
        raise ValueError(f"幅は0から100まで: {width}")
    return float(width)
