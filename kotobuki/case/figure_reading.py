"""｛図｝: from YAML nodes to the values of `figures`.

In: the mapping under ｛図｝. Out: the figure, or None after a diagnostic. Names join what belongs together: a party or
step is called by its name, an arrow by 「甲 → 乙」. Who stands in which row follows from the order, unless 段 says it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from kotobuki.case import figures as f
from kotobuki.case.blocks import Content, Figure
from kotobuki.case.figure_parts import Names, entries, is_blank, read_links, read_words, shown_text
from kotobuki.case.flow_reading import read_flow
from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.reading.fields import Fields
from kotobuki.reading.inlines import parse_line, plain, plain_text
from kotobuki.reading.nodes import Mapping, Node, Scalar

_EXAMPLE = "例：- ｛図｝: {種類: 流れ図, 説明: …, 手順: [ … ]}"


def read_figure(value: Node, diagnostics: Diagnostics) -> Content:
    """｛図｝: a figure of one of the kinds."""
    if not isinstance(value, Mapping):
        diagnostics.error(value.place(), "figure-form", "｛図｝は「種類:」などの組で書きます", _EXAMPLE)
        return ()
    fields = Fields(value, diagnostics, "図")
    kind = fields.choice("種類", _KINDS, required=True)
    description = plain_text(
        fields.text("説明", required=True, example="図が何を示すか（読み上げる人のための文）"), diagnostics
    )
    if kind is None:
        for key, _ in value.entries:
            fields.node(key.value)  # which keys the figure takes, its kind would have said
        fields.finish()
        return ()
    before = len(diagnostics.errors)
    figure = _KINDS[kind](fields, diagnostics)
    fields.finish()
    if figure is None or len(diagnostics.errors) > before:
        return ()
    return (Figure(figure, description, value.place()),)


def read_picture(value: Node, diagnostics: Diagnostics) -> Content:
    """｛画像｝: a file, and what it shows."""
    if not isinstance(value, Mapping):
        reason, example = "｛画像｝は「ファイル:」などの組で書きます", "例：- ｛画像｝: {ファイル: 図.png, 説明: …}"
        diagnostics.error(value.place(), "picture-form", reason, example)
        return ()
    fields = Fields(value, diagnostics, "画像")
    file = fields.text("ファイル", required=True, example="図.png")
    description = plain_text(
        fields.text("説明", required=True, example="画像が何を示すか（読み上げる人のための文）"), diagnostics
    )
    width = fields.integer("幅", minimum=1, maximum=100) or 0
    page = fields.integer("ページ", minimum=1) or 0
    fields.finish()
    if file is None or not description:
        return ()
    return (Figure(f.Picture(file.value, float(width), page, file.place()), description, value.place()),)


def _system(fields: Fields, diagnostics: Diagnostics) -> f.Figure | None:
    """システム図: zones with their boxes, from left to right."""
    zones = fields.mapping("区画", required=True, example="{区: [端末, システム]}")
    parties = _Parties(diagnostics)
    titles = []
    for column, (key, value) in enumerate(zones.entries if zones else ()):
        titles.append(f.Words((parse_line(key, diagnostics),)))
        parties.begin_column()
        for name, about in entries(value, "区画の箱", diagnostics):
            parties.add(name, about, column, column_given=False)
    areas = tuple(_areas(fields.mapping("囲み"), parties, diagnostics))
    links = read_links(fields.sequence("矢印"), parties.names, LINES, diagnostics)
    if not parties.found:
        return None
    return f.Relations(tuple(titles), tuple(parties.found), links, areas)


def _scheme(fields: Fields, diagnostics: Diagnostics) -> f.Figure | None:
    """スキーム図: parties by 列 and 段, the kinds of what flows between them told in a legend."""
    parties = _Parties(diagnostics)
    given = fields.node("当事者", required=True, example="[委託者: {列: 1}, 受託者: {列: 2}]")
    for name, about in entries(given, "当事者", diagnostics) if given else ():
        parties.add(name, about, 0, column_given=True)
    links = read_links(fields.sequence("矢印"), parties.names, FLOWS, diagnostics)
    if not parties.found:
        return None
    used = {each.line for each in links}
    legend = tuple((line, shown_text(name)) for name, line in FLOWS.items() if line in used)
    columns = max(party.column for party in parties.found) + 1
    no_headings = (f.Words(),) * columns
    return f.Relations(no_headings, tuple(parties.found), links, legend=legend if len(legend) > 1 else ())


LINES: dict[str, f.Line] = {"実線": "thin", "太線": "thick", "破線": "dashed"}
FLOWS: dict[str, f.Line] = {"金銭": "thick", "物・サービス": "thin", "情報": "dashed"}


@dataclass
class _Parties:
    """Parties as they are read, each in a place of its own."""

    diagnostics: Diagnostics
    found: list[f.Party] = field(default_factory=list)
    names: Names = field(default_factory=lambda: Names("箱"))
    _places: dict[tuple[int, int], str] = field(default_factory=dict)
    _row: int = 0

    def begin_column(self) -> None:
        """The rows of a new zone count from the top."""
        self._row = 0

    def add(self, name: Scalar, about: Node | None, column: int, *, column_given: bool) -> None:
        """The party `name` with what is said about it."""
        title = parse_line(name, self.diagnostics)
        text, dashed, row = f.Words(), False, 0
        if isinstance(about, Mapping):
            fields = Fields(about, self.diagnostics, f"箱「{name.value}」")
            text = read_words(fields.node("文"), self.diagnostics)
            dashed = bool(fields.boolean("破線"))
            row = fields.integer("段", minimum=1, maximum=20) or 0
            if column_given:
                column = (fields.integer("列", minimum=1, maximum=8, required=True) or 1) - 1
            fields.finish()
        elif about is not None and not is_blank(about):
            text = read_words(about, self.diagnostics)
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
            f.Party(name=plain(title), title=f.Words((title,)), text=text, column=column, row=self._row, dashed=dashed)
        )


def _areas(node: Mapping | None, parties: _Parties, diagnostics: Diagnostics) -> Iterator[f.Area]:
    """囲み: dashed frames around boxes that stand one below the other."""
    by_name = {party.name: party for party in parties.found}
    taken: dict[str, Place] = {}
    for key, value in node.entries if node else ():
        members = [name for name, _ in entries(value, "囲みの箱", diagnostics)]
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
        yield f.Area(f.Words((parse_line(key, diagnostics),)), tuple(each.name for each in inside))


def _contrast(fields: Fields, diagnostics: Diagnostics) -> f.Figure | None:
    """新旧: blocks before and after, side by side."""
    headings = fields.list_of_text("見出し")
    if headings and len(headings) != 2:
        reason, remedy = "見出しは二つ、左と右のものを書きます", "例：見出し: [現行, 変更後]"
        diagnostics.error(headings[0].place(), "figure-headings", reason, remedy)
    names = [each.value for each in headings] if len(headings) == 2 else ["現行", "変更後"]
    given = fields.sequence("対比", required=True, example="[受付: {現行: …, 変更後: …}]")
    known = Names("対比")
    pairs = []
    for key, value in entries(given, "対比", diagnostics) if given else ():
        known.add(key.value, key.place(), diagnostics)
        if not isinstance(value, Mapping):
            reason = f"「{key.value}」の下に「{names[0]}」と「{names[1]}」がありません"
            diagnostics.error(
                key.place(), "figure-pair", reason, f"例：- {key.value}: {{{names[0]}: …, {names[1]}: …}}"
            )
            continue
        pair = Fields(value, diagnostics, f"対比「{key.value}」")
        before, after = (read_words(pair.node(name, required=True), diagnostics) for name in names)
        remark = read_words(pair.node("備考"), diagnostics)
        pair.finish()
        pairs.append(f.Pair(f.Words((parse_line(key, diagnostics),)), before, after, remark))
    left, right = (
        (f.Words((parse_line(each, diagnostics),)) for each in headings)
        if len(headings) == 2
        else map(shown_text, names)
    )
    return f.Contrast((left, right, shown_text("備考")), tuple(pairs)) if pairs else None


_KINDS: dict[str, Callable[[Fields, Diagnostics], f.Figure | None]] = {
    "流れ図": read_flow,
    "システム図": _system,
    "新旧": _contrast,
    "スキーム図": _scheme,
}
KINDS: Iterable[str] = _KINDS
"""The kinds of figures by name."""
