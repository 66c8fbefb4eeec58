"""The inlines of a paragraph in, the runs of WordprocessingML out.

Letter-spacing (均等割付) is a property of the characters (w:spacing), never a stored space. It is marked as such, too
(w:fitText), so that Word keeps the width when a clerk edits the name: Word then goes by fitText alone, other programs
by the spacing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from hashlib import blake2b
from itertools import zip_longest
from typing import Literal, assert_never

from kotobuki.document import Enclosed, Inline, PageRef, Paragraph, Piece, Revision, Run, Running
from kotobuki.drawing import Image
from kotobuki.japanese.characters import advance_em, natural_width_em
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.lazy_patterns import lazy_pattern
from kotobuki.stylesheet import (
    ASCENT_EM,
    ENCLOSED_CIRCLE_EM,
    ENCLOSED_ROOM_EM,
    ENCLOSED_RULE_EM,
    ENCLOSED_SIZE_EM,
    ParagraphStyle,
    baseline,
)
from kotobuki.word.markup import DRAWING, SHAPES, emu, half_points, text, twips

# The hint makes Word set signs that Japanese and Western type share (‥ ※ → ①) in the Japanese font and width.
_HINT = '<w:rFonts w:hint="eastAsia"/>'
_PLAIN = f"<w:rPr>{_HINT}</w:rPr>"

# The elements of words, and as which they are kept once they are deleted.
_WORDS = lazy_pattern(r"(</?w:)(t|instrText)(?=[ >])")
_DELETED = {"t": "delText", "instrText": "delInstrText"}


SLOT = "\0"
"""Stands before and behind the name of what a file says in a paper that may go into several; no words can hold it."""
Row = Literal["bookmark", "drawing", "fit"]
_MIDDLE_EM = ASCENT_EM - 0.5  # the middle of the em box above the baseline


@dataclass(slots=True, kw_only=True)
class Marks:
    """What is met while a paper is written: what must be unique in its file, and what only the file can say.

    `paper`: its key. `bookmarks`: names of the bookmarks at the first and last paragraph of each paper in the file, by
    its key. `signed`: who made the tracked changes and when, as attributes.
    """

    paper: str = ""
    bookmarks: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    signed: str = ""
    numbers: dict[Row, list[str]] = field(default_factory=lambda: {"bookmark": [], "drawing": [], "fit": []})
    """The slots of the numbers of each row. Bookmarks and tracked changes take them from one row, as Word does."""
    paragraphs: dict[str, int] = field(default_factory=dict)
    """How many paragraphs of the same role and words there were."""
    images: dict[str, Image] = field(default_factory=dict)
    """The images met, by their digest."""
    leads: bool = False
    """Whether anything leads to a paper, which is in one file and not in another."""

    def number(self, row: Row) -> str:
        """The next number of a row: a slot, as it depends on the papers before in the file."""
        slots = self.numbers[row]
        slots.append(name := f"{row}{len(slots)}")
        return f"{SLOT}{name}{SLOT}"


def label_and_inlines(
    paragraph: Paragraph | Piece, style: ParagraphStyle, marks: Marks, revision: Revision = ""
) -> str:
    """The runs of a paragraph or of a piece of one: its label, a tab if it has one, its inlines."""
    inlines = paragraph.inlines
    label = _label(paragraph.label, style, tab=paragraph.tab) if paragraph.label or paragraph.tab else ""
    if not revision and len(inlines) == 1 and _is_plain(inlines[0]):  # as nearly all
        return label + _piece(inlines[0].text)
    label = tracked(label, revision, marks)
    return label + "".join([_inline(inline, style, marks, revision) for inline in _with_room(inlines)])


def _is_plain(inline: Inline) -> bool:
    """Whether it is nothing but words, as their style has them."""
    return isinstance(inline, Run) and not (
        inline.link or inline.gap_em or inline.underlined or inline.fit_em is not None
    )


def _label(label: str, style: ParagraphStyle, *, tab: bool) -> str:
    """A label, its tab, and the blank that leads the tab past stops too near."""
    if not tab:
        return _piece(label)
    blank = math.ceil(style.blank_behind(label) * 20)
    if not blank:
        return f"<w:r>{_PLAIN}{_words(label)}<w:tab/></w:r>"
    last = _last_character(label)
    return f"{_piece(label[:last])}{_piece(label[last:], blank)}<w:r>{_PLAIN}<w:tab/></w:r>"


def lead(paragraph: Paragraph, style: ParagraphStyle) -> float:
    """Blank in pt before the first character: the room that an enclosed one needs for its circle."""
    if paragraph.inlines and isinstance(paragraph.inlines[0], Enclosed) and not paragraph.label:
        return _enclosed_blank(style)
    return 0.0


def plain_run(words: str) -> str:
    """A run of characters as their style has them."""
    return _piece(words)


def page_number() -> str:
    """The runs of a PAGE field."""
    return _field("PAGE", "1")


def running_number(running: Running) -> str:
    """The number of a page in the packet: what its own number is behind is added by a formula.

    Only Word reckons with a field inside a formula. Other programs are given the number of a single page, and of
    several none: better than a wrong one.
    """
    others = plain_run(running.text(running.first)) if running.single else ""
    formula = _sum("PAGE", str(running.first - running.ahead), running.ahead, str(running.first))
    return _for_word(plain_run(running.before) + formula + plain_run(running.after), others)


def change(name: str, marks: Marks) -> str:
    """The head of an element that says what was changed, by whom and when; its end is left open."""
    return f'<w:{name} w:id="{marks.number("bookmark")}"{marks.signed}'


def tracked(runs: str, revision: Revision, marks: Marks) -> str:
    """Runs as inserted or deleted. Deleted words are kept in elements of their own."""
    if not revision or not runs:
        return runs
    if revision == "inserted":
        return f"{change('ins', marks)}>{runs}</w:ins>"
    return f"{change('del', marks)}>{_WORDS.sub(lambda word: word[1] + _DELETED[word[2]], runs)}</w:del>"


def bookmark(name: str, marks: Marks) -> str:
    """A bookmark at a point, which links and references to pages lead to."""
    number = marks.number("bookmark")
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'


def hidden_bookmark(paragraph: Paragraph, marks: Marks) -> str:
    """A bookmark that Word does not list (_kb…), by which the paragraph is known again in an edited file.

    Its name comes of the paper, the role and the words, and of how many there were of these before: the same in every
    build, and kept where other paragraphs change.
    """
    content = "\0".join((marks.paper, paragraph.role, paragraph.label, paragraph.text))
    count = marks.paragraphs[content] = marks.paragraphs.get(content, 0) + 1
    digest = blake2b(f"{content}\0{count}".encode(errors="replace"), digest_size=8)
    return bookmark(f"_kb{digest.hexdigest()}", marks)


def _with_room(inlines: Sequence[Inline]) -> Iterator[Inline]:
    """Gives the blank before an enclosed character to the run before it; at the head of a paragraph it is indented."""
    for inline, following in zip_longest(inlines, inlines[1:]):
        if isinstance(inline, Run) and isinstance(following, Enclosed):
            yield replace(inline, gap_em=inline.gap_em + (ENCLOSED_ROOM_EM - ENCLOSED_SIZE_EM) / 2)
        else:
            yield inline


def _inline(inline: Inline, style: ParagraphStyle, marks: Marks, revision: Revision) -> str:
    match inline:
        case Run():  # changes stand in the link, never around it
            runs = tracked(_run(inline, style, marks), revision, marks)
            marks.leads |= bool(inline.link)
            target = marks.bookmarks.get(inline.link)
            link = f'<w:hyperlink w:anchor="{target[0]}" w:history="1">' if target and runs else ""
            return f"{link}{runs}</w:hyperlink>" if link else runs
        case Enclosed():
            return tracked(_enclosed(inline, style, marks), revision, marks)
        case PageRef():
            return tracked(_page_ref(inline, marks), revision, marks)
        case _:
            assert_never(inline)


def _run(run: Run, style: ParagraphStyle, marks: Marks) -> str:
    if run.underlined:  # of plain words: nothing spread is compared
        return f'<w:r><w:rPr>{_HINT}<w:u w:val="single"/></w:rPr>{_words(run.text)}</w:r>' if run.text else ""
    if run.fit_em is None and not run.gap_em:
        return _piece(run.text)
    spread = 0.0 if run.fit_em is None else run.fit_em - natural_width_em(run.text)
    last = _last_character(run.text)
    gaps = sum(advance_em(ch) > 0 for ch in run.text[:last])
    between = twips(spread / gaps * style.size) if gaps else 0
    after = twips((run.gap_em + (0.0 if gaps else spread)) * style.size)
    fit = ""
    if run.fit_em is not None and gaps and not after:  # Word overlooks spacing, and so the gap, where it fits text
        fit = f'<w:kern w:val="0"/><w:fitText w:val="{twips(run.fit_em * style.size)}" w:id="{marks.number("fit")}"/>'
    return _piece(run.text[:last], between, fit) + _piece(run.text[last:], after, fit)


def _piece(words: str, spacing: int = 0, fit: str = "") -> str:
    """A run of characters with `spacing` twips after each."""
    if not words:
        return ""
    if not spacing and not fit:
        return f'<w:r>{_PLAIN}<w:t xml:space="preserve">{text(words)}</w:t></w:r>'
    spaced = f'<w:spacing w:val="{spacing}"/>' if spacing else ""
    return f"<w:r><w:rPr>{_HINT}{spaced}{fit}</w:rPr>{_words(words)}</w:r>"


def _words(words: str) -> str:
    return f'<w:t xml:space="preserve">{text(words)}</w:t>'


def _last_character(words: str) -> int:
    """Where the last character begins, with the signs attached to it (variation selectors, voicing marks)."""
    return next((at for at in range(len(words) - 1, -1, -1) if advance_em(words[at]) > 0), 0)


def _page_ref(reference: PageRef, marks: Marks) -> str:
    marks.leads = True
    target = marks.bookmarks.get(reference.paper)
    if not target:
        return _piece(reference.text)
    instruction = f"PAGEREF {target[reference.edge == 'last']} \\h"
    if reference.ahead:
        own = str(int(reference.text) - reference.ahead)
        return _for_word(_sum(instruction, own, reference.ahead, reference.text), _piece(reference.text))
    return _field(instruction, reference.text)


def _field(instruction: str, result: str) -> str:
    return _mark("begin") + _code(instruction) + _mark("separate") + _piece(result) + _mark("end")


def _sum(instruction: str, own: str, ahead: int, result: str) -> str:
    """The formula that adds `ahead` to a field whose value is `own`."""
    formula = _code("=") + _field(instruction, own) + _code(f"{ahead:+d}")
    return _mark("begin") + formula + _mark("separate") + _piece(result) + _mark("end")


def _mark(kind: str) -> str:
    return f'<w:r>{_PLAIN}<w:fldChar w:fldCharType="{kind}"/></w:r>'


def _code(instruction: str) -> str:
    return f'<w:r>{_PLAIN}<w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'


def _for_word(runs: str, others: str) -> str:
    """`runs` for Word (2013 and later), `others` for programs that do not know its extensions, such as LibreOffice."""
    return (
        f'<mc:AlternateContent><mc:Choice Requires="w15">{runs}</mc:Choice>'
        f"<mc:Fallback>{others}</mc:Fallback></mc:AlternateContent>"
    )


def _enclosed(inline: Enclosed, style: ParagraphStyle, marks: Marks) -> str:
    """A small character, raised to the middle of the line, and a circle hung on it."""
    half = half_points(ENCLOSED_SIZE_EM * style.size)
    size = half / 2
    raised = half_points(_MIDDLE_EM * (style.size - size))
    diameter = ENCLOSED_CIRCLE_EM * style.size
    middle = baseline(style.line, style.size) - raised / 2 - _MIDDLE_EM * size
    circle = _circle(
        marks.number("drawing"),
        emu((size * advance_em(inline.text[-1:] or "　") - diameter) / 2),
        emu(middle - diameter / 2),
        emu(diameter),
        emu(ENCLOSED_RULE_EM * style.size),
    )
    properties = (
        f'{_HINT}<w:spacing w:val="{twips(_enclosed_blank(style))}"/><w:position w:val="{raised}"/>'
        f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
    )
    return f"<w:r>{circle}</w:r><w:r><w:rPr>{properties}</w:rPr><w:t>{text(inline.text)}</w:t></w:r>"


def _enclosed_blank(style: ParagraphStyle) -> float:
    return (ENCLOSED_ROOM_EM - ENCLOSED_SIZE_EM) / 2 * style.size


def _circle(number: str, x: int, y: int, diameter: int, rule: int) -> str:
    """A decorative ellipse behind the text, placed against the character and the line it is anchored in."""
    return (
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        f'<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{number}" behindDoc="1" locked="0"'
        ' layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="character"><wp:posOffset>{x}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="line"><wp:posOffset>{y}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{diameter}" cy="{diameter}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{number}" name="囲い文字の円 {number}" descr="">'
        f'<a:extLst xmlns:a="{DRAWING}"><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
        '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
        "</a:ext></a:extLst></wp:docPr><wp:cNvGraphicFramePr/>"
        f'<a:graphic xmlns:a="{DRAWING}"><a:graphicData uri="{SHAPES}"><wps:wsp><wps:cNvSpPr/><wps:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{diameter}" cy="{diameter}"/></a:xfrm>'
        '<a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom><a:noFill/>'
        f'<a:ln w="{rule}"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln></wps:spPr><wps:bodyPr/>'
        "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback/></mc:AlternateContent>"
    )
