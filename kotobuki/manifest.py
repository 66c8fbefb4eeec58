"""`manifest.json` beside the outputs: what they were made from and what stands on their pages.

In: the files read, the pages of each paper, the files made. Out: JSON, the same bytes for the same build. A later
build is compared with it page by page.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from kotobuki import __version__
from kotobuki.layout.page import Page
from kotobuki.project import Project


def manifest(
    project: Project,
    inputs: Iterable[Path],
    papers: Iterable[tuple[str, tuple[Page, ...]]],
    outputs: Iterable[tuple[str, bytes]],
) -> bytes:
    """The manifest of one bundle."""
    pages = [
        {"name": name, "pages": [{"number": page.number, "digest": page.digest} for page in pages]}
        for name, pages in papers
    ]
    return record(project, inputs, pages, outputs)


def record(
    project: Project,
    inputs: Iterable[Path],
    papers: Sequence[Mapping[str, object]],
    outputs: Iterable[tuple[str, bytes]],
) -> bytes:
    """A manifest that says of each paper what `papers` say."""
    content = {
        "kotobuki": __version__,
        "inputs": dict(sorted((_name(file, project), project.digest(file)) for file in inputs)),
        "outputs": {name: hashlib.sha256(data).hexdigest() for name, data in outputs},
        "papers": papers,
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _name(file: Path, project: Project) -> str:
    """A path that is the same on every machine: below the root, else (a bundled template, a font) its name alone."""
    try:
        return file.resolve().relative_to(project.root.resolve()).as_posix()
    except ValueError:
        return file.name
