"""What is compared with what: files, the files of folders, those of git revisions; each read and compared.

In: what the user named. Out: a `FileDiff` for each file that differs in anything but its looks. A file that is no case, or
a case that cannot be read as its form has it, is compared by its keys and lists.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import field, replace
from pathlib import Path

from kotobuki.case.table_files import FILE
from kotobuki.compare.alignment import likeness
from kotobuki.compare.cases import compare_cases
from kotobuki.compare.kinds import Kind
from kotobuki.compare.pairs import Pair, pair
from kotobuki.compare.tree import Node as Tree
from kotobuki.compare.yaml_tree import yaml_tree
from kotobuki.diagnostics import CommandError, Diagnostic, Diagnostics, InputError
from kotobuki.forms.compose import Bundle
from kotobuki.git.revisions import Unreadable, check_out, commit_of, refuse
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.project import CASES, FORM, ORGANIZATION, TEMPLATES, Project, find_root, is_file, yaml_below
from kotobuki.reading.nodes import Mapping, Node, all_nodes
from kotobuki.reading.source import MAX_BYTES
from kotobuki.settings.organization import Committee, Department

_SAME_FILE = 0.6
"""A file that is less like one that is gone is a new file.

Different files of the samples are alike by 0.53 at the most (keys recur); successive revisions of one by 0.59 at the least,
and by more than 0.9 where it was not written anew.
"""
_READ = 20_000
"""Characters by which files are found to be alike: more than the longest sample case has (12,745)."""
_UNREAD = (".png", ".jpg", ".jpeg", ".svg", ".pdf", ".docx", ".txt", ".md")
"""What is printed with a case, or stands beside it, without being compared."""


@dataclass(frozen=True, slots=True)
class Version:
    """A file of a version: where it is, and what the user calls it."""

    file: Path
    shown: str
    project: Project


@dataclass(frozen=True, slots=True)
class FileDiff:
    """A file compared. `old`, `new`: None where there is none; `note`: what to tell about how it was compared.

    bundles  the case in both versions, where it could be read as one
    """

    old: Version | None
    new: Version | None
    pair: Pair
    note: str = ""
    bundles: tuple[Bundle, Bundle] | None = None

    @property
    def shown(self) -> str:
        """What the file is called, in the new version if it is there: a path, or revision:path."""
        version = self.new or self.old
        assert version is not None  # a file is in one of them
        return version.shown


def faults(version: Version) -> tuple[Diagnostic, ...]:
    """The errors of a file and of what it is read by, at their places as the user calls them."""
    project = version.project
    own, inside = project.shown(version.file), version.shown.partition(":")[2]
    read_by = {own, *map(project.shown, (project.organization_file, *project.form_files.values()))}
    found = tuple(each for each in project.diagnostics.errors if each.place.path in read_by)
    if own == version.shown:
        return found
    root, called = own.removesuffix(inside), version.shown.removesuffix(inside)  # a folder for a while, a revision
    return tuple(
        replace(each, place=replace(each.place, path=each.place.path.replace(root, called, 1))) for each in found
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """One side: its files by their names relative to what is compared."""

    files: dict[str, Version] = field(default_factory=dict)


NOT_AS_CASE = "様式のとおりに読めない所があるため、YAMLのキーと一覧として比べました"


@contextmanager
def compared(
    old: str, new: str, paths: Sequence[Path], root: Path | None, *, literal: bool = False
) -> Iterator[list[FileDiff]]:
    """The files that differ, by name. `new` "" = the working files; `paths`: what of a revision to compare.

    Raises `CommandError` where there is nothing to compare, `InputError` where a file is no YAML.
    """
    with ExitStack() as stack:
        sides = _sides(old, new, paths, root, stack)
        names = list(_names(*sides))
        told = not literal and any(was and now and _is_organization(now) for was, now in names)
        yield _all_compared(names, literal=literal, told=told)


def _all_compared(
    names: Sequence[tuple[Version | None, Version | None]], *, literal: bool, told: bool
) -> list[FileDiff]:
    is_same = _Sameness()
    try:
        return [each for both in names if not is_same(*both) and (each := _compare(*both, literal=literal, told=told))]
    except InputError:  # which tells, too, what is wrong with what the files before that one are read by
        return [each for both in names if (each := _compare(*both, literal=literal, told=told))]


def compared_versions(old: Version, new: Version, *, literal: bool = False) -> list[FileDiff]:
    """One file in two versions; [] where nothing differs but looks. Raises `InputError` where one is no YAML."""
    found = _compare(old, new, literal=literal, told=False)
    return [found] if found else []


@contextmanager
def of_revision(revision: str, file: Path, root: Path) -> Iterator[Version]:
    """A file of a project as it was in a git revision, read by what was in force then. Raises `CommandError` where there is none."""
    with ExitStack() as stack:
        found = _of_revision(revision, root, [file], root, stack).files
        if not found:
            raise CommandError(f"「{file}」は、git の版「{revision}」にはありません")
        yield next(iter(found.values()))


def _is_organization(version: Version) -> bool:
    return version.file.resolve() == version.project.organization_file.resolve()


def _sides(old: str, new: str, paths: Sequence[Path], root: Path | None, stack: ExitStack) -> tuple[_Side, _Side]:
    if Path(old).exists() and new and Path(new).exists():
        if Path(old).is_dir() != Path(new).is_dir():
            raise CommandError(f"「{old}」と「{new}」は、ファイルとフォルダです。同じ種類のものを比べてください")
        before, after = _of_path(Path(old), root), _of_path(Path(new), root)
        return before, after
    for there, missing in ((old, new), (new, old)):
        if there and missing and Path(there).exists():
            how = f"git の版と比べるときは kotobuki diff 版 -- {there} と書きます"
            raise CommandError(f"「{missing}」というファイルもフォルダもありません。{how}")
    home = root or find_root(paths[0] if paths else Path.cwd())
    wanted = list(paths) or [home / CASES]
    before = _of_revision(old, home, wanted, root, stack)
    after = _of_revision(new, home, wanted, root, stack) if new else _of_work(home, wanted, root)
    for path in wanted:
        if not any(_below(name, path, home) for side in (before, after) for name in side.files):
            raise CommandError(f"「{path}」が、どちらの版にもありません")
    return before, after


def _of_path(path: Path, root: Path | None) -> _Side:
    projects = _Projects(root)
    files = {"": path} if path.is_file() else {file.relative_to(path).as_posix(): file for file in _yaml(path)}
    return _Side({name: projects.version(file) for name, file in files.items()})


def _of_work(home: Path, wanted: Sequence[Path], root: Path | None) -> _Side:
    projects = _Projects(root)
    files = [file for path in wanted for file in ([path] if path.is_file() else _yaml(path))]
    return _Side({_relative(file, home): projects.version(file) for file in files})


def _of_revision(revision: str, home: Path, wanted: Sequence[Path], root: Path | None, stack: ExitStack) -> _Side:
    commit = commit_of(home, revision)
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kotobuki-")))
    faults = check_out(home, commit, folder)
    read = [*(_relative(path, home) for path in wanted), f"{CASES}/{ORGANIZATION}", TEMPLATES]

    def is_read(fault: Unreadable) -> bool:
        return fault.path.suffix.lower() not in _UNREAD and any(map(fault.touches, read))

    refuse(faults, revision, is_read)
    projects = _Projects(folder if root else None)
    found = {}
    for path in wanted:
        then = folder / _relative(path, home)
        for file in [then] if then.is_file() else _yaml(then):
            name = file.relative_to(folder).as_posix()
            found[name] = projects.version(file, f"{revision}:{name}")
    return _Side(found)


class _Projects:
    """The projects of a side: a municipality may have its folder within that of another. `root`: the only one."""

    def __init__(self, root: Path | None) -> None:
        self._root = root
        self._known: dict[Path, Project] = {}

    def version(self, file: Path, shown: str = "") -> Version:
        """A file, read by the organization and forms of the project that it lies in. `shown`: "" = its path."""
        root = self._root or find_root(file)
        project = self._known.setdefault(root, Project(root, Diagnostics()))
        return Version(file, shown or project.shown(file), project)


def _yaml(folder: Path) -> list[Path]:
    """The YAML files below a folder."""
    files = yaml_below(folder)
    for file in files:
        if "\ufffd" in (shown := os.fsencode(file).decode(errors="replace")):
            raise CommandError(f"「{shown}」は、名がUTF-8ではないため読めません。ファイルの名を変えてください")
    return files


def _relative(path: Path, home: Path) -> str:
    try:
        return path.resolve().relative_to(home.resolve()).as_posix()
    except ValueError:
        raise CommandError(f"「{path}」が {home} の中にないため、git の版と比べられません") from None


def _below(name: str, path: Path, home: Path) -> bool:
    relative = _relative(path, home)
    return name == relative or relative == "." or name.startswith(f"{relative}/")


def _names(old: _Side, new: _Side) -> Iterator[tuple[Version | None, Version | None]]:
    """The files of both sides by name; a file whose name is gone is looked for under another."""
    gone = {name: version for name, version in old.files.items() if name not in new.files}
    texts = {name: _text(version) for name, version in gone.items()}
    for name, version in new.files.items():
        if name in old.files:
            yield old.files[name], version
            continue
        own = _text(version)
        like = {each: likeness(text, own) for each, text in texts.items()}
        best = max(like, key=lambda each: (like[each], each), default="")
        if best and like[best] >= _SAME_FILE:
            texts.pop(best)
            yield gone.pop(best), version
        else:
            yield None, version
    yield from ((version, None) for version in gone.values())


def _text(version: Version) -> str:
    return version.file.read_text(encoding="utf-8", errors="replace")[:_READ]


class _Sameness:
    """Whether two versions of a file say the same since they, and what they are read by, are the same bytes.

    Of a case that names other files that is not known: its tables and pictures may have changed.
    """

    def __init__(self) -> None:
        self._grounds: dict[tuple[Path, Path], bool] = {}

    def __call__(self, old: Version | None, new: Version | None) -> bool:
        if old is None or new is None:
            return False
        try:
            return _held(old.file) == _held(new.file) and self._on_same_ground(old, new) and _is_whole(old)
        except OSError:  # of which a reader has more to say
            return False

    def _on_same_ground(self, old: Version, new: Version) -> bool:
        roots = old.project.root, new.project.root
        if roots not in self._grounds:
            self._grounds[roots] = _ground(old.project) == _ground(new.project)
        return self._grounds[roots]


def _ground(project: Project) -> dict[str, bytes | None]:
    """What the files of a project are read by: its organization and its own forms."""
    own = project.own_templates
    forms = {folder.name: _held(folder / FORM) for folder in own.iterdir()} if own.is_dir() else {}
    return {ORGANIZATION: _held(project.organization_file), **forms}


def _is_whole(version: Version) -> bool:
    """Whether a file is YAML, and all that it says is in it."""
    node = version.project.read(version.file)
    return node is not None and not any(isinstance(each, Mapping) and each.get(FILE) for each in all_nodes(node))


def _held(file: Path) -> bytes | None:
    """What a file holds, as much of it as is read of any; None where there is none. Raises `OSError`."""
    if not is_file(file):
        return None
    with file.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _compare(old: Version | None, new: Version | None, *, literal: bool, told: bool) -> FileDiff | None:
    """The comparison; None where nothing differs but looks."""
    nodes = [version.project.read(version.file) if version else None for version in (old, new)]
    for version, node in zip((old, new), nodes, strict=True):
        if version and node is None:
            raise InputError(faults(version))
    bundles = _bundles(old, new, nodes)
    if bundles:
        found = FileDiff(old, new, compare_cases(*bundles, literal=literal, told=told), bundles=bundles)
    else:
        trees = [yaml_tree(node) if node else Tree(kind=Kind.FILE) for node in nodes]
        are_cases = any(isinstance(node, Mapping) and node.get("様式") and node.get("件名") for node in nodes)
        found = FileDiff(old, new, pair(*trees), NOT_AS_CASE if are_cases and all(nodes) else "")
    return found if found.pair.changed or old is None or new is None else None


def _bundles(old: Version | None, new: Version | None, nodes: Sequence[Node | None]) -> tuple[Bundle, Bundle] | None:
    """The case in both versions; None where it is none, or has errors."""
    if old is None or new is None or not all(isinstance(node, Mapping) and node.get("件名") for node in nodes):
        return None
    found = [_bundle(version) for version in (old, new)]
    return (found[0], found[1]) if found[0] and found[1] else None


def _bundle(version: Version) -> Bundle | None:
    project = version.project
    case, organization = project.case(version.file), project.organization
    own = project.shown(version.file)
    if case is None or organization is None or any(each.place.path == own for each in project.diagnostics.errors):
        return None
    nobody = Committee(
        key="",
        name="",
        chair_post="",
        chair_name="",
        secretariat=Department(division="", section="", mark="", head=""),
        honorific="",
    )
    committee = case.committee or next(iter(organization.committees), nobody)
    return Bundle(case, organization, committee)
