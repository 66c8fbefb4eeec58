"""A number written into a YAML: no comment, quote, blank, line end or order of keys is disturbed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from support.properties import tries
from support.registers import CASE_FILE, MEETING_FILE, OPEN_CASE, OPEN_REQUEST, City, city
from support.samples import HEADER, MEETING

NUMBER = "｟番号｠"
"""Stands for what is written: without it, the text is what it was."""


@pytest.fixture
def town(tmp_path: Path) -> City:
    return city(tmp_path)


def case(request: str, rest: str = "理由: 委託するため\n") -> str:
    """A case with `request` in the place of its 依頼."""
    return HEADER.replace("依頼: {番号: 82, 日付: 2022-05-06}\n", request) + rest


@pytest.mark.parametrize(
    "request_",
    [
        "依頼: {｟番号: 1, ｠日付: 2022-05-06}\n",
        "依頼: { ｟｠日付: 2022-05-06 }   # 5月の分\n".replace("{ ｟｠", "{｟番号: 1, ｠ "),
        "依頼: {｟番号: 1, ｠日付: '2022-05-06', 発信者: \"総務部長\"}\n",
        "依頼:   {｟番号: 1, ｠日付: 2022-05-06,   # 起案の日\n  発信者: 総務部長}\n",
        "依頼: {｟番号: 1, 日付: 2022-05-01｠}\n",
        "依頼:｟ {番号: 1, 日付: 2022-05-01}｠\n",
        "依頼:｟ {番号: 1, 日付: 2022-05-01}｠   # 未定\n",
        "'依頼':｟ {番号: 1, 日付: 2022-05-01}｠\n",
        "依頼 :｟ {番号: 1, 日付: 2022-05-01}｠\n",
        "依頼:\n｟  番号: 1\n｠  日付: 2022-05-06\n",
        "依頼:   # 起案\n｟    番号: 1\n｠    # 日付は仮\n    日付: 令和4年5月6日   # 仮\n\n    発信者: 総務部長\n",
        "依頼: {番号:｟ 1｠ , 日付: 2022-05-06}\n",
        '依頼: {番号: "｟1｠", 日付: 2022-05-06}\n',
        "依頼:\n  日付: 2022-05-06\n  番号:｟ 1｠   # 総務課で取る\n",
        "依頼: &a {｟番号: 1, ｠日付: 2022-05-06}\n",
    ],
)
def test_the_number_goes_in_and_nothing_else(town: City, request_: str) -> None:
    before, number = request_.split("｟")[0], request_.split("｟")[1].split("｠")[0]
    after = request_.split("｠")[1]
    town.write(CASE_FILE, case(before + after))
    assert town.take(*town.case()) == "22総総送第1号"
    assert town.text(CASE_FILE) == case(before + number + after)


@pytest.mark.parametrize(
    ("rest", "wanted"),
    [
        ("理由: 委託するため\n", "依頼: {番号: 1, 日付: 2022-05-01}\n理由: 委託するため\n"),
        ("\n# 理由のこと\n理由: 委託\n", "依頼: {番号: 1, 日付: 2022-05-01}\n\n# 理由のこと\n理由: 委託\n"),
        ("  # 条例だけ\n\n理由: 委託\n", "依頼: {番号: 1, 日付: 2022-05-01}\n  # 条例だけ\n\n理由: 委託\n"),
    ],
)
def test_a_case_without_a_request_gets_one_below_its_basis(town: City, rest: str, wanted: str) -> None:
    town.write(CASE_FILE, case("", rest))
    town.take(*town.case())
    assert town.text(CASE_FILE) == case("", wanted)


@pytest.mark.parametrize("end", ["\n", "", "\n\n# 終わり\n"])
def test_a_request_at_the_end_of_the_file(town: City, end: str) -> None:
    lines = HEADER.splitlines()[:-1]
    town.write(CASE_FILE, "\n".join(["理由: 委託", *lines]) + end)
    town.take(*town.case())
    assert town.text(CASE_FILE) == "\n".join(["理由: 委託", *lines, "依頼: {番号: 1, 日付: 2022-05-01}"]) + end


def test_a_meeting_without_an_inquiry(town: City) -> None:
    town.write(MEETING_FILE, MEETING.replace("諮問: {番号: 80, 日付: 2022-05-11}\n", "# 議案のこと\n"))
    assert town.take(*town.case(MEETING_FILE), "--subject", "諮問") == "22総総送第1号"
    assert town.text(MEETING_FILE) == MEETING.replace(
        "諮問: {番号: 80, 日付: 2022-05-11}\n", "諮問: {番号: 1, 日付: 2022-05-01}\n# 議案のこと\n"
    )


def test_windows_line_ends_stay(town: City) -> None:
    text = case("依頼:\n  日付: 2022-05-06\n").replace("\n", "\r\n").encode()
    (town.root / CASE_FILE).write_bytes(text)
    town.take(*town.case())
    assert (town.root / CASE_FILE).read_bytes() == text.replace("依頼:\r\n".encode(), "依頼:\r\n  番号: 1\r\n".encode())


def test_permissions_and_links_stay(town: City) -> None:
    real = town.root / "原本.yaml"
    (town.root / CASE_FILE).rename(real)
    real.chmod(0o640)
    (town.root / CASE_FILE).symlink_to(real)
    assert town.take("--case", str(real)) == "22総総送第1号"
    assert town.take("--case", str(town.root / CASE_FILE)) == "22総総送第1号"
    assert ((town.root / CASE_FILE).is_symlink(), real.stat().st_mode & 0o777) == (True, 0o640)
    assert "番号: 1," in real.read_text(encoding="utf-8")


@pytest.mark.parametrize("request_", ["依頼: *a\n", "依頼: {番号: [1, 2]}\n", "依頼: 未定\n"])
def test_where_there_is_no_place_for_it_no_number_is_taken(town: City, request_: str) -> None:
    text = case(request_).replace("根拠: {", "根拠: &a {")
    town.write(CASE_FILE, text)
    ran = town.run("take", "総総送", *town.case())
    assert (ran.status, ran.out, town.text(CASE_FILE)) == (1, "", text)
    assert not (town.root / "cases/register/2022-総総送.csv").exists()


def test_a_branch_that_is_left_over(town: City) -> None:
    town.write(CASE_FILE, OPEN_CASE.replace(OPEN_REQUEST, "{枝番: 2, 日付: 2022-05-06}"))
    ran = town.run("take", "総総送", *town.case())
    assert (ran.status, ran.rules) == (1, ["number-differs"])


comments = st.sampled_from(["", "  # 注", "   "])
values = st.fixed_dictionaries(
    {},
    optional={
        "日付": st.sampled_from(["2022-05-06", "'令和4年5月6日'", '"2022-05-06"']),
        "発信者": st.sampled_from(["総務部長", "'総務部長'", '"総務部長"']),
        "宛先": st.sampled_from(["市長", "総務部長, 市長"]),
        "記号": st.just("総総"),
    },
)


@tries(40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values, st.booleans(), st.integers(1, 6), comments, st.permutations(["件名", "主管課", "根拠", "依頼"]))
def test_whatever_the_style_only_the_number_is_new(
    town: City, entries: dict[str, str], flow: bool, indent: int, comment: str, order: list[str]
) -> None:
    if flow:
        plain = {key: value for key, value in entries.items() if "," not in value}
        written = f"依頼: {{{', '.join(f'{key}: {value}' for key, value in plain.items())}}}{comment}\n"
    else:
        rows = "".join(f"{' ' * indent}{key}: {value}{comment}\n" for key, value in entries.items())
        written = f"依頼:{comment}\n{rows}"
    parts = {
        "件名": "件名: 見本\n",
        "主管課": "主管課: 総務部総務課\n",
        "根拠": "根拠: {条例: 第1条}\n",
        "依頼": written,
    }
    text = "様式: 試験\n" + "".join(parts[key] for key in order) + "理由: 委託\n"
    town.write(CASE_FILE, text)
    (town.root / "cases/register/2022-総総送.csv").unlink(missing_ok=True)
    assert town.take(*town.case()) == "22総総送第1号"
    new = town.text(CASE_FILE)
    at = new.index("番号: 1")
    added = len(new) - len(text)
    assert any(new[:start] + new[start + added :] == text for start in range(max(0, at - added), at + 1))
