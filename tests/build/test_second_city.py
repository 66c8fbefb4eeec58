"""A second municipality, 寿市 (fictional): the same templates, a house style of its own, nothing of the first one."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from support import pdftools
from support.paths import ROOT
from support.samples import CASE, HEADER, ORGANIZATION, compose, edited, lines

from kotobuki.build.command import Options
from kotobuki.build.pipeline import build
from kotobuki.cli import main
from kotobuki.diagnostics import Diagnostics
from kotobuki.settings.house_style import HouseStyle

CITY = ROOT / "cases" / "寿市"
STYLED = edited(
    ORGANIZATION, "用語:\n", "表記:\n  言い換え: {甲: 乙, 甲丙: 丁, 担当: 所管}\n  写しの標示: （写）\n用語:\n"
)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The words of each paper of its meeting, blanks left out."""
    out = tmp_path_factory.mktemp("寿市")
    diagnostics = Diagnostics()
    folder = CITY / "cases" / "r4-1"
    build([folder, folder / "kaito.yaml"], Options(out, final=True), None, diagnostics)
    assert list(diagnostics) == []
    files = [*(out / "r4-1" / "第1号議案").glob("*.pdf"), out / "kaito" / "施行文.pdf"]
    return {file.stem: re.sub(r"\s", "", pdftools.extracted(file.read_bytes())) for file in files}


@pytest.mark.pdftools
@pytest.mark.parametrize(
    ("paper", "words"),
    [
        ("諮問書", "令4寿総第12号令和4年6月1日"),
        ("諮問書", "会長亀山寿様寿市長松野鶴"),
        ("諮問書", "寿市個人情報保護条例第12条第2項の規定に基づき"),
        ("諮問書", "4所管課市民部市民協働課"),
        ("諮問依頼書", "（写）令4寿協第7号令和4年5月25日総務部長様市民部長"),
        ("諮問依頼書", "1受付業務(1)電話及びウェブ"),
        ("諮問依頼書", "約800件／年"),
        ("諮問依頼書", "別紙2「申込書の記載事項」"),
        ("諮問依頼書", "（別紙1）"),
        ("施行文", "令4寿総第15号令和4年6月20日一般社団法人見本協会調査部長様寿市長松野鶴（公印省略）"),
        ("施行文", "令和4年6月10日付け4見本第12号で照会"),
        ("表紙", "所管課：市民部市民協働課"),
    ],
)
def test_its_papers_are_in_its_own_style(texts: dict[str, str], paper: str, words: str) -> None:
    assert words in texts[paper]


@pytest.mark.pdftools
def test_nothing_of_the_first_municipality_is_in_them(texts: dict[str, str]) -> None:
    printed = "".join(texts.values())
    assert set(texts) == {"表紙", "諮問書", "諮問依頼書", "議案", "施行文"}
    assert re.findall("江戸川|審査会|殿|主管課|[０-９ａ-ｚＡ-Ｚ㊢]", printed) == []


@pytest.mark.pdftools
def test_a_cover_calls_the_papers_as_they_call_each_other(tmp_path: Path) -> None:
    shutil.copytree(CITY, tmp_path / "市")
    file = tmp_path / "市/cases/organization.yaml"
    file.write_text(edited(file.read_text("utf-8"), "言い換え: {", "言い換え: {諮問: 付議, "), encoding="utf-8")
    diagnostics = Diagnostics()
    build([tmp_path / "市/cases/r4-1"], Options(tmp_path / "out", final=True), None, diagnostics)
    words = {
        paper: pdftools.extracted((tmp_path / f"out/r4-1/第1号議案/{paper}.pdf").read_bytes())
        for paper in ("表紙", "諮問書")
    }
    assert "付議依頼書（写）のとおり" in words["諮問書"] and "付議依頼書‥" in words["表紙"]
    assert "諮問" not in words["表紙"]


def test_its_packet_is_bound_without_a_diagnostic(tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, ["packet", str(CITY / "cases" / "r4-1"), "--out", str(tmp_path), "--final"])
    assert (ran.exit_code, ran.stderr) == (0, "")


def test_its_numbers_are_of_its_own_register(tmp_path: Path) -> None:
    """And those who check the first municipality's do not look into it."""
    shutil.copytree(ROOT / "cases", tmp_path / "cases")
    inner = tmp_path / "cases" / "寿市"
    arguments = ["--subject", "通知", "--date", "2022-06-01"]
    ran = CliRunner().invoke(main, ["number", "take", "寿総", *arguments, "--root", str(inner)])
    assert (ran.exit_code, ran.output) == (0, "令4寿総第1号\n")
    CliRunner().invoke(main, ["number", "take", "総総送", *arguments, "--root", str(tmp_path)])
    ran = CliRunner().invoke(main, ["number", "check", "--root", str(tmp_path)])
    assert "寿市" not in ran.output


# What the house says otherwise than the templates.


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("本文：甲と甲丙\n", ["乙と丁"]),  # longer words first
        ("本文：{{ 均等('甲', 3) }}\n", ["乙"]),
        ("本文：{{ 件名 }}\n", ["甲の業務について"]),  # the words of a case are its own
        ("節見出し：甲\n{{ 節.理由 }}\n", ["１ 乙", "甲のため"]),
        ("{% for 項 in 各節 %}\n節見出し：{{ 項.見出し }}\n{% endfor %}\n", ["１ 事項", "２ 理由", "３ 所管"]),
        ("写しの印：{{ 写しの標示 }}\n", ["（写）"]),
    ],
)
def test_words_of_templates_and_forms_may_be_said_otherwise(template: str, expected: list[str]) -> None:
    case = edited(HEADER, "見本の業務", "甲の業務") + "理由: 甲のため\n"
    assert compose(case, organization=STYLED, template=template).lines == expected


def test_a_heading_of_the_case_is_its_own() -> None:
    case = CASE + "｛担当｝担当の課: 甲\n"
    template = "{% for 項 in 各節 %}\n節見出し：{{ 項.見出し }}\n{% endfor %}\n"
    assert compose(case, organization=STYLED, template=template).lines[-1] == "３ 担当の課"


def test_a_rewording_without_words_is_refused() -> None:
    faulty = edited(STYLED, "甲: 乙", "甲: ''")
    assert [each.rule for each in compose(organization=faulty).diagnostics] == ["rewording"]


def test_text_stands_apart_from_a_narrow_label() -> None:
    """A full-width bracket has a blank of its own; a half-width one has none, so a tab stands behind it."""
    text = "甲:\n  - ｛ア｝:\n      - 乙\n"
    assert lines("甲: [乙]") == ["１ 甲", "（１）乙"]
    assert lines("甲: [乙]", style=HouseStyle(labels=("1", "(1)", "ア"))) == ["1 甲", "(1) 乙"]
    assert lines(text)[1] == "ア 乙"
