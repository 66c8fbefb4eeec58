"""The canonical layout of a case, and `kotobuki fmt`, which puts files into it."""

from __future__ import annotations

import re
import shutil
from itertools import product
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from support.paths import ROOT
from support.samples import CASE, HEADER, compose, project

from kotobuki.build.command import Options
from kotobuki.build.pipeline import build
from kotobuki.cli import main
from kotobuki.diagnostics import Diagnostics
from kotobuki.manuscript.scalars import _AROUND, _PLAIN, _reads_as, sentences
from kotobuki.manuscript.tidy import FileKind, tidy
from kotobuki.tidying import tidy_files

SENTENCE = "担当者が、受け付けた日のうちに｛区｝の職員に電話で知らせる。"
LONG = "長い" * 51

LAYOUTS = [
    ("quotes that are not needed go", "a: \"甲\"\nb: '乙'\n", "a: 甲\nb: 乙\n"),
    (
        "those that are stay, as single ones",
        'a: "- 甲"\nb: "甲: 乙"\nc: "甲 #乙"\n',
        "a: '- 甲'\nb: '甲: 乙'\nc: '甲 #乙'\n",
    ),
    ("what typists' mistakes look like stays quoted", "a:\n  - '件名:甲'\n  - 乙\n", "a:\n  - '件名:甲'\n  - 乙\n"),
    (
        "full-width blanks are words, at the end of a line too",
        "a:   甲\u3000  # 注\nb: 乙\u3000\n",
        "a: 甲\u3000  # 注\nb: 乙\u3000\n",
    ),
    ("an empty text stays one", "a: ''\nb: \"\"\n", "a: ''\nb: ''\n"),
    ("a short text stands in one line", "a: >-\n  甲\n  乙\nb: |\n  丙\n", "a: 甲乙\nb: 丙\n"),
    ("a sentence a line", f"a: {SENTENCE * 2}\n", f"a: >-\n  {SENTENCE}\n  {SENTENCE}\n"),
    ("a few short ones in one line", "a: >-\n  甲。\n  乙。\n", "a: 甲。乙。\n"),
    ("but not within brackets", "a: 甲（乙。丙。）丁。\n", "a: 甲（乙。丙。）丁。\n"),
    ("an identifier stays with its sentence", "a: 甲。｛＃印｝\n", "a: 甲。｛＃印｝\n"),
    ("a long text is folded", f"a: {LONG}\n", f"a: >-\n  {LONG}\n"),
    ("paragraphs", "a: |\n  甲。\n\n\n  乙。丙。\n", "a: >-\n  甲。\n\n  乙。\n  丙。\n"),
    ("lines that are no sentences", 'a: "甲\\n乙"\n', "a: |-\n  甲\n\n  乙\n"),
    ("a list is indented by two", "a:\n- 甲\n-   乙\n", "a:\n  - 甲\n  - 乙\n"),
    ("a mapping begins beside its hyphen", "a:\n  -\n     b: 甲\n     c: 乙\n", "a:\n  - b: 甲\n    c: 乙\n"),
    ("brackets stay in one line", "a: { b: 甲,\n  c: [乙 , 丙], }\n", "a: {b: 甲, c: [乙, 丙]}\n"),
    ("a block stays one", "a:\n  b: 甲\n", "a:\n  b: 甲\n"),
    ("brackets too long for a line go", f"a: [{LONG}, 乙]\n", f"a:\n  - >-\n    {LONG}\n  - 乙\n"),
    ("brackets with comments go", "a: [甲, # 一\n  乙] # 二\n", "a:  # 二\n  - 甲  # 一\n  - 乙\n"),
    ("empty ones stay", "a: [ ]\nb: {\n  }\n", "a: []\nb: {}\n"),
    ("blank lines are single", "a: 甲\n\n\nb: 乙\n\n", "a: 甲\n\nb: 乙\n"),
    ("marks of a document go", "---\na: 甲\n...\n", "a: 甲\n"),
    ("lines end with LF", "a: 甲\r\nb: |\r\n  乙\r\n", "a: 甲\nb: 乙\n"),
    (
        "anchors and aliases stay",
        "a:   &x {b:   甲}\nc: *x\nd: &y\n- 乙\ne: *y\n",
        "a: &x {b: 甲}\nc: *x\nd: &y\n  - 乙\ne: *y\n",
    ),
    ("a list in a list", "a:\n  - - 甲\n    - 乙\n  -\n    - 丙\n", "a:\n  - - 甲\n    - 乙\n  - - 丙\n"),
]
COMMENTS = [
    ("at the top", "# 頭\n\n# 甲の\na: 甲\n", "# 頭\n\n# 甲の\na: 甲\n"),
    (
        "behind a text",
        f"a: 甲 # 後\nb: >- # 折\n  {SENTENCE * 2}\n",
        f"a: 甲  # 後\nb: >-  # 折\n  {SENTENCE}\n  {SENTENCE}\n",
    ),
    ("behind a key and a hyphen", "a: # 後\n  - # 一\n    b: 甲\n", "a:  # 後\n  - b: 甲  # 一\n"),
    ("two for one line", "a: # 後\n  - # 一\n    b: 甲 # 二\n", "a:  # 後\n  # 一\n  - b: 甲  # 二\n"),
    ("above an entry", "a:\n# 前\n  - 甲\n   # 間\n  - 乙\n", "a:\n  # 前\n  - 甲\n  # 間\n  - 乙\n"),
    ("between a key and its text", "a:\n  # 間\n  甲\n", "# 間\na: 甲\n"),
    ("a key that is commented out, at the end", "a:\n  b: 甲\n  # c: 乙\nd: 丙\n", "a:\n  b: 甲\n  # c: 乙\nd: 丙\n"),
    ("of the entry that follows", "a:\n- 甲\n# 次\nd: 丙\n", "a:\n  - 甲\n# 次\nd: 丙\n"),
    ("in place of a value", "a:\n    # b: 甲\nc: 乙\n", "a:\n  # b: 甲\nc: 乙\n"),
    ("at the end", "a: 甲\n\n# 終\n", "a: 甲\n\n# 終\n"),
    ("what only looks like one", "a: 甲#乙\nb: '丙 # 丁'\nc: |-\n  # 戊\n", "a: 甲#乙\nb: '丙 # 丁'\nc: '# 戊'\n"),
]


