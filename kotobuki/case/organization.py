"""`cases/organization.yaml`: the municipality, its departments, committees, ordinances, terms and house style.

In: the file's node. Out: an `Organization`. Nothing about any one municipality is in Python: it is all in that file.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from kotobuki.case.expansion import bounded
from kotobuki.case.fields import Fields
from kotobuki.case.inlines import Inlines, Name, Text, parse_inlines, parse_line, plain_text
from kotobuki.case.nodes import Mapping, Node, Scalar
from kotobuki.diagnostics import Diagnostics, Place, nearest
from kotobuki.japanese.labels import is_label_sample, parse_label
from kotobuki.japanese.widths import DigitWidths


@dataclass(frozen=True, slots=True)
class Department:
    """A 課 (or a 部 by itself, `section` empty) with its 記号 in document numbers."""

    division: str
    section: str
    mark: str
    head: str
    """The post of the head of the division (総務部長)."""
    place: Place = field(default=Place(""), compare=False)

    @property
    def name(self) -> str:
        """部 and 課 in one, as in 総務部総務課."""
        return self.division + self.section


@dataclass(frozen=True, slots=True)
class Committee:
    """A 会議体."""

    key: str
    name: str
    chair_post: str
    chair_name: str
    secretariat: Department
    honorific: str


@dataclass(frozen=True, slots=True)
class Term:
    """A term: what texts call it, its full name, its short name as printed, how the bracket at its definition reads."""

    name: str
    full: Inlines
    law_number: str = ""
    bracket: str = ""
    short: str = ""
    """"" = as it is called."""
    place: Place = field(default=Place(""), compare=False)

    @property
    def short_name(self) -> str:
        """What is printed once it is defined."""
        return self.short or self.name


@dataclass(frozen=True, slots=True)
class LawStyle:
    """表記／規程: how regulations number and cite.

    digits      of the numbers of articles; None = as all numbers
    points      samples of 号 and below; those left out are the house's item labels, from the second level on
    nearest     前条, 次項 … where they can stand, in place of numbers
    marks       samples of the marks of 別表, 様式, 別紙, when there are several
    """

    digits: DigitWidths | None = None
    points: tuple[str, ...] = ()
    nearest: bool = False
    marks: tuple[str, str, str] = ("別表第１", "様式第１号", "別紙１")


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """表記: the house style."""

    digits: DigitWidths = field(default_factory=DigitWidths)
    labels: tuple[str, ...] = ("１", "（１）", "ア", "（ｱ）", "ａ", "（ａ）")
    number_pattern: str = "｛年｝｛記号｝送第｛番号｝号｛枝番｝"
    western_year: bool = True
    honorific: str = "殿"
    annex_mark: str = "別紙"
    annex_bracket: tuple[str, str] = ("", "")
    existing_mark: str = "別添"
    law: LawStyle = field(default_factory=LawStyle)
    labels_again: str | None = None
    strict_kinsoku: bool = False
    squeeze: bool = False
    font: str = ""


@dataclass(frozen=True, slots=True)
class Organization:
    """Everything a municipality says once."""

    name: str
    head_post: str
    head_name: str
    departments: tuple[Department, ...]
    committees: tuple[Committee, ...]
    laws: dict[str, str]
    terms: dict[str, Term]
    style: HouseStyle

    def department(self, scalar: Scalar, diagnostics: Diagnostics) -> Department | None:
        """The department of that name; an unknown one is a diagnostic."""
        found = next((each for each in self.departments if each.name == scalar.value), None)
        if found is None:
            close = nearest(scalar.value, [each.name for each in self.departments])
            hint = f"「{close}」の誤りではありませんか。" if close else ""
            diagnostics.error(
                scalar.place(),
                "department-unknown",
                f"「{scalar.value}」という部課は organization.yaml にありません",
                f"{hint}organization.yaml の「部課」に加えるか、部と課の名を続けて書いてください（例：総務部総務課）",
            )
        return found

    def marks(self) -> list[str]:
        """Every 記号."""
        return [each.mark for each in self.departments if each.mark]


CASE_FIELDS = ("件名", "主管課", "根拠", "自治体", "会議体")
"""What ｛…｝ can name besides terms: fields of a case."""
_PATTERN_FIELDS = ("元号", "年", "記号", "番号", "枝番")


def read_organization(node: Node, diagnostics: Diagnostics) -> Organization | None:
    """The organization, or None if the file is not even a mapping."""
    if not isinstance(node, Mapping):
        diagnostics.error(
            node.place(), "organization-form", "organization.yaml は「キー: 値」の組で書きます", "例：自治体: ○○市"
        )
        return None
    fields = Fields(node, diagnostics, "organization.yaml")
    name = fields.text("自治体", required=True)
    head = fields.mapping("長", required=True)
    post, person = _head(head, diagnostics)
    departments = _departments(fields, diagnostics)
    style = _style(fields.mapping("表記"), diagnostics)
    laws = _laws(fields.mapping("例規"), diagnostics)
    own = read_terms(fields.mapping("用語"), diagnostics)
    committees_node = fields.mapping("会議体", required=True)
    fields.finish()
    found = Organization(
        plain_text(name, diagnostics),
        post,
        person,
        departments,
        (),
        {short: plain_text(full, diagnostics) for short, full in laws.items()},
        {**_department_terms(departments, node), **_law_terms(laws), **own},
        style,
    )
    committees = _committees(committees_node, found, diagnostics)
    return replace(found, committees=committees)


def read_terms(node: Mapping | None, diagnostics: Diagnostics) -> dict[str, Term]:
    """用語: short name → full name, or a mapping with 正式, 法令番号, 括弧, 略称 (of a term that texts call otherwise)."""
    terms = {}
    for key, value in node.entries if node else ():
        _check_term_name(key, diagnostics)
        if isinstance(value, Mapping):
            fields = Fields(value, diagnostics, f"用語「{key.value}」")
            full = fields.text("正式", required=True)
            number, bracket, short = (
                plain_text(fields.text(part), diagnostics) for part in ("法令番号", "括弧", "略称")
            )
            fields.finish()
        elif isinstance(value, Scalar) and value.value.strip():
            full, number, bracket, short = value, "", "", ""
        else:
            diagnostics.error(
                value.place(),
                "term-form",
                f"用語「{key.value}」の正式な名称がありません",
                "「略称: 正式な名称」の形で書いてください",
            )
            continue
        if full:
            terms[key.value] = Term(key.value, parse_line(full, diagnostics), number, bracket, short, key.place())
    return bounded(terms, diagnostics)


def _check_term_name(key: Scalar, diagnostics: Diagnostics) -> None:
    """｛name｝ must mean the term."""
    mark = Scalar(f"｛{key.value}｝", key.path, ((0, 0, 0),))
    found = [inline for inlines in parse_inlines(mark, Diagnostics()) for inline in inlines]
    if found == [Name(key.value, key.place())] and key.value not in CASE_FIELDS:
        return
    taken = key.value in CASE_FIELDS
    diagnostics.error(
        key.place(),
        "term-name",
        f"「{key.value}」は、{'案件の項目の名なので、' if taken else ''}用語の名に使えません",
        "別の略称にしてください"
        if taken
        else "｛ ｝を付けず、｛ ｝の中に書く略称だけを書いてください（→ ※ ＃ ＝ で始まる語は使えません）",
    )


def _head(node: Mapping | None, diagnostics: Diagnostics) -> tuple[str, str]:
    if node is None:
        return "", ""
    fields = Fields(node, diagnostics, "長")
    post, name = fields.text("職", required=True), fields.text("氏名", required=True)
    fields.finish()
    return plain_text(post, diagnostics), plain_text(name, diagnostics)


def _departments(fields: Fields, diagnostics: Diagnostics) -> tuple[Department, ...]:
    found: list[Department] = []
    divisions = fields.sequence("部課", required=True)
    for node in divisions.items if divisions else ():
        if not isinstance(node, Mapping):
            diagnostics.error(
                node.place(),
                "department-form",
                "部課は「部:」「課:」の組で書きます",
                "例：- {部: 総務部, 課: [{名: 総務課, 記号: 総総}]}",
            )
            continue
        inner = Fields(node, diagnostics, "部課")
        division, head, mark = inner.text("部", required=True), inner.text("長"), inner.text("記号")
        sections = inner.sequence("課")
        inner.finish()
        if division is None:
            continue
        own = plain_text(division, diagnostics)
        post = plain_text(head, diagnostics, own + "長")
        found.append(Department(own, "", plain_text(mark, diagnostics), post, division.place()))
        for each in sections.items if sections else ():
            found += _section(each, own, post, diagnostics)
    _check_distinct(found, diagnostics)
    return tuple(found)


def _check_distinct(departments: list[Department], diagnostics: Diagnostics) -> None:
    """No two departments of one name, nor of one 記号: their document numbers could not be told apart."""
    names: set[str] = set()
    marks: dict[str, str] = {}
    for each in departments:
        if each.name in names:
            reason = f"部課「{each.name}」が二つあります"
            diagnostics.error(each.place, "department-twice", reason, "どちらか一方を消してください")
        elif each.mark in marks:
            reason = f"「{each.name}」の記号「{each.mark}」は「{marks[each.mark]}」と同じです"
            diagnostics.error(each.place, "mark-twice", reason, "部課ごとに別の記号にしてください")
        names.add(each.name)
        if each.mark:
            marks.setdefault(each.mark, each.name)


def _section(node: Node, division: str, post: str, diagnostics: Diagnostics) -> list[Department]:
    """A 課, and its 係 as departments of their own (for the terms of their posts)."""
    if not isinstance(node, Mapping):
        diagnostics.error(
            node.place(), "department-form", "課は「名:」「記号:」の組で書きます", "例：- {名: 総務課, 記号: 総総}"
        )
        return []
    fields = Fields(node, diagnostics, "課")
    name, mark = fields.text("名", required=True), fields.text("記号")
    subsections = fields.list_of_text("係")
    fields.finish()
    if name is None:
        return []
    own = plain_text(name, diagnostics)
    return [
        Department(division, own, plain_text(mark, diagnostics), post, name.place()),
        *(Department(division, own + plain_text(each, diagnostics), "", post, each.place()) for each in subsections),
    ]


def _department_terms(departments: tuple[Department, ...], node: Mapping) -> dict[str, Term]:
    """Short names of 課 and of their heads' posts, where only one department has them (総務課, 総務課長, ○○係長)."""
    terms: list[Term] = []
    place = node.place()
    parents = [each for each in departments if each.section]
    for each in parents:
        owner = next((p for p in parents if p is not each and each.name.startswith(p.name)), None)
        short = each.name.removeprefix(owner.name) if owner else each.section
        if owner is None:
            terms.append(Term(short, (Text(each.name),), place=place))
        terms.append(Term(short + "長", (Text(each.name + "長"),), place=place))
    counts = Counter(term.name for term in terms)
    return {term.name: term for term in terms if counts[term.name] == 1}


