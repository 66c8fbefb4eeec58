"""`meeting.yaml`: what the secretariat decides — the meeting, the number and date of the 諮問, which case is which 議案.

In: the file's node and the organization. Out: a `Meeting`. The order and the numbers of the packet come from here alone.
"""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field, replace

from kotobuki.diagnostics import Diagnostics, Place, nearest
from kotobuki.japanese.periods import parse_period
from kotobuki.japanese.widths import to_half
from kotobuki.reading.fields import Fields
from kotobuki.reading.nodes import Mapping, Node, Scalar
from kotobuki.reading.openings import placeholders_in
from kotobuki.reading.placeholders import Placeholder, placeholder_of
from kotobuki.settings.issued import Issued, read_issued
from kotobuki.settings.organization import Committee, Department, Organization
from kotobuki.settings.packet import Gathering, PacketSettings, read_gathering, read_packet_settings


@dataclass(frozen=True, slots=True)
class Agenda:
    """One 議案: its number and the file of its case (inside the meeting's folder)."""

    number: int
    file: str
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of a committee: the `session`-th of the fiscal year, both None while they are open.

    withdrawn  numbers of 議案 that were withdrawn (欠番)
    words      what is printed for a year or session that is open (年度, 回)
    """

    committee: Committee
    fiscal_year: int | None
    session: int | None
    inquiry: Issued
    agenda: tuple[Agenda, ...]
    withdrawn: tuple[int, ...] = ()
    gathering: Gathering = field(default_factory=Gathering)
    packet: PacketSettings = field(default_factory=PacketSettings)
    words: Dictionary[str, str] = field(default_factory=dict)
    placeholders: tuple[Placeholder, ...] = ()

    def place_of(self, agenda: int) -> Place:
        """Where a 議案 is named."""
        return next((each.place for each in self.agenda if each.number == agenda), self.inquiry.place)


WITHDRAWN = "欠番"
"""Written in place of a case's file: the 議案 was withdrawn, and the others keep their numbers."""
STAND_IN_YEAR = 2000
"""The fiscal year of a meeting whose own is missing, which has been reported: nothing will be printed."""


def read_meeting(node: Node, organization: Organization, diagnostics: Diagnostics) -> Meeting | None:
    """The meeting, or None when there is nothing to go on with.

    What is missing has been reported, so nothing will be printed: a stand-in lets its cases be checked nevertheless.
    """
    if not isinstance(node, Mapping):
        diagnostics.error(
            node.place(), "meeting-form", "meeting.yaml は「キー: 値」の組で書きます", "例：会議体: 審査会"
        )
        return None
    fields = Fields(node, diagnostics, "meeting.yaml")
    committee = find_committee(fields.text("会議体"), organization, node.place(), diagnostics)
    words = {key: found.text for key in ("年度", "回") if (found := fields.placeholder(key))}
    year = None if "年度" in words else _fiscal_year(fields.text("年度", required=True), diagnostics)
    session = None if "回" in words else fields.integer("回", required=True, minimum=1)
    inquiry = read_issued(fields.mapping("諮問"), "諮問", organization, diagnostics)
    inquiry = inquiry if inquiry.place.path else replace(inquiry, place=node.place())
    entries = [] if fields.placeholder("議案") else _agenda(fields.mapping("議案", required=True), diagnostics)
    gathering = read_gathering(fields, diagnostics)
    packet = read_packet_settings(fields.mapping("資料"), diagnostics)
    fields.finish()
    committee = committee or next(iter(organization.committees), None)
    if committee is None:
        return None
    agenda = tuple(each for each in entries if each.file != WITHDRAWN)
    withdrawn = tuple(each.number for each in entries if each.file == WITHDRAWN)
    placeholders = tuple(placeholders_in(node))
    year = year if "年度" in words else year or STAND_IN_YEAR
    session = session if "回" in words else session or 1
    return Meeting(committee, year, session, inquiry, agenda, withdrawn, gathering, packet, words, placeholders)


def find_committee(
    scalar: Scalar | None, organization: Organization, place: Place, diagnostics: Diagnostics
) -> Committee | None:
    """The committee named, or the only one there is; None after a diagnostic (of the organization, if it has none)."""
    keys = [each.key for each in organization.committees]
    if placeholder := placeholder_of(scalar):
        words, clerk = placeholder.text, Department(placeholder.text, "", "", placeholder.text, open=True)
        return Committee(words, words, "会長", words, clerk, organization.style.honorific, open=True)
    if scalar is None:
        if len(keys) == 1:
            return organization.committees[0]
        if keys:
            diagnostics.error(
                place,
                "committee-missing",
                "会議体が決まりません",
                f"「会議体:」に {'・'.join(keys)} のどれかを書いてください",
            )
        return None
    found = next((each for each in organization.committees if each.key == scalar.value), None)
    if found is None:
        close = nearest(scalar.value, keys)
        hint = f"「{close}」の誤りではありませんか。" if close else ""
        diagnostics.error(
            scalar.place(),
            "committee-unknown",
            f"「{scalar.value}」という会議体は organization.yaml にありません",
            f"{hint}organization.yaml の「会議体」にあるのは {'・'.join(keys)} です",
        )
    return found


def _fiscal_year(scalar: Scalar | None, diagnostics: Diagnostics) -> int | None:
    if scalar is None:
        return None
    period = parse_period(scalar.value)
    if period and period.start and not (period.rest_text or period.end):  # a year and nothing else
        return period.start.year
    diagnostics.error(
        scalar.place(),
        "fiscal-year",
        f"「{scalar.value}」は年度として読めません",
        "令和4年度 又は 2022 のように書いてください",
    )
    return None


def _agenda(node: Mapping | None, diagnostics: Diagnostics) -> tuple[Agenda, ...]:
    found: list[Agenda] = []
    if node and not node.entries:
        diagnostics.error(node.place(), "agenda-empty", "議案が一つもありません", "例：2: 02-jinken.yaml")
    for key, value in node.entries if node else ():
        number = to_half(key.value)
        if not (number.isascii() and number.isdecimal() and len(number) <= 4 and int(number)):
            diagnostics.error(
                key.place(), "agenda-number", f"議案番号「{key.value}」は番号ではありません", "例：2: 02-jinken.yaml"
            )
            continue
        if placeholder_of(value):
            continue
        if not isinstance(value, Scalar) or not value.value.strip():
            diagnostics.error(
                value.place(), "agenda-file", f"第{number}号議案の案件のファイル名がありません", "例：2: 02-jinken.yaml"
            )
            continue
        name = value.value
        if "/" in name or "\\" in name or name.startswith("."):
            diagnostics.error(
                value.place(),
                "agenda-outside",
                f"「{name}」は会議のフォルダの外を指しています",
                "meeting.yaml と同じフォルダにある案件のファイル名だけを書いてください",
            )
            continue
        if name != WITHDRAWN and not name.endswith((".yaml", ".yml")):
            reason, remedy = (
                f"「{name}」はYAMLのファイルの名ではありません",
                f"「{number}: {name}.yaml」ではありませんか",
            )
            diagnostics.error(value.place(), "agenda-file", reason, remedy)
            continue
        same = next((each for each in found if each.number == int(number) or each.file == name != WITHDRAWN), None)
        if same:
            diagnostics.error(
                key.place(),
                "agenda-twice",
                f"第{number}号議案（{name}）は{same.place.line}行目と番号か案件が重なっています",
                "番号も案件も一度だけ書いてください",
            )
            continue
        found.append(Agenda(int(number), name, key.place()))
    return tuple(sorted(found, key=lambda each: each.number))
