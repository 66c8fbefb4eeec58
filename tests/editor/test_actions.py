"""What the editor's buttons do: papers, packets, swapped sheets, numbers, comparisons, new files. The same as the commands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support import processes
from support.samples import CASE, MEETING, edited, project
from support.serving import desk_of

from kotobuki.diagnostics import CommandError
from kotobuki.editor import shelf as shelves
from kotobuki.editor.buttons import numbers as registers
from kotobuki.editor.buttons.beginning import NewFile, begin, questions
from kotobuki.editor.buttons.comparing import Draft, compare, paper, revisions
from kotobuki.editor.buttons.making import Wish, make, packet, records, swap
from kotobuki.editor.buttons.numbers import numbers, take
from kotobuki.editor.desk import Desk
from kotobuki.editor.refusal import RefusalError
from kotobuki.editor.served.routes import ROUTES
from kotobuki.editor.shelf import MOST, Shelf

HELD = edited(MEETING, "回: 1", "回: 1\n日時: 2022-05-18 14:00\n場所: 市役所")
OPEN = edited(CASE, "依頼: {番号: 82, 日付: 2022-05-06}", "依頼: {日付: 2022-05-06}")
BEFORE, AFTER = "委託するため", "委託し、又は請け負わせるため"
TODAY = date(2022, 5, 10)


class City:
    def __init__(self, tmp_path: Path) -> None:
        self.root = project(tmp_path / "町", MEETING=HELD)
        self.meeting, self.case = (self.root / "cases/第1回" / name for name in ("meeting.yaml", "案件.yaml"))
        self.shelf = Shelf()

    def wish(self, file: Path, **more: Any) -> Wish:  # noqa: ANN401  (as a Wish takes them)
        return Wish(root=self.root, out=self.root / "output", file=file, shown=str(file), **more)

    def draft(self, against: str, *versions: bytes) -> Draft:
        def kept(name: str) -> bytes:
            if not name.isdecimal() or int(name) >= len(versions):
                raise CommandError(f"「{name}」という版はありません")
            return versions[int(name)]

        def all_of_them() -> Iterator[bytes]:
            yield from versions

        text = edited(CASE, BEFORE, AFTER).encode()
        return Draft(root=self.root, file=self.case, text=text, against=against, kept=kept, versions=all_of_them)


@pytest.fixture
def city(tmp_path: Path) -> City:
    return City(tmp_path)


def names(found: Any) -> list[str]:  # noqa: ANN401  (what the browser is told)
    return [each["name"] for each in found["outputs"]]


def test_the_papers_of_a_case_are_made_and_can_be_fetched(city: City) -> None:
    found: Any = make(city.wish(city.case, formats=("pdf",)), city.shelf)
    assert (found["ok"], found["said"], found["diagnostics"]) == (True, "", [])
    assert [(each["paper"], each["numbers"]) for each in found["papers"]] == [("表紙", ""), ("依頼書", "1")]
    made = city.shelf.find(found["outputs"][0]["id"])
    assert made is not None and made.data().startswith(b"%PDF") and made.type == "application/pdf"


def test_nothing_is_made_where_there_is_an_error(city: City) -> None:
    city.case.write_text(edited(CASE, "様式: 試験", "様式: 試検"), encoding="utf-8")
    found: Any = make(city.wish(city.case), city.shelf)
    assert not found["ok"] and [each["rule"] for each in found["diagnostics"]] == ["form-unknown"]
    assert "outputs" not in found and not (city.root / "output").exists()


def test_a_meeting_is_bound_handed_out_and_mended(city: City) -> None:
    found: Any = packet(city.wish(city.meeting, formats=("pdf",)), "2022-05-16", city.shelf)
    assert found["ok"] and names(found) == ["会議資料.pdf"] and found["record"] == "2022-05-16.json"
    assert records(city.meeting.parent) == ["2022-05-16"]
    city.case.write_text(edited(CASE, BEFORE, AFTER), encoding="utf-8")
    swapped: Any = swap(city.wish(city.meeting, formats=("pdf",)), "", "2022-05-17", "", city.shelf)
    assert swapped["ok"] and "差し替え.pdf" in names(swapped) and swapped["lines"][-1].startswith("差し替え")
    refused: Any = swap(city.wish(city.meeting), "2022-05-15", "", "", city.shelf)
    assert not refused["ok"] and "2022-05-15" in refused["said"]


@pytest.mark.parametrize("day", ["5月", "2022-02-30", "0"])
def test_a_day_that_is_none_is_refused(city: City, day: str) -> None:
    found: Any = packet(city.wish(city.meeting), day, city.shelf)
    assert not found["ok"] and found["said"]


def test_a_number_is_shown_before_it_is_taken_and_written_into_the_file(city: City) -> None:
    city.case.write_text(OPEN, encoding="utf-8")
    told: Any = numbers(city.root, city.case, TODAY)
    assert (told["held"], told["own"], told["date"]) == ("", "総総送", "2022-05-06")
    following = {each["name"]: each["next"] for each in told["series"]}["総総送"]
    later: Any = numbers(city.root, city.case, TODAY, "令和5年4月3日")
    assert "23総総送第1号" in [each["next"] for each in later["series"]]
    taken: Any = take(city.root, city.case, "総総送", "", TODAY)
    assert taken["ok"] and taken["number"] == following
    again: Any = numbers(city.root, city.case, TODAY)
    assert again["held"] == following and "番号: 1" in city.case.read_text(encoding="utf-8")


def test_what_stood_there_is_kept_before_a_number_is_written(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        city.case.write_text(CASE, encoding="utf-8")
        raise KeyboardInterrupt

    city.case.write_text(OPEN, encoding="utf-8")
    desk = desk_of(city.root)
    case = desk.library.id_of(city.case)
    assert not asked(desk, "take", file=case, series="無無送")["ok"]
    assert asked(desk, "versions", file=case)["versions"] == []  # as the file still is
    monkeypatch.setattr(registers, "take", killed)
    with pytest.raises(KeyboardInterrupt):
        asked(desk, "take", file=case, series="総総送")
    (version,) = asked(desk, "versions", file=case)["versions"]
    assert asked(desk, "version", file=case, id=version["id"]) == {"text": OPEN}


def test_an_unknown_series_takes_no_number(city: City) -> None:
    found: Any = take(city.root, city.case, "無無送", "", TODAY)
    assert not found["ok"] and [each["rule"] for each in found["diagnostics"]] == ["series-unknown"]


def test_the_text_is_held_against_what_is_saved(city: City) -> None:
    found: Any = compare(city.draft("saved"))
    (change,) = [each for group in found["groups"] for each in group["changes"]]
    assert found["summary"] == "1件（変更1）" and change["said"] == "変更"
    assert "".join(each["text"] for each in change["lines"][0]["parts"] if each["mode"] != "old").endswith(f"{AFTER}")


def test_the_text_is_held_against_what_was_handed_out(city: City) -> None:
    packet(city.wish(city.meeting, formats=("pdf",)), "2022-05-16", city.shelf)
    old = city.case.read_bytes()
    city.case.write_text(edited(CASE, BEFORE, "委託して行うため"), encoding="utf-8")
    found: Any = compare(city.draft("record:2022-05-16", old))
    assert found["ok"] and found["summary"] == "1件（変更1）"


@pytest.mark.git
def test_what_was_handed_out_and_is_kept_nowhere_is_said(city: City) -> None:
    packet(city.wish(city.meeting, formats=("pdf",)), "2022-05-16", city.shelf)
    city.case.write_text(edited(CASE, BEFORE, AFTER), encoding="utf-8")
    found: Any = compare(city.draft("record:2022-05-16", b"kept, but another"))
    assert not found["ok"] and "残っていません" in found["said"]


@pytest.mark.parametrize(
    "against", ["version:1", "record:2022-05-16", "record:..", "git:HEAD", "git:--help", "git:\0", "x"]
)
@pytest.mark.git
def test_a_version_that_is_not_there_is_said(city: City, against: str) -> None:
    found: Any = compare(city.draft(against))
    assert not found["ok"] and found["said"]


@pytest.mark.parametrize(("kind", "start"), [("pdf", b"%PDF"), ("docx", b"PK"), ("redline", b"PK")])
def test_a_comparison_is_a_paper_in_memory(city: City, kind: Any, start: bytes) -> None:  # noqa: ANN401  (a PaperKind)
    found: Any = paper(city.draft("saved"), kind, city.shelf)
    assert found["ok"] and found["output"]["folder"] == ""
    made = city.shelf.find(found["output"]["id"])
    assert made is not None and made.data().startswith(start)


@pytest.mark.git
def test_git_need_not_keep_anything(city: City) -> None:
    assert revisions(city.root, city.case) == {"git": [], "records": []}


def test_a_case_is_begun_by_its_questions(city: City) -> None:
    asked: Any = questions(city.root, "case", "試験", renewed=False)
    options = [each["option"] for each in asked["questions"]]
    assert "--subject" in options and asked["folders"] == ["第1回"]
    answers = {"--subject": ["新しい業務の委託について"]}
    found: Any = begin(city.root, NewFile(what="case", form="試験", folder="第1回", name="02-新規", answers=answers))
    assert found["ok"] and found["path"].read_text(encoding="utf-8").count("新しい業務の委託について") == 1
    renewed: Any = questions(city.root, "case", "試験", renewed=True)
    assert [each["option"] for each in renewed["questions"] if each["kept"]] == ["--subject", "--department"]


@pytest.mark.parametrize(
    "given", [{"name": "~控え"}, {"folder": "~控え"}, {"folder": "町/cases/第1回"}, {"folder": "a/" * 12}]
)
def test_nothing_is_begun_where_it_would_not_be_seen(city: City, given: dict[str, str]) -> None:
    (city.root / "cases/町/cases").mkdir(parents=True)
    (city.root / "cases/町/cases/organization.yaml").write_text("", encoding="utf-8")
    before = sorted(city.root.rglob("*"))
    wish = {"folder": "第1回", "name": "新規"} | given
    found: Any = begin(city.root, NewFile(what="case", form="試験", answers={}, **wish))
    assert not found["ok"] and found["said"] and sorted(city.root.rglob("*")) == before


def test_what_is_begun_is_of_a_kind(city: City) -> None:
    with pytest.raises(RefusalError):
        asked(desk_of(city.root), "begin", what="file", form="試験", folder="第1回", name="../新規", answers={})


@pytest.mark.parametrize("name", ["../外", "a/b", "", "con", "..", "x\0y", "隠し/../../../外", "/tmp/外", "~"])
@pytest.mark.parametrize("where", ["folder", "name"])
def test_nothing_is_begun_outside_the_cases(city: City, name: str, where: str) -> None:
    before = sorted(city.root.parent.rglob("*"))
    given = {"folder": "第1回", "name": "新規"} | {where: name}
    found: Any = begin(city.root, NewFile(what="case", form="試験", answers={}, **given))
    if found["ok"]:  # a folder below cases/ of two parts or none; a name that is none of a folder
        assert found["path"].resolve().is_relative_to(city.root.resolve() / "cases")
    else:
        assert found["said"] and sorted(city.root.parent.rglob("*")) == before


def test_a_wrong_answer_is_told_by_its_option(city: City) -> None:
    answers = {"--date": ["きのう"]}
    found: Any = begin(city.root, NewFile(what="case", form="試験", folder="第1回", name="新規", answers=answers))
    assert not found["ok"] and [each["option"] for each in found["errors"]] == ["--date"]


def test_a_newcomer_founds_a_municipality_and_a_meeting(tmp_path: Path) -> None:
    asked: Any = questions(tmp_path, "municipality", "", renewed=False)
    answers = {each["option"]: [each["example"]] for each in asked["questions"]}
    assert begin(tmp_path, NewFile(what="municipality", answers=answers))["ok"]
    assert (tmp_path / "cases/organization.yaml").is_file()
    found: Any = begin(tmp_path, NewFile(what="meeting", folder="第1回", answers={"--session": ["1"]}))
    assert found["ok"] and found["path"] == tmp_path / "cases/第1回/meeting.yaml"


def asked(desk: Desk, name: str, /, **values: object) -> Any:  # noqa: ANN401  (what the browser is told)
    return ROUTES[name].answer(desk, values)


def test_the_buttons_of_a_page(city: City) -> None:
    desk = desk_of(city.root)
    case, meeting = (desk.library.id_of(file) for file in (city.case, city.meeting))
    made = asked(desk, "make", file=case, formats=["pdf"])
    assert made["ok"] and [each["name"] for each in made["outputs"]] == ["依頼書.pdf", "表紙.pdf", "議案.pdf"]
    assert asked(desk, "packet", file=meeting, formats=["pdf"], issue="2022-05-16")["ok"]
    assert asked(desk, "records", file=meeting) == {"records": ["2022-05-16"]}
    assert asked(desk, "swap", file=meeting)["lines"] == ["差し替える紙はありません。"]
    assert asked(desk, "numbers", file=case)["today"] == "2022-05-06"
    city.case.write_text(OPEN, encoding="utf-8")
    taken = asked(desk, "take", file=case, series="総総送", date="")
    assert taken["ok"] and taken["text"] == city.case.read_text(encoding="utf-8")
    assert [each["changed"] for each in asked(desk, "versions", file=case)["versions"]] == [1]
    assert asked(desk, "questions", what="case", form="試験")["questions"]
    begun = asked(desk, "begin", what="case", form="試験", folder="第1回", name="新規", answers={"--subject": ["新規"]})
    assert desk.library.entry(begun["file"]).name.name == "新規.yaml"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("議案:\n  1: 案件.yaml\n", "議案:\n  1: 案件.yaml\n  2: 新規の業務.yaml\n"),
        ("議案: {1: 案件.yaml, ３: 欠番}  # 注\n", "議案: {1: 案件.yaml, ３: 欠番, 4: 新規の業務.yaml}  # 注\n"),
        ("議案: ｛記入：議案番号と案件のファイル｝\n", "議案:\n  1: 新規の業務.yaml\n"),
        ("", "議案:\n  1: 新規の業務.yaml\n"),
        ("議案: [案件.yaml]\n", None),
    ],
)
def test_a_new_case_of_a_meeting_stands_on_its_agenda(city: City, before: str, after: str | None) -> None:
    desk, head = desk_of(city.root), HELD[: HELD.index("議案:")]
    city.meeting.write_text(head + before, encoding="utf-8")
    answers = {"--subject": ["新規の業務 について"]}
    begun = asked(desk, "begin", what="case", form="試験", folder="第1回", answers=answers, agenda=True)
    if after is None:
        assert begun["ok"] and begun["agenda_said"] and city.meeting.read_text(encoding="utf-8") == head + before
        return
    assert head + after == city.meeting.read_text(encoding="utf-8") and f"{begun['agenda']}: 新規" in after
    assert [each["changed"] for each in asked(desk, "versions", file=desk.library.id_of(city.meeting))["versions"]]


def test_a_file_that_nobody_names_is_called_after_its_subject(city: City) -> None:
    answers = {"--subject": ["甲/乙の業務に係る外部委託について"]}
    wish = NewFile(what="case", form="試験", folder="第1回", answers=answers)
    named = [begin(city.root, wish)["path"] for _ in range(2)]
    assert [each.name for each in named if isinstance(each, Path)] == [
        "甲乙の業務に係る外部委託.yaml",
        "甲乙の業務に係る外部委託-2.yaml",
    ]
    assert NewFile(what="case", form="試験", answers={"--subject": ["con"]}).path(city.root).stem == "cases"


@pytest.mark.git
def test_what_is_written_is_held_against_what_is_kept(city: City) -> None:
    desk = desk_of(city.root)
    case = desk.library.id_of(city.case)
    first = asked(desk, "open", file=case)
    saved = asked(desk, "save", file=case, text=edited(CASE, BEFORE, AFTER), digest=first["digest"])
    assert "conflict" not in saved
    (version,) = asked(desk, "versions", file=case)["versions"]
    found = asked(desk, "compare", file=case, text=edited(CASE, BEFORE, AFTER), against=f"version:{version['id']}")
    assert found["summary"] == "1件（変更1）"
    assert asked(desk, "compare", file=case, text=CASE, against="saved")["summary"] == "1件（変更1）"
    assert asked(desk, "paper", file=case, text=CASE, against="saved", kind="pdf")["output"]["name"] == "新旧対照表.pdf"
    assert asked(desk, "revisions", file=case) == {"git": [], "records": []}
    with pytest.raises(RefusalError):
        asked(desk, "compare", file=case, text=CASE, against="version:../../cases")


@pytest.mark.parametrize("name", ["packet", "records", "swap"])
def test_what_only_meetings_have_is_refused_for_a_case(city: City, name: str) -> None:
    desk = desk_of(city.root)
    with pytest.raises(RefusalError):
        asked(desk, name, file=desk.library.id_of(city.case))


def test_the_shelf_is_bounded() -> None:
    shelf = Shelf()
    first: Any = shelf.put("一.pdf", b"1")
    for _ in range(MOST):
        shelf.put("二.pdf", b"2")
    assert shelf.find(first["id"]) is None


def test_papers_in_memory_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "KEPT_BYTES", 10)
    shelf = Shelf()
    one, two, three = (str(shelf.put("一.pdf", b"1" * size)["id"]) for size in (4, 4, 4))
    assert [shelf.find(each) is None for each in (one, two, three)] == [True, False, False]
    last = str(shelf.put("二.pdf", b"2" * 20)["id"])  # too much for the shelf, and still the one that is fetched next
    assert [shelf.find(each) is None for each in (two, three, last)] == [True, True, False]


def test_links_among_the_papers_lead_nowhere(city: City, tmp_path: Path) -> None:
    wish = city.wish(city.case, formats=("pdf",))
    (tmp_path / "秘密.pdf").write_bytes(b"%PDF")
    made: Any = make(wish, city.shelf)["outputs"]
    place = city.root / "output" / made[0]["folder"]
    (place / "余分.pdf").symlink_to(tmp_path / "秘密.pdf")
    assert names(make(wish, city.shelf)) == [each["name"] for each in made]
    (place / made[0]["name"]).unlink()
    (place / made[0]["name"]).symlink_to(tmp_path / "秘密.pdf")
    found = city.shelf.find(made[0]["id"])
    with pytest.raises(OSError, match=made[0]["name"]):
        assert found is not None and found.data()


@pytest.mark.git
def test_the_text_is_held_against_a_commit(city: City) -> None:
    processes.git(city.root, "init", "--quiet")
    processes.git(city.root, "add", "--all")
    processes.git(city.root, "commit", "--quiet", "--message", "初めの版")
    told: Any = revisions(city.root, city.case)
    assert [each["subject"] for each in told["git"]] == ["初めの版"]
    found: Any = compare(city.draft(f"git:{told['git'][0]['id']}"))
    assert found["ok"] and found["summary"] == "1件（変更1）"
