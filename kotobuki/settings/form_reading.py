"""form.yaml, from its node to a `Form`.

In: the node, and the keys that the head of a case has. Out: the form, or None and diagnostics.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from collections.abc import Mapping as Dictionary

from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.file_names import REMEDY, fault_of, folded
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading import json_schema
from kotobuki.reading.fields import Fields
from kotobuki.reading.inlines import Inlines, Text, inlines_of, parse_line
from kotobuki.reading.json_schema import Schema
from kotobuki.reading.kinds import (
    AnyText,
    Choice,
    Integer,
    Known,
    Made,
    Placed,
    PlacedWords,
    Raw,
    Several,
    Words,
    YesNo,
    one_of,
)
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.reading.openings import refuse_in_form
from kotobuki.reading.records import Record, keyed, read_record, record_schema, spliced, where
from kotobuki.settings.form import (
    HEAD_ROWS,
    JOINED,
    KINDS,
    NUMBERINGS,
    USES,
    Form,
    HeadRow,
    Numbering,
    PaperForm,
    RowForm,
    SectionForm,
    Use,
)
from kotobuki.settings.house_style import ContractorStyle, DataItemStyle
from kotobuki.settings.widths import WIDTHS


@dataclass(frozen=True, slots=True, kw_only=True)
class _SlotKeys:
    """What sections and rows begin with."""

    name: Scalar | None = keyed("名", AnyText(), "案件で書くキー", required=True)
    heading: Scalar | None = keyed("見出し", AnyText(), "印字する見出し。省けば名のとおり")
    kind: str = keyed("種類", one_of(*KINDS), "書き方の種類。省けば「内容」（文章や一覧）", default="内容")
    required: bool = keyed("必須", YesNo(), "はい なら、なければ誤り", default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _DraftKeys:
    """What they end with."""

    items_heading: str = keyed("項目の見出し", Words(), "種類 個人情報 の、項目の見出し", default="個人情報の項目")
    count_heading: str = keyed("件数の見出し", Words(), "種類 個人情報 の、件数の見出し", default="件数")
    guide: str = keyed("手引", Words(), "何を書くか。kotobuki new とエディタが示す", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class _RowKeys:
    """A row as it is written."""

    slot: _SlotKeys = spliced(_SlotKeys)
    draft: _DraftKeys = spliced(_DraftKeys)


def _rows_schema(known: Known) -> Schema:
    return json_schema.listing(record_schema(_RowKeys, "行", known), "行には一覧を書きます（例：- {名: 対象者}）")


@dataclass(frozen=True, slots=True, kw_only=True)
class _SectionKeys:
    """A section as it is written."""

    slot: _SlotKeys = spliced(_SlotKeys)
    default: Scalar | None = keyed("内容", AnyText(), "案件に書かなければ印字する文（｛件名｝など）")
    columns: tuple[Placed, ...] = keyed("列", Several(PlacedWords()), "種類 表 の、列の見出し", default=())
    widths: tuple[float, ...] = keyed(
        "列幅", WIDTHS, "種類 表 の、列の字数。0 は残り、比2 比1 は残りを2:1に分ける（例：[8, 0]）", default=()
    )
    widths_at: Place = where("列幅")
    head_row: HeadRow = keyed(
        "見出しの行",
        Choice({each: each for each in HEAD_ROWS}),
        "種類 表 の、列の見出し。毎ページ、初めだけ、なし",
        default="",
    )
    rows: Sequence | None = keyed("行", Raw(Sequence, _rows_schema), "種類 表 の、行の一覧")
    draft: _DraftKeys = spliced(_DraftKeys)


@dataclass(frozen=True, slots=True, kw_only=True)
class _PaperKeys:
    """A paper as it is written."""

    template: Scalar | None = keyed("雛形", AnyText(), "templates からの雛形のパス（.txt か Word 文書）", required=True)
    numbering: Numbering = keyed(
        "ページ番号", Choice(NUMBERINGS), "なし、初めから（1から）、続き（前の書類に続ける）", default="continue"
    )
    meeting: bool = keyed("会議のときだけ", YesNo(), "はい なら、会議に出すときだけ作る", default=False)
    wordable: tuple[str, ...] = keyed(
        "文言", Several(Words()), "案件の文言に代えられる行の役割の一覧（例：[標題, 本文]）", default=()
    )
    pages: int | None = keyed("ページ数", Integer(1, 99), "雛形が Word 文書のときの、ページの数")


def _papers_schema(known: Known) -> Schema:
    said = "書類は「書類の名: {雛形: …}」の組で書きます"
    return json_schema.by_name(record_schema(_PaperKeys, "書類", known), said, minProperties=1)


def _sections_schema(known: Known) -> Schema:
    said = "節には一覧を書きます（例：- {名: 諮問理由, 必須: はい}）"
    return json_schema.listing(record_schema(_SectionKeys, "節", known), said, minItems=1)


def _header_schema(known: Known) -> Schema:
    names = known.get("先頭", ())
    about = {name: f"案件の先頭に「{name}」を書くか。必須、任意、なし" for name in names}
    return json_schema.record("先頭", {name: json_schema.choice(USES) for name in names}, about)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFile:
    """form.yaml as it is written."""

    name: str = keyed("様式", Made(AnyText(), lambda name, _: name.value), "様式の名", default="", required=True)
    purpose: str = keyed("説明", Words(), "どんなときに使うか。一文で", default="")
    free: bool = keyed("自由な節", YesNo(), "はい なら、案件が見出しを自由に書ける", default=False)
    header: Mapping | None = keyed(
        "先頭", Raw(Mapping, _header_schema), "案件の先頭のキーを、必須・任意・なし のどれにするか"
    )
    letters: tuple[str, ...] = keyed("種別", Several(Words()), "発信の種別（通知、照会など）の一覧", default=())
    contractors: ContractorStyle | None = keyed(
        "事業者", Record(ContractorStyle, "事業者"), "この様式の、事業者の見出しと所在地の括弧。省けば表記のとおり"
    )
    data_items: DataItemStyle | None = keyed(
        "個人情報", Record(DataItemStyle, "個人情報"), "この様式の、個人情報の項目のつなぎ方。省けば表記のとおり"
    )
    papers: Mapping | None = keyed(
        "書類", Raw(Mapping, _papers_schema), "作る書類。書類の名: {雛形: …}。並びは議案の中の順", required=True
    )
    sections: Sequence | None = keyed(
        "節", Raw(Sequence, _sections_schema), "節の一覧。並びは印字する順", required=True
    )


def read_form(node: Node, usual: Dictionary[str, Use], diagnostics: Diagnostics) -> Form | None:
    """The form, or None if the file is not even a mapping.

    `usual`: the keys at the head of a case, and what is usual of each, which a form may have otherwise.
    """
    if not isinstance(node, Mapping):
        diagnostics.error(node.place(), "form-form", "form.yaml は「キー: 値」の組で書きます", "例：様式: 外部委託")
        return None
    written = read_record(FormFile, node, diagnostics, "form.yaml")
    papers, sections = written.papers, written.sections
    nodes = _named_apart(_mappings(sections, "節", diagnostics), usual, "節", diagnostics)
    if sections and not sections.items:
        diagnostics.error(sections.place(), "form-section", "節が一つもありません", "例：- {名: 諮問理由, 必須: はい}")
    if papers and not papers.entries:
        diagnostics.error(papers.place(), "form-paper", "書類が一つもありません", "例：諮問書: {雛形: 共通/諮問書.txt}")
    made = (_paper(name, value, diagnostics) for name, value in (papers.entries if papers else ()))
    _check_one_file_each([name for name, _ in papers.entries] if papers else (), diagnostics)
    return Form(
        name=written.name,
        sections=tuple(found for each in nodes if (found := _section(each, diagnostics))),
        papers=tuple(paper for paper in made if paper),
        header=_header(written.header, usual, diagnostics),
        purpose=written.purpose,
        free=written.free,
        letters=written.letters,
        contractors=written.contractors,
        data_items=written.data_items,
        place=node.place(),
    )


def _header(node: Mapping | None, usual: Dictionary[str, Use], diagnostics: Diagnostics) -> dict[str, Use]:
    """先頭: what the form has otherwise than usual; the first key, 様式, cannot be changed."""
    found = dict(usual)
    if node is None:
        return found
    fields = Fields(node, diagnostics, "先頭")
    for name in [*usual][1:]:
        found[name] = fields.value(name, Choice(USES)) or usual[name]
    fields.finish()
    return found


def _paper(name: Scalar, node: Node, diagnostics: Diagnostics) -> PaperForm | None:
    if not isinstance(node, Mapping):
        diagnostics.error(
            node.place(),
            "form-paper",
            f"書類「{name.value}」は「雛形: …」の組で書きます",
            f"例：{name.value}: {{雛形: 共通/{name.value}.txt}}",
        )
        return None
    if fault := f"「{JOINED}」は全部をまとめたファイルの名です" * (name.value == JOINED) or fault_of(name.value):
        reason = f"書類の名「{name.value}」はファイルの名に使えません（{fault}）"
        diagnostics.error(name.place(), "form-paper-name", reason, REMEDY)
    written = read_record(_PaperKeys, node, diagnostics, f"書類「{name.value}」")
    if written.template is None:
        return None
    paper = PaperForm(
        name=name.value,
        template=written.template,
        numbering=written.numbering,
        meeting=written.meeting,
        pages=written.pages or 1,
        wordable=written.wordable,
    )
    if written.pages and not paper.is_word:
        reason = f"書類「{name.value}」のページ数は、Kotobukiが数えます"
        remedy = "「ページ数」を消してください（書けるのは、雛形が Word 文書（.docx）のときだけです）"
        diagnostics.error(name.place(), "form-pages", reason, remedy)
    return paper


def _check_one_file_each(names: Iterable[Scalar], diagnostics: Diagnostics) -> None:
    """Papers whose files some systems take for one."""
    seen = {folded(JOINED): JOINED}
    for name in names:
        other = seen.setdefault(folded(name.value), name.value)
        if other != name.value:
            reason = f"書類の名「{name.value}」と「{other}」は、同じファイルの名と見なすパソコンがあります"
            remedy = "大文字と小文字や、濁点の入れ方だけでない違いのある名にしてください"
            diagnostics.error(name.place(), "form-paper-name", reason, remedy)


def _section(node: Mapping, diagnostics: Diagnostics) -> SectionForm | None:
    written = read_record(_SectionKeys, node, diagnostics, "節")
    slot, draft = written.slot, written.draft
    for inlines in inlines_of(written.default) if written.default else ():
        refuse_in_form(inlines, diagnostics)
    rows = _named_apart(_mappings(written.rows, "行", diagnostics), (), "行", diagnostics)
    if slot.kind != "表" and (
        found := next((node.get(name) for name in ("列", "列幅", "見出しの行", "行") if node.get(name)), None)
    ):
        diagnostics.error(
            found.place(),
            "form-table",
            "列・列幅・見出しの行・行は、種類が「表」の節にだけ書けます",
            "「種類: 表」を書いてください",
        )
    rows_of = tuple(row for each in rows if (row := _row(each, diagnostics)))
    _check_columns(written, rows_of, diagnostics)
    if slot.name is None:
        return None
    return SectionForm(
        name=slot.name.value,
        heading=_heading(slot.name, slot.heading, diagnostics),
        kind=slot.kind,
        required=slot.required,
        default=written.default,
        columns=tuple(each.text for each in written.columns),
        widths=written.widths,
        head_row=written.head_row,
        rows=rows_of,
        headings=(draft.items_heading, draft.count_heading),
        guide=draft.guide,
    )


def _check_columns(written: _SectionKeys, rows: tuple[RowForm, ...], diagnostics: Diagnostics) -> None:
    """As many widths as heads, two at least; only a table of two columns has rows of a kind of their own."""
    heads, widths, at = written.columns, written.widths, written.widths_at
    for count, place in ((len(heads), heads[0].place if heads else at), (len(widths), at)):
        if count == 1:
            reason, remedy = "表の列は、二つ以上です", "行の見出しの列から順に書いてください（例：[8, 29]）"
            diagnostics.error(place, "form-columns", reason, remedy)
            return
    if len(heads) != len(widths) > 0 and (heads or len(widths) > 2):
        reason = f"列は{len(heads)}、列幅は{len(widths)}あります"
        diagnostics.error(at, "form-columns", reason, "列の数だけ、列幅を書いてください")
        return
    typed = next((row for row in rows if row.kind != "内容"), None)
    if typed and len(heads) > 2:
        reason = f"列が三つ以上の表の行「{typed.name}」に、種類「{typed.kind}」は書けません"
        diagnostics.error(heads[0].place, "form-columns", reason, "列を二つにするか、種類を消してください")


def _row(node: Mapping, diagnostics: Diagnostics) -> RowForm | None:
    written = read_record(_RowKeys, node, diagnostics, "行")
    slot, draft = written.slot, written.draft
    if slot.name is None:
        return None
    return RowForm(
        name=slot.name.value,
        heading=_heading(slot.name, slot.heading, diagnostics),
        kind=slot.kind,
        required=slot.required,
        headings=(draft.items_heading, draft.count_heading),
        guide=draft.guide,
    )


def _named_apart(
    nodes: Iterable[Mapping], reserved: Collection[str], what: str, diagnostics: Diagnostics
) -> list[Mapping]:
    """Those that have a name of their own, by which cases call them; the others are reported and left out."""
    seen: set[str] = set()
    found = []
    for node in nodes:
        name = node.get("名")
        if not isinstance(name, Scalar):
            found.append(node)
            continue
        if name.value in reserved or name.value in seen:
            reason = f"{what}の名「{name.value}」は、案件の先頭のキーと同じです"
            diagnostics.error(
                name.place(),
                "form-name",
                reason if name.value in reserved else f"{what}「{name.value}」が二つあります",
                f"別の名にして、同じ見出しを印字するときは「見出し: {name.value}」と書いてください",
            )
        else:
            found.append(node)
        seen.add(name.value)
    return found


def _heading(name: Scalar, heading: Scalar | None, diagnostics: Diagnostics) -> Inlines:
    return parse_line(heading, diagnostics) if heading else (Text(name.value, at=name.places(0, len(name.value))),)


def _mappings(node: Sequence | None, what: str, diagnostics: Diagnostics) -> list[Mapping]:
    found = []
    for each in node.items if node else ():
        if isinstance(each, Mapping):
            found.append(each)
        else:
            diagnostics.error(
                each.place(), "form-entry", f"「{what}」の一つ一つは「名: …」の組で書きます", f"例：- 名: {what}の名"
            )
    return found
