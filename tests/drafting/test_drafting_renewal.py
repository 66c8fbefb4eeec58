"""Cases begun from last year's: what is cleared, what is pointed at, and every other byte as it was."""

from __future__ import annotations

import difflib
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from support.commands import run
from support.drafts import answered, done
from support.paths import ROOT
from support.properties import tries
from support.registers import fast_folder
from support.samples import CASE, FORM, HEADER, edited, project

from kotobuki.drafting.review import doubtful

REST = "理由: 委託するため\n"
NEW = "cases/第2回/新.yaml"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="9" height="9"/></svg>'


def renewed(text: str, folder: Path, *options: str, **changed: str) -> str:
    """What comes of last year's case."""
    root = project(folder, {"案件.yaml": text}, **changed)
    done("new", "試験", root / NEW, "--from", root / "cases/第1回/案件.yaml", *options)
    built = run("build", root / NEW, "--out", folder / "out", "--format", "docx")
    assert built.status == 0, built.err
    return (root / NEW).read_bytes().decode()


def changes(before: str, after: str) -> list[str]:
    """The lines that differ: -old, +new."""
    rows = difflib.ndiff(before.splitlines(), after.splitlines())
    return [row for row in rows if row[0] in "+-"]


@pytest.mark.parametrize(
    ("request_", "wanted"),
    [
        ("依頼: {番号: 82, 日付: 2022-05-06}\n", "依頼: {番号: ｛記入：番号｝, 日付: ｛記入：依頼の日付｝}\n"),
        (
            "依頼: {番号: 82, 枝番: 2, 日付: '2022-05-06'}\n",
            "依頼: {番号: ｛記入：番号｝, 日付: ｛記入：依頼の日付｝}\n",
        ),
        ("依頼: {番号: 82, 枝番: 2}\n", "依頼: {番号: ｛記入：番号｝}\n"),
        ("依頼: {番号: 82, 発信者: 総務部長}   # 部長\n", "依頼: {番号: ｛記入：番号｝, 発信者: 総務部長}   # 部長\n"),
        (
            '依頼:\n  # 起案\n  番号: "82"\n  枝番: 2  # 追加\n  日付: 令和4年5月6日   # 仮\n',
            "依頼:\n  # 起案\n  番号: ｛記入：番号｝\n  日付: ｛記入：依頼の日付｝   # 仮\n",
        ),
        ("依頼:\n  番号:\n  日付: 2022-05-06\n", "依頼:\n  番号:\n  日付: ｛記入：依頼の日付｝\n"),
        ("", ""),
    ],
)
def test_number_and_date_are_cleared(request_: str, wanted: str, tmp_path: Path) -> None:
    head = edited(HEADER, "依頼: {番号: 82, 日付: 2022-05-06}\n", request_)
    expected = edited(HEADER, "依頼: {番号: 82, 日付: 2022-05-06}\n", wanted)
    assert renewed(head + REST, tmp_path) == expected.replace("根拠:", "# 確認：条項\n根拠:") + REST


SCHEDULES = """\
時期:
  - 2022-05: 諮問   # 5月
  - 未定: 契約
  - '2022-06以降':
      - 開始
業務:
  概要:
    - ｛日程｝:
        - 令和4年7月: 試行
    - 2022年度: 見出し
  予定:
    - ｛年｝: 毎行
    - 2022-08～2022-09: 予定
"""


def test_the_times_of_schedules_are_cleared(tmp_path: Path) -> None:
    after = renewed(CASE + SCHEDULES, tmp_path)
    assert [row for row in changes(CASE + SCHEDULES, after) if "｛記入：前" in row] == [
        "+   - ｛記入：前は2022-05｝: 諮問   # 5月",
        "+   - ｛記入：前は2022-06以降｝:",
        "+         - ｛記入：前は令和4年7月｝: 試行",
        "+     - ｛記入：前は2022-08～2022-09｝: 予定",
    ]
    assert "  - 未定: 契約\n" in after and "    # 確認：2022年度\n    - 2022年度: 見出し\n" in after


