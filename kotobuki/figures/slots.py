"""Slots: at what height in its row each arrow leaves or reaches a box.

In: claims for a row, the channels the arrow lies in there, and the height of the caption above it. Out: the heights.
Slots of one channel never overlap; those of an arrow that goes straight through several channels are one.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from kotobuki.lazy_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class _Claim:
    key: Hashable
    row: int
    channels: range
    caption: float
    order: int


class Slots:
    """The slots of all rows. `port`: least distance of a line to the edge of its slot; `gap`: around a caption."""

    def __init__(self, rows: int, channels: int, port: float, gap: float) -> None:
        self._claims: list[_Claim] = []
        self._fill = [[0.0] * (channels + 1) for _ in range(rows)]
        self._port, self._gap = port, gap
        self._lines: dict[Hashable, tuple[int, int, float]] = {}
        self._joined = [False] * rows

    def claim(self, key: Hashable, row: int, channels: range, caption: float, order: int) -> None:
        """Ask for a slot; those of lower `order` stand higher in the row."""
        self._claims.append(_Claim(key, row, channels, caption, order))

    def settle(self) -> None:
        """Give each claim its slot, from the top of the row."""
        for claim in sorted(self._claims, key=lambda each: each.order):
            fill = self._fill[claim.row]
            top = max(fill[channel] for channel in claim.channels)
            line = top + (max(claim.caption + 1.5 * self._gap, self._port) if claim.caption else self._port)
            for channel in claim.channels:
                fill[channel] = line + self._port
            self._lines[claim.key] = (claim.row, claim.channels[0], line)
            self._joined[claim.row] |= len(claim.channels) > 1

    def height(self, row: int) -> float:
        """The height that the slots of a row take."""
        return max(self._fill[row])

    def line(self, key: Hashable, heights: Sequence[float]) -> float:
        """The height of a line from the top of its row, the slots of each channel in the middle of the row."""
        row, channel, line = self._lines[key]
        filled = self.height(row) if self._joined[row] else self._fill[row][channel]
        return line + (heights[row] - filled) / 2
