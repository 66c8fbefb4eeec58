"""The packet's own papers: its front page, the 次第 with the list of 議案, the slip that stands for a 別添 in Word.

In: a meeting, what the list says of each 議案, a template. Out: a draft paper. The words are the templates'; everything
in them is derived from the meeting and its cases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kotobuki.diagnostics import Diagnostics
from kotobuki.forms import numbers
from kotobuki.forms.compose import Composed
from kotobuki.forms.plan import PaperPlan
from kotobuki.forms.template import render
from kotobuki.forms.values import Registry, Value
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.numbering.draft import DraftPaper, Names
from kotobuki.reading.inlines import Linked, PaperPageNumber, Text
from kotobuki.reading.placeholders import PRINTED
from kotobuki.settings.issued import Issued
from kotobuki.settings.meeting import Meeting
from kotobuki.settings.organization import Organization


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """A 議案 in the list: `title`, `office` and `pages` are empty for one that was withdrawn; `key`: where it begins."""

    number: int
    title: str = ""
    office: str = ""
    pages: tuple[Text | PaperPageNumber, ...] = ()
    key: str = ""


def names_of_meeting(meeting: Meeting, organization: Organization) -> Names:
    """What ｛…｝ may name in these papers: the organization's terms, 自治体, 会議体."""
    fields = {"自治体": (Text(organization.name),), "会議体": (Text(meeting.committee.name),)}
    return Names(organization.terms, fields, organization.style)


def compose_for_meeting(
    meeting: Meeting,
    organization: Organization,
    plan: PaperPlan,
    listed: Sequence[AgendaEntry],
    diagnostics: Diagnostics,
) -> Composed | None:
    """One paper of the packet; None after a diagnostic. `listed`: what its list of 議案 says."""
    registry = Registry(names_of_meeting(meeting, organization))
    context = _context(meeting, organization, listed, registry)
    if plan.slip:
        context["別添"] = plan.slip.values(registry)
    if plan.swap:
        context["差替え"] = plan.swap.values(registry)
    rendered = render(plan.template, context, registry, diagnostics)
    registry.forget()
    if rendered is None:
        return None
    named_open = any(PRINTED in each.title + each.office for each in listed)
    is_open = bool(rendered.blanks or meeting.placeholders or organization.placeholders or named_open)
    paper = DraftPaper(key=plan.key, name=plan.name, blocks=rendered.blocks, numbering=plan.numbering, draft=is_open)
    return Composed(paper, rendered.blanks)


def _context(
    meeting: Meeting, organization: Organization, listed: Sequence[AgendaEntry], registry: Registry
) -> dict[str, object]:
    def words(text: str) -> Value:
        return Value(registry, (Text(text),))

    gathering = meeting.gathering
    time = gathering.text or numbers.document_date(Issued(), meeting.fiscal_year)
    when = Value(registry, (Text(time),), None if gathering.text else ("会議の日時", gathering.place))
    venue = Value(registry, (Text(gathering.venue),), None if gathering.venue else ("会議の場所", gathering.place))
    return {
        "自治体": words(organization.name),
        "会議体": {
            "名称": words(meeting.committee.name),
            "会長職": words(meeting.committee.chair_post),
            "会長": words(meeting.committee.chair_name),
            "庶務担当課": words(meeting.committee.secretariat.name),
        },
        "会議": {
            "年度": words(numbers.year_of(meeting)),
            "回": meeting.session or words(numbers.session_of(meeting)),
            "日時": when,
            "場所": venue,
        },
        "議案一覧": [_listed(each, registry) for each in listed],
    }


class _Row(dict[str, object]):
    """A 議案 in the list; `key` is what a link leads to."""

    key: str = ""


def _listed(each: AgendaEntry, registry: Registry) -> Mapping[str, object]:
    title = Linked((Text(each.title),), each.key) if each.key else Text("（欠番）")
    row = _Row(
        番号=Value(registry, (Text(f"第{each.number}号"),)),
        件名=Value(registry, (title,)),
        主管課=Value(registry, (Text(each.office),) if each.office else ()),
        ページ=Value(registry, each.pages),
        欠番=not each.key,
    )
    row.key = each.key
    return row
