"""Which files the pictures of a document are: asked of each, while few have any."""

from __future__ import annotations

from pathlib import Path

from kotobuki.case.figures import Picture
from kotobuki.document import Document, Figure, all_blocks, has_figures


def picture_files(document: Document) -> list[Path]:
    """The files of the pictures of a document, which its making has read."""
    return [
        file_of(block.figure)
        for paper in document.papers
        if has_figures(paper.blocks)
        for block in all_blocks(paper.blocks)
        if isinstance(block, Figure) and isinstance(block.figure, Picture)
    ]


def file_of(picture: Picture) -> Path:
    """The file of a picture, beside its case."""
    return Path(picture.place.path).parent / picture.file
