"""｛…｝ in text: what each mark means, and what is said where one is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.reading.inlines import (
    Anchor,
    Inline,
    Inlines,
    Name,
    Note,
    NoteRef,
    Ref,
    RunIn,
    Text,
    parse_inlines,
    parse_line,
    plain,
    plain_text,
)
from kotobuki.reading.nodes import Scalar

AT = Place("")  # places do not count in comparisons


def scalar(text: str) -> Scalar:
    return Scalar(text, "案件.yaml", ((0, 1, 1),))


def parsed(text: str) -> tuple[Inlines, ...]:
    diagnostics = Diagnostics()
    found = parse_inlines(scalar(text), diagnostics)
    assert list(diagnostics) == []
    return found


@pytest.mark.parametrize(
    ("text", "inlines"),
    [
        ("文", [Text("文")]),
        ("｛条例｝", [Name("条例", AT)]),
        ("この｛条例｝は", [Text("この"), Name("条例", AT), Text("は")]),
        ("｛ 条例　｝", [Name("条例", AT)]),
        ("｛条例：正式｝", [Name("条例", AT, extent="full")]),
        ("｛条例：略称｝", [Name("条例", AT, extent="short")]),
        ("｛条例｝｛規則｝", [Name("条例", AT), Name("規則", AT)]),
        ("｛→目的｝", [Ref(("目的",), "", AT)]),
        ("｛→業務／体制｝", [Ref(("業務", "体制"), "", AT)]),
        ("｛→／業務｝", [Ref(("", "業務"), "", AT)]),
        ("｛→目的：番号｝", [Ref(("目的",), "番号", AT)]),
        ("｛→目的：題名｝", [Ref(("目的",), "題名", AT)]),
        ("｛→ 業務 ／ 体制：番号と題名 ｝", [Ref(("業務", "体制"), "番号と題名", AT)]),
        ("｛→甲：乙｝", [Ref(("甲：乙",), "", AT)]),  # a heading may hold a colon
        ("文｛※注｝。", [Text("文"), Note((Text("注"),), AT), Text("。")]),
        ("｛※｛条例｝の注｝", [Note((Name("条例", AT), Text("の注")), AT)]),
        ("｛※｛→目的｝のとおり｝", [Note((Ref(("目的",), "", AT), Text("のとおり")), AT)]),
        ("｛※→受託者｝", [NoteRef("受託者", AT)]),
        ("｛＃名前｝", [Anchor("名前", AT)]),
        ("見出し｛同行｝", [Text("見出し"), RunIn(AT)]),
        ("｛＝第１０条｝", [Text("第１０条", verbatim=True)]),
        ("｛＝{｝", [Text("{", verbatim=True)]),
        ("｛＝｝｝", [Text("｝", verbatim=True)]),
        ("｛｛", [Text("｛")]),
        ("｛｛条例｝｝", [Text("｛"), Text("条例"), Text("｝")]),
        ("｛｛｛条例｝｝｝", [Text("｛"), Name("条例", AT), Text("｝")]),
        ("｛※｛｛注｝", [Note((Text("｛"), Text("注")), AT)]),
        # Half-width braces, and what templates use, are text.
        ("{{ 件名 }} {% if x %}{# #}", [Text("{{ 件名 }} {% if x %}{# #}")]),
        ("<b>&amp;</b>", [Text("<b>&amp;</b>")]),
    ],
)
def test_marks(text: str, inlines: list[Inline]) -> None:
    assert parsed(text) == (tuple(inlines),)


def test_each_line_of_the_value_is_a_paragraph() -> None:
    assert parsed("甲\n乙｛条例｝") == ((Text("甲"),), (Text("乙"), Name("条例", AT)))
    assert parsed("") == ()


@pytest.mark.parametrize(
    ("text", "rule", "column"),
    [
        ("文｛条例", "brace-unclosed", 2),
        ("文｛※注", "brace-unclosed", 2),
        ("文｛※注｛条例｝", "brace-unclosed", 2),
        ("文｛→", "brace-unclosed", 2),
        ("文｝", "brace-unopened", 2),
        ("｛条例｝）｝", "brace-unopened", 6),
        ("｛｝", "mark-unknown", 1),
        ("｛　｝", "mark-unknown", 1),
        ("｛条例：通称｝", "mark-unknown", 1),
        ("｛→｝", "reference-empty", 1),
        ("｛→／｝", "reference-empty", 1),
        ("｛→甲／｝", "reference-empty", 1),
        ("｛→：番号｝", "reference-empty", 1),
        ("｛※｝", "note-empty", 1),
        ("｛※注｛※注｝｝", "note-in-note", 4),
        ("｛※甲" * 5000, "brace-unclosed", 1),
        ("｛※甲" * 5000 + "｝" * 5000, "note-in-note", 4),
        ("｛※→｝", "mark-unnamed", 1),
        ("文｛＃ ｝", "mark-unnamed", 2),
        ("｛→｛条例｝の目的｝", "brace-nested", 1),
    ],
)
def test_wrong_marks_are_said_where_they_begin(text: str, rule: str, column: int) -> None:
    diagnostics = Diagnostics()
    parse_inlines(scalar(text), diagnostics)
    first = next(iter(diagnostics))
    assert (first.rule, first.place.column) == (rule, column)


def test_a_fault_in_the_second_paragraph_has_its_place() -> None:
    text = Scalar("甲\n乙｛", "案件.yaml", ((0, 3, 5), (2, 5, 5)))
    diagnostics = Diagnostics()
    parse_inlines(text, diagnostics)
    assert [str(each.place) for each in diagnostics] == ["案件.yaml:5:6"]


def test_a_line_takes_one_paragraph() -> None:
    diagnostics = Diagnostics()
    assert parse_line(scalar("甲\n乙"), diagnostics) == (Text("甲"),)
    assert [each.rule for each in diagnostics] == ["text-one-paragraph"]


@pytest.mark.parametrize(
    ("text", "rules"), [("総務部長", []), ("｛総務課｝長", ["mark-not-here"]), ("甲\n乙", ["text-one-paragraph"])]
)
def test_what_is_printed_as_it_stands_takes_no_marks(text: str, rules: list[str]) -> None:
    diagnostics = Diagnostics()
    plain_text(scalar(text), diagnostics)
    assert [each.rule for each in diagnostics] == rules


def test_plain_words_are_those_that_references_use() -> None:
    (inlines,) = parsed("｛区立図書館｝利用者の｛＝１０｝回｛※注｝｛＃名前｝｛同行｝")
    assert plain(inlines) == "区立図書館利用者の１０回"


MARKED = st.text(alphabet="｛｝｛｝｛｝→※＃＝：／ 　同行正式番号甲乙\n", max_size=24)


@given(MARKED)
def test_no_text_raises(text: str) -> None:
    diagnostics = Diagnostics()
    parse_inlines(scalar(text), diagnostics)
    if "｛" not in text and "｝" not in text:
        assert list(diagnostics) == []


@given(st.text(alphabet="｛｝→※＃甲乙", max_size=12))
def test_doubled_braces_print_any_text(text: str) -> None:
    (*paragraphs,) = parsed(text.replace("｛", "｛｛").replace("｝", "｝｝"))
    assert "".join(plain(inlines) for inlines in paragraphs) == text