@pytest.mark.parametrize(
    ("old", "options", "wanted"),
    [
        ("件名: 見本の業務について\n", ["--subject", "甲: 乙"], "件名: '甲: 乙'\n"),
        ("件名: '見本''の業務'\n", ["--subject", "甲"], "件名: 甲\n"),
        ("件名: >-\n  見本の業務に\n  ついて\n", ["--subject", "甲"], "件名: 甲\n"),
        ("件名: 見本の業務に\n  ついて   # 注\n", ["--subject", "甲"], "件名: 甲   # 注\n"),
        ("件名: 見本の業務について\n", [], "件名: 見本の業務について\n"),
    ],
)
def test_answers_take_the_place_of_what_was_there(old: str, options: list[str], wanted: str, tmp_path: Path) -> None:
    head = edited(HEADER, "件名: 見本の業務について\n", old)
    assert wanted in renewed(head + REST, tmp_path, *options)


def test_a_department_and_a_date_and_a_time(tmp_path: Path) -> None:
    options = ["--department", "人事課", "--department", "介護課", "--date", "2023-05-08", "--start", "2023-06"]
    form = edited(FORM, "種類: 日程}\n  - {名: 担当", "種類: 日程, 必須: はい}\n  - {名: 担当")
    text = renewed(CASE + SCHEDULES, tmp_path, *options, FORM=form)
    assert "主管課: [総務部人事課, 福祉局介護課]\n" in text
    assert "依頼: {番号: ｛記入：番号｝, 日付: 2023-05-08}\n" in text
    assert "  - 2023-06: 諮問   # 5月\n" in text


@pytest.mark.parametrize(
    ("old", "wanted"),
    [
        ("主管課: 総務部広報課\n", "主管課: ｛記入：主管課（前は総務部広報課）｝\n"),
        ("主管課: [総務部広報課, 総務部総務課]\n", "主管課: [｛記入：主管課（前は総務部広報課）｝, 総務部総務課]\n"),
    ],
)
def test_a_department_that_is_no_more_is_to_be_chosen_again(old: str, wanted: str, tmp_path: Path) -> None:
    assert wanted in renewed(edited(HEADER, "主管課: 総務部総務課\n", old) + REST, tmp_path)


TEXTS = """\
用語:
  番号法: {正式: 甲の法律, 法令番号: 平成25年法律第27号}
# 前からの注
理由: >-
  令和3年度に約1,000件／年を処理し、
  2020年から続く、

  300人の業務｛※平成21年１月諮問答申済み｝のため
目的:
  - 甲法（昭和25年法律第247号）第4条により、第14条第3項のとおり
  - 次のとおり:
      - >-
        費用は
        ２０万円
      - ｛表｝: {行: [[甲, 令和元年],
            [乙, 5台]]}
"""


def test_what_is_likely_to_be_no_longer_true_is_pointed_at(tmp_path: Path) -> None:
    head = HEADER.replace("依頼: {番号: 82, 日付: 2022-05-06}\n", "")
    after = renewed(head + TEXTS, tmp_path)
    assert changes(head + TEXTS, after) == [
        "+ # 確認：条項",
        "+ # 確認：令和3年度、約1,000件／年、2020年、300人、平成21年１月諮問答申済み",
        "+       # 確認：２０万円",
        "+       # 確認：令和元年、5台",
    ]
    assert "# 前からの注\n# 確認：令和3年度" in after
    assert "      # 確認：２０万円\n      - >-\n" in after


def test_doing_it_again_the_next_year_adds_nothing(tmp_path: Path) -> None:
    head = HEADER.replace("依頼: {番号: 82, 日付: 2022-05-06}\n", "")
    once = renewed(head + TEXTS, tmp_path / "a")
    assert renewed(once, tmp_path / "b") == once


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("令和4年5月6日から令和5年度まで", ["令和4年5月6日から"[:-2], "令和5年度"]),
        ("第14条第3項、第10号、基準8．人的対策、24時間365日", []),
        ("平成15年法律第57号及び令和4年3月みなと市条例第2号", []),
        ("約1,000件／年、２人、５％", ["約1,000件／年", "２人", "５％"]),
        ("平成20年3月諮問答申済み", ["平成20年3月諮問答申済み"]),
        ("2022-05-06と12022年", ["2022-05-06"]),
        ("令和4年6月1日付け4環第12号により", ["令和4年6月1日", "4環第12号"]),
        ("22総総送第81号の2、令4寿総第12号、第3章第2号", ["22総総送第81号の2", "令4寿総第12号"]),
    ],
)
def test_what_is_doubtful(text: str, words: list[str]) -> None:
    assert doubtful([text]) == words


