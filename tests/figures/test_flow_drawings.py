"""What a reader sees of a 流れ図: shapes that hold their words, flows side by side, lines that join."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
from support import word_samples
from support.figure_samples import paper, read

from kotobuki.case import blocks as b
from kotobuki.document import Document, Figure
from kotobuki.drawing import Arrow, Box, Drawing
from kotobuki.word.writer import write_docx

FLOWS = """\
｛図｝:
  種類: 流れ図
  説明: 現在と諮問後の流れ
  レーン: [現在, 諮問後]
  手順:
    - 相談: {レーン: 現在, 形: 開始}
    - 基準:
        文: 諮問済基準に該当するか
        内容: [・本人の同意等の根拠がある場合, ・外部からの侵入への対策がある場合, ・利用の体制が整っている場合]
        分岐: {該当: 決裁, 非該当: 審査会}
    - 審査会
    - 決裁: {形: 終了}
    - 諮問後の相談: {レーン: 諮問後, 形: 開始}
    - 諮問後の確認: {文: 個人情報があるか, 分岐: {ある: 諮問後の審査会, ない: 諮問後の決裁}}
    - 諮問後の審査会: {文: インターネット等運用審査会}
    - 諮問後の決裁: {形: 終了}
"""


def settled(folder: Path) -> tuple[Document, Drawing, dict[str, Box]]:
    """The paper, its drawing, and the shapes of its steps by their names."""
    (block,), diagnostics = read(FLOWS, folder)
    assert not list(diagnostics) and isinstance(block, b.FigureBlock)
    document, diagnostics = paper(Figure(block.figure, block.description, place=block.place))
    assert not list(diagnostics)
    (drawing,) = (each.drawing for each in document.papers[0].blocks if isinstance(each, Figure))
    assert drawing is not None
    return document, drawing, {each.name: each for each in drawing.shapes if isinstance(each, Box)}


def test_decisions_are_hexagons_if_one_has_a_list(tmp_path: Path) -> None:
    _, _, boxes = settled(tmp_path)
    assert {boxes[name].shape for name in ("基準", "諮問後の確認")} == {"hexagon"}
    assert [words.hang > 0 for words in boxes["基準"].words] == [False, True, True, True]


def test_flows_side_by_side_have_rows_of_their_own(tmp_path: Path) -> None:
    _, _, boxes = settled(tmp_path)
    assert boxes["諮問後の審査会"].y < boxes["基準"].bottom < boxes["審査会"].y


def test_lines_to_one_step_have_one_head(tmp_path: Path) -> None:
    _, drawing, boxes = settled(tmp_path)
    lines = [each for each in drawing.shapes if isinstance(each, Arrow) and each.name.endswith("→決裁")]
    tip = boxes["決裁"].middle[0], boxes["決裁"].y
    assert [each.points[-1] for each in lines] == [tip, tip]
    assert sorted(each.at_end for each in lines) == [False, True]


def test_word_is_told_where_lines_end_that_it_might_break_otherwise(tmp_path: Path) -> None:
    document, drawing, _ = settled(tmp_path)
    ended = sum(
        len(words.lines) - 1 for each in drawing.shapes if isinstance(each, Box) for words in each.words if words.parted
    )
    body = docx.Document(BytesIO(write_docx(document, word_samples.base()))).element.body
    assert ended and len(body.xpath(".//*[local-name()='txbxContent']//*[local-name()='br']")) == ended
