"""What a packet looked like when it was handed out: its pages, one by one, as its manifest keeps them.

In: a packet, or a manifest. Out: a manifest, or `Former` pages with their words. A later packet is compared with them.
"""

from __future__ import annotations

import errno
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field, replace
from itertools import groupby
from pathlib import Path, PurePosixPath

from kotobuki.build.confined import Confined, LinkError
from kotobuki.build.manifest import MAX_BYTES, digests, record
from kotobuki.digests import contents
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.packet.leaves import BLANK, Leaf
from kotobuki.packet.words import Passage, passage_of, words_on
from kotobuki.project import Project
from kotobuki.reading.source import forbidden


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """A page as it was handed out; the fields are those of a `Leaf`. `number` and `running`: as printed, "" = none.

    `words`: what stood on it; None = nobody kept it.
    """

    agenda: int | None
    paper: str
    number: str
    running: str
    position: str
    digest: str
    words: tuple[Passage, ...] | None = field(default=None, compare=False, repr=False)

    @property
    def blank(self) -> bool:
        """Whether nothing was on it (`Leaf.blank`)."""
        return self.paper == BLANK

    @property
    def name(self) -> str:
        """As p. 4, with the number in the packet where it is printed: p. 4（- 20 -）; without numbers, that of its paper."""
        own = f"p. {self.number}" if self.number else self.paper
        return f"{own}（{self.running}）" if self.running else own


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


def formers(leaves: Sequence[Leaf]) -> list[Former]:
    """The pages of a packet as they will have been handed out, with the words on them."""
    found: list[Former] = []
    for _, group in groupby(leaves, key=lambda leaf: (leaf.agenda, leaf.paper)):
        own = list(group)
        words = words_on(leaf.page for leaf in own)
        found += [replace(former(leaf), words=each) for leaf, each in zip(own, words, strict=True)]
    return found


_NUMBER = re.compile(r"(?:[0-9]{1,6}(?:の[0-9]{1,6})*)?")
"""A page number: 12, with a branch 12の2; or none."""
_TEXTS = ("number", "running", "position", "digest")


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
                {
                    **{name: getattr(each, name) for name in _TEXTS},
                    "words": [passage.written for passage in each.words or ()],
                }
                for each in own
            ],
        }
        for (agenda, name), own in groupby(pages, key=lambda each: (each.agenda, each.paper))
    ]
    made = {name: contents(data).digest for name, data in outputs}
    return record(project, digests(project, inputs), papers, made, office=office)


def record_text(file: Path) -> str:
    """What a manifest holds. It may be anybody's: a link, or one that is too large, is a ValueError."""
    try:
        return Confined(file.parent).read(PurePosixPath(file.name), MAX_BYTES).decode()
    except LinkError as error:
        raise ValueError("a link") from error
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise ValueError("too large") from error
        raise


def read_manifest(data: str) -> list[Former]:
    """The pages that a packet's manifest tells of. ValueError if it is none."""
    return list(_pages(data, _page))


def read_bundle_manifest(data: str, agenda: int) -> list[Former]:
    """The pages that the manifest of one bundle (of `kotobuki build`) tells of. ValueError if it is none."""

    def page_of(paper: dict[str, object], page: dict[str, object]) -> Former:
        number = page["number"]
        return Former(
            agenda=agenda,
            paper=_text(paper["name"]),
            number="" if number is None else str(number),
            running="",
            position="",
            digest=_text(page["digest"]),
        )

    return list(_pages(data, page_of))


def _pages(data: str, page_of: Callable[[dict[str, object], dict[str, object]], Former]) -> Iterator[Former]:
    """The pages of a manifest. It may be anybody's: whatever is not as it was written is a ValueError."""
    try:
        for paper in json.loads(data)["papers"]:
            for page in paper["pages"]:
                yield page_of(paper, page)
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"no manifest of a packet: {error}") from None


def _page(paper: dict[str, object], page: dict[str, object]) -> Former:
    agenda, words = paper["agenda"], page.get("words")
    if not (agenda is None or type(agenda) is int) or not (words is None or isinstance(words, list)):
        raise TypeError("a number or a list is something else")
    if not all(_NUMBER.fullmatch(_text(page[name])) for name in ("number", "position")):
        raise TypeError("a page has another number than pages have")
    return Former(
        agenda=agenda,
        paper=_text(paper["name"]),
        **{name: _text(page[name]) for name in _TEXTS},
        words=None if words is None else tuple(map(passage_of, words)),
    )


def _text(value: object) -> str:
    if not isinstance(value, str) or forbidden(value):
        raise TypeError(f"no text: {value!r}")
    return value
