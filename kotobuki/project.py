"""The files a user owns: where they are, and what they say.

In: the path a user gave. Out: the organization, meetings, cases and forms behind it, each file read once. Files that a
YAML names stay inside its folder; the forms of the project come before those that Kotobuki brings.
"""

from __future__ import annotations

import hashlib
from collections import Counter, abc
from contextlib import suppress
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path

from kotobuki.case.case import Case, read_case
from kotobuki.case.head import HEADER, USUAL
from kotobuki.case.table_files import table_files
from kotobuki.checks.registry import check_case, check_meeting, check_terms
from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.digests import digest_of
from kotobuki.file_names import folded
from kotobuki.reading.nodes import Mapping, Node, Scalar
from kotobuki.reading.openings import Review, reviews_in
from kotobuki.reading.parse import read_text
from kotobuki.reading.source import read_bytes
from kotobuki.remembering import remembered
from kotobuki.settings.form import Form, PaperForm
from kotobuki.settings.form_reading import read_form
from kotobuki.settings.meeting import Meeting, read_meeting
from kotobuki.settings.organization import Organization
from kotobuki.settings.organization_reading import read_organization

CASES = "cases"
ORGANIZATION = "organization.yaml"
MEETING = "meeting.yaml"
TEMPLATES = "templates"
FORM = "form.yaml"
BASE = "base.docx"
HISTORY = "履歴"
"""The folder, beside cases/, of what was saved over in the browser: nobody else looks there."""


def find_root(path: Path) -> Path:
    """The nearest folder at or above `path` that has cases/organization.yaml, else the working directory."""
    start = path.resolve()
    for folder in (start, *start.parents):
        if is_file(folder / CASES / ORGANIZATION):
            return folder
    return Path.cwd()


