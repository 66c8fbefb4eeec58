"""The files a user owns: where they are, and what they say.

In: the path a user gave. Out: the organization, meetings, cases and forms behind it, each file read once. Files that a
YAML names stay inside its folder; the forms of the project come before those that Kotobuki brings.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kotobuki.case.case import Case, read_case
from kotobuki.case.form import HEADER, Form, read_form
from kotobuki.case.meeting import Meeting, read_meeting
from kotobuki.case.nodes import Node
from kotobuki.case.organization import Organization, read_organization
from kotobuki.case.reading import read_yaml
from kotobuki.diagnostics import Diagnostics, Place

CASES = "cases"
ORGANIZATION = "organization.yaml"
MEETING = "meeting.yaml"
FORM = "form.yaml"
BASE = "base.docx"


def find_root(path: Path) -> Path:
    """The nearest folder at or above `path` that has cases/organization.yaml, else the working directory."""
    start = path.resolve()
    for folder in (start, *start.parents):
        if (folder / CASES / ORGANIZATION).is_file():
            return folder
    return Path.cwd()


@dataclass
class Project:
    """A root folder."""

    root: Path
    diagnostics: Diagnostics
    form_files: dict[str, Path] = field(default_factory=dict)
    """Where each form was read from."""
    _digests: dict[Path, str] = field(default_factory=dict)

    @property
    def organization_file(self) -> Path:
        """cases/organization.yaml."""
        return self.root / CASES / ORGANIZATION

    @cached_property
    def organization(self) -> Organization | None:
        """What cases/organization.yaml says; None after a diagnostic."""
        node = self.read(self.organization_file)
        return read_organization(node, self.diagnostics) if node else None

    @cached_property
    def forms(self) -> dict[str, Form]:
        """The forms by name: those of the project's templates/, then those that come with Kotobuki."""
        found: dict[str, Form] = {}
        for folder in self._template_folders:
            for file in sorted(folder.glob(f"*/{FORM}")):
                if any(known.parent.name == file.parent.name for known in self.form_files.values()):
                    continue  # the project's own form takes the place of the bundled one
                node = self.read(file)
                form = read_form(node, self.diagnostics) if node else None
                if form and form.name not in found:
                    found[form.name] = form
                    self.form_files[form.name] = file
        return found

    @cached_property
    def _template_folders(self) -> tuple[Path, ...]:
        package = Path(__file__).parent
        bundled = next((each for each in (package / "_templates", package.parent / "templates") if each.is_dir()), None)
        own = self.root / "templates"
        return tuple(dict.fromkeys(each for each in (own, bundled) if each and each.is_dir()))

    def template(self, name: str) -> Path | None:
        """The file `name` below templates/, the project's own before the bundled one; None if there is none."""
        for folder in self._template_folders:
            file = folder / name
            if file.is_file() and _is_inside(file, folder):
                return file
        return None

    def meeting(self, folder: Path) -> Meeting | None:
        """The meeting of a folder; None after a diagnostic."""
        organization = self.organization
        node = self.read(folder / MEETING)
        return read_meeting(node, organization, self.diagnostics) if node and organization else None

    def case(self, file: Path) -> Case | None:
        """The case in `file`; None after a diagnostic."""
        organization = self.organization
        known = [*HEADER, *(section.name for form in self.forms.values() for section in form.sections)]
        node = self.read(file, tuple(known))
        if node is None or organization is None:
            return None
        return read_case(node, organization, self.forms, self.diagnostics)

    def read(self, file: Path, known_keys: tuple[str, ...] = ()) -> Node | None:
        """A YAML file; None after a diagnostic."""
        return read_yaml(file, self.shown(file), self.diagnostics, known_keys)

    def shown(self, file: Path) -> str:
        """A path as users see it: from the working directory where it lies below, with / on every system."""
        resolved = file.resolve()
        try:
            return resolved.relative_to(Path.cwd().resolve()).as_posix()
        except ValueError:
            return resolved.as_posix()

    def case_file(self, folder: Path, name: str, place: Place) -> Path | None:
        """The case `name` of a meeting's folder; leaving the folder, through a link too, is a diagnostic."""
        file = folder / name
        if not file.is_file():
            self.diagnostics.error(
                place,
                "agenda-no-file",
                f"案件のファイル「{name}」がありません",
                f"{self.shown(folder)} の中のファイル名を確かめてください",
            )
            return None
        if not _is_inside(file, folder):
            self.diagnostics.error(
                place,
                "agenda-outside",
                f"「{name}」は会議のフォルダの外を指しています",
                "ファイルそのものを会議のフォルダに置いてください",
            )
            return None
        return file

    def digest(self, file: Path) -> str:
        """SHA-256 of a file, taken once."""
        if file not in self._digests:
            with file.open("rb") as stream:
                self._digests[file] = hashlib.file_digest(stream, "sha256").hexdigest()
        return self._digests[file]


def _is_inside(file: Path, folder: Path) -> bool:
    return file.resolve().is_relative_to(folder.resolve())
