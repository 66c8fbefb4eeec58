"""`kotobuki build` from outside: exit statuses, files, nothing half-done, the same bytes everywhere."""

from __future__ import annotations

import gc
import hashlib
import html
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from support import pdftools
from support.paths import ROOT
from support.samples import CASE, COVER, HEADER, MEETING, ORGANIZATION, REQUEST, edited, project
from support.word_samples import edited_base, in_style

from kotobuki.build.command import Options
from kotobuki.build.pipeline import build
from kotobuki.case.case import Case
from kotobuki.cli import main
from kotobuki.diagnostics import Diagnostics
from kotobuki.forms.values import Registry
from kotobuki.numbering.targets import Target

BUNDLE = {f"{name}.{kind}" for name in ("表紙", "依頼書", "議案") for kind in ("docx", "pdf")} | {"manifest.json"}
OPEN = edited(CASE, "依頼: {番号: 82, 日付: 2022-05-06}\n", "")


def run(*arguments: str | Path) -> Result:
    """The command as typed; its own faults are not hidden."""
    result = CliRunner().invoke(main, ["build", *map(str, arguments)])
    assert "予期しない" not in result.output
    return result


def files(folder: Path) -> dict[str, bytes]:
    """What is in a folder, by path."""
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def words(docx: Path) -> str:
    return re.sub("<[^>]*>", "", zipfile.ZipFile(docx).read("word/document.xml").decode())


