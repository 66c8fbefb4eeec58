"""A form (様式) as data: which sections and rows a case of its kind has, in which order, under which headings.

In: the node of `templates/<form>/form.yaml`. Out: a `Form`. A new form needs no Python.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field
from typing import Literal, get_args

from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.reading.fields import Fields
from kotobuki.reading.inlines import Inlines, Text, parse_inlines, parse_line, plain_text
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.reading.openings import refuse_in_form

Numbering = Literal["none", "start", "continue"]
_NUMBERINGS: dict[str, Numbering] = {"なし": "none", "初めから": "start", "続き": "continue"}
TypedBlock = Literal["日程", "体制", "個人情報", "事業者", "値", "表", "図", "画像"]
"""The blocks that a machine can check and lay out better than prose, as authors call them."""
TYPED: tuple[TypedBlock, ...] = get_args(TypedBlock)
KINDS: tuple[str, ...] = ("内容", *TYPED)
HEADER = ("様式", "件名", "主管課", "根拠", "依頼", "発信", "会議体", "用語", "別紙", "別添", "組版")
"""The keys of a case that are not sections of its form."""
Use = Literal["required", "optional", "none"]
_USES: dict[str, Use] = {"必須": "required", "任意": "optional", "なし": "none"}
_USED: dict[str, Use] = {
    **dict.fromkeys(HEADER, "optional"),
    **dict.fromkeys(("様式", "件名", "主管課", "根拠"), "required"),
    "発信": "none",
}
"""What the cases of a form say at their head, unless the form has it otherwise."""
JOINED = "議案"
"""The name of the file that joins all papers of a bundle: no paper may have it."""
NO_FILE_NAME = re.compile(r'[/\\:*?"<>|]|^\.|[. ]$')  # as Windows has it


def typed_block(name: str) -> TypedBlock | None:
    """The typed block of that name, None for any other name (内容, 文 …)."""
    return next((each for each in TYPED if each == name), None)


@dataclass(frozen=True, slots=True)
class RowForm:
    """A row of a form's table. `headings`: of data items and of their count, for the kind 個人情報.

    `guide`: what to write there, in a sentence, for those who draft; "" = nothing to say.
    """

    name: str
    heading: Inlines
    kind: str = "内容"
    required: bool = False
    headings: tuple[str, str] = ("個人情報の項目", "件数")
    guide: str = ""


@dataclass(frozen=True, slots=True)
class SectionForm:
    """A section. `default`: what it prints if the case does not write it; `guide` as of a row; the rest is for the kind 表."""

    name: str
    heading: Inlines
    kind: str = "内容"
    required: bool = False
    default: Scalar | None = None
    columns: tuple[str, ...] = ()
    widths: tuple[float, ...] = ()
    rows: tuple[RowForm, ...] = ()
    headings: tuple[str, str] = ("個人情報の項目", "件数")
    guide: str = ""

    @property
    def width(self) -> int:
        """The number of columns of its table, that of the rows' labels counted in."""
        return max(len(self.columns), 2)


