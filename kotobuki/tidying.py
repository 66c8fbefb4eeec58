"""Files and folders put into the canonical layout: what `kotobuki fmt` and the hooks of it do.

In: paths. Out: a `Tidied` for each file; nothing is written here but by `save`. A file with errors is reported as a build
reports it, and left alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kotobuki.case.head import USUAL
from kotobuki.diagnostics import Diagnostics, OutputError, Place, UsageError, reason_of
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.manuscript.order import FORM_KEYS, MEETING_KEYS, ORGANIZATION_KEYS
from kotobuki.manuscript.tidy import FileKind, tidy
from kotobuki.project import FORM, MEETING, ORGANIZATION, TEMPLATES, Project, find_root, yaml_below
from kotobuki.reading.nodes import Mapping, Node, Scalar
from kotobuki.reading.parse import read_text
from kotobuki.reading.source import read_bytes
from kotobuki.replacing import replace_file
from kotobuki.settings.form_reading import read_form
from kotobuki.settings.organization_reading import read_organization

_KEYS = (MEETING, ORGANIZATION, FORM)
"""Files that are no cases."""


@dataclass(frozen=True, slots=True)
class Tidied:
    """A file, its bytes as they are and as they should be."""

    file: Path
    shown: str
    before: bytes
    after: bytes


def tidy_files(paths: Iterable[Path], root: Path | None, diagnostics: Diagnostics) -> list[Tidied]:
    """Every file that `paths` name and that has no errors of its own. Raises `UsageError`."""
    projects: dict[Path, Project] = {}
    found = []
    for file in _files(paths):
        home = root or find_root(file)
        project = projects.setdefault(home, Project(home, diagnostics))
        if made := _tidied(file, project):
            found.append(made)
    return found


def save(tidied: Tidied) -> None:
    """The file in order, in the place of what it was; whatever happens, one or the other stands. Raises `OutputError`."""
    try:
        replace_file(tidied.file, tidied.after)
    except OSError as error:
        raise OutputError(f"「{tidied.shown}」を書けません（{reason_of(error)}）") from error


def _files(paths: Iterable[Path]) -> list[Path]:
    """The files themselves, and all YAML below the folders; each once."""
    found: dict[Path, Path] = {}
    for path in paths:
        if not path.exists():
            raise UsageError(f"「{path}」がありません")
        for file in yaml_below(path) if path.is_dir() else [path]:
            found.setdefault(file.resolve(), file)
    return list(found.values())


def _tidied(file: Path, project: Project) -> Tidied | None:
    """A file in order; None, with a report, where it has errors."""
    shown, diagnostics = project.shown(file), project.diagnostics
    errors = len(diagnostics.errors)
    keys = () if file.name in _KEYS else project.case_keys
    data = read_bytes(file, shown, diagnostics)
    node = read_text(data, shown, diagnostics, keys) if data is not None else None
    kind = _kind(file, node, project, keys) if node else None
    if data is None or node is None or kind is None or len(diagnostics.errors) > errors:
        return None
    after = tidy(data, kind)
    if after is None:
        reason = "書き方を整えると内容が変わるおそれがあるため、そのままにしました"
        diagnostics.warning(Place(shown), "not-tidied", reason, "このままでも書類は作れます")
    return Tidied(file, shown, data, after or data)


def _kind(file: Path, node: Node, project: Project, keys: tuple[str, ...]) -> FileKind | None:
    """What a file is; its errors are reported. None where it is too faulty to be anything."""
    if file.name == FORM:
        return _checked(FileKind(lambda each, found: read_form(each, USUAL, found), keys=FORM_KEYS), node, project)
    if file.name == ORGANIZATION:
        return _checked(FileKind(read_organization, keys=ORGANIZATION_KEYS), node, project)
    if file.resolve().is_relative_to((project.root / TEMPLATES).resolve()):
        return FileKind(lambda _node, _found: None)
    if project.organization is None:
        return None
    if file.name == MEETING:
        return _checked(FileKind(project.meeting_of, keys=MEETING_KEYS), node, project)
    name = node.get("様式") if isinstance(node, Mapping) else None
    form = project.forms.get(name.value) if isinstance(name, Scalar) else None
    return _checked(FileKind(project.case_of, form, known_keys=keys), node, project)


def _checked(kind: FileKind, node: Node, project: Project) -> FileKind | None:
    return kind if kind.meaning(node, project.diagnostics) else None
