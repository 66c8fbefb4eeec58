"""Authored content as nodes: paragraphs, items, notes and what stands in typed blocks, one by one.

In: the values of `case.blocks`, before they become paragraphs and tables, so that a date or a data item is compared as
such. Out: nodes, with the labels that the outline of the paper has given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import assert_never

from kotobuki.case import blocks as b
from kotobuki.case.figures import Figure, Picture, with_words, words_of
from kotobuki.compare.kinds import Kind
from kotobuki.compare.table_tree import table_rows
from kotobuki.compare.tree import Node
from kotobuki.compare.wordings import Wordings, place_of
from kotobuki.compare.words import Word
from kotobuki.diagnostics import Place
from kotobuki.digests import digest_of
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.numbering.targets import Target
from kotobuki.numbering.typed import items_of
from kotobuki.reading.inlines import Inlines, plain


@dataclass(frozen=True, slots=True)
class ContentTree:
    """Turns content into nodes.

    targets  what the outline numbers, by the places of headings and items
    labels   samples of item labels by level
    law      whether the items are 号
    """

    wordings: Wordings
    targets: Mapping[Place, Target]
    labels: tuple[str, ...]
    law: bool = False

    def nodes(self, content: b.Content, level: int, owner: Target | None) -> tuple[Node, ...]:
        """The nodes of content. `level`: of the next list; `owner`: what it stands under."""
        return tuple(node for block in content for node in self._block(block, level, owner))

    def target_at(self, place: Place) -> Target | None:
        """What stands at a place and is numbered or can be referred to."""
        return self.targets.get(place)

    def _block(self, block: b.Block, level: int, owner: Target | None) -> Iterator[Node]:
        match block:
            case b.Para():
                yield Node(
                    kind=Kind.PARAGRAPH, words=self.wordings.words(block.inlines, owner), place=place_of(block.inlines)
                )
            case b.Series():
                level = self.labels.index(block.sample) + 1 if block.sample in self.labels else level
                for each in items_of(block.blocks, self.wordings.names):
                    yield from self._item(each, level) if isinstance(each, b.Item) else self._block(each, level, owner)
            case b.Item():
                yield from self._item(block, level)
            case b.Bullets():
                for entry in block.entries:
                    yield self._first(Kind.BULLET, self.nodes(entry, level, owner), label=block.mark)
            case b.NoteBlock():
                yield self._first(Kind.NOTE, self.nodes(block.body, 1, owner), label=block.sign, place=block.place)
            case b.Pairs() | b.Posts():
                yield from (self.pair(label, value, level, owner) for label, value in block.entries)
            case b.Schedule():
                yield from self._events(block, owner)
            case b.PersonalData():
                yield from self._data(block, owner)
            case b.Contractors():
                yield from (self._contractor(each, owner) for each in block.entries)
            case b.Grid():
                title = self.wordings.words(block.title, owner)
                yield Node(kind=Kind.TABLE, words=title, children=table_rows(block, self, owner), place=block.place)
            case b.FigureBlock():
                yield self._figure(block, owner)
            case _:
                assert_never(block)

    def _item(self, item: b.Item, level: int) -> Iterator[Node]:
        target = self.targets.get(item.place)
        kind = Kind.POINT if self.law else Kind.ITEM
        words = self.wordings.words(item.head, target)
        children = self.nodes(item.body, level + 1, target)
        label = target.label if target else ""
        if item.run_in and children and not children[0].children:
            words, children = (*words, Word("　"), *children[0].words), children[1:]
        yield Node(kind=kind, words=words, children=children, label=label, level=level, place=item.place)

    @staticmethod
    def _first(kind: Kind, nodes: Sequence[Node], label: str, place: Place | None = None) -> Node:
        """A bullet or note: its first paragraph stands beside its mark, the rest under it."""
        if nodes and not nodes[0].label and not nodes[0].children:
            return Node(
                kind=kind, words=nodes[0].words, children=tuple(nodes[1:]), label=label, place=place or nodes[0].place
            )
        return Node(kind=kind, words=(), children=tuple(nodes), label=label, place=place or Place(""))

    def pair(self, label: Inlines, value: b.Content, level: int, owner: Target | None) -> Node:
        """役割：職. The value stands beside its label where it is one text."""
        head = (*self.wordings.words(label, owner), Word("："))
        nodes = self.nodes(value, level, owner)
        name = "".join(word.text for word in head[:-1])
        if len(nodes) == 1 and nodes[0].kind is Kind.PARAGRAPH:
            return Node(kind=Kind.VALUE, words=(*head, *nodes[0].words), name=name, place=place_of(label))
        return Node(kind=Kind.VALUE, words=head, children=nodes, name=name, place=place_of(label))

    def _events(self, schedule: b.Schedule, owner: Target | None) -> Iterator[Node]:
        """Each event with its whole time, whatever is printed of it."""
        for event in schedule.events:
            when = self.wordings.plain(f"{event.when.year_text}{event.when.rest_text}")
            for what in event.what:
                yield Node(
                    kind=Kind.EVENT, words=(*when, Word("　"), *self.wordings.words(what, owner)), place=place_of(what)
                )

    def _data(self, data: b.PersonalData, owner: Target | None) -> Iterator[Node]:
        items = tuple(self._data_items(data.items, owner))
        yield Node(kind=Kind.DATA, words=self.wordings.plain(data.items_heading), children=items, name="項目")
        if data.count:
            heading = self.wordings.plain(f"{data.count_heading}：")
            yield Node(
                kind=Kind.COUNT,
                words=(*heading, *self.wordings.words(data.count, owner)),
                name="件数",
                place=place_of(data.count),
            )

    def _data_items(self, items: b.DataItems, owner: Target | None) -> Iterator[Node]:
        for each in items:
            if isinstance(each, b.DataGroup):
                inner = tuple(self._data_items(each.items, owner))
                words = self.wordings.words(each.heading, owner)
                yield Node(kind=Kind.DATA, words=words, children=inner, name=plain(each.heading), place=each.place)
            else:
                yield Node(kind=Kind.DATA_ITEM, words=self.wordings.words(each, owner), place=place_of(each))

    def _contractor(self, entry: b.Contractor | b.Consortium, owner: Target | None) -> Node:
        if isinstance(entry, b.Consortium):
            members = tuple(self._contractor(each, owner) for each in entry.members)
            return Node(kind=Kind.CONSORTIUM, words=self.wordings.words(entry.name, owner), children=members)
        parts = (
            (Kind.REPRESENTATIVE, entry.representative),
            (Kind.ADDRESS, entry.address),
            (Kind.CERTIFICATION, entry.certification),
        )
        said = (
            Node(
                kind=kind,
                words=(*self.wordings.plain(f"{kind.said}："), *self.wordings.words(words, owner)),
                name=kind.said,
            )
            for kind, words in parts
            if words
        )
        title = self.wordings.plain(f"{entry.title}　") if entry.title else ()
        return Node(kind=Kind.CONTRACTOR, words=(*title, *self.wordings.words(entry.name, owner)), children=tuple(said))

    def _figure(self, block: b.FigureBlock, owner: Target | None) -> Node:
        words = tuple(
            Node(kind=Kind.FIGURE_TEXT, words=self.wordings.words(each, owner)) for each in words_of(block.figure)
        )
        description = self.wordings.plain(block.description)
        return Node(kind=Kind.FIGURE, words=description, children=words, seal=_shape(block.figure), place=block.place)


def _shape(figure: Figure) -> str:
    """Who stands where, what leads to what; of a picture, what is in its file, wherever that is."""
    if isinstance(figure, Picture):
        seal = seal_of(Path(figure.place.path).parent / figure.file)
        return f"{figure.file} {figure.width_em} {figure.page} {seal}"
    return repr(with_words(figure, lambda _: ()))


def seal_of(file: Path) -> str:
    """What tells the contents of a file from others; "" where it cannot be read."""
    try:
        return digest_of(file)
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return ""
