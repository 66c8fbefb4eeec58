"""No command runs on into what an error has left out: a fault of each stage ends every command with its diagnostics."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from support.samples import CASE, FORM, MEETING, ORGANIZATION, REQUEST, project

from kotobuki.cli import main

ATTACHED = CASE + "別添:\n  - {題名: 評価書, ファイル: hyoka.pdf}\n"
FAULTS = {
    "YAML that cannot be read": ({"案件.yaml": ATTACHED + "目的: ['\n"}, "yaml-syntax"),
    "a key that is not known": ({"案件.yaml": ATTACHED + "目滴: 甲\n"}, "key-unknown"),
    "a section that is missing": ({"案件.yaml": ATTACHED.replace("理由", "｛追加｝わけ")}, "section-missing"),
    "a form that is not known": ({"案件.yaml": ATTACHED.replace("様式: 試験", "様式: 試件")}, "form-unknown"),
    "a name that is not known": ({"案件.yaml": ATTACHED + "目的: ｛条令｝\n"}, "term-unknown"),
    "a reference that leads nowhere": ({"案件.yaml": ATTACHED + "目的: ｛→どこか｝\n"}, "reference-target"),
    "a note without its mark": ({"案件.yaml": ATTACHED + "目的: [{｛※甲｝: 乙}]\n"}, "note-unmarked"),
    "a character that no font has": ({"案件.yaml": ATTACHED + "目的: \U0001f600\n"}, "glyph-missing"),
    "a figure with a dead end": (
        {"案件.yaml": ATTACHED + "目的: [{｛図｝: {種類: 流れ図, 説明: 図, 手順: [甲, {乙: {次: 丙}}]}}]\n"},
        "figure-name-unknown",
    ),
    "an agenda that names no file": (
        {"MEETING": MEETING.replace("案件.yaml}", "案件.yaml, 3: ない.yaml}")},
        "agenda-no-file",
    ),
    "a form.yaml with a fault": ({"FORM": FORM.replace("必須: はい", "必須: 多分")}, "choice"),
    "a template with a fault": ({"REQUEST": REQUEST + "本分：甲\n"}, "template-role"),
    "an organization with a fault": ({"ORGANIZATION": ORGANIZATION + "表記: {数字: 甲}\n"}, "wrong-type"),
}

OF_A_PACKET = {
    "a file that is not there": ({"案件.yaml": ATTACHED.replace("hyoka", "nai")}, "attachment-missing"),
    "a request after the inquiry": (
        {"案件.yaml": ATTACHED.replace("2022-05-06", "2022-05-12")},
        "request-after-inquiry",
    ),
}
"""What only a packet refuses."""


def city(tmp_path: Path, fault: dict[str, str]) -> Path:
    """The small city with a 別添 in its case, and a fault in one of its files."""
    cases = {"案件.yaml": fault.get("案件.yaml", ATTACHED)}
    settings = {name: text for name, text in fault.items() if name != "案件.yaml"}
    folder = project(tmp_path, cases, **settings) / "cases" / "第1回"
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(folder / "hyoka.pdf")
    return folder


def refused(folder: Path, rule: str, command: str, *options: str) -> None:
    out = folder.parents[1] / "out"
    ran = CliRunner().invoke(main, [command, str(folder), *options, "--out", str(out)])
    assert (ran.exit_code, f"[{rule}]" in ran.output) == (1, True), ran.output
    assert not list(out.rglob("*.pdf")) and not list(out.rglob("*.docx"))


@pytest.mark.parametrize("command", ["packet", "build", "build --check"])
@pytest.mark.parametrize(("fault", "rule"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_ends_a_command_with_its_diagnostics(
    tmp_path: Path, fault: dict[str, str], rule: str, command: str
) -> None:
    refused(city(tmp_path, fault), rule, *command.split())


@pytest.mark.parametrize(("fault", "rule"), OF_A_PACKET.values(), ids=OF_A_PACKET.keys())
def test_a_fault_of_a_packet_ends_it(tmp_path: Path, fault: dict[str, str], rule: str) -> None:
    refused(city(tmp_path, fault), rule, "packet")
