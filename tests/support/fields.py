"""The fields of a file as the form view has them, and changes of them as its edits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from kotobuki.diagnostics import Diagnostics
from kotobuki.editor.form.changes import change
from kotobuki.editor.form.fields import fields
from kotobuki.manuscript.edits import lines_of
from kotobuki.project import Project

Field = dict[str, Any]


def answer(root: Path, file: str, text: str) -> Field:
    """What the form view is told of a file, named from the root, with this text."""
    return fields(Project(root, Diagnostics()), root / file, text)


def every(tree: Field) -> Iterator[Field]:
    """A field and all that are in it."""
    yield tree
    for child in tree["children"]:
        yield from every(child)


def found(tree: Field, *path: str | int) -> Field:
    """The field with that path."""
    return next(each for each in every(tree) if each["path"] == [*path])


def texts(tree: Field) -> Iterator[tuple[str | int, ...]]:
    """The paths of all texts that can be changed."""
    for each in every(tree):
        if each["editable"]:
            yield tuple(each["path"])
        yield from (tuple(cell["path"]) for row in each["rows"] for cell in row if cell["editable"])


def edits_of(root: Path, file: str, text: str, op: Field) -> list[Field]:
    """The edits that a change makes."""
    edits: Any = change(Project(root, Diagnostics()), root / file, text, op)["edits"]
    return list(edits)


def applied(text: str, edits: Sequence[Field]) -> str:
    """A text with edits as the browser makes them."""
    starts = [0]
    for line in lines_of(text):
        starts.append(starts[-1] + len(line))
    for each in sorted(edits, key=lambda edit: list(edit["from"]), reverse=True):
        start, end = (starts[line - 1] + column - 1 for line, column in (each["from"], each["to"]))
        text = text[:start] + each["text"] + text[end:]
    return text
