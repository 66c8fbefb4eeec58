"""A case made again in one process: as a fresh process would make it, whatever changed in between."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.kept import forget
from support.paths import ROOT
from support.samples import CASE, edited
from support.samples import project as small_city
from support.word_samples import edited_base, in_style

from kotobuki.build.session import Preview, Session
from kotobuki.layout.page import TextLine


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_city(tmp_path)


def afresh(root: Path, file: Path, unsaved: dict[Path, bytes] | None = None) -> Preview:
    """As a process makes it that has kept nothing."""
    forget()
    return Session(root).make(file, unsaved)


def printed(preview: Preview) -> str:
    pages = [page for pages in preview.papers for page in pages]
    return "".join(item.text for page in pages for item in page.drawn if isinstance(item, TextLine))


def rules(preview: Preview) -> list[str]:
    return [each.rule for each in preview.diagnostics]


def test_what_is_not_saved_yet_is_made(root: Path) -> None:
    file, session = root / "cases/第1回/案件.yaml", Session(root)
    changed = edited(CASE, "件名: ", "件名: 改めて")
    assert "改めて" not in printed(session.make(file))
    assert "改めて" in printed(session.make(file, {file: changed.encode()}))
    assert "改めて" not in printed(session.make(file))


def test_an_error_takes_the_pages_and_its_end_brings_them_back(root: Path) -> None:
    file, session = root / "cases/第1回/案件.yaml", Session(root)
    before = session.make(file)
    wrong = session.make(file, {file: edited(CASE, "件名: ", "件命: ").encode()})
    assert wrong.papers == ()
    assert rules(wrong) == ["key-unknown"]
    assert session.make(file) == before


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("cases/organization.yaml", "条例: みなと市個人", "条例: みなと市の個人"),
        ("cases/第1回/meeting.yaml", "{2: 案件", "{3: 案件"),
        ("cases/第1回/案件.yaml", "委託する", "委任する"),
        ("templates/試験/form.yaml", "{名: 理由, 必須: はい}", "{名: 理由, 見出し: わけ, 必須: はい}"),
        ("templates/試験/依頼書.txt", "諮問願います", "諮問をお願いします"),
    ],
)
def test_a_file_that_another_program_changed_is_heeded(root: Path, name: str, old: str, new: str) -> None:
    file, session = root / "cases/第1回/案件.yaml", Session(root)
    before, text = session.make(file), (root / name).read_text(encoding="utf-8")
    (root / name).write_text(edited(text, old, new), encoding="utf-8")
    assert printed(session.make(file)) != printed(before)
    assert session.make(file) == afresh(root, file)


def test_another_look_is_heeded(root: Path) -> None:
    file, session = root / "cases/第1回/案件.yaml", Session(root)
    before = session.make(file)
    edited_base(root / "templates", in_style("標準", '<w:sz w:val="24"/>', '<w:sz w:val="22"/>'))
    assert session.make(file).papers != before.papers
    assert session.make(file) == afresh(root, file)


def test_words_changed_one_after_the_other_in_a_real_case(tmp_path: Path) -> None:
    for folder in ("cases/r4-1", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "cases/organization.yaml", tmp_path / "cases")
    file = tmp_path / "cases/r4-1/02-jinken-keihatsu.yaml"
    text, session = file.read_text(encoding="utf-8"), Session(tmp_path)
    for word, other in (("区民", "住民"), ("委託", "委任"), ("：", ":"), ("及び", "並びに")):
        changed = {file: text.replace(word, other).encode()}
        made = session.make(file, changed)
        assert made == afresh(tmp_path, file, changed)
        assert bool(made.papers) != any(each.severity == "error" for each in made.diagnostics)
