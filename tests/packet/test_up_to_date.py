"""A packet that is up to date is not bound again; whatever it depends on, or its warnings speak of, a change of it is noticed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from support.aged import age, change, link, unremembered, write
from support.paths import ROOT
from support.samples import CASE, FORM, MEETING, edited, project
from support.word_samples import edited_base, in_style

from kotobuki.build import freshness
from kotobuki.build.freshness import Records
from kotobuki.cli import main
from kotobuki.packet.command import PacketOptions

KEPT = "前に作ったままです（作り直すには --force）。"
FOLDER, OUT = Path("cases/第1回"), Path("output")
PACKET, BUNDLE = OUT / "第1回/会議資料.pdf", OUT / "第1回/第2号議案"
LEDGER = "文書番号,記録,日付,件名,案件,備考\n"


def run(command: str = "packet", *options: str, status: int = 0) -> str:
    result = CliRunner().invoke(main, [command, str(FOLDER), *options])
    assert result.exit_code == status, result.output
    return result.output


def is_up_to_date() -> bool:
    return Records(OUT).up_to_date(PacketOptions(OUT).key(FOLDER, None)) is not None


def blank_pdf(size: int) -> None:
    file = FOLDER / "評価書.pdf"
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(size, size))
    pdf.save(file, deterministic_id=True)
    age(file)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The small city: its meeting was built, handed out, changed, and bound again."""
    tmp_path = tmp_path_factory.mktemp("町")
    case = CASE + "目的: [｛表｝: {ファイル: 件数.csv}]\n別添: [{題名: 評価書, ファイル: 評価書.pdf}]\n"
    held = edited(MEETING, "回: 1", "回: 1\n日時: 2022-05-18 14:00\n場所: 市役所")
    root = project(tmp_path / "町", {"案件.yaml": case}, MEETING=held)
    (root / "ほか").mkdir()
    (root / "templates/ほか").symlink_to(root / "ほか")
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(root)
        patched.setenv("XDG_CACHE_HOME", str(tmp_path / "記憶"))
        patched.setenv("KOTOBUKI_FONT_PATH", "/usr/share/fonts")
        blank_pdf(300)
        write("cases/第1回/件数.csv", "区分,件数\n甲,1\n")
        run("build")
        run("packet", "--issue", "2022-05-13")
        change("cases/第1回/案件.yaml", "理由: 委託", "# 確認：これでよいか。\n理由: 委任")
        age(*root.rglob("*.yaml"), *root.rglob("*.txt"), *root.rglob("*.json"))
        yield root


@pytest.fixture(autouse=True)
def bound(city: Path) -> Iterator[None]:
    """Its packet is up to date; after the test, all is as it was."""
    before = {file: file.read_bytes() for file in city.rglob("*") if file.is_file() and not file.is_symlink()}
    if not is_up_to_date():
        run()
    yield
    for file in [each for each in city.rglob("*") if each.is_symlink() or (each.is_file() and each not in before)]:
        if file != city / "templates/ほか":
            file.unlink()
    for file, data in before.items():
        if not file.exists() or file.read_bytes() != data:
            file.write_bytes(data)
            age(file)
    freshness.stamp.cache_clear()


def test_nothing_is_written_where_nothing_changed() -> None:
    before = PACKET.stat().st_mtime_ns
    assert run().splitlines()[-1] == KEPT
    assert PACKET.stat().st_mtime_ns == before
    assert KEPT not in run("packet", "--force")
    assert PACKET.stat().st_mtime_ns > before


def test_what_was_said_is_said_again() -> None:
    (BUNDLE / "依頼書.pdf").write_bytes(b"%PDF-")
    age(BUNDLE / "依頼書.pdf")
    first = run()
    for rule in ("review-open", "attachment-plain", "issued-differs", "output-changed"):
        assert f"[{rule}]" in first
    assert run() == first + KEPT + "\n"
    assert run("packet", "--force") == first


