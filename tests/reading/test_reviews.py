"""# 確認：…: a comment that asks for a look is a notice in a draft, refused in a final paper, and never found in a text."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from support.samples import CASE, MEETING, ORGANIZATION, edited, project

from kotobuki.cli import main
from kotobuki.diagnostics import Diagnostics
from kotobuki.drafting.review import comment
from kotobuki.reading.openings import openings_of, report_reviews, reviews_in


def found(text: str) -> list[tuple[str, int, int, bool]]:
    return [
        (each.what, each.place.line, each.place.column, each.own) for each in reviews_in(text.encode(), "案件.yaml")
    ]


@pytest.mark.parametrize(
    ("text", "reviews"),
    [
        ("# 確認：甲\n件名: 乙\n", [("甲", 1, 1, True)]),
        ("件名: 乙\n一覧:\n    # 確認：甲、丙\n  - 丁\n", [("甲、丙", 3, 5, True)]),
        ("件名: 乙 # 確認：甲\n", [("甲", 1, 7, False)]),
        ("#確認: 甲\n件名: 乙\n", [("甲", 1, 1, True)]),
        ("件名: {\n  # 確認：甲\n  丙: 丁}\n", [("甲", 2, 3, True)]),
        ("件名: '# 確認：甲'\n", []),
        ("件名: '乙\n  # 確認：甲'\n", []),
        ('件名: "乙 # 確認：甲"\n', []),
        ("件名: >-\n  乙\n  # 確認：甲\n", []),
        ("件名: >-\n  乙\n# 確認：甲\n根拠: 丙\n", [("甲", 3, 1, True)]),
        ("件名: |-\n  # 確認：甲\n根拠: 丙 # 確認：丁\n", [("丁", 3, 7, False)]),
        ("件名: 乙#確認：甲\n", []),
        ("# 確認のこと\n# 甲。確認：乙\n件名: 丙\n", []),
        ("件名: '乙' # '甲' # 確認：丙\n", []),
        ("# 確認：甲\r\n件名: 乙\r\n", [("甲", 1, 1, True)]),
    ],
)
def test_a_comment_is_one_and_a_text_is_none(text: str, reviews: list[tuple[str, int, int, bool]]) -> None:
    assert found(text) == reviews


@given(st.lists(st.sampled_from(["甲", "令和4年", "300人"]), min_size=1, max_size=9), st.integers(0, 3))
def test_what_a_renewal_leaves_is_found(words: list[str], depth: int) -> None:
    assert len(found(f"一:\n{'  ' * depth}{comment(words)}\n  - 二\n")) == 1


def test_what_is_open_in_a_file() -> None:
    text = "# 確認：甲\n件名: ｛記入：件名｝\n理由: [｛記入｝, 約｛記入：数｝件] # 確認：乙\n"
    assert str(openings_of(text.encode(), "案件.yaml")) == "｛記入｝3か所、「# 確認：」2か所"
    assert str(openings_of(b"a: 1\n", "案件.yaml")) == ""
    assert len(openings_of("# 確認：甲\n件名: '\n".encode(), "案件.yaml").reviews) == 1


def test_a_notice_names_the_lines_and_each_is_an_error_where_papers_are_final() -> None:
    reviews = list(reviews_in(("件名:\n" + "  # 確認：甲\n" * 12 + "  乙\n").encode(), "案件.yaml"))
    draft, final = Diagnostics(), Diagnostics()
    report_reviews((*reviews, *reviews), draft, final=False)
    report_reviews(reviews, final, final=True)
    (notice,) = draft
    assert (notice.severity, notice.place.line) == ("warning", 2)
    assert notice.reason == "確かめていない所が12か所あります（2・3・4・5・6・7・8・9・10・11…行目）"
    assert {each.severity for each in final} == {"error"} and len(list(final)) == 12


COMMANDS = (("build",), ("build", "--check"), ("packet",))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_says_so(tmp_path: Path, command: tuple[str, ...]) -> None:
    root = project(
        tmp_path,
        {"案件.yaml": edited(CASE, "理由:", "# 確認：甲\n理由:")},
        MEETING=edited(MEETING, "回: 1", "# 確認：回\n回: 1"),
        ORGANIZATION=edited(ORGANIZATION, "例規:", "# 確認：例規\n例規:"),
    )
    folder, out = root / "cases" / "第1回", tmp_path / "out"
    draft = CliRunner().invoke(main, [*command, str(folder), "--out", str(out)])
    assert draft.exit_code == 0
    assert draft.stderr.count("注意: 確かめていない所が1か所あります") == 3
    if command != ("build", "--check"):
        assert "  残り　「# 確認：」3か所\n" in draft.stdout
    final = CliRunner().invoke(main, [*command, str(folder), "--out", str(tmp_path / "final"), "--final"])
    assert final.exit_code == 1
    for place in ("案件.yaml:6:1", "meeting.yaml:3:1", "organization.yaml:14:1"):
        assert f"{place}: 誤り: " in final.stderr
    assert not (tmp_path / "final").exists()