def tidied(text: str) -> str:
    found = tidy(text.encode(), FileKind(lambda _node, _found: None))
    assert found is not None
    return found.decode()


@pytest.mark.parametrize(("before", "after"), [each[1:] for each in LAYOUTS], ids=[each[0] for each in LAYOUTS])
def test_the_layout_is_canonical(before: str, after: str) -> None:
    assert tidied(before) == after
    assert tidied(after) == after


@pytest.mark.parametrize(("before", "after"), [each[1:] for each in COMMENTS], ids=[each[0] for each in COMMENTS])
def test_comments_stay_where_they_belong(before: str, after: str) -> None:
    assert tidied(before) == after
    assert tidied(after) == after


@pytest.mark.parametrize(
    ("paragraph", "lines"),
    [
        ("甲である。乙である。", ["甲である。", "乙である。"]),
        (
            "甲である。｛※注である。次の注である。｝乙である。",
            ["甲である。｛※注である。次の注である。｝", "乙である。"],
        ),
        (
            "甲である｛※注である。次の注である。｝。乙である。",
            ["甲である｛※注である。次の注である。｝。", "乙である。"],
        ),
        ("甲である。｛※｛市｝の注である。｝乙である。", ["甲である。｛※｛市｝の注である。｝", "乙である。"]),
        ("甲である。｛＃名｝乙である。", ["甲である。｛＃名｝", "乙である。"]),
        ("｛記入：甲を書く。乙も書く。｝", ["｛記入：甲を書く。乙も書く。｝"]),
        ("｛＝甲。乙。｝丙である。丁", ["｛＝甲。乙。｝丙である。", "丁"]),
    ],
)
def test_no_line_breaks_within_a_mark(paragraph: str, lines: list[str]) -> None:
    assert list(sentences(paragraph)) == lines


# --- the order of keys ----------------------------------------------------------------------------------------------

ROWS = "業務:\n  概要: 乙\n  体制: {責任者: 甲}\n"
ORDERS = [
    (
        "the head, then the sections of the form, comments along with them",
        "# 頭\n理由: 委託するため\n# 番号\n依頼: {番号: 82}\n根拠: {条例: 第14条第3項}\n主管課: 総務部総務課\n件名: 甲\n様式: 試験\n",
        "# 頭\n様式: 試験\n件名: 甲\n主管課: 総務部総務課\n根拠: {条例: 第14条第3項}\n# 番号\n依頼: {番号: 82}\n\n理由: 委託するため\n",
    ),
    ("a blank line between sections", HEADER + "理由: 甲\n目的: 乙\n", HEADER + "\n理由: 甲\n\n目的: 乙\n"),
    (
        "the rows of a table",
        CASE + "業務:\n  体制: {責任者: 甲}\n  概要: 乙\n",
        HEADER + f"\n理由: 委託するため\n\n{ROWS}",
    ),
    (
        "an added section behind the one it was written after",
        HEADER + "目的: 乙\n｛追加｝周知: 丙\n理由: 甲\n",
        HEADER + "\n理由: 甲\n\n目的: 乙\n\n｛追加｝周知: 丙\n",
    ),
    (
        "an added section written first, where that cannot be said in the order of the form",
        HEADER + "｛追加｝周知: 丙\n業務: {概要: 乙}\n理由: 甲\n",
        HEADER + "\n｛追加｝周知: 丙\n\n業務: {概要: 乙}\n\n理由: 甲\n",
    ),
    (
        "nothing where the case has an order of its own",
        HEADER + "目的: 乙\n理由: 甲\n｛順序｝: [目的, 理由]\n",
        HEADER + "｛順序｝: [目的, 理由]\n\n目的: 乙\n\n理由: 甲\n",
    ),
    (
        "nothing where an alias repeats what is written before it",
        HEADER + "目的: &x 乙\n理由: *x\n",
        HEADER + "\n目的: &x 乙\n\n理由: *x\n",
    ),
]


