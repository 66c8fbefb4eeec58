"""What leads through a file: outline, page labels and links (ISO 32000-1, 12.3.2, 12.3.3, 12.4.2 and 12.5).

In: the pages, made ready, and the papers by key and name. Out: objects for the catalog and the pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from kotobuki.layout.page import Link, Page
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.pdf.objects import Name, PdfFile, Ref, Value, Written, written
from kotobuki.pdf.sheet import Sheet
from kotobuki.pdf.structure import Path

Destination = Written
"""A place that a link or an entry of the outline leads to."""


@dataclass(slots=True)
class _Entry:
    """An entry of the outline and those under it. The topmost, which no one sees, has no title."""

    level: int
    title: str = ""
    target: str = ""
    below: list[_Entry] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.level < 1


def outline(file: PdfFile, sheets: Sequence[Sheet], names: Mapping[str, Path]) -> Ref | None:
    """Papers with their headings below, opened down to the second level; None if there are no pages."""
    top = _tree(sheets, names)
    if not top.below:
        return None
    root = file.numbers.ref()
    file.put_written(root.number, f"<</Type/Outlines{_put_below(file, root, top)}>>")
    return root


def page_labels(pages: Sequence[Page], names: Mapping[str, Path]) -> dict[str, Value]:
    """The label of each page: its own, or the number printed on it, or the name of its paper where none is."""
    labels: list[Value] = []
    before: Page | None = None
    for index, page in enumerate(pages):
        if page.label:
            labels += [index, {"P": page.label}]
            before = None
            continue
        if page.number is None:
            if before is None or before.number is not None or before.paper != page.paper:
                labels += [index, {"P": names[page.paper][-1]}]
        elif before is None or before.number is None or before.number + 1 != page.number:
            labels += [index, {"S": Name("D"), "St": page.number}]
        before = page
    return {"Nums": labels}


def annotation(page: Page, link: Link, target: Destination, key: int) -> dict[str, Value]:
    """The annotation of a link. `key`: what leads from it to the element that it belongs to, if there is one."""
    return {
        "Type": Name("Annot"),
        "Subtype": Name("Link"),
        "Rect": [link.x, page.height - link.y - link.height, link.x + link.width, page.height - link.y],
        "Border": [0, 0, 0],
        "F": 4,  # print: nothing is to be seen of it, and PDF/A wants it so
        "Dest": target,
        "Contents": link.element.description if link.element else None,
        "StructParent": key if link.element else None,
    }


def paper_starts(sheets: Sequence[Sheet]) -> dict[str, Destination]:
    """The destination of each paper: the top of its first page."""
    starts: dict[str, Destination] = {}
    for sheet in sheets:
        if sheet.page.paper not in starts:
            starts[sheet.page.paper] = _target(sheet, 0)
    return starts


def _tree(sheets: Sequence[Sheet], names: Mapping[str, Path]) -> _Entry:
    path = [_Entry(-1)]
    paper: str | None = None
    above: Path = ()
    for sheet in sheets:
        if sheet.page.paper != paper:
            paper, before, above = sheet.page.paper, above, names[sheet.page.paper]
            for level in range(_shared(before, above), len(above)):
                _grow(path, _Entry(level, above[level], _target(sheet, 0)))
        for heading in sheet.headings:
            _grow(path, _Entry(len(above) - 1 + heading.level, heading.title, _target(sheet, heading.y)))
    return path[0]


def _shared(before: Path, path: Path) -> int:
    """How many entries a paper has in common with the one before it: its own name is always a new one."""
    pairs = zip(before[:-1], path[:-1], strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), max(min(len(before), len(path)) - 1, 0))


def _grow(path: list[_Entry], entry: _Entry) -> None:
    """Put `entry` below the last one of a lower level. `path` leads from the top to the entry put last."""
    while path[-1].level >= entry.level:
        path.pop()
    path[-1].below.append(entry)
    path.append(entry)


def _put_below(file: PdfFile, ref: Ref, entry: _Entry) -> str:
    """Put the entries below `entry` into the file; what it has to say about them, as entries of its dictionary."""
    if not entry.below:
        return ""
    refs = [file.numbers.ref() for _ in entry.below]
    for each, own, before, after in zip(entry.below, refs, ["", *refs], [*refs[1:], ""], strict=False):
        around = (f"/Prev {before}" if before else "") + (f"/Next {after}" if after else "")
        about = f"/Title{written(each.title)}/Parent {ref}/Dest{each.target}{around}{_put_below(file, own, each)}"
        file.put_written(own.number, f"<<{about}>>")
    shown = _shown(entry)
    return f"/First {refs[0]}/Last {refs[-1]}/Count {shown if entry.is_open else -shown}"


def _shown(entry: _Entry) -> int:
    """How many lines the outline has below `entry` when it is opened."""
    return sum(1 + (_shown(each) if each.is_open else 0) for each in entry.below)


def _target(sheet: Sheet, y: float) -> Destination:
    """Height `y` of a page, at the zoom that the reader has."""
    return Destination(f"[{sheet.ref}/XYZ null {written(sheet.page.height - y)} null]")
