"""The small .docx files in `tests/word/regimes/`, with which somebody who has a Word can settle what nobody here knows.

    python tests/support/regimes.py

writes them anew. Each holds the same lines under other settings, made by hand, so that no style of ours plays a part.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from kotobuki.word.markup import HEAD, WORD
from kotobuki.word.package import RelatedPart, pack

FOLDER = Path(__file__).parents[1] / "word" / "regimes"
EM = 240  # twips: 12 pt
FONT = "ＭＳ 明朝"

SQUEEZING = (
    ("two marks, half an em too much", "受付、案内、整理を行うこととし", 10.5),
    ("three marks, 0.84 em too much", "受付、案内、整理、確認を行うことに", 13.16),
    ("a forbidden break before ）", "講座や催しの案内（略）を送ることと", 10.6),
    ("a forbidden break behind （", "講座、催し、相談（電話を含む）とし", 9.5),
)
"""What it shows, the text, the measure in em."""
CLOSING = ("（略称「区」。）（注）とする", "甲）・（乙", "甲、：「乙」；（丙", "甲）！（乙")
HANGING = (
    ("a stop that would begin a line", "明日から始める。予定を立てる", 7.0),
    ("a bracket", "明日（来週の朝）から始める", 7.0),
)


def files() -> dict[str, bytes]:
    """The files by name."""
    made = {
        f"{name}-{mode}.docx": _file(_broken(SQUEEZING + HANGING), mode, control)
        for name, control in (("squeeze", "compressPunctuation"), ("no-squeeze", "doNotCompress"))
        for mode in (14, 15)
    }
    made["closing-kern.docx"] = _file(_closing(kern=True), 15, "doNotCompress", kern=True)
    made["closing-no-kern.docx"] = _file(_closing(kern=False), 15, "doNotCompress")
    made["spacing.docx"] = _file(_spacing(), 15, "doNotCompress")
    made["spacing-balanced.docx"] = _file(_spacing(), 15, "doNotCompress", balance=True)
    made["line.docx"] = _file(_line(), 15, "doNotCompress")
    made["rows.docx"] = _file(_rows(), 15, "doNotCompress")
    return made


def _file(body: str, mode: int, control: str, *, kern: bool = False, balance: bool = False) -> bytes:
    document = (
        f'{HEAD}<w:document xmlns:w="{WORD}"><w:body>{body}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>'
        "</w:sectPr></w:body></w:document>"
    )
    closing = '<w:kern w:val="2"/>' if kern else ""
    styles = (
        f'{HEAD}<w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f'<w:rFonts w:ascii="{FONT}" w:eastAsia="{FONT}" w:hAnsi="{FONT}"/>{closing}'
        '<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-US" w:eastAsia="ja-JP"/></w:rPr></w:rPrDefault>'
        "</w:docDefaults></w:styles>"
    )
    compatible = "<w:balanceSingleByteDoubleByteWidth/>" if balance else ""
    settings = (
        f'{HEAD}<w:settings xmlns:w="{WORD}"><w:characterSpacingControl w:val="{control}"/><w:compat>{compatible}'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        f' w:val="{mode}"/></w:compat></w:settings>'
    )
    core = (
        f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
    )
    return pack(
        document, core, [RelatedPart("styles", "styles", styles), RelatedPart("settings", "settings", settings)]
    )


def _paragraph(text: str, properties: str = "", character: str = "", before: str = "") -> str:
    run = f'<w:rPr><w:rFonts w:hint="eastAsia"/>{character}</w:rPr>'
    line = '<w:spacing w:before="0" w:after="0" w:line="360" w:lineRule="exact"/>'
    return f'<w:p><w:pPr>{before}{line}{properties}</w:pPr><w:r>{run}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def _broken(cases: tuple[tuple[str, str, float], ...]) -> str:
    """Each text justified, flush left and in a cell."""
    return "".join(each for case in cases for each in _three_times(*case))


def _three_times(shows: str, text: str, em: float) -> Iterator[str]:
    width = round(em * EM)
    right = f'<w:ind w:right="{9638 - width}"/>'
    for align in ("both", "left"):
        yield _paragraph(f"[{shows}: {align}]")
        yield _paragraph(text, f'{right}<w:jc w:val="{align}"/>')
    yield _paragraph(f"[{shows}: cell]")
    yield _table([_paragraph(text, '<w:jc w:val="both"/>')], width)
    yield _paragraph("")


def _table(cells: list[str], width: int) -> str:
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    rows = "".join(
        f'<w:tr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc></w:tr>' for cell in cells
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        f'</w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>{rows}</w:tbl>'
    )


def _closing(*, kern: bool) -> str:
    """Each pair above a row of as many characters as it is wide, in em, if its marks close up."""
    return _paragraph("with w:kern" if kern else "without w:kern") + "".join(map(_paragraph, CLOSING))


def _spacing() -> str:
    """A name spaced by half an em, above one with a blank of half an em, which is as wide if spacing counts once."""
    half = f'<w:spacing w:val="{EM // 2}"/>'
    return (
        _paragraph("村島章惠")
        + _paragraph("村島章惠", character=half)
        + _paragraph("１２３４５６")
        + _paragraph("abcdef", character=half)
    )


def _line() -> str:
    """A line of 30 pt with a frame: how far from its top the characters stand."""
    frame = '<w:pBdr><w:top w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:pBdr>'
    line = '<w:spacing w:before="0" w:after="0" w:line="600" w:lineRule="exact"/>'
    return f"<w:p><w:pPr>{frame}{line}</w:pPr><w:r><w:t>国国国</w:t></w:r></w:p>"


def _rows() -> str:
    """A table whose row of three lines begins where one, two and three lines of the page are left: a section each."""
    parts = []
    for left in (1, 2, 3):
        lines = "".join(_paragraph(f"行{number}") for number in range(1, 41 - left))
        cell = "".join(_paragraph(text * 10) for text in "一二三")
        parts.append(lines + _table([cell], 9638) + _paragraph("", before="<w:pageBreakBefore/>"))
    return "".join(parts)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, data in files().items():
        (FOLDER / name).write_bytes(data)
