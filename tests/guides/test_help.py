"""`kotobuki help`: the guides in a terminal, what they say of a topic, and what a key means."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from support.commands import run
from support.paths import ROOT

from kotobuki.guides.markdown import Code, Item, Paragraph, TableRows, plain, sections_of
from kotobuki.guides.rendering import block_lines
from kotobuki.guides.search import GUIDES, answer, guides
from kotobuki.spreadsheets.columns import columns

GUIDE = """\
# 手引

本文の
続き。[4](#4-大きな表)と[写し方](x.md#写し方)と**強い** `印`。

- 一つ目は
  続く
- 二つ目

## 大きな表

| キー | 内容 |
|---|---|
| `列` | 左\\|右 |

```yaml
# 見出しではない
列: [甲]
```
"""


def test_a_guide_is_read_as_blocks() -> None:
    first, second = sections_of(GUIDE, "手引.md")
    assert [first.title, second.title, second.level] == ["手引", "大きな表", 2]
    text, one, two = first.blocks
    assert isinstance(text, Paragraph) and plain(text.text) == "本文の続き。4「大きな表」と写し方と強い 印。"
    assert (one, two) == (Item("- ", "一つ目は続く"), Item("- ", "二つ目"))
    table, code = second.blocks
    assert table == TableRows((("キー", "内容"), ("`列`", "左\\|右")))
    assert code == Code(("# 見出しではない", "列: [甲]"))


@pytest.mark.parametrize("width", [40, 80, 100])
def test_every_word_of_the_guides_is_shown_within_the_width(width: int) -> None:
    for section in guides():
        for block in section.blocks:
            lines = list(block_lines([block], width))
            if isinstance(block, Code):
                assert [line.strip() for line in lines] == [line.strip() for line in block.lines]
                continue
            assert max(map(columns, lines)) <= width, block
            if isinstance(block, TableRows):
                continue
            assert re.sub(r"\s", "", "".join(lines)) == re.sub(
                r"\s", "", getattr(block, "mark", "") + plain(block.text)
            )


def test_every_cell_of_a_table_is_shown_in_its_column() -> None:
    rows = (("キー", "内容"), ("`長い名の列`", "あ" * 90 + "。（い）"), ("`b`", "word " * 30))
    head, rule, *lines = block_lines([TableRows(rows)], 60)
    start = rule.index(" ") + 2
    assert columns(head[: head.index("内容")]) == start
    own = ["", ""]
    for line in lines:
        at = next(at for at in range(len(line) + 1) if columns(line[:at]) >= min(start, columns(line)))
        own = [own[0] + line[:at].strip(), own[1] + line[at:].replace(" ", "")]
    assert own == ["長い名の列b", "あ" * 90 + "。（い）" + "word" * 30]


def test_no_line_begins_with_a_mark_that_closes() -> None:
    text = "「あいう」、えお。" * 30
    lines = list(block_lines([Paragraph(text)], 41))
    assert all(line[0] not in "、。」" for line in lines) and all(line[-1] != "「" for line, _ in pairwise(lines))


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("表", ("■ 大きな表（cases/README.md）", "罫線のある表")),
        ("大きな表", ("欄をつなげる",)),
        ("見出しの行", ("毎ページ、初めだけ、なし", "（表記 の中）", "templates/README.md")),
        ("案件の先頭", ("様式: 外部委託",)),
        ("1. 案件の先頭", ("様式: 外部委託",)),
        ("手紙", ("会議に諮らない通知",)),
        ("｛※｝", ("その場所に ※ と内容",)),
        ("ＦＯＲＭ．ＹＡＭＬ", ("■ form.yaml",)),
        ("Word の様式", ("■ Word の様式",)),
        ("決裁者", ()),
        ("長く残せて", ("PDF/A-2a",)),
        ("build", ("--check", "使い方:")),
    ],
)
def test_a_topic_is_found(topic: str, words: tuple[str, ...]) -> None:
    ran = run("help", *topic.split(" "))
    assert (ran.status, ran.err) == ((0, "") if words else (2, ran.err))
    assert [word for word in words if word not in ran.out] == []


def test_near_names_are_proposed() -> None:
    ran = run("help", "見出し行")
    assert (ran.status, ran.out) == (2, "")
    assert "「見出しの行」の誤りではありませんか" in ran.err


def test_without_a_topic_the_headings_are_listed() -> None:
    lines = [line.strip() for line in run("help").out.splitlines()]
    assert {"大きな表", "form.yaml", "文書番号台帳"} <= set(lines)
    assert len(lines) == len(guides()) + 2


def test_every_heading_is_found() -> None:
    titles = [each.title for each in guides()]
    assert [title for title in titles if not answer(title).sections] == []


@pytest.mark.parametrize("topic", ["", " ", "　", "\x1b[2J", "(", "[a-", "\\", "`", "｛", "あ" * 5000])
def test_no_topic_is_too_strange(topic: str) -> None:
    ran = run("help", topic)
    assert ran.status in (0, 2) and "\x1b" not in ran.out + ran.err


def test_a_wheel_brings_the_guides() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    brought = build["targets"]["wheel"]["force-include"]
    assert {name: brought.get(name) for name in GUIDES} == {name: f"kotobuki/_guides/{name}" for name in GUIDES}


@pytest.mark.process
def test_an_installed_kotobuki_has_them(tmp_path: Path) -> None:
    """As a wheel lays it out: the package alone, with what pyproject.toml brings into it."""
    brought = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shutil.copytree(ROOT / "kotobuki", tmp_path / "kotobuki")
    for source, target in brought["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"].items():
        (tmp_path / target).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ROOT / source).is_dir() else shutil.copyfile
        copy(ROOT / source, tmp_path / target)
    ran = subprocess.run(
        [sys.executable, "-c", "from kotobuki.cli import main; main(['help', '大きな表'])"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("■ 大きな表")
