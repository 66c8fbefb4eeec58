"""A new case on the agenda of its meeting: one line more in the meeting.yaml of its folder.

In: the desk, the file of the case. Out: the number of its 議案. The line is written as 項目 would write it, and what stood there
before is kept in 履歴. Raises `RefusalError` where the meeting.yaml cannot be written so: the case stands beside it all the same.
"""

from __future__ import annotations

from pathlib import Path

from kotobuki.diagnostics import Diagnostics
from kotobuki.editor.desk import Desk
from kotobuki.editor.disk.files import standing, told
from kotobuki.editor.disk.saving import save
from kotobuki.editor.form.changes import changed
from kotobuki.editor.refusal import RefusalError
from kotobuki.editor.told import Json
from kotobuki.japanese.widths import to_half
from kotobuki.project import MEETING, Project
from kotobuki.reading.nodes import Mapping, Scalar
from kotobuki.reading.parse import read_text

KEY = "議案"


def put_on_agenda(desk: Desk, case: Path) -> int | None:
    """The number behind the last; None where there is no meeting in the folder."""
    file = case.parent / MEETING
    found = desk.library.id_of(file)
    data = standing(desk, entry := desk.library.entry(found)) if found else None
    if data is None:
        return None
    opened = told(desk, data)
    text, number = str(opened["text"]), 1
    node = read_text(data, str(entry.name), Diagnostics())
    listed = node.get(KEY) if isinstance(node, Mapping) else None
    line: Json = {"do": "add", "path": [KEY], "value": case.name}
    if isinstance(listed, Mapping):
        number += max((_number(key) for key, _ in listed.entries), default=0)
        steps = [line]
    elif isinstance(listed, Scalar):  # ｛記入：…｝, or nothing
        steps = [{"do": "set", "path": [KEY], "value": ""}, line]
    else:
        steps = [{"do": "add", "path": [], "key": KEY}, line]
    project = Project(desk.root, Diagnostics())
    for step in steps:
        text = changed(project, file, text, {"key": str(number), **step})
    saved = save(desk, {"file": entry.id, "text": text, "digest": opened["digest"]})
    if "conflict" in saved:
        raise RefusalError("会議のファイルが、ほかで書き換えられました")
    return number


def _number(key: Scalar) -> int:
    """The number of a 議案; 0 where it is none."""
    text = to_half(key.value)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0
