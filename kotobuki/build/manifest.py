"""`manifest.json` beside the outputs: what they were made from and what stands on their pages.

In: the files read, the pages of each paper, the files made. Out: JSON, the same bytes for the same build. A later
build is compared with it page by page. After a build of some papers only, it still lists the others in the folder, if
they were made from the same inputs.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from kotobuki import __version__
from kotobuki.build.confined import Confined
from kotobuki.file_names import fault_of
from kotobuki.layout.page import Page
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.project import CASES, MEETING, ORGANIZATION, Project

MANIFEST = "manifest.json"
MAX_BYTES = 50_000_000


def manifest(
    project: Project,
    inputs: Mapping[str, str],
    papers: Iterable[tuple[str, tuple[Page, ...]]],
    outputs: Mapping[str, str],
    fellow: Mapping[str, str] = MappingProxyType({}),
    office: str = "",
) -> bytes:
    """The manifest of one bundle. `inputs`: the `digests` of what it was made from; `outputs`: those of what was made.

    `fellow`: the digests of other files there that were made from the same inputs. `office`: the program that
    printed Word forms, whose PDF is as it makes it; "" = none did.
    """
    pages = [
        {"name": name, "pages": [{"number": page.number, "digest": page.digest} for page in pages]}
        for name, pages in papers
    ]
    return record(project, inputs, pages, outputs, fellow, office)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A manifest as it was read back. `municipality`: "" in one of an older Kotobuki; the rest as they are written."""

    kotobuki: str
    municipality: str
    inputs: Mapping[str, str]
    outputs: Mapping[str, str]
    packet: bool

    @property
    def case(self) -> str:
        """The file that it is of, below the root: a case, of a packet meeting.yaml; "" where it lies elsewhere."""
        files = [PurePosixPath(name) for name in self.inputs]
        found = [
            each
            for each in files
            if each.suffix in (".yaml", ".yml")
            and each.parts[0] == CASES
            and each.name != ORGANIZATION
            and (each.name == MEETING) == self.packet
        ]
        return str(found[0]) if len(found) == 1 else ""


def read_recorded(out: Confined, folder: PurePosixPath, name: str = MANIFEST) -> Recorded | None:
    """The manifest in a folder below `out`; None where there is none that is as we write it: it may be anybody's."""
    try:
        match json.loads(out.read(folder / name, MAX_BYTES)):
            case {
                "kotobuki": str(version),
                "inputs": dict(inputs),
                "outputs": dict(outputs),
                "papers": list(papers),
                **rest,
            } if _are_texts(inputs.values(), outputs.values()) and not any(map(_leads_out, inputs)):
                town = rest.get("municipality")
                return Recorded(
                    kotobuki=version,
                    municipality=town if isinstance(town, str) else "",
                    inputs=inputs,
                    outputs={name: digest for name, digest in outputs.items() if not fault_of(name)},
                    packet=any(isinstance(each, dict) and "agenda" in each for each in papers),
                )
            case _:
                return None
    except (OSError, ValueError, RecursionError):
        return None


def _are_texts(*several: Iterable[object]) -> bool:
    return all(isinstance(each, str) for values in several for each in values)


def _leads_out(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.parts or path.is_absolute() or any(map(fault_of, path.parts))


def fellows(
    out: Confined, folder: PurePosixPath, inputs: Mapping[str, str], made: Collection[str], names: Iterable[str]
) -> tuple[dict[str, str], list[str]]:
    """Of the files `names` that stand in a folder beside those now `made`: made from the same `inputs`; older.

    The first with their digests, as the manifest in the folder has them. Files that are in that manifest and in no form
    any more are older, too.
    """
    old = read_recorded(out, folder)
    same = old is not None and (old.kotobuki, old.inputs) == (__version__, inputs)
    known = old.outputs if old and same else {}
    all_names = dict.fromkeys((*names, *(old.outputs if old else ())))
    others = [name for name in all_names if name not in made and out.kind(folder / name) == "file"]
    return {name: known[name] for name in others if name in known}, [name for name in others if name not in known]


def record(
    project: Project,
    inputs: Mapping[str, str],
    papers: Sequence[Mapping[str, object]],
    outputs: Mapping[str, str],
    fellow: Mapping[str, str] = MappingProxyType({}),
    office: str = "",
) -> bytes:
    """A manifest that says of each paper what `papers` say."""
    content: dict[str, object] = {
        "kotobuki": __version__,
        **({"municipality": project.organization.name} if project.organization else {}),
        **({"office": office} if office else {}),
        "inputs": inputs,
        "outputs": {**fellow, **outputs},
        "papers": papers,
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def digests(project: Project, files: Iterable[Path]) -> dict[str, str]:
    """The digests of files by the names that they have on every machine."""
    return dict(sorted((project.name_of(file), project.digest(file)) for file in files))
