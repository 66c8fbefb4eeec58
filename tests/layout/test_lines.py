"""Line breaking by Word's Japanese rules, shown on short texts: `|` marks the breaks.

How well the breaks agree with lines that Word printed is measured outside the tests, on real papers.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotobuki.japanese.characters import NOT_ENDING, NOT_STARTING, NOT_STARTING_STRICT, advance_em
from kotobuki.layout.lines import Fragment, Measure, break_lines, break_paragraph, set_line
from kotobuki.layout.measuring import LineRules


def broken(marked: str, width: float, first: float = 0, rest: float = 0, **settings: bool) -> str:
    """The breaks of a text, in which `|` are ignored, as `|` again."""
    return "|".join(break_lines(marked.replace("|", ""), Measure(width, first, rest), LineRules(**settings)))


def placed(text: str, measure: float, *, justify: bool = False) -> list[tuple[str, float, float]]:
    return [(each.text, each.x_em, each.tracking_em) for each in set_line(text, measure, justify=justify)]


@pytest.mark.parametrize(
    ("marked", "width"),
    [
        ("", 10),
        ("十字ちょうどの文です", 10),
        ("一行に十字ずつ並ぶと|きは升目どおりに切れ|る", 10),
        ("端数は切り捨て|る", 7.9),
    ],
)
def test_lines_are_filled_to_their_measure(marked: str, width: float) -> None:
    assert broken(marked, width) == marked


def test_indents_are_taken_off_the_first_and_the_other_lines() -> None:
    assert broken("（１）申込みの受|付は窓口で行|うこと", 8, 0, 2) == "（１）申込みの受|付は窓口で行|うこと"
    assert broken("段落は一字|下げて始める", 6, 1, 0) == "段落は一字|下げて始める"


@pytest.mark.parametrize(
    ("rule", "marked", "width"),
    [
        ("a closing bracket does not begin a line", "町内の公園（六か|所）の清掃", 9),
        ("nor does a middle dot", "相談の受|付・案内", 5),
        ("nor an iteration mark", "この時|我々は", 4),
        ("nor a half-width stop", "講座や催|し､相談", 5),
        ("an opening bracket does not end one", "今回の事業|「読書の日」", 6),
        ("nor a row of them", "その名称|「『区報』」", 6),
        ("small kana may begin a line", "受付のチ|ェックを", 4),
        ("and so may ー", "専用のサ|ーバへ", 4),
        ("a number stays whole", "今年度は約|1,200件", 6),
        ("so does a Western word", "案内は|Web及び", 4),
        ("and what is set solid to it", "様式は|(v2.0)", 5),
        ("Western text breaks after a space", "名は Open |Data とする", 6),
        ("a leader is not parted", "以下省略|……終わり", 5),
        ("a wave dash does not begin a line", "期間は三|月〜四月", 4),
        ("nor does its full-width fellow", "期間は三|月～四月", 4),
        ("nor a hyphen", "番号は甲|一‐二", 5),
        ("a sign before a number does not end one", "受付番号|№五", 5),
        ("nor its fellow", "内線番号|＃五", 5),
    ],
)
def test_kinsoku_and_whole_words(rule: str, marked: str, width: float) -> None:
    assert broken(marked, width, hang=False) == marked, rule


ADDRESS = "https://www.city.jp/koho/2024/05/no-12.html?page=3&kind=a_b"


@pytest.mark.parametrize(
    ("what", "marked", "width"),
    [
        ("an address fills the line", "詳しくはhttps://|www.city.jp/を", 8.25),
        ("after its signs alone", "「https://www.|city.jp/b」", 9),
        ("not in its numbers", "www.a.jp/no/|2024/05を見る", 8.5),
        ("nor between its signs", "詳しくは|https://a.jp", 7),
        ("a path", r"保存先は\\koho\|kawara", 8.5),
        ("a word of two parts is none", "会場の|Wi-Fiを", 5),
        ("nor are two words", "資料は|A/Bと", 4.5),
        ("nor a number", "番号は|03-1234-56", 7),
        ("nor a date", "期限は|2024/05/31", 7),
    ],
)
def test_an_address_may_be_parted(what: str, marked: str, width: float) -> None:
    assert broken(marked, width) == marked, what


def test_a_word_wider_than_the_line_is_cut_behind_its_signs() -> None:
    assert broken("bunka@|koho.city.|example.jp", 5) == "bunka@|koho.city.|example.jp"
    assert broken("abcdefgh|ij.kl", 4) == "abcdefgh|ij.kl"


@given(st.text(st.sampled_from("国、https:/.?-12_&"), max_size=40), st.floats(1, 20))
def test_whatever_looks_like_an_address_keeps_its_characters(noise: str, width: float) -> None:
    text = f"詳しくは{ADDRESS}{noise}"
    lines = break_paragraph(text, Measure(width), LineRules(hang=False))
    assert "".join(text[line.start : line.end] for line in lines) == text
    assert all(line.width_em <= width + 1e-5 for line in lines)
    numbers = [at for at in range(1, len(text)) if text[at - 1].isdigit() and text[at].isdigit()]
    assert width < 10 or not {line.start for line in lines} & {at for at in numbers if at < 50}


@pytest.mark.parametrize(
    ("standard", "strict", "width"),
    [
        ("受付のチ|ェック", "受付の|チェック", 4),
        ("専用のサ|ーバへ", "専用の|サーバへ", 4),
        ("記録はｷ|ｬｯｼｭに", "記録は|ｷｬｯｼｭに", 3.5),
    ],
)
def test_the_strict_level_keeps_small_kana_and_prolonged_sounds_off_line_starts(
    standard: str, strict: str, width: float
) -> None:
    assert broken(standard, width) == standard
    assert broken(strict, width, strict=True) == strict


def test_closed_up_marks_leave_room_for_one_more_character() -> None:
    assert broken("（略称「区」。）（注）とす|る", 11.5) == "（略称「区」。）（注）とす|る"


def test_auto_space_takes_room() -> None:
    assert broken("第14条の例|外", 5.5) == "第14条の例|外"
    assert broken("第14条の|例外", 5.4) == "第14条の|例外"
    assert broken("第(14)条の例|外", 6) == "第(14)条の例|外"


@pytest.mark.parametrize(
    ("rule", "marked", "width", "hang"),
    [
        ("a stop that would begin a line hangs", "明日から始める。|予定だ", 7, True),
        ("so does a comma", "明日から始めて、|終わる", 7, True),
        ("unless the paper does not hang", "明日から始め|る。予定だ", 7, False),
        ("one that fits does not make room for more", "明日から始る。|予定だ", 7, True),
        ("a bracket never does", "明日（来週の|朝）から", 7, True),
        ("nor a stop with a bracket after it", "「今日来|た。」と", 5, True),
    ],
)
def test_hanging(rule: str, marked: str, width: float, hang: bool) -> None:
    assert broken(marked, width, hang=hang) == marked, rule


@pytest.mark.parametrize(
    ("rule", "plain", "squeezed", "width"),
    [
        ("one mark is not enough", "申込者は、区民に限|る", "申込者は、区民に限|る", 9.5),
        ("two give half an em", "受付、案内、整理を行|う", "受付、案内、整理を行う", 10.5),
        ("but no whole em", "受付、案内、整理を行|う", "受付、案内、整理を行|う", 10),
        ("a middle dot gives nothing", "受付・案内・整理を行|う", "受付・案内・整理を行|う", 10.5),
        ("nor does a bracket at the line's start", "（１）受付と整理を行|う", "（１）受付と整理を行|う", 10.5),
        ("marks that closed up have given already", "又は「甲」、「乙」とす|る", "又は「甲」、「乙」とす|る", 10.4),
        ("no Western word is squeezed in", "案内、受付、及び|Web申請", "案内、受付、及び|Web申請", 9.5),
        ("the line gives less than an em", "あ、い、う、え、お、か|き", "あ、い、う、え、お、か|き", 11.1),
    ],
)
def test_squeezing_on_demand_is_a_setting(rule: str, plain: str, squeezed: str, width: float) -> None:
    assert broken(plain, width) == plain
    assert broken(squeezed, width, squeeze=True) == squeezed, rule


@pytest.mark.parametrize(
    ("marked", "width"),
    [
        ("講座、催し、相談（電|話を含む）", 9.5),  # the break would fall behind （: the next character comes in
        ("講座、催しの案内（略）|を送る", 10.6),  # the break would fall before ）: it comes in
        ("講座や催しの案内|（電話）", 8.9),  # too far
        ("講座（略）案内をす|る。", 10.5),  # a stop that does not hang is no reason
    ],
)
def test_marks_give_up_blank_to_avoid_a_forbidden_break(marked: str, width: float) -> None:
    assert broken(marked, width, hang=False) == marked


def test_spaces_at_the_end_of_a_line_take_no_room() -> None:
    assert broken("東通り三丁目　　|南館二階", 6) == "東通り三丁目　　|南館二階"


def test_unbreakable_spans_move_as_a_whole() -> None:
    text = "別表のとおり令和４年５月11日から"
    assert break_lines(text, Measure(9))[0] == "別表のとおり令和４"
    date = (text.index("令"), text.index("から"))
    assert break_lines(text, Measure(9), unbreakable=[date]) == ["別表のとおり", "令和４年５月11日", "から"]
    assert break_lines(text, Measure(5), unbreakable=[date])[2:] == ["令和４年５", "月11日か", "ら"]
    assert break_lines("東、西、南", Measure(3), LineRules(hang=False), unbreakable=[(0, 5)]) == ["東、", "西、南"]


@pytest.mark.parametrize("ch", ["a", "1", "「", "」", "、", "…"])
def test_a_unit_wider_than_the_line_is_cut(ch: str) -> None:
    word = ch * 10_000
    lines = break_lines(f"前文{word}", Measure(30), LineRules(hang=False))
    assert "".join(lines) == f"前文{word}"
    assert len(lines) <= 10_000 / 30 + 2


def test_what_is_attached_to_a_character_stays_with_it() -> None:
    assert break_lines("葛\U000e0100" * 3, Measure(1)) == ["葛\U000e0100"] * 3
    assert break_lines("葛\U000e0100" * 3, Measure(0.8)) == ["葛\U000e0100"] * 3
    assert break_lines("e\u0301" * 3, Measure(0.5)) == ["e\u0301"] * 3


def test_the_advances_of_the_font_decide() -> None:
    assert break_lines("Web又は", Measure(3), advance=lambda ch: 1.0) == ["Web", "又は"]
    assert break_lines("Web又は", Measure(3.5)) == ["Web又", "は"]


def test_a_line_knows_its_width_as_set() -> None:
    text = "受付、案内、整理を行うこと。"
    first, last = break_paragraph(text, Measure(10.5, 0, 2), LineRules(squeeze=True))
    assert (first.measure_em, first.width_em) == (10.5, pytest.approx(10.5))  # squeezed
    assert (last.measure_em, last.width_em) == (8.5, 3.0)
    hanging = break_paragraph("明日から始める。", Measure(7))[0]
    assert hanging.width_em == 7


class TestSettingALine:
    def test_a_plain_line_is_one_fragment(self) -> None:
        assert placed("議案を提出する", 10) == [("議案を提出する", 0, 0)]
        assert placed("", 10) == []

    def test_marks_close_up(self) -> None:
        assert placed("例。）と", 10) == [("例。", 0, 0), ("）と", 1.5, 0)]

    def test_auto_space_stands_on_both_sides_of_a_word(self) -> None:
        assert placed("第14条", 10) == [("第1", 0, 0.25), ("4条", 1.75, 0.25)]
        assert set_line("第14条", 10)[1] == Fragment(2, "4条", 1.75, 0.25)

    def test_a_full_line_is_squeezed_at_the_blanks_of_its_marks(self) -> None:
        fragments = placed("受付、案内（略）を行う", 10.4)
        assert [(text, round(x, 3)) for text, x, _ in fragments] == [
            ("受付、", 0),
            ("案内", 2.8),
            ("（略）", 4.6),
            ("を行う", 7.4),
        ]

    def test_no_mark_gives_up_more_than_its_blank(self) -> None:
        assert [(text, x) for text, x, _ in placed("甲（乙）丙", 2)] == [("甲（", 0), ("乙）", 1.5), ("丙", 3)]

    def test_justified_text_touches_the_measure(self) -> None:
        assert placed("議案を提出", 6, justify=True) == [("議案を提出", 0, 0.25)]

    def test_words_are_not_spread(self) -> None:
        assert placed("区のWeb", 4, justify=True) == [("区の", 0, 0.125), ("Web", 2.5, 0)]

    def test_a_hanging_mark_starts_where_the_measure_ends(self) -> None:
        assert placed("議案を提出。", 5) == [("議案を提出。", 0, 0)]
        assert placed("議案を提出。", 5.5, justify=True) == [("議案を提出", 0, 0.125), ("。", 5.5, 0)]
        assert placed("議案を出）。", 5, justify=True)[-1] == ("。", 5, 0)

    def test_what_is_attached_is_not_tracked(self) -> None:
        assert placed("東葛\U000e0100市", 4, justify=True) == [("東", 0, 0), ("葛\U000e0100", 1.5, 0), ("市", 3, 0)]

    def test_a_line_that_is_nearly_empty_is_not_spread(self) -> None:
        assert placed("詳しくは", 5.5, justify=True) == [("詳しくは", 0, 0.5)]
        assert placed("詳しくは", 6, justify=True) == [("詳しくは", 0, 0)]


characters = (
    st.sampled_from("議案条例にーッ５、。）」（「・々【】％…Aq7.,()%- \u3000ｱ｡｢\U000e0100\u0301\n") | st.characters()
)
texts = st.text(characters, max_size=200)
settings = st.fixed_dictionaries({"squeeze": st.booleans(), "hang": st.booleans(), "strict": st.booleans()})
measures = st.floats(1, 40)

# Sentences without anything wider than 10 em, so that nothing need be cut against the rules.
units = [
    "議",
    "案",
    "、",
    "条例",
    "にッ",
    "サー",
    "「議",
    "（例",
    "案）",
    "例」",
    "し、",
    "た。",
    "た。）",
    "のWeb7",
    "・",
    "々",
]
sentences = st.lists(st.sampled_from(units), max_size=60).map("案".join)


@given(texts, st.floats(-5, 40), st.floats(-5, 20), st.floats(-5, 20), settings)
def test_the_lines_joined_are_the_text(
    text: str, width: float, first: float, rest: float, how: dict[str, bool]
) -> None:
    lines = break_lines(text, Measure(width, first, rest), LineRules(**how))
    assert "".join(lines) == text
    assert all(lines) or lines == [""]


@given(sentences, st.floats(10, 30), settings)
def test_no_line_begins_or_ends_against_kinsoku(text: str, width: float, how: dict[str, bool]) -> None:
    lines = break_lines(text, Measure(width), LineRules(**how))
    not_starting = NOT_STARTING_STRICT if how["strict"] else NOT_STARTING
    assert all(line[0] not in not_starting for line in lines[1:])
    assert all(line[-1] not in NOT_ENDING for line in lines[:-1])
    assert not any(left[-1].isascii() and right[0].isascii() for left, right in pairwise(lines))


@given(texts, measures, settings)
def test_no_line_as_set_is_wider_than_its_measure(text: str, width: float, how: dict[str, bool]) -> None:
    for line in break_paragraph(text, Measure(width), LineRules(**how)):
        assert line.width_em <= line.measure_em + 1e-5


@given(sentences, st.floats(10, 30), st.booleans(), settings)
def test_every_character_of_a_line_has_its_place(text: str, width: float, justify: bool, how: dict[str, bool]) -> None:
    for line in break_paragraph(text, Measure(width), LineRules(**how)):
        content = text[line.start : line.end]
        fragments = set_line(content, line.measure_em, LineRules(**how), justify=justify)
        assert "".join(each.text for each in fragments) == content
        assert [each.offset for each in fragments] == [
            sum(len(each.text) for each in fragments[:at]) for at in range(len(fragments))
        ]
        assert all(left.x_em < right.x_em for left, right in pairwise(fragments))
        end = _right_edge(fragments)
        overhang = 1 if how["hang"] and content[-1:] in "、。" else 0.5  # the blank of a mark at the end
        assert end <= line.measure_em + overhang + 1e-5


@given(texts, measures)
def test_any_line_can_be_set(text: str, measure: float) -> None:
    fragments = set_line(text, measure, justify=True)
    assert "".join(each.text for each in fragments) == text
    assert all(left.x_em <= right.x_em for left, right in pairwise(fragments))


def _right_edge(fragments: tuple[Fragment, ...]) -> float:
    if not fragments:
        return 0.0
    last = fragments[-1]
    return last.x_em + sum(map(advance_em, last.text)) + last.tracking_em * (len(last.text) - 1)
