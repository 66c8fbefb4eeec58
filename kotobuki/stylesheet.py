"""The look of every role, read from `templates/base.docx`: what layout and the Word writer agree on. Lengths in pt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from kotobuki.japanese.characters import natural_width_em
from kotobuki.japanese.labels import column_em
from kotobuki.lazy_dataclasses import dataclass

_EPSILON = 0.01  # pt: widths in twips and half points are not exact

Align = Literal["left", "right", "center", "both"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSetup:
    """Paper size, margins and the distances of header and footer from the paper's edge, in pt."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    header: float
    footer: float

    @property
    def text_width(self) -> float:
        """Width of the text area in pt."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        """Height of the text area in pt."""
        return self.height - self.top - self.bottom

    def turned(self) -> PageSetup:
        """The landscape page: its top is the side that is left, where it is bound, on an upright one."""
        return replace(
            self,
            width=self.height,
            height=self.width,
            top=self.left,
            right=self.top,
            bottom=self.right,
            left=self.bottom,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphStyle:
    """A paragraph style with everything inherited resolved.

    left/right: indents; first_line: of the first line against `left` (negative: hanging); line: exact line pitch;
    tabs: tab stops from the edge of the text area, ascending; hang: 、。 may stand past the measure (w:overflowPunct).
    """

    name: str
    font: str
    size: float
    line: float
    align: Align = "left"
    left: float = 0.0
    right: float = 0.0
    first_line: float = 0.0
    before: float = 0.0
    after: float = 0.0
    tabs: tuple[float, ...] = ()
    keep_next: bool = False
    keep_lines: bool = False
    widow_control: bool = True
    page_break_before: bool = False
    hang: bool = True

    @property
    def stops(self) -> tuple[float, ...]:
        """All tab stops, ascending: a hanging indent is one, too, as in Word."""
        return tuple(sorted((*self.tabs, *([self.left] if self.first_line < 0 else []))))

    def blank_behind(self, label: str) -> float:
        """What must follow a label with a tab, in pt, so that the tab leads to the column of the text."""
        return blank_behind(label, self.left + self.first_line, self.size, self.stops)


@lru_cache
def blank_behind(label: str, begin: float, size: float, stops: tuple[float, ...]) -> float:
    """What must follow a label that begins at `begin`, so that a tab leads to the column of the text; in pt.

    That is the first stop (the hanging indent, which Word takes for one, among them) that leaves half an em behind
    the label, whatever the width of its number. A nearer one is passed over: by a tenth of an em, for programs whose
    auto-space is narrower than Word's.
    """
    end, room = begin + natural_width_em(label) * size, begin + (column_em(label) + 0.5) * size
    column = next((stop for stop in stops if stop > room - _EPSILON), 0.0)
    nearer = [stop for stop in stops if end + _EPSILON < stop < column - _EPSILON]
    return max(nearer) - end + size / 10 if nearer else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TableStyle:
    """A table style: cell margins and the width of its rules (0: no rules), in pt.

    `em`: size of the text it is made for, in which the widths of its columns are counted; 0 = that of the 標準 style.
    """

    name: str
    cell_left: float = 0.0
    cell_right: float = 0.0
    cell_top: float = 0.0
    cell_bottom: float = 0.0
    rule: float = 0.0
    em: float = 0.0


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """Page setup and the styles by name; `em` is the size of the 標準 style in pt."""

    page: PageSetup
    em: float
    paragraphs: Mapping[str, ParagraphStyle]
    tables: Mapping[str, TableStyle]

    def table_em(self, style: str) -> float:
        """The unit, in pt, of the column widths of a table of this style."""
        return self.tables[style].em or self.em

    def shift(self, inside: str) -> float:
        """The column, in pt, from which a block `inside` measures its indents: a path of roles, outermost first."""
        return sum(self.paragraphs[role].left for role in inside.split("/")) if inside else 0.0


def table_left(width: float, shift: float, available: float) -> float:
    """The left edge of a table from the edge of its room (text area or cell), in pt.

    `width` is its outer width, cell margins included. It stands at `shift`; one wider than the room that is left
    from there stands out on both sides alike.
    """
    return shift + min(0.0, (available - shift - width) / 2)


def baseline(line: float, size: float) -> float:
    """How far down a line of an exact pitch its baseline lies, in pt: Word centres the em box of the text in the line.

    The em box of a Japanese face reaches 0.88 em above the baseline and 0.12 em below it.
    """
    return line / 2 + (ASCENT_EM - 0.5) * size


ASCENT_EM = 0.88

# An enclosed character (囲い文字), ㊢: the room it takes, the circle in the middle of it, the line of the circle and
# the size of the character in the circle, in em of the paragraph.
ENCLOSED_ROOM_EM = 1.2
ENCLOSED_CIRCLE_EM = 1.1
ENCLOSED_RULE_EM = 0.04
ENCLOSED_SIZE_EM = 0.62
