"""A file as the form view knows it: its text, its tree with places, its nodes, and what may stand in it.

In: a project, the file that is written, and its text, saved or not. Out: a `Source`; or what is to be said of a text that
cannot be read.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from kotobuki.diagnostics import Diagnostic, Diagnostics
from kotobuki.editor.form.expected import Expected, expected
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.manuscript.edits import lines_of
from kotobuki.manuscript.parse import parse
from kotobuki.manuscript.tree import Tree
from kotobuki.project import FORM, MEETING, Project
from kotobuki.reading.json_schema import Schema, choice
from kotobuki.reading.nodes import Mapping, Node, Scalar
from kotobuki.reading.parse import read_text
from kotobuki.reading.source import sound_lines
from kotobuki.schema.case import any_case, case_of
from kotobuki.schema.form import form as form_schema
from kotobuki.schema.meeting import meeting
from kotobuki.schema.organization import organization as organization_schema

BOM = "\ufeff"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Source:
    """A text that can be read, as a mapping.

    lines       without a BOM, each with "\\n" at its end, whatever its end is in the text
    tree        its lines and columns count as those of `lines`
    known_keys  as `reading.parse.read_text` takes them
    """

    lines: list[str]
    tree: Tree
    node: Mapping
    known_keys: tuple[str, ...]
    said: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A text that cannot be read as a mapping, and why."""

    said: tuple[Diagnostic, ...]


def read(text: str, shown: str, known_keys: tuple[str, ...]) -> Source | Unreadable:
    """A text. A BOM, which a build refuses, is passed over: the server keeps it apart."""
    diagnostics = Diagnostics()
    bare = text.removeprefix(BOM)
    data = bare.encode(errors="surrogatepass")
    node = read_text(data, shown, diagnostics, known_keys)
    if node and not isinstance(node, Mapping) and not diagnostics.errors:
        diagnostics.error(node.place(), "wrong-type", "ファイルは「キー: 値」の組で書きます", "例：件名: 講座の受付")
    if diagnostics.errors or not isinstance(node, Mapping):
        return Unreadable(tuple(diagnostics))
    said = tuple(diagnostics)
    lines = lines_of(bare.replace("\r\n", "\n").replace("\r", "\n"))
    return Source(lines=lines, tree=_tree(data), node=node, known_keys=known_keys, said=said)


@lru_cache(maxsize=16)
def _tree(data: bytes) -> Tree:
    """The tree of bytes that have been read without an error; nobody changes it."""
    return parse(sound_lines(data))


def keys_known(project: Project, file: Path) -> tuple[str, ...]:
    """The keys that a file may have, as a build reads it."""
    own = file.name in (MEETING, FORM) or file.resolve() == project.organization_file.resolve()
    return () if own else project.case_keys


def expected_of(project: Project, file: Path, node: Node | None) -> Expected:
    """What a file may hold; of a case, by the form that it names. Nothing is known where the organization cannot be read."""
    if file.resolve() == project.organization_file.resolve():
        return expected(_kept("organization", (), organization_schema))
    if file.name == FORM:
        return expected(_kept("form", (), form_schema))
    organization = project.organization
    if organization is None:
        return Expected((), {})
    if file.name == MEETING:
        return expected(_kept("meeting", (organization,), lambda: meeting(organization)))
    name = node.get("様式") if isinstance(node, Mapping) else None
    form = project.forms.get(name.value) if isinstance(name, Scalar) else None
    if form is None:
        forms = tuple(project.forms.values())
        return expected(_kept("case", (organization, *forms), lambda: any_case(forms, organization)))
    own = expected(_kept("case", (organization, form), lambda: case_of(form, organization)))
    others: Schema = {"properties": {"様式": choice(project.forms)}}
    return Expected((*own.schemas, others), own.definitions)


_MOST_KEPT = 50
"""Schemas: a municipality has some twenty forms."""
_made: dict[tuple[object, ...], tuple[tuple[object, ...], Schema]] = {}


def _kept(kind: str, parts: tuple[object, ...], make: Callable[[], Schema]) -> Schema:
    """A schema, made once of the same parts: a project has the same ones as long as their files are the same."""
    key = (kind, *map(id, parts))
    if key not in _made:
        if len(_made) >= _MOST_KEPT:
            _made.clear()
        _made[key] = parts, make()  # the parts with it, so that nothing else gets their ids
    return _made[key][1]
