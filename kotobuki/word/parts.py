"""The parts of a .docx around its body: sections, headers and footers, settings, properties."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256

from lxml import etree

from kotobuki.document import DRAFT_MARK, Block, Document, Paper, Revision
from kotobuki.japanese.characters import NOT_ENDING, NOT_STARTING, NOT_STARTING_STRICT
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.roles import DRAFT, PAGE_NUMBER
from kotobuki.stylesheet import PageSetup
from kotobuki.word.base import BasePackage
from kotobuki.word.inlines import Marks, page_number, plain_run, running_number, tracked
from kotobuki.word.markup import COMPATIBILITY, EXTENSIONS_2012, HEAD, RELATIONSHIPS, WORD, attribute, text, twips, word
from kotobuki.word.xml import parse

_NUMBERED, _UNNUMBERED = "footer1", "footer2"
_DRAFT, _NO_DRAFT = "header1", "header2"
_DRAFTS: dict[str, Revision] = {_DRAFT: "", "header3": "inserted", "header4": "deleted"}
_MODE, _SQUEEZING_MODE = "15", "14"
"""Word's compatibility modes: since that of Word 2013 (15), nothing is squeezed in cells or in what is not justified."""
_RARE = frozenset("ゕゖㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯ")
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


@lru_cache(maxsize=8)  # these three are the same for all documents of a run
def styles_part(base: BasePackage, font: str, *, hang_in_cells: bool = False) -> bytes:
    """The styles, with `font` in place of the typeface of the document and of 標準 if it is given.

    `hang_in_cells`: none of them keeps 、 and 。 from hanging.
    """
    if not font and not hang_in_cells:
        return (HEAD + base.styles).encode()
    root = parse(base.styles.encode())
    for properties in root.iter(word("pPr")) if hang_in_cells else ():
        for hanging in properties.findall(word("overflowPunct")):
            properties.remove(hanging)
    return _written(_in_font(root, font) if font else root)


def _in_font(root: etree._Element, font: str) -> etree._Element:
    standard = [each for each in root.iterfind(word("style")) if each.get(word("default")) and _is_paragraph(each)]
    for holder in (*root.iterfind(word("docDefaults")), *standard):
        for fonts in holder.iter(word("rFonts")):
            fonts.attrib.clear()
            for slot in ("ascii", "eastAsia", "hAnsi"):
                fonts.set(word(slot), font)
    return root


@lru_cache(maxsize=8)
def fonts_part(base: BasePackage, font: str) -> bytes:
    """The font table, with an entry for `font` if it is given: a Japanese face to be replaced by one of its like."""
    root = parse(base.fonts.encode())
    if font and all(each.get(word("name")) != font for each in root):
        entry = etree.SubElement(root, word("font"), {word("name"): font})
        for name, value in (("charset", "80"), ("family", "roman"), ("pitch", "fixed")):
            etree.SubElement(entry, word(name), {word("val"): value})
    return _written(root)


@lru_cache(maxsize=8)
def settings_part(base: BasePackage, *, squeeze: bool, strict_kinsoku: bool) -> bytes:
    """The settings, with what a document says of squeezing punctuation and of kinsoku."""
    root = parse(base.settings.encode())
    for name in ("strictFirstAndLastChars", "noLineBreaksAfter", "noLineBreaksBefore"):
        for said in root.findall(word(name)):
            root.remove(said)
    control = root.find(word("characterSpacingControl"))
    if control is None:  # the settings have a fixed order
        control = etree.Element(word("characterSpacingControl"))
        compat = root.find(word("compat"))
        root.insert(len(root) if compat is None else root.index(compat), control)
    control.set(word("val"), "compressPunctuation" if squeeze else "doNotCompress")
    for said in root.iter(word("compatSetting")):
        if said.get(word("name")) == "compatibilityMode":
            said.set(word("val"), _SQUEEZING_MODE if squeeze else _MODE)
    for said in reversed(_kinsoku(strict=strict_kinsoku)):
        control.addnext(said)
    return _written(root)


def _written(root: etree._Element) -> bytes:
    return (HEAD + etree.tostring(root, encoding="unicode")).encode()


def _kinsoku(*, strict: bool) -> list[etree._Element]:
    """The level of kinsoku, and its sets: those of Word with what the house adds to them.

    A set has at most 100 characters. The strict one is longer: the small kana of Ainu and half-width ones are left out.
    """
    level = [etree.Element(word("strictFirstAndLastChars"))] if strict else []
    not_starting = NOT_STARTING_STRICT if strict else NOT_STARTING
    for name, members in (("noLineBreaksAfter", NOT_ENDING), ("noLineBreaksBefore", not_starting)):
        listed = etree.Element(word(name))
        listed.set(word("lang"), "ja-JP")
        listed.set(word("val"), "".join(sorted(members - _RARE)))
        level.append(listed)
    return level


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


def _is_paragraph(style: etree._Element) -> bool:
    return style.get(word("type")) == "paragraph"
