"""Where outputs go, below the output folder: no two cases or meetings into one folder.

In: a case's file or a meeting's folder. Out: its folder. Rule: a case goes to a folder of its file's name, a meeting to one
of its folder's name; where two below cases/ have one name, each goes by its path below cases/ (r4-1/annai, r4-2/annai).
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from kotobuki.diagnostics import Place
from kotobuki.file_names import REMEDY, RULE, fault_of, folded
from kotobuki.lazy_patterns import lazy_pattern
from kotobuki.project import CASES, MEETING, Project, is_file

AGENDA = "第{}号議案"
"""The folder of a 議案 in that of its meeting, with its number."""
_AGENDA = lazy_pattern(AGENDA.format("[0-9]+"))


def folder_of(path: Path, project: Project) -> PurePosixPath:
    """The folder; a name that none can have, and one that is another's nevertheless, is a diagnostic."""
    whole = path.resolve() if path.is_dir() else path.parent.resolve() / path.name
    name = whole.name if path.is_dir() else whole.stem
    home = (project.root / CASES).resolve()
    found = PurePosixPath(name)
    if folded(name) in project.namesakes and whole.is_relative_to(home):
        found = PurePosixPath(whole.parent.relative_to(home).as_posix(), name)
        if not path.is_dir() and _is_anothers(whole):
            reason = f"出力先「{found}」が、ほかの案件か会議と同じになります"
            project.diagnostics.error(
                Place(project.shown(path)), "output-twice", reason, "ファイルの名を変えてください"
            )
    for part in found.parts:
        if fault := fault_of(part):
            reason = f"「{part}」は、出力フォルダの名に使えません（{fault}）"
            project.diagnostics.error(Place(project.shown(path)), RULE, reason, REMEDY)
    return found


def _is_anothers(file: Path) -> bool:
    """Whether even the path of a case is that of a meeting, of a 議案 of its meeting, or of a case with another ending."""
    beside = [each for each in (".yaml", ".yml") if is_file(file.with_suffix(each))]
    of_agenda = _AGENDA.fullmatch(file.stem) and is_file(file.parent / MEETING)
    return len(beside) > 1 or bool(of_agenda) or is_file(file.with_suffix("") / MEETING)
