"""What the buttons of a page ask for: papers, packets, sheets to swap, numbers, new files.

In: what the browser sent. Out: what it is told. The work itself is in `making`, `numbers` and `beginning`, as the commands do it.
"""

from __future__ import annotations

from pathlib import Path

from kotobuki.build.command import FORMATS
from kotobuki.diagnostics import Diagnostics
from kotobuki.editor import beginning, making
from kotobuki.editor import numbers as registers
from kotobuki.editor.asked import Asked, flag, integer, text, texts
from kotobuki.editor.beginning import NewFile
from kotobuki.editor.desk import Desk
from kotobuki.editor.files import standing, told
from kotobuki.editor.making import Wish
from kotobuki.editor.refusal import RefusalError
from kotobuki.editor.saving import keep
from kotobuki.editor.told import Json
from kotobuki.project import MEETING, Project


def make(desk: Desk, asked: Asked) -> Json:
    """`make {"file", "formats", "final"}`: the papers of a case or of a meeting's cases."""
    return making.make(_wish(desk, asked), desk.shelf)


def packet(desk: Desk, asked: Asked) -> Json:
    """`packet {"file", "formats", "final", "issue"}`: a meeting's packet."""
    return making.packet(_meeting(desk, asked), text(asked, "issue", ""), desk.shelf)


def records(desk: Desk, asked: Asked) -> Json:
    """`records {"file"}`: when the packet of a meeting was handed out."""
    return {"records": making.records(_meeting(desk, asked).folder)}


def swap(desk: Desk, asked: Asked) -> Json:
    """`swap {"file", "against", "date", "issue", "formats"}`: the sheets to swap."""
    against, day, issue = (text(asked, key, "") for key in ("against", "date", "issue"))
    return making.swap(_meeting(desk, asked), against, day, issue, desk.shelf)


def numbers(desk: Desk, asked: Asked) -> Json:
    """`numbers {"file"}`: the number of its paper, and the next ones."""
    return registers.numbers(desk.root, _file(desk, asked), desk.clock().date())


def take(desk: Desk, asked: Asked) -> Json:
    """`take {"file", "series", "date", "number"}`: a number taken and written into the file, whose text comes back."""
    entry = desk.library.entry(text(asked, "file"))
    file, reserved = desk.library.path(entry), integer(asked, "number") if asked.get("number") is not None else None
    with desk.saving:
        before = standing(desk, entry)
        found = registers.take(
            desk.root, file, text(asked, "series"), text(asked, "date", ""), desk.clock().date(), reserved
        )
        data = standing(desk, entry)
        if before is not None and data != before:
            keep(desk, entry, before)
    return found if data is None else {**found, **told(desk, data)}


def questions(desk: Desk, asked: Asked) -> Json:
    """`questions {"what", "form", "from"}`: what is asked before a file is begun."""
    return beginning.questions(
        desk.root, text(asked, "what"), text(asked, "form", ""), renewed=bool(text(asked, "from", ""))
    )


def begin(desk: Desk, asked: Asked) -> Json:
    """`begin {"what", "form", "from", "folder", "name", "answers"}`: a new file."""
    answers = asked.get("answers", {})
    if not isinstance(answers, dict):
        raise RefusalError("画面とサーバーの版が合いません", "画面を再読み込みしてください")
    old = text(asked, "from", "")
    new = NewFile(
        what=text(asked, "what"),
        form=text(asked, "form", ""),
        old=desk.library.path(desk.library.entry(old)) if old else None,
        folder=text(asked, "folder", ""),
        name=text(asked, "name", ""),
        answers={str(option): texts(answers, option) for option in answers},
    )
    with desk.saving:
        found = beginning.begin(desk.root, new)
    path = found.pop("path", None)
    return {**found, "file": desk.library.id_of(path)} if isinstance(path, Path) else found


def _file(desk: Desk, asked: Asked) -> Path:
    return desk.library.path(desk.library.entry(text(asked, "file")))


def _wish(desk: Desk, asked: Asked) -> Wish:
    file = _file(desk, asked)
    formats = tuple(each for each in FORMATS if each in texts(asked, "formats")) or FORMATS
    return Wish(
        root=desk.root,
        out=desk.out,
        file=file,
        shown=Project(desk.root, Diagnostics()).shown(file),
        formats=formats,
        final=flag(asked, "final"),
    )


def _meeting(desk: Desk, asked: Asked) -> Wish:
    wish = _wish(desk, asked)
    if wish.file.name != MEETING:
        raise RefusalError("会議の案件ではありません", "会議（meeting.yaml）を選んでください")
    return wish
