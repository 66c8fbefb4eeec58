"""The schema of a meeting.yaml, as `settings.meeting` declares it.

In: the organization, whose committees and 記号 may be named. Out: the schema.
"""

from __future__ import annotations

from kotobuki.reading.json_schema import Schema, document
from kotobuki.reading.records import record_schema
from kotobuki.settings.meeting import MeetingFile
from kotobuki.settings.organization import Organization


def meeting(organization: Organization) -> Schema:
    """The whole file."""
    needs = {"会議体": len(organization.committees) > 1}
    body = record_schema(MeetingFile, "meeting.yaml", organization.known(), needs=needs)
    return document("meeting.yaml", "会議のこと。年度と回次、諮問の番号と日付、どの案件を第何号議案とするか", body)
