"""What all kinds of figures are written with: lists of names, words in boxes, arrows 「甲 → 乙」.

In: YAML nodes. Out: values of `figures`; unknown names (with the nearest), names twice and arrows to nowhere are
diagnostics at their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import assert_never

from kotobuki.case import figures as f
from kotobuki.diagnostics import Diagnostics, Place, guess
from kotobuki.drawing import LineStyle
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.lazy_patterns import lazy_pattern
from kotobuki.reading import json_schema
from kotobuki.reading.asking import is_blank
from kotobuki.reading.inlines import Inlines, Text, parse_inlines
from kotobuki.reading.json_schema import Schema
from kotobuki.reading.kinds import Anything, Made, Words, YesNo, one_of
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.reading.records import Kinds, keyed, read_record

ARROW = lazy_pattern(r"\s*(→|⇒|⇔|↔|⇄|⇆)\s*")
_ONE_WAY = "→⇒"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass
class FigureNames:
    """The names of one figure; `what` is what users call their bearers."""

    what: str
    places: dict[str, Place] = field(default_factory=dict)

    def add(self, name: str, place: Place, diagnostics: Diagnostics) -> bool:
        """Take a name in, unless it is there already."""
        first = self.places.setdefault(name, place)
        if first == place:
            return True
        diagnostics.error(
            place,
            "figure-name-twice",
            f"この図には「{name}」が二つあります（最初は{first.line}行目です）",
            "矢印や分岐で指せるように、名を別にしてください",
        )
        return False

    def find(self, name: Scalar, diagnostics: Diagnostics, offset: int = 0, text: str = "") -> str:
        """A name that must be known; "" after a diagnostic. `text`: the part of the scalar that begins at `offset`."""
        wanted = text or name.value
        if wanted in self.places:
            return wanted
        hint, fix = guess(wanted, list(self.places))
        names = "、".join(f"「{each}」" for each in self.places)
        diagnostics.error(
            name.place(offset),
            "figure-name-unknown",
            f"この図に「{wanted}」という{self.what}はありません",
            f"{hint}この図にあるのは{names}です" if names else f"{self.what}を書いてください",
            fix,
        )
        return ""


def entries(node: Node, what: str, diagnostics: Diagnostics) -> Iterator[tuple[Scalar, Node | None]]:
    """The entries of a list of names: each a text, or one key with what is said about it; one may stand alone."""
    for entry in node.items if isinstance(node, Sequence) else (node,):
        match entry:
            case Scalar() if entry.value.strip():
                yield entry, None
            case Mapping() if len(entry.entries) == 1:
                yield entry.entries[0]
            case Scalar() | Sequence() | Mapping():
                reason = f"{what}は、一つずつ名を書いて並べます"
                diagnostics.error(entry.place(), "figure-entry", reason, "例：- 名 又は - 名: {文: …}")
            case _:
                assert_never(entry)


def read_words(node: Node | None, diagnostics: Diagnostics) -> f.FigureWords:
    """A text, or a list of texts that stand on lines of their own."""
    found: list[Inlines] = []
    for each in node.items if isinstance(node, Sequence) else (node,) if node else ():
        if isinstance(each, Scalar):
            found += parse_inlines(each, diagnostics)
        else:
            reason = "図の中には文だけを書きます"
            diagnostics.error(
                each.place(), "figure-words", reason, "一行ずつ「- 文」と並べるか、一つの文にしてください"
            )
    return f.FigureWords(tuple(found))


def shown_text(text: str) -> f.FigureWords:
    """Words that Kotobuki gives itself and that are printed as they stand: 現行, 変更後."""
    return f.FigureWords(((Text(text),),))


def _read_words(node: Node, diagnostics: Diagnostics) -> f.FigureWords:
    return read_words(node, diagnostics)


WORDS_SCHEMA: Schema = {"type": ["array", *json_schema.SCALAR], "items": {"type": [*json_schema.SCALAR, "null"]}}
WORDS = Made(Anything(lambda _: WORDS_SCHEMA), _read_words)
"""The kind of the words in a figure: one text, or a list of them, a line each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxWords:
    """What stands in a box, whatever the figure: its name, or `words` instead of it, and `text` under these."""

    words: f.FigureWords = keyed("文", WORDS, "名に代えて印字する文。一つか、一行ずつの一覧", default=f.FigureWords())
    text: f.FigureWords = keyed(
        "内容", WORDS, "名（又は文）の下に印字する文。一つか、一行ずつの一覧", default=f.FigureWords()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureKeys:
    """What every figure says. The kinds are those that `figure_reading` reads."""

    kind: str | None = keyed("種類", one_of(), "図の種類", required=True)
    description: str = keyed(
        "説明",
        Words(),
        "図が何を示すかを言う文（代替テキスト。印字しない）",
        default="",
        required=True,
        example="図が何を示すか（読み上げる人のための文）",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrowKeys:
    """An arrow of which more is told than its words. The kinds of line are those of the figure (`line_kind`)."""

    words: f.FigureWords = keyed("文", WORDS, "矢印に添える文", default=f.FigureWords())
    line: str | None = keyed("線", one_of(), "線の種類。二つ以上使うと凡例が付く")
    numbered: bool = keyed("番号", YesNo(), "はい なら書いた順に ①②③", default=False)


def line_kind(lines: Iterable[str]) -> Kinds:
    """The kind of 線 in a figure that has these."""
    return {"線": one_of(*lines)}


def read_links(
    node: Sequence | None, names: FigureNames, lines: dict[str, LineStyle], diagnostics: Diagnostics
) -> tuple[f.Connection, ...]:
    """矢印: a list of 「甲 → 乙: 文」."""
    found: list[f.Connection] = []
    numbered = 0
    for key, value in entries(node, "矢印", diagnostics) if node else ():
        ends = ARROW.split(key.value)
        if len(ends) != 3 or not ends[0] or not ends[2]:
            reason = f"「{key.value}」は矢印として読めません"
            diagnostics.error(
                key.place(), "figure-arrow", reason, "「甲 → 乙: 文」（両方向は「甲 ⇔ 乙」）と書いてください"
            )
            continue
        words, line, number = f.FigureWords(), "", False
        if isinstance(value, Mapping):
            written = read_record(ArrowKeys, value, diagnostics, f"矢印「{key.value}」", kinds=line_kind(lines))
            words, line, number = written.words, written.line or "", written.numbered
        elif value is not None and not is_blank(value):
            words = read_words(value, diagnostics)
        if number:
            words = _with_number(words, numbered, key.place(), diagnostics)
            numbered += 1
        source = names.find(key, diagnostics, key.value.index(ends[0]), ends[0])
        target = names.find(key, diagnostics, key.value.rindex(ends[2]), ends[2])
        if source and source == target:
            reason = f"「{source}」から出て「{source}」に戻る矢印です"
            diagnostics.error(key.place(), "figure-arrow-self", reason, "出る箱と入る箱を別にしてください")
        elif source and target:
            found.append(f.Connection(source, target, words, lines.get(line, "thin"), ends[1] not in _ONE_WAY))
    return tuple(found)


def _with_number(words: f.FigureWords, index: int, place: Place, diagnostics: Diagnostics) -> f.FigureWords:
    """The next of ①②③ before the words."""
    if index >= len(_CIRCLED):
        reason = f"番号の付く矢印が{len(_CIRCLED)}を超えました"
        diagnostics.error(place, "figure-numbers", reason, "図を二つに分けるか、番号を減らしてください")
        return words
    first, *rest = words.paragraphs or ((),)
    return f.FigureWords(((Text(_CIRCLED[index]), *first), *rest))
