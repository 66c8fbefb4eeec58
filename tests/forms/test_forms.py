"""A form is data: those that come with Kotobuki, their samples, sections of a case's own, a form added as a folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from support import office
from support.paths import ROOT
from support.samples import FORM, HEADER, compose, marked, project

from kotobuki.build.command import Options, SummaryLine
from kotobuki.build.pipeline import build
from kotobuki.cli import main
from kotobuki.diagnostics import Diagnostics
from kotobuki.project import Project
from kotobuki.settings.form import Form

NEW = ("目的外利用及び外部委託", "特定個人情報保護評価の第三者点検", "規程・ポリシーの改定", "通知・照会・回答")
FREE = FORM.replace("書類:", "自由な節: はい\n書類:")
SAMPLES = sorted(file for file in (ROOT / "cases").glob("r*/*.yaml") if file.name != "meeting.yaml")


def forms() -> dict[str, Form]:
    """The forms that come with Kotobuki."""
    diagnostics = Diagnostics()
    found = Project(ROOT, diagnostics).forms
    assert list(diagnostics) == []
    return found


def headings(text: str, form: str = FREE) -> list[str]:
    """The headings of a case's sections, its 理由 written before them."""
    lines = compose(HEADER + "理由: 甲のため\n" + text, form=form).lines
    return [line[2:] for line in lines if re.match("[０-９] ", line)]


# The forms that come with Kotobuki.


def test_every_form_has_a_sample() -> None:
    used = {re.search("^様式: (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE) for file in SAMPLES}
    assert {match[1] for match in used if match} == set(forms())


@pytest.mark.parametrize("name", NEW)
def test_a_form_guides_those_who_draft(name: str) -> None:
    form = forms()[name]
    assert form.purpose
    parts = [*form.sections, *(row for section in form.sections for row in section.rows)]
    assert [part.name for part in parts if not part.guide.endswith("。")] == []


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[SummaryLine]]:
    """The samples of the second meeting and of 寿市, built without a diagnostic: where they are, and the summary."""
    out = tmp_path_factory.mktemp("samples")
    diagnostics = Diagnostics()
    first, second = ROOT / "cases" / "r4-2", ROOT / "cases" / "寿市" / "cases" / "r4-1"
    lines = build([first, first / "kaisai-tsuchi.yaml"], Options(out, final=True), None, diagnostics).lines
    build([second, second / "kaito.yaml"], Options(out, final=True), None, diagnostics)
    assert list(diagnostics) == []
    return out, lines


def test_the_second_meeting_and_its_letter_have_their_papers(samples: tuple[Path, list[SummaryLine]]) -> None:
    assert [(line.folder.name, line.paper, line.count) for line in samples[1]] == [
        *(("第1号議案", paper, pages) for paper, pages in (("表紙", 1), ("諮問書", 1), ("諮問依頼書", 5))),
        ("kaisai-tsuchi", "施行文", 1),
    ]


@pytest.mark.office
@pytest.mark.pdftools
def test_word_has_as_many_pages_as_pdf(samples: tuple[Path, list[SummaryLine]]) -> None:
    files = {f"paper{at}": file for at, file in enumerate(sorted(samples[0].rglob("*.docx")))}
    printed = office.to_pdf({key: file.read_bytes() for key, file in files.items()})
    counts = {key: len(office.pages(data)) for key, data in printed.items()}
    assert counts == {key: len(office.pages(file.with_suffix(".pdf").read_bytes())) for key, file in files.items()}


@pytest.mark.office
@pytest.mark.pdftools
def test_narrow_labels_stand_alike_in_word_and_pdf(samples: tuple[Path, list[SummaryLine]]) -> None:
    file = samples[0] / "r4-1" / "第1号議案" / "諮問依頼書"
    pdf, data = (file.with_suffix(kind).read_bytes() for kind in (".pdf", ".docx"))
    word = office.to_pdf({"paper": data})["paper"]
    ends = ("諮問理由", "受付業務")  # a reader of ours finds the label in one stretch with them, so: where they end
    found = [
        {
            end: each.right
            for each in office.words(printed)
            for end in ends
            if each.page == 1 and each.text.endswith(end)
        }
        for printed in (pdf, word)
    ]
    assert len(found[0]) == 2
    assert found[0] == pytest.approx(found[1], abs=1)


def test_their_packet_is_bound_without_a_diagnostic(tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, ["packet", str(ROOT / "cases" / "r4-2"), "--out", str(tmp_path), "--final"])
    assert (ran.exit_code, ran.stderr) == (0, "")


# Sections of a case's own.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("再び行う理由: 乙\n", ["事項", "理由", "再び行う理由", "担当"]),
        ("目的: 乙\n評価の対象: 丙\n", ["事項", "理由", "目的", "評価の対象", "担当"]),
        ("｛市｝の方針: 乙\n", ["事項", "理由", "みなと市の方針", "担当"]),
        ("｛追加｝目標: 乙\n", ["事項", "理由", "目標", "担当"]),  # near to 目的, and meant
        ("｛目的｝狙い: 乙\n", ["事項", "理由", "狙い", "担当"]),
        ("経緯: 乙\n｛順序｝: [経緯, 理由]\n", ["経緯", "理由", "事項", "担当"]),
    ],
)
def test_a_free_form_takes_headings_as_they_come(text: str, expected: list[str]) -> None:
    assert headings(text) == expected


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("▼目標: 乙\n", "key-unknown"),  # 目的
        ("▼担等: 乙\n", "key-unknown"),
        ("▼組判: {詰め: はい}\n", "key-unknown"),  # of the head
        ("▼依頼先: 乙\n", "key-unknown"),
        ("▼会議本: 乙\n", "key-unknown"),
        ("▼業務委: 乙\n", "key-unknown"),
        ("▼｛目標｝狙い: 乙\n", "key-unknown"),
        ("▼｛文｝: 乙\n", "key-unknown"),
        ("経緯: 乙\n▼｛追加｝経緯: 丙\n", "slot-twice"),
        ("業務:\n  概要: 甲\n  ▼周知: 乙\n", "key-unknown"),  # rows are the form's
    ],
)
def test_a_mistyped_name_is_no_heading(text: str, rules: str) -> None:
    plain, expected = marked(HEADER + "理由: 甲のため\n" + text, rules)
    assert compose(plain, form=FREE).faults == expected


