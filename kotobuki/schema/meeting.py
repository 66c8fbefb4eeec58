"""The schema of a meeting.yaml, as `settings.meeting` and `settings.packet` read it.

In: the organization, whose committees and 記号 may be named. Out: the schema, and what cases share of it.
"""

from __future__ import annotations

import re

from kotobuki.reading.fields import NO, YES
from kotobuki.schema.patterns import DATE_FIRST, DIGIT, YEAR
from kotobuki.schema.shared import Schema, boolean, by_name, choice, date, document, integer, matching, record, text
from kotobuki.settings.meeting import WITHDRAWN
from kotobuki.settings.organization import Organization
from kotobuki.settings.packet import NUMBER


def meeting(organization: Organization) -> Schema:
    """The whole file."""
    said = "「2022-05-18 14:00」又は「令和4年5月18日 午後2時」のように書きます"
    year = matching(YEAR, "令和4年度 又は 2022 のように書きます", "integer")
    keys = {
        "会議体": committee(organization),
        "年度": {**year, "minimum": 1873, "maximum": 9999},
        "回": integer(1),
        "諮問": record("諮問", issued(organization)),
        "議案": _agenda(),
        "日時": matching(DATE_FIRST, said),
        "場所": text(plain=True),
        "資料": _packet(),
    }
    needed = ["会議体"] if len(organization.committees) > 1 else []
    body = record("meeting.yaml", keys, [*needed, "年度", "回", "議案"])
    return document("meeting.yaml", "会議のこと。年度と回次、諮問の番号と日付、どの案件を第何号議案とするか", body)


def committee(organization: Organization) -> Schema:
    """The short name of a committee."""
    return choice(each.key for each in organization.committees)


def issued(organization: Organization) -> dict[str, Schema]:
    """The keys of an outgoing paper's number and date."""
    return {"番号": integer(1), "枝番": integer(2), "記号": choice(organization.marks()), "日付": date()}


def _agenda() -> Schema:
    said = "meeting.yaml と同じフォルダにある案件のファイル名か、「欠番」を書きます"
    file = matching(rf"^(?!\.)[^/\\]*\.ya?ml$|^{WITHDRAWN}$", said)
    return by_name(
        file,
        "議案は「議案番号: 案件のファイル」の組で書きます",
        names=f"^(?![0０]+$){DIGIT}{{1,4}}$",
        minProperties=1,
    )


def _packet() -> Schema:
    words = "|".join(each for each in (*YES, *NO) if not each.isascii())
    number = re.escape(NUMBER)
    running = {
        "anyOf": [
            {"enum": [YES[0], NO[0], f"- {NUMBER} -"]},
            matching(f"^(?:{words})$|^[^｛]*{number}[^｛]*$", "はい、いいえ、又は「資料｛番号｝」のような型を書きます"),
        ]
    }
    return record("資料", {"通し番号": running, **dict.fromkeys(("白紙", "両面", "枝番"), boolean())})
