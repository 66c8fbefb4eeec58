"""A file as it is being written: what there is to say of it and, of a case, its pages and where their words are written.

In: the text of a file of the project, saved or not. Out: what the browser shows beside it. What the browser has already,
by its digest, is not sent again. Pages are told by their drawing, so two that look the same are the same; places by
themselves, for a line more at the beginning of a case moves them all, and no page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from pathlib import Path

from kotobuki.build.jobs import jobs_of
from kotobuki.build.session import Preview, Session
from kotobuki.build.workshop import fonts_of
from kotobuki.diagnostics import Diagnostics
from kotobuki.document import Document
from kotobuki.editor import told
from kotobuki.editor.asked import Asked, text, texts
from kotobuki.editor.desk import Desk
from kotobuki.editor.disk.library import Kind
from kotobuki.editor.paper.places import Source, boxes
from kotobuki.editor.told import Json
from kotobuki.fonts import find_font, font_files
from kotobuki.layout.page import Page
from kotobuki.project import Project
from kotobuki.reading.openings import openings_of
from kotobuki.reading.source import sound_lines
from kotobuki.svg import ScreenFont, page_svg, screen_font


def answer(desk: Desk, asked: Asked) -> Json:
    """`preview {"file", "text", "known"}`."""
    entry = desk.library.entry(text(asked, "file"))
    file, written = desk.library.path(entry), text(asked, "text")
    known = frozenset(texts(asked, "known"))
    if entry.kind != "case":
        return checked(desk.root, file, entry.kind, written)
    found, fonts = preview(desk.session, file, written, known)
    desk.fonts.update({font.key: font for font in fonts if font.key})
    return found


def preview(
    session: Session, file: Path, written: str, known: Collection[str] = ()
) -> tuple[Json, tuple[ScreenFont, ...]]:
    """A case; and the fonts of its pages, whose files may be asked for next.

    `known`: the digests, of pages and of places, of what need not be sent.
    """
    data = written.encode()
    made = session.make(file, {file: data})
    shown = Project(session.root, Diagnostics()).shown(file)
    pages = [page for papers in made.papers for page in papers]
    files = font_files()
    fonts = {name: screen_font(find_font([name], files)) for name in fonts_of(pages)}
    source = Source(shown, sound_lines(data))
    names = {paper.key: paper.name for paper in made.document.papers} if made.document else {}
    leaves, svgs, places = list[Json](), dict[str, str](), dict[str, list[list[float]]]()
    for page in pages:
        svg = page_svg(page, fonts)
        own = [list(box) for box in boxes(page, lambda name: fonts[name].face, source)]
        digest, places_digest = _digest(svg), _digest(repr(own))
        if digest not in known:
            svgs[digest] = svg
        if places_digest not in known:
            places[places_digest] = own
        leaves.append(
            {
                "digest": digest,
                "places_digest": places_digest,
                "width": page.width,
                "height": page.height,
                "paper": names[page.paper],
                "number": page.printed_number,
            }
        )
    found: Json = {
        **_said(made, shown, data),
        "pages": leaves,
        "svg": svgs,
        "places": places,
        "papers": list(_papers(made.document, made.papers)) if made.document else [],
        "fonts": [{"key": font.key, "family": font.family} for font in fonts.values() if font.key],
    }
    return found, tuple(fonts.values())


def checked(root: Path, file: Path, kind: Kind, written: str) -> Json:
    """A file that is no case: what there is to say of it."""
    diagnostics, data = Diagnostics(), written.encode()
    project = Project(root, diagnostics, {file.resolve(): data})
    if kind == "meeting":
        jobs_of(file.parent, project)
    else:
        _ = project.organization
    shown = project.shown(file)
    nothing: Json = {"pages": [], "svg": {}, "places": {}, "papers": [], "fonts": []}
    return {**_said(Preview(tuple(diagnostics)), shown, data), **nothing}


def _said(made: Preview, shown: str, data: bytes) -> Json:
    openings = made.openings or openings_of(data, shown)
    return {
        "ok": not any(each.severity == "error" for each in made.diagnostics),
        "diagnostics": told.diagnostics(made.diagnostics, shown),
        "open": {"placeholders": len(openings.placeholders), "reviews": len(openings.reviews)},
    }


def _papers(document: Document, papers: tuple[tuple[Page, ...], ...]) -> Iterator[Json]:
    first = 0
    for paper, pages in zip(document.papers, papers, strict=True):
        yield {"key": paper.key, "name": paper.name, "first": first, "count": len(pages)}
        first += len(pages)


def _digest(value: str) -> str:
    """By which a page or its places are told from others: short, for there are but some dozen."""
    return hashlib.sha256(value.encode()).hexdigest()[:24]
