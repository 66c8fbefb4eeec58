"""A form (様式) as data: which sections and rows a case of its kind has, in which order, under which headings.

In: the node of `templates/<form>/form.yaml`. Out: a `Form`. A new form needs no Python.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from kotobuki.case.content import TYPED
from kotobuki.case.fields import Fields
from kotobuki.case.inlines import Inlines, Text, parse_line
from kotobuki.case.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.diagnostics import Diagnostics, Place

Numbering = Literal["none", "start", "continue"]
_NUMBERINGS: dict[str, Numbering] = {"なし": "none", "初めから": "start", "続き": "continue"}
KINDS: tuple[str, ...] = ("内容", *TYPED)


@dataclass(frozen=True, slots=True)
class RowForm:
    """A row of a form's table. `headings`: of data items and of their count, for the kind 個人情報."""

    name: str
    heading: Inlines
    kind: str = "内容"
    required: bool = False
    headings: tuple[str, str] = ("個人情報の項目", "件数")


@dataclass(frozen=True, slots=True)
class SectionForm:
    """A section. `default`: what it prints if the case does not write it; the rest is for the kind 表."""

    name: str
    heading: Inlines
    kind: str = "内容"
    required: bool = False
    default: Scalar | None = None
    columns: tuple[str, ...] = ()
    widths: tuple[float, ...] = ()
    rows: tuple[RowForm, ...] = ()
    headings: tuple[str, str] = ("個人情報の項目", "件数")


@dataclass(frozen=True, slots=True)
class PaperForm:
    """A paper of the form.

    template   path of its template below templates/
    numbering  of its pages, as in `document.Paper`
    meeting    whether it is made only for a meeting (the cover, the 諮問書)
    """

    name: str
    template: Scalar
    numbering: Numbering = "continue"
    meeting: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its sections, and its papers in the order of the bundle."""

    name: str
    sections: tuple[SectionForm, ...]
    papers: tuple[PaperForm, ...]
    place: Place = field(default=Place(""), compare=False)


def read_form(node: Node, diagnostics: Diagnostics) -> Form | None:
    """The form, or None if the file is not even a mapping."""
    if not isinstance(node, Mapping):
        diagnostics.error(node.place(), "form-form", "form.yaml は「キー: 値」の組で書きます", "例：様式: 外部委託")
        return None
    fields = Fields(node, diagnostics, "form.yaml")
    name = fields.text("様式", required=True)
    papers = fields.mapping("書類", required=True)
    sections = fields.sequence("節", required=True)
    fields.finish()
    return Form(
        name.value if name else "",
        tuple(found for each in _mappings(sections, "節", diagnostics) if (found := _section(each, diagnostics))),
        tuple(made for key, value in (papers.entries if papers else ()) if (made := _paper(key, value, diagnostics))),
        node.place(),
    )


def _paper(key: Scalar, node: Node, diagnostics: Diagnostics) -> PaperForm | None:
    if not isinstance(node, Mapping):
        diagnostics.error(
            node.place(),
            "form-paper",
            f"書類「{key.value}」は「雛形: …」の組で書きます",
            f"例：{key.value}: {{雛形: 共通/{key.value}.txt}}",
        )
        return None
    fields = Fields(node, diagnostics, f"書類「{key.value}」")
    template = fields.text("雛形", required=True)
    numbering = fields.choice("ページ番号", list(_NUMBERINGS))
    meeting = fields.boolean("会議のときだけ")
    fields.finish()
    return PaperForm(key.value, template, _NUMBERINGS[numbering or "続き"], bool(meeting)) if template else None


def _section(node: Mapping, diagnostics: Diagnostics) -> SectionForm | None:
    fields = Fields(node, diagnostics, "節")
    name, heading = fields.text("名", required=True), fields.text("見出し")
    kind = fields.choice("種類", list(KINDS)) or "内容"
    required, default = fields.boolean("必須"), fields.text("内容")
    columns = tuple(each.value for each in fields.list_of_text("列"))
    widths = tuple(_width(each, diagnostics) for each in fields.list_of_text("列幅"))
    rows = _mappings(fields.sequence("行"), "行", diagnostics)
    headings = _data_headings(fields)
    fields.finish()
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
        tuple(row for each in rows if (row := _row(each, diagnostics))),
        headings,
    )


def _row(node: Mapping, diagnostics: Diagnostics) -> RowForm | None:
    fields = Fields(node, diagnostics, "行")
    name, heading = fields.text("名", required=True), fields.text("見出し")
    kind = fields.choice("種類", list(KINDS)) or "内容"
    required = fields.boolean("必須")
    headings = _data_headings(fields)
    fields.finish()
    return RowForm(name.value, _heading(name, heading, diagnostics), kind, bool(required), headings) if name else None


def _data_headings(fields: Fields) -> tuple[str, str]:
    items, count = fields.text("項目の見出し"), fields.text("件数の見出し")
    return (items.value if items else "個人情報の項目", count.value if count else "件数")


def _heading(name: Scalar, heading: Scalar | None, diagnostics: Diagnostics) -> Inlines:
    return parse_line(heading, diagnostics) if heading else (Text(name.value, at=name.places(0, len(name.value))),)


def _width(scalar: Scalar, diagnostics: Diagnostics) -> float:
    try:
        width = float(scalar.value)
    except ValueError:
        width = 0.0
    if width <= 0:
        diagnostics.error(
            scalar.place(),
            "form-width",
            f"列幅「{scalar.value}」は幅になりません",
            "字数を書いてください（例：[8, 29]）",
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
