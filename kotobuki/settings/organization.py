"""`cases/organization.yaml`: the municipality, its departments, committees, ordinances, terms and house style.

In: the file's node. Out: an `Organization`. Nothing about any one municipality is in Python: it is all in that file.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from kotobuki.diagnostics import Diagnostics, Place, nearest
from kotobuki.reading import json_schema
from kotobuki.reading.inlines import Text, plain_text
from kotobuki.reading.json_schema import Schema
from kotobuki.reading.kinds import AnyText, Known, Placed, PlacedWords, Raw, Several, Words
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.reading.openings import placeholders_in
from kotobuki.reading.placeholders import PRINTED, Placeholder, placeholder_of
from kotobuki.reading.records import Record, keyed, read_record, record_schema, where
from kotobuki.settings.house_style import HouseStyle
from kotobuki.settings.terms import TERM_NAME, TERMS, Term, check_term_name, read_terms


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


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """Everything a municipality says once: who it is, its 部課 and 会議体, 例規 and 用語, and its house style."""

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

    def known(self) -> Known:
        """What its files may name, by what it is called: 会議体, 記号, 部課, 例規."""
        return {
            "会議体": [each.key for each in self.committees],
            "記号": self.marks(),
            "部課": [each.name for each in self.departments],
            "例規": list(self.laws),
        }

    def marks(self) -> list[str]:
        """Every 記号 that is written, none for a department without one: 総総, 総人 …"""
        return [each.mark for each in self.departments if each.mark and not each.mark.startswith(PRINTED)]


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
    found = Organization(
        name=written.name,
        head_post=written.head.post,
        head_name=written.head.name,
        departments=departments,
        committees=(),
        laws={short: plain_text(full, diagnostics) for short, full in laws.items()},
        terms={
            **_department_terms(departments, node),
            **_law_terms(laws),
            **read_terms(written.terms, diagnostics),
        },
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
        found.append(Department(written.name, "", written.mark, post, written.place))
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
        Department(division, written.name, written.mark, post, written.place),
        *(Department(division, written.name + each.text, "", post, each.place) for each in written.subsections),
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
    for name, value in node.entries if node else ():
        check_term_name(name, diagnostics)
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
                secretariat=department or Department("", "", "", ""),
                honorific=organization.style.honorific if written.honorific is None else written.honorific,
            )
        )
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
