"""What is up to date is not made again, and what is not is: whatever a paper depends on, a change of it is noticed."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from support.aged import age, change, link, unremembered, write
from support.paths import ROOT
from support.samples import CASE, FORM, MEETING, ORGANIZATION, edited, project
from support.word_samples import edited_base, in_style

from kotobuki import remembering
from kotobuki.build import freshness, pipeline
from kotobuki.build.bundle import BundleMaker, LaidOutBundle
from kotobuki.build.freshness import Records
from kotobuki.build.jobs import Job
from kotobuki.build.office import Office
from kotobuki.build.workers import Chunk
from kotobuki.cli import main

KEPT = "1件のうち1件は、前に作ったままです（作り直すには --force）。"
TABLED = edited(FORM, "{名: 予定, 種類: 日程}", "{名: 予定, 種類: 表}")
PAPER = Path("output/第1回/第2号議案/依頼書.pdf")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small city, whose meeting has been built."""
    tables = "目的: [｛表｝: {ファイル: 件数.csv}]\n業務: {概要: 点検, 予定: {ファイル: 予定.csv}}\n"
    folder = project(tmp_path / "町", {"案件.yaml": CASE + tables}, FORM=TABLED)
    for name in ("件数.csv", "予定.csv"):
        (folder / "cases/第1回" / name).write_text("区分,件数\n甲,1\n", encoding="utf-8")
    (folder / "ほか").mkdir()
    (folder / "templates/ほか").symlink_to(folder / "ほか")
    write(str(folder / "templates/重/form.yaml"), TABLED)  # a form whose name is taken
    write(str(folder / "字/別.ttf"), "")
    age(*folder.rglob("*"))
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "記憶"))
    monkeypatch.setenv("KOTOBUKI_FONT_PATH", os.pathsep.join(("/usr/share/fonts", str(folder / "字"))))
    monkeypatch.setenv("HOME", str(folder))
    freshness.stamp.cache_clear()  # of another folder
    assert KEPT not in run("cases/第1回")
    return folder


def run(*arguments: str, status: int = 0) -> str:
    result = CliRunner().invoke(main, ["build", *arguments])
    assert result.exit_code == status, result.output
    return result.output


def modified() -> int:
    return PAPER.stat().st_mtime_ns


def test_nothing_is_written_where_nothing_changed(root: Path) -> None:
    before = modified()
    assert run("cases/第1回").splitlines()[-1] == KEPT
    assert modified() == before
    assert KEPT not in run("cases/第1回", "--force")
    assert modified() > before


def test_the_summary_and_the_warnings_are_said_again(root: Path) -> None:
    change("cases/第1回/案件.yaml", "理由: 委託", "# 確認：これでよいか。\n理由: 委託")
    first = run("cases/第1回")
    assert "確認" in first
    again = run("cases/第1回")
    assert again == first + KEPT + "\n"
    assert run("cases/第1回/案件.yaml").splitlines()[-1] == KEPT  # another command, the same case


