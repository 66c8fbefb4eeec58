"""A file as it is being written: what is said, its pages, and only what the browser has not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.samples import CASE, edited, project
from support.serving import serving

from kotobuki.build.session import Session
from kotobuki.editor.disk.library import Kind
from kotobuki.editor.paper.preview import checked, preview
from kotobuki.fonts import find_font

FILE = "cases/第1回/案件.yaml"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("preview"))


def shown(root: Path, text: str = CASE, known: dict[str, Any] | None = None) -> dict[str, Any]:
    pages = known["pages"] if known else []
    digests = [digest for page in pages for digest in (page["digest"], page["places_digest"])]
    return dict(preview(Session(root), root / FILE, text, digests)[0])


def test_a_case_with_its_pages(root: Path) -> None:
    told = shown(root)
    assert told["ok"] and told["diagnostics"] == []
    assert set(told["svg"]) == {page["digest"] for page in told["pages"]}
    assert all(svg.startswith("<svg ") for svg in told["svg"].values())
    assert [(paper["first"], paper["count"]) for paper in told["papers"]] == [(0, 1), (1, 1)]
    assert [page["paper"] for page in told["pages"]] == [paper["name"] for paper in told["papers"]]
    (line,) = (number for number, line in enumerate(CASE.split("\n"), 1) if line.startswith("件名:"))
    assert any(box[4] == line for boxes in told["places"].values() for box in boxes)
    if find_font().embedded:
        (font,) = told["fonts"]
        assert font["family"] in told["svg"][told["pages"][0]["digest"]]


def test_only_what_changed_is_sent(root: Path) -> None:
    first = shown(root)
    again = shown(root, known=first)
    assert (again["svg"], again["places"]) == ({}, {})
    assert again["pages"] == first["pages"]
    changed = shown(root, edited(CASE, "件名: ", "件名: 改めて"), first)
    assert set(changed["svg"]) == {page["digest"] for page in changed["pages"]} - {
        page["digest"] for page in first["pages"]
    }
    below = shown(root, f"# 初めに\n{CASE}", first)
    assert below["svg"] == {}
    lines = [
        [box[4] for box in told["places"].get(page["places_digest"], ())]
        for told in (first, below)
        for page in told["pages"]
    ]
    assert lines[2:] == [[line + 1 for line in page] for page in lines[:2]]


def test_line_ends_of_windows_move_nothing(root: Path) -> None:
    assert shown(root, CASE.replace("\n", "\r\n")) == shown(root)


def test_an_error_leaves_no_pages_and_says_what_is_open(root: Path) -> None:
    text = edited(CASE, "件名: ", "件命: ") + "備考: ｛記入：備考｝ # 確認：去年のまま\n"
    told = shown(root, text)
    assert not told["ok"]
    assert (told["pages"], told["svg"], told["places"], told["papers"]) == ([], {}, {}, [])
    assert {each["rule"] for each in told["diagnostics"]} >= {"key-unknown"}
    assert told["open"] == {"placeholders": 1, "reviews": 1}


def test_what_is_no_yaml_is_told(root: Path) -> None:
    told = shown(root, "件名: [")
    assert not told["ok"] and told["diagnostics"][0]["here"]


@pytest.mark.parametrize(
    ("name", "kind", "old", "new", "rule"),
    [
        ("cases/第1回/meeting.yaml", "meeting", "", "", None),
        ("cases/第1回/meeting.yaml", "meeting", "案件.yaml", "無い.yaml", "agenda-no-file"),
        ("cases/organization.yaml", "organization", "", "", None),
        ("cases/organization.yaml", "organization", "審査会:", "審議会：", ""),
    ],
)
def test_files_that_are_no_cases_are_checked(
    root: Path,
    name: str,
    kind: Kind,
    old: str,
    new: str,
    rule: str | None,
) -> None:
    text = (root / name).read_text(encoding="utf-8")
    told = checked(root, root / name, kind, text.replace(old, new, 1) if old else text)
    rules = [each["rule"] for each in told["diagnostics"]]  # type: ignore[attr-defined]
    assert told["ok"] == (rule is None)
    assert rules == [] if rule is None else [each for each in rules if rule in each]


def test_the_browser_gets_pages_and_their_font(root: Path) -> None:
    with serving(root) as client:
        file = client.call("overview").value["meetings"][0]["cases"][0]["file"]
        told = client.call("preview", {"file": file, "text": CASE, "known": []}).value
        assert len(told["svg"]) == 2
        for font in told["fonts"]:
            served = client.get(f"/api/font/{font['key']}")
            assert served.headers["content-type"] == "font/ttf"
            assert served.body[:4] == b"\x00\x01\x00\x00"
        assert client.get("/api/font/none").status == 404
