"""Reads the bytes of a base.docx: its styles, page and settings.

In: the file. Out: a `BasePackage`. Whatever is wrong with it becomes a diagnostic, and reading goes on, so that all is
reported at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from lxml import etree

from kotobuki.archive import PackageError
from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.roles import DRAFT, PAGE_NUMBER, STANDARD
from kotobuki.stylesheet import PageSetup, Stylesheet
from kotobuki.word.base import A4, PLAIN, BasePackage, require_styles, unreadable
from kotobuki.word.markup import RELATIONSHIPS, word
from kotobuki.word.opc import read_parts
from kotobuki.word.styles import StylesPart

# Word takes an indent or space in characters or lines (chars, lines) for the true one, and the length beside it for a
# copy. Layout reads lengths; so that both go by the same figure, only lengths are carried on.
_IN_CHARACTERS = {"leftChars", "rightChars", "startChars", "endChars", "firstLineChars", "hangingChars"}
_IN_LINES = {"beforeLines", "afterLines", "beforeAutospacing", "afterAutospacing"}


def base_of(data: bytes, place: Place, diagnostics: Diagnostics) -> BasePackage:
    """The package in the file that has these bytes and is called `place`; of one that is none, what stands in for it."""
    try:
        parts = read_parts(data, ("styles", "settings", "fontTable"))
    except PackageError as error:
        return unreadable(error, place, diagnostics)
    styles = parts.get("styles", etree.Element(word("styles")))
    reader, faults = StylesPart(styles), _Faults()
    roles, tables = list(reader.roles()), list(reader.tables())
    paragraphs = {style.name: reader.paragraph_style(style, faults.add) for style in roles}
    looks = {style.name: reader.table_style(style, faults.add) for style in tables}
    faults.tell(place, diagnostics)
    section = _section(parts)
    page = _page_setup(section)
    require_styles({each.style for each in (STANDARD, PAGE_NUMBER, DRAFT)}, paragraphs, place, diagnostics)
    if page is None:
        remedy = "Word でページ設定を開き、用紙と余白を決めて保存してください"
        diagnostics.error(place, "base-page", "用紙の大きさと余白が決まっていません", remedy)
    plain = paragraphs.setdefault(STANDARD.style, PLAIN)
    return BasePackage(
        stylesheet=Stylesheet(page or A4, plain.size, paragraphs, looks),
        paragraph_ids={style.name: style.key for style in roles},
        table_ids={style.name: style.key for style in tables},
        outline={style.name: reader.outline_level(style) for style in roles},
        grid=_grid(section),
        styles=_carried(styles),
        settings=_carried(parts.get("settings", etree.Element(word("settings")))),
        fonts=_carried(parts.get("fontTable", etree.Element(word("fonts")))),
    )


class _Faults:
    """What is wrong with the styles, each fault once: one of 標準 is inherited by all others."""

    def __init__(self) -> None:
        self._styles: dict[tuple[str, str, str], list[str]] = {}

    def add(self, rule: str, style: str, fault: str, remedy: str) -> None:
        self._styles.setdefault((rule, fault, remedy), []).append(style)

    def tell(self, place: Place, diagnostics: Diagnostics) -> None:
        for (rule, fault, remedy), styles in self._styles.items():
            add = diagnostics.warning if rule == "base-unseen" else diagnostics.error
            others = f"ほか{len(styles) - 1}" if len(styles) > 1 else ""
            add(place, rule, f"スタイル「{styles[0]}」{others}の{fault}", remedy)


def _section(parts: Mapping[str, etree._Element]) -> etree._Element | None:
    """The properties of the document's last section: those that Word shows for a document of one section."""
    return parts["officeDocument"].find(f"{word('body')}/{word('sectPr')}")


def _page_setup(section: etree._Element | None) -> PageSetup | None:
    """Sizes and margins, a gutter (とじしろ) counted as margin; None if they leave no room for text."""
    width, height = (_points(section, "pgSz", side) for side in ("w", "h"))
    sides = ("top", "right", "bottom", "left", "header", "footer")
    margins = {side: _points(section, "pgMar", side) for side in sides}
    margins["left"] += _points(section, "pgMar", "gutter")
    page = PageSetup(width=width, height=height, **margins)
    return page if page.text_width > 0 and page.text_height > 0 else None


def _points(section: etree._Element | None, element: str, name: str) -> float:
    found = None if section is None else section.find(word(element))
    value = "0" if found is None else found.get(word(name), "0")
    # A negative margin means a fixed one, whatever the header needs.
    return int(value.lstrip("-")) / 20 if value.lstrip("-").isdecimal() else 0.0


def _grid(section: etree._Element | None) -> float:
    grid = None if section is None else section.find(word("docGrid"))
    pitch = "" if grid is None or grid.get(word("type")) in {None, "default"} else grid.get(word("linePitch"), "")
    return int(pitch) / 20 if pitch.isdecimal() else 0.0


def _carried(root: etree._Element) -> str:
    """A part as it goes into every document: without what leads to other parts, which are not carried on."""
    linked = root.xpath("//*[@r:*]", namespaces={"r": RELATIONSHIPS})
    for element in cast("list[etree._Element]", linked):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    counted = {word(name) for name in _IN_CHARACTERS | _IN_LINES}
    for element in root.iter(word("ind"), word("spacing")):
        for name in counted.intersection(element.keys()):
            del element.attrib[name]
    return etree.tostring(root, encoding="unicode")