CHANGES: dict[str, Callable[[], object]] = {
    "the case": lambda: change("cases/第1回/案件.yaml", "委託", "委任"),
    "the rows of a table": lambda: write("cases/第1回/件数.csv", "区分,件数\n甲,2\n"),
    "the rows of a table of the form": lambda: write("cases/第1回/予定.csv", "区分,件数\n甲,2\n"),
    "the meeting": lambda: change("cases/第1回/meeting.yaml", "{2:", "{3:"),
    "the organization": lambda: change("cases/organization.yaml", "川 岬", "川 渚"),
    "a form": lambda: change("templates/試験/form.yaml", "{名: 目的}", "{名: 狙い}"),
    "another form": lambda: write("templates/別/form.yaml", FORM),
    "a form whose name is taken": lambda: change("templates/重/form.yaml", "様式: 試験", "様式: 別"),
    "a template": lambda: change("templates/試験/依頼書.txt", "諮問願います", "諮問します"),
    "a template of the project instead of Kotobuki's": lambda: write("templates/共通.txt", "標題：共通\n"),
    "the look": lambda: edited_base(Path("templates"), in_style("標準", '<w:sz w:val="24"/>', '<w:sz w:val="22"/>')),
    "a ledger": lambda: write("cases/register/2022-総総送.csv", "文書番号,記録,日付,件名,案件,備考\n"),
    "a file of the output that was edited": lambda: PAPER.write_bytes(b"%PDF-"),
    "a file of the output that was removed": PAPER.unlink,
    "a case that has become a link": lambda: link("cases/第1回/案件.yaml", "cases/別.yaml"),
    "a file of the output that has become a link": lambda: link(str(PAPER), "写し.pdf"),
    "a folder of the output that has become a link": lambda: link(str(PAPER.parent), "写し"),
    "where a link leads": lambda: (Path("templates/ほか").unlink(), Path("templates/ほか").symlink_to("別")),
    "a font that is not used": lambda: write("字/別.ttf", "mended"),
    "a form in a folder that is a link": lambda: write("ほか/form.yaml", FORM),
    "where the user's own fonts are": lambda: os.environ.update(HOME=str(Path("ほか").absolute())),
    "the folder for fonts": lambda: os.environ.update(KOTOBUKI_FONT_PATH="/usr/share/fonts/truetype"),
}


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.usefixtures("root")
def test_a_change_is_noticed(what: str) -> None:
    assert KEPT in run("cases/第1回")
    CHANGES[what]()
    freshness.stamp.cache_clear()
    result = CliRunner().invoke(main, ["build", "cases/第1回"])
    assert KEPT not in result.output


def test_other_options_are_another_build(root: Path) -> None:
    for options in (["--final"], ["--format", "pdf"], ["--paper", "依頼書"], ["--out", "他"]):
        assert KEPT not in run("cases/第1回", *options), options


def test_what_comes_back_is_up_to_date_whatever_its_time(root: Path) -> None:
    text = Path("cases/第1回/案件.yaml").read_text(encoding="utf-8")
    change("cases/第1回/案件.yaml", "件名", "件命")
    run("cases/第1回", status=1)
    write("cases/第1回/案件.yaml", text)
    assert KEPT in run("cases/第1回")


def test_an_error_is_remembered_by_nobody(root: Path) -> None:
    change("cases/第1回/案件.yaml", "件名", "件命")
    said = run("cases/第1回", status=1)
    assert run("cases/第1回", status=1) == said


def test_only_the_case_that_changed_is_made(root: Path) -> None:
    write("cases/第1回/meeting.yaml", edited(MEETING, "{2: 案件.yaml}", "{2: 案件.yaml, 3: 次.yaml}"))
    write("cases/第1回/次.yaml", edited(CASE, "番号: 82", "番号: 83"))
    run("cases/第1回")
    change("cases/第1回/次.yaml", "委託", "委任")
    before = modified()
    assert run("cases/第1回").splitlines()[-1] == "2件のうち1件は、前に作ったままです（作り直すには --force）。"
    assert modified() == before


def test_what_is_written_while_it_is_built_is_not_remembered(root: Path) -> None:
    change("cases/第1回/案件.yaml", "委託", "委任")
    later = Path("cases/第1回/案件.yaml").stat().st_mtime_ns + 120_000_000_000
    os.utime("cases/第1回/案件.yaml", ns=(later, later))
    assert KEPT not in run("cases/第1回")
    assert KEPT not in run("cases/第1回")


def test_an_agenda_is_looked_at_though_it_names_no_case(root: Path) -> None:
    void = MEETING.replace("{2: 案件.yaml}", "{1: 欠番}")
    write("cases/第2回/meeting.yaml", void)
    write("cases/第2回/次.yaml", CASE)
    run("cases/第2回")
    write("cases/第2回/meeting.yaml", edited(void, "{1: 欠番}", "{3: 次.yaml}"))
    assert "第3号議案" in run("cases/第2回")
    run("cases/organization.yaml")
    write("cases/第2回/meeting.yaml", edited(void, "{1: 欠番}", "{}"))
    assert "agenda-empty" in run("cases/第2回", status=1)


