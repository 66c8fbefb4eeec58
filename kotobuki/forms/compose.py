"""A case, a meeting and a form's templates put together: the draft papers of a bundle.

In: what was read. Out: draft papers and the names that ｛…｝ may use. Everything said once in the input is derived here
for every paper: 件名, 主管課, 根拠, numbers and dates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace

from kotobuki.case.annexes import Annex
from kotobuki.case.case import Case
from kotobuki.case.sections import Section
from kotobuki.case.wordings import OwnLines
from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.forms import numbers
from kotobuki.forms.outgoing import Outgoing, issued_values, letter_values, senders, words_at
from kotobuki.forms.plan import PaperPages, PaperPlan
from kotobuki.forms.template import fields_in_full, render
from kotobuki.forms.values import Body, Bound, Registry, Value, Values
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.numbering.draft import DraftAnnex, DraftBlock, DraftPaper, DraftParagraph, Names
from kotobuki.reading.inlines import Circled, Inline, Inlines, Name, PaperPageNumber, Text
from kotobuki.reading.openings import Openings
from kotobuki.roles import TITLE
from kotobuki.settings.house_style import COPY_MARKS, HouseStyle
from kotobuki.settings.meeting import Meeting
from kotobuki.settings.organization import Committee, Department, Organization


@dataclass(frozen=True, slots=True)
class Bundle:
    """A case with its place in a meeting (None: the department's own build)."""

    case: Case
    organization: Organization
    committee: Committee
    meeting: Meeting | None = None
    agenda: int | None = None

    @property
    def openings(self) -> Openings:
        """What is still to be written and to be looked at before its papers are final."""
        files = [each for each in (self.case, self.organization, self.meeting) if each]
        return Openings(
            tuple(each for file in files for each in file.placeholders),
            tuple(each for file in files for each in file.reviews),
        )


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
    }
    if case.letter and case.letter.answered:
        fields["来文"] = (Text(case.letter.answered.text),)
    if case.meets:
        fields["会議体"] = (Text(bundle.committee.name),)
    return Names(case.terms, fields, case.form.styled(organization.style))


def compose(bundle: Bundle, plan: PaperPlan, diagnostics: Diagnostics) -> Composed | None:
    """One paper of a bundle; None after a diagnostic."""
    registry = Registry(names_of(bundle))
    values: Mapping[str, object] = values_of(bundle, registry, plan.attached)
    if plan.slip:
        values = {**values, "差込紙": plan.slip.values(registry)}
    rendered = render(plan.template, values, registry, diagnostics)
    registry.forget()
    if rendered is None:
        return None
    blocks = with_own_lines(rendered.blocks, plan.name, bundle.case.wordings, registry.names, diagnostics)
    annexes = annexes_of(bundle.case)
    draft = bool(rendered.blanks or bundle.openings.placeholders)
    paper = DraftPaper(
        key=plan.key, name=plan.name, blocks=blocks, numbering=plan.numbering, draft=draft, annexes=annexes
    )
    return Composed(paper, rendered.blanks)


def with_own_lines(
    blocks: tuple[DraftBlock, ...], paper: str, lines: OwnLines, names: Names, diagnostics: Diagnostics
) -> tuple[DraftBlock, ...]:
    """The blocks of a paper with the lines that the case words itself. Their terms are defined, those of a 標題 are not."""
    found = list(blocks)
    for (of_paper, role), line in lines.items():
        if of_paper != paper:
            continue
        places = [at for at, each in enumerate(found) if isinstance(each, DraftParagraph) and each.role.style == role]
        if len(places) == 1:
            own = found[places[0]]
            assert isinstance(own, DraftParagraph)  # as just looked for
            found[places[0]] = replace(own, inlines=fields_in_full(line.inlines, names), defines=own.role != TITLE)
        else:
            fault = "一つもない" if not places else "二つ以上ある"
            diagnostics.error(
                line.source.place(),
                "wording-line",
                f"「{paper}」の雛形に役割「{role}」の行が{fault}ため、文言を入れられません",
                "この文言を消すか、form.yaml の「文言」から、その役割を消してください",
            )
    return tuple(found)


def annexes_of(case: Case) -> tuple[DraftAnnex, ...]:
    """The annexes as papers may refer to them and bind them in."""
    return tuple(_draft_annex(each) for each in case.annexes)