def _laws(node: Mapping | None, diagnostics: Diagnostics) -> dict[str, Scalar]:
    laws = {}
    for key, value in node.entries if node else ():
        _check_term_name(key, diagnostics)
        if isinstance(value, Scalar) and value.value.strip():
            laws[key.value] = value
        else:
            diagnostics.error(
                value.place(),
                "law-form",
                f"例規「{key.value}」の名称がありません",
                "「略称: 正式な名称」の形で書いてください",
            )
    return laws


def _law_terms(laws: dict[str, Scalar]) -> dict[str, Term]:
    return {
        short: Term(short, (Text(full.value, at=full.places(0, len(full.value))),), place=full.place())
        for short, full in laws.items()
    }


def _committees(node: Mapping | None, organization: Organization, diagnostics: Diagnostics) -> tuple[Committee, ...]:
    found = []
    if node and not node.entries:
        diagnostics.error(
            node.place(),
            "committee-form",
            "会議体が一つもありません",
            "例：審査会: {名称: …, 会長: …, 庶務担当課: …}",
        )
    for key, value in node.entries if node else ():
        if not isinstance(value, Mapping):
            diagnostics.error(
                value.place(),
                "committee-form",
                "会議体は「名称:」「会長:」などの組で書きます",
                "例：審査会: {名称: …, 会長: …, 庶務担当課: …}",
            )
            continue
        fields = Fields(value, diagnostics, f"会議体「{key.value}」")
        name, post, chair = (
            fields.text("名称", required=True),
            fields.text("会長の職"),
            fields.text("会長", required=True),
        )
        clerk, honorific = fields.text("庶務担当課", required=True), fields.text("敬称")
        fields.finish()
        department = organization.department(clerk, diagnostics) if clerk else None
        if clerk and department:
            check_mark(department, clerk.place(), organization, diagnostics)
        words = (
            plain_text(name, diagnostics),
            plain_text(post, diagnostics, "会長"),
            plain_text(chair, diagnostics),
        )
        style = plain_text(honorific, diagnostics, organization.style.honorific)
        # What is missing has been reported; meetings can name the committee nevertheless.
        found.append(Committee(key.value, *words, department or Department("", "", "", ""), style))
    return tuple(found)


