"""What other programs read out of the written .docx: the words of the Document, in its order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO

import docx
import docx2python
import mammoth
import pypandoc
import pytest
from docx.blkcntnr import BlockItemContainer
from docx.document import Document as OpenedDocument
from docx.table import Table as OpenedTable
from support.sample_papers import sample
from support.word_samples import base

from kotobuki.document import Block, Document, Figure, Paragraph, Table
from kotobuki.drawing import Box
from kotobuki.word.writer import write_docx

CASES = ["02", "03", "06"]


@cache
def written(case: str) -> bytes:
    return write_docx(sample(case), base())


def joined(words: str) -> str:
    """Without blanks: readers part paragraphs, labels and lines each in their own way."""
    return re.sub(r"\s", "", words)


def words_of(document: Document, *, figures: bool) -> str:
    return joined("".join(word for paper in document.papers for word in _words(paper.blocks, figures=figures)))


def _words(blocks: Sequence[Block], *, figures: bool) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph():
                yield block.label + block.text
            case Table():
                for row in block.rows:
                    for cell in row.cells:
                        yield from _words(cell.blocks, figures=figures)
            case Figure():
                assert block.drawing is not None
                boxes = [shape for shape in block.drawing.shapes if isinstance(shape, Box) and figures]
                yield from (words.text for box in boxes for words in box.words)


@pytest.mark.parametrize("case", CASES)
def test_python_docx_reads_the_words_of_paragraphs(case: str) -> None:
    """It sees no shapes at all, here as in Word's own files."""
    found = "".join(_paragraphs(docx.Document(BytesIO(written(case)))))
    assert joined(found) == words_of(sample(case), figures=False)


def _paragraphs(container: OpenedDocument | BlockItemContainer) -> Iterator[str]:
    for block in container.iter_inner_content():
        if isinstance(block, OpenedTable):
            seen = set()  # a merged cell is given once for each place it covers
            for row in block.rows:
                for cell in row.cells:
                    if cell._tc not in seen:
                        seen.add(cell._tc)
                        yield from _paragraphs(cell)
        else:
            yield block.text


@pytest.mark.parametrize("case", CASES)
def test_mammoth_reads_all_words(case: str) -> None:
    found = mammoth.extract_raw_text(BytesIO(written(case)))
    assert joined(found.value) == words_of(sample(case), figures=True)


@pytest.mark.parametrize("case", ["02", "03"])
def test_docx2python_reads_all_words(case: str) -> None:
    """Of papers without figures: those of a shape it reads twice, once as Word shows them and once for others."""
    with docx2python.docx2python(BytesIO(written(case)), duplicate_merged_cells=False) as opened:
        found = "".join(_strings(opened.body))
    assert joined(re.sub(r"----Image alt text---->.*?<", "", found)) == words_of(sample(case), figures=True)


def _strings(nested: object) -> Iterator[str]:
    if isinstance(nested, str):
        yield nested
    elif isinstance(nested, list):
        for each in nested:
            yield from _strings(each)


@pytest.mark.process
@pytest.mark.parametrize("case", CASES)
def test_pandoc_reads_all_words(case: str) -> None:
    tree = json.loads(pypandoc.convert_text(written(case), "json", "docx"))
    assert joined("".join(_texts(tree["blocks"]))) == words_of(sample(case), figures=True)


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if node.get("t") == "Str":
            yield node["c"]
        yield from _texts(node.get("c"))
    elif isinstance(node, list):
        for each in node:
            yield from _texts(each)