@pytest.mark.parametrize(("before", "after"), [each[1:] for each in ORDERS], ids=[each[0] for each in ORDERS])
def test_keys_stand_in_the_order_of_the_form(before: str, after: str, tmp_path: Path) -> None:
    file = project(tmp_path, {"案件.yaml": before}) / "cases" / "第1回" / "案件.yaml"
    for _ in range(2):
        diagnostics = Diagnostics()
        (found,) = tidy_files([file], None, diagnostics)
        assert list(diagnostics) == []
        assert found.after.decode() == after
        file.write_bytes(found.after)


DIGITS = [
    ("平成２１年１月の答申", "平成21年1月の答申"),
    ("第１４条第３項による", "第14条第3項による"),
    ("１０人と２０人", "１０人と20人"),  # what stands before a text on paper is not known
    ("｛件名｝１件、Ａ１、１,０００件、10－１１月", "｛件名｝１件、Ａ１、１,０００件、10－11月"),
    ("｛＝第１０条｝と｛※平成２１年１月答申｝の２つ", "｛＝第１０条｝と｛※平成２１年１月答申｝の2つ"),
]


@pytest.mark.parametrize(("typed", "tidy"), DIGITS)
def test_digits_are_half_width_where_they_print_the_same(typed: str, tidy: str, tmp_path: Path) -> None:
    case = CASE.replace("委託するため", typed)
    file = project(tmp_path, {"案件.yaml": case}) / "cases" / "第1回" / "案件.yaml"
    diagnostics = Diagnostics()
    (found,) = tidy_files([file], None, diagnostics)
    assert list(diagnostics) == []
    assert found.after.decode().endswith(f"\n理由: {tidy}\n")
    assert compose(case).lines == compose(found.after.decode()).lines


def test_digits_stay_in_names_of_files_and_what_is_no_running_text(tmp_path: Path) -> None:
    figure = "  - ｛図｝:\n      種類: 新旧\n      説明: 第１０条の図。\n      対比:\n        - 予約１番: {現行: 第１０条の文, 変更後: 乙}\n"
    case = CASE.replace("委託するため", f"\n{figure}").replace("理由: \n", "理由:\n")
    file = project(tmp_path, {"案件.yaml": case}) / "cases" / "第1回" / "案件.yaml"
    (found,) = tidy_files([file], None, Diagnostics())
    assert found.after.decode() == HEADER + "\n理由:\n" + figure


def test_the_other_files_are_put_in_order_as_well(tmp_path: Path) -> None:
    root = project(tmp_path, MEETING="議案: {2: 案件.yaml}\n回: 1\n年度: 令和4年度\n会議体: 審査会\n")
    assert CliRunner().invoke(main, ["fmt", str(root / "cases")]).exit_code == 0
    meeting = (root / "cases" / "第1回" / "meeting.yaml").read_text(encoding="utf-8")
    assert meeting == "会議体: 審査会\n年度: 令和4年度\n回: 1\n議案: {2: 案件.yaml}\n"


# --- the samples ----------------------------------------------------------------------------------------------------


def test_what_is_taken_for_plain_would_be_found_to_be() -> None:
    """Of such texts `written` does not ask whether they are read again as they are; here they are asked for."""
    heads, tails = "漢あ1１Aａ｛（「『【《※①", "漢あー1１Aａ｛（「『【《※①、。・｝）」』】》→＃／～-"
    for where in _AROUND:
        for text in (*heads, *map("".join, product(heads, tails, "漢あ1")), *map("".join, product(heads, tails))):
            assert _PLAIN.fullmatch(text)
            assert _reads_as.__wrapped__(text, text, (), where, ("漢", "あ1")), text


def test_the_samples_are_in_order() -> None:
    diagnostics = Diagnostics()
    found = tidy_files([ROOT / "cases", ROOT / "templates"], None, diagnostics)
    assert list(diagnostics) == []
    assert len(found) >= 9
    assert [each.shown for each in found if each.before != each.after] == []


def disordered(text: str) -> str:
    """A case from its last key to its first, its plain items in double quotes, with Windows line ends."""
    top, *keys = re.split(r"(?m)^(?=[^\s#-])", text)
    quoted = re.sub(r"(?m)^( *- )([^-｛>|\[{:]+)$", r'\1"\2"', "".join(reversed(keys)))
    return (top + quoted).replace("\n", "\r\n")


