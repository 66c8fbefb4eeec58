"""`meeting.yaml`: what the secretariat decides — the meeting, the number and date of the 諮問, which case is which 議案.

In: the file's node and the organization. Out: a `Meeting`. The order and the numbers of the packet come from here alone.
"""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from dataclasses import field, replace

from kotobuki.diagnostics import Diagnostics, Place, guess
from kotobuki.japanese.periods import parse_period
from kotobuki.japanese.widths import to_half
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading import json_schema
from kotobuki.reading.ecma import DIGIT, YEAR
from kotobuki.reading.json_schema import Schema
from kotobuki.reading.kinds import Integer, Known, Named, Open, Parsed, Raw, Words
from kotobuki.reading.nodes import Mapping, Node, Scalar
from kotobuki.reading.openings import Review, placeholders_in
from kotobuki.reading.placeholders import Placeholder, placeholder_of
from kotobuki.reading.records import Asked, Draft, Record, Spell, drafted, keyed, read_record
from kotobuki.settings.issued import InquiryKeys, Issued
from kotobuki.settings.organization import Committee, Department, Organization
from kotobuki.settings.packet import GATHERING, Gathering, PacketSettings


@dataclass(frozen=True, slots=True)
class Agenda:
    """One 議案: its number and the file of its case (inside the meeting's folder)."""

    number: int
    file: str
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
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
    reviews: tuple[Review, ...] = field(default=(), compare=False)

    def place_of(self, agenda: int) -> Place:
        """Where the 議案 of that number is named; of one that is not, where the 諮問 stands."""
        return next((each.place for each in self.agenda if each.number == agenda), self.inquiry.place)


WITHDRAWN = "欠番"
"""Written in place of a case's file: the 議案 was withdrawn, and the others keep their numbers."""
STAND_IN_YEAR = 2000
"""The fiscal year of a meeting whose own is missing, which has been reported: nothing will be printed."""


def _parse_fiscal_year(scalar: Scalar, diagnostics: Diagnostics) -> int | None:
    """A year and nothing else: 令和4年度, 2022."""
    period = parse_period(scalar.value)
    if period and period.start and not (period.rest_text or period.end):
        return period.start.year
    diagnostics.error(
        scalar.place(),
        "fiscal-year",
        f"「{scalar.value}」は年度として読めません",
        "令和4年度 又は 2022 のように書いてください",
    )
    return None


def _fiscal_year_schema(_: Known) -> Schema:
    year = json_schema.matching(YEAR, "令和4年度 又は 2022 のように書きます", "integer")
    return {**year, "minimum": 1873, "maximum": 9999}


def _agenda_schema(_: Known) -> Schema:
    said = "meeting.yaml と同じフォルダにある案件のファイル名か、「欠番」を書きます"
    file = json_schema.matching(rf"^(?!\.)[^/\\]*\.ya?ml$|^{WITHDRAWN}$", said)
    pairs = "議案は「議案番号: 案件のファイル」の組で書きます"
    return json_schema.by_name(file, pairs, names=f"^(?![0０]+$){DIGIT}{{1,4}}$", minProperties=1)


def _agenda_drafted(known: Known, spell: Spell) -> tuple[str, ...]:
    """The cases that are in the folder, or an example."""
    cases = known["案件"]
    if not cases:
        return ("議案: ｛記入：議案番号と案件のファイル｝", "# 例：", "# 議案:", "#   1: 01-annai.yaml")
    return ("議案:", *(f"  {number}: {spell(name)}" for number, name in enumerate(cases, 1)))


FISCAL_YEAR = Parsed(_parse_fiscal_year, _fiscal_year_schema)
"""The kind of 年度."""
SESSION = Integer(1)
"""The kind of 回."""


COMMITTEE_ASKED = Asked("会議体", "--committee")


