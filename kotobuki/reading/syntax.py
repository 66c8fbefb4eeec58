"""YAML's own complaints, in the words of a clerk.

In: the English problem and context of a syntax error, and the two positions it names: where the problem was noticed,
and where its context began. Out: a `Fault` with reason and remedy in Japanese, at the one of the two that shows it.
The parser in C and the one in Python word some problems differently; `_CASES` covers both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.mistakes import QUOTE


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and at which line and column (from 1)."""

    line: int
    column: int
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class _Explanation:
    """`at`: which of the error's two marks shows the fault, or that the line does where the problem was noticed."""

    reason: str
    remedy: str
    at: Literal["problem", "context", "line"] = "problem"


_LONGEST_KEY = 1024  # YAML's limit
_LOOK_AROUND = 'この行とすぐ上の行の、字下げと記号（「:」「-」「{」「"」など）を見直してください'
_TAB = _Explanation("字下げや「-」のあとにタブがあります", "タブを消し、半角の空白にしてください")

# The first pattern found in "context | problem" explains the error.
_CASES = (
    (
        "could not find expected ':'",
        _Explanation(
            "キーを書く位置ですが、半角の「:」がありません",
            "「キー: 値」の形にしてください。上の行の文の続きであれば、上の行のキーより深く字下げしてください",
            "context",
        ),
    ),
    (
        "sequence entries are not allowed",
        _Explanation(
            "キーと同じ行に、一覧の「- 」は書けません",
            "「キー:」のあとで改行し、次の行に字下げして「- …」と書いてください",
        ),
    ),
    ("mapping keys are not allowed", _Explanation("ここに「?」は置けません", "文の一部であれば、" + QUOTE)),
    ("tab character", _TAB),
    (
        "quoted scalar .*(end of stream|document)",
        _Explanation("引用符が閉じられていません", "文の終わりに、始めと同じ引用符を付けてください", "context"),
    ),
    (
        "escape|hexdecimal|hexadecimal",
        _Explanation(
            '引用符「"」の中の「\\」（円記号）の使い方が正しくありません',
            "「\\」を文字として書くときは「\\\\」と重ねるか、「'」で囲んでください",
        ),
    ),
    (
        "flow sequence",
        _Explanation(
            "「[」が「]」で閉じられていないか、項目の間の「,」がありません",
            "「[氏名, 住所]」のように、半角の「,」と空白で区切り、「]」で閉じてください",
            "context",
        ),
    ),
    (
        "flow mapping",
        _Explanation(
            "「{」が「}」で閉じられていないか、項目の間の「,」がありません",
            "「{番号: 82, 日付: 2022-05-06}」のように、半角の「,」と空白で区切り、「}」で閉じてください",
            "context",
        ),
    ),
    (
        "scanning an (alias|anchor)|undefined alias",
        _Explanation(
            "半角の「*」や「&」で文を始めることはできません", "全角の「＊」「＆」にするか、" + QUOTE, "context"
        ),
    ),
    (
        "document start",
        _Explanation(
            "この行は、上までの内容の続きとして読み取れません",
            "先頭の行から「キー: 値」の形になっているか、「...」だけの行がないかを確かめてください",
        ),
    ),
    (
        r"\btag\b",
        _Explanation("半角の「!」で文を始めることはできません", "全角の「！」にするか、" + QUOTE, "context"),
    ),
    (
        "block scalar",
        _Explanation(
            "「|」や「>」と同じ行には、文を書けません", "改行し、次の行から字下げして文を書いてください", "context"
        ),
    ),
    (
        "block (collection|sequence)",
        _Explanation(
            "一覧の途中に、「- 」で始まらない行があります",
            "一覧の続きであれば「- 」を付け、項目の中身であれば「- 」の後ろの文字と頭をそろえてください",
        ),
    ),
    (
        "node content",
        _Explanation("ここにこの記号は置けません", "余分な記号であれば消し、文の一部であれば、" + QUOTE),
    ),
)
_AFTER_VALUE = _Explanation(
    "引用符や括弧で閉じた値のあとに、余分な文字があります",
    "｛条例｝などの印は全角の「｛ ｝」で書きます。半角の引用符や括弧で始まる文は、全体を「'」で囲んでください",
)
_UNKNOWN = _Explanation("YAMLとして読み取れません", _LOOK_AROUND)