def test_papers_that_were_edited_are_named_once(root: Path) -> None:
    PAPER.write_bytes(b"%PDF-")
    assert "output-changed" in run("cases/第1回")
    assert "output-changed" not in run("cases/第1回")


def test_it_is_not_said_that_papers_were_made_again_that_were_not(root: Path) -> None:
    PAPER.write_bytes(b"%PDF-")
    assert "作り直したため" not in run("cases/第1回", "--format", "docx")
    assert PAPER.read_bytes() == b"%PDF-"
    assert "output-changed" in run("cases/第1回", "--format", "docx")  # as long as it stands there
    assert "作り直したため" in run("cases/第1回")


@pytest.mark.parametrize("name", ["依頼書.pdf", "議案.pdf"])
def test_papers_of_another_format_count_too(root: Path, name: str) -> None:
    other = PAPER.with_name(name)
    kept = other.read_bytes()
    other.unlink()
    run("cases/第1回", "--format", "docx")  # says that one is gone
    run("cases/第1回", "--format", "docx")
    assert KEPT in run("cases/第1回", "--format", "docx")
    change("cases/第1回/案件.yaml", "委託", "委任")
    other.write_bytes(kept)
    assert name in run("cases/第1回", "--format", "docx")
    other.unlink()
    assert name not in run("cases/第1回", "--format", "docx")


def test_outputs_that_another_command_made_current_are_stale_no_more(root: Path) -> None:
    write("cases/三.yaml", CASE)
    run("cases/三.yaml")
    Path("cases/三.yaml").rename("cases/第1回/三.yaml")
    assert "output-stale" in run("cases/第1回")
    run("cases/第1回/三.yaml")
    assert "output-stale" not in run("cases/第1回")


def test_a_list_of_failures_is_brought_up_to_date(root: Path) -> None:
    good = Path("cases/第1回/案件.yaml").read_text(encoding="utf-8")
    for _ in range(2):
        write("cases/第1回/案件.yaml", good.replace("件名:", "件命:"))
        run("cases/第1回", "--keep-going", status=1)
        write("cases/第1回/案件.yaml", good)
        run("cases/第1回", "--keep-going")
        assert "案件.yaml" not in Path("output/失敗一覧.csv").read_text(encoding="utf-8-sig")


def test_another_root_is_another_build(root: Path) -> None:
    """The same case and the same options, but another municipality by --root."""
    run("cases/第1回", "--out", "他")
    other = project(root / "別", ORGANIZATION=ORGANIZATION.replace("川 岬", "川 渚"), FORM=TABLED)
    assert KEPT not in run("cases/第1回", "--out", "他", "--root", str(other))


def test_where_meetings_are_the_same_folder_may_mean_another(root: Path) -> None:
    """A case with the same file's name moved to another meeting."""
    write("cases/第2回/meeting.yaml", edited(MEETING, "回: 1", "回: 2"))
    for each in [each for each in Path("cases/第1回").iterdir() if each.name != "meeting.yaml"]:
        each.rename(Path("cases/第2回", each.name))
    assert KEPT not in run("cases/第2回")
    assert "agenda-no-file" in run("cases/第1回", status=1)


def _meanwhile(monkeypatch: pytest.MonkeyPatch, do: Callable[[], object]) -> None:
    """Something happens after the files of a case have been read, while its papers are made; once."""
    make, things = BundleMaker.make, [do]

    def made(self: BundleMaker) -> LaidOutBundle | None:
        time.sleep(0.01)
        while things:
            things.pop()()
        return make(self)

    monkeypatch.setattr(BundleMaker, "make", made)