def committee_drafted(known: Known, _: Spell) -> tuple[str, ...]:
    """How `new` begins 会議体: not at all where there is but one."""
    return ("会議体: ｛記入：会議体｝",) if len(known["会議体"]) > 1 else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFile:
    """meeting.yaml as it is written."""

    committee: Scalar | None = keyed(
        "会議体",
        Named("会議体"),
        "organization.yaml の会議体の略称。一つだけなら省ける",
        draft=Draft(lines=committee_drafted, asked=COMMITTEE_ASKED),
    )
    fiscal_year: int | Placeholder | None = keyed(
        "年度",
        Open(FISCAL_YEAR),
        "令和4年度 又は 2022",
        required=True,
        draft=drafted("年度: ｛記入：年度｝", asked=Asked("年度", "--year", example="令和4年度")),
    )
    session: int | Placeholder | None = keyed(
        "回",
        Open(SESSION),
        "年度の何回目の会議か",
        required=True,
        draft=drafted("回: ｛記入：回｝", asked=Asked("回", "--session", example="1")),
    )
    gathering: Gathering | None = keyed(
        "日時",
        GATHERING,
        "会議の日時（例：2022-05-18 14:00）",
        draft=drafted("日時: ｛記入：会議の日時｝", asked=Asked("会議の日時", "--date", example="2022-05-18 14:00")),
    )
    venue: str = keyed(
        "場所",
        Words(),
        "会議の場所",
        default="",
        draft=drafted("場所: ｛記入：会議の場所｝", asked=Asked("会議の場所", "--venue")),
    )
    inquiry: InquiryKeys = keyed(
        "諮問",
        Record(InquiryKeys, "諮問"),
        "諮問書の番号と日付。決まっていなければ書かない",
        default=InquiryKeys(),
        draft=drafted("諮問: {日付: ｛記入：諮問の日付｝}", guide="番号は、取るまで書かない。"),
    )
    agenda: Mapping | Placeholder | None = keyed(
        "議案",
        Open(Raw(Mapping, _agenda_schema)),
        "議案番号: 案件のファイル。取り下げたものは 欠番",
        required=True,
        draft=Draft(
            lines=_agenda_drafted,
            guide=lambda _: "議案番号: 案件のファイル。順を変え、会議に出さない案件の行を消す。",
        ),
    )
    packet: PacketSettings = keyed(
        "資料", Record(PacketSettings, "資料"), "会議資料の綴じ方。どれも省ける", default=PacketSettings()
    )


def read_meeting(node: Node, organization: Organization, diagnostics: Diagnostics) -> Meeting | None:
    """The meeting, or None when there is nothing to go on with.

    What is missing has been reported, so nothing will be printed: a stand-in lets its cases be checked nevertheless.
    """
    if not isinstance(node, Mapping):
        diagnostics.error(
            node.place(), "meeting-form", "meeting.yaml は「キー: 値」の組で書きます", "例：会議体: 審査会"
        )
        return None
    written = read_record(MeetingFile, node, diagnostics, "meeting.yaml")
    committee = find_committee(written.committee, organization, node.place(), diagnostics)
    year, session = written.fiscal_year, written.session
    words = {name: each.text for name, each in (("年度", year), ("回", session)) if isinstance(each, Placeholder)}
    inquiry = written.inquiry.issued(organization, diagnostics)
    inquiry = inquiry if inquiry.place.path else replace(inquiry, place=node.place())
    entries = _agenda(written.agenda, diagnostics) if isinstance(written.agenda, Mapping) else ()
    committee = committee or next(iter(organization.committees), None)
    if committee is None:
        return None
    return Meeting(
        committee=committee,
        fiscal_year=None if isinstance(year, Placeholder) else year or STAND_IN_YEAR,
        session=None if isinstance(session, Placeholder) else session or 1,
        inquiry=inquiry,
        agenda=tuple(each for each in entries if each.file != WITHDRAWN),
        withdrawn=tuple(each.number for each in entries if each.file == WITHDRAWN),
        gathering=replace(written.gathering or Gathering(place=node.place()), venue=written.venue),
        packet=written.packet,
        words=words,
        placeholders=tuple(placeholders_in(node)),
    )


def find_committee(
    scalar: Scalar | None, organization: Organization, place: Place, diagnostics: Diagnostics
) -> Committee | None:
    """The committee named, or the only one there is; None after a diagnostic (of the organization, if it has none)."""
    keys = [each.key for each in organization.committees]
    if placeholder := placeholder_of(scalar):
        words = placeholder.text
        clerk = Department(division=words, section="", mark="", head=words, open=True)
        return Committee(
            key=words,
            name=words,
            chair_post="会長",
            chair_name=words,
            secretariat=clerk,
            honorific=organization.style.honorific,
            open=True,
        )
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
        hint, fix = guess(scalar.value, keys)
        diagnostics.error(
            scalar.place(),
            "committee-unknown",
            f"「{scalar.value}」という会議体は organization.yaml にありません",
            f"{hint}organization.yaml の「会議体」にあるのは {'・'.join(keys)} です",
            fix,
        )
    return found


def _agenda(node: Mapping, diagnostics: Diagnostics) -> tuple[Agenda, ...]:
    found: list[Agenda] = []
    if not node.entries:
        diagnostics.error(node.place(), "agenda-empty", "議案が一つもありません", "例：2: 02-jinken.yaml")
    for number_key, value in node.entries:
        number = to_half(number_key.value)
        if not (number.isascii() and number.isdecimal() and len(number) <= 4 and int(number)):
            diagnostics.error(
                number_key.place(),
                "agenda-number",
                f"議案番号「{number_key.value}」は番号ではありません",
                "例：2: 02-jinken.yaml",
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
                number_key.place(),
                "agenda-twice",
                f"第{number}号議案（{name}）は{same.place.line}行目と番号か案件が重なっています",
                "番号も案件も一度だけ書いてください",
            )
            continue
        found.append(Agenda(int(number), name, number_key.place()))
    return tuple(sorted(found, key=lambda each: each.number))
