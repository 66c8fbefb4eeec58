"""What is twice as long takes twice the steps, not four times: lines of our code are counted, and no seconds."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest
from support.samples import CASE, compose


def steps(case: str) -> int:
    """How many lines of Python are run to compose a case."""
    count = 0

    def line(frame: FrameType, event: str, value: object) -> Any:  # noqa: ANN401  (a tracer gives a tracer)
        nonlocal count
        count += event == "line"
        return line

    sys.settrace(line)
    try:
        result = compose(case)
    finally:
        sys.settrace(None)
    assert result.paper is not None
    return count


SHAPES = {
    "a table": ("目的:\n  - ｛表｝:\n      行:\n", "        - [甲{0}, 乙, 丙]\n"),
    "a table of rows with labels": (
        "目的:\n  - ｛表｝:\n      行:\n        - 大:\n",
        "            - 甲{0}: [乙, 丙]\n",
    ),
    "cells drawn down": ("目的:\n  - ｛表｝:\n      行:\n        - [甲, 乙]\n", "        - [｛↑｝, 丙]\n"),
    "items": ("目的:\n", "  - 甲{0}\n"),
    "references": ("目的:\n", "  - ｛→丙{0}｝を見る。｛＃丙{0}｝\n"),
    "notes": ("目的:\n", "  - 甲｛※乙{0}｝\n"),
    "unknown terms": ("目的:\n", "  - ｛甲の{0}｝｛＃丙{0}｝\n"),
    "unknown references": ("目的:\n", "  - ｛→丁{0}｝｛＃丙{0}｝\n"),
    "sections of tables": ("業務:\n  概要:\n", "    - 甲{0}: 文\n"),
}


GUESSED = {"unknown references": 280}
"""How many lines there may be for which a name near by is still looked for, which takes more steps than all else."""


@pytest.mark.parametrize("shape", SHAPES)
def test_twice_the_length_takes_twice_the_steps(shape: str) -> None:
    (head, line), least = SHAPES[shape], GUESSED.get(shape, 0)
    cases = [CASE + head + "".join(map(line.format, range(least + count))) for count in (20, 40, 80)]
    compose(cases[-1])  # what is made once in a process
    few, some, many = map(steps, cases)
    assert many - some < 2.2 * (some - few)