CHANGES: dict[str, Callable[[], object]] = {
    "the case": lambda: change("cases/第1回/案件.yaml", "委任", "購入"),
    "the rows of a table": lambda: write("cases/第1回/件数.csv", "区分,件数\n甲,2\n"),
    "a 別添": lambda: blank_pdf(310),
    "the meeting": lambda: change("cases/第1回/meeting.yaml", "回: 1", "回: 3"),
    "the organization": lambda: change("cases/organization.yaml", "川 岬", "川 渚"),
    "a form": lambda: change("templates/試験/form.yaml", "{名: 目的}", "{名: 狙い}"),
    "another form": lambda: write("templates/別/form.yaml", FORM),
    "a form in a folder that is a link": lambda: write("ほか/form.yaml", FORM),
    "a template": lambda: change("templates/試験/依頼書.txt", "諮問願います", "諮問します"),
    "a template of the project instead of Kotobuki's": lambda: write("templates/会議/表紙.txt", "標題：表紙\n"),
    "the look": lambda: edited_base(Path("templates"), in_style("標準", '<w:sz w:val="24"/>', '<w:sz w:val="22"/>')),
    "a ledger": lambda: write("cases/register/2022-総総送.csv", LEDGER),
    "a case of the same name elsewhere": lambda: write("cases/二/第1回/meeting.yaml", ""),
    "a case that has become a link": lambda: link("cases/第1回/案件.yaml", "cases/別.yaml"),
    "what was handed out": lambda: write("cases/第1回/配付/2022-05-13.json", "{}"),
    "a later handing out": lambda: write("cases/第1回/配付/2022-05-14.json", "{}"),
    "no record any more": lambda: Path("cases/第1回/配付/2022-05-13.json").unlink(),
    "the packet was edited": lambda: PACKET.write_bytes(b"%PDF-"),
    "the packet was removed": PACKET.unlink,
    "its manifest was edited": lambda: write("output/第1回/manifest.json", "{}"),
    "a paper beside it was edited": lambda: (BUNDLE / "依頼書.pdf").write_bytes(b"%PDF-"),
    "a paper beside it was removed": (BUNDLE / "議案.docx").unlink,
    "papers of a case that is no more": lambda: shutil.copytree(BUNDLE, OUT / "旧"),
    "the folder for fonts": lambda: pytest.MonkeyPatch().setenv("KOTOBUKI_FONT_PATH", "/usr/share/fonts/truetype"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_is_noticed(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOTOBUKI_FONT_PATH", "/usr/share/fonts")
    assert is_up_to_date()
    CHANGES[what]()
    freshness.stamp.cache_clear()
    assert not is_up_to_date()


def test_what_comes_back_is_up_to_date_whatever_its_time() -> None:
    change("cases/第1回/案件.yaml", "委任", "購入")
    change("cases/第1回/案件.yaml", "購入", "委任")
    assert is_up_to_date()


def test_what_is_written_while_it_is_bound_is_not_remembered() -> None:
    file = BUNDLE / "依頼書.pdf"
    file.write_bytes(b"%PDF-")
    age(file)
    run()
    assert is_up_to_date()
    for late in (file, Path("cases/第1回/案件.yaml")):
        late.write_bytes(late.read_bytes() + b"\n")
        later = late.stat().st_mtime_ns + 120_000_000_000
        os.utime(late, ns=(later, later))
        run()
        assert not is_up_to_date()


@pytest.mark.parametrize("options", [["--final"], ["--format", "pdf"], ["--out", "他"]])
def test_other_options_are_another_packet(options: list[str]) -> None:
    done = CliRunner().invoke(main, ["packet", str(FOLDER), *options])
    assert KEPT not in done.output
    assert ("review" in done.output) == ("--final" in options) or done.exit_code == 0


def test_what_is_handed_out_is_made_each_time() -> None:
    change("cases/第1回/案件.yaml", "# 確認：これでよいか。\n", "")
    record = FOLDER / "配付/2022-05-16.json"
    for _ in range(2):
        assert KEPT not in run("packet", "--issue", "2022-05-16")
        record.unlink()
    run("packet", "--final")
    assert KEPT not in run("packet", "--issue", "2022-05-16")
    assert record.exists()


def test_an_error_is_remembered_by_nobody() -> None:
    change("cases/第1回/案件.yaml", "件名", "件命")
    said = run(status=1)
    assert run(status=1) == said


@pytest.mark.process
def test_every_file_that_a_packet_opens_is_remembered(city: Path, tmp_path: Path) -> None:
    """Whoever binds another kind of file adds it to what `PacketMaker` says was read."""
    command = ["packet", str(city / FOLDER), "--out", str(city / OUT)]
    inputs, forgotten = unremembered(command, tmp_path, (city, ROOT))
    assert {"評価書.pdf", "2022-05-13.json", "次第.txt", "依頼書.docx"} <= {file.name for file in inputs}
    assert forgotten == set()
