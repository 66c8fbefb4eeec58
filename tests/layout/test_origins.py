"""Each line of a page knows where its words come from."""

from __future__ import annotations

import pytest
from support.layout_toys import first_page, text_lines
from support.paths import ROOT
from support.sample_papers import built

from kotobuki.diagnostics import Place
from kotobuki.document import Enclosed, PageRef, Paragraph, Run
from kotobuki.layout.origins import Cuts, stretches
from kotobuki.layout.page import TextLine

A, B = Place("案件.yaml", 3, 5), Place("organization.yaml", 9, 1)


def stretched(line: TextLine) -> list[tuple[str, Place | None, bool]]:
    drawn = "".join(span.text for span in line.spans)
    assert line.origin
    return [(drawn[each.start : each.end], each.place, each.own) for each in stretches(line.origin, len(drawn))]


def test_words_of_two_files_on_two_lines() -> None:
    words = Run(text="あいうえおかきくけこさしす", at=((0, A), (6, B)))
    first, second = text_lines(first_page(Paragraph(role="文", inlines=(words,))))
    assert stretched(first) == [("あいうえおか", A, True), ("きくけこ", B, True)]
    assert stretched(second) == [("さしす", B, True)]
    assert second.origin
    assert [each.before for each in stretches(second.origin, 3)] == [4]


@pytest.mark.parametrize(
    ("inlines", "expected"),
    [
        ((Run(text="い", at=((0, A),)),), [("１", A, False), ("い", A, True)]),
        ((Run(text="はい", at=((1, A),)),), [("１", A, False), ("は", A, False), ("い", A, True)]),
        ((Run(text="い", at=((0, A),)), PageRef("甲", "first", "7")), [("１", A, False), ("い", A, True), ("7", A, False)]),
        ((Run(text="い"),), [("１", None, False), ("い", None, False)]),
        ((Run(text="あ", at=((0, B),)), Run(text="い"), Run(text="う", at=((0, A),))), None),
    ],
)  # fmt: skip
def test_what_has_no_place_has_that_of_what_stands_by_it(
    inlines: tuple[Run | Enclosed | PageRef, ...], expected: list[tuple[str, Place | None, bool]] | None
) -> None:
    (line,) = text_lines(first_page(Paragraph(role="文", inlines=inlines, label="１")))
    assert stretched(line) == (expected or [("１", B, False), ("あ", B, True), ("い", A, False), ("う", A, True)])


@pytest.mark.parametrize("case", ["03", "06"])
def test_each_line_of_a_case_is_a_part_of_its_paragraph(case: str) -> None:
    """The words of tables, figures, circles and spread names, too."""
    pages, cuts = [page for papers in built(ROOT, case).pages for page in papers], Cuts()
    for line in (item for page in pages for item in page.items if isinstance(item, TextLine)):
        drawn = "".join(span.text for span in line.spans)
        assert line.origin
        paragraph, start = line.origin
        assert (paragraph.label + paragraph.text)[start:].startswith(drawn)
        assert "".join(text for text, _, _ in stretched(line)) == drawn
        assert list(stretches(line.origin, len(drawn), cuts)) == list(stretches(line.origin, len(drawn)))