@dataclass(frozen=True, slots=True)
class PaperForm:
    """A paper of the form.

    template   path of its template below templates/: a text, or a department's own Word form (.docx)
    numbering  of its pages, as in `document.Paper`
    meeting    whether it is made only for a meeting (the cover, the 諮問書)
    pages      how many pages a Word form has
    """

    name: str
    template: Scalar
    numbering: Numbering = "continue"
    meeting: bool = False
    pages: int = 1

    @property
    def is_word(self) -> bool:
        """Whether it is a Word form, filled as it stands."""
        return self.template.value.lower().endswith(".docx")


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its sections, and its papers in the order of the bundle.

    header   which keys the head of its cases must, may or cannot have; every one of `HEADER` is in it
    purpose  when to use it, in a sentence
    free     a case writes headings of its own among the sections, as they come
    letters  the kinds of letter that 発信 may name (通知, 照会 …); () = it names none
    """

    name: str
    sections: tuple[SectionForm, ...]
    papers: tuple[PaperForm, ...]
    header: Dictionary[str, Use] = field(default_factory=lambda: dict(_USED))
    purpose: str = ""
    free: bool = False
    letters: tuple[str, ...] = ()
    place: Place = field(default=Place(""), compare=False)


def read_form(node: Node, diagnostics: Diagnostics) -> Form | None:
    """The form, or None if the file is not even a mapping."""
    if not isinstance(node, Mapping):
        diagnostics.error(node.place(), "form-form", "form.yaml は「キー: 値」の組で書きます", "例：様式: 外部委託")
        return None
    fields = Fields(node, diagnostics, "form.yaml")
    name, purpose = fields.text("様式", required=True), fields.text("説明")
    header = _header(fields.mapping("先頭"), diagnostics)
    free, letters = fields.boolean("自由な節"), fields.list_of_text("種別")
    papers = fields.mapping("書類", required=True)
    sections = fields.sequence("節", required=True)
    fields.finish()
    nodes = _named_apart(_mappings(sections, "節", diagnostics), HEADER, "節", diagnostics)
    if sections and not sections.items:
        diagnostics.error(sections.place(), "form-section", "節が一つもありません", "例：- {名: 諮問理由, 必須: はい}")
    if papers and not papers.entries:
        diagnostics.error(papers.place(), "form-paper", "書類が一つもありません", "例：諮問書: {雛形: 共通/諮問書.txt}")
    return Form(
        name.value if name else "",
        tuple(found for each in nodes if (found := _section(each, diagnostics))),
        tuple(made for key, value in (papers.entries if papers else ()) if (made := _paper(key, value, diagnostics))),
        header,
        plain_text(purpose, diagnostics),
        bool(free),
        tuple(plain_text(each, diagnostics) for each in letters),
        node.place(),
    )


def _header(node: Mapping | None, diagnostics: Diagnostics) -> dict[str, Use]:
    """先頭: what the form has otherwise than usual; 様式 itself cannot be changed."""
    found = dict(_USED)
    if node is None:
        return found
    fields = Fields(node, diagnostics, "先頭")
    for key in HEADER[1:]:
        if use := fields.choice(key, list(_USES)):
            found[key] = _USES[use]
    fields.finish()
    return found


def _paper(key: Scalar, node: Node, diagnostics: Diagnostics) -> PaperForm | None:
    if not isinstance(node, Mapping):
        diagnostics.error(
            node.place(),
            "form-paper",
            f"書類「{key.value}」は「雛形: …」の組で書きます",
            f"例：{key.value}: {{雛形: 共通/{key.value}.txt}}",
        )
        return None
    if key.value == JOINED or NO_FILE_NAME.search(key.value):
        diagnostics.error(
            key.place(),
            "form-paper-name",
            f"書類の名「{key.value}」はファイルの名に使えません",
            f'「{JOINED}」でなく、記号（/ \\ : * ? " < > |）を含まず、点で始まらない名にしてください',
        )
    fields = Fields(node, diagnostics, f"書類「{key.value}」")
    template = fields.text("雛形", required=True)
    numbering = fields.choice("ページ番号", list(_NUMBERINGS))
    meeting, pages = fields.boolean("会議のときだけ"), fields.integer("ページ数", minimum=1, maximum=99)
    fields.finish()
    if template is None:
        return None
    paper = PaperForm(key.value, template, _NUMBERINGS[numbering or "続き"], bool(meeting), pages or 1)
    if pages and not paper.is_word:
        reason = f"書類「{key.value}」のページ数は、Kotobukiが数えます"
        remedy = "「ページ数」を消してください（書けるのは、雛形が Word 文書（.docx）のときだけです）"
        diagnostics.error(key.place(), "form-pages", reason, remedy)
    return paper


def _section(node: Mapping, diagnostics: Diagnostics) -> SectionForm | None:
    fields = Fields(node, diagnostics, "節")
    name, heading = fields.text("名", required=True), fields.text("見出し")
    kind = fields.choice("種類", list(KINDS)) or "内容"
    required, default = fields.boolean("必須"), fields.text("内容")
    for inlines in parse_inlines(default, Diagnostics()) if default else ():
        refuse_in_form(inlines, diagnostics)
    heads, measures = fields.list_of_text("列"), fields.list_of_text("列幅")
    columns = tuple(plain_text(each, diagnostics) for each in heads)
    widths = tuple(_width(each, diagnostics) for each in measures)
    rows = _named_apart(_mappings(fields.sequence("行"), "行", diagnostics), (), "行", diagnostics)
    headings, guide = _data_headings(fields, diagnostics), fields.text("手引")
    fields.finish()
    if kind != "表" and (found := next((node.get(key) for key in ("列", "列幅", "行") if node.get(key)), None)):
        diagnostics.error(
            found.place(),
            "form-table",
            "列・列幅・行は、種類が「表」の節にだけ書けます",
            "「種類: 表」を書いてください",
        )
    rows_of = tuple(row for each in rows if (row := _row(each, diagnostics)))
    _check_columns(heads, measures, rows_of, diagnostics)
    if name is None:
        return None
    return SectionForm(
        name.value,
        _heading(name, heading, diagnostics),
        kind,
        bool(required),
        default,
        columns,
        widths,
        rows_of,
        headings,
        plain_text(guide, diagnostics),
    )


def _check_columns(
    heads: tuple[Scalar, ...], measures: tuple[Scalar, ...], rows: tuple[RowForm, ...], diagnostics: Diagnostics
) -> None:
    """As many widths as heads, two at least; only a table of two columns has rows of a kind of their own."""
    for each in (heads, measures):
        if len(each) == 1:
            reason, remedy = "表の列は、二つ以上です", "行の見出しの列から順に書いてください（例：[8, 29]）"
            diagnostics.error(each[0].place(), "form-columns", reason, remedy)
            return
    if len(heads) != len(measures) > 0 and (heads or len(measures) > 2):
        reason = f"列は{len(heads)}、列幅は{len(measures)}あります"
        diagnostics.error(measures[0].place(), "form-columns", reason, "列の数だけ、列幅を書いてください")
        return
    typed = next((row for row in rows if row.kind != "内容"), None)
    if typed and len(heads) > 2:
        reason = f"列が三つ以上の表の行「{typed.name}」に、種類「{typed.kind}」は書けません"
        diagnostics.error(heads[0].place(), "form-columns", reason, "列を二つにするか、種類を消してください")


def _row(node: Mapping, diagnostics: Diagnostics) -> RowForm | None:
    fields = Fields(node, diagnostics, "行")
    name, heading = fields.text("名", required=True), fields.text("見出し")
    kind = fields.choice("種類", list(KINDS)) or "内容"
    required = fields.boolean("必須")
    headings, guide = _data_headings(fields, diagnostics), plain_text(fields.text("手引"), diagnostics)
    fields.finish()
    if name is None:
        return None
    return RowForm(name.value, _heading(name, heading, diagnostics), kind, bool(required), headings, guide)


def _data_headings(fields: Fields, diagnostics: Diagnostics) -> tuple[str, str]:
    items, count = fields.text("項目の見出し"), fields.text("件数の見出し")
    return plain_text(items, diagnostics, "個人情報の項目"), plain_text(count, diagnostics, "件数")


def _named_apart(
    nodes: Iterable[Mapping], reserved: tuple[str, ...], what: str, diagnostics: Diagnostics
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


def _width(scalar: Scalar, diagnostics: Diagnostics) -> float:
    try:
        width = float(scalar.value)
    except ValueError:
        width = 0.0
    if not 0 < width <= 60:  # so that nan is refused, too
        diagnostics.error(
            scalar.place(),
            "form-width",
            f"列幅「{scalar.value}」は幅になりません",
            "0より大きく60以下の字数を書いてください（例：[8, 29]）",
        )
        return 8.0
    return width


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