@pytest.mark.thinned
@pytest.mark.parametrize("name", sorted(file.stem for file in (ROOT / "cases" / "r4-1").glob("0*.yaml")))
def test_of_the_sample_cases_only_what_is_cleared_changes(name: str, sample_root: Path, tmp_path: Path) -> None:
    root = tmp_path / "ward"
    shutil.copytree(sample_root, root)
    old = root / f"cases/r4-1/{name}.yaml"
    before = old.read_text("utf-8")
    (form,) = re.findall("^様式: (.*)$", before, re.M)
    done("new", form, root / "cases/r5-1/01.yaml", "--from", old)
    rows = changes(before, (root / "cases/r5-1/01.yaml").read_text("utf-8"))
    added = [row for row in rows if row[0] == "+" and "# 確認：" not in row]
    assert len(added) == len([row for row in rows if row[0] == "-"]) and all("｛記入：" in row for row in added)
    built = run("build", root / "cases/r5-1/01.yaml", "--out", tmp_path / "out", "--format", "docx")
    assert built.status == 0, built.err
    final = run("build", root / "cases/r5-1/01.yaml", "--out", tmp_path / "out", "--final")
    assert final.rules.count("placeholder-open") == sum(row.count("｛記入：") for row in added)


def test_windows_line_ends_and_the_line_for_editors(tmp_path: Path) -> None:
    text = ("# yaml-language-server: $schema=../x.json\n# 注\n" + CASE).replace("\n", "\r\n")
    root = project(tmp_path)
    (root / "cases/第1回/案件.yaml").write_bytes(text.encode())
    (root / ".kotobuki/schema").mkdir(parents=True)
    (root / ".kotobuki/schema/case-試験.schema.json").write_text("{}")
    done("new", "試験", root / "cases/a/b/新.yaml", "--from", root / "cases/第1回/案件.yaml")
    first, rest = (root / "cases/a/b/新.yaml").read_bytes().decode().split("\r\n", 1)
    assert first == "# yaml-language-server: $schema=../../../.kotobuki/schema/case-試験.schema.json"
    assert rest.startswith("# 注\r\n様式: 試験\r\n") and "# 確認：条項\r\n根拠" in rest
    assert rest.count("\n") == rest.count("\r\n")


PICTURE = CASE + "目的:\n  - ｛画像｝: {ファイル: 図.svg, 説明: 図}\n"


@pytest.mark.process
def test_the_files_of_a_case_come_with_it(tmp_path: Path) -> None:
    root = project(tmp_path, {"案件.yaml": PICTURE})
    (root / "cases/第1回/図.svg").write_text(SVG)
    old = root / "cases/第1回/案件.yaml"
    ran = done("new", "試験", root / NEW, "--from", old)
    assert "図.svg" in ran.out and (root / "cases/第2回/図.svg").read_text() == SVG
    built = run("build", root / NEW, "--out", tmp_path / "out")
    assert (built.status, built.err.count("[review-open]"), built.err.count("注意")) == (0, 1, 1)
    done("new", "試験", root / "cases/第2回/二つ目.yaml", "--from", old)  # the same picture is there
    (root / "cases/第2回/図.svg").write_text(SVG + "\n")
    ran = run("new", "試験", root / "cases/第2回/三つ目.yaml", "--from", old)
    assert ran.status == 2 and "内容が違います" in ran.err
    assert not (root / "cases/第2回/三つ目.yaml").exists()


