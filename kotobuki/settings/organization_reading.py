"""organization.yaml, from its node to an `Organization`.

In: the node. Out: the organization, or None and diagnostics; what is wrong is left out, so that the rest can be checked.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading import json_schema
from kotobuki.reading.inlines import Text, plain_text
from kotobuki.reading.json_schema import Schema
from kotobuki.reading.kinds import AnyText, Known, Placed, PlacedWords, Raw, Several, Words
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.reading.openings import placeholders_in
from kotobuki.reading.placeholders import PRINTED, Placeholder, placeholder_of
from kotobuki.reading.records import Record, keyed, read_record, record_schema, where
from kotobuki.settings.house_style import HouseStyle
from kotobuki.settings.organization import Committee, Department, Organization, check_mark
from kotobuki.settings.terms import TERM_NAME, TERMS, Term, read_terms


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """長."""

    post: str = keyed("職", Words(), "長の職（例：○○市長）", default="", required=True)
    name: str = keyed("氏名", Words(), "長の氏名。空白は印字にも残る", default="", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    """A 課 of a 部."""

    name: str | None = keyed("名", Words(), "課の名", required=True)
    mark: str = keyed("記号", Words(), "文書番号に使う記号（例：総総）", default="")
    subsections: tuple[Placed, ...] = keyed(
        "係", Several(PlacedWords()), "係の名の一覧。｛係名＋長｝が用語になる", default=()
    )
    place: Place = where("名")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Division:
    """A 部 with its 課."""

    name: str | None = keyed("部", Words(), "部の名", required=True)
    head: str | None = keyed("長", Words(), "部長の職名。「部の名＋長」でないときだけ")
    mark: str = keyed("記号", Words(), "部そのものが出す文書の番号に使う記号", default="")
    sections: Sequence | None = keyed(
        "課",
        Raw(
            Sequence,
            lambda known: json_schema.listing(
                record_schema(_Section, "課", known), "課には一覧を書きます（例：[{名: 総務課, 記号: 総総}]）"
            ),
        ),
        "この部の課の一覧",
    )
    place: Place = where("部")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Committee:
    """A 会議体 as it is written."""

    name: str = keyed("名称", Words(), "会議体の正式な名称", default="", required=True)
    chair_post: str = keyed("会長の職", Words(), "会長の職。省けば「会長」", default="会長")
    chair_name: str = keyed("会長", Words(), "会長の氏名", default="", required=True)
    honorific: str | None = keyed("敬称", Words(), "会長に付ける敬称。省けば表記の敬称")
    secretariat: Scalar | None = keyed(
        "庶務担当課", AnyText(), "庶務を担当する部課（部と課の名を続けて）", required=True
    )


def _divisions_schema(known: Known) -> Schema:
    said = "部課には一覧を書きます（例：- {部: 総務部, 課: [{名: 総務課}]}）"
    return json_schema.listing(record_schema(_Division, "部課", known), said)


def _committees_schema(known: Known) -> Schema:
    committee = record_schema(_Committee, "会議体", known)
    return json_schema.by_name(committee, "会議体は「略称: {名称: …}」の組で書きます", minProperties=1)


def _laws_schema(_: Known) -> Schema:
    said = "例規は「略称: 正式な名称」の組で書きます"
    return json_schema.by_name(json_schema.text(plain=True), said, names=TERM_NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationFile:
    """organization.yaml as it is written."""

    name: str = keyed("自治体", Words(), "自治体の名称。文中では ｛自治体｝", default="", required=True)
    head: _Head = keyed("長", Record(_Head, "長"), "自治体の長の職と氏名", default=_Head(), required=True)
    departments: Sequence | None = keyed(
        "部課", Raw(Sequence, _divisions_schema), "部と課の一覧。主管課・発信者・記号はここから決まる", required=True
    )
    committees: Mapping | None = keyed(
        "会議体", Raw(Mapping, _committees_schema), "略称: {名称, 会長, 庶務担当課} の組", required=True
    )
    laws: Mapping | None = keyed("例規", Raw(Mapping, _laws_schema), "略称: 正式な名称。案件の根拠と用語に使う")
    terms: Mapping | None = keyed("用語", TERMS, "どの案件でも使う用語。略称: 正式な名称")
    style: HouseStyle = keyed(
        "表記", Record(HouseStyle, "表記"), "数字の幅、項目番号、文書番号の型などの決まり", default=HouseStyle()
    )


def read_organization(node: Node, diagnostics: Diagnostics) -> Organization | None:
    """The organization, or None if the file is not even a mapping."""
    if not isinstance(node, Mapping):
        diagnostics.error(
            node.place(), "organization-form", "organization.yaml は「キー: 値」の組で書きます", "例：自治体: ○○市"
        )
        return None
    written = read_record(OrganizationFile, node, diagnostics, "organization.yaml")
    departments = _departments(written.departments, diagnostics)
    laws = _laws(written.laws, diagnostics)
    given = {**_department_terms(departments, node), **_law_terms(written.laws, laws)}
    found = Organization(
        name=written.name,
        head_post=written.head.post,
        head_name=written.head.name,
        departments=departments,
        committees=(),
        laws={short: plain_text(full, diagnostics) for short, full in laws.items()},
        terms={**given, **read_terms(written.terms, diagnostics, given)},
        style=written.style,
        placeholders=tuple(placeholders_in(node)),
    )
    return replace(found, committees=_committees(written.committees, found, diagnostics))


def _departments(divisions: Sequence | None, diagnostics: Diagnostics) -> tuple[Department, ...]:
    found: list[Department] = []
    for node in divisions.items if divisions else ():
        if not isinstance(node, Mapping):
            diagnostics.error(
                node.place(),
                "department-form",
                "部課は「部:」「課:」の組で書きます",
                "例：- {部: 総務部, 課: [{名: 総務課, 記号: 総総}]}",
            )
            continue
        written = read_record(_Division, node, diagnostics, "部課")
        if written.name is None:
            continue
        post = written.name + "長" if written.head is None else written.head
        found.append(Department(division=written.name, section="", mark=written.mark, head=post, place=written.place))
        for each in written.sections.items if written.sections else ():
            found += _section(each, written.name, post, diagnostics)
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
    written = read_record(_Section, node, diagnostics, "課")
    if written.name is None:
        return []
    return [
        Department(division=division, section=written.name, mark=written.mark, head=post, place=written.place),
        *(
            Department(division=division, section=written.name + each.text, mark="", head=post, place=each.place)
            for each in written.subsections
        ),
    ]


def _department_terms(departments: tuple[Department, ...], node: Mapping) -> dict[str, Term]:
    """Short names of 課 and of their heads' posts, where only one department has them (総務課, 総務課長, ○○係長)."""
    terms: list[Term] = []
    place = node.place()
    parents = [
        each for each in departments if each.section and PRINTED not in each.name
    ]  # one still to be named has none
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
    for name, value in node.entries if node else ():
        if isinstance(value, Scalar) and value.value.strip():
            laws[name.value] = value
        else:
            diagnostics.error(
                value.place(),
                "law-form",
                f"例規「{name.value}」の名称がありません",
                "「略称: 正式な名称」の形で書いてください",
            )
    return laws


def _law_terms(node: Mapping | None, laws: dict[str, Scalar]) -> dict[str, Term]:
    places = {name.value: name.place() for name, _ in node.entries} if node else {}
    return {name: Term(name=name, full=(_as_it_stands(full),), place=places[name]) for name, full in laws.items()}


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
    for name, value in node.entries if node else ():
        if not isinstance(value, Mapping):
            diagnostics.error(
                value.place(),
                "committee-form",
                "会議体は「名称:」「会長:」などの組で書きます",
                "例：審査会: {名称: …, 会長: …, 庶務担当課: …}",
            )
            continue
        written = read_record(_Committee, value, diagnostics, f"会議体「{name.value}」")
        clerk = written.secretariat
        department = organization.department(clerk, diagnostics) if clerk else None
        if clerk and department:
            check_mark(department, clerk.place(), organization, diagnostics)
        found.append(
            Committee(
                key=name.value,
                name=written.name,
                chair_post=written.chair_post,
                chair_name=written.chair_name,
                # What is missing has been reported; meetings can name the committee nevertheless.
                secretariat=department or Department(division="", section="", mark="", head=""),
                honorific=organization.style.honorific if written.honorific is None else written.honorific,
            )
        )
    return tuple(found)
