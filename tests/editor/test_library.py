"""Which files the browser may see, by ids: those of the project, and nothing that a link leads to elsewhere."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from support.commands import run
from support.samples import CASE, ORGANIZATION, project
from support.serving import desk_of

from kotobuki.build.jobs import Job
from kotobuki.build.status import Line, Survey
from kotobuki.editor.disk.files import open_file
from kotobuki.editor.disk.library import Library, id_of
from kotobuki.editor.disk.saving import save
from kotobuki.editor.overview import overview, settle
from kotobuki.editor.refusal import RefusalError

BASE = {
    "cases/organization.yaml": "organization",
    "cases/第1回/meeting.yaml": "meeting",
    "cases/第1回/案件.yaml": "case",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path / "資料", {"案件.yaml": CASE})


def test_cases_meetings_and_the_organization_are_offered(root: Path) -> None:
    assert {str(each.name): each.kind for each in Library(root).entries()} == BASE
    (root / "cases/単独.yaml").write_text(CASE, encoding="utf-8")
    assert [str(each.name) for each in Library(root).entries()] == [
        *("cases/organization.yaml", "cases/単独.yaml", "cases/第1回/meeting.yaml", "cases/第1回/案件.yaml")
    ]


def test_an_id_tells_nothing_and_stays(root: Path) -> None:
    first, again = Library(root).entries(), Library(root).entries()
    assert first == again
    assert len({each.id for each in first}) == len(first)
    assert all(len(each.id) == 24 and int(each.id, 16) for each in first)


def test_of_many_files_the_project_is_looked_through_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library, looks = Library(root), list[int]()
    entries = library.entries
    monkeypatch.setattr(library, "entries", lambda: looks.append(1) or entries())
    others = [root / f"cases/第1回/写真{each}.png" for each in range(5)]
    case = root / "cases/第1回/案件.yaml"
    assert library.ids_of([*others, case, root / "README.md"]) == {case: id_of(PurePosixPath("cases/第1回/案件.yaml"))}
    assert looks == [1]


def outside(root: Path) -> Path:
    folder = root.parent / "外"
    folder.mkdir()
    (folder / "秘密.yaml").write_text(CASE, encoding="utf-8")
    return folder


def test_nothing_else_is_offered(root: Path) -> None:
    """Hidden and other files, what links lead to outside, what is no plain file, another project inside."""
    cases, other = root / "cases", outside(root)
    (cases / "外への.yaml").symlink_to(other / "秘密.yaml")
    (cases / "上への.yaml").symlink_to("../../外/秘密.yaml")
    (cases / "自分.yaml").symlink_to("自分.yaml")
    (cases / "外").symlink_to(other)
    (cases / "中").symlink_to("第1回")
    (cases / "様式.yaml").symlink_to(root / "templates/試験/form.yaml")
    os.mkfifo(cases / "管.yaml")
    (cases / "フォルダ.yaml").mkdir()
    (cases / ".隠し.yaml").write_text(CASE, encoding="utf-8")
    (cases / "~案件.yaml").write_text(CASE, encoding="utf-8")
    (cases / "覚え.txt").write_text(CASE, encoding="utf-8")
    unnamed = Path(os.fsdecode(os.fsencode(cases) + b"/\xff.yaml"))
    unnamed.write_text(CASE, encoding="utf-8")
    (cases / "隣市/cases").mkdir(parents=True)
    (cases / "隣市/cases/organization.yaml").write_text(ORGANIZATION, encoding="utf-8")
    (cases / "隣市/cases/案件.yaml").write_text(CASE, encoding="utf-8")
    assert {str(each.name): each.kind for each in Library(root).entries()} == BASE
    assert [Library(root).id_of(each) for each in (unnamed, cases / "外への.yaml", other / "秘密.yaml")] == [None] * 3


def test_a_link_to_a_file_of_ours_is_that_file(root: Path) -> None:
    (root / "cases/別名.yaml").symlink_to("第1回/案件.yaml")
    desk = desk_of(root)
    key = desk.library.id_of(root / "cases/別名.yaml")
    save(desk, {"file": key, "text": "件名: 新\n", "digest": open_file(desk, {"file": key})["digest"]})
    assert (root / "cases/第1回/案件.yaml").read_text(encoding="utf-8") == "件名: 新\n"
    assert (root / "cases/別名.yaml").is_symlink()


def test_cases_may_lie_elsewhere_if_the_user_says_so(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """cases/ itself is a link, and the project is reached through one."""
    (root / "cases").rename(root.parent / "共有")
    (root / "cases").symlink_to("../共有")
    (root.parent / "近道").symlink_to("資料")
    monkeypatch.chdir(root.parent)
    desk = desk_of(Path("近道"))
    key = Library(Path("近道")).id_of(Path("近道/cases/第1回/案件.yaml"))
    assert key == desk.library.id_of(root / "cases/第1回/案件.yaml") == id_of(PurePosixPath("cases/第1回/案件.yaml"))
    save(desk, {"file": key, "text": CASE + "\n", "digest": open_file(desk, {"file": key})["digest"]})
    told: Any = settle(desk, {"file": desk.library.id_of(root / "cases/第1回/meeting.yaml")})
    assert told["meeting"]["cases"][0]["title"] == "見本の業務について"
    assert (root / "履歴/cases/第1回/案件.yaml").is_dir()


@pytest.mark.parametrize("of", ["file", "folder"])
def test_a_link_that_was_put_in_a_files_place_later_is_not_followed(root: Path, of: str) -> None:
    desk, file = desk_of(root), root / "cases/第1回/案件.yaml"
    key = desk.library.id_of(file)
    digest = open_file(desk, {"file": key})["digest"]
    secret = outside(root) / "秘密.yaml"
    secret.rename(secret.with_name("案件.yaml"))
    if of == "file":
        file.unlink()
        file.symlink_to(secret.with_name("案件.yaml"))
    else:
        file.parent.rename(root / "cases/前")
        file.parent.symlink_to(secret.parent)
    for ask in (
        lambda: open_file(desk, {"file": key}),
        lambda: save(desk, {"file": key, "text": "上書き", "digest": digest}),
    ):
        with pytest.raises(RefusalError, match="使えません"):
            ask()
    assert secret.with_name("案件.yaml").read_text(encoding="utf-8") == CASE


def test_a_pipe_in_a_files_place_is_not_waited_for(root: Path) -> None:
    desk, file = desk_of(root), root / "cases/第1回/案件.yaml"
    key = desk.library.id_of(file)
    file.unlink()
    os.mkfifo(file)
    with pytest.raises(RefusalError, match="読めません"):
        open_file(desk, {"file": key})


def test_an_empty_folder_can_be_served(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    found = overview(desk, {})
    assert (found["organization"], found["meetings"], found["cases"], found["file"]) == ("", [], [], None)
    assert desk.library.id_of(tmp_path / "cases/organization.yaml") is None
    with pytest.raises(RefusalError):
        desk.library.entry(id_of(PurePosixPath("cases/organization.yaml")))


def test_the_overview_tells_of_every_case(root: Path) -> None:
    (root / "cases/単独.yaml").write_text(CASE, encoding="utf-8")
    (root / "cases/第1回/議案にない.yaml").write_text("件名: <b>甲</b>\n", encoding="utf-8")
    desk = desk_of(root)
    first: Any = overview(desk, {})
    assert [each["title"] for each in first["meetings"][0]["cases"]] == ["見本の業務について", "<b>甲</b>"]
    assert (first["meetings"][0]["title"], first["cases"][0]["pages"]) == ("令和4年度第1回みなと市審査会", None)
    told: list[Any] = [settle(desk, {"file": each["file"]}) for each in (*first["meetings"], *first["cases"])]
    (meeting,), (alone,) = ([each[key] for each in told if key in each] for key in ("meeting", "case"))
    assert [(each["agenda"], each["title"], each["errors"] > 0) for each in meeting["cases"]] == [
        *((2, "見本の業務について", False), ("", "<b>甲</b>", True))
    ]
    assert (alone["path"], alone["title"], alone["pages"]) == ("cases/単独.yaml", "見本の業務について", 1)
    again: Any = overview(desk, {})
    assert (again["meetings"], again["cases"]) == ([meeting], [alone])  # while nothing has changed


def test_what_changes_is_settled_anew(root: Path) -> None:
    (root / "cases/別").mkdir()
    (root / "cases/別/単独.yaml").write_text(CASE, encoding="utf-8")
    desk = desk_of(root)
    first: Any = overview(desk, {})
    for each in (*first["meetings"], *first["cases"]):
        settle(desk, {"file": each["file"]})
    (root / "cases/別/単独.yaml").write_text("件名: 乙\n", encoding="utf-8")
    told: Any = overview(desk, {})
    assert [each["settled"] for each in (*told["meetings"], *told["cases"])] == [True, False]
    assert told["cases"][0]["title"] == "乙"
    (root / "templates/試験/form.yaml").touch()
    every: Any = overview(desk, {})
    assert not any(each["settled"] for each in (*every["meetings"], *every["cases"]))


def test_only_what_is_listed_by_itself_is_settled(root: Path) -> None:
    desk = desk_of(root)
    with pytest.raises(RefusalError):
        settle(desk, {"file": desk.library.id_of(root / "cases/第1回/案件.yaml")})


def test_only_the_cases_that_changed_are_made_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked, of_case = list[str](), Survey.of_case

    def watched(self: Survey, job: Job) -> Line:
        looked.append(job.file.stem)
        return of_case(self, job)

    monkeypatch.setattr(Survey, "of_case", watched)
    folder, desk = root / "cases/第1回", desk_of(root)
    (folder / "別件.yaml").write_text(CASE, encoding="utf-8")
    meeting = desk.library.id_of(folder / "meeting.yaml")

    def looks() -> set[str]:
        looked.clear()
        settle(desk, {"file": meeting})
        return set(looked)

    assert looks() == {"案件", "別件"}
    assert looks() == set()
    (folder / "別件.yaml").write_text("件名: 丙\n", encoding="utf-8")
    assert looks() == {"別件"}
    assert run("build", str(folder), "--out", str(desk.out)).status == 0
    assert looks() == {"案件"}
    (folder / "表.csv").write_text("甲", encoding="utf-8")
    assert looks() == {"案件", "別件"}
    (folder / "別件.yaml").unlink()
    assert looks() == {"案件"}