def test_an_old_file_that_is_copied_while_it_is_built_is_not_remembered(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its time is of long ago: `cp -p`, rsync and others keep it."""
    _meanwhile(monkeypatch, lambda: change("cases/第1回/案件.yaml", "委託", "委任"))
    run("cases/第1回", "--force")
    change("cases/第1回/案件.yaml", "委任", "購入")
    _meanwhile(monkeypatch, lambda: change("cases/第1回/案件.yaml", "購入", "賃借"))
    run("cases/第1回")
    assert KEPT not in run("cases/第1回")


def test_a_form_that_comes_while_it_is_built_is_not_remembered(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change("cases/第1回/案件.yaml", "委託", "委任")
    _meanwhile(monkeypatch, lambda: write("templates/あ/form.yaml", TABLED))
    run("cases/第1回")
    assert KEPT not in run("cases/第1回")


def test_a_folder_that_is_put_in_place_while_it_is_built_is_not_remembered(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its files are of long ago, and so are all their times."""
    write("cases/register/2022-他.csv", "")
    shutil.copytree("cases/第1回", "次の版")
    change("次の版/案件.yaml", "委託", "購入")
    change("cases/第1回/案件.yaml", "委託", "委任")

    def swap() -> None:
        Path("cases/第1回").rename("前の版")
        Path("次の版").rename("cases/第1回")

    _meanwhile(monkeypatch, swap)
    run("cases/第1回")
    assert KEPT not in run("cases/第1回")


def test_a_command_begins_by_the_clock_that_is_behind(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That of the disk of the outputs, of a server, or that of the user's own."""
    for cache, out in ((1, 2), (2, 1)):
        times = {Path("output").absolute(): out}
        monkeypatch.setattr(freshness, "_now_in", lambda folder, times=times, cache=cache: times.get(folder, cache))
        assert Records(Path("output")).since == 1


def test_an_agenda_that_is_changed_before_its_cases_are_made_is_not_remembered(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The meeting has been read when the processes that make its cases begin: they go by the beginning of the command."""
    divide = pipeline.chunks

    def divided(jobs: Sequence[tuple[Path, Job]], like: Chunk, size: int) -> Iterator[Chunk]:
        change("cases/第1回/meeting.yaml", "回: 1", "回: 3")
        yield from divide(jobs, like, size)

    change("cases/第1回/案件.yaml", "委託", "委任")
    with monkeypatch.context() as patched:
        patched.setattr(pipeline, "chunks", divided)
        run("cases/第1回")
    assert KEPT not in run("cases/第1回")


def test_another_libreoffice_on_the_path_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "b/soffice"
    write(str(program), "#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join(map(str, (tmp_path / "a", tmp_path / "b"))))
    traces = set(Office().traces())
    assert {tmp_path / "a/soffice", program, program.with_name("versionrc")} <= traces


def test_a_spoilt_record_is_none(root: Path) -> None:
    for spoilt in (b"", b"{", b"[]", b"null", b'{"stamp": 1}', b"\xff"):
        for file in remembering.cache_folder().rglob("*.json"):
            file.write_bytes(spoilt)
        assert KEPT not in run("cases/第1回"), spoilt
        assert KEPT in run("cases/第1回")


def test_a_record_of_another_shape_is_none(root: Path) -> None:
    for key in ("files", "folders", "outputs", "said", "lines"):
        for file in remembering.cache_folder().rglob("*.json"):
            file.write_text(json.dumps({**json.loads(file.read_text(encoding="utf-8")), key: 1}), encoding="utf-8")
        assert KEPT not in run("cases/第1回"), key
        assert KEPT in run("cases/第1回")


def test_where_nothing_can_be_remembered_all_is_made(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(root / "cases/organization.yaml"))
    assert KEPT not in run("cases/第1回")
    assert KEPT not in run("cases/第1回")


@pytest.mark.skipif(os.name == "nt", reason="other systems know homes otherwise")
@pytest.mark.usefixtures("root")
def test_papers_are_made_for_a_user_without_a_home(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(_user: int) -> None:
        raise KeyError

    for name in ("HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "KOTOBUKI_FONT_PATH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", unknown)
    freshness.stamp.cache_clear()
    assert KEPT not in run("cases/第1回")
    assert KEPT not in run("cases/第1回")


@pytest.mark.process
def test_every_file_that_a_build_opens_is_remembered(tmp_path: Path) -> None:
    """Whoever makes papers of another kind of file adds it to what `making` says was read."""
    for case in ("cases/r4-1", "cases/r4-2"):
        command = ["build", str(ROOT / case), "--out", str(tmp_path / "out")]
        inputs, forgotten = unremembered(command, tmp_path, (ROOT,))
        assert inputs
        assert forgotten == set()