class Project:
    """A root folder. `unsaved`: by their resolved paths, files that are still being written: read as these bytes."""

    def __init__(self, root: Path, diagnostics: Diagnostics, unsaved: abc.Mapping[Path, bytes] | None = None) -> None:
        self.root, self.diagnostics, self.unsaved = root, diagnostics, unsaved or {}
        self.form_files = dict[str, Path]()
        """Where each form was read from."""
        self.forms_read = list[Path]()
        """All form.yaml that were read, also of a form whose name is taken."""
        self._digests, self._shown, self._names = dict[Path, str](), dict[Path, str](), dict[Path, str]()
        self._real_folders, self._templates = dict[Path, Path](), dict[tuple[str, str], Path]()
        self._faulty = set[str]()
        """The names of the forms that have errors of their own; "" for one that does not tell its name."""

    def anew(self, diagnostics: Diagnostics) -> Project:
        """The same, nothing read yet."""
        return Project(self.root, diagnostics, self.unsaved)

    @property
    def organization_file(self) -> Path:
        """cases/organization.yaml."""
        return self.root / CASES / ORGANIZATION

    @property
    def organization(self) -> Organization | None:
        """What cases/organization.yaml says; None after a diagnostic."""
        return self._organization[1]

    @cached_property
    def _organization(self) -> tuple[Node | None, Organization | None]:
        data = self._bytes(self.organization_file)
        if data is None:
            return None, None
        saved = self._unsaved(self.organization_file) is None
        read = _saved_organization if saved else _organization_of  # of each key that is typed nothing is remembered
        node, organization, heard = read(data, self.shown(self.organization_file))
        self.diagnostics.hear(heard)
        return node, organization

    @property
    def font_place(self) -> Place:
        """Where the house style names its font."""
        node = self._organization[0]
        for key in ("表記", "書体"):
            node = node.get(key) if isinstance(node, Mapping) else None
        return node.place() if node else Place(self.shown(self.organization_file), 1, 1)

    @cached_property
    def namesakes(self) -> frozenset[str]:
        """The names, `folded`, that two of the cases (without ending) and of the meetings' folders below cases/ have."""
        home = self.root / CASES
        apart = {each.parents[1] for each in home.rglob(f"{CASES}/{ORGANIZATION}")}  # roots of other municipalities
        files = [file for ending in ("*.yaml", "*.yml") for file in home.rglob(ending) if file.name != ORGANIZATION]
        own = [file for file in files if not apart.intersection(file.parents)]
        names = Counter(folded(file.parent.name if file.name == MEETING else file.stem) for file in own)
        return frozenset(name for name, count in names.items() if count > 1)

    @cached_property
    def forms(self) -> dict[str, Form]:
        """The forms by name: those of the project's templates/, then those that come with Kotobuki."""
        found: dict[str, Form] = {}
        for folder in self.template_folders:
            for file in self._form_files(folder):
                if any(known.parent.name == file.parent.name for known in self.form_files.values()):
                    continue  # the project's own form takes the place of the bundled one
                form, sound = self._form(file)
                self.forms_read.append(file)
                if not sound:
                    self._faulty.add(form.name if form else "")
                if form and form.name not in found:
                    found[form.name] = form
                    self.form_files[form.name] = file
        return found

    def _form(self, file: Path) -> tuple[Form | None, bool]:
        """The form of a form.yaml, and whether it is free of errors."""
        shown = self.shown(file)
        data = read_bytes(file, shown, self.diagnostics)
        if data is None:
            return None, False
        form, heard = _form_of(data, shown)
        self.diagnostics.hear(heard)
        return form, not heard.errors

    def _form_files(self, folder: Path) -> list[Path]:
        try:
            return [each / FORM for each in sorted(folder.iterdir()) if _stands(each / FORM)]
        except OSError as error:
            place = Place(self.shown(Path(error.filename or folder)))
            remedy = "読み取りの許可があるか確かめてください"
            self.diagnostics.error(place, "folder-unreadable", "フォルダの中を読めません", remedy)
            self._faulty.add("")
            return []

    def _blames_form(self, node: Node) -> bool:
        """Whether a case is of a form that is wrong itself: read by it, the case would be blamed for its faults."""
        name = node.get("様式") if isinstance(node, Mapping) else None
        if not isinstance(name, Scalar):
            return False
        return name.value in self._faulty or ("" in self._faulty and name.value not in self.forms)

    @cached_property
    def template_folders(self) -> tuple[Path, ...]:
        """Where templates and forms are looked for: the project's own before those that come with Kotobuki."""
        package = Path(__file__).parent
        bundled = next((each for each in (package / "_templates", package.parent / "templates") if each.is_dir()), None)
        return tuple(dict.fromkeys(each for each in (self.own_templates, bundled) if each and each.is_dir()))

    def template(self, name: str, named_in: str = "") -> Path | None:
        """The file `name` below templates/, the project's own before the bundled one; None if there is none.

        `named_in`: the file (as shown) that names it. One of the project's own names files of the project alone.
        """
        if known := self._templates.get((name, named_in)):
            return known
        own = bool(named_in) and self.is_own(Path(named_in))
        for folder in self.template_folders:
            file = folder / name
            if is_file(file) and _is_inside(file, folder) and (folder == self.own_templates or not own):
                self._templates[name, named_in] = file
                return file
        return None

    def template_of(self, paper: PaperForm) -> Path | None:
        """The template of a paper; None after a diagnostic."""
        name, place = paper.template.value, paper.template.place()
        file = self.template(name, named_in=place.path)
        if file is None:
            reason, remedy = f"雛形「{name}」がありません", "templates の中のファイル名を書いてください"
            if self.template(name):
                reason = f"雛形「{name}」が、この form.yaml のある templates の中にありません"
                remedy = (
                    "Kotobuki に付いている雛形は、kotobuki forms --copy に様式の名を書けば、その templates に写せます"
                )
            self.diagnostics.error(place, "template-missing", reason, remedy)
        return file

    @property
    def own_templates(self) -> Path:
        """The project's own templates/, whether there is one or not."""
        return self.root / TEMPLATES

    def is_own(self, file: Path) -> bool:
        """Whether a form or template is the project's own, and not one that comes with Kotobuki."""
        return _is_inside(file, self.own_templates)

    def meeting(self, folder: Path) -> Meeting | None:
        """The meeting of a folder; None after a diagnostic."""
        organization, node = self.organization, self.read(folder / MEETING)
        meeting = self.meeting_of(node, self.diagnostics) if node and organization else None
        return replace(meeting, reviews=self._reviews(folder / MEETING)) if meeting else None

    def meeting_of(self, node: Node, diagnostics: Diagnostics) -> Meeting | None:
        """The meeting that a file says, checked; None after a diagnostic."""
        organization = self.organization
        meeting = read_meeting(node, organization, diagnostics) if organization else None
        diagnostics.report(check_meeting(meeting) if meeting else ())
        return meeting

    @property
    def case_keys(self) -> tuple[str, ...]:
        """The keys that a case may have by any form."""
        return (*HEADER, *(section.name for form in self.forms.values() for section in form.sections))

    def case(self, file: Path) -> Case | None:
        """The case in `file`; None after a diagnostic."""
        organization, data = self.organization, self._bytes(file)
        shown = self.shown(file)
        node = None if data is None else read_text(data, shown, self.diagnostics, self.case_keys)
        if data is None or node is None or organization is None or self._blames_form(node):
            return None
        case = self.case_of(node, self.diagnostics)
        if case is None:
            return None
        tables = tuple(dict.fromkeys(table_files(node)))
        self._digests[file] = hashlib.sha256(data).hexdigest()
        reviews = tuple(reviews_in(data, shown))
        return replace(case, source=self._digests[file], reviews=reviews, table_files=tables)

    def case_of(self, node: Node, diagnostics: Diagnostics) -> Case | None:
        """The case that a file says, checked; None after a diagnostic."""
        organization = self.organization
        case = read_case(node, organization, self.forms, diagnostics) if organization else None
        diagnostics.report(check_case(case) if case else ())
        return case

    def read(self, file: Path, known_keys: tuple[str, ...] = ()) -> Node | None:
        """A YAML file; None after a diagnostic."""
        data = self._bytes(file)
        return None if data is None else read_text(data, self.shown(file), self.diagnostics, known_keys)

    def _reviews(self, file: Path) -> tuple[Review, ...]:
        """The comments that ask for a look, of a file that has been read."""
        return tuple(reviews_in(self._bytes(file) or b"", self.shown(file)))

    def _bytes(self, file: Path) -> bytes | None:
        """What a file holds, or is going to; None after a diagnostic."""
        unsaved = self._unsaved(file)
        return read_bytes(file, self.shown(file), self.diagnostics) if unsaved is None else unsaved

    def _unsaved(self, file: Path) -> bytes | None:
        return self.unsaved.get(file.resolve()) if self.unsaved else None

    def shown(self, file: Path) -> str:
        """A path as users see it: from the working directory where it lies below, with / on every system."""
        if file not in self._shown:
            real = self._real(file)
            below = real.is_relative_to(self._here)
            self._shown[file] = (real.relative_to(self._here) if below else real).as_posix()
        return self._shown[file]

    def name_of(self, file: Path) -> str:
        """A path that is the same on every machine: below the root, else (a bundled template, a font) its name alone."""
        if file not in self._names:
            real, root = self._real(file), self._real(self.root)
            self._names[file] = real.relative_to(root).as_posix() if real.is_relative_to(root) else file.name
        return self._names[file]

    @cached_property
    def _here(self) -> Path:
        return Path.cwd().resolve()

    def _real(self, file: Path) -> Path:
        """A path without links, to be shown; the folders, of which there are few, are followed once."""
        folder = file.parent
        try:
            if file.name in ("", "..") or file.is_symlink():
                return file.resolve()
            if folder not in self._real_folders:
                self._real_folders[folder] = folder.resolve()
        except (OSError, RuntimeError):  # links in a circle
            return file.absolute()
        return self._real_folders[folder] / file.name

    def case_file(self, folder: Path, name: str, place: Place) -> Path | None:
        """The case `name` of a meeting's folder; leaving the folder, through a link too, is a diagnostic."""
        file = folder / name
        if not is_file(file):
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
        if (unsaved := self._unsaved(file)) is not None:
            return hashlib.sha256(unsaved).hexdigest()
        if file not in self._digests:
            self._digests[file] = digest_of(file)
        return self._digests[file]


