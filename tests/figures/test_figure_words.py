"""The words of figures: which are printed, where their lines break and what these hang behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.figure_samples import read

from kotobuki.case import blocks as b
from kotobuki.case import figures as f
from kotobuki.drawing import Box, Drawing
from kotobuki.figures.settle import draw
from kotobuki.figures.type import Type
from kotobuki.japanese.characters import advance_em
from kotobuki.reading.inlines import Text

TYPE = Type(10.0, 13.0, advance_em)


def say(text: str) -> f.FigureWords:
    return f.FigureWords(((Text(text),),))


def drawn(text: str, folder: Path) -> Drawing:
    (block,), diagnostics = read(text, folder)
    assert not list(diagnostics) and isinstance(block, b.FigureBlock)
    return draw(block.figure, TYPE, 480.0)


@pytest.mark.parametrize(
    "figure",
    [
        "種類: システム図, 区画: {国: [甲: {文: 窓口, 内容: 受付}]}",
        "種類: スキーム図, 当事者: [甲: {列: 1, 文: 窓口, 内容: 受付}]",
        "種類: 流れ図, 手順: [甲: {形: 終了, 文: 窓口, 内容: 受付}]",
    ],
)
def test_words_stand_for_the_name_and_content_under_them_in_every_kind(figure: str, tmp_path: Path) -> None:
    boxes = [shape for shape in drawn(f"｛図｝: {{説明: 図, {figure}}}", tmp_path).shapes if isinstance(shape, Box)]
    assert [words.text for words in next(box for box in boxes if box.name == "甲").words] == ["窓口", "受付"]


def test_a_row_of_before_and_after_needs_no_name(tmp_path: Path) -> None:
    pairs = "[{前: 甲, 後: 乙}, 丙: {前: 丁, 後: 戊, 備考: 己}]"
    drawing = drawn(f"｛図｝: {{種類: 新旧, 説明: 図, 見出し: [前, 後], 対比: {pairs}}}", tmp_path)
    texts = [words.text for shape in drawing.shapes if isinstance(shape, Box) for words in shape.words]
    assert texts == ["前", "後", "備考", "甲", "乙", "丙", "丁", "戊", "己"]


@pytest.mark.parametrize(("mark", "hang"), [("・", 10.0), ("①", 10.0), ("※ ", 15.0), ("", 0.0)])
def test_lines_hang_under_the_text_behind_a_mark(mark: str, hang: float) -> None:
    (words,) = TYPE.set(say(f"{mark}要機密情報を取り扱う場合"), 80.0)
    assert (words.hang, words.text) == (hang, f"{mark}要機密情報を取り扱う場合")
    assert all(TYPE.width(say(line)) <= 80.0 - words.hang for line in words.lines[1:])


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("インターネット接続端末", 85.0, ("インターネット", "接続端末")),
        ("インターネット等運用審査会", 85.0, ("インターネット等", "運用審査会")),
        ("個人情報保護審査会の諮問が必要か", 75.0, ("個人情報", "保護審査会の", "諮問が必要か")),
        ("端末", 85.0, ("端末",)),
    ],
)
def test_boxes_break_between_words(text: str, width: float, lines: tuple[str, ...]) -> None:
    (words,) = TYPE.set(say(text), width, centred=True)
    assert words.lines == lines
