"""A synthetic project on disk: what Kotobuki builds, and the same words as JSON for the peers.

In: a folder and a number of cases. Out: cases/organization.yaml, cases/meeting/ with as many cases, the project's
templates, and words.json.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from .cases import DEPARTMENTS, make_case

TEMPLATES = Path(__file__).parents[2] / "templates"
MEETING = Path("cases", "meeting")

_ORGANIZATION = """\
自治体: 寿市
長: {{職: 寿市長, 氏名: 高砂 松風}}
部課:
{departments}
会議体:
  審査会:
    名称: 寿市個人情報保護審査会
    会長: 羽衣 千鳥
    庶務担当課: 総務部総務課
例規:
  条例: 寿市個人情報保護条例
  規則: 寿市個人情報保護条例施行規則
用語:
  区: 寿市
"""
_DEPARTMENT = "  - 部: {}\n    課: [{{名: {}, 記号: {}, 係: [{}]}}]"
_MEETING = """\
会議体: 審査会
年度: 令和9年度
回: 1
諮問: {番号: 1, 日付: 2027-05-11}
議案:
"""


def make_project(root: Path, cases: int) -> Path:
    """The project `root` with a meeting of so many cases; gives back the meeting's folder."""
    meeting = root / MEETING
    meeting.mkdir(parents=True)
    shutil.copytree(TEMPLATES, root / "templates")
    departments = "\n".join(_DEPARTMENT.format(*each, f"{each[1][:-1]}管理係") for each in DEPARTMENTS)
    _write(meeting.parent / "organization.yaml", _ORGANIZATION.format(departments=departments))
    agenda, words = [], []
    for number in range(1, cases + 1):
        case = make_case(number)
        name = f"{number:03}.yaml"
        _write(meeting / name, case.yaml())
        agenda.append(f"  {number}: {name}\n")
        words.append(case.words())
    _write(meeting / "meeting.yaml", _MEETING + "".join(agenda))
    _write(root / "words.json", json.dumps(words, ensure_ascii=False))
    return meeting


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")
