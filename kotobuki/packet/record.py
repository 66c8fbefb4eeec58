"""What a packet looked like when it was handed out: its pages, one by one, as its manifest keeps them.

In: a packet, or a manifest. Out: a manifest, or `Former` pages. A later packet is compared with them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from kotobuki.build.manifest import record
from kotobuki.packet.leaves import BLANK, Leaf
from kotobuki.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """A page as it was handed out; the fields are those of a `Leaf`. `number` and `running`: as printed, "" = none."""

    agenda: int | None
    paper: str
    number: str
    running: str
    position: str
    digest: str

    @property
    def blank(self) -> bool:
        """Whether nothing was on it (`Leaf.blank`)."""
        return self.paper == BLANK


def former(leaf: Leaf) -> Former:
    """A page as it will have been handed out."""
    page = leaf.page
    return Former(
        agenda=leaf.agenda,
        paper=leaf.paper,
        number=page.printed_number,
        running=page.running,
        position=leaf.position,
        digest=leaf.digest,
    )


def packet_manifest(
    project: Project,
    inputs: Iterable[Path],
    pages: Sequence[Former],
    outputs: Iterable[tuple[str, bytes]],
    office: str = "",
) -> bytes:
    """The manifest of a packet of these pages; `office` as of a bundle."""
    papers = [
        {
            "agenda": agenda,
            "name": name,
            "pages": [
                {"number": each.number, "running": each.running, "position": each.position, "digest": each.digest}
                for each in own
            ],
        }
        for (agenda, name), own in groupby(pages, key=lambda each: (each.agenda, each.paper))
    ]
    return record(project, inputs, papers, outputs, office=office)


def read_manifest(data: str) -> list[Former]:
    """The pages that a packet's manifest tells of. ValueError if it is none."""
    try:
        return [
            Former(
                agenda=paper["agenda"],
                paper=paper["name"],
                number=page["number"],
                running=page["running"],
                position=page["position"],
                digest=page["digest"],
            )
            for paper in json.loads(data)["papers"]
            for page in paper["pages"]
        ]
    except (KeyError, TypeError) as error:
        raise ValueError(f"no manifest of a packet: {error}") from None


def read_bundle_manifest(data: str, agenda: int) -> list[Former]:
    """The pages that the manifest of one bundle (of `kotobuki build`) tells of. ValueError if it is none."""
    try:
        return [
            Former(
                agenda=agenda,
                paper=paper["name"],
                number="" if page["number"] is None else str(page["number"]),
                running="",
                position="",
                digest=page["digest"],
            )
            for paper in json.loads(data)["papers"]
            for page in paper["pages"]
        ]
    except (KeyError, TypeError) as error:
        raise ValueError(f"no manifest of a bundle: {error}") from None
