"""A paragraph in, its set lines out: label and tab, indents, alignment, letter-spacing, circles, links.

Lengths in pt from the edge of the paragraph's column. The text between two spread or enclosed inlines is broken and
set as one piece by `lines`; a spread run or an enclosed character is a piece that stays whole. What the same words look like in the
same style is worked out once a process; whose words they are (`parts`, `source`) is added when they are drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from functools import lru_cache
from itertools import pairwise

from kotobuki.document import Document, Paragraph, Run
from kotobuki.japanese.characters import space_em, traits
from kotobuki.japanese.units import unit_spans
from kotobuki.layout.blocks import EPSILON, Mark, SetLine, SetParagraph, SetText
from kotobuki.layout.lines import Fragment, Line, Measure, set_text, width_on_one_line
from kotobuki.layout.measuring import Advance, LineRules
from kotobuki.layout.page import Circle, Heading, Link, Rule
from kotobuki.layout.pieces import MarkedSpan, Piece, clusters, marked_spans, pieces
from kotobuki.layout.structure import Element, Parts, Tags, parts_of
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.named_tuples import NamedTuple
from kotobuki.roles import Role
from kotobuki.stylesheet import (
    ENCLOSED_CIRCLE_EM,
    ENCLOSED_ROOM_EM,
    ENCLOSED_RULE_EM,
    ENCLOSED_SIZE_EM,
    Align,
    Stylesheet,
    baseline,
    blank_behind,
)

UNDERLINE_EM = 0.16
"""The middle of an underline, below the baseline: just under the em box."""
UNDERLINE_RULE_EM = 0.05

DEFAULT_TAB_EM = 2.0  # distance of the tab stops that follow a style's own

_ENDLESS = 1e6  # em: a measure in which nothing breaks

Advances = Callable[[str], Advance]
"""By the name of a font, the widths of its characters in em."""


_BY_STYLE = LineRules(hang=False)


class Setting(NamedTuple):
    """What the words of a paragraph are set by: a style in a column, whose edge the lengths are measured from, in pt.

    shift  the edge that the indents and tab stops of the style are measured from
    first  where the first line begins; `left`: where the others do, and `right`: where all end
    begin  the indent of the first line
    stops  the tab stops, ascending; behind the last one they stand `step` apart
    """

    font: str
    size: float
    line: float
    align: Align
    shift: float
    first: float
    left: float
    right: float
    begin: float
    stops: tuple[float, ...]
    step: float
    advance: Advance
    rules: LineRules


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
    _settings: dict[tuple[str, str, float], Setting] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @classmethod
    def of(cls, document: Document, sheet: Stylesheet, advances: Advances) -> Look:
        """What the document is set by."""
        rules = LineRules(document.squeeze, document.hang_in_cells, document.strict_kinsoku)
        return cls(sheet, advances, document.font, rules)

    def setting(self, role: str, inside: str, width: float) -> Setting:
        """What the words of a paragraph of a role, inside others (`Paragraph.inside`), are set by in a column `width` pt wide."""
        found = self._settings.get((role, inside, width))
        if found is None:
            found = self._settings[role, inside, width] = self._setting(role, inside, width)
        return found

    def _setting(self, role: str, inside: str, width: float) -> Setting:
        style, shift = self.sheet.paragraphs[role], self.sheet.shift(inside)
        font, left = self.font or style.font, shift + style.left
        return Setting(
            font=font,
            size=style.size,
            line=style.line,
            align=style.align,
            shift=shift,
            first=left + style.first_line,
            left=left,
            right=width - style.right,
            begin=style.left + style.first_line,
            stops=style.stops,
            step=DEFAULT_TAB_EM * self.sheet.em,
            advance=self.advances(font),
            rules=self.rules if self.rules.hang or not style.hang else self.rules._replace(hang=True),
        )


def set_paragraph(paragraph: Paragraph, look: Look, width: float, tags: Tags | None = None) -> SetParagraph:
    """The paragraph set in a column `width` wide; `tags` are what it is, None = an artifact."""
    style, setting = look.sheet.paragraphs[paragraph.role], look.setting(paragraph.role, paragraph.inside, width)
    label, opening = (paragraph.label, "") if paragraph.tab else (None, paragraph.label)
    lines = set_words(label, pieces(paragraph, opening), setting)
    parts = parts_of(paragraph, tags)
    if spans := marked_spans(paragraph):
        lines = tuple([line._replace(marks=(*line.marks, *_marks(line, spans, parts, setting))) for line in lines])
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
        source=paragraph,
        parts=parts,
    )


def set_word(text: str, role: Role, look: Look, width: float, element: Element) -> SetParagraph:
    """A text of one line, such as a page number."""
    paragraph = Paragraph(role=role.style, inlines=(Run(text=text),))
    return set_paragraph(paragraph, look, width, Tags(None, element))


@lru_cache(maxsize=4096)  # a meeting has 2,000; made again after a change of one word, nearly all are the same
def set_words(label: str | None, words: tuple[Piece, ...], setting: Setting) -> tuple[SetLine, ...]:
    """The lines of a paragraph, aligned as its style says; `label`: what stands before a tab, None = there is none."""
    setter = _Setter(setting)
    if label is not None:
        setter.tab(label)
    for piece in words:
        setter.add(piece)
    return setter.finish()


_Glyphs = tuple[float, str, float]
"""Characters set from x (pt) on, so much apart beyond their advances."""


class _Stretch(NamedTuple):
    """Glyphs of a line that follow each other in its paragraph, from the character `offset` on."""

    offset: int
    enclosed: bool
    glyphs: list[_Glyphs]


@dataclass(slots=True)
class _OpenLine:
    """A line being filled; `end` is where its next piece begins."""

    end: float
    stretches: list[_Stretch] = field(default_factory=list)

    def add(self, offset: int, glyphs: Sequence[_Glyphs], *, enclosed: bool = False) -> None:
        """The next glyphs, if there are any; `offset` is that of their first character in the paragraph."""
        if not glyphs:
            return
        if enclosed or not self.stretches or self.stretches[-1].enclosed:
            self.stretches.append(_Stretch(offset, enclosed, []))
        self.stretches[-1].glyphs.extend(glyphs)


class _Setter:
    """Fills the lines of one paragraph, piece by piece."""

    def __init__(self, setting: Setting) -> None:
        self._look = setting
        self._lines = [_OpenLine(setting.first)]
        self._behind_tab = 0  # offset of the text that a tab precedes

    def tab(self, label: str) -> None:
        """The label, and on to the tab stop: the column of the text."""
        look, line = self._look, self._lines[-1]
        self._add_text(Piece(0, label), _ENDLESS)
        self._behind_tab = len(label)
        line.end += blank_behind(label, look.begin, look.size, look.stops)
        line.end = self._tab_stop(line.end)

    def add(self, piece: Piece) -> None:
        """The next piece, on the current line as far as it goes."""
        if piece.enclosed or piece.fit_em is not None:
            self._add_whole(piece)
        else:
            self._add_text(piece, self._look.right / self._look.size)
        self._lines[-1].end += piece.gap_em * self._look.size

    def finish(self) -> tuple[SetLine, ...]:
        """The lines, aligned as the style says."""
        return tuple([self._finish_line(line) for line in self._lines])

    def _tab_stop(self, x: float) -> float:
        """The next stop. A hanging indent is one, too, as in Word: a label narrower than it has its text there."""
        stop = self._look.shift
        for tab in self._look.stops:
            stop = self._look.shift + tab
            if stop > x + EPSILON:
                return stop
        while stop <= x + EPSILON:
            stop += self._look.step
        return stop

    def _add_text(self, piece: Piece, right_em: float) -> None:
        size, line = self._look.size, self._lines[-1]
        width = width_on_one_line(piece.text, right_em - line.end / size, self._look.advance)
        if width is None:
            self._break_text(piece, right_em)
        elif piece.text:
            line.add(piece.offset, [(line.end, piece.text, 0.0)])
            line.end += width * size

    def _break_text(self, piece: Piece, right_em: float) -> None:
        size, left = self._look.size, self._look.left
        lines = self._set(piece.text, right_em)
        first, _ = lines[0]
        if self._lines[-1].stretches and first.width_em > first.measure_em + EPSILON:
            self._lines.append(_OpenLine(left))
            lines = self._set(piece.text, right_em)
        for number, (line, fragments) in enumerate(lines):
            if number:
                self._lines.append(_OpenLine(left))
            current = self._lines[-1]
            x = current.end
            current.add(
                piece.offset + line.start,
                [(x + x_em * size, text, tracking_em * size) for _, text, x_em, tracking_em in fragments],
            )
            current.end += min(line.width_em, line.measure_em) * size

    def _set(self, text: str, right_em: float) -> Sequence[tuple[Line, Sequence[Fragment]]]:
        """The lines of a piece, from the end of the current line on; one that cannot begin there is overfull."""
        look = self._look
        running = look.align == "both"
        # Running text is justified; what is not are titles and the like, which do not part 第80号 or a date.
        unbreakable = () if running else unit_spans(text)
        measure = Measure(right_em, self._lines[-1].end / look.size, look.left / look.size)
        return set_text(text, measure, look.rules, look.advance, unbreakable, justify=running)

    def _add_whole(self, piece: Piece) -> None:
        size = self._look.size
        width = (ENCLOSED_ROOM_EM if piece.fit_em is None else piece.fit_em) * size
        if self._lines[-1].stretches and self._lines[-1].end + width > self._look.right + EPSILON:
            self._lines.append(_OpenLine(self._look.left))
        current = self._lines[-1]
        alone = [(current.end, piece.text, 0.0)]
        glyphs = alone if piece.enclosed else list(self._spread(piece.text, current.end, width))
        current.add(piece.offset, glyphs, enclosed=piece.enclosed)
        current.end += width

    def _spread(self, text: str, x: float, width: float) -> Iterator[_Glyphs]:
        """The characters spread evenly over the spaces they have anyway, the last one touching the end of the width."""
        size = self._look.size
        characters = clusters(text)
        advances = [sum(map(self._look.advance, each)) * size for each in characters]
        neighbours = pairwise(traits(each[0]) for each in characters)
        spaces = [*(space_em(left, right) * size for left, right in neighbours), 0.0]
        tracking = (width - sum(advances) - sum(spaces)) / max(len(characters) - 1, 1)
        start, together = x, ""
        for character, advance, space in zip(characters, advances, spaces, strict=True):
            alone = len(character) > 1  # a character with its selector is no place for tracking
            if alone and together:
                yield start, together, tracking
                start, together = x, ""
            together += character
            x += advance + tracking + space
            if alone or space:
                yield start, together, 0.0 if alone else tracking
                start, together = x, ""
        if together:
            yield start, together, tracking

    def _finish_line(self, line: _OpenLine) -> SetLine:
        align, spare = self._look.align, self._look.right - line.end
        shift = spare if align == "right" else spare / 2 if align == "center" else 0.0
        texts: list[SetText] = []
        circles: list[Mark] = []
        for offset, enclosed, glyphs in line.stretches:
            shifted = [(x + shift, text, tracking) for x, text, tracking in glyphs] if shift else glyphs
            if enclosed:
                ((x, text, _),) = shifted
                texts.append(self._enclosed_text(offset, text, x))
                circles.append(self._circle(x))
            else:
                texts.append(self._text(offset, shifted))
        return SetLine(tuple(texts), tuple(circles))

    def _text(self, offset: int, glyphs: list[_Glyphs]) -> SetText:
        look, words = self._look, "".join([text for _, text, _ in glyphs])
        end, behind_tab = offset + len(words), self._behind_tab - offset
        if self._behind_tab and 0 <= behind_tab < len(words):
            # A reader extracts a blank where the tab stands, as from the Word file; none is drawn.
            words = f"{words[:behind_tab]} {words[behind_tab:]}"
        return SetText(offset, end, baseline(look.line, look.size), look.font, look.size, words, tuple(glyphs))

    def _enclosed_text(self, offset: int, text: str, x: float) -> SetText:
        look = self._look
        size = look.size * ENCLOSED_SIZE_EM
        left = x + (ENCLOSED_ROOM_EM * look.size - sum(map(look.advance, text)) * size) / 2
        return SetText(
            offset, offset + len(text), baseline(look.line, size), look.font, size, text, ((left, text, 0.0),)
        )

    def _circle(self, x: float) -> Circle:
        em = self._look.size
        return Circle(
            x + ENCLOSED_ROOM_EM * em / 2, self._look.line / 2, ENCLOSED_CIRCLE_EM * em / 2, ENCLOSED_RULE_EM * em
        )


def _marks(line: SetLine, spans: Sequence[MarkedSpan], parts: Parts, setting: Setting) -> Iterator[Mark]:
    """One rectangle on a line for each link that stands on it; then a rule for each stretch that is underlined, just below the em box."""
    edges = [_edges(line, span, setting) for span in spans]
    for span, found in zip(spans, edges, strict=True):
        if found and span.link:
            element = next((part.element for part in parts if span.start <= part.start < span.end), None)
            x, width = min(found), max(found) - min(found)
            yield Link(x=x, y=0.0, width=width, height=setting.line, paper=span.link, element=element)
    y = baseline(setting.line, setting.size) + UNDERLINE_EM * setting.size
    for span, found in zip(spans, edges, strict=True):
        if found and span.underlined:
            yield Rule(min(found), y, max(found), y, UNDERLINE_RULE_EM * setting.size)


def _edges(line: SetLine, span: MarkedSpan, setting: Setting) -> list[float]:
    """Where the characters of a span begin and end, piece by piece; [] if none is on this line."""
    found: list[float] = []
    for text in line.texts:
        offset = text.offset
        for x, run, tracking in text.glyphs:
            if offset < span.end and span.start < offset + len(run):
                for place in (span.start, span.end):
                    count = min(max(place - offset, 0), len(run))
                    found.append(x + sum(map(setting.advance, run[:count])) * setting.size + count * tracking)
            offset += len(run)
    return found