@pytest.mark.parametrize(
    ("text", "arguments", "status", "said"),
    [
        (CASE, ["外部委託"], 2, "様式「試験」の案件です"),
        ("甲: 乙\n", ["試験"], 2, "案件ではないものです"),
        (CASE + "理由: 二つ\n", ["試験"], 1, "duplicate-key"),
        (CASE + "目的: ｛条例\n", ["試験"], 1, "brace-unclosed"),
        (CASE.replace("日付: 2022-05-06", "発信者: 総務部長"), ["試験", "--date", "2023-05-06"], 1, "edit-place"),
        (CASE.replace("番号: 82", '番号: "8\\x32"'), ["試験"], 1, "edit-place"),
        (CASE, ["試験", "--venue", "庁舎"], 2, "--venue は、ここでは使えません"),
    ],
)
def test_what_cannot_be_begun_from(text: str, arguments: list[str], status: int, said: str, tmp_path: Path) -> None:
    root = project(tmp_path, {"案件.yaml": text})
    form, *options = arguments
    ran = run("new", form, root / NEW, "--from", root / "cases/第1回/案件.yaml", *options)
    assert ran.status == status and said in ran.err
    assert not (root / "cases/第2回").exists()


def test_a_case_that_is_not_there_and_a_meeting(tmp_path: Path) -> None:
    root = project(tmp_path)
    ran = run("new", "試験", root / NEW, "--from", root / "cases/第1回/案.yaml")
    assert (ran.status, ran.rules) == (1, ["file-missing"])
    assert run("new", "meeting", root / "cases/第2回", "--from", root / "cases/第1回/meeting.yaml").status == 2
    assert not (root / "cases/第2回").exists()


@pytest.mark.process
def test_at_a_terminal_enter_keeps_what_was_there(tmp_path: Path) -> None:
    root = project(tmp_path)
    ran = answered(["new", "試験", NEW, "--from", "cases/第1回/案件.yaml"], root, ["", "人事課", ""])
    assert ran.status == 0 and ran.out.count("Enter だけなら前のまま") == 2, ran.out
    text = (root / NEW).read_text("utf-8")
    assert "件名: 見本の業務について\n主管課: 総務部人事課\n" in text and "日付: ｛記入：依頼の日付｝" in text


WORDS = st.sampled_from(
    ["甲の業務", "令和3年度の300件", "'引用: した'", '"二重 # の"', "｛市｝の｛※平成21年1月答申｝", "｛記入：何か｝"]
)
VALUES = st.recursive(
    WORDS.map(lambda words: [words]),
    lambda inner: st.lists(
        st.tuples(st.sampled_from(["見出し", "令和4年の見出し"]), inner), min_size=1, max_size=2
    ).map(lambda pairs: ["", *(line for key, lines in pairs for line in _item(key, lines))]),
    max_leaves=4,
)


def _item(key: str, lines: list[str]) -> list[str]:
    return [f"  - {key}:{' ' * bool(lines[0])}{lines[0]}", *(f"    {line}" for line in lines[1:])]


@tries(60, suppress_health_check=[HealthCheck.too_slow])
@given(VALUES, st.booleans(), st.sampled_from(["", "  # 注", "\n# 注\n"]))
def test_whatever_the_case_the_rest_stays_byte_for_byte(value: list[str], crlf: bool, comment: str) -> None:
    body = "\n".join([f"目的:{' ' * bool(value[0])}{value[0]}", *value[1:]])
    text = CASE + body + comment + "\n時期: [2022-05: 諮問]\n"
    text = text.replace("\n", "\r\n") if crlf else text
    with fast_folder() as folder:
        root = project(folder)
        (root / "cases/第1回/案件.yaml").write_bytes(text.encode())
        done("new", "試験", root / NEW, "--from", root / "cases/第1回/案件.yaml")
        after = (root / NEW).read_bytes().decode()
    kept = "".join(line for line in after.splitlines(keepends=True) if not line.lstrip().startswith("# 確認："))
    restored = kept.replace("｛記入：番号｝", "82").replace("｛記入：依頼の日付｝", "2022-05-06")
    assert restored.replace("｛記入：前は2022-05｝", "2022-05") == text
