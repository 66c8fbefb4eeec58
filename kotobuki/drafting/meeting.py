"""A meeting begun: its meeting.yaml, with the cases that are in the folder.

In: the names of the cases' files, the organization. Out: the text, every value a placeholder: the keys as
`settings.meeting` declares them.
"""

from __future__ import annotations

from collections.abc import Sequence

from kotobuki.drafting.writing import written
from kotobuki.reading.records import keys_of
from kotobuki.settings.meeting import MeetingFile
from kotobuki.settings.organization import Organization

_NOTICE = (
    "会議のこと。庶務担当課が書く。",
    "｛記入：…｝の所を書き換える。残っている間は「案」と印字し、--final では作れない。",
)


def draft_meeting(cases: Sequence[str], organization: Organization) -> str:
    """The text, but for the line that is for editors."""
    known = {**organization.known(), "案件": cases}
    lines = [f"# {each}" for each in _NOTICE]
    for key in keys_of(MeetingFile):
        if key.draft and (body := key.draft.lines(known, written)):
            guide = key.draft.guide(known)
            lines += [*([""] if len(body) > 1 else []), *([f"# {guide}"] if guide else []), *body]
    return "\n".join(lines) + "\n"
