"""The web page of `kotobuki diff --format html`, in a real browser."""

from __future__ import annotations

import re
import subprocess
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner
from support.compared import REVISION, versions
from support.programs import find
from support.samples import CASE, edited, project

from kotobuki.cli import main

pytestmark = pytest.mark.browser


def shown(page: Path) -> str:
    """The page as the browser has built it: scripts and broken markup would show."""
    command = [find("browser"), "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def made(old: Path, new: Path, page: Path) -> Path:
    result = CliRunner().invoke(main, ["diff", str(old), str(new), "--format", "html", "--out", str(page)])
    assert result.exit_code == 0, result.output
    return page


def marked(dom: str, tag: str) -> list[str]:
    return [unescape(text) for text in re.findall(f"<{tag}>(.*?)</{tag}>", dom, re.DOTALL)]


def test_what_changed_is_marked(tmp_path: Path) -> None:
    dom = shown(made(*versions(tmp_path, "03", REVISION), tmp_path / "差分.html"))
    assert marked(dom, "del") == ["履行場所", "区立図書館", "５"]
    assert marked(dom, "ins") == [
        "情報",
        "（４）業務に従事する者に、個人情報の保護に関する研修を毎年受けさせる。",
        "８",
    ]
    assert [unescape(text) for text in re.findall("<b>(.*?)</b>", dom)] == ["改称", "移動", "削除", "追加", "変更"]


def test_hostile_text_is_text(tmp_path: Path) -> None:
    hostile = "<script>document.title='!'</script><img src=x onerror=alert(1)>&lt;"
    old = project(tmp_path / "旧")
    new = project(tmp_path / "新", {"案件.yaml": edited(CASE, "委託するため", f'"{hostile}"')})
    dom = shown(made(old / "cases", new / "cases", tmp_path / "差分.html"))
    assert marked(dom, "ins") == [hostile]
    assert "<title>案件の変更</title>" in dom and "<img" not in dom
