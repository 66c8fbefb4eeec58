"""A field is changed, and only its bytes: the text with the edits says what was asked for, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.fields import Field, answer, applied, edits_of, every, texts
from support.paths import ROOT
from support.properties import tries
from support.samples import project

from kotobuki.editor.changes import plain
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


@tries(40)
@given(st.data())
def test_any_field_of_a_sample_takes_any_words(data: st.DataObject) -> None:
    home, file = data.draw(st.sampled_from(SAMPLES))
    text = (home / file).read_text(encoding="utf-8")
    if data.draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    path = data.draw(st.sampled_from(sorted(texts(answer(home, file, text)["tree"]), key=repr)))
    check_set(home, file, text, path, data.draw(WORDS))


def check_set(home: Path, file: str, text: str, path: tuple[str | int, ...], words: str) -> None:
    """The words are set; they alone differ, and no byte outside the place of the value."""
    edits = edits_of(home, file, text, {"do": "set", "path": [*path], "value": words})
    after = applied(text, edits)
    assert says(after) == with_words(says(text), path, readable(words))
    assert comments(after) == comments(text)
    start, rest, below = around(answer(home, file, text)["tree"], text, path)
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
    return before.rstrip(" "), lines[last - 1][end - 1 :].rstrip(), "".join(lines[last:])


def places(tree: Field) -> Iterator[tuple[tuple[str | int, ...], list[int], list[int]]]:
    for each in every(tree):
        yield tuple(each["path"]), each["at"], each["end"]
        yield from ((tuple(cell["path"]), cell["at"], cell["end"]) for row in each["rows"] for cell in row)
