"""A field is changed, and only its bytes: the text with the edits says what was asked for, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.fields import Field, answer, applied, edits_of, every, texts
from support.hostile import cases, layouts
from support.paths import ROOT
from support.properties import USUAL, tries
from support.samples import project

from kotobuki.editor.form.changes import plain
from kotobuki.editor.refusal import RefusalError
from kotobuki.manuscript.edits import lines_of
from kotobuki.manuscript.parse import read_tree
from kotobuki.manuscript.retyping import readable
from kotobuki.manuscript.tree import comments_of
from kotobuki.reading.parse import sound_node

FILE = "cases/第1回/案件.yaml"
Path_ = list[str | int]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("city"))


def changed(root: Path, text: str, **op: Any) -> str:  # noqa: ANN401  (as ops have them)
    return applied(text, edits_of(root, FILE, text, op))


LONG = "甲は、" + "長い文で" * 30 + "ある。"


@pytest.mark.parametrize(
    ("before", "path", "value", "after"),
    [
        ("甲: 旧  # 注\n乙: 他\n", ["甲"], "新", "甲: 新  # 注\n乙: 他\n"),
        ("甲: '旧'\n", ["甲"], "新", "甲: '新'\n"),
        ("甲: \"旧\"\n", ["甲"], "新: #", "甲: \"新: #\"\n"),
        ("甲: 旧\n", ["甲"], "新: #", "甲: '新: #'\n"),
        ("甲: 旧\n", ["甲"], "- 新", "甲: '- 新'\n"),
        ("甲: 旧\n", ["甲"], "  新  ", "甲: 新\n"),
        ("甲: 旧\n", ["甲"], "", "甲:\n"),
        ("甲: 旧  # 注\n", ["甲"], "", "甲:  # 注\n"),
        ("甲: '旧'\n", ["甲"], "", "甲: ''\n"),
        ("甲:\n乙: 他\n", ["甲"], "新", "甲: 新\n乙: 他\n"),
        ("甲:  # 注\n乙: 他\n", ["甲"], "新", "甲: 新  # 注\n乙: 他\n"),
        ("- 旧", [0], "新", None),
        ("甲:\n  -\n  - 乙\n", ["甲", 0], "新", "甲:\n  - 新\n  - 乙\n"),
        ("表: {甲: 旧, 乙: 他}\n", ["表", "甲"], "新, ]", "表: {甲: '新, ]', 乙: 他}\n"),
        ("表: {甲: 旧, 乙: 他}\n", ["表", "甲"], "", "表: {甲: '', 乙: 他}\n"),
        ("表: [甲, 乙]\n", ["表", 1], "丙\n丁", "表: [甲, \"丙\\n丁\"]\n"),
        ("甲: 旧\r\n乙: 他\r\n", ["甲"], "一。\n二。", "甲: >-\r\n  一。\r\n\r\n  二。\r\n乙: 他\r\n"),
        ("甲: 旧", ["甲"], "一。\n二。", "甲: >-\n  一。\n\n  二。"),
        ("乙: 他\r\n甲: 旧", ["甲"], "一。\n二。", "乙: 他\r\n甲: >-\r\n  一。\r\n\r\n  二。"),
        ("甲: 旧\n", ["甲"], LONG, f"甲: >-\n  {LONG}\n"),
        ("甲: >-  # 注\n     一。\n     二。\n\n     三。\n乙: 他\n", ["甲"], "一。二い。\n三。",
         "甲: >-  # 注\n     一。\n     二い。\n\n     三。\n乙: 他\n"),
        ("甲: >-\n  一。\n  二。\n", ["甲"], "一。間。二。", "甲: >-\n  一。\n  間。\n  二。\n"),
        ("甲: >-\n  一。\n  二。\n", ["甲"], "一。\n二。", "甲: >-\n  一。\n\n  二。\n"),
        ("甲: >-\n  一。\n\n  二。\n", ["甲"], "一。二。", "甲: >-\n  一。\n  二。\n"),
        ("甲: >-\n  一。\n\n  二。\n乙: 他\n", ["甲"], "一。", "甲: >-\n  一。\n乙: 他\n"),
        ("甲: >-\n  一。\n\n  二。\n乙: 他\n", ["甲"], "二。", "甲: >-\n  二。\n乙: 他\n"),
        ("甲: >-\n  手で\n  折った行\n  もそのまま\n", ["甲"], "手で折った行もそのままに", "甲: >-\n  手で\n  折った行\n  もそのままに\n"),
        ("甲: |\n  一\n\n  二\n", ["甲"], "一\n新\n二", "甲: |\n  一\n\n  新\n\n  二\n"),
        ("甲: >-\n  一。\n", ["甲"], "", "甲:\n"),
        ("甲: >-  # 注\n  一。\n", ["甲"], "", "甲: ''  # 注\n"),
        ("甲: 折れた\n  文\n乙: 他\n", ["甲"], "新", "甲: 新\n乙: 他\n"),
        ("甲: \"折れた\n  文\"  # 注\n乙: 他\n", ["甲"], "一。\n二。", "甲: >-  # 注\n  一。\n\n  二。\n乙: 他\n"),
        ("\ufeff甲: 旧\n", ["甲"], "新", "\ufeff甲: 新\n"),
        ("甲:\n  # 注\n乙: 他\n", ["甲"], "一。\n二。", "甲: \"一。\\n二。\"\n  # 注\n乙: 他\n"),
        ("甲: &印 旧\n", ["甲"], "新", None),
        ("甲: 旧\n", ["乙"], "新", None),
        ("甲: [旧]\n", ["甲"], "新", None),
        ("甲: 旧\n", ["甲"], "見えない\u200b字", None),
        ("甲: 旧\n", ["甲"], "\ud800", None),
        ("甲: {旧\n", ["甲"], "新", None),
    ],
)  # fmt: skip
def test_a_text_is_set(root: Path, before: str, path: Path_, value: str, after: str | None) -> None:
    if after is None:
        with pytest.raises(RefusalError):
            changed(root, before, do="set", path=path, value=value)
    else:
        assert changed(root, before, do="set", path=path, value=value) == after


@pytest.mark.parametrize(
    ("before", "op", "after"),
    [
        # Keys
        ("用語: {甲: 乙, 丙: 丁}\n", {"do": "rename", "path": ["用語", "甲"], "value": "新: 名"}, "用語: {'新: 名': 乙, 丙: 丁}\n"),
        ("用語:\n  甲: 乙  # 注\n", {"do": "rename", "path": ["用語", "甲"], "value": "新"}, "用語:\n  新: 乙  # 注\n"),
        ("用語: {甲: 乙, 丙: 丁}\n", {"do": "rename", "path": ["用語", "甲"], "value": "丙"}, None),
        ("用語: {甲: 乙}\n", {"do": "rename", "path": ["用語", "甲"], "value": " "}, None),
        ("様式: 試験\n件名: 甲\n\n理由: 乙\n", {"do": "add", "path": [], "key": "主管課", "value": "総務部総務課"},
         "様式: 試験\n件名: 甲\n主管課: 総務部総務課\n\n理由: 乙\n"),
        ("様式: 試験\n件名: 甲\n\n理由: 乙\n", {"do": "add", "path": [], "key": "目的"}, "様式: 試験\n件名: 甲\n\n理由: 乙\n\n目的:\n"),
        ("様式: 試験\n件名: 甲", {"do": "add", "path": [], "key": "理由", "value": ["乙", {"丙": "丁"}]},
         "様式: 試験\n件名: 甲\n\n理由:\n  - 乙\n  - 丙: 丁"),
        ("様式: 試験\n依頼: {日付: 2022-05-06}\n", {"do": "add", "path": ["依頼"], "key": "番号", "value": "8"},
         "様式: 試験\n依頼: {番号: 8, 日付: 2022-05-06}\n"),
        ("様式: 試験\n依頼:\n  # 注\n  日付: 2022-05-06\n", {"do": "add", "path": ["依頼"], "key": "番号", "value": "8"},
         "様式: 試験\n依頼:\n  番号: 8\n  # 注\n  日付: 2022-05-06\n"),
        ("様式: 試験\n依頼:  # 注\n件名: 甲\n", {"do": "add", "path": ["依頼"], "key": "番号", "value": "8"},
         "様式: 試験\n依頼:  # 注\n  番号: 8\n件名: 甲\n"),
        ("様式: 試験\n依頼: {}\n", {"do": "add", "path": ["依頼"], "key": "番号", "value": "8"}, "様式: 試験\n依頼: {番号: 8}\n"),
        ("甲: 1\n", {"do": "add", "path": [], "key": "甲", "value": "2"}, None),
        # What has been looked at
        ("甲: 1\n\n# 注\n# 確認：年度\n乙: 2  # 確認：額\n丙: 3  # 確認：額\n", {"do": "looked", "path": ["乙"]},
         "甲: 1\n\n# 注\n乙: 2\n丙: 3  # 確認：額\n"),
        ("甲:\r\n  # 確認：額\r\n  - 乙\r\n  - '# 確認：額'", {"do": "looked", "path": ["甲", 0]}, "甲:\r\n  - 乙\r\n  - '# 確認：額'"),
        ("甲: >-  # 確認：額\n  乙\n", {"do": "looked", "path": ["甲"]}, "甲: >-\n  乙\n"),
        ("甲:\n  # 確認：額\n  - 乙\n  # 確認：額\n", {"do": "looked", "path": ["甲"]}, "甲:\n  # 確認：額\n  - 乙\n"),
        ("# 確認：額\n\n# 確認：額\n甲: 1\n", {"do": "looked", "path": ["甲"]}, "# 確認：額\n\n甲: 1\n"),
        ("甲: 1\n# 確認：額\n\n\n\n# 注\n\n\n乙: 2\n", {"do": "looked", "path": ["乙"]}, "甲: 1\n\n\n\n# 注\n\n\n乙: 2\n"),
        ("甲: [乙]  # 確認：額\n", {"do": "looked", "path": ["甲"]}, "甲: [乙]\n"),
        ("甲: 乙  # 注\n", {"do": "looked", "path": ["甲"]}, None),
        # Items
        ("甲:\n  - 一\n  # 注\n  - 二\n", {"do": "insert", "path": ["甲"], "index": 1, "value": "新"}, "甲:\n  - 一\n  - 新\n  # 注\n  - 二\n"),
        ("甲:\r\n  - 一\r\n乙: 他\r\n", {"do": "insert", "path": ["甲"], "index": 1, "value": {"新": ["一", "二"]}},
         "甲:\r\n  - 一\r\n  - 新:\r\n      - 一\r\n      - 二\r\n乙: 他\r\n"),
        ("甲: [一, 二]\n", {"do": "insert", "path": ["甲"], "index": 2, "value": "a, b"}, "甲: [一, 二, 'a, b']\n"),
        ("甲: []\n", {"do": "insert", "path": ["甲"], "index": 0, "value": ""}, "甲: ['']\n"),
        ("甲:\n  - 一\n", {"do": "insert", "path": ["甲"], "index": 0, "value": "新\u3000"}, "甲:\n  - 新\u3000\n  - 一\n"),
        ("甲:\n", {"do": "insert", "path": ["甲"], "index": 0, "value": "新"}, "甲:\n  - 新\n"),
        ("甲: 文  # 注\n乙: 他\n", {"do": "insert", "path": ["甲"], "index": 0, "value": "新"}, "甲:  # 注\n  - 文\n  - 新\n乙: 他\n"),
        ("- - 一\n  - 二\n", {"do": "remove", "path": [0, 0]}, None),
        ("甲:\n  - - 一\n    - 二\n", {"do": "remove", "path": ["甲", 0, 0]}, "甲:\n  - - 二\n"),
        ("甲:\n  - - 一\n  - 二\n", {"do": "remove", "path": ["甲", 0, 0]}, "甲:\n  -\n  - 二\n"),
        ("甲:\n  # 注\n  - 一  # 注\n  - 二\n", {"do": "remove", "path": ["甲", 0]}, "甲:\n  - 二\n"),
        ("甲:\n  - 一\n乙: 他\n", {"do": "remove", "path": ["甲", 0]}, "甲:\n乙: 他\n"),
        ("甲: [一, 二, 三]\n", {"do": "remove", "path": ["甲", 1]}, "甲: [一, 三]\n"),
        ("甲: [一, 二]\n", {"do": "remove", "path": ["甲", 1]}, "甲: [一]\n"),
        ("甲: [一]\n", {"do": "remove", "path": ["甲", 0]}, "甲: []\n"),
        ("甲: 一\n", {"do": "remove", "path": ["甲"]}, None),
        ("甲: 一\n乙: 二\r\n\r\n丙: 三\r丁: 四", {"do": "remove", "path": ["甲"]}, "乙: 二\r\n\r\n丙: 三\r丁: 四"),
        ("甲: 一\n\n# 乙のこと\n乙: 二\n\n丙: 三\n", {"do": "remove", "path": ["乙"]}, "甲: 一\n\n丙: 三\n"),
        ("甲:\n  - 一\n  # 二のこと\n  - 二:\n      - 三  # 注\n  - 四", {"do": "move", "path": ["甲", 1], "to": 2},
         "甲:\n  - 一\n  - 四\n  # 二のこと\n  - 二:\n      - 三  # 注"),
        ("甲: [一, {二: 三}]\n", {"do": "move", "path": ["甲", 1], "to": 0}, "甲: [{二: 三}, 一]\n"),
        ("甲:\n  - 一: 1\n    # 注\n    二: 2\n", {"do": "move", "path": ["甲", 0, "二"], "to": 0},
         "甲:\n  # 注\n  - 二: 2\n    一: 1\n"),
        # Nesting
        ("甲:\n  - 一  # 注\n  # 二のこと\n  - 二\n  - 三\n", {"do": "nest", "path": ["甲", 1]},
         "甲:\n  - 一:  # 注\n      # 二のこと\n      - 二\n  - 三\n"),
        ("甲:\n  - 一:\n      - 二\n  - 三: >-\n      長い。\n", {"do": "nest", "path": ["甲", 1]},
         "甲:\n  - 一:\n      - 二\n      - 三: >-\n          長い。\n"),
        ("甲:\n  - 一: 文  # 注\n  - 二\n", {"do": "nest", "path": ["甲", 1]}, "甲:\n  - 一:  # 注\n      - ｛文｝: 文\n      - 二\n"),
        ("甲:\n  - 一: ''\n  - 二\n", {"do": "nest", "path": ["甲", 1]}, "甲:\n  - 一:\n      - 二\n"),
        ("甲:\n  - >-\n    一\n  - 二\n", {"do": "nest", "path": ["甲", 1]}, "甲:\n  - 一:\n      - 二\n"),
        ("甲:\n  - 一\n", {"do": "nest", "path": ["甲", 0]}, None),
        ("甲: [一, 二]\n", {"do": "nest", "path": ["甲", 1]}, None),
        ("甲:\n  - 一:\n      - 二\n      # 三のこと\n      - 三\n  - 四\n", {"do": "unnest", "path": ["甲", 0, "一", 1]},
         "甲:\n  - 一:\n      - 二\n  # 三のこと\n  - 三\n  - 四\n"),
        ("甲:\n  - 一:  # 注\n      - 二\n  - 四\n", {"do": "unnest", "path": ["甲", 0, "一", 0]}, "甲:\n  - 一  # 注\n  - 二\n  - 四\n"),
        ("甲:\n  - ｛・｝:\n      - 二\n", {"do": "unnest", "path": ["甲", 0, "｛・｝", 0]}, "甲:\n  - ｛・｝:\n  - 二\n"),
        ("甲:\n  - 一\n", {"do": "unnest", "path": ["甲", 0]}, None),
        # Other shapes
        ("甲: 文\n乙: 他\n", {"do": "turn", "path": ["甲"], "into": "list"}, "甲:\n  - 文\n乙: 他\n"),
        ("甲:\n", {"do": "turn", "path": ["甲"], "into": "list"}, "甲:\n  -\n"),
        ("甲:\n  - 文\n乙: 他\n", {"do": "turn", "path": ["甲"], "into": "text"}, "甲: 文\n乙: 他\n"),
        ("甲:\n  - 一\n  - 二\n乙: 他\n", {"do": "turn", "path": ["甲"], "into": "text"}, "甲: |-\n  一\n\n  二\n乙: 他\n"),
        ("甲:\n  - - 一\n    - 二\n", {"do": "turn", "path": ["甲", 0], "into": "text"}, "甲:\n  - |-\n    一\n\n    二\n"),
        ("甲:\n  - 見出し:\n", {"do": "turn", "path": ["甲", 0], "into": "text"}, "甲:\n  - 見出し\n"),
        ("甲:\n  - {一: 二}\n", {"do": "turn", "path": ["甲"], "into": "text"}, None),
        ("甲:\n  ｛表｝:\n    列: [一]\n乙: 他\n", {"do": "turn", "path": ["甲"], "into": "list"},
         "甲:\n  - ｛表｝:\n      列: [一]\n乙: 他\n"),
        ("甲: {一: 二}\n", {"do": "turn", "path": ["甲"], "into": "list"}, "甲: [{一: 二}]\n"),
        ("様式: 試験\n理由:\n  - 文  # 注\n", {"do": "turn", "path": ["理由", 0], "into": "group"}, "様式: 試験\n理由:\n  - 文:  # 注\n"),
        ("様式: 試験\n用語: {甲: 乙}\n", {"do": "turn", "path": ["用語", "甲"], "into": "group"}, "様式: 試験\n用語: {甲: {正式: 乙}}\n"),
        # Tables
        ("表:\n  - [一, 二]\n  - - 三\n    - 四\n", {"do": "grid", "path": ["表"], "at": [0, 1], "rows": [["a", "b"], ["c"], ["d"]]},
         "表:\n  - [一, a, b]\n  - - 三\n    - c\n    -\n  - ['', d, '']\n"),
        ("表: [[一, 二]]\n", {"do": "grid", "path": ["表"], "at": [1, 0], "rows": [["三", "四"]]}, "表: [[一, 二], [三, 四]]\n"),
        ("表:\n  - [一, {二: 三}]\n", {"do": "grid", "path": ["表"], "at": [0, 1], "rows": [["a"]]}, None),
        ("表:\n乙: 他\n", {"do": "grid", "path": ["表"], "at": [0, 0], "rows": [["一", ""], ["二", "a: b"]]},
         "表:\n  - [一, '']\n  - [二, 'a: b']\n乙: 他\n"),
        ("表: []\n", {"do": "grid", "path": ["表"], "at": [0, 0], "rows": [["一"]]}, "表: [[一]]\n"),
        # Source
        ("甲: &a 文\n乙: 他\n", {"do": "raw", "path": ["甲"], "value": "&b [一, 二]"}, "甲: &b [一, 二]\n乙: 他\n"),
        ("甲:\n    一: 二\n    三: 四\n乙: 他\n", {"do": "raw", "path": ["甲"], "value": "一: 二\n五:\n  - 六"},
         "甲:\n    一: 二\n    五:\n      - 六\n乙: 他\n"),
        ("甲: 文\n乙: 他\n", {"do": "raw", "path": ["甲"], "value": "文\n丙: 丁"}, None),
        ("甲: 文\n乙: 他\n", {"do": "raw", "path": ["甲"], "value": "[文"}, None),
        ("甲: 文\n", {"do": "なし", "path": ["甲"]}, None),
        ("甲: 文\n", {"do": "set", "path": "甲", "value": ""}, None),
    ],
)  # fmt: skip
def test_keys_items_and_tables_are_changed(root: Path, before: str, op: Field, after: str | None) -> None:
    if after is None:
        with pytest.raises(RefusalError):
            changed(root, before, **op)
    else:
        assert changed(root, before, **op) == after


@pytest.mark.parametrize(
    "op",
    [
        {"do": "set"},
        {"do": "set", "path": [True], "value": ""},
        {"do": "set", "path": ["甲"], "value": None},
        {"do": "nest", "path": []},
        {"do": "remove", "path": []},
        {"do": "move", "path": ["甲"], "to": -1},
        {"do": "insert", "path": ["乙"], "index": 9, "value": "新"},
        {"do": "insert", "path": ["乙"], "index": 0, "value": {"": "新"}},
        {"do": "insert", "path": ["乙"], "index": 0, "value": {"新": "一", "新 ": "二"}},
        {"do": "grid", "path": ["丙"], "at": [10**9, 0], "rows": [["新"]]},
        {"do": "grid", "path": ["丙"], "at": [0], "rows": [["新"]]},
        {"do": "grid", "path": ["丙"], "at": [0, 0], "rows": [["新"] * 200] * 200},
        {"do": "grid", "path": ["丙"], "at": [0, 0], "rows": [[]]},
        {"do": "rename", "path": ["甲"], "value": "長" * 1100},
        {},
    ],
)
def test_what_makes_no_sense_is_refused(root: Path, op: Field) -> None:
    with pytest.raises(RefusalError):
        edits_of(root, FILE, "甲: 一\n乙: [二]\n丙: [[三]]\n", op)


@pytest.mark.parametrize(
    "text",
    [
        "? 甲\n: 一\n? 乙\n",
        "甲: 一\n\n? 乙",
        "甲:\n  ? 乙\n\n# 注\n丙: 一\n",
        "甲: &a {丙: 丁}\n乙: *a\n",
        "甲: [&a {丙: 丁}, 戊]\n乙:\n  - *a\n  - 己\n",
        "%YAML 1.1\n---\n甲: 一\n...\n",
    ],
)
def test_unusual_yaml_is_changed_rightly_or_not_at_all(root: Path, text: str) -> None:
    told = answer(root, FILE, text)
    for op in [op for field in every(told["tree"]) for op in offered(field, told["offers"])]:
        with suppress(RefusalError):
            assert answer(root, FILE, changed(root, text, **op))["ok"]


def test_a_text_that_is_as_asked_is_left_alone(root: Path) -> None:
    assert edits_of(root, FILE, "甲: '旧'\n", {"do": "set", "path": ["甲"], "value": "旧 "}) == []


def test_only_what_differs_is_edited(root: Path) -> None:
    edits = edits_of(root, FILE, "甲: 長い文の一字\n", {"do": "set", "path": ["甲"], "value": "長い文の二字"})
    assert edits == [{"from": [1, 8], "to": [1, 9], "text": "二"}]


SAMPLES = [
    (home, file.relative_to(home).as_posix())
    for home in (ROOT, ROOT / "cases" / "寿市")
    for file in sorted((home / "cases").rglob("*.yaml"))
    if home != ROOT or "寿市" not in file.parts
]
ALL = 30
"""Of how many fields one is set where as many examples are tried as is usual."""
WORDS = st.one_of(
    st.sampled_from(
        (
            *(
                "",
                "はい",
                "123",
                "2022-05-06",
                "null",
                "~",
                "一。\n二。三。",
                "😀𠮷",
                " 甲 ",
                "\u3000甲\u3000",
                "件名：甲",
                "甲、乙",
            ),
            *(
                "- 甲",
                "甲: 乙",
                "#甲",
                "甲 #乙",
                "[甲",
                "{甲}",
                "*甲",
                "&甲",
                "!甲",
                "? 甲",
                "| 甲",
                ">",
                "'",
                '"',
                "\\n",
                "---",
            ),
            *("｛記入：甲｝", "｛区｝と｛※→甲｝"),
        )
    ),
    st.lists(
        st.sampled_from((*"甲乙。、：:#'\"-｛｝{}[],&*!|>%@`?\\ \t\u3000\n\r1１aÅゔ", "は\u3099", "😀", ": ", " #")),
        max_size=30,
    ).map("".join),
)


def test_every_field_of_every_sample_can_be_set() -> None:
    """Of every file each `step`-th field, another one in each file; all of them with --examples 3000."""
    step = max(1, ALL * USUAL // settings().max_examples)
    tried = 0
    for number, (home, file) in enumerate(SAMPLES):
        text = (home / file).read_text(encoding="utf-8")
        tree = answer(home, file, text)["tree"]
        for path in [*texts(tree)][number % step :: step]:
            check_set(home, file, text, tree, path, f"新しい値：{tried}。")
            tried += 1
    assert tried


@tries(20)
@given(st.data())
def test_a_field_of_a_sample_takes_any_words(data: st.DataObject) -> None:
    home, file = data.draw(st.sampled_from(SAMPLES))
    text = (home / file).read_text(encoding="utf-8")
    if data.draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    tree = answer(home, file, text)["tree"]
    path = data.draw(st.sampled_from(sorted(texts(tree), key=repr)))
    check_set(home, file, text, tree, path, data.draw(WORDS))


@tries(20)
@given(st.data())
def test_what_a_sample_offers_can_be_done(data: st.DataObject) -> None:
    home, file = data.draw(st.sampled_from(SAMPLES))
    text = (home / file).read_text(encoding="utf-8")
    told = answer(home, file, text)
    op = data.draw(st.sampled_from([op for field in every(told["tree"]) for op in offered(field, told["offers"])]))
    after = applied(text, edits_of(home, file, text, op))
    kept = Counter(comments(after))
    assert kept <= Counter(comments(text)) if op["do"] == "remove" else kept == Counter(comments(text))
    assert answer(home, file, after)["ok"]


@tries(4)
@given(st.data())
def test_a_hostile_layout_is_changed_in_one_place(root: Path, data: st.DataObject) -> None:
    written, _ = data.draw(layouts(data.draw(cases())))
    text = written.decode()
    tree = answer(root, FILE, text)["tree"]
    for path in data.draw(st.lists(st.sampled_from(sorted(texts(tree), key=repr)), max_size=3)):
        check_set(root, FILE, text, tree, path, data.draw(WORDS))


def offered(field: Field, offers: Field) -> Iterator[Field]:
    """The changes that the form view offers for a field."""
    here = {"path": field["path"]}
    yield from (
        {"do": do, **here}
        for do, can in (("nest", "nests"), ("unnest", "unnests"), ("remove", "removable"))
        if field[can]
    )
    yield from ({"do": "turn", "into": into, **here} for into in field["may"])
    yield from ({"do": "add", "key": each["key"], **here} for each in field["absent"])
    yield from (
        {"do": "insert", "index": 0, "value": each["value"], **here} for each in offers.get(field["entries"], ())
    )
    if field["rows"]:
        yield {"do": "grid", "at": [len(field["rows"]) - 1, 1], "rows": [["甲", "乙: 丙"], ["丁", "戊"]], **here}
    if field["kind"] == "raw":
        yield {"do": "raw", "value": field["raw"], **here}
    for index, child in enumerate(field["children"]):
        if field["kind"] in ("list", "group"):
            yield {"do": "move", "path": child["path"], "to": len(field["children"]) - 1 - index}
        if field["named"]:
            yield {"do": "rename", "path": child["path"], "value": "新しい: 名"}


def check_set(home: Path, file: str, text: str, tree: Field, path: tuple[str | int, ...], words: str) -> None:
    """The words are set; they alone differ, and no byte outside the place of the value."""
    edits = edits_of(home, file, text, {"do": "set", "path": [*path], "value": words})
    after = applied(text, edits)
    assert says(after) == with_words(says(text), path, readable(words))
    assert comments(after) == comments(text)
    start, rest, below = around(tree, text, path)
    assert after.startswith(start) and rest in after and after.endswith(below)


def says(text: str) -> Any:  # noqa: ANN401  (as `plain` makes it)
    node = sound_node(text.encode())
    assert node
    return plain(node)


def comments(text: str) -> list[str]:
    tree = read_tree(text.encode())
    assert tree
    return comments_of(tree)


def with_words(value: Any, path: tuple[str | int, ...], words: str) -> Any:  # noqa: ANN401
    inner = value
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = words
    return value


def around(tree: Field, text: str, path: tuple[str | int, ...]) -> tuple[str, str, str]:
    """What stands before a value, behind it on its last line, and below that."""
    lines = lines_of(text)
    (first, start), (last, end) = next((at, to) for each, at, to in places(tree) if each == path)
    before = "".join(lines[: first - 1]) + lines[first - 1][: start - 1]
    return before.rstrip(" \r\n"), lines[last - 1][end - 1 :].rstrip(), "".join(lines[last:])


def places(tree: Field) -> Iterator[tuple[tuple[str | int, ...], list[int], list[int]]]:
    for each in every(tree):
        yield tuple(each["path"]), each["at"], each["end"]
        yield from ((tuple(cell["path"]), cell["at"], cell["end"]) for row in each["rows"] for cell in row)
