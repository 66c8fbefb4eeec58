"""Why each line of a paragraph breaks where it does: for whoever compares our lines with those of Word.

    python tests/support/explaining.py TEXT EM [--first EM] [--rest EM] [--squeeze] [--no-hang] [--strict]

prints the lines of a text in a measure of so many em, and for each of them what decided it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))

from kotobuki.japanese.characters import NOT_ENDING, NOT_STARTING, NOT_STARTING_STRICT, advance_em
from kotobuki.layout.lines import Line, Measure, break_text
from kotobuki.layout.measuring import EPSILON, LineRules, MeasuredText


class Explained(NamedTuple):
    """A line and what decided where it ends."""

    text: str
    reasons: tuple[str, ...]


def explain(text: str, measure: Measure, rules: LineRules) -> list[Explained]:
    """The lines of a paragraph, each with its reasons."""
    measured = MeasuredText(text, advance_em, rules)
    lines = break_text(measured, measure)
    return [Explained(text[line.start : line.end], tuple(_reasons(measured, line, rules))) for line in lines]


def _reasons(text: MeasuredText, line: Line, rules: LineRules) -> Iterator[str]:
    body = text.body(line.start, line.end, line.measure_em)
    excess = body.width - line.measure_em
    closed = [text.text[at : at + 2] for at in range(line.start, body.end - 1) if text.joints[at].closed_up]
    if closed:
        yield f"closed up: {' '.join(closed)}, {len(closed) / 2:g} em"
    if body.hung:
        yield f"{text.text[body.end]} hangs"
    if excess > EPSILON:
        blanks = text.blanks(line.start, body)
        yield f"squeezed by {excess:.3f} em, {excess / max(blanks, 1):.3f} em from each of {blanks} marks"
    if line.end == len(text.text):
        yield "the text ends"
        return
    ends = range(line.end + 1, len(text.text))
    unit = text.text[line.end : next((at for at in ends if text.breaks(at)), len(text.text))]
    wider = text.body(line.start, line.end + len(unit), line.measure_em)
    yield f"{unit} would make it {wider.width - line.measure_em:.3f} em too wide, with {text.blanks(line.start, wider)} marks to squeeze"
    yield from _forbidden(unit, text.text[line.end - 1], rules)


def _forbidden(unit: str, before: str, rules: LineRules) -> Iterator[str]:
    not_starting = NOT_STARTING_STRICT if rules.strict else NOT_STARTING
    if len(unit) > 1 and unit[:2].isascii():
        yield "a Western word or number is not parted"
        return
    for left, right in list(pairwise(before + unit))[1:]:
        if right in not_starting:
            yield f"{right} may not begin a line: it stays with {left}"
        elif left in NOT_ENDING:
            yield f"{left} may not end a line: it stays with {right}"


def main() -> None:
    """Print the lines of a text and why they are so."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text")
    parser.add_argument("em", type=float)
    parser.add_argument("--first", type=float, default=0.0)
    parser.add_argument("--rest", type=float, default=0.0)
    parser.add_argument("--squeeze", action="store_true")
    parser.add_argument("--no-hang", action="store_true")
    parser.add_argument("--strict", action="store_true")
    asked = parser.parse_args()
    rules = LineRules(squeeze=asked.squeeze, hang=not asked.no_hang, strict=asked.strict)
    for line in explain(asked.text, Measure(asked.em, asked.first, asked.rest), rules):
        print(line.text)
        for reason in line.reasons:
            print(f"    {reason}")


if __name__ == "__main__":
    main()
