"""新旧: blocks before and after side by side, an arrow between them, remarks on the right.

In: the described pairs, the type and the width in pt. Out: a `Drawing` of that width. The two blocks of a pair are as
high as the taller of them; without any remark the blocks share the whole width.
"""

from __future__ import annotations

from collections.abc import Iterator

from kotobuki.case.figures import Contrast, ContrastPair, FigureWords
from kotobuki.drawing import Arrow, Box, Drawing
from kotobuki.figures.type import NARROWEST_EM, TooNarrowError, Type

_PAD = 5.0  # between a box and its words
_ARROW = 30.0  # room for an arrow
_REMARK = 0.24  # share of the width that remarks take
_GAP = 8.0  # between blocks and remarks
_BELOW = 14.0  # between pairs


def draw_contrast(contrast: Contrast, type_: Type, width: float) -> Drawing:
    """The drawing: pairs one below the other, an arrow between its blocks. Raises `TooNarrowError`."""
    remarks = width * _REMARK if any(pair.remark for pair in contrast.pairs) else 0.0
    block = (width - _ARROW - (remarks + _GAP if remarks else 0.0)) / 2
    if block < NARROWEST_EM * type_.size:
        raise TooNarrowError
    columns = ((0.0, block), (block + _ARROW, block), (width - remarks, remarks))
    shapes: list[Box | Arrow] = []
    heads = [type_.set(each, block - 2 * _PAD, centred=True) for each in contrast.headings]
    y = max(map(type_.height, heads)) + 2 * _PAD
    for (x, room), head in zip(columns, heads, strict=True):
        if room:
            shapes.append(Box(x=x, y=0, width=room, height=y, words=head, filled=True, inset=_PAD))
    for pair in contrast.pairs:
        y += _BELOW / 2
        drawn = list(_pair(pair, type_, columns, y))
        shapes += drawn
        y = max(shape.bottom for shape in drawn if isinstance(shape, Box)) + _BELOW / 2
    return Drawing(width=width, height=y - _BELOW / 2, size=type_.size, pitch=type_.pitch, shapes=tuple(shapes))


def _pair(pair: ContrastPair, type_: Type, columns: tuple[tuple[float, float], ...], y: float) -> Iterator[Box | Arrow]:
    """The title of a pair, if it has one, over its blocks, and the remark beside them."""
    (left, room), (right, _), (beside, remarks) = columns
    if pair.title:
        title = type_.set(pair.title, right + room - left)
        high = type_.height(title)
        yield Box(x=left, y=y, width=right + room - left, height=high, words=title, shape="none", top=True)
        y += high + _PAD / 2

    def words(said: FigureWords) -> Box:
        text = type_.set(said, room - 2 * _PAD)
        return Box(x=0, y=y, width=room, height=type_.height(text) + 2 * _PAD, words=text, inset=_PAD)

    before, after = words(pair.before), words(pair.after)
    remark = type_.set(pair.remark, remarks) if remarks else ()
    height = max(before.height, after.height)
    yield Box(x=left, y=y, width=room, height=height, words=before.words, inset=_PAD, name="前")
    yield Arrow(((left + room, y + height / 2), (right, y + height / 2)), "thick")
    yield Box(x=right, y=y, width=room, height=height, words=after.words, inset=_PAD, name="後")
    if remark:
        yield Box(
            x=beside, y=y + _PAD, width=remarks, height=type_.height(remark), words=remark, shape="none", top=True
        )
