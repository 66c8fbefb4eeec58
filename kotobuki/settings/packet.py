"""What `meeting.yaml` says of the meeting itself and of its packet (会議資料): 日時, 場所, 資料.

In: the values of these keys. Out: a `Gathering` and `PacketSettings`. Times are printed as papers print them: 14:00 becomes
午後2時, and the day of the week is reckoned; one that is written must be the right one.
"""

from __future__ import annotations

import re
from dataclasses import field
from datetime import date

from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.japanese.answers import NO, YES
from kotobuki.japanese.wareki import DateError, format_date, parse_date
from kotobuki.japanese.widths import to_half
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.lazy_patterns import lazy_pattern
from kotobuki.reading import json_schema
from kotobuki.reading.ecma import DATE_FIRST
from kotobuki.reading.json_schema import Schema
from kotobuki.reading.kinds import Known, Parsed, YesNo
from kotobuki.reading.nodes import Scalar
from kotobuki.reading.placeholders import placeholder_of
from kotobuki.reading.records import keyed

_WHEN = lazy_pattern(r"(?P<date>[0-9０-９]{4}[-－][0-9０-９]{1,2}[-－][0-9０-９]{1,2}|[^日]*?日(?!本))\s*(?P<rest>.*)")
_WEEKDAY = lazy_pattern(r"[（(]([月火水木金土日])(?:曜日?)?[）)]\s*")
_CLOCK = lazy_pattern(r"(?<![0-9:])([0-9]{1,2})[:：]([0-9]{2})(?![0-9:])")
NUMBER = "｛番号｝"
_USUAL = f"- {NUMBER} -"
_YES, _NO = (tuple(word for word in words if not word.isascii()) for words in (YES, NO))
"""A running number is switched by these alone: yes is a pattern."""


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


def parse_gathering(when: Scalar, diagnostics: Diagnostics) -> Gathering:
    """日時: a day, and what is said after it (2022-05-18 14:00, 令和4年5月18日（水）午後2時)."""
    if placeholder := placeholder_of(when):
        return Gathering(time=placeholder.text, place=when.place())
    match = _WHEN.fullmatch(when.value)
    if match is None:
        remedy = "「2022-05-18 14:00」又は「令和4年5月18日 午後2時」のように、日付、時刻の順に書いてください"
        diagnostics.error(when.place(), "meeting-time", f"「{when.value}」は日時として読み取れません", remedy)
        return Gathering(place=when.place())
    try:
        day = parse_date(match["date"])
    except DateError as error:
        diagnostics.error(when.place(), error.rule, f"「日時」の{error.reason}", error.remedy)
        return Gathering(place=when.place())
    return Gathering(day, _time(day, match["rest"], when, diagnostics), place=when.place())


def _gathering_schema(_: Known) -> Schema:
    said = "「2022-05-18 14:00」又は「令和4年5月18日 午後2時」のように書きます"
    return json_schema.matching(DATE_FIRST, said)


GATHERING = Parsed(parse_gathering, _gathering_schema, "2022-05-18 14:00")
"""The kind of 日時."""


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


def _parse_running(scalar: Scalar, diagnostics: Diagnostics) -> tuple[str, str] | None:
    if scalar.value in _NO:
        return None
    pattern = _USUAL if scalar.value in _YES else scalar.value
    before, number, after = pattern.partition(NUMBER)
    if number and "｛" not in before + after:
        return before, after
    remedy = "「はい」（- 12 - と印字）、「いいえ」、又は「資料｛番号｝」のように｛番号｝を一つ含む文を書いてください"
    diagnostics.error(scalar.place(), "running-number", f"「通し番号」に「{scalar.value}」は使えません", remedy)
    return None


def _running_schema(_: Known) -> Schema:
    words, number = "|".join((*_YES, *_NO)), re.escape(NUMBER)
    said = "はい、いいえ、又は「資料｛番号｝」のような型を書きます"
    pattern = json_schema.matching(f"^(?:{words})$|^[^｛]*{number}[^｛]*$", said)
    return {"anyOf": [{"enum": [YES[0], NO[0], _USUAL]}, pattern]}


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketSettings:
    """資料: how the packet is bound.

    running   what stands before and after the number of a page in the whole packet (通し番号); None = not printed
    recto     blank versos, so that each 議案 begins on a right-hand page (白紙)
    duplex    a sheet to swap is front and back (両面)
    branches  pages that a late change inserts take branch numbers, so that later sheets stand (枝番)
    """

    running: tuple[str, str] | None = keyed(
        "通し番号", Parsed(_parse_running, _running_schema), "はい（- 12 -）、資料｛番号｝ のような型、いいえ"
    )
    recto: bool = keyed("白紙", YesNo(), "はい なら、どの議案も右ページから始まるように白紙を入れる", default=False)
    duplex: bool = keyed("両面", YesNo(), "はい なら、差し替える1枚を表裏の2ページと数える", default=False)
    branches: bool = keyed("枝番", YesNo(), "はい なら、差し替えで増えたページに枝番を付ける", default=False)
