"""`manifest.json` beside the outputs: what they were made from and what stands on their pages.

In: the files read, the pages of each paper, the files made. Out: JSON, the same bytes for the same build. A later
build is compared with it page by page. After a build of some papers only, it still lists the others in the folder, if
they were made from the same inputs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from kotobuki import __version__
from kotobuki.layout.page import Page
from kotobuki.project import Project


def manifest(
    project: Project,
    inputs: Iterable[Path],
    papers: Iterable[tuple[str, tuple[Page, ...]]],
    outputs: Iterable[tuple[str, bytes]],
    fellow: Mapping[str, str] = MappingProxyType({}),
    office: str = "",
) -> bytes:
    """The manifest of one bundle. `fellow`: the digests of other files there that were made from the same inputs.

    `office`: the program that printed Word forms, whose PDF is as it makes it; "" = none did.
    """
    pages = [
        {"name": name, "pages": [{"number": page.number, "digest": page.digest} for page in pages]}
        for name, pages in papers
    ]
    return record(project, inputs, pages, outputs, fellow, office)


def fellows(folder: Path, new: bytes, names: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """Of the files `names` that stand in `folder` beside those of the manifest `new`: made from the same inputs; older.

    The first with their digests, as the manifest in `folder` has them.
    """
    own = json.loads(new)
    try:
        old = json.loads((folder / "manifest.json").read_bytes())
        same = all(old[key] == own[key] for key in ("kotobuki", "inputs"))
        known = {str(name): str(digest) for name, digest in old["outputs"].items()} if same else {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):  # none, or somebody's own
        known = {}
    others = [name for name in names if name not in own["outputs"] and (folder / name).is_file()]
    return {name: known[name] for name in others if name in known}, [name for name in others if name not in known]


def record(
    project: Project,
    inputs: Iterable[Path],
    papers: Sequence[Mapping[str, object]],
    outputs: Iterable[tuple[str, bytes]],
    fellow: Mapping[str, str] = MappingProxyType({}),
    office: str = "",
) -> bytes:
    """A manifest that says of each paper what `papers` say."""
    content: dict[str, object] = {
        "kotobuki": __version__,
        **({"office": office} if office else {}),
        "inputs": dict(sorted((_name(file, project), project.digest(file)) for file in inputs)),
        "outputs": {**fellow, **{name: hashlib.sha256(data).hexdigest() for name, data in outputs}},
        "papers": papers,
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _name(file: Path, project: Project) -> str:
    """A path that is the same on every machine: below the root, else (a bundled template, a font) its name alone."""
    try:
        return file.resolve().relative_to(project.root.resolve()).as_posix()
    except ValueError:
        return file.name
