"""A paragraph in, its set lines out: label and tab, indents, alignment, letter-spacing, circles, links.

Lengths in pt from the edge of the paragraph's column. The text between two spread or enclosed inlines is broken and
set as one piece by `lines`; a spread run or an enclosed character is a piece that stays whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from itertools import groupby, pairwise
from typing import NamedTuple

from kotobuki.document import Document, Paragraph, Run
from kotobuki.japanese.characters import space_em, traits
from kotobuki.japanese.units import unit_spans
from kotobuki.layout.blocks import EPSILON, Mark, SetLine, SetParagraph, SetText
from kotobuki.layout.lines import Fragment, Line, Measure, set_text
from kotobuki.layout.measuring import Advance, LineRules
from kotobuki.layout.origins import Origin
from kotobuki.layout.page import Circle, Heading, Link, Rule
from kotobuki.layout.pieces import LinkSpan, Piece, clusters, link_spans, pieces, underlined_spans
from kotobuki.layout.structure import Element, Part, Parts, Tags, parts_of
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.roles import Role
from kotobuki.stylesheet import (
    ENCLOSED_CIRCLE_EM,
    ENCLOSED_ROOM_EM,
    ENCLOSED_RULE_EM,
    ENCLOSED_SIZE_EM,
    Stylesheet,
    baseline,
)

UNDERLINE_EM = 0.16
"""The middle of an underline, below the baseline: just under the em box."""
UNDERLINE_RULE_EM = 0.05

DEFAULT_TAB_EM = 2.0  # distance of the tab stops that follow a style's own

_ENDLESS = 1e6  # em: a measure in which nothing breaks

Advances = Callable[[str], Advance]
"""By the name of a font, the widths of its characters in em."""


_BY_STYLE = LineRules(hang=False)


@dataclass(frozen=True, slots=True)
class Look:
    """What setting follows: the stylesheet, the fonts' widths and the settings of the document.

    `advances`: the widths of the fonts' characters. `font`: in place of the fonts of the styles. `rules`: of all lines;
    that 、 and 。 hang, a style may say, too.
    """

    sheet: Stylesheet
    advances: Advances
    font: str = ""
    rules: LineRules = _BY_STYLE

    @classmethod
    def of(cls, document: Document, sheet: Stylesheet, advances: Advances) -> Look:
        """What the document is set by."""
        rules = LineRules(document.squeeze, document.hang_in_cells, document.strict_kinsoku)
        return cls(sheet, advances, document.font, rules)


def set_paragraph(paragraph: Paragraph, look: Look, width: float, tags: Tags | None = None) -> SetParagraph:
    """The paragraph set in a column `width` wide; `tags` are what it is, None = an artifact."""
    style = look.sheet.paragraphs[paragraph.role]
    parts = parts_of(paragraph, tags)
    setter = _Setter(paragraph, look, width, parts)
    body = "" if paragraph.tab else paragraph.label
    if paragraph.tab:
        setter.tab(paragraph.label)
    for piece in pieces(paragraph, body):
        setter.add(piece)
    lines = setter.finish(link_spans(paragraph), underlined_spans(paragraph))
    if paragraph.heading:
        heading = Heading(0.0, "　".join(filter(None, (paragraph.label, paragraph.text))), paragraph.heading)
        lines = (SetLine(lines[0].texts, (heading, *lines[0].marks)), *lines[1:])
    return SetParagraph(
        lines=lines,
        pitch=style.line,
        before=style.before,
        after=style.after,
        keep_next=style.keep_next or paragraph.keep_next,
        keep_lines=style.keep_lines,
        widow_control=style.widow_control,
        page_break_before=style.page_break_before or bool(paragraph.page),
    )


def set_word(text: str, role: Role, look: Look, width: float, element: Element) -> SetLine:
    """A text of one line, such as a page number."""
    paragraph = Paragraph(role=role.style, inlines=(Run(text=text),))
    return set_paragraph(paragraph, look, width, Tags(None, element)).lines[0]


class _Ink(NamedTuple):
    """Characters set from x (pt) on, `tracking` pt apart; `offset`: that of the first in the paragraph."""

    offset: int
    text: str
    x: float
    tracking: float
    enclosed: bool = False


@dataclass(slots=True)
class _OpenLine:
    """A line being filled; `end` is where its next piece begins."""

    end: float
    inks: list[_Ink] = field(default_factory=list)


class _Setter:
    """Fills the lines of one paragraph, piece by piece."""

    def __init__(self, paragraph: Paragraph, look: Look, width: float, parts: Parts) -> None:
        self._paragraph = paragraph
        self._style = style = look.sheet.paragraphs[paragraph.role]
        self._parts = parts
        self._look = look
        self._shift = shift = look.sheet.shift(paragraph.inside)
        self._font = look.font or style.font
        self._advance = look.advances(self._font)
        self._rules = look.rules if look.rules.hang or not style.hang else look.rules._replace(hang=True)
        self._left = shift + style.left
        self._right = width - style.right
        self._lines = [_OpenLine(self._left + style.first_line)]
        self._behind_tab = -1  # offset of the text that a tab precedes

    def tab(self, label: str) -> None:
        """The label, and on to the tab stop: the column of the text."""
        self._add_text(Piece(0, label), _ENDLESS)
        self._behind_tab = len(label)
        self._lines[-1].end += self._style.blank_behind(label)
        self._lines[-1].end = self._tab_stop(self._lines[-1].end)

    def add(self, piece: Piece) -> None:
        """The next piece, on the current line as far as it goes."""
        if piece.enclosed or piece.fit_em is not None:
            self._add_whole(piece)
        else:
            self._add_text(piece, self._right / self._style.size)
        self._lines[-1].end += piece.gap_em * self._style.size

    def finish(self, links: Sequence[LinkSpan], underlined: Sequence[tuple[int, int]]) -> tuple[SetLine, ...]:
        """The lines, aligned as the style says, each with its share of the links and of the words underlined."""
        return tuple([self._finish_line(line, links, underlined) for line in self._lines])

    def _tab_stop(self, x: float) -> float:
        """The next stop. A hanging indent is one, too, as in Word: a label narrower than it has its text there."""
        stop, style = self._shift, self._style
        stops: list[float] = [*style.tabs, *([style.left] if style.first_line < 0 else [])]
        for tab in sorted(stops):
            stop = self._shift + tab
            if stop > x + EPSILON:
                return stop
        step = DEFAULT_TAB_EM * self._look.sheet.em
        while stop <= x + EPSILON:
            stop += step
        return stop

    def _add_text(self, piece: Piece, right_em: float) -> None:
        size = self._style.size
        lines = self._set(piece.text, right_em)
        first, _ = lines[0]
        if self._lines[-1].inks and first.width_em > first.measure_em + EPSILON:
            self._lines.append(_OpenLine(self._left))
            lines = self._set(piece.text, right_em)
        for number, (line, fragments) in enumerate(lines):
            if number:
                self._lines.append(_OpenLine(self._left))
            current = self._lines[-1]
            offset = piece.offset + line.start
            current.inks.extend(
                [
                    _Ink(offset + part.offset, part.text, current.end + part.x_em * size, part.tracking_em * size)
                    for part in fragments
                ]
            )
            current.end += min(line.width_em, line.measure_em) * size

    def _set(self, text: str, right_em: float) -> Sequence[tuple[Line, Sequence[Fragment]]]:
        """The lines of a piece, from the end of the current line on; one that cannot begin there is overfull."""
        size, running = self._style.size, self._style.align == "both"
        # Running text is justified; what is not are titles and the like, which do not part 第80号 or a date.
        unbreakable = () if running else unit_spans(text)
        measure = Measure(right_em, self._lines[-1].end / size, self._left / size)
        return set_text(text, measure, self._rules, self._advance, tuple(unbreakable), justify=running)

    def _add_whole(self, piece: Piece) -> None:
        size = self._style.size
        width = (ENCLOSED_ROOM_EM if piece.fit_em is None else piece.fit_em) * size
        if self._lines[-1].inks and self._lines[-1].end + width > self._right + EPSILON:
            self._lines.append(_OpenLine(self._left))
        current = self._lines[-1]
        if piece.enclosed:
            current.inks.append(_Ink(piece.offset, piece.text, current.end, 0.0, enclosed=True))
        else:
            current.inks.extend(self._spread(piece, current.end, width))
        current.end += width

    def _spread(self, piece: Piece, x: float, width: float) -> Iterator[_Ink]:
        """The characters spread evenly over the spaces they have anyway, the last one touching the end of the width."""
        size = self._style.size
        characters = clusters(piece.text)
        advances = [sum(map(self._advance, each)) * size for each in characters]
        neighbours = pairwise(traits(each[0]) for each in characters)
        spaces = [*(space_em(left, right) * size for left, right in neighbours), 0.0]
        tracking = (width - sum(advances) - sum(spaces)) / max(len(characters) - 1, 1)
        offset, start, together = piece.offset, x, ""
        for character, advance, space in zip(characters, advances, spaces, strict=True):
            alone = len(character) > 1  # a character with its selector is no place for tracking
            if alone and together:
                yield _Ink(offset, together, start, tracking)
                offset, start, together = offset + len(together), x, ""
            together += character
            x += advance + tracking + space
            if alone or space:
                yield _Ink(offset, together, start, 0.0 if alone else tracking)
                offset, start, together = offset + len(together), x, ""
        if together:
            yield _Ink(offset, together, start, tracking)

    def _finish_line(
        self, line: _OpenLine, links: Sequence[LinkSpan], underlined: Sequence[tuple[int, int]]
    ) -> SetLine:
        spare = self._right - line.end
        shift = {"right": spare, "center": spare / 2}.get(self._style.align, 0.0)
        inks = [ink._replace(x=ink.x + shift) for ink in line.inks] if shift else line.inks
        texts: list[SetText] = []
        marks: list[Mark] = []
        for enclosed, group in groupby(inks, key=lambda ink: ink.enclosed):
            if enclosed:
                for ink in group:
                    texts.append(self._enclosed_text(ink))
                    marks.append(self._circle(ink))
            else:
                texts.append(self._text(list(group)))
        marks.extend(self._link_marks(inks, links))
        marks.extend(self._underlines(inks, underlined))
        return SetLine(tuple(texts), tuple(marks))

    def _text(self, inks: Sequence[_Ink]) -> SetText:
        style = self._style
        glyphs = tuple([(ink.x, ink.text, ink.tracking) for ink in inks])
        # A reader extracts a blank where the tab stands, as from the Word file; none is drawn.
        words = [" " + ink.text if 0 < ink.offset == self._behind_tab else ink.text for ink in inks]
        y, origin = baseline(style.line, style.size), Origin(self._paragraph, inks[0].offset)
        return SetText(y, self._font, style.size, "".join(words), glyphs, self._parts_of(inks), origin)

    def _parts_of(self, inks: Sequence[_Ink]) -> Parts:
        """What the characters of these inks, one behind the other, belong to."""
        if len(self._parts) < 2:
            return self._parts
        found: list[Part] = []
        drawn = 0
        for ink in inks:
            for part, end in zip(self._parts, (*(part.start for part in self._parts[1:]), _ENDLESS), strict=True):
                is_new = not found or found[-1].element is not part.element
                if is_new and part.start < ink.offset + len(ink.text) and ink.offset < end:
                    found.append(Part(drawn + max(part.start - ink.offset, 0), part.element))
            drawn += len(ink.text)
        return tuple(found)

    def _enclosed_text(self, ink: _Ink) -> SetText:
        size = self._style.size * ENCLOSED_SIZE_EM
        x = ink.x + (ENCLOSED_ROOM_EM * self._style.size - sum(map(self._advance, ink.text)) * size) / 2
        y, origin = baseline(self._style.line, size), Origin(self._paragraph, ink.offset)
        return SetText(y, self._font, size, ink.text, ((x, ink.text, 0.0),), self._parts_of([ink]), origin)

    def _circle(self, ink: _Ink) -> Circle:
        em = self._style.size
        return Circle(
            ink.x + ENCLOSED_ROOM_EM * em / 2, self._style.line / 2, ENCLOSED_CIRCLE_EM * em / 2, ENCLOSED_RULE_EM * em
        )

    def _link_marks(self, inks: Sequence[_Ink], links: Sequence[LinkSpan]) -> Iterator[Link]:
        """One rectangle on this line for each link that stands on it."""
        for link in links:
            if edges := self._edges(inks, link.start, link.end):
                element = next((part.element for part in self._parts if link.start <= part.start < link.end), None)
                yield Link(
                    x=min(edges),
                    y=0.0,
                    width=max(edges) - min(edges),
                    height=self._style.line,
                    paper=link.paper,
                    element=element,
                )

    def _underlines(self, inks: Sequence[_Ink], spans: Sequence[tuple[int, int]]) -> Iterator[Rule]:
        """A line on this line for each span that stands on it, just below the em box."""
        size = self._style.size
        y = baseline(self._style.line, size) + UNDERLINE_EM * size
        for start, end in spans:
            if edges := self._edges(inks, start, end):
                yield Rule(min(edges), y, max(edges), y, UNDERLINE_RULE_EM * size)

    def _edges(self, inks: Sequence[_Ink], start: int, end: int) -> list[float]:
        """Where the characters from `start` to `end` begin and end, piece by piece; [] if none is on this line."""
        return [
            self._edge(ink, min(max(offset - ink.offset, 0), len(ink.text)))
            for ink in inks
            if ink.offset < end and start < ink.offset + len(ink.text)
            for offset in (start, end)
        ]

    def _edge(self, ink: _Ink, count: int) -> float:
        """Where the first `count` characters end."""
        width = sum(map(self._advance, ink.text[:count])) * self._style.size
        return ink.x + width + count * ink.tracking