@lru_cache(maxsize=8)
def _organization_of(data: bytes, shown: str) -> tuple[Node | None, Organization | None, Diagnostics]:
    """What an organization.yaml says, its tree, and what there is to say about it."""
    heard = Diagnostics()
    node = read_text(data, shown, heard)
    found = read_organization(node, heard) if node else None
    heard.report(check_terms(found.terms.values()) if found else ())
    return node, replace(found, reviews=tuple(reviews_in(data, shown))) if found else None, heard


_saved_organization = remembered(_organization_of)


@remembered
def _form_of(data: bytes, shown: str) -> tuple[Form | None, Diagnostics]:
    """What a form.yaml says, and what there is to say about it. Cities, versions and runs have the bundled ones in common."""
    heard = Diagnostics()
    node = read_text(data, shown, heard)
    return (read_form(node, USUAL, heard) if node else None), heard


def yaml_below(folder: Path) -> list[Path]:
    """The YAML files below a folder, in order, but for hidden ones and what is kept in 履歴."""
    files = (file for ending in ("*.yaml", "*.yml") for file in folder.rglob(ending))
    return sorted(file for file in files if not _is_apart(file, folder))


def _is_apart(file: Path, folder: Path) -> bool:
    parts = file.relative_to(folder).parts
    return any(
        part.startswith(".") or (part == HISTORY and Path(folder, *parts[:at], CASES).is_dir())
        for at, part in enumerate(parts)
    )


def is_file(path: Path) -> bool:
    """Whether a file can be found there."""
    try:
        return _stands(path) and path.is_file()
    except (OSError, ValueError):  # in a folder that may not be read; ValueError: a NUL in the name
        return False


def _stands(path: Path) -> bool:
    """Whether anything is there. Raises `OSError` where that cannot be told."""
    with suppress(FileNotFoundError, NotADirectoryError):
        path.stat()
        return True
    return False


def _is_inside(file: Path, folder: Path) -> bool:
    return file.resolve().is_relative_to(folder.resolve())
