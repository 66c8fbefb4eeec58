"""A click on a page leads to the character that is printed there; the cursor in the text, to the page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from support.paths import ROOT

from kotobuki.build.session import Session
from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.document import Enclosed, Paragraph, Run
from kotobuki.editor.paper.places import Box, Source, boxes
from kotobuki.fonts import FontFace, find_font
from kotobuki.layout.origins import Origin, Stretch, stretches
from kotobuki.layout.page import Glyphs, Page, TextLine
from kotobuki.project import Project

CASES = [
    (root, file)
    for root in (ROOT, ROOT / "cases/寿市")
    for file in sorted((root / "cases").glob("r4-*/*.yaml"))
    if file.name != "meeting.yaml"
]


class Click(NamedTuple):
    """A click on the character in the middle of a run, in pt; `at`: its number in the line."""

    line: TextLine
    at: int
    x: float
    y: float

    @property
    def drawn(self) -> str:
        return "".join(span.text for span in self.line.spans)


def clicks(page: Page) -> Iterator[Click]:
    for line in page.items:
        if isinstance(line, TextLine):
            before, face = 0, find_font([line.font])
            for span in line.spans:
                middle = len(span.text) // 2
                widths = [face.advance_em(each) * line.size + span.tracking for each in span.text]
                x = span.x + sum(widths[:middle]) + widths[middle] / 2
                yield Click(line, before + middle, x, line.y - line.size * 0.4)
                before += len(span.text)


def led_to(click: Click, found: list[Box]) -> tuple[int, int] | None:
    """The line and column of a click, as the browser has it."""
    for box in found:
        if box.left <= click.x <= box.right and box.top <= click.y <= box.bottom:
            part = (click.x - box.left) / (box.right - box.left)
            return box.line, int(box.column + part * (box.end_column - box.column))
    return None


@pytest.mark.thinned
@pytest.mark.parametrize(("root", "file"), CASES, ids=[file.stem for _, file in CASES])
def test_a_click_on_any_run_of_a_case_leads_to_its_source(root: Path, file: Path) -> None:
    """What is printed as it is written, to the very character; what stands for a mark or by itself, to the line."""
    lines = file.read_text(encoding="utf-8").split("\n")
    source = Source(Project(root, Diagnostics()).shown(file), lines)
    exact = led = 0
    for page in (page for papers in Session(root).make(file).papers for page in papers):
        found = boxes(page, lambda name: find_font([name]), source)
        for click in clicks(page):
            own, place = stretch_of(click), led_to(click, found)
            if not source.holds(own.place):
                assert place is None or (own.place and own.place.path.endswith("form.yaml"))
                continue
            assert own.place and place and place[0] == own.place.line
            led += 1
            line, at = lines[place[0] - 1], own.place.column - 1 + own.before + click.at - own.start
            written = folded(line[max(at - 1, 0) : at + 1]) == folded(click.drawn[max(click.at - 1, 0) : click.at + 1])
            if own.own and written and line[own.place.column - 1] != "｛":
                assert folded(line[place[1] - 1]) == folded(click.drawn[click.at])
                exact += 1
    assert 4 * exact > led


def stretch_of(click: Click) -> Stretch:
    assert click.line.origin
    found = stretches(click.line.origin, len(click.drawn))
    return next(each for each in found if each.start <= click.at < each.end)


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


FACE = find_font()
AT = Place("案件.yaml", 1, 1)


def found(written: str, *spans: str, at: int = 0, label: str = "", rest: str = "") -> list[tuple[str, int, int]]:
    """The words of each box of a line, and the columns that it leads to; `at`: where the words stand in the file."""
    words = Run(text="".join(spans), at=((0, Place("案件.yaml", 1, at + 1)),))
    paragraph = Paragraph(role="標準", label=label, inlines=(words, *((Enclosed(rest),) if rest else ())))
    texts = [*filter(None, [label]), *spans, *filter(None, [rest])]
    line = set_line(FACE, texts, Origin(paragraph, 0))
    page = Page(width=595, height=842, paper="a", number=1, items=(line,))
    sorts = [
        (span.x + sum(map(FACE.advance_em, span.text[:at])) * 12, character)
        for span in line.spans
        for at, character in enumerate(span.text)
    ]
    return [
        ("".join(ch for x, ch in sorts if box.left - 0.1 <= x < box.right - 0.1), box.column, box.end_column)
        for box in boxes(page, lambda _: FACE, Source("案件.yaml", [written]))
    ]


def set_line(face: FontFace, texts: list[str], origin: Origin) -> TextLine:
    """Texts with a quarter of an em between them, as Western words have beside Japanese ones."""
    spans, x = list[Glyphs](), 60.0
    for text in texts:
        spans.append(Glyphs(x, text))
        x += sum(map(face.advance_em, text)) * 12 + 3
    return TextLine(y=100, font="明朝", size=12, text="".join(texts), spans=tuple(spans), origin=origin)


@pytest.mark.parametrize(
    ("boxes_found", "expected"),
    [
        (found("件名: 見本の業務", "見本の業務", at=4), [("見本の業務", 5, 10)]),
        # Characters of other widths, and those after a gap, have boxes of their own.
        (found("令和４年度に30件", "令和４年度に", "30", "件"), [("令和４年度に", 1, 7), ("30", 7, 9), ("件", 9, 10)]),
        (found("令和4年", "令和４年"), [("令和４年", 1, 5)]),
        # Words for a mark lead to it as a whole; so does what stands by the words, to where they begin.
        (found("｛区｝は", "江戸川区"), [("江戸川区", 1, 4)]),
        (found("｛※令和3年｛区｝｝", "※１"), [("※１", 1, 11)]),
        (found("区は", "区は", label="１"), [("１", 1, 1), ("区は", 1, 3)]),
        (found("区は", "区は", rest="写"), [("区は", 1, 3), ("写", 1, 1)]),
        # What is put behind the words that are written.
        (found("目的: 個人情報", "目的", "）"), [("目的", 1, 3), ("）", 3, 3)]),
        (found("- 氏名", "氏名、", at=2), [("氏名", 3, 5), ("、", 5, 5)]),
        # A date that is printed otherwise than it is written.
        (found("日付: 2022-05-11", "令和４年５月11日", at=4), [("令和４年５月11日", 5, 5)]),
        (found("", "", at=90), []),
    ],
)  # fmt: skip
def test_boxes(boxes_found: list[tuple[str, int, int]], expected: list[tuple[str, int, int]]) -> None:
    assert boxes_found == expected


def test_what_comes_from_another_file_has_no_box() -> None:
    origin = Origin(Paragraph(role="標準", inlines=(Run(text="区", at=((0, AT),)),)), 0)
    page = Page(width=595, height=842, paper="a", number=1, items=(set_line(FACE, ["区"], origin),))
    assert boxes(page, lambda _: FACE, Source("organization.yaml", ["区"])) == []


def test_a_heading_of_the_form_leads_to_what_stands_below_it() -> None:
    def line(text: str, place: Place) -> TextLine:
        return set_line(FACE, [text], Origin(Paragraph(role="標準", inlines=(Run(text=text, at=((0, place),)),)), 0))

    heading, other = Place("templates/甲/form.yaml", 5, 9), Place("templates/甲/甲.txt", 1, 1)
    lines = (
        line("諮問理由", heading),
        line("記", other),
        line("区は", Place("案件.yaml", 2, 3)),
        line("件数", heading),
    )
    page = Page(width=595, height=842, paper="a", number=1, items=lines)
    found = boxes(page, lambda _: FACE, Source("案件.yaml", ["諮問理由:", "  区は"]))
    assert [box[:1] + box[4:] for box in found] == [(60, 2, 3, 2, 3), (60, 2, 3, 2, 5)]
