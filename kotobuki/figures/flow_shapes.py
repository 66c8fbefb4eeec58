"""The shapes of the steps of a 流れ図, with their words in lines.

In: the steps, the type and the width of their boxes in pt. Out: a shape for each. Where the words of one decision would
not read well in a diamond, which leaves them half of its width, all decisions of the figure are hexagons.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import assert_never

from kotobuki.case.figures import Step
from kotobuki.drawing import HEXAGON, ROUND, SetWords, Shape
from kotobuki.figures.type import Type
from kotobuki.lazy_dataclasses import dataclass

PAD = 5.0
"""Between a box and its words, in pt."""

_DIAMOND_PAD = 1.0  # between the words of a diamond and the box of half its width and height that lies inside it
_DIAMOND_LINES = 3  # the most that read well in a diamond

_ROUND_PAD = 2.0

_OUTLINES: dict[str, Shape] = {"step": "box", "start": "round", "end": "round"}


@dataclass(frozen=True, slots=True)
class Shaped:
    """A step as it is drawn: `inset` and `height` in pt."""

    outline: Shape
    words: tuple[SetWords, ...]
    inset: float
    height: float


def shaped(steps: Sequence[Step], type_: Type, width: float) -> dict[str, Shaped]:
    """The shape of each step by its name."""
    decisions = [step for step in steps if step.kind == "decision"]
    fit = all(_fits_diamond(step, type_, width) for step in decisions)
    outlines = {step.name: _OUTLINES.get(step.kind, "diamond" if fit else "hexagon") for step in steps}
    return {step.name: _shape(step, outlines[step.name], type_, width) for step in steps}


def natural_width(step: Step, type_: Type) -> float:
    """How wide a step is, in pt, whose words are not broken."""
    width = max(type_.width(step.words), type_.width(step.text)) + 2 * PAD + type_.size
    return 2 * width if step.kind == "decision" else width


def _fits_diamond(step: Step, type_: Type, width: float) -> bool:
    measure = width / 2 - 2 * _DIAMOND_PAD
    lines = sum(len(words.lines) for words in type_.set(step.words, measure))
    whole = not any(type_.parted(text, measure / type_.size) for text in step.words.texts)
    return not step.text and lines <= _DIAMOND_LINES and whole


def _shape(step: Step, outline: Shape, type_: Type, width: float) -> Shaped:
    insets = {
        "diamond": width / 4 + _DIAMOND_PAD,
        "hexagon": HEXAGON + PAD / 2,
        "round": PAD + type_.size / 2,
    }
    inset = insets.get(outline, PAD)
    measure = width - 2 * inset
    words = (*type_.set(step.words, measure, centred=True), *type_.set(step.text, measure))
    return Shaped(outline, words, inset, _height(outline, type_.height(words)))


def _height(outline: Shape, words: float) -> float:
    match outline:
        case "diamond":
            return 2 * (words + _DIAMOND_PAD)
        case "round":  # within whose corners words stand in Word
            return max(words + 2 * PAD, words / (1 - 2 * ROUND * (1 - sqrt(0.5))) + _ROUND_PAD)
        case "box" | "hexagon" | "none":
            return words + 2 * PAD
        case _:
            assert_never(outline)
