"""`cases/organization.yaml`: the municipality, its departments, committees, ordinances, terms and house style.

In: the file's node. Out: an `Organization`. Nothing about any one municipality is in Python: it is all in that file.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from kotobuki.diagnostics import Diagnostics, Place, nearest
from kotobuki.reading.fields import Fields
from kotobuki.reading.inlines import Text, plain_text
from kotobuki.reading.nodes import Mapping, Node, Scalar
from kotobuki.reading.openings import placeholders_in
from kotobuki.reading.placeholders import PRINTED, Placeholder, placeholder_of
from kotobuki.settings.house_style import HouseStyle, read_style
from kotobuki.settings.terms import Term, check_term_name, read_terms


@dataclass(frozen=True, slots=True)
class Department:
    """A 課 (or a 部 by itself, `section` empty) with its 記号 in document numbers."""

    division: str
    section: str
    mark: str
    head: str
    """The post of the head of the division (総務部長)."""
    place: Place = field(default=Place(""), compare=False)
    open: bool = False
    """Which one is still to be written: its names are those of a placeholder."""

    @property
    def name(self) -> str:
        """部 and 課 in one, as in 総務部総務課."""
        return self.division + self.section


@dataclass(frozen=True, slots=True)
class Committee:
    """A 会議体. `open`: which one is still to be written."""

    key: str
    name: str
    chair_post: str
    chair_name: str
    secretariat: Department
    honorific: str
    open: bool = False

    def differs_from(self, other: Committee) -> bool:
        """Whether they are two, as far as it is written."""
        return self.key != other.key and not (self.open or other.open)


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
    placeholders: tuple[Placeholder, ...] = ()

    def department(self, scalar: Scalar, diagnostics: Diagnostics) -> Department | None:
        """The department of that name, one without a 記号 for a placeholder; an unknown one is a diagnostic."""
        if placeholder := placeholder_of(scalar):
            return Department(placeholder.text, "", "", placeholder.text, scalar.place(), open=True)
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
        """Every 記号 that is written."""
        return [each.mark for each in self.departments if each.mark and not each.mark.startswith(PRINTED)]


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
    style = read_style(fields.mapping("表記"), diagnostics)
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
        tuple(placeholders_in(node)),
    )
    committees = _committees(committees_node, found, diagnostics)
    return replace(found, committees=committees)


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
            terms.append(Term(name=short, full=(Text(each.name),), place=place))
        terms.append(Term(name=short + "長", full=(Text(each.name + "長"),), place=place))
    counts = Counter(term.name for term in terms)
    return {term.name: term for term in terms if counts[term.name] == 1}


def _laws(node: Mapping | None, diagnostics: Diagnostics) -> dict[str, Scalar]:
    laws = {}
    for key, value in node.entries if node else ():
        check_term_name(key, diagnostics)
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
    return {short: Term(name=short, full=(_as_it_stands(full),), place=full.place()) for short, full in laws.items()}


def _as_it_stands(scalar: Scalar) -> Text | Placeholder:
    return placeholder_of(scalar) or Text(scalar.value, at=scalar.places(0, len(scalar.value)))


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
        name, chair = (fields.text(each, required=True) for each in ("名称", "会長"))
        post = fields.text("会長の職")
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
    if not department.mark and not department.open and "｛記号｝" in organization.style.number_pattern:
        diagnostics.error(
            place,
            "department-no-mark",
            f"「{department.name}」の記号が organization.yaml にありません",
            "「部課」のその課に「記号: …」を書き加えてください（文書番号に使います）",
        )
