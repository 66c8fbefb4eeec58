"""Two branches that edited one case: merged item by item, and in a readable conflict where both edited the same item."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from support.paths import ROOT
from support.samples import edited

from kotobuki.git.merge import merge

SAMPLE = (ROOT / "cases" / "r4-1" / "02-jinken-keihatsu.yaml").read_text(encoding="utf-8")
TOPS = ("<<<<<<< ours（今の版）", "=======", ">>>>>>> theirs（取り込む版）")
Edits = list[tuple[str, str]]

NAMES = "        - 業務に従事する者の名簿を事前に提出すること。\n"
ROOMS = "        - 作業室、個人情報を記録した媒体の保管場所等に立ち入ることのできる者を定めるとともに、入退室の記録を適切に残すこと。\n"
LOGS = "        - システムへのアクセスの記録を適切に保存し、定期に点検すること。\n"
TERM = "  情報セキュリティポリシー: 江戸川区情報セキュリティポリシー\n"
REQUEST = "依頼: {番号: 82, 日付: 2022-05-06}\n"
NEW = "        - 責任者を定めること。\n"
TOP = SAMPLE.splitlines(keepends=True)[0]
SECTION = "\n" + SAMPLE[SAMPLE.index("実施時期:\n") :].partition("\n\n")[0] + "\n"


def both(text: str, *edits: Edits) -> str:
    for old, new in (edit for side in edits for edit in side):
        text = edited(text, old, new)
    return text


@dataclass(frozen=True)
class Clean:
    """What the two sides did; the merge has both."""

    name: str
    ours: Edits
    theirs: Edits


CLEAN = [
    Clean(
        "items side by side", [(NAMES, NAMES.replace("事前", "前日まで"))], [(ROOMS, ROOMS.replace("適切", "正しく"))]
    ),
    Clean("an item inserted beside an edited one", [(NAMES, NEW + NAMES)], [(ROOMS, ROOMS.replace("適切", "正しく"))]),
    Clean(
        "an item inserted before an edited one",
        [(NAMES, NEW + NAMES)],
        [(NAMES[8:], NAMES[8:].replace("事前", "前日まで"))],
    ),
    Clean("an item deleted beside an edited one", [(NAMES, "")], [(ROOMS, ROOMS.replace("適切", "正しく"))]),
    Clean("an item deleted, one inserted before its neighbour", [(NAMES, "")], [(ROOMS, NEW + ROOMS)]),
    Clean(
        "an item moved, its neighbour edited",
        [(NAMES, ""), (LOGS, LOGS + NAMES)],
        [(ROOMS, ROOMS.replace("適切", "正しく"))],
    ),
    Clean(
        "keys of the head, line by line",
        [("件名: 江戸川区人権", "件名: 人権")],
        [("主管課: 総務部総務課", "主管課: 経営企画部ＤＸ推進課")],
    ),
    Clean(
        "terms added before and behind another",
        [(TERM, TERM + "  甲: 甲という者\n")],
        [("用語:\n", "用語:\n  乙: 乙という者\n")],
    ),
    Clean(
        "a heading and what is below it",
        [("    - 講座・講演会等の運営業務:\n", "    - 講座等の運営:\n")],
        [("            - 前日にメールで参加の意思を確かめる。\n", "            - 参加の意思を確かめる。\n")],
    ),
    Clean(
        "an item and a comment above its neighbour",
        [(NAMES, "        # 名簿は様式による\n" + NAMES)],
        [(LOGS, LOGS.replace("定期に", "毎月"))],
    ),
    Clean(
        "a paragraph folded, its neighbour added",
        [("  このうち講座", "  そのうち講座")],
        [("実施時期:\n", "｛追加｝経過: 庁内で検討した。\n\n実施時期:\n")],
    ),
    Clean("entries of a line of brackets", [("番号: 82", "番号: 83")], [("2022-05-06", "2022-05-09, 宛先: 区長")]),
    Clean(
        "a section and the next",
        [("諮問理由: >-\n  ｛区｝が", "諮問理由: >-\n  本区が")],
        [("実施目的: >-\n  江戸川区性", "実施目的: >-\n  性")],
    ),
    Clean(
        "a row and the next",
        [("  履行場所: ｛区｝の指定", "  履行場所: 区の指定")],
        [("{管理責任者: ｛総務課長｝, 運用責任者", "{管理責任者: 課長, 運用責任者")],
    ),
]


@pytest.mark.parametrize("case", CLEAN, ids=[case.name for case in CLEAN])
def test_edits_of_different_items_merge(case: Clean) -> None:
    ours, theirs = both(SAMPLE, case.ours), both(SAMPLE, case.theirs)
    expected = both(SAMPLE, case.ours, case.theirs)
    for one, other in ((ours, theirs), (theirs, ours)):
        found = merge(SAMPLE.encode(), one.encode(), other.encode())
        assert found.clean
        assert found.data.decode() == expected
    found = merge(SAMPLE.encode(), expected.encode(), expected.encode())
    assert (found.clean, found.data.decode()) == (True, expected)


EDITED = NAMES.replace("事前", "前日まで")
OTHERWISE = NAMES.replace("名簿", "一覧")
BESIDE = ROOMS.replace("適切", "正しく")


def conflict(ours: str, theirs: str) -> str:
    return f"{TOPS[0]}\n{ours}{TOPS[1]}\n{theirs}{TOPS[2]}\n"


CONFLICTS = [
    # name, what ours and theirs did, what stands in place of what in the merged file
    (
        "both reworded it",
        [(NAMES, EDITED)],
        [(NAMES, OTHERWISE), (ROOMS, BESIDE)],
        [(NAMES, conflict(EDITED, OTHERWISE)), (ROOMS, BESIDE)],
    ),
    (
        "one deleted it",
        [(NAMES, ""), (ROOMS, BESIDE)],
        [(NAMES, OTHERWISE)],
        [(NAMES, conflict("", OTHERWISE)), (ROOMS, BESIDE)],
    ),
    ("the other deleted it", [(NAMES, EDITED)], [(NAMES, "")], [(NAMES, conflict(EDITED, ""))]),
    (
        "both added one there",
        [(NAMES, NEW + NAMES)],
        [(NAMES, "        - 記録を残すこと。\n" + NAMES), (LOGS, LOGS.replace("定期に", "毎月"))],
        [(NAMES, conflict(NEW, "        - 記録を残すこと。\n") + NAMES), (LOGS, LOGS.replace("定期に", "毎月"))],
    ),
    (
        "both changed a term",
        [(TERM, TERM.replace(": 江戸川区", ": 区の"))],
        [(TERM, TERM.replace(": 江戸川区", ": 本区の"))],
        [(TERM, conflict(TERM.replace(": 江戸川区", ": 区の"), TERM.replace(": 江戸川区", ": 本区の")))],
    ),
    (
        "both changed one entry of a line of brackets",
        [("番号: 82", "番号: 83")],
        [("番号: 82", "番号: 84")],
        [(REQUEST, conflict(REQUEST.replace("82", "83"), REQUEST.replace("82", "84")))],
    ),
    (
        "a key renamed, and its entry deleted",
        [(SECTION, SECTION.replace("実施時期", "開始の時期"))],
        [(SECTION, "")],
        [(SECTION, conflict(SECTION.replace("実施時期", "開始の時期"), ""))],
    ),
    (
        "an item deleted, and another written in the place of what the other changed",
        [(NAMES, EDITED)],
        [(NAMES, "        - 委託先を公表すること。\n" + NEW)],
        [(NAMES, conflict(EDITED, "        - 委託先を公表すること。\n" + NEW))],
    ),
    (
        "comments at the top of the file",
        [(TOP, TOP + "# 甲\n")],
        [(TOP, TOP + "# 乙\n")],
        [(TOP, TOP + conflict("# 甲\n", "# 乙\n"))],
    ),
    (
        "a heading that both reworded",
        [("    - 委託事業者の選定基準:\n", "    - 選定基準:\n")],
        [("    - 委託事業者の選定基準:\n", "    - 選定の基準:\n")],
        None,
    ),
    (
        "comments that both wrote above it",
        [(NAMES, "        # 甲\n" + NAMES)],
        [(NAMES, "        # 乙\n" + NAMES)],
        [(NAMES, conflict("        # 甲\n" + NAMES, "        # 乙\n" + NAMES))],
    ),
    (
        "added sections at one place",
        [("実施時期:\n", "｛追加｝甲: 一\n\n実施時期:\n")],
        [("実施時期:\n", "｛追加｝乙: 二\n\n実施時期:\n")],
        [("\n実施時期:\n", "\n" + conflict("｛追加｝甲: 一\n", "｛追加｝乙: 二\n") + "\n実施時期:\n")],
    ),
    (
        "the first thing beside a hyphen",
        [("        - 講座・講演会等の申込受付: 参加を希望する者", "        - 申込受付: 希望する者")],
        [("        - 講座・講演会等の申込受付: 参加を希望する者", "        - 申込みの受付: 参加する者")],
        None,
    ),
]


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"), [each[1:] for each in CONFLICTS], ids=[each[0] for each in CONFLICTS]
)
def test_edits_of_one_item_conflict_there_and_the_rest_is_merged(
    ours: Edits, theirs: Edits, expected: Edits | None
) -> None:
    found = merge(SAMPLE.encode(), both(SAMPLE, ours).encode(), both(SAMPLE, theirs).encode())
    text = found.data.decode()
    assert not found.clean and not found.doubtful
    assert [line for line in text.split("\n") if line in TOPS] == list(TOPS)
    if expected is not None:
        assert text == both(SAMPLE, expected)
    assert resolved(text, 0).count("\n") <= SAMPLE.count("\n") + 3


def resolved(text: str, side: int) -> str:
    """A merged file with its conflicts settled for one side."""
    lines, within = [], -1
    for line in text.split("\n"):
        if line in TOPS:
            within = (0, 1, -1)[TOPS.index(line)]
        elif within in (-1, side):
            lines.append(line)
    return "\n".join(lines)


def test_an_item_that_one_moved_takes_the_edit_of_the_other_along() -> None:
    moved = both(SAMPLE, [(NAMES, ""), (LOGS, LOGS + NAMES)])
    changed = both(SAMPLE, [(NAMES, EDITED)])
    for one, other in ((moved, changed), (changed, moved)):
        found = merge(SAMPLE.encode(), one.encode(), other.encode())
        assert found.clean
        assert found.data.decode() == both(moved, [(NAMES, EDITED)])


def test_what_one_moved_elsewhere_and_the_other_deleted_or_moved_is_named() -> None:
    base, deleted = both(SAMPLE), both(SAMPLE, [(NAMES, "")])
    places = ("      - 住所\n", "      - 性別\n")
    one, other = (both(deleted, [(place, place + NAMES[2:])]) for place in places)
    for theirs in (deleted, other):
        for sides in ((one, theirs), (theirs, one)):
            found = merge(base.encode(), *map(str.encode, sides))
            assert (found.clean, found.doubtful, found.strays) == (False, False, [NAMES.strip()[2:]])


def test_sections_in_another_order_take_edits_along() -> None:
    moved = swapped("a:\n  - 甲\nb: 乙\nc: 丙\n", "b: 乙\n", "c: 丙\n")
    found = merge(
        b"a:\n  - \xe7\x94\xb2\nb: \xe4\xb9\x99\nc: \xe4\xb8\x99\n",
        moved.encode(),
        "a:\n  - 甲\nb: 乙二\nc: 丙\n".encode(),
    )
    assert (found.clean, found.data.decode()) == (True, "a:\n  - 甲\nc: 丙\nb: 乙二\n")


def swapped(text: str, one: str, other: str) -> str:
    return both(text, [(one + other, other + one)])


def test_one_side_tidied_the_other_edited() -> None:
    untidy = both(
        SAMPLE, [(REQUEST, "依頼:\n   番号: '82'\n   日付: \"2022-05-06\"\n"), (NAMES, "        -   " + NAMES[10:])]
    )
    edit = [("番号: '82'", "番号: '83'"), ("事前に提出", "前日までに提出")]
    for one, other in ((SAMPLE, both(untidy, edit)), (both(untidy, edit), SAMPLE)):
        found = merge(untidy.encode(), one.encode(), other.encode())
        assert found.clean
        assert "番号: '83'" in found.data.decode() and "業務に従事する者の名簿を前日までに" in found.data.decode()


def test_windows_line_ends_stay() -> None:
    ours, theirs = (both(SAMPLE, edit).replace("\n", "\r\n") for edit in ([(NAMES, EDITED)], [(ROOMS, BESIDE)]))
    found = merge(SAMPLE.encode(), ours.encode(), theirs.encode())
    assert (found.clean, found.data.decode()) == (
        True,
        both(SAMPLE, [(NAMES, EDITED), (ROOMS, BESIDE)]).replace("\n", "\r\n"),
    )


def test_the_same_edit_is_taken_once_in_one_way_or_another() -> None:
    ours = both(SAMPLE, [(NAMES, EDITED)])
    theirs = both(SAMPLE, [(NAMES, "        - '" + EDITED[10:-1] + "'\n"), (ROOMS, BESIDE)])
    found = merge(SAMPLE.encode(), ours.encode(), theirs.encode())
    assert (found.clean, found.data.decode()) == (True, both(ours, [(ROOMS, BESIDE)]))


DOUBTFUL = [
    ("two things of one anchor", "a: 甲\nb: 乙\nc: 丙\n", "a: &x 甲\nb: 乙\nc: 丙\n", "a: 甲\nb: 乙\nc: &x 丙\n"),
    ("both moved the sections", "a: 甲\nb: 乙\nc: 丙\n", "c: 丙\na: 甲\nb: 乙\n", "a: 甲\nc: 丙\nb: 乙\n"),
    (
        "an alias whose anchor the other took away",
        "a: &x 甲\nb: 乙\nc: 丙\n",
        "a: 甲\nb: 乙\nc: 丙\n",
        "a: &x 甲\nb: 乙\nc: *x\n",
    ),
    (
        "both added to a list headed as one of terms",
        "a:\n  - 用語:\n      - 甲\n",
        "a:\n  - 用語:\n      - 甲\n      - 乙\n",
        "a:\n  - 用語:\n      - 甲\n      - 丙\n",
    ),
]


@pytest.mark.git
@pytest.mark.parametrize(
    ("base", "ours", "theirs"), [each[1:] for each in DOUBTFUL], ids=[each[0] for each in DOUBTFUL]
)
def test_what_is_doubtful_is_a_conflict(base: str, ours: str, theirs: str) -> None:
    for one, other in ((ours, theirs), (theirs, ours)):
        assert not merge(base.encode(), one.encode(), other.encode()).clean


def test_terms_that_both_added_at_one_place_are_both_taken() -> None:
    ours, theirs = (both(SAMPLE, [(TERM, f"{TERM}  {name}: {name}という者\n")]) for name in "甲乙")
    found = merge(SAMPLE.encode(), ours.encode(), theirs.encode())
    assert found.clean
    assert found.data.decode() == both(SAMPLE, [(TERM, TERM + "  甲: 甲という者\n  乙: 乙という者\n")])
