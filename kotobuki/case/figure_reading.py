"""｛図｝: from YAML nodes to the values of `figures`.

In: the mapping under ｛図｝. Out: the figure, or None after a diagnostic. Names join what belongs together: a party or
step is called by its name, an arrow by 「甲 → 乙」. Who stands in which row follows from the order, unless 段 says it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field
from typing import Any, Generic, TypeVar

from kotobuki.case import figures as f
from kotobuki.case.blocks import Content, FigureBlock
from kotobuki.case.contrast_reading import ContrastKeys, read_contrast
from kotobuki.case.figure_parts import (
    BoxWords,
    FigureKeys,
    FigureNames,
    entries,
    read_links,
    read_words,
    shown_text,
)
from kotobuki.case.flow_reading import FlowKeys, read_flow
from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.drawing import LineStyle
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.asking import is_blank
from kotobuki.reading.inlines import parse_line, plain
from kotobuki.reading.kinds import AnyText, Anything, Integer, Raw, Words, YesNo, one_of
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.reading.records import keyed, read_record, spliced

R = TypeVar("R")
_EXAMPLE = "例：- ｛図｝: {種類: 流れ図, 説明: …, 手順: [ … ]}"


def read_figure(value: Node, diagnostics: Diagnostics) -> Content:
    """｛図｝: a figure of one of the kinds."""
    if not isinstance(value, Mapping):
        diagnostics.error(value.place(), "figure-form", "｛図｝は「種類:」などの組で書きます", _EXAMPLE)
        return ()
    named = value.get("種類")
    kind = KINDS.get(named.value) if isinstance(named, Scalar) else None
    before = len(diagnostics.errors)
    kinds = {"種類": one_of(*KINDS)}
    if kind is None:  # which other keys the figure takes, its kind would have said
        read_record(FigureKeys, value, diagnostics, "図", kinds=kinds, loose=True)
        return ()
    written = read_record(kind.keys, value, diagnostics, "図", kinds=kinds)
    figure = kind.read(written, diagnostics)
    if figure is None and len(diagnostics.errors) == before:
        reason = f"この{written.figure.kind}には、描くものがありません"
        diagnostics.error(value.place(), "figure-empty", reason, "箱や手順を書くか、この図を消してください")
    if figure is None or len(diagnostics.errors) > before:
        return ()
    return (FigureBlock(figure, written.figure.description, value.place()),)


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureKeys:
    """｛画像｝ as it is written."""

    file: Scalar | None = keyed(
        "ファイル", AnyText(), "案件と同じフォルダの PNG、JPEG、SVG、PDF", required=True, example="図.png"
    )
    description: str = keyed(
        "説明",
        Words(),
        "画像が何を示すかを言う文（代替テキスト。印字しない）",
        default="",
        required=True,
        example="画像が何を示すか（読み上げる人のための文）",
    )
    width: int = keyed("幅", Integer(1, 100), "字数。省けば本文の幅まで", default=0)
    page: int = keyed("ページ", Integer(1), "PDFの何ページ目か。省けば1", default=0)


def read_picture(value: Node, diagnostics: Diagnostics) -> Content:
    """｛画像｝: a file, and what it shows."""
    if not isinstance(value, Mapping):
        reason, example = "｛画像｝は「ファイル:」などの組で書きます", "例：- ｛画像｝: {ファイル: 図.png, 説明: …}"
        diagnostics.error(value.place(), "picture-form", reason, example)
        return ()
    written = read_record(PictureKeys, value, diagnostics, "画像")
    if written.file is None or not written.description:
        return ()
    picture = f.Picture(written.file.value, float(written.width), written.page, written.file.place())
    return (FigureBlock(picture, written.description, value.place()),)


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemKeys:
    """システム図 as it is written."""

    figure: FigureKeys = spliced(FigureKeys)
    zones: Mapping | None = keyed(
        "区画", Raw(Mapping), "区画: 箱の一覧。左から右へ", required=True, example="{区: [端末, システム]}"
    )
    areas: Mapping | None = keyed("囲み", Raw(Mapping), "囲みの名: 続いて並ぶ箱")
    arrows: Sequence | None = keyed("矢印", Raw(Sequence), "- 甲 → 乙: 文。両方向は ⇔")


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeKeys:
    """スキーム図 as it is written."""

    figure: FigureKeys = spliced(FigureKeys)
    parties: Node | None = keyed(
        "当事者",
        Anything(),
        "- 名: {列: 1, 段: 1}",
        required=True,
        example="[委託者: {列: 1}, 受託者: {列: 2}]",
    )
    arrows: Sequence | None = keyed("矢印", Raw(Sequence), "- 甲 → 乙: 文。両方向は ⇔")


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxKeys:
    """A box of which more is told than its words. 列 is a key only where boxes stand in no zone, and then must be there."""

    box: BoxWords = spliced(BoxWords)
    dashed: bool = keyed("破線", YesNo(), "はい なら破線の箱（保護する領域）", default=False)
    row: int = keyed("段", Integer(1, 20), "上から何段目か", default=0)
    column: int = keyed("列", Integer(1, 8), "左から何列目か", default=1, required=True)


def _system(written: SystemKeys, diagnostics: Diagnostics) -> f.Figure | None:
    """システム図: zones with their boxes, from left to right."""
    parties = _Parties(diagnostics)
    titles = []
    for column, (key, value) in enumerate(written.zones.entries if written.zones else ()):
        titles.append(f.FigureWords((parse_line(key, diagnostics),)))
        parties.begin_column()
        for name, about in entries(value, "区画の箱", diagnostics):
            parties.add(name, about, column, column_given=False)
    areas = tuple(_areas(written.areas, parties, diagnostics))
    links = read_links(written.arrows, parties.names, LINES, diagnostics)
    if not parties.found:
        return None
    return f.Relations(tuple(titles), tuple(parties.found), links, areas)


def _scheme(written: SchemeKeys, diagnostics: Diagnostics) -> f.Figure | None:
    """スキーム図: parties by 列 and 段, the kinds of what flows between them told in a legend."""
    parties = _Parties(diagnostics)
    for name, about in entries(written.parties, "当事者", diagnostics) if written.parties else ():
        parties.add(name, about, 0, column_given=True)
    links = read_links(written.arrows, parties.names, FLOWS, diagnostics)
    if not parties.found:
        return None
    used = {each.line for each in links}
    legend = tuple((line, shown_text(name)) for name, line in FLOWS.items() if line in used)
    columns = max(party.column for party in parties.found) + 1
    no_headings = (f.FigureWords(),) * columns
    return f.Relations(no_headings, tuple(parties.found), links, legend=legend if len(legend) > 1 else ())


LINES: dict[str, LineStyle] = {"実線": "thin", "太線": "thick", "破線": "dashed"}
FLOWS: dict[str, LineStyle] = {"金銭": "thick", "物・サービス": "thin", "情報": "dashed"}


@dataclass
class _Parties:
    """Parties as they are read, each in a place of its own."""

    diagnostics: Diagnostics
    found: list[f.Party] = field(default_factory=list)
    names: FigureNames = field(default_factory=lambda: FigureNames("箱"))
    _places: dict[tuple[int, int], str] = field(default_factory=dict)
    _row: int = 0

    def begin_column(self) -> None:
        """The rows of a new zone count from the top."""
        self._row = 0

    def add(self, name: Scalar, about: Node | None, column: int, *, column_given: bool) -> None:
        """The party `name` with what is said about it."""
        title = parse_line(name, self.diagnostics)
        words, text, dashed, row = f.FigureWords(), f.FigureWords(), False, 0
        if isinstance(about, Mapping):
            without = () if column_given else ("列",)
            written = read_record(BoxKeys, about, self.diagnostics, f"箱「{name.value}」", without=without)
            words, text, dashed, row = written.box.words, written.box.text, written.dashed, written.row
            column = written.column - 1 if column_given else column
        elif about is not None and not is_blank(about):
            words = read_words(about, self.diagnostics)
        if column_given:
            row = row or 1
        self._row = row or self._row + 1
        place = (column, self._row)
        if not self.names.add(plain(title), name.place(), self.diagnostics):
            return
        if place in self._places:
            self.diagnostics.error(
                name.place(),
                "figure-place-taken",
                f"「{name.value}」の場所（{self._row}段目）には「{self._places[place]}」があります",
                "段か列を変えて、箱が重ならないようにしてください",
            )
            return
        self._places[place] = name.value
        self.found.append(
            f.Party(
                name=plain(title),
                title=words or f.FigureWords((title,)),
                text=text,
                column=column,
                row=self._row,
                dashed=dashed,
            )
        )


def _areas(node: Mapping | None, parties: _Parties, diagnostics: Diagnostics) -> Iterator[f.Area]:
    """囲み: dashed frames around boxes that stand one below the other."""
    by_name = {party.name: party for party in parties.found}
    taken: dict[str, Place] = {}
    for key, value in node.entries if node else ():
        members = list(_members(key, value, diagnostics))
        inside = [by_name[found] for each in members if (found := parties.names.find(each, diagnostics)) in by_name]
        for name, party in zip(members, inside, strict=False):
            if taken.setdefault(party.name, name.place()) != name.place():
                reason = f"「{party.name}」は、ほかの囲みに入っています"
                diagnostics.error(name.place(), "figure-area", reason, "一つの箱は一つの囲みにだけ入れてください")
        if not inside:
            continue
        columns, rows = {each.column for each in inside}, [each.row for each in inside]
        between = {each.name for each in parties.found if each.column in columns and min(rows) <= each.row <= max(rows)}
        if len(columns) > 1 or between != {each.name for each in inside}:
            diagnostics.error(
                key.place(),
                "figure-area",
                f"囲み「{key.value}」の箱が、続いて並んでいません",
                "同じ区画に上下に続けて並べた箱だけを囲めます",
            )
            continue
        yield f.Area(f.FigureWords((parse_line(key, diagnostics),)), tuple(each.name for each in inside))


def _members(area: Scalar, value: Node, diagnostics: Diagnostics) -> Iterator[Scalar]:
    """The names of boxes in an area, of which nothing more is said there."""
    remedy = f"例：{area.value}: [箱の名, 箱の名]"
    if isinstance(value, Sequence) and not value.items:
        diagnostics.error(area.place(), "figure-area", f"囲み「{area.value}」に箱がありません", remedy)
    for name, about in entries(value, "囲みの箱", diagnostics):
        if about is not None and not is_blank(about):
            reason = f"囲み「{area.value}」には、箱の名だけを書きます"
            diagnostics.error(about.place(), "figure-area", reason, remedy)
        yield name


@dataclass(frozen=True, slots=True)
class FigureKind(Generic[R]):
    """A kind of figure: the record of its keys, and what makes a figure of them."""

    keys: type[R]
    read: Callable[[R, Diagnostics], f.Figure | None]


KINDS: dict[str, FigureKind[Any]] = {
    "流れ図": FigureKind(FlowKeys, read_flow),
    "システム図": FigureKind(SystemKeys, _system),
    "新旧": FigureKind(ContrastKeys, read_contrast),
    "スキーム図": FigureKind(SchemeKeys, _scheme),
}
"""The kinds of figures by name."""
