"""The parts of a .docx around its body: sections, headers and footers, settings, properties."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256

from kotobuki.document import DRAFT_MARK, Block, Document, Paper, Revision
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.remembering import remembered
from kotobuki.roles import DRAFT, PAGE_NUMBER
from kotobuki.stylesheet import PageSetup
from kotobuki.word.base import BasePackage
from kotobuki.word.inlines import Marks, page_number, plain_run, running_number, tracked
from kotobuki.word.markup import COMPATIBILITY, EXTENSIONS_2012, HEAD, RELATIONSHIPS, WORD, attribute, text, twips

_NUMBERED, _UNNUMBERED = "footer1", "footer2"
_DRAFT, _NO_DRAFT = "header1", "header2"
_DRAFTS: dict[str, Revision] = {_DRAFT: "", "header3": "inserted", "header4": "deleted"}
_RUNNING = 3  # the first footer with a number in the packet: each such paper has its own


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks, and the page that they stand on.

    In a redline, `properties` is what Word is told of both versions, and `old_page` the page it was.
    """

    blocks: tuple[Block, ...]
    page: PageSetup
    properties: str = ""
    old_page: PageSetup | None = None


def furniture_of(paper: Paper, papers: Sequence[Paper]) -> tuple[str, ...]:
    """The header and footer of a paper in a file of these papers. None goes without: it would show the one before."""
    footer = _UNNUMBERED if paper.numbering == "none" else _NUMBERED
    if paper.running:
        footer = f"footer{_RUNNING + papers.index(paper)}"
    header = _DRAFT if paper.draft else _NO_DRAFT
    if paper.was and paper.was.draft != paper.draft:
        header = "header3" if paper.draft else "header4"
    return (header, footer) if any(each.draft or (each.was and each.was.draft) for each in papers) else (footer,)


def furniture_part(name: str, papers: Sequence[Paper], base: BasePackage, marks: Marks) -> str:
    """A header or footer part: the page number as a field, the mark 案, or nothing."""
    root, role = ("w:ftr", PAGE_NUMBER) if name.startswith("footer") else ("w:hdr", DRAFT)
    look, content = "", page_number() if name == _NUMBERED else ""
    if name in _DRAFTS:
        content = tracked(plain_run(DRAFT_MARK), _DRAFTS[name], marks)
    if name.startswith("footer") and int(name[6:]) >= _RUNNING:
        look, content = _running_footer(papers[int(name[6:]) - _RUNNING], base)
    style = attribute(base.paragraph_ids[role.style])
    paragraph = f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{look}</w:pPr>{content}</w:p>'
    more = f' xmlns:mc="{COMPATIBILITY}" xmlns:w15="{EXTENSIONS_2012}" mc:Ignorable="w15"' if look else ""
    # Nothing here is related to other parts; but some readers (docx2python) take the prefix for granted.
    return f'{HEAD}<{root} xmlns:w="{WORD}" xmlns:r="{RELATIONSHIPS}"{more}>{paragraph}</{root}>'


def _running_footer(paper: Paper, base: BasePackage) -> tuple[str, str]:
    """Properties and runs of a line with the page number in the middle and that of the packet at the right."""
    width = base.stylesheet.page.text_width
    tabs = (
        f'<w:tabs><w:tab w:val="center" w:pos="{twips(width / 2)}"/>'
        f'<w:tab w:val="right" w:pos="{twips(width)}"/></w:tabs><w:jc w:val="left"/>'
    )
    tab = "<w:r><w:tab/></w:r>"
    own = "" if paper.numbering == "none" else page_number()
    running = running_number(paper.running) if paper.running else ""
    return tabs, f"{tab}{own}{tab}{running}"


def section(paper: Paper, papers: Sequence[Paper], base: BasePackage, page: PageSetup, *, begins: bool) -> str:
    """The properties of a section of a paper: furniture, page, numbering, document grid. `begins`: it is the first."""
    return section_of(paper, papers, contents(paper, base, page, begins=begins))