def test_a_mistyped_name_that_is_required_is_said_once() -> None:
    (fault,) = compose(HEADER + "理油: 甲\n", form=FREE).diagnostics
    assert (fault.rule, fault.remedy.split("。")[0]) == ("key-unknown", "「理由」の誤りではありませんか")


def test_other_forms_ask_for_the_mark_of_an_addition() -> None:
    (fault,) = compose(HEADER + "理由: 甲\n再び行う理由: 乙\n").diagnostics
    assert fault.rule == "key-unknown"
    assert "｛追加｝再び行う理由" in fault.remedy


# A form added as a folder.


def test_a_form_is_added_without_python(tmp_path: Path) -> None:
    """The ten lines of ARCHITECTURE.md, followed: a folder, a case, a build."""
    text = (ROOT / "kotobuki" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    form, template, case = re.findall(r"```(?:yaml|text)\n(.*?)```", text.split("## A form in ten lines")[1], re.DOTALL)
    root = project(tmp_path)
    for name, words in {"templates/報告/form.yaml": form, "templates/報告/報告書.txt": template}.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(words, encoding="utf-8")
    (root / "cases" / "houkoku.yaml").write_text(case, encoding="utf-8")
    ran = CliRunner().invoke(main, ["build", str(root / "cases" / "houkoku.yaml"), "--out", str(tmp_path / "out")])
    assert (ran.exit_code, ran.stderr) == (0, "")
    names = {each.name for each in (tmp_path / "out" / "houkoku").iterdir()}
    assert names == {"報告書.docx", "報告書.pdf", "manifest.json"}
    assert len([*form.splitlines(), *template.splitlines()]) <= 10
