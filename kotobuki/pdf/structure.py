"""The logical structure of a file: its elements as objects, and what leads from the pages to them (ISO 32000-1, 14.7).

In: the marked elements of each page, the annotations that belong to one, and the papers by key and name. Out: the tree for
the catalog. Papers stand under the entries of the outline that they stand under there: Document, Part, Sect. Of a paper
that is in the file in part, as on sheets to swap, there are the elements that are on its pages; but a table keeps all of
its rows and cells, or no one could tell what stands under what.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, assert_never

from kotobuki.layout.structure import Element
from kotobuki.pdf.objects import Name, PdfFile, Ref, Value

Path = tuple[str, ...]
"""The entries of the outline that lead to a paper, outermost first; the last is its own name."""
_Box = Sequence[float]


class TaggedPage(NamedTuple):
    """A page: itself, the key of its paper, the elements of its marks, those of its annotations, the boxes of figures."""

    ref: Ref
    paper: str
    marked: Sequence[Element]
    annotations: Sequence[tuple[Ref, Element]]
    boxes: Mapping[Element, _Box]


def put_structure(file: PdfFile, pages: Sequence[TaggedPage], names: Mapping[str, Path]) -> Ref:
    """The tree. The numbers that lead to it (StructParents) are those of the pages, then those of the annotations."""
    root, tree = file.reserve(), _Tree(file)
    for page in pages:
        tree.add(page)
    document = tree.put(_grouped(pages, names), root)
    annotations = [each for page in pages for each in page.annotations]
    parents: list[Value] = []
    for number, page in enumerate(pages):
        parents += [number, [tree.refs[element] for element in page.marked]]
    for number, (_, element) in enumerate(annotations, len(pages)):
        parents += [number, tree.refs[element]]
    about: dict[str, Value] = {
        "Type": Name("StructTreeRoot"),
        "K": document,
        "ParentTree": file.add({"Nums": parents}),
        "ParentTreeNextKey": len(pages) + len(annotations),
    }
    file.put(root, about)
    return root


class _Group(NamedTuple):
    """An entry of the outline, with the entries and papers below it."""

    title: str
    below: list[_Group | _Paper]


class _Paper(NamedTuple):
    title: str
    element: Element


def _grouped(pages: Sequence[TaggedPage], names: Mapping[str, Path]) -> _Group:
    """The papers that have something on the pages, under the entries of the outline."""
    document = _Group("", [])
    known: set[Element] = set()
    for page in pages:
        for element in page.marked:
            top = element
            while top.parent is not None:
                top = top.parent
            if top in known:
                continue
            known.add(top)
            *above, name = names[page.paper]
            group = document
            for title in above:
                last = group.below[-1] if group.below else None
                if not isinstance(last, _Group) or last.title != title:
                    last = _Group(title, [])
                    group.below.append(last)
                group = last
            group.below.append(_Paper(name, top))
    return document


class _Tree:
    """The elements that are in the file: those that something is marked with, and those that these stand in."""

    def __init__(self, file: PdfFile) -> None:
        self._file = file
        self.refs: dict[Element, Ref] = {}
        self._content: dict[Element, list[Value | Element]] = {}
        self._pages: dict[Element, Ref] = {}
        self._boxes: dict[Element, _Box] = {}

    def add(self, page: TaggedPage) -> None:
        """Take in the elements of the next page."""
        for number, element in enumerate(page.marked):
            self._take_in(element)
            own = self._pages.setdefault(element, page.ref)
            mark: Value = number if own is page.ref else {"Type": Name("MCR"), "Pg": page.ref, "MCID": number}
            self._content[element].append(mark)
        for ref, element in page.annotations:
            self._content[element].append({"Type": Name("OBJR"), "Obj": ref, "Pg": page.ref})
        self._boxes |= page.boxes

    def put(self, group: _Group, parent: Ref) -> Ref:
        """The objects of a group and all below it; the reference to it."""
        ref = self._file.reserve()
        kids = [
            self.put(each, ref) if isinstance(each, _Group) else self._put(each.element, ref, each.title)
            for each in group.below
        ]
        kind = Name("Part" if group.title else "Document")
        self._file.put(ref, {"S": kind, "P": parent, "T": group.title or None, "K": kids})
        return ref

    def _take_in(self, element: Element) -> None:
        """An element, what it stands in, and the rows and cells of a table."""
        if element in self.refs:
            return
        self.refs[element] = self._file.reserve()
        self._content[element] = []
        if element.kind in ("Table", "TR"):
            for each in element.children:
                self._take_in(each)
        if element.parent is not None:
            self._take_in(element.parent)
            if element.kind in ("Link", "Span"):  # it stands where it comes among the words
                self._content[element.parent].append(element)

    def _put(self, element: Element, parent: Ref, title: str = "") -> Ref:
        ref = self.refs[element]
        below: Sequence[Value | Element] = self._content[element] or [
            each for each in element.children if each in self.refs
        ]
        kids = [self._put(each, ref) if isinstance(each, Element) else each for each in below]
        about: dict[str, Value] = {
            "S": Name(element.kind),
            "P": parent,
            "T": title or None,
            "Pg": self._pages.get(element),
            "K": kids[0] if len(kids) == 1 else kids or None,
            "Alt": (element.description or None) if element.kind == "Figure" else None,
            "A": dict(_attributes(element, self._boxes.get(element))) or None,
        }
        self._file.put(ref, about)
        return ref


def _attributes(element: Element, box: _Box | None) -> Iterator[tuple[str, Value]]:
    """What is to be said of an element besides its kind (14.8.5)."""
    match element.kind:
        case "TH" | "TD":
            found: dict[str, Value] = {
                "Scope": Name(element.scope) if element.scope else None,
                "RowSpan": element.rows if element.rows > 1 else None,
                "ColSpan": element.columns if element.columns > 1 else None,
            }
            if any(found.values()):
                yield from {"O": Name("Table"), **found}.items()
        case "L":
            yield from {"O": Name("List"), "ListNumbering": Name(element.numbering)}.items()
        case "Span":
            yield from {"O": Name("Layout"), "TextDecorationType": Name("Underline")}.items()
        case "Figure":
            yield from {"O": Name("Layout"), "BBox": box, "Placement": Name("Block")}.items()
        case "H1" | "H2" | "H3" | "H4" | "H5" | "H6" | "Sect" | "P" | "LI" | "Lbl" | "LBody" | "Table" | "TR" | "Link":
            pass  # nothing
        case "Header" | "Footer":
            pass  # artifacts, which are in no tree
        case _:
            assert_never(element.kind)