def check_mark(department: Department, place: Place, organization: Organization, diagnostics: Diagnostics) -> None:
    """A department whose papers bear a document number needs its 記号, if the pattern prints one."""
    if not department.mark and "｛記号｝" in organization.style.number_pattern:
        diagnostics.error(
            place,
            "department-no-mark",
            f"「{department.name}」の記号が organization.yaml にありません",
            "「部課」のその課に「記号: …」を書き加えてください（文書番号に使います）",
        )


def _style(node: Mapping | None, diagnostics: Diagnostics) -> HouseStyle:
    default = HouseStyle()
    if node is None:
        return default
    fields = Fields(node, diagnostics, "表記")
    digits = _digits(fields.mapping("数字"), diagnostics)
    labels = _labels(fields.list_of_text("項目番号"), default.labels, diagnostics)
    pattern = _pattern(fields.text("文書番号"), default.number_pattern, diagnostics)
    year = fields.choice("文書番号の年", ["西暦", "和暦"])
    honorific, font = fields.text("敬称"), fields.text("書体")
    annex, existing = fields.text("別紙の標示"), fields.text("別添の標示")
    bracket = fields.choice("別紙の括弧", _BRACKETS)
    law = _law_style(fields.mapping("規程"), digits, diagnostics)
    again = fields.choice("行見出しの再掲", LABELS_AGAIN)
    kinsoku = fields.choice("禁則", ["標準", "厳格"])
    squeeze = fields.boolean("詰め")
    fields.finish()
    return HouseStyle(
        digits,
        labels,
        pattern,
        year != "和暦",
        plain_text(honorific, diagnostics, default.honorific),
        plain_text(annex, diagnostics, default.annex_mark),
        _BRACKETS[bracket or "なし"],
        plain_text(existing, diagnostics, default.existing_mark),
        law,
        LABELS_AGAIN[again or "なし"],
        kinsoku == "厳格",
        bool(squeeze),
        font.value if font else "",
    )


