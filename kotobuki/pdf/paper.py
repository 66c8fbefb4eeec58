"""A paper made ready for files: its pages, what is drawn on them, their links and elements as objects.

In: the sheets of the paper, and where the papers of a file begin. Out: a portion that is the same for all files that have
these sheets and whose papers begin there; what differs between files is left to them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kotobuki.named_tuples import NamedTuple
from kotobuki.pdf.navigation import Destination, annotation
from kotobuki.pdf.objects import Numbers, Objects, Portion, Ref, object_streams, written
from kotobuki.pdf.sheet import Sheet
from kotobuki.pdf.structure import TaggedPage, Top, all_elements, put_elements


class Common(NamedTuple):
    """Objects that each file has of its own, under the same numbers: the tree of its pages, and their resources."""

    pages: Ref
    resources: Ref


class ReadyPaper(NamedTuple):
    """What a file takes in of a paper: objects, its outermost elements, and what each key leads to (ParentTree)."""

    portion: Portion
    tops: Sequence[Top]
    parents: Mapping[int, str]


class Paper:
    """The pages of a paper that a press has; files have all of them, or some."""

    def __init__(self, sheets: Sequence[Sheet], common: Common, numbers: Numbers) -> None:
        """Give the elements their numbers."""
        self._common = common
        elements = all_elements(each for sheet in sheets for each in sheet.elements)
        self._numbers = numbers.room(len(elements))
        self._refs = {element: f"{number} 0 R" for element, number in zip(elements, self._numbers, strict=True)}
        self._last = numbers.last
        numbers.room(object_streams(len(elements) + sum(2 + len(sheet.links) for sheet in sheets)))
        self._ready: dict[tuple[tuple[int, ...], frozenset[tuple[str, Destination]]], ReadyPaper] = {}

    def ready(self, sheets: Sequence[Sheet], starts: Mapping[str, Destination]) -> ReadyPaper:
        """Some of its sheets for a file whose papers begin at `starts`; made once for all files that want the same."""
        reached = {paper: starts[paper] for sheet in sheets for paper in sheet.leads_to if paper in starts}
        wanted = tuple(sheet.key for sheet in sheets), frozenset(reached.items())
        if wanted not in self._ready:
            self._ready[wanted] = self._made(sheets, reached)
        return self._ready[wanted]

    def _made(self, sheets: Sequence[Sheet], starts: Mapping[str, Destination]) -> ReadyPaper:
        objects = Objects(Numbers(self._last))
        tagged: list[TaggedPage] = []
        parents: dict[int, str] = {}
        for sheet in sheets:
            drawn = sheet.content(starts)
            objects.put(sheet.stream, drawn.stream)
            marked = " ".join([self._refs[element] for element in drawn.marked])
            objects.put_written(sheet.marks.number, f"[{marked}]")
            parents[sheet.key] = sheet.marks
            links = [each for each in sheet.links if each.link.paper in starts]
            for link, ref, key in links:
                objects.put(ref, annotation(sheet.page, link, starts[link.paper], key))
                if link.element:
                    parents[key] = self._refs[link.element]
            belonging = [(ref, link.element) for link, ref, _ in links if link.element]
            tagged.append(TaggedPage(sheet.ref, drawn.marked, belonging, sheet.boxes))
            objects.put_written(sheet.ref.number, self._page(sheet, [ref for _, ref, _ in links]))
        tops = put_elements(objects, self._numbers, self._refs, tagged)
        return ReadyPaper(objects.portion(), tops, parents)

    def _page(self, sheet: Sheet, links: Sequence[Ref]) -> str:
        """The dictionary of a page with these links."""
        width, height = written(sheet.page.width), written(sheet.page.height)
        annotations = f"/Annots[{' '.join(links)}]" if links else ""
        return (
            f"<</Type/Page/Parent {self._common.pages}/MediaBox[0 0 {width} {height}]/Resources {self._common.resources}"
            f"/Contents {sheet.stream}/StructParents {sheet.key}/Tabs/S{annotations}>>"
        )
