"""Opens `templates/base.docx`, the one stylesheet of both outputs: the styles, the page and the settings.

In: the path. Out: a `BasePackage`, whose `stylesheet` layout follows and whose parts every .docx carries on. Whatever
is wrong with the file becomes a diagnostic, and reading goes on, so that all is reported at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar, cast

from lxml import etree

from kotobuki.archive import PackageError
from kotobuki.diagnostics import Diagnostics, Place, nearest
from kotobuki.document import Document, Paragraph, Table, all_blocks
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.roles import DRAFT, PAGE_NUMBER, STANDARD, STYLES, TABLE_STYLES
from kotobuki.stylesheet import PageSetup, ParagraphStyle, Stylesheet, TableStyle
from kotobuki.word.markup import RELATIONSHIPS, word
from kotobuki.word.opc import read_parts
from kotobuki.word.styles import StylesPart

_A4 = PageSetup(width=595.3, height=841.9, top=56.7, right=56.7, bottom=56.7, left=56.7, header=28.35, footer=28.35)
_Style = TypeVar("_Style")
_PLAIN = ParagraphStyle(name=STANDARD.style, font="ＭＳ 明朝", size=12.0, line=18.0)
# Word takes an indent or space in characters or lines (chars, lines) for the true one, and the length beside it for a
# copy. Layout reads lengths; so that both go by the same figure, only lengths are carried on.
_IN_CHARACTERS = {"leftChars", "rightChars", "startChars", "endChars", "firstLineChars", "hangingChars"}
_IN_LINES = {"beforeLines", "afterLines", "beforeAutospacing", "afterAutospacing"}


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class BasePackage:
    """base.docx, opened once for any number of documents.

    `paragraph_ids`, `table_ids`: w:styleId by style name; `outline`: the outline level a paragraph style gives;
    `grid`: pitch of the document grid in pt, 0 = none; `styles`, `settings`, `fonts`: the parts, as text.
    """

    stylesheet: Stylesheet
    paragraph_ids: Mapping[str, str]
    table_ids: Mapping[str, str]
    outline: Mapping[str, int]
    grid: float
    styles: str
    settings: str
    fonts: str


class _Every(dict[str, _Style]):
    """What stands in for the styles of a file that cannot be read: it has them all, so that nothing else is blamed."""

    def __init__(self, style: _Style) -> None:
        super().__init__({STANDARD.style: style})
        self._style = style

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> _Style:
        return self._style


_STAND_IN = BasePackage(
    stylesheet=Stylesheet(_A4, _PLAIN.size, _Every(_PLAIN), _Every(TableStyle(name="表"))),
    paragraph_ids={},
    table_ids={},
    outline={},
    grid=0.0,
    styles="",
    settings="",
    fonts="",
)


def read_stylesheet(path: Path, diagnostics: Diagnostics, shown: str = "") -> Stylesheet:
    """The stylesheet alone, where no .docx is to be written."""
    return read_base(path, diagnostics, shown).stylesheet


def read_base(path: Path, diagnostics: Diagnostics, shown: str = "") -> BasePackage:
    """Opens base.docx (for the user: `shown`).

    Errors in it go to `diagnostics`; what is returned then serves only to go on looking for more. Read once a process,
    until the file changes: that takes longer than laying out a paper.
    """
    base, heard = _base_of(path, shown or str(path), _digest(path))
    diagnostics.hear(heard)
    return base


def _digest(path: Path) -> bytes:
    """SHA-256 of a file; b"" of one that cannot be read."""
    with suppress(OSError):
        return sha256(path.read_bytes()).digest()
    return b""


@lru_cache(maxsize=8)
def _base_of(path: Path, shown: str, digest: bytes) -> tuple[BasePackage, Diagnostics]:
    """The package of a file that has this digest, and what there is to say about it."""
    del digest  # tells apart what the same file held at different times
    diagnostics = Diagnostics()
    return _read(path, Place(shown), diagnostics), diagnostics


def _read(path: Path, place: Place, diagnostics: Diagnostics) -> BasePackage:
    try:
        parts = read_parts(path, ("styles", "settings", "fontTable"))
    except PackageError as error:
        remedy = "Word で開いて「Word 文書（.docx）」として保存し直すか、配布された base.docx を置いてください"
        diagnostics.error(place, "base-file", f"スタイルの元になる文書を読めません。{error}", remedy)
        return _STAND_IN
    styles = parts.get("styles", etree.Element(word("styles")))
    reader, faults = StylesPart(styles), _Faults()
    roles, tables = list(reader.roles()), list(reader.tables())
    paragraphs = {style.name: reader.paragraph_style(style, faults.add) for style in roles}
    looks = {style.name: reader.table_style(style, faults.add) for style in tables}
    faults.tell(place, diagnostics)
    section = _section(parts)
    page = _page_setup(section)
    _require({each.style for each in (STANDARD, PAGE_NUMBER, DRAFT)}, paragraphs, place, diagnostics)
    if page is None:
        remedy = "Word でページ設定を開き、用紙と余白を決めて保存してください"
        diagnostics.error(place, "base-page", "用紙の大きさと余白が決まっていません", remedy)
    plain = paragraphs.setdefault(STANDARD.style, _PLAIN)
    return BasePackage(
        stylesheet=Stylesheet(page or _A4, plain.size, paragraphs, looks),
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


def check_roles(document: Document, stylesheet: Stylesheet, shown: str, diagnostics: Diagnostics) -> None:
    """Reports the styles that base.docx (for the user: `shown`) lacks: any that Kotobuki may give to a paragraph or table
    by itself, whether this document has one of that look or not, and those that the document's templates name.
    """
    blocks = [block for paper in document.papers for block in all_blocks(paper.blocks)]
    styles = STYLES | {block.role for block in blocks if isinstance(block, Paragraph)}
    styles |= {role for inside in {block.inside for block in blocks if block.inside} for role in inside.split("/")}
    tables = TABLE_STYLES | {block.style for block in blocks if isinstance(block, Table)}
    _require(styles, stylesheet.paragraphs, Place(shown), diagnostics)
    _require(tables, stylesheet.tables, Place(shown), diagnostics)


def _require(
    names: Set[str],
    known: Mapping[str, ParagraphStyle] | Mapping[str, TableStyle],
    place: Place,
    diagnostics: Diagnostics,
) -> None:
    for name in sorted(name for name in names if name not in known):
        close = nearest(name, list(known))
        hint = f"。「{close}」の名前を変えたのなら元に戻してください" if close else ""
        remedy = f"Word で base.docx を開き、「{name}」という名前のスタイルを作ってください{hint}"
        diagnostics.error(place, "base-style", f"スタイル「{name}」がありません", remedy)


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
