"""What holds of every document, however odd: nothing is lost, doubled, moved or printed below the text area."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import count

from hypothesis import given
from hypothesis import strategies as st
from support.layout_toys import STYLES, cell, pages_of, para, row, table, text_lines, toy_sheet
from support.properties import tries

from kotobuki.document import Block, Paragraph, Row, Table
from kotobuki.japanese.characters import advance_em
from kotobuki.layout.blocks import SetParagraph, SetTable, block_height, size
from kotobuki.layout.page import Page
from kotobuki.layout.paragraphs import Look
from kotobuki.layout.setting import set_blocks
from kotobuki.layout.splitting import Region, split

ROLES = [style.name for style in STYLES if style.name not in {"巨大", "改頁", "ページ番号", "案"}]
BREAKING_ROLES = [*ROLES, "改頁"]
SHEETS = st.builds(toy_sheet, lines=st.sampled_from([3.0, 4.5, 5.0, 7.0, 12.0]), width=st.sampled_from([60.0, 100.0]))

paragraphs = st.builds(
    lambda role, length, label: para("文" * length, role, label="１" * label, tab=bool(label)),
    st.sampled_from(BREAKING_ROLES),
    st.integers(0, 60),
    st.integers(0, 1),
)


@st.composite
def rows_of(draw: st.DrawFn, blocks: st.SearchStrategy[Block], columns: int) -> list[Row]:
    """Rows of a grid of columns, with cells over several rows and columns, none of them out of the grid."""
    total = draw(st.integers(1, 4))
    free = [0] * columns
    rows = []
    for number in range(total):
        cells = []
        column = 0
        while column < columns:
            if free[column] > number:
                column += 1
                continue
            width = 1
            while column + width < columns and free[column + width] <= number and draw(st.booleans()):
                width += 1
            down = draw(st.integers(1, total - number))
            free[column : column + width] = [number + down] * width
            cells.append(cell(*draw(st.lists(blocks, min_size=1, max_size=3)), columns=width, rows=down))
            column += width
        rows.append(row(*cells))
    return rows


@st.composite
def tables(draw: st.DrawFn, blocks: st.SearchStrategy[Block]) -> Table:
    columns = draw(st.integers(1, 3))
    head = [row(*["題"] * columns, head=True)] * draw(st.integers(0, 2))
    style = draw(st.sampled_from(["表", "罫線なし"]))
    return table(*head, *draw(rows_of(blocks, columns)), style=style, widths=[3.0] * columns)


blocks = st.recursive(paragraphs, tables, max_leaves=6)
documents = st.lists(blocks, max_size=6)


def named(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same blocks with a character of its own for each paragraph outside the heads, to know its lines by."""
    characters = map(chr, count(0x4E00))

    def rename(block: Block) -> Block:
        if isinstance(block, Table):
            rows = [
                one
                if one.head
                else row(*(cell(*map(rename, c.blocks), columns=c.columns, rows=c.rows) for c in one.cells))
                for one in block.rows
            ]
            return table(*rows, style=block.style, widths=block.widths)
        character = next(characters)
        return para(character * len(block.text), block.role, label=character * len(block.label), tab=block.tab)

    return tuple(map(rename, blocks))


def flows(blocks: Sequence[Block]) -> Iterator[list[Paragraph]]:
    """The paragraphs that follow one another: those of the page, and those of each cell."""
    yield [block for block in blocks if isinstance(block, Paragraph)]
    for block in blocks:
        if isinstance(block, Table):
            for one in block.rows:
                for inner in one.cells:
                    if not one.head:
                        yield from flows(inner.blocks)


def printed(pages: Sequence[Page]) -> dict[str, list[tuple[int, float]]]:
    """Page and baseline of every character printed, by character, in the order of the items."""
    places = defaultdict(list)
    for number, page in enumerate(pages):
        for line in text_lines(page):
            for character in line.text:
                places[character].append((number, line.y))
    return places


@given(documents.map(named), SHEETS)
def test_every_character_is_printed_once_and_in_order(blocks: tuple[Block, ...], sheet: object) -> None:
    places = printed(pages_of(*blocks, sheet=sheet))
    places.pop("題", None)
    places.pop(" ", None)  # read where a tab stands
    expected = [paragraph for flow in flows(blocks) for paragraph in flow if paragraph.label + paragraph.text]
    assert {character: len(found) for character, found in places.items()} == Counter(
        "".join(paragraph.label + paragraph.text for paragraph in expected)
    )
    for flow in flows(blocks):
        in_order = [place for p in flow if p.label + p.text for place in places[(p.label + p.text)[0]]]
        assert in_order == sorted(in_order)


@given(documents.map(named), SHEETS)
def test_nothing_is_printed_below_the_text_area(blocks: tuple[Block, ...], sheet: object) -> None:
    for page in pages_of(*blocks, sheet=sheet):
        for line in text_lines(page):
            assert line.y + 20 - 13.8 <= page.height - 50 + 0.01


@tries(20)
@given(documents.map(named), SHEETS)
def test_the_same_document_gives_the_same_pages(blocks: tuple[Block, ...], sheet: object) -> None:
    assert pages_of(*blocks, sheet=sheet) == pages_of(*blocks, sheet=sheet)


@given(blocks, st.floats(-10, 150), st.booleans())
def test_splitting_makes_a_smaller_rest_and_something_always_goes_on_an_empty_page(
    block: Block, height: float, top: bool
) -> None:
    look = Look(toy_sheet(), lambda font: advance_em)
    (whole,) = set_blocks([block], look, 100)
    part = split(whole, Region(height, top=top))
    if part.placed is None:
        assert not top
        assert part.rest == whole
        assert not part.height
        return
    assert abs(part.height - block_height(part.placed)) < 0.01
    assert part.height <= height + 0.01 or top
    if part.rest is None:
        assert size(part.placed) == size(whole)
    else:
        assert size(part.rest) < size(whole)
        assert set_lines(part.placed) + set_lines(part.rest) >= set_lines(whole)


def set_lines(block: SetParagraph | SetTable) -> int:
    if isinstance(block, SetParagraph):
        return len(block.lines)
    return sum(set_lines(b) for one in block.head + block.body for c in one for b in c.blocks)


over_tall = partial(para, role="巨大")


@given(st.lists(st.builds(over_tall, st.sampled_from(["文", "文" * 21])), min_size=1, max_size=4))
def test_lines_taller_than_the_page_stand_alone_on_theirs(blocks: list[Block]) -> None:
    pages = pages_of(*blocks, table(row(cell(*blocks)), widths=(10,)))
    assert [len(text_lines(page)) for page in pages] == [1] * len(pages)