def printed(file: Path) -> dict[str, bytes]:
    """What a .docx says: all but the digest of its case, which is one of the file and not of what it says."""
    with ZipFile(file) as package:
        return {name: package.read(name) for name in package.namelist() if name != "docProps/custom.xml"}


def test_a_disordered_sample_makes_the_same_papers(sample_root: Path, bundles: Path, tmp_path: Path) -> None:
    root = shutil.copytree(sample_root, tmp_path / "root")
    for file in (root / "cases" / "r4-1").glob("0*.yaml"):
        before = file.read_text(encoding="utf-8")
        file.write_bytes(disordered(before).encode())
        assert CliRunner().invoke(main, ["fmt", str(file)]).exit_code == 0
        assert file.read_text(encoding="utf-8").replace("\n\n", "\n") == before.replace("\n\n", "\n")
    diagnostics = Diagnostics()
    build([root / "cases" / "r4-1"], Options(tmp_path / "out", formats=("docx",)), None, diagnostics)
    assert list(diagnostics) == []
    papers = [*bundles.rglob("*.docx")]
    assert len(papers) == 7 * 4
    for file in papers:
        assert printed(tmp_path / "out" / "r4-1" / file.relative_to(bundles)) == printed(file), file.name


# --- the command ----------------------------------------------------------------------------------------------------

UNTIDY = CASE.replace("件名: 見本", "件名:   見本") + "目的: '甲'\n"
TIDY = HEADER + "\n理由: 委託するため\n\n目的: 甲\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A meeting with a case that is untidy, one that is tidy, and one with an error."""
    texts = {"一.yaml": UNTIDY, "二.yaml": TIDY, "三.yaml": TIDY.replace("主管課", "主幹課")}
    return (
        project(tmp_path, texts, MEETING="会議体: 審査会\n年度: 令和4年度\n回: 1\n議案: {2: 一.yaml}\n")
        / "cases"
        / "第1回"
    )


def texts_of(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}


def test_a_file_is_put_in_order(folder: Path) -> None:
    result = CliRunner().invoke(main, ["fmt", str(folder / "一.yaml"), str(folder / "二.yaml")])
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith("/一.yaml を整えました\n") and result.stdout.count("\n") == 1
    assert texts_of(folder)["一.yaml"] == TIDY
    assert set(texts_of(folder)) == {"一.yaml", "二.yaml", "三.yaml", "meeting.yaml"}  # nothing is left beside it


def test_a_file_with_errors_is_left_alone_and_the_others_are_not(folder: Path) -> None:
    before = texts_of(folder)
    result = CliRunner().invoke(main, ["fmt", str(folder)])
    assert result.exit_code == 1
    assert "「主幹課」" in result.stderr and result.stderr.endswith("誤りのあるファイルは、そのままにしました。\n")
    assert texts_of(folder) == before | {"一.yaml": TIDY}


@pytest.mark.parametrize("options", [["--check"], ["--diff"], ["--check", "--diff"]], ids=" ".join)
def test_check_and_diff_write_nothing(folder: Path, options: list[str]) -> None:
    before = texts_of(folder)
    result = CliRunner().invoke(main, ["fmt", *options, str(folder / "一.yaml"), str(folder / "二.yaml")])
    assert texts_of(folder) == before
    assert result.exit_code == ("--check" in options)
    lines = result.stdout.splitlines()
    assert any(line.endswith("/一.yaml") and not line.startswith(("-", "+")) for line in lines) == (
        "--check" in options
    )
    assert ("+目的: 甲" in lines) == ("--diff" in options)
    assert not any("二.yaml" in line for line in lines)


def test_check_is_silent_where_all_is_in_order(folder: Path) -> None:
    result = CliRunner().invoke(main, ["fmt", "--check", str(folder / "二.yaml")])
    assert (result.exit_code, result.output) == (0, "")


def test_a_change_of_line_ends_alone_is_told(folder: Path) -> None:
    (folder / "二.yaml").write_bytes(TIDY.replace("\n", "\r\n").encode())
    result = CliRunner().invoke(main, ["fmt", "--diff", str(folder / "二.yaml")])
    assert "改行の文字" in result.stdout


def test_a_link_stays_a_link(folder: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.yaml"
    link.symlink_to(folder / "一.yaml")
    assert CliRunner().invoke(main, ["fmt", "--root", str(tmp_path), str(link)]).exit_code == 0
    assert link.is_symlink() and texts_of(folder)["一.yaml"] == TIDY


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["fmt", str(tmp_path / "x.yaml")])
    assert (result.exit_code, "x.yaml」がありません" in result.stderr) == (2, True)
