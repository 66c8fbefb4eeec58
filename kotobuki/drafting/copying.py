"""What comes with Kotobuki, brought into a project's own templates/ to be changed there (`kotobuki forms --copy`).

In: the name of a form, 会議資料 for the papers of a packet, or base.docx. Out: files on the disk, all of them or none,
never in the place of another. Raises `DraftingError`, `InputError`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from kotobuki.diagnostics import Diagnostics, Place, reason_of
from kotobuki.drafting.listing import form_called
from kotobuki.drafting.placing import DraftingError, write_new
from kotobuki.file_names import REMEDY, RULE, fault_of
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.manuscript import edits
from kotobuki.packet.front import FORM as FRONT
from kotobuki.packet.front import read_front
from kotobuki.project import BASE, FORM, ORGANIZATION, Project, is_file
from kotobuki.reading.nodes import Mapping, Scalar
from kotobuki.reading.parse import read_text
from kotobuki.settings.form import PaperForm

FRONT_PAPERS = "会議資料"


@dataclass(frozen=True, slots=True)
class Copied:
    """The files that were written, and those that were there already and stayed as they are."""

    made: tuple[Path, ...]
    kept: tuple[Path, ...]


def copy_form(project: Project, name: str, new_name: str = "") -> Copied:
    """Whatever `name` is made of, below the project's own templates/; `new_name`: as a form of that name."""
    if not is_file(project.organization_file):
        raise DraftingError(f"cases/{ORGANIZATION} のあるフォルダの中で実行するか、--root を書いてください")
    if new_name:
        _check_name(new_name, name, project)
    found: dict[Path, bytes] = {}
    for target, source in _files(project, name, new_name):
        file = project.own_templates / target
        if not project.is_own(file):
            raise DraftingError(f"「{file}」は templates の外を指すリンクの中にあるため、書けません")
        found[file] = _read(source, project)
        if new_name and source == project.form_files[name]:
            found[file] = _renamed(found[file], new_name, project.shown(source))
    project.diagnostics.raise_if_errors()
    kept = tuple(file for file in found if os.path.lexists(file))
    write_new({file: data for file, data in found.items() if file not in kept})
    return Copied(tuple(file for file in found if file not in kept), kept)


def _check_name(new_name: str, name: str, project: Project) -> None:
    """That a form can be called so."""
    if name in (FRONT_PAPERS, BASE):
        raise DraftingError(f"「{name}」は様式ではないため、--as は使えません")
    if fault := fault_of(new_name):
        project.diagnostics.error(Place(new_name), RULE, f"様式の名「{new_name}」は、{fault}", REMEDY)
    elif new_name in project.forms or os.path.lexists(project.own_templates / new_name):
        raise DraftingError(f"「{new_name}」という様式かフォルダが、すでにあります。別の名にしてください")
    project.diagnostics.raise_if_errors()


def _files(project: Project, name: str, new_name: str) -> Iterator[tuple[Path, Path]]:
    """Each file, by its path below templates/: what the form itself says, then the templates that it names."""
    if name == BASE:
        if source := project.template(BASE):
            yield Path(BASE), source
        return
    if name == FRONT_PAPERS:
        source = project.template(FRONT)
        if source is None:
            raise DraftingError(f"templates/{FRONT} が見つかりません")
        yield Path(FRONT), source
        papers = _front_papers(project, source)
    else:
        form = form_called(name, project, (FRONT_PAPERS, BASE))
        source = project.form_files[name]
        yield Path(new_name or source.parent.name, FORM), source
        papers = form.papers
    for paper in papers:
        template = project.template(paper.template.value) or project.template_of(paper)
        if template:
            yield Path(os.path.normpath(paper.template.value)), template


def _front_papers(project: Project, file: Path) -> tuple[PaperForm, ...]:
    node = project.read(file)
    front = read_front(node, project.diagnostics) if node else None
    project.diagnostics.raise_if_errors()
    assert front is not None  # else there is a diagnostic
    return (*front.papers, *((front.slip,) if front.slip else ()), front.notice)


def _read(file: Path, project: Project) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise DraftingError(f"「{project.shown(file)}」を読めません（{reason_of(error)}）") from error


def _renamed(data: bytes, name: str, shown: str) -> bytes:
    """A form.yaml whose 様式 is called `name`."""
    node = read_text(data, shown, Diagnostics())
    lines = edits.lines_of(data.decode("utf-8-sig"))
    key, value = (
        next(entry for entry in node.entries if entry[0].value == "様式") if isinstance(node, Mapping) else (None, None)
    )
    span = edits.value(key, value, lines) if key and isinstance(value, Scalar) else None
    if span is None:
        raise DraftingError(f"「{shown}」の様式の名を書き換えられません。名を1行に書いてください")
    return "".join(edits.edited(lines, [span.becomes(name)])).encode()