def explain(
    problem: str, context: str, lines: Sequence[str], noticed: tuple[int, int], began: tuple[int, int]
) -> Fault:
    """Why YAML cannot be read. `noticed`, `began`: line and column (from 0) of the problem and of its context."""
    line, column = _visible(lines, *noticed)
    explanation = _explanation(problem, context, lines[line], column)
    if explanation.at == "context":
        line, column = _visible(lines, *began)
    if explanation.at == "line":
        column = 0
    return Fault(line + 1, column + 1, explanation.reason, explanation.remedy)


def _visible(lines: Sequence[str], line: int, column: int) -> tuple[int, int]:
    """The position itself; if its line is empty or past the last, the end of the text above it."""
    line = min(line, len(lines) - 1)
    while line and not lines[line]:
        line -= 1
        column = len(lines[line])
    return line, min(column, len(lines[line]))


def _explanation(problem: str, context: str, line: str, column: int) -> _Explanation:
    said = f"{context} | {problem}"
    if line.startswith("%"):
        return _Explanation("「%」で始まる行は書けません", "この行を消してください。文の一部であれば、" + QUOTE, "line")
    if "cannot start any token" in problem:
        return _forbidden_start(line[column : column + 1])
    if "mapping values are not allowed" in problem:
        return _unexpected_colon(line, column)
    if re.search("block (mapping|collection|sequence)", context) and line[:column].strip(" -"):
        return _AFTER_VALUE
    if "block mapping" in context:
        return _unexpected_in_mapping(line, column)
    return next((explanation for pattern, explanation in _CASES if re.search(pattern, said)), _UNKNOWN)


def _forbidden_start(character: str) -> _Explanation:
    if character == "\t":
        return _TAB
    return _Explanation(f"半角の「{character}」で文を始めることはできません", "全角にするか、" + QUOTE)


def _unexpected_colon(line: str, column: int) -> _Explanation:
    """A colon where no key can be: the second of a line, after too long a key, or in the middle of a value."""
    if re.search(r":[ \t]+｛", line[:column]):
        remedy = (
            "キーと値の組は、半角の「{番号: 82, 日付: 2022-05-06}」のように書いてください。文の一部であれば、" + QUOTE
        )
        return _Explanation("「キー: 値」の組を囲む「｛ ｝」が全角です", remedy)
    if re.search(r":[ \t]", line[:column]):
        return _Explanation("一行に「: 」が二つあります", "文の中の「: 」は全角の「：」にするか、" + QUOTE)
    if column > _LONGEST_KEY:
        return _Explanation(
            f"キーが長すぎます。{_LONGEST_KEY:,}文字まで書けます", "長い文は、キーではなく値に書いてください"
        )
    return _Explanation(
        "上の行の値の途中に「: 」があります",
        "上の行が見出しであれば、その終わりに「:」を付けてください。続きの項目であれば、字下げを上の行のキーとそろえてください",
    )


def _unexpected_in_mapping(line: str, column: int) -> _Explanation:
    """A line that begins with something other than the next key of a mapping."""
    if line[column:].startswith(":"):
        return _Explanation("「:」の前にキーがありません", "「キー: 値」の形で書いてください")
    if line[column:].startswith("-"):
        return _Explanation(
            "「キー: 値」の並びの途中に、一覧の「- 」があります",
            "一覧はキーの次の行に書きます。「キー:」と同じ行に値があれば消すか、字下げを見直してください",
        )
    return _Explanation(
        "字下げが、上の行のどのキーともそろっていません",
        "同じ組のキーは、頭の位置を同じにしてください。上の行の文の続きであれば、文の途中の「#」や引用符も見直してください",
    )