def values_of(bundle: Bundle, registry: Registry, attached: tuple[PaperPages, ...]) -> Values:
    """What the templates of a case may print, by the names they use."""
    case, organization, meeting = bundle.case, bundle.organization, bundle.meeting

    def value(*inlines: Inline) -> Value:
        return Value(registry, inlines)

    def words(text: str) -> Value:
        return Value(registry, (Text(text),))

    makers: dict[str, Callable[[], object]] = {
        "件名": lambda: value(Name("件名", case.place)),
        "主管課": lambda: value(Name("主管課", case.place)),
        "主管課一覧": lambda: [value(*each) for each in _departments(case)],
        "根拠": lambda: value(Name("根拠", case.place, extent="full")),
        "根拠例規": lambda: value(*_full(_basis(case, provisions=False))),
        "自治体": lambda: words(organization.name),
        "長": lambda: {"職": words(organization.head_post), "氏名": words(organization.head_name)},
        "各節": lambda: [_section(section, organization.style, registry) for section in case.sections],
        # A section that the case does not have prints nothing: if it must have it, that has been reported.
        "節": lambda: (
            {slot.name: Body(registry, ()) for slot in case.form.sections}
            | {section.name: Body(registry, section.content) for section in case.sections}
        ),
        "別紙": lambda: Bound(registry),
        "写し": lambda: meeting is not None,
        "写しの標示": lambda: _copy_mark(organization.style.copy_mark, registry),
        "添付資料": lambda: [_attached(each, organization.style, registry) for each in attached],
    }
    if letter := case.letter:
        makers["発信"] = lambda: letter_values(letter, case, organization, registry)
    if case.meets:
        makers["会議体"] = lambda: _committee(bundle.committee, registry)
        makers["依頼"] = lambda: _request(bundle, registry)
    if meeting is not None:
        makers["会議"] = lambda: _session(meeting, registry)
        makers["議案"] = lambda: {"番号": bundle.agenda}
        makers["諮問"] = lambda: _inquiry(meeting, registry)
    return Values(makers)


def _committee(committee: Committee, registry: Registry) -> dict[str, object]:
    words = {"名称": committee.name, "会長職": committee.chair_post, "会長": committee.chair_name}
    named = {**words, "敬称": committee.honorific}
    return {name: Value(registry, (Text(text),)) for name, text in named.items()}


def _session(meeting: Meeting, registry: Registry) -> dict[str, object]:
    return {
        "年度": Value(registry, (Text(numbers.year_of(meeting)),)),
        "回": meeting.session or Value(registry, (Text(numbers.session_of(meeting)),)),
    }


def _inquiry(meeting: Meeting, registry: Registry) -> dict[str, Value]:
    mark, place = meeting.committee.secretariat.mark, meeting.inquiry.place
    return issued_values(Outgoing("諮問", meeting.inquiry, mark, place, meeting.fiscal_year), registry)


def _request(bundle: Bundle, registry: Registry) -> dict[str, object]:
    case = bundle.case
    mark = case.departments[0].mark if case.departments else ""
    year = bundle.meeting.fiscal_year if bundle.meeting else None
    addressee = case.request.addressee or bundle.committee.secretariat.head
    place = case.request.issued.place if case.request.issued.place.path else case.place
    return {
        **issued_values(Outgoing("依頼", case.request.issued, mark, place, year), registry),
        "宛先": Value(registry, (words_at(addressee, place),)),
        "発信者": [Value(registry, (words_at(head, place),)) for head in senders(case.request.sender, case)],
        "敬称": Value(registry, (Text(bundle.organization.style.honorific),)),
    }


def _copy_mark(mark: str, registry: Registry) -> Value:
    """㊢, or the words in brackets, as the house has it (C3)."""
    return Value(registry, (Circled("写"),) if mark == COPY_MARKS[0] else (Text(mark),))


def _section(section: Section, style: HouseStyle, registry: Registry) -> dict[str, object]:
    heading = Value(registry, heading_of(section, style), names=(section.name,), place=section.place)
    return {"名": section.name, "見出し": heading, "内容": Body(registry, section.content)}


def heading_of(section: Section, style: HouseStyle) -> Inlines:
    """The heading as printed: that of a form in the words of the house."""
    return section.heading if section.own_heading else tuple(_reworded(each, style) for each in section.heading)


def _reworded(inline: Inline, style: HouseStyle) -> Inline:
    return Text(style.reworded(inline.text), inline.verbatim, inline.at) if isinstance(inline, Text) else inline


def _draft_annex(annex: Annex) -> DraftAnnex:
    return DraftAnnex(
        title=annex.title,
        anchor=annex.anchor,
        place=annex.place,
        existing=annex.existing,
        content=annex.content,
        regulation=annex.regulation,
        omitted=annex.omitted,
        landscape=annex.landscape,
        bracket=annex.bracket,
        spaced=annex.spaced,
    )


class _Attached(dict[str, object]):
    """A paper in the cover's list; `key` is what a link leads to."""

    key: str = ""


def _attached(pages: PaperPages, style: HouseStyle, registry: Registry) -> _Attached:
    def number(edge: str, page: str) -> Value:
        return Value(registry, (PaperPageNumber(pages.key, "first" if edge == "first" else "last", page),))

    attached = _Attached(
        名=Value(registry, (Text(style.reworded(pages.name)),)),  # as other papers call it
        初めのページ=number("first", pages.first),
        終わりのページ=number("last", pages.last),
        複数ページ=pages.first != pages.last,
    )
    attached.key = pages.key
    return attached


def _full(inlines: Inlines) -> Inlines:
    """Names in full, as a title prints them."""

    def own(inline: Inline) -> Inline:
        return Name(inline.name, inline.place, extent="full") if isinstance(inline, Name) else inline

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
            name = Name(department.section, case.place, extent="long")
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
