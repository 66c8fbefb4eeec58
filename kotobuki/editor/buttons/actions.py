"""What the buttons of a page ask for: papers, packets, sheets to swap, numbers, comparisons, new files.

In: what the browser sent. Out: what it is told. The work itself is in `making`, `numbers`, `comparing` and `beginning`, as the commands do it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from kotobuki.build.command import FORMATS
from kotobuki.diagnostics import Diagnostics
from kotobuki.editor.asked import RELOAD, WRONG, Asked, flag, integer, text, texts
from kotobuki.editor.buttons import beginning, comparing, making
from kotobuki.editor.buttons import numbers as registers
from kotobuki.editor.buttons.agenda import put_on_agenda
from kotobuki.editor.buttons.beginning import NewFile
from kotobuki.editor.buttons.comparing import Draft
from kotobuki.editor.buttons.making import Wish
from kotobuki.editor.desk import Desk
from kotobuki.editor.disk.files import standing, told
from kotobuki.editor.disk.library import Entry
from kotobuki.editor.disk.saving import encoded, keep, kept
from kotobuki.editor.refusal import RefusalError
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
    """`numbers {"file", "date"}`: the number of its paper, and the next ones of a paper of that date."""
    return registers.numbers(desk.root, _file(desk, asked), desk.clock().date(), text(asked, "date", ""))


def take(desk: Desk, asked: Asked) -> Json:
    """`take {"file", "series", "date", "number"}`: a number taken and written into the file, whose text comes back."""
    entry = _entry(desk, asked)
    file, reserved = desk.library.path(entry), integer(asked, "number") if asked.get("number") is not None else None
    with desk.saving, desk.history.alone():
        before = standing(desk, entry)
        if before is not None:  # first: whatever happens in the middle, it is not lost
            keep(desk, entry, before)
        found = registers.take(
            desk.root, file, text(asked, "series"), text(asked, "date", ""), desk.clock().date(), reserved
        )
        data = standing(desk, entry)
    return found if data is None else {**found, **told(desk, data)}


def revisions(desk: Desk, asked: Asked) -> Json:
    """`revisions {"file"}`: the versions that git keeps, and when its meeting's packet was handed out."""
    return comparing.revisions(desk.root, _file(desk, asked))


def compare(desk: Desk, asked: Asked) -> Json:
    """`compare {"file", "text", "against"}`: what changed since another version."""
    return comparing.compare(_draft(desk, asked))


def paper(desk: Desk, asked: Asked) -> Json:
    """`paper {"file", "text", "against", "kind"}`: the same as 新旧対照表 ("docx", "pdf") or 見え消し ("redline")."""
    match kind := text(asked, "kind"):
        case "docx" | "pdf" | "redline":
            return comparing.paper(_draft(desk, asked), kind, desk.shelf)
        case _:
            raise RefusalError(WRONG, RELOAD)


def questions(desk: Desk, asked: Asked) -> Json:
    """`questions {"what", "form", "from"}`: what is asked before a file is begun."""
    return beginning.questions(
        desk.root, text(asked, "what"), text(asked, "form", ""), renewed=bool(text(asked, "from", ""))
    )


def begin(desk: Desk, asked: Asked) -> Json:
    """`begin {"what", "form", "from", "folder", "name", "answers", "agenda"}`: a new file.

    `agenda`: a case in the folder of a meeting is to stand on its agenda; its number comes back, or why it does not.
    """
    answers = asked.get("answers", {})
    if not isinstance(answers, dict):
        raise RefusalError(WRONG, RELOAD)
    old, what = text(asked, "from", ""), text(asked, "what")
    if what not in ("case", "meeting", "municipality"):
        raise RefusalError(WRONG, RELOAD)
    new = NewFile(
        what=what,
        form=text(asked, "form", ""),
        old=desk.library.path(desk.library.entry(old)) if old else None,
        folder=text(asked, "folder", ""),
        name=text(asked, "name", ""),
        answers={str(option): texts(answers, option) for option in answers},
    )
    with desk.saving:
        found = beginning.begin(desk.root, new)
    path = found.pop("path", None)
    if not isinstance(path, Path):
        return found
    if flag(asked, "agenda") and found.get("for_agenda"):
        try:
            found["agenda"] = put_on_agenda(desk, path)
        except RefusalError as error:
            found["agenda_said"] = error.error
    return {**found, "file": desk.library.id_of(path)}


def _entry(desk: Desk, asked: Asked) -> Entry:
    return desk.library.entry(text(asked, "file"))


def _file(desk: Desk, asked: Asked) -> Path:
    return desk.library.path(_entry(desk, asked))


def _draft(desk: Desk, asked: Asked) -> Draft:
    entry = _entry(desk, asked)

    def versions() -> Iterator[bytes]:
        for each in desk.history.versions(entry.name):
            with suppress(OSError):  # gone meanwhile
                yield desk.history.read(entry.name, each)

    return Draft(
        root=desk.root,
        file=desk.library.path(entry),
        text=encoded(text(asked, "text"), standing(desk, entry)),
        against=text(asked, "against"),
        kept=lambda key: kept(desk, entry, key),
        versions=versions,
    )


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
