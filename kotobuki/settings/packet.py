"""What `meeting.yaml` says of the meeting itself and of its packet (会議資料): 日時, 場所, 資料.

In: the fields of the file. Out: a `Gathering` and `PacketSettings`. Times are printed as papers print them: 14:00 becomes
午後2時, and the day of the week is reckoned; one that is written must be the right one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.japanese.wareki import DateError, format_date, parse_date
from kotobuki.japanese.widths import to_half
from kotobuki.reading.fields import Fields
from kotobuki.reading.inlines import plain_text
from kotobuki.reading.nodes import Mapping, Scalar
from kotobuki.reading.placeholders import placeholder_of

_WHEN = re.compile(r"(?P<date>[0-9０-９]{4}[-－][0-9０-９]{1,2}[-－][0-9０-９]{1,2}|[^日]*?日(?!本))\s*(?P<rest>.*)")
_WEEKDAY = re.compile(r"[（(]([月火水木金土日])(?:曜日?)?[）)]\s*")
_CLOCK = re.compile(r"(?<![0-9:])([0-9]{1,2})[:：]([0-9]{2})(?![0-9:])")
NUMBER = "｛番号｝"
_USUAL = f"- {NUMBER} -"
YES, NO = ("はい", "する", "あり"), ("いいえ", "しない", "なし")


@dataclass(frozen=True, slots=True)
class Gathering:
    """When and where the committee meets. `time`: what is said after the date, or of one that is open; "" and None = nothing."""

    day: date | None = None
    time: str = ""
    venue: str = ""
    place: Place = field(default=Place(""), compare=False)

    @property
    def text(self) -> str:
        """As 令和4年5月18日（水）午後2時."""
        return (
            f"{format_date(self.day)}（{'月火水木金土日'[self.day.weekday()]}）{self.time}" if self.day else self.time
        )


@dataclass(frozen=True, slots=True)
class PacketSettings:
    """資料: how the packet is bound.

    running   what stands before and after the number of a page in the whole packet (通し番号); None = not printed
    recto     blank versos, so that each 議案 begins on a right-hand page (白紙)
    duplex    a sheet to swap is front and back (両面)
    branches  pages that a late change inserts take branch numbers, so that later sheets stand (枝番)
    """

    running: tuple[str, str] | None = None
    recto: bool = False
    duplex: bool = False
    branches: bool = False


def read_gathering(fields: Fields, diagnostics: Diagnostics) -> Gathering:
    """日時 and 場所."""
    when, venue = fields.text("日時", example="2022-05-18 14:00"), fields.text("場所")
    words = plain_text(venue, diagnostics)
    if when is None:
        return Gathering(venue=words, place=fields.mapping_node.place())
    if placeholder := placeholder_of(when):
        return Gathering(time=placeholder.text, venue=words, place=when.place())
    match = _WHEN.fullmatch(when.value)
    if match is None:
        remedy = "「2022-05-18 14:00」又は「令和4年5月18日 午後2時」のように、日付、時刻の順に書いてください"
        diagnostics.error(when.place(), "meeting-time", f"「{when.value}」は日時として読み取れません", remedy)
        return Gathering(venue=words, place=when.place())
    try:
        day = parse_date(match["date"])
    except DateError as error:
        diagnostics.error(when.place(), error.rule, f"「日時」の{error.reason}", error.remedy)
        return Gathering(venue=words, place=when.place())
    return Gathering(day, _time(day, match["rest"], when, diagnostics), words, when.place())


def _time(day: date, rest: str, when: Scalar, diagnostics: Diagnostics) -> str:
    if weekday := _WEEKDAY.match(rest):
        true = "月火水木金土日"[day.weekday()]
        if weekday[1] != true:
            reason = f"{format_date(day)}は{true}曜日です"
            diagnostics.error(
                when.place(), "weekday", reason, "日付か曜日を直してください（曜日は書かなくても印字します）"
            )
        rest = rest[weekday.end() :]
    text = to_half(rest).strip()
    for hour, minute in _CLOCK.findall(text):
        if int(hour) > 24 or int(minute) > 59:
            reason = f"「{hour}:{minute}」という時刻はありません"
            diagnostics.error(when.place(), "clock", reason, "「14:00」のように書いてください")
    return _CLOCK.sub(lambda found: _clock(int(found[1]), int(found[2])), text)


def _clock(hour: int, minute: int) -> str:
    """As 午後2時30分."""
    if (hour, minute) == (12, 0):
        return "正午"
    half, of_day = ("午前", hour) if hour < 12 else ("午後", hour - 12)
    return f"{half}{of_day}時" + (f"{minute}分" if minute else "")


def read_packet_settings(node: Mapping | None, diagnostics: Diagnostics) -> PacketSettings:
    """The mapping 資料."""
    if node is None:
        return PacketSettings()
    fields = Fields(node, diagnostics, "資料")
    found = PacketSettings(
        _running(fields.text("通し番号"), diagnostics),
        bool(fields.boolean("白紙")),
        bool(fields.boolean("両面")),
        bool(fields.boolean("枝番")),
    )
    fields.finish()
    return found


def _running(scalar: Scalar | None, diagnostics: Diagnostics) -> tuple[str, str] | None:
    if scalar is None or scalar.value in NO:
        return None
    pattern = _USUAL if scalar.value in YES else scalar.value
    before, number, after = pattern.partition(NUMBER)
    if number and "｛" not in before + after:
        return before, after
    remedy = "「はい」（- 12 - と印字）、「いいえ」、又は「資料｛番号｝」のように｛番号｝を一つ含む文を書いてください"
    diagnostics.error(scalar.place(), "running-number", f"「通し番号」に「{scalar.value}」は使えません", remedy)
    return None