def section_of(paper: Paper, papers: Sequence[Paper], content: str) -> str:
    """The properties of a section: its furniture and `content`."""
    references = "".join(
        f'<w:{name[:6]}Reference w:type="default" r:id="{name}"/>' for name in furniture_of(paper, papers)
    )
    return f"<w:sectPr>{references}{content}</w:sectPr>"


def contents(paper: Paper, base: BasePackage, page: PageSetup, *, begins: bool) -> str:
    """What a section says besides its furniture: page, numbering, document grid."""
    landscape = ' w:orient="landscape"' if page.width > page.height else ""
    sides = ("top", "right", "bottom", "left", "header", "footer")
    margins = "".join(f' w:{side}="{twips(getattr(page, side))}"' for side in sides)
    first = paper.first_page if paper.numbering == "start" else 1 if paper.running and paper.numbering == "none" else 0
    start = f'<w:pgNumType w:start="{first}"/>' if first and begins else ""
    grid = f'<w:docGrid w:type="lines" w:linePitch="{twips(base.grid)}"/>' if base.grid else ""
    return (
        f'<w:pgSz w:w="{twips(page.width)}" w:h="{twips(page.height)}"{landscape}/>'
        f'<w:pgMar{margins} w:gutter="0"/>{start}{grid}'
    )


@lru_cache(maxsize=8)  # one value for all documents of a run, whose bytes are looked through and deflated once
def styles_part(base: BasePackage, font: str, *, hang_in_cells: bool = False) -> bytes:
    """The styles, with `font` in place of the typeface of the document and of 標準 if it is given.

    `hang_in_cells`: none of them keeps 、 and 。 from hanging.
    """
    return _styles(base.styles, font, hang_in_cells) if font or hang_in_cells else (HEAD + base.styles).encode()


def fonts_part(base: BasePackage, font: str) -> bytes:
    """The font table, with an entry for `font` if it is given: a Japanese face to be replaced by one of its like."""
    return _fonts(base.fonts, font)


def settings_part(base: BasePackage, *, squeeze: bool, strict_kinsoku: bool) -> bytes:
    """The settings, with what a document says of squeezing punctuation and of kinsoku."""
    return _settings(base.settings, squeeze, strict_kinsoku)


@remembered
def _styles(styles: str, font: str, hang_in_cells: bool) -> bytes:
    from kotobuki.word.shared_parts import styles_with

    return styles_with(styles, font, hang_in_cells=hang_in_cells)


@remembered
def _fonts(fonts: str, font: str) -> bytes:
    from kotobuki.word.shared_parts import fonts_with

    return fonts_with(fonts, font)


@remembered
def _settings(settings: str, squeeze: bool, strict_kinsoku: bool) -> bytes:
    from kotobuki.word.shared_parts import settings_with

    return settings_with(settings, squeeze=squeeze, strict_kinsoku=strict_kinsoku)


def core_properties(document: Document) -> str:
    """Title, author, subject, language. No dates: they would differ from build to build, or be untrue."""
    named = (("title", document.title), ("subject", document.subject), ("creator", document.author))
    said = "".join(f"<dc:{name}>{text(value)}</dc:{name}>" for name, value in named if value)
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/">{said}<dc:language>ja-JP</dc:language></cp:coreProperties>'
    )


def custom_properties(document: Document) -> str:
    """One property: the digest of the case that the papers were made of, or of the digests of several; "" = none known."""
    sources = list(dict.fromkeys(paper.source for paper in document.papers if paper.source))
    if not sources:
        return ""
    digest = sources[0] if len(sources) == 1 else sha256("\n".join(sources).encode()).hexdigest()
    return (
        f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="KotobukiSource">'
        f"<vt:lpwstr>sha256:{digest}</vt:lpwstr></property></Properties>"
    )
