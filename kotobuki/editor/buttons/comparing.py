"""What changed in a file since another version of it: since it was saved, since a revision of git, since it was handed out.

In: the text as it is now, and which version it is held against. Out: the changes as `kotobuki diff` lists them, for the
browser; and the papers made of them (新旧対照表, 見え消し). Both versions are read by the organization and forms of today, that of a
git revision by those of its time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Literal

from kotobuki.build.confined import Confined
from kotobuki.build.manifest import read_recorded
from kotobuki.compare.changes import SAID
from kotobuki.compare.files import FileDiff, Version, compared_versions, of_revision
from kotobuki.compare.listing import NOTHING, Listed, ListedChange, listed
from kotobuki.compare.papers import comparison_file, redline_file
from kotobuki.diagnostics import CommandError, Diagnostics
from kotobuki.editor.buttons.making import carried_out
from kotobuki.editor.shelf import Shelf
from kotobuki.editor.told import Json
from kotobuki.git.log import HASH, commits_of, content_in
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.packet.issue import records_of
from kotobuki.project import Project

PAPERS = {"docx": "新旧対照表.docx", "pdf": "新旧対照表.pdf", "redline": "見え消し.docx"}
PaperKind = Literal["docx", "pdf", "redline"]
Kept = Callable[[str], bytes]
"""A version that the editor kept, by its id. Raises `CommandError` where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A file as it is now in the editor, saved or not; what its former versions are found by.

    against  "saved", "git:<commit>", "version:<id>" (one that the editor kept) or "record:<day>" (as handed out)
    kept     what the editor kept of the file; `versions`: all of that, the newest first
    """

    root: Path
    file: Path
    text: bytes
    against: str
    kept: Kept
    versions: Callable[[], Iterator[bytes]]

    def version(self, text: bytes) -> Version:
        """The file as a version that holds `text`."""
        project = Project(self.root, Diagnostics(), {self.file.resolve(): text})
        return Version(self.file, project.shown(self.file), project)

    def former(self) -> AbstractContextManager[Version]:
        """The version that it is held against. Raises `CommandError` where there is none."""
        kind, _, name = self.against.partition(":")
        match kind:
            case "git" if HASH.fullmatch(name):
                return of_revision(name, self.file, self.root)
            case "version":
                return _standing(self.version(self.kept(name)))
            case "record":
                return _standing(self.version(self._handed_out(name)))
            case "saved":
                return _standing(self.version(self.file.read_bytes()))
            case _:
                raise CommandError("その版はありません。版の一覧から選び直してください")

    def _handed_out(self, day: str) -> bytes:
        """What the file held when its meeting's packet was handed out: the record has its digest."""
        record = next((each.file for each in records_of(self.file.parent) if each.issue.name == day), None)
        told = read_recorded(Confined(record.parent), PurePosixPath(), record.name) if record else None
        name = self.file.resolve().relative_to(self.root.resolve()).as_posix()
        digest = told.inputs.get(name) if told else None
        if not digest:
            raise CommandError(f"{day} に配った資料の控えに、このファイルはありません")
        for text in self._texts():
            if sha256(text).hexdigest() == digest:
                return text
        raise CommandError(
            f"{day} に配ったときの中身が、履歴にも git にも残っていません。紙の違いは「会議資料」の差し替えで見られます"
        )

    def _texts(self) -> Iterator[bytes]:
        """All that is kept of the file anywhere."""
        yield self.file.read_bytes()
        yield from self.versions()
        for commit in commits_of(self.root, self.file):
            if (text := content_in(self.root, commit.id, self.file)) is not None:
                yield text


@contextmanager
def _standing(version: Version) -> Iterator[Version]:
    yield version


def compare(draft: Draft) -> Json:
    """What changed, under the headings that it stands under."""

    def work(_: Diagnostics) -> Json:
        with draft.former() as old:
            found = compared_versions(old, draft.version(draft.text))
            told = [_listed(each) for each in listed(found)]
        return told[0] if told else {"summary": NOTHING, "note": "", "groups": []}

    return carried_out(work, Project(draft.root, Diagnostics()).shown(draft.file))


def _listed(file: Listed) -> Json:
    groups = [{"path": list(path), "changes": [_change(each) for each in own]} for path, own in file.groups]
    return {"summary": file.summary, "note": file.note, "groups": groups}


def _change(change: ListedChange) -> Json:
    lines = [
        {"depth": line.depth, "parts": [{"mode": part.mode, "text": part.text} for part in line.parts]}
        for line in change.lines
    ]
    return {"kind": change.kind, "said": SAID[change.kind], "line": change.line, "note": change.note, "lines": lines}


def paper(draft: Draft, kind: PaperKind, shelf: Shelf) -> Json:
    """The changes as a paper: the 新旧対照表 as Word or PDF, or the paper that the department makes as a redline."""

    def work(diagnostics: Diagnostics) -> Json:
        with draft.former() as old:
            found = compared_versions(old, draft.version(draft.text), literal=kind != "redline")
            data = _paper(found, kind, diagnostics)
        diagnostics.raise_if_errors()
        if data is None:
            raise CommandError(NOTHING if not found else "この形式で示せる違いはありません")
        return {"output": shelf.put(PAPERS[kind], data)}

    return carried_out(work, Project(draft.root, Diagnostics()).shown(draft.file))


def _paper(found: list[FileDiff], kind: PaperKind, diagnostics: Diagnostics) -> bytes | None:
    if kind == "redline":
        return redline_file(found, "", "", None, diagnostics)
    return comparison_file(found, kind, ("", ""), diagnostics)


def revisions(root: Path, file: Path) -> Json:
    """The versions of a file that it can be held against, beside those that the editor kept: git's, and when it was handed out."""
    commits = [{"id": each.id, "when": each.when, "subject": each.subject} for each in commits_of(root, file)]
    return {"git": commits, "records": [each.issue.name for each in reversed(records_of(file.parent))]}
