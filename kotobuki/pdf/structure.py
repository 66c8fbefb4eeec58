"""The logical structure of a file: its elements as objects, and what leads from the pages to them (ISO 32000-1, 14.7).

In: of each paper the marked elements of its pages, and the annotations that belong to one; of a file its papers. Out: the
elements of a paper, the same for all files, and the tree for the catalog of a file. Papers stand under the entries of the
outline that they stand under there: Document, Part, Sect. Of a paper that is in the file in part, as on sheets to swap,
there are the elements that are on its pages; but a table keeps all of its rows and cells, or no one could tell what stands
under what.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import assert_never

from kotobuki.layout.structure import Element
from kotobuki.named_tuples import NamedTuple
from kotobuki.pdf.objects import Name, Objects, PdfFile, Ref, Value, Written, written

Path = tuple[str, ...]
"""The entries of the outline that lead to a paper, outermost first; the last is its own name."""
Box = Sequence[float]


class TaggedPage(NamedTuple):
    """A page: itself, the elements of its marks, those of its annotations, the boxes of figures."""

    ref: Ref
    marked: Sequence[Element]
    annotations: Sequence[tuple[Ref, Element]]
    boxes: Mapping[Element, Box]


class Top(NamedTuple):
    """An outermost element. `about`: what its dictionary has besides the parent and the title, which files give it."""

    number: int
    about: str


class TaggedPaper(NamedTuple):
    """What a file has of a paper: its outermost elements, and what each key of a page or an annotation leads to."""

    path: Path
    tops: Sequence[Top]
    parents: Mapping[int, str]


def all_elements(drawn: Iterable[Element]) -> list[Element]:
    """Those that are `drawn` and all others of the same papers; none comes before the one that it stands in."""
    known: set[Element] = set()
    found: list[Element] = []
    for element in drawn:
        if element not in known:
            while element.parent is not None:
                element = element.parent
            tree = [element]
            for each in tree:
                tree += each.children
            known.update(tree)
            found += tree
    return found


def put_elements(
    objects: Objects, numbers: Iterable[int], refs: Mapping[Element, str], pages: Sequence[TaggedPage]
) -> list[Top]:
    """Put the elements of a paper that are on the pages, all but the outermost.

    `numbers`: of all elements of the paper; `refs`: to them, in the same order, no element before the one that it stands in.
    """
    contents = _Contents(refs)
    for page in pages:
        contents.add(page)
    tops: list[Top] = []
    first, has = contents.pages, contents.of
    for number, element in zip(numbers, refs, strict=True):
        if element not in has:
            continue
        kind, parent = element.kind, element.parent
        kids = has[element] or [refs[each] for each in element.children if each in has]
        about = first.get(element, "")
        if len(kids) == 1:
            about += f"/K {kids[0]}"
        elif kids:
            about += f"/K[{' '.join(kids)}]"
        about += _attributes(element, contents.boxes.get(element))
        if parent is None:
            tops.append(Top(number, f"/S/{kind}{about}"))
        else:
            objects.put_written(number, f"<</S/{kind}/P {refs[parent]}{about}>>")
    return tops


def put_structure(file: PdfFile, papers: Sequence[TaggedPaper], following: int) -> Ref:
    """The tree. `following`: the key behind all that pages and annotations have."""
    root = file.numbers.ref()
    parents = {key: value for paper in papers for key, value in paper.parents.items()}
    about: dict[str, Value] = {
        "Type": Name("StructTreeRoot"),
        "K": _put_group(file, _grouped(papers), root),
        "ParentTree": file.add({"Nums": [each for key in sorted(parents) for each in (key, Written(parents[key]))]}),
        "ParentTreeNextKey": following,
    }
    file.put(root, about)
    return root


class _Group(NamedTuple):
    """An entry of the outline, with the entries and papers below it."""

    title: str
    below: list[_Group | _Element]


class _Element(NamedTuple):
    title: str
    top: Top


def _grouped(papers: Sequence[TaggedPaper]) -> _Group:
    """The papers that have something on the pages, under the entries of the outline."""
    document = _Group("", [])
    for paper in papers:
        *above, name = paper.path
        for top in paper.tops:
            group = document
            for title in above:
                last = group.below[-1] if group.below else None
                if not isinstance(last, _Group) or last.title != title:
                    last = _Group(title, [])
                    group.below.append(last)
                group = last
            group.below.append(_Element(name, top))
    return document


def _put_group(file: PdfFile, group: _Group, parent: Ref) -> Ref:
    """The objects of a group and all below it; the reference to it."""
    ref = file.numbers.ref()
    kids: list[Value] = []
    for each in group.below:
        if isinstance(each, _Group):
            kids.append(_put_group(file, each, ref))
        else:
            title = f"/T{written(each.title)}" if each.title else ""
            file.put_written(each.top.number, f"<<{each.top.about}/P {ref}{title}>>")
            kids.append(Ref(each.top.number))
    file.put(ref, {"S": Name("Part" if group.title else "Document"), "P": parent, "T": group.title or None, "K": kids})
    return ref


class _Contents:
    """What stands in the elements that are on some pages: what is marked with them, and those that these stand in.

    of     of each of them its marks, annotations and what stands among these
    pages  where it is marked first, as an entry of its dictionary
    boxes  of figures
    """

    def __init__(self, refs: Mapping[Element, str]) -> None:
        self._refs = refs
        self.of: dict[Element, list[str]] = {}
        self.pages: dict[Element, str] = {}
        self.boxes: dict[Element, Box] = {}

    def add(self, page: TaggedPage) -> None:
        """Take in the elements of the next page."""
        of, pages, here = self.of, self.pages, f"/Pg {page.ref}"
        for number, element in enumerate(page.marked):
            if element not in of:
                self._take_in(element)
            own = pages.setdefault(element, here) is here
            of[element].append(str(number) if own else f"<</Type/MCR{here}/MCID {number}>>")
        for ref, element in page.annotations:
            of[element].append(f"<</Type/OBJR/Obj {ref}{here}>>")
        self.boxes |= page.boxes

    def _take_in(self, element: Element) -> None:
        """An element that is not there yet, what it stands in, and the rows and cells of a table."""
        self.of[element] = []
        if element.kind in ("Table", "TR"):
            for each in element.children:
                if each not in self.of:
                    self._take_in(each)
        parent = element.parent
        if parent is not None:
            if parent not in self.of:
                self._take_in(parent)
            if element.kind in ("Link", "Span"):  # it stands where it comes among the words
                self.of[parent].append(self._refs[element])


def _attributes(element: Element, box: Box | None) -> str:
    """What is to be said of an element besides its kind (14.8.5), as entries of its dictionary."""
    match element.kind:
        case "P" | "TR" | "LI" | "Lbl" | "LBody" | "Table" | "Link" | "H1" | "H2" | "H3" | "H4" | "H5" | "H6" | "Sect":
            return ""
        case "TD" | "TH":
            scope = f"/Scope/{element.scope}" if element.scope else ""
            rows = f"/RowSpan {element.rows}" if element.rows > 1 else ""
            columns = f"/ColSpan {element.columns}" if element.columns > 1 else ""
            return f"/A<</O/Table{scope}{rows}{columns}>>" if scope or rows or columns else ""
        case "L":
            return f"/A<</O/List/ListNumbering/{element.numbering}>>"
        case "Span":
            return "/A<</O/Layout/TextDecorationType/Underline>>"
        case "Figure":
            alternative = f"/Alt{written(element.description)}" if element.description else ""
            return f"{alternative}/A<</O/Layout/BBox{written(box)}/Placement/Block>>"
        case "Header" | "Footer":
            return ""  # artifacts, which are in no tree
        case _:
            assert_never(element.kind)