def manifest(folder: Path) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = json.loads((folder / "manifest.json").read_bytes())
    return found


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small city, in a folder with a Japanese name and a blank; the command is typed there."""
    folder = project(tmp_path / "審査会 資料")
    monkeypatch.chdir(folder)
    return folder


# Files and summary.


def test_what_a_case_was_made_of_is_let_go_when_it_is_made(root: Path) -> None:
    def held() -> int:
        return sum(isinstance(each, Case | Target | Registry) for each in gc.get_objects())

    gc.collect()
    gc.disable()
    try:
        before = held()
        build([root / "cases/第1回"], Options(root / "output"), root, Diagnostics())
        assert held() == before
    finally:
        gc.enable()


def test_a_meeting_gives_the_files_of_each_case_and_a_summary(root: Path) -> None:
    result = run("cases/第1回")
    assert result.exit_code == 0
    assert set(files(root / "output")) == {f"第1回/第2号議案/{name}" for name in BUNDLE}
    assert result.output.splitlines() == [
        str(Path("output/第1回/第2号議案")),
        "  表紙　　　　 1ページ",
        "  依頼書　　　 1ページ（p. 1）",
    ]


def test_a_department_builds_its_case_without_a_meeting(root: Path) -> None:
    (root / "cases" / "第1回" / "meeting.yaml").unlink()
    assert run("cases/第1回/案件.yaml").exit_code == 0
    out = root / "output"
    assert set(files(out)) == {f"案件/{name}" for name in ("依頼書.docx", "依頼書.pdf", "manifest.json")}
    assert "写" not in words(out / "案件" / "依頼書.docx")
    assert [each["number"] for each in manifest(out / "案件")["papers"][0]["pages"]] == [1]  # type: ignore[index]


def test_a_case_of_a_meeting_is_built_in_its_place(root: Path) -> None:
    assert run("cases/第1回/案件.yaml").exit_code == 0
    assert set(files(root / "output")) == {f"第1回/第2号議案/{name}" for name in BUNDLE}
    assert words(root / "output/第1回/第2号議案/依頼書.docx").lstrip("\n-0123456789").startswith("写")


def test_a_case_that_no_agenda_names_is_built_alone(root: Path) -> None:
    shutil.copy(root / "cases/第1回/案件.yaml", root / "cases/第1回/07-控え.yaml")
    assert run("cases/第1回/07-控え.yaml").exit_code == 0
    assert {Path(name).parent.as_posix() for name in files(root / "output")} == {"07-控え"}


@pytest.mark.parametrize("path", [".", "案件.yaml", "meeting.yaml", "../第1回/"])
def test_the_folder_may_be_the_working_directory(root: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.chdir(root / "cases" / "第1回")
    assert run(path, "--out", root / "output", "--format", "docx").exit_code == 0
    assert (root / "output/第1回/第2号議案/依頼書.docx").is_file()


@pytest.mark.pdftools
def test_hostile_text_comes_out_of_both_formats_as_it_went_in(root: Path) -> None:
    text = "<b>&amp;</w:t>]]>{{x}}{%if%}(\\)Tj"
    project(root, {"案件.yaml": edited(CASE, "見本の業務について", f"'{text}について'")})
    assert run("cases/第1回", "--paper", "依頼書").exit_code == 0
    folder = root / "output/第1回/第2号議案"
    assert f"{text}について" in html.unescape(words(folder / "依頼書.docx"))
    assert f"{text}について" in pdftools.extracted((folder / "依頼書.pdf").read_bytes())


def test_what_is_named_twice_is_built_once(root: Path) -> None:
    result = run("cases/第1回", "cases/第1回/meeting.yaml", "cases/第1回/案件.yaml", "--quiet")
    assert (result.exit_code, result.output) == (0, "")
    assert set(files(root / "output")) == {f"第1回/第2号議案/{name}" for name in BUNDLE}


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (["--paper", "依頼書"], {"依頼書.docx", "依頼書.pdf"}),
        (["--paper", "議案", "--paper", "表紙"], {"議案.docx", "議案.pdf", "表紙.docx", "表紙.pdf"}),
        (["--format", "pdf"], {"表紙.pdf", "依頼書.pdf", "議案.pdf"}),
        (["--format", "docx", "--format", "pdf", "--paper", "議案"], {"議案.docx", "議案.pdf"}),
    ],
)
def test_papers_and_formats_may_be_chosen(root: Path, options: list[str], names: set[str]) -> None:
    assert run("cases/第1回", "--out", "控え/案", *options).exit_code == 0
    folder = root / "控え/案/第1回/第2号議案"
    assert set(files(folder)) == names | {"manifest.json"}
    assert set(manifest(folder)["outputs"]) == names
    assert len(manifest(folder)["papers"]) == 2  # page numbers are those of the whole bundle


def test_a_paper_is_the_same_whichever_others_are_made_with_it(root: Path) -> None:
    assert run("cases/第1回").exit_code == run("cases/第1回", "--paper", "依頼書", "--out", "別").exit_code == 0
    for name in ("依頼書.docx", "依頼書.pdf"):
        one, other = (root / out / "第1回/第2号議案" / name for out in ("output", "別"))
        assert one.read_bytes() == other.read_bytes()


def test_the_summary_tells_of_what_was_written(root: Path) -> None:
    assert run("cases/第1回", "--paper", "依頼書").output.splitlines()[1:] == ["  依頼書　　　 1ページ（p. 1）"]
    assert run("cases/第1回", "--paper", "議案", "--out", "別").output.splitlines()[1:] == ["  議案　　　　 2ページ"]


def test_older_papers_beside_new_ones_are_named(root: Path) -> None:
    def built(*options: str) -> tuple[list[str], set[str]]:
        result = run("cases/第1回", "--quiet", *options)
        assert result.exit_code == 0
        named = re.findall("前に作ったままの書類があります（(.*)）", result.output)
        return named, set(manifest(root / "output/第1回/第2号議案")["outputs"])

    every = BUNDLE - {"manifest.json"}
    assert built() == ([], every)
    assert built("--paper", "依頼書") == ([], every)  # nothing was changed: they all belong together
    project(root, {"案件.yaml": edited(CASE, "委託する", "改める")})
    assert built("--paper", "依頼書") == (["表紙.docx、表紙.pdf、議案.docx、議案.pdf"], {"依頼書.docx", "依頼書.pdf"})
    others = (["議案.docx、議案.pdf"], every - {"議案.docx", "議案.pdf"})
    assert built("--paper", "表紙") == others
    assert built("--paper", "表紙", "--format", "pdf") == others
    assert built() == ([], every)


def test_open_numbers_and_dates_make_a_draft_that_final_refuses(root: Path) -> None:
    project(root, {"案件.yaml": OPEN})
    result = run("cases/第1回")
    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "  依頼書　　　 1ページ（p. 1）　案")
    shutil.rmtree(root / "output")
    result = run("cases/第1回", "--final")
    assert result.exit_code == 1
    assert result.output.count("final-open") == 2  # 番号 and 日付
    assert "cases/第1回/案件.yaml:1:1" in result.output
    assert not (root / "output").exists()


def test_an_inquiry_that_is_not_there_is_missed_in_the_meeting(root: Path) -> None:
    project(root, MEETING=edited(MEETING, "諮問: {番号: 80, 日付: 2022-05-11}\n", ""), COVER="日付：{{ 諮問.日付 }}\n")
    result = run("cases/第1回", "--final")
    assert result.exit_code == 1
    assert "cases/第1回/meeting.yaml:1:1: 誤り: 諮問の日付が決まっていません" in result.output


def test_a_case_of_another_committee_is_refused(root: Path) -> None:
    other = "  審議会: {名称: みなと市審議会, 会長: 川山 崎, 庶務担当課: 総務部人事課}\n例規:"
    project(root, {"案件.yaml": CASE + "会議体: 審議会\n"}, ORGANIZATION=edited(ORGANIZATION, "例規:", other))
    result = run("cases/第1回")
    assert result.exit_code == 1
    assert "committee-differs" in result.output


def test_a_check_finds_what_a_build_finds_and_writes_nothing(root: Path) -> None:
    case = root / "cases" / "第1回" / "案件.yaml"
    result = run(case.parent, "--check")
    assert (result.exit_code, result.output) == (0, "書類2種を調べました。誤りはありません。\n")
    case.write_text(CASE + "目的: ｛無い用語｝\n", encoding="utf-8")
    checked, built = run(case.parent, "--check"), run(case.parent)
    assert checked.exit_code == built.exit_code == 1
    assert checked.stderr.splitlines()[:-1] == built.stderr.splitlines()[:-1]
    assert not (root / "output").exists()


def test_the_organization_stands_for_all_meetings(root: Path) -> None:
    shutil.copytree(root / "cases" / "第1回", root / "cases" / "第2回")
    assert run("cases/organization.yaml").exit_code == 0
    assert {each.name for each in (root / "output").iterdir()} == {"第1回", "第2回"}


def test_what_is_complete_passes_final(root: Path) -> None:
    assert run("cases/第1回", "--final").exit_code == 0


# Where the project is.


def test_the_root_is_the_nearest_folder_above(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(root / "cases/第1回", "--out", tmp_path / "o").exit_code == 0
    inner = project(root / "内側", ORGANIZATION=edited(ORGANIZATION, "会長: 山川 岬", "会長: 川山 崎"))
    assert run(inner / "cases/第1回", "--out", tmp_path / "i").exit_code == 0
    outer, own = (manifest(tmp_path / name / "第1回/第2号議案")["inputs"] for name in "oi")
    assert outer["cases/organization.yaml"] != own["cases/organization.yaml"]


def test_without_one_above_the_root_is_the_working_directory(root: Path, tmp_path: Path) -> None:
    shutil.move(root / "cases/第1回/案件.yaml", tmp_path / "別の案件.yaml")
    assert run(tmp_path / "別の案件.yaml").exit_code == 0
    assert set(files(root / "output")) == {
        f"別の案件/{name}" for name in ("依頼書.docx", "依頼書.pdf", "manifest.json")
    }


def test_the_root_may_be_given(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.move(root / "cases/第1回/案件.yaml", tmp_path / "案件.yaml")
    monkeypatch.chdir(tmp_path)
    assert run("案件.yaml", "--root", root).exit_code == 0
    assert run("案件.yaml", "--root", tmp_path).exit_code == 2


def test_forms_of_the_project_come_before_those_of_kotobuki(root: Path) -> None:
    own = root / "templates" / "外部委託" / "form.yaml"
    own.parent.mkdir()
    form = (root / "templates/試験/form.yaml").read_text(encoding="utf-8")
    own.write_text(form.replace("様式: 試験", "様式: 外部委託"), encoding="utf-8")
    project(root, {"案件.yaml": CASE.replace("様式: 試験", "様式: 外部委託")})
    assert run("cases/第1回").exit_code == 0
    assert set(files(root / "output")) == {f"第1回/第2号議案/{name}" for name in BUNDLE}


# What cannot be built.


def test_every_fault_of_every_file_is_said_at_once_and_nothing_is_written(root: Path) -> None:
    project(
        root,
        {"案件.yaml": HEADER + "理由: ｛条令｝\n目釣: 甲\n", "別.yaml": edited(CASE, "総務部総務課", "総務課")},
        ORGANIZATION=ORGANIZATION + "表紀: {}\n",
        MEETING=edited(MEETING, "{2: 案件.yaml}", "{2: 案件.yaml, 3: 別.yaml, 4: 無い.yaml}"),
        REQUEST=REQUEST + "未知：甲\n",
        COVER=COVER + "本文：{{ 件命 }}\n",
    )
    result = run("cases/第1回")
    assert result.exit_code == 1
    said = re.findall(r"^(\S+?):(\d+):\d+: .*?\[([\w-]+)\]", result.output, re.MULTILINE | re.DOTALL)
    assert sorted(said) == sorted(
        [
            ("cases/organization.yaml", "19", "unknown-key"),
            ("cases/第1回/meeting.yaml", "5", "agenda-no-file"),
            ("cases/第1回/案件.yaml", "6", "term-unknown"),
            ("cases/第1回/案件.yaml", "7", "key-unknown"),
            ("cases/第1回/別.yaml", "3", "department-unknown"),
            ("templates/試験/依頼書.txt", "16", "template-role"),
            ("templates/試験/表紙.txt", "5", "template"),
        ]
    )
    assert result.output.splitlines()[-1] == "7件の誤りがあるため、何も書き出していません。"
    assert not (root / "output").exists()


def test_a_diagnostic_shows_line_caret_reason_and_remedy(root: Path) -> None:
    project(root, {"案件.yaml": CASE + "目釣: 甲\n"})
    place, source, caret, remedy, *_ = run("cases/第1回").output.splitlines()
    assert place == "cases/第1回/案件.yaml:7:1: 誤り: 「目釣」は、この様式の節にありません"
    assert (source, caret) == ("    目釣: 甲", "    ^")
    assert remedy.startswith(
        "    → 「目的」の誤りではありませんか。様式にない節を足すときは「｛追加｝目釣: …」と書いてください。"
    )
    assert remedy.endswith("事項・理由・目的・時期・担当・業務 です [key-unknown]")


@pytest.mark.parametrize("year", ["年度: 令和X年度", "年渡: 令和4年度"])
def test_the_cases_of_a_faulty_meeting_are_checked_nevertheless(root: Path, year: str) -> None:
    project(root, {"案件.yaml": CASE + "目釣: 甲\n"}, MEETING=edited(MEETING, "年度: 令和4年度", year))
    for path in ("cases/第1回", "cases/第1回/案件.yaml"):
        assert "[key-unknown]" in run(path).output


def test_the_cases_of_a_meeting_that_cannot_be_read_are_checked_nevertheless(root: Path) -> None:
    project(root, {"案件.yaml": CASE + "目釣: 甲\n"}, MEETING="会議体: [審査会\n")
    output = run("cases/第1回", "--paper", "表紙").output
    assert "cases/第1回/meeting.yaml" in output
    assert "cases/第1回/案件.yaml:7:1: 誤り" in output


def test_the_cover_is_checked_though_other_papers_fail(root: Path) -> None:
    project(root, {"案件.yaml": CASE + "目釣: 甲\n"}, COVER=COVER.replace("{% endif +%}", "{% endif +%}{{ 書.無い }}"))
    output = run("cases/第1回").output
    assert "[key-unknown]" in output
    assert "templates/試験/表紙.txt:3:86: 誤り: 雛形が知らない名「無い」を使っています" in output


def test_a_character_that_the_font_lacks_is_named_beside_a_missing_style(root: Path) -> None:
    edited_base(root / "templates", in_style("項目2", '"項目2"', '"項目二"'))
    project(root, {"案件.yaml": edited(CASE, "委託するため", "[\U0001f600委託する, 乙]")})
    output = run("cases/第1回").output
    assert "スタイル「項目2」がありません" in output
    assert "文字「\U0001f600」" in output


def test_a_broken_base_docx_is_all_that_is_said(root: Path) -> None:
    (root / "templates/base.docx").write_bytes(b"PK broken")
    output = run("cases/第1回").output
    assert output.startswith("templates/base.docx: 誤り: スタイルの元になる文書を読めません")
    assert "1件の誤り" in output


@pytest.mark.parametrize(("old", "new"), [("節:", "説:"), ("{名: 目的}", "{名: 理由}"), ("様式: 試験", "様式: [試験")])
def test_a_faulty_form_is_not_blamed_on_its_cases(root: Path, old: str, new: str) -> None:
    form = (root / "templates/試験/form.yaml").read_text(encoding="utf-8")
    project(root, {"案件.yaml": CASE + "目的: 甲\n"}, FORM=edited(form, old, new))
    result = run("cases/第1回")
    assert result.exit_code == 1
    assert set(re.findall(r"^(\S+?):\d+:\d+: 誤り", result.output, re.MULTILINE)) == {"templates/試験/form.yaml"}


def test_a_form_of_the_project_names_templates_of_the_project(root: Path) -> None:
    form = (root / "templates/試験/form.yaml").read_text(encoding="utf-8")
    project(root, FORM=edited(form, "試験/依頼書.txt", "共通/諮問書.txt"))  # which Kotobuki has
    output = run("cases/第1回").output
    assert "templates/試験/form.yaml:4:" in output
    assert "kotobuki forms --copy" in output and "[template-missing]" in output


def test_a_font_that_is_not_installed_is_named_with_the_one_in_its_place(root: Path) -> None:
    project(root, ORGANIZATION=ORGANIZATION + "表記: {書体: 甲乙明朝}\n")
    result = run("cases/第1回", "--quiet")
    assert result.exit_code == 0
    assert result.output.count("[font-replaced]") == 1
    assert result.output.startswith("cases/organization.yaml:19:10: 注意: フォント「甲乙明朝」がこのパソコンにないため")


def test_a_font_of_base_docx_that_is_no_mincho_is_not_replaced_in_silence(root: Path) -> None:
    assert run("cases/第1回", "--quiet").output == ""  # ＭＳ 明朝 or any other
    font = '</w:pPr><w:rPr><w:rFonts w:eastAsia="甲乙楷書"/></w:rPr>'
    edited_base(root / "templates", in_style("標題", "</w:pPr>", font))
    result = run("cases/第1回", "--quiet")
    assert result.exit_code == 0
    assert "templates/base.docx: 注意: フォント「甲乙楷書」" in result.output


def test_an_unreadable_folder_of_templates_is_said(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = Path.iterdir

    def fail(folder: Path) -> Iterator[Path]:
        if folder.name == "templates":
            raise PermissionError(13, "Permission denied", str(folder))
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", fail)
    result = run("cases/第1回")
    assert result.exit_code == 1
    assert "templates: 誤り: フォルダの中を読めません" in result.output
    assert "Permission" not in result.output


def test_an_unreadable_template_is_said(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_text

    def fail(file: Path, *arguments: str, **options: str) -> str:
        if file.name == "依頼書.txt":
            raise PermissionError(13, "Permission denied", str(file))
        return read(file, *arguments, **options)  # type: ignore[arg-type]  # handed on as given

    monkeypatch.setattr(Path, "read_text", fail)
    result = run("cases/第1回")
    assert result.exit_code == 1
    assert "templates/試験/依頼書.txt:1:1: 誤り: 雛形を開けません（権限がないか" in result.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["cases/第1回", "--out", ""], "--out"),
        (["cases/第1回", "--root", ""], "--root"),
        ([""], "PATH"),
        (["cases/第2回"], "「cases/第2回」がありません"),
        (["cases"], "meeting.yaml がありません"),
        (["cases/第1回", "--paper", "諮問所"], "「諮問所」という書類はありません"),
        (["cases/第1回", "--format", "odt"], "docx"),
        (["cases/第1回", "--root", "cases"], "organization.yaml がありません"),
        (["cases/第1回", "--out", "cases/organization.yaml"], "cases/organization.yaml"),
        ([], "PATH"),
    ],
)
def test_what_cannot_run_says_why(root: Path, arguments: list[str], said: str) -> None:
    before = files(root)
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.output
    assert files(root) == before


def test_two_cases_for_one_folder_are_refused(root: Path) -> None:
    for folder in ("甲", "乙"):
        (root / folder).mkdir()
        shutil.copy(root / "cases/第1回/案件.yaml", root / folder / "01.yaml")
    result = run("甲/01.yaml", "乙/01.yaml")
    assert result.exit_code == 1
    assert "output-twice" in result.output


def test_an_agenda_cannot_lead_out_of_its_folder(root: Path) -> None:
    shutil.move(root / "cases/第1回/案件.yaml", root / "外.yaml")
    (root / "cases/第1回/案件.yaml").symlink_to(root / "外.yaml")
    result = run("cases/第1回")
    assert result.exit_code == 1
    assert "agenda-outside" in result.output


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        ("本文：文".encode("cp932"), "template-encoding"),
        ("\ufeff本文：文".encode(), "bom"),
        (None, "template-missing"),
    ],
)
def test_a_template_that_cannot_be_read_is_a_fault_of_the_input(root: Path, data: bytes | None, rule: str) -> None:
    template = root / "templates/試験/依頼書.txt"
    template.unlink()
    if data is not None:
        template.write_bytes(data)
    result = run("cases/第1回")
    assert result.exit_code == 1
    assert f"[{rule}]" in result.output


def test_a_character_that_the_font_lacks_is_named_beside_other_faults(root: Path) -> None:
    project(root, {"案件.yaml": edited(CASE, "委託する", "\U0001f600委託する") + "目的: ｛条令｝\n"})
    output = run("cases/第1回").output
    assert "cases/第1回/案件.yaml:6:5: 誤り: 文字「\U0001f600」" in output
    assert "[term-unknown]" in output


# Old output or new, never half of each.


@pytest.fixture
def built(root: Path) -> Path:
    """The output of a build before."""
    project(root, {"案件.yaml": CASE, "別.yaml": CASE}, MEETING=edited(MEETING, "{2: 案件", "{3: 別.yaml, 2: 案件"))
    assert run("cases/第1回", "--format", "docx", "--paper", "依頼書", "--paper", "議案").exit_code == 0
    (root / "output" / "覚書.txt").write_text("人の置いたもの", encoding="utf-8")
    return root / "output"


def test_a_faulty_case_leaves_the_old_output_whole(root: Path, built: Path) -> None:
    before = files(built)
    (root / "cases/第1回/別.yaml").write_text(edited(CASE, "委託する", "｛条令｝"), encoding="utf-8")
    assert run("cases/第1回").exit_code == 1
    assert files(built) == before


@pytest.mark.parametrize(
    ("failing", "error"),
    [
        *((at, PermissionError(13, "開かれています", "依頼書.docx")) for at in range(1, 8)),
        *((at, KeyboardInterrupt()) for at in (1, 4)),
    ],
)
def test_a_failure_while_renaming_puts_everything_back(
    root: Path, built: Path, monkeypatch: pytest.MonkeyPatch, failing: int, error: BaseException
) -> None:
    before = files(built)
    (root / "cases/第1回/案件.yaml").write_text(edited(CASE, "委託する", "改める"), encoding="utf-8")
    count, replace = 0, os.replace

    def fail(*arguments: str, **folders: int) -> None:
        nonlocal count
        count += 1
        if count == failing:
            raise error
        replace(*arguments, **folders)

    monkeypatch.setattr(os, "replace", fail)
    result = run("cases/第1回", "--format", "docx", "--paper", "依頼書", "--paper", "議案", "--force")
    assert (count >= failing, result.exit_code) == (True, 2)
    assert files(built) == before
    assert list(built.glob(".*")) == []


def test_a_failure_before_anything_was_there_leaves_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = os.replace

    def fail(source: str, target: str, **folders: int) -> None:
        if target.endswith("議案.pdf"):
            raise PermissionError(13, "開かれています", target)
        replace(source, target, **folders)

    monkeypatch.setattr(os, "replace", fail)
    result = run("cases/第1回", "--force")
    assert result.exit_code == 2
    assert "議案.pdf" in result.output and "開いているファイルを閉じてください" in result.output
    assert not (root / "output").exists()


def test_a_full_disk_is_said_and_leaves_the_old_output(
    root: Path, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(built)

    def fail(*_: object, **__: object) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdopen", fail)
    result = run("cases/第1回")
    assert (result.exit_code, "ディスクがいっぱいです" in result.output) == (2, True)
    assert files(built) == before


def test_output_never_leaves_its_folder_through_a_link(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "外"
    outside.mkdir()
    (root / "output").mkdir()
    (root / "output" / "第1回").symlink_to(outside, target_is_directory=True)
    result = run("cases/第1回")
    assert (result.exit_code, "はリンクです" in result.output) == (2, True)
    assert files(outside) == {}


def test_a_folder_in_the_way_is_not_swept_aside(root: Path) -> None:
    way = root / "output/第1回/第2号議案/依頼書.pdf"
    way.mkdir(parents=True)
    (way / "大事.txt").write_text("大事", encoding="utf-8")
    assert run("cases/第1回").exit_code == 2
    assert set(files(root / "output")) == {"第1回/第2号議案/依頼書.pdf/大事.txt"}


# The same bytes.


def test_the_manifest_says_what_was_read_and_made(root: Path) -> None:
    assert run("cases/第1回").exit_code == 0
    folder = root / "output/第1回/第2号議案"
    found = manifest(folder)
    assert set(found) == {"kotobuki", "municipality", "inputs", "outputs", "papers"}
    own = {
        *("cases/organization.yaml", "cases/第1回/meeting.yaml", "cases/第1回/案件.yaml"),
        *("templates/試験/form.yaml", "templates/試験/表紙.txt", "templates/試験/依頼書.txt"),
    }
    assert own | {"base.docx"} < set(found["inputs"])
    assert all("/" not in name for name in set(found["inputs"]) - own)  # a font, by its name alone
    for name in own:
        assert found["inputs"][name] == hashlib.sha256((root / name).read_bytes()).hexdigest()
    made = {name: hashlib.sha256(data).hexdigest() for name, data in files(folder).items() if name != "manifest.json"}
    assert found["outputs"] == made


def test_a_manifest_follows_its_inputs_in_one_process(root: Path) -> None:
    digests = set()
    for word in ("甲", "乙"):
        project(root, {"案件.yaml": edited(CASE, "委託する", word)})
        assert run("cases/第1回").exit_code == 0
        digests.add(manifest(root / "output/第1回/第2号議案")["inputs"]["cases/第1回/案件.yaml"])
    assert len(digests) == 2


def test_pages_of_the_manifest_change_only_where_the_case_does(root: Path) -> None:
    pages = []
    for word in ("甲", "乙"):
        project(root, {"案件.yaml": edited(CASE, "委託する", word)})
        assert run("cases/第1回").exit_code == 0
        pages.append([paper["pages"] for paper in manifest(root / "output/第1回/第2号議案")["papers"]])  # type: ignore[index]
    (cover, request), (same_cover, changed_request) = pages
    assert cover == same_cover
    assert request != changed_request


@pytest.mark.process
def test_two_builds_are_the_same_bytes_wherever_and_whenever(sample_root: Path, bundles: Path, tmp_path: Path) -> None:
    """In other processes: another time zone, locale, working directory, seed of hashes, order of cases, path of the root."""
    folder = sample_root / "cases" / "r4-1"
    names = sorted((file.name for file in folder.glob("0*.yaml")), reverse=True)
    surroundings = {"TZ": "America/Los_Angeles", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    subprocess.run(
        [sys.executable, "-m", "kotobuki", "build", *(os.path.relpath(folder / name, tmp_path) for name in names)],
        cwd=tmp_path,
        env={**os.environ, **surroundings, "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
    )
    again = files(tmp_path / "output" / "r4-1")
    assert set(again) == set(files(bundles))
    assert [name for name, data in files(bundles).items() if data != again[name]] == []


def test_a_moved_project_gives_the_same_bytes(tmp_path: Path) -> None:
    outputs = []
    for name in ("甲", "乙/丙"):
        root = project(tmp_path / name)
        diagnostics = Diagnostics()
        build([root / "cases/第1回"], Options(root / "out"), None, diagnostics)
        assert list(diagnostics) == []
        outputs.append(files(root / "out"))
    assert outputs[0] == outputs[1]


@pytest.mark.process
def test_help_answers_without_anything_heavy() -> None:
    heavy = "{'jinja2', 'docx', 'lxml', 'yaml', 'uharfbuzz'}"
    code = f"import sys, kotobuki.cli; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"


@pytest.mark.parametrize("command", ["build", "forms", "init", "new", "packet", "number", "number take", "number list"])
def test_every_command_explains_itself_in_japanese(command: str) -> None:
    result = CliRunner().invoke(main, [*command.split(), "--help"])
    assert result.exit_code == 0
    assert not re.search("Usage|Options|Show this|Commands", result.output)
    assert "この説明を表示する。" in result.output


@pytest.mark.process
def test_help_imports_no_more_than_the_commands() -> None:
    code = "import sys; from kotobuki.cli import main; main(['--help'], standalone_mode=False)"
    code = f"import atexit, sys; atexit.register(lambda: print(sorted(sys.modules), file=sys.stderr)); {code}"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    own = set(re.findall(rb"'kotobuki\.([\w.]+)'", done.stderr))
    assert b"cli.build" in own
    assert {name.split(b".")[0] for name in own} == {b"cli", b"garbage"}


@pytest.mark.process
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no such device")
def test_a_result_that_cannot_be_shown_is_no_fault_of_the_program(root: Path) -> None:
    command = [sys.executable, "-m", "kotobuki", "build", "cases/第1回"]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, env=surroundings, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == [
        "kotobuki: 結果を最後まで表示できませんでした（ディスクがいっぱいです）"
    ]
    assert set(files(root / "output")) == {f"第1回/第2号議案/{name}" for name in BUNDLE}


def test_what_is_wrong_with_one_case_hides_nothing_of_the_next(root: Path) -> None:
    """A character that no font has is found when a paper is laid out, which a case with errors never is."""
    meeting = edited(MEETING, "{2: 案件.yaml}", "{2: 案件.yaml, 3: 次.yaml}")
    (root / "cases/第1回/meeting.yaml").write_text(meeting, encoding="utf-8")
    (root / "cases/第1回/次.yaml").write_text(edited(OPEN, "委託する", "委託\u0e01する"), encoding="utf-8")
    (root / "cases/第1回/案件.yaml").write_text(edited(CASE, "件名", "件命"), encoding="utf-8")
    result = run("cases/第1回")
    assert ("key-unknown" in result.output, "glyph-missing" in result.output) == (True, True)
