"""A case, a meeting and a form's templates put together: the draft papers of a bundle.

In: what was read. Out: draft papers and the names that ｛…｝ may use. Everything said once in the input is derived here
for every paper: 件名, 主管課, 根拠, numbers and dates.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from kotobuki.case.annexes import Annex
from kotobuki.case.case import Case
from kotobuki.case.form import PaperForm
from kotobuki.case.inlines import Inline, Inlines, Name, Pages, Spread, Text
from kotobuki.case.meeting import Issued, Meeting
from kotobuki.case.organization import Committee, Department, Organization
from kotobuki.case.placeholders import Placeholder
from kotobuki.case.sections import Section
from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.forms import numbers
from kotobuki.forms.template import Rendered, render
from kotobuki.forms.values import Body, Bound, Registry, Value
from kotobuki.japanese.characters import natural_width_em
from kotobuki.numbering.draft import DraftAnnex, DraftPaper, Names


@dataclass(frozen=True, slots=True)
class Bundle:
    """A case with its place in a meeting (None: the department's own build)."""

    case: Case
    organization: Organization
    committee: Committee
    meeting: Meeting | None = None
    agenda: int | None = None

    @property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """What is still to be written before its papers are final."""
        own = (*self.case.placeholders, *self.organization.placeholders)
        return (*own, *(self.meeting.placeholders if self.meeting else ()))


@dataclass(frozen=True, slots=True)
class PaperPages:
    """What a cover may say of a laid-out paper: its name and its first and last page number, as printed."""

    key: str
    name: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Composed:
    """A draft paper, and the open numbers and dates it printed."""

    paper: DraftPaper
    blanks: tuple[tuple[str, Place], ...] = field(default=())


def names_of(bundle: Bundle) -> Names:
    """The terms and fields that texts of this case may name."""
    case, organization = bundle.case, bundle.organization
    fields: dict[str, Inlines] = {
        "件名": _full(case.title),
        "主管課": tuple(inline for each in _departments(case) for inline in each),
        "根拠": _basis(case, provisions=True),
        "自治体": (Text(organization.name),),
        "会議体": (Text(bundle.committee.name),),
    }
    return Names(case.terms, fields, organization.style)


def compose(
    bundle: Bundle,
    form: PaperForm,
    key: str,
    source: tuple[str, str],
    roles: Collection[str],
    diagnostics: Diagnostics,
    attached: tuple[PaperPages, ...] = (),
) -> Composed | None:
    """One paper. `source`: its template's text and the path shown; `attached`: the papers that a cover lists."""
    registry = Registry(names_of(bundle))
    rendered: Rendered | None = render(*source, _context(bundle, registry, attached), registry, roles, diagnostics)
    if rendered is None:
        return None
    annexes = tuple(_draft_annex(each) for each in bundle.case.annexes)
    draft = bool(rendered.blanks or bundle.placeholders)
    paper = DraftPaper(key, form.name, rendered.blocks, form.numbering, draft, annexes)
    return Composed(paper, rendered.blanks)


def _context(bundle: Bundle, registry: Registry, attached: tuple[PaperPages, ...]) -> Mapping[str, object]:
    case, organization, committee = bundle.case, bundle.organization, bundle.committee

    def words(text: str) -> Value:
        return Value(registry, (Text(text),))

    context: dict[str, object] = {
        "件名": Value(registry, (Name("件名", case.place),)),
        "主管課": Value(registry, (Name("主管課", case.place),)),
        "主管課一覧": [Value(registry, each) for each in _departments(case)],
        "根拠": Value(registry, (Name("根拠", case.place),)),
        "根拠例規": Value(registry, _basis(case, provisions=False)),
        "自治体": words(organization.name),
        "長": {"職": words(organization.head_post), "氏名": words(organization.head_name)},
        "会議体": {
            "名称": words(committee.name),
            "会長職": words(committee.chair_post),
            "会長": words(committee.chair_name),
            "敬称": words(committee.honorific),
        },
        "依頼": _request(bundle, registry),
        "各節": [_section(section, registry) for section in case.sections],
        # A section that the case does not have prints nothing: if it must have it, that has been reported.
        "節": {slot.name: Body(registry, ()) for slot in case.form.sections}
        | {section.name: Body(registry, section.content) for section in case.sections},
        "別紙": Bound(registry),
        "写し": bundle.meeting is not None,
        "添付資料": [_attached(each, registry) for each in attached],
    }
    if bundle.meeting is not None:
        context |= _of_meeting(bundle, bundle.meeting, registry)
    return context


def _of_meeting(bundle: Bundle, meeting: Meeting, registry: Registry) -> dict[str, object]:
    mark = meeting.committee.secretariat.mark
    place = meeting.inquiry.place
    return {
        "会議": {
            "年度": Value(registry, (Text(numbers.year_of(meeting)),)),
            "回": meeting.session or Value(registry, (Text(numbers.session_of(meeting)),)),
        },
        "議案": {"番号": bundle.agenda},
        "諮問": _issued(meeting.inquiry, mark, "諮問", bundle, registry, place),
    }


def _request(bundle: Bundle, registry: Registry) -> dict[str, object]:
    case = bundle.case
    mark = case.departments[0].mark if case.departments else ""
    heads = [case.request.sender] if case.request.sender else list(dict.fromkeys(d.head for d in case.departments))
    addressee = case.request.addressee or bundle.committee.secretariat.head
    place = case.request.issued.place if case.request.issued.place.path else case.place
    return {
        **_issued(case.request.issued, mark, "依頼", bundle, registry, place),
        "宛先": Value(registry, (Text(addressee),)),
        "発信者": [Value(registry, (Text(head),)) for head in heads],
        "敬称": Value(registry, (Text(bundle.organization.style.honorific),)),
    }


def _issued(issued: Issued, mark: str, what: str, bundle: Bundle, registry: Registry, place: Place) -> dict[str, Value]:
    """Number and date spread to one width, so that both lines share their edges (A3)."""
    style = bundle.organization.style
    year = bundle.meeting.fiscal_year if bundle.meeting else None
    texts = (
        (
            "文書番号",
            "番号",
            numbers.document_number(issued, mark, style, year),
            issued.number is None and not issued.number_words,
        ),
        ("日付", "日付", numbers.document_date(issued, year), issued.date is None and not issued.date_words),
    )
    width = max(natural_width_em(style.digits.set_text(text)) for _, _, text, _ in texts)
    return {
        name: Value(registry, (Spread((Text(text),), fit_em=width),), (f"{what}の{key}", place) if is_open else None)
        for name, key, text, is_open in texts
    }


def _section(section: Section, registry: Registry) -> dict[str, object]:
    heading = Value(registry, section.heading, names=(section.name,), place=section.place)
    return {"名": section.name, "見出し": heading, "内容": Body(registry, section.content)}


def _draft_annex(annex: Annex) -> DraftAnnex:
    return DraftAnnex(
        annex.title,
        annex.anchor,
        annex.place,
        annex.existing,
        annex.content,
        annex.regulation,
        annex.omitted,
        annex.landscape,
    )


class _Attached(dict[str, object]):
    """A paper in the cover's list; `key` is what a link leads to."""

    key: str = ""


def _attached(pages: PaperPages, registry: Registry) -> _Attached:
    def number(edge: str, page: str) -> Value:
        return Value(registry, (Pages(pages.key, "first" if edge == "first" else "last", page),))

    attached = _Attached(
        名=Value(registry, (Text(pages.name),)),
        初めのページ=number("first", pages.first),
        終わりのページ=number("last", pages.last),
        複数ページ=pages.first != pages.last,
    )
    attached.key = pages.key
    return attached


def _full(inlines: Inlines) -> Inlines:
    """Names in full, as a title prints them."""

    def own(inline: Inline) -> Inline:
        return Name(inline.name, inline.place, full=True) if isinstance(inline, Name) else inline

    return tuple(own(inline) for inline in inlines)


def _departments(case: Case) -> list[Inlines]:
    """主管課 one by one, each with the 及び or 、 behind it; a repeated 部 printed once, each a term where there is one.

    Always by its full name (A5): what follows it, without its 部, must not come to stand alone.
    """
    found: list[Inlines] = []
    before: Department | None = None
    for index, department in enumerate(case.departments, 1):
        term = case.terms.get(department.section)
        name: Inline = Text(department.name)
        if before is not None and before.division == department.division:
            name = Text(department.section)
        elif term is not None and term.full == (Text(department.name),):
            name = Name(department.section, case.place, long=True)
        rest = len(case.departments) - index
        found.append((name, Text("及び" if rest == 1 else "、")) if rest else (name,))
        before = department
    return found


def _basis(case: Case, provisions: bool) -> Inlines:
    """条例第14条第2項及び第3項; without the provisions, the ordinances alone. 並びに joins what holds a 及び (C1)."""
    found: list[Inline] = []
    conjunction = "並びに" if provisions and any(len(each.provisions) > 1 for each in case.bases) else "及び"
    for index, basis in enumerate(case.bases):
        if index:
            found.append(Text(conjunction if index == len(case.bases) - 1 else "、"))
        found.append(basis.open or Name(basis.law, case.place))
        if provisions:
            *first, last = basis.provisions or ("",)
            found.append(Text("、".join(first) + ("及び" if first else "") + last))
    return tuple(found)