_BRACKETS = {"なし": ("", ""), "【】": ("【", "】"), "（）": ("（", "）"), "［］": ("［", "］"), "〈〉": ("〈", "〉")}
LABELS_AGAIN = {"なし": None, "再掲": "", "続き": "（続き）"}
"""What is printed behind a row's label that is shown again on a new page; None: it is not shown."""


def _law_style(node: Mapping | None, digits: DigitWidths, diagnostics: Diagnostics) -> LawStyle:
    default = LawStyle()
    if node is None:
        return default
    fields = Fields(node, diagnostics, "規程")
    articles = fields.choice("条の数字", ["全角", "半角", "表記のとおり"])
    points = fields.list_of_text("号", example="[（１）, ア]")
    citing = fields.choice("引用", ["番号", "近称"])
    marks = [fields.text(kind) for kind in ("別表", "様式", "別紙")]
    fields.finish()
    several = {"全角": True, "半角": False}.get(articles or "")
    return LawStyle(
        None if several is None else DigitWidths(digits.single_full, several),
        _labels(points, (), diagnostics),
        citing == "近称",
        (
            _mark(marks[0], default.marks[0], diagnostics),
            _mark(marks[1], default.marks[1], diagnostics),
            _mark(marks[2], default.marks[2], diagnostics),
        ),
    )


def _mark(sample: Scalar | None, default: str, diagnostics: Diagnostics) -> str:
    if sample is None or parse_label(sample.value) is not None:
        return sample.value if sample else default
    diagnostics.error(
        sample.place(),
        "label-sample",
        f"「{sample.value}」に番号がありません",
        f"最初のものを書いてください（例：{default}）",
    )
    return default


def _digits(node: Mapping | None, diagnostics: Diagnostics) -> DigitWidths:
    if node is None:
        return DigitWidths()
    fields = Fields(node, diagnostics, "数字")
    single, several = (fields.choice(key, ["全角", "半角"]) for key in ("一桁", "二桁以上"))
    fields.finish()
    return DigitWidths(single != "半角", several == "全角")


def _labels(samples: tuple[Scalar, ...], default: tuple[str, ...], diagnostics: Diagnostics) -> tuple[str, ...]:
    for each in samples:
        if not is_label_sample(each.value):
            diagnostics.error(
                each.place(),
                "label-sample",
                f"「{each.value}」は項目番号の見本になりません",
                "最初の番号を書いてください（例：１、（１）、ア、（ア）、①）",
            )
    chosen = tuple(each.value for each in samples if is_label_sample(each.value))
    return chosen + default[len(chosen) :] if chosen else default


def _pattern(scalar: Scalar | None, default: str, diagnostics: Diagnostics) -> str:
    if scalar is None:
        return default
    parts = re.findall(r"｛([^｛｝]*)｝", scalar.value)
    unknown = [part for part in parts if part not in _PATTERN_FIELDS]
    loose = re.search("[｛｝]", re.sub(r"｛[^｛｝]*｝", "", scalar.value))
    if unknown or loose or "番号" not in parts:
        reason = f"「｛{unknown[0]}｝」は使えません" if unknown else "｛番号｝がありません"
        reason = "｛ と ｝ が対になっていません" if loose else reason
        diagnostics.error(
            scalar.place(),
            "number-pattern",
            f"文書番号の型：{reason}",
            f"型に使えるのは {' '.join(f'｛{f}｝' for f in _PATTERN_FIELDS)} です。例：{default}",
        )
        return default
    return scalar.value
