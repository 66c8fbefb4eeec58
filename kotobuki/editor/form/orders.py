"""What a change asks for, taken out of its JSON; what no file of ours can hold is refused."""

from __future__ import annotations

from kotobuki.editor.form.editing import Steps, gone
from kotobuki.editor.refusal import RefusalError
from kotobuki.manuscript.rearranging import Value
from kotobuki.manuscript.retyping import readable
from kotobuki.reading.source import forbidden

_DEEPEST = 12
"""Levels of a value that is put in."""


def path(value: object) -> Steps:
    """Where something stands."""
    if not isinstance(value, list) or not all(
        isinstance(each, str | int) and not isinstance(each, bool) for each in value
    ):
        raise gone()
    return tuple(value)


def number(value: object) -> int:
    """An index."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise gone()
    return value


def value(asked: object, depth: int = 0) -> Value:
    """A value as a browser sends it."""
    if isinstance(asked, list) and depth < _DEEPEST:
        return [value(each, depth + 1) for each in asked]
    if isinstance(asked, dict) and depth < _DEEPEST:
        found = {words(key): value(each, depth + 1) for key, each in asked.items()}
        if len(found) == len(asked):
            return found
    return words(asked)


def words(value: object) -> str:
    """Words that a file can hold, as they will be read."""
    if not isinstance(value, str):
        raise RefusalError("文を書いてください")
    found = readable(value)
    if fault := forbidden(found):
        _, reason, remedy = fault
        raise RefusalError(reason, remedy)
    return found


def corner(value: object) -> tuple[int, int]:
    """The row and column of a cell."""
    if isinstance(value, list) and len(value) == 2:
        return number(value[0]), number(value[1])
    raise gone()


def cells(value: object) -> list[list[str]]:
    """Pasted rows. A line break within a cell is a paragraph."""
    if not isinstance(value, list) or not value or not all(isinstance(row, list) and row for row in value):
        raise RefusalError("貼り付けるものがありません", "表計算ソフトなどで範囲を写してから貼り付けてください")
    return [[words(cell) for cell in row] for row in value]
