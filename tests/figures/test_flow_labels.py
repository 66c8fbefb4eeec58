"""The words of branches stay on one line as long as there is room beside them, and break between words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.figure_samples import read

from kotobuki.case import blocks as b
from kotobuki.drawing import Box
from kotobuki.figures.settle import draw
from kotobuki.figures.type import Type
from kotobuki.japanese.characters import advance_em


def labels(lanes: list[str], answers: tuple[str, str], folder: Path) -> list[tuple[str, ...]]:
    """The lines of the words of branches of a flow that runs alike in each lane."""
    steps: list[object] = []
    for lane in lanes:
        for name, about in (
            ("受付", {"形": "開始"}),
            ("判断", {"文": "該当するか", "分岐": {answers[0]: f"審査{lane}", answers[1]: f"決定{lane}"}}),
            ("審査", {}),
            ("決定", {"形": "終了"}),
        ):
            steps.append({f"{name}{lane}": {"レーン": lane, **about}})
    written = {"｛図｝": {"種類": "流れ図", "説明": "図", "レーン": lanes, "手順": steps}}
    (block,), diagnostics = read(json.dumps(written, ensure_ascii=False), folder)
    assert not list(diagnostics) and isinstance(block, b.FigureBlock)
    drawing = draw(block.figure, Type(10.0, 13.0, advance_em), 482.0)
    boxes = [each for each in drawing.shapes if isinstance(each, Box)]
    return [words.lines for box in boxes for words in box.words if words.text in answers]


@pytest.mark.parametrize("lanes", [["区"], ["区", "国"]])
def test_ten_characters_stand_on_one_line_where_there_is_room(lanes: list[str], tmp_path: Path) -> None:
    answers = "承認実績なしとみなす", "承認実績ありとみなす"
    assert labels(lanes, answers, tmp_path) == [(each,) for each in answers] * len(lanes)


def test_words_of_a_branch_break_between_words(tmp_path: Path) -> None:
    answers = "諮問済基準に該当する場合", "諮問済基準に該当しない場合"
    found = labels(["区", "国", "委託事業者"], answers, tmp_path)
    assert {"".join(lines) for lines in found} == set(answers)
    assert all(len(line) > 1 for lines in found for line in lines), found
