"""The logical structure of a file: its elements as objects, and what leads from the pages to them (ISO 32000-1, 14.7).

In: the marked elements of each page, the annotations that belong to one, and the papers by key and name. Out: the tree for
the catalog. Papers stand under the entries of the outline that they stand under there: Document, Part, Sect. Of a paper
that is in the file in part, as on sheets to swap, there are the elements that are on its pages; but a table keeps all of
its rows and cells, or no one could tell what stands under what.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple, assert_never

from kotobuki.layout.structure import Element
from kotobuki.pdf.objects import Name, PdfFile, Ref, Value, Written, written

Path = tuple[str, ...]
"""The entries of the outline that lead to a paper, outermost first; the last is its own name."""
_Box = Sequence[float]
_name = cache(Name)  # there are few, each a thousand times


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
        parents += [number, [tree.nodes[element].ref for element in page.marked]]
    for number, (_, element) in enumerate(annotations, len(pages)):
        parents += [number, tree.nodes[element].ref]
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


class _Node:
    """An element in the file. `content`: its marks, annotations and what stands among these; `page`: that of its first mark."""

    __slots__ = ("box", "content", "page", "ref")

    def __init__(self, ref: Ref) -> None:
        self.ref = ref
        self.content: list[Written | Element] = []
        self.page: Ref | None = None
        self.box: _Box | None = None


class _Tree:
    """The elements that are in the file: those that something is marked with, and those that these stand in."""

    def __init__(self, file: PdfFile) -> None:
        self._file = file
        self.nodes: dict[Element, _Node] = {}

    def add(self, page: TaggedPage) -> None:
        """Take in the elements of the next page."""
        for number, element in enumerate(page.marked):
            node = self._take_in(element)
            node.page = node.page or page.ref
            own = node.page is page.ref
            node.content.append(Written(number if own else f"<</Type/MCR/Pg {page.ref}/MCID {number}>>"))
        for ref, element in page.annotations:
            self.nodes[element].content.append(Written(f"<</Type/OBJR/Obj {ref}/Pg {page.ref}>>"))
        for element, box in page.boxes.items():
            self.nodes[element].box = box

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

    def _take_in(self, element: Element) -> _Node:
        """An element, what it stands in, and the rows and cells of a table."""
        if known := self.nodes.get(element):
            return known
        node = self.nodes[element] = _Node(self._file.reserve())
        if element.kind in ("Table", "TR"):
            for each in element.children:
                self._take_in(each)
        if element.parent is not None:
            above = self._take_in(element.parent)
            if element.kind in ("Link", "Span"):  # it stands where it comes among the words
                above.content.append(element)
        return node

    def _put(self, element: Element, parent: Ref, title: str = "") -> Ref:
        """Put an element and all below it."""
        node = self.nodes[element]
        below = node.content or [each for each in element.children if each in self.nodes]
        kids = [self._put(each, node.ref) if isinstance(each, Element) else each for each in below]
        about = f"/S/{element.kind}/P {parent}"  # straight, as there are thousands
        if title:
            about += f"/T{written(title)}"
        if node.page:
            about += f"/Pg {node.page}"
        if kids:
            about += f"/K {kids[0]}" if len(kids) == 1 else f"/K[{' '.join(kids)}]"
        if element.description and element.kind == "Figure":
            about += f"/Alt{written(element.description)}"
        if attributes := _attributes(element, node.box):
            about += f"/A{written(attributes)}"
        self._file.put(node.ref, Written(f"<<{about}>>"))
        return node.ref


def _attributes(element: Element, box: _Box | None) -> Value:
    """What is to be said of an element besides its kind (14.8.5)."""
    match element.kind:
        case "TH" | "TD":
            if not element.scope and element.rows == element.columns == 1:
                return None
            return {
                "O": _name("Table"),
                "Scope": _name(element.scope) if element.scope else None,
                "RowSpan": element.rows if element.rows > 1 else None,
                "ColSpan": element.columns if element.columns > 1 else None,
            }
        case "L":
            return {"O": _name("List"), "ListNumbering": _name(element.numbering)}
        case "Span":
            return {"O": _name("Layout"), "TextDecorationType": _name("Underline")}
        case "Figure":
            return {"O": _name("Layout"), "BBox": box, "Placement": _name("Block")}
        case "H1" | "H2" | "H3" | "H4" | "H5" | "H6" | "Sect" | "P" | "LI" | "Lbl" | "LBody" | "Table" | "TR" | "Link":
            return None
        case "Header" | "Footer":
            return None  # artifacts, which are in no tree
        case _:
            assert_never(element.kind)
