"""What a reader of a figure relies on, measured on its drawing: all that overlaps, touches or runs astray fails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, pairwise

from kotobuki.case import figures as f
from kotobuki.drawing import Arrow, Box, Drawing, Point

_CONTAINERS = ("区画", "レーン", "囲み")
_EPSILON = 0.01


def check_figure(figure: f.Drawn, drawing: Drawing) -> None:
    """Nothing overlaps; no line runs through a box, on an edge, or on a line to elsewhere; lanes keep their lines."""
    match figure:
        case f.Flow():
            check(drawing)
            check_flow(figure, drawing)
        case f.Relations():
            check(drawing)
            for one, other in combinations(arrows(drawing), 2):
                assert not run_together(one, other) and not touch(one, other), (one, other)
        case f.Contrast():
            for box, another in combinations(boxes(drawing), 2):
                assert not overlap(box, another), (box, another)
            for arrow, box in ((arrow, box) for arrow in arrows(drawing) for box in boxes(drawing)):
                assert not crosses(arrow, box) and not runs_along(arrow, box), (arrow, box)


def check_flow(figure: f.Flow, drawing: Drawing) -> None:
    """Lines to one step join and have one head, those to others do not touch; those within a lane stay there."""
    for one, other in combinations(arrows(drawing), 2):
        if target(one) != target(other):
            assert not run_together(one, other), (one, other)
            assert not touch(one, other), (one, other)
    lanes = {step.name: step.lane for step in figure.steps}
    frames = [shape for shape in drawing.shapes if isinstance(shape, Box) and shape.name == "レーン"]
    for arrow in arrows(drawing):
        ends = {lanes[name] for name in arrow.name.split("→")}
        if len(ends) == 1 and frames:
            lane = frames[ends.pop()]
            assert all(lane.x < x < lane.right for x, _ in arrow.points), arrow
    heads = Counter(target(arrow) for arrow in arrows(drawing) if arrow.at_end)
    assert set(heads.values()) <= {1}, heads


def boxes(drawing: Drawing) -> list[Box]:
    """What must not overlap: shapes and words, but not the frames around them."""
    return [each for each in drawing.shapes if isinstance(each, Box) and each.name not in _CONTAINERS]


def arrows(drawing: Drawing) -> Iterator[Arrow]:
    yield from (each for each in drawing.shapes if isinstance(each, Arrow))


def overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.right - _EPSILON
        and other.x < one.right - _EPSILON
        and one.y < other.bottom - _EPSILON
        and other.y < one.bottom - _EPSILON
    )


def crosses(arrow: Arrow, box: Box) -> bool:
    """Whether a line runs through a box; touching it does not count."""
    inner = Box(x=box.x + 0.2, y=box.y + 0.2, width=box.width - 0.4, height=box.height - 0.4)
    return any(
        min(x1, x2) < inner.right and max(x1, x2) > inner.x and min(y1, y2) < inner.bottom and max(y1, y2) > inner.y
        for (x1, y1), (x2, y2) in pairwise(arrow.points)
    )


def on_edge(point: Point, box: Box) -> bool:
    x, y = point
    within = box.x - _EPSILON <= x <= box.right + _EPSILON and box.y - _EPSILON <= y <= box.bottom + _EPSILON
    sides = min(abs(x - box.x), abs(x - box.right), abs(y - box.y), abs(y - box.bottom))
    if box.shape in ("diamond", "round"):  # whose outline meets the box around it only in the middle of its sides
        return within and sides < _EPSILON and min(abs(x - box.middle[0]), abs(y - box.middle[1])) < _EPSILON
    return within and sides < _EPSILON


def check(drawing: Drawing) -> None:
    found = boxes(drawing)
    named = {box.name: box for box in found if box.name}
    for box in found:
        assert box.x >= -_EPSILON and box.right <= drawing.width + _EPSILON, box
        assert box.y >= -_EPSILON and box.bottom <= drawing.height + _EPSILON, box
    for one, other in combinations(found, 2):
        assert not overlap(one, other), (one, other)
    for arrow in arrows(drawing):
        if "→" in arrow.name:  # not a sample in the legend
            source, target = arrow.name.split("→")
            assert on_edge(arrow.points[0], named[source]), arrow
            assert on_edge(arrow.points[-1], named[target]), arrow
        for box in found:
            assert not crosses(arrow, box), (arrow, box)
        for shape in drawing.shapes:
            assert not (isinstance(shape, Box) and runs_along(arrow, shape)), (arrow, shape)
        for (x1, y1), (x2, y2) in pairwise(arrow.points):
            assert abs(x1 - x2) < _EPSILON or abs(y1 - y2) < _EPSILON
            assert -_EPSILON <= x2 <= drawing.width + _EPSILON and -_EPSILON <= y2 <= drawing.height + _EPSILON


def runs_along(arrow: Arrow, box: Box) -> bool:
    """Whether a stretch of a line lies on an edge of a box or frame, or within a point of it."""
    for (x1, y1), (x2, y2) in pairwise(arrow.points):
        upright = abs(x1 - x2) < _EPSILON and min(abs(x1 - box.x), abs(x1 - box.right)) < 1.0
        across = abs(y1 - y2) < _EPSILON and min(abs(y1 - box.y), abs(y1 - box.bottom)) < 1.0
        if upright and min(max(y1, y2), box.bottom) - max(min(y1, y2), box.y) > 1.0:
            return True
        if across and min(max(x1, x2), box.right) - max(min(x1, x2), box.x) > 1.0:
            return True
    return False


def run_together(one: Arrow, other: Arrow) -> bool:
    """Whether two lines share a stretch, so that a reader could not tell where each of them leads."""
    for (x1, y1), (x2, y2) in pairwise(one.points):
        for (u1, v1), (u2, v2) in pairwise(other.points):
            upright = abs(x1 - x2) < _EPSILON and abs(u1 - u2) < _EPSILON and abs(x1 - u1) < 1.0
            across = abs(y1 - y2) < _EPSILON and abs(v1 - v2) < _EPSILON and abs(y1 - v1) < 1.0
            if upright and min(max(y1, y2), max(v1, v2)) - max(min(y1, y2), min(v1, v2)) > 1.0:
                return True
            if across and min(max(x1, x2), max(u1, u2)) - max(min(x1, x2), min(u1, u2)) > 1.0:
                return True
    return False


def target(arrow: Arrow) -> str:
    return arrow.name.split("→")[1]


def touch(one: Arrow, other: Arrow) -> bool:
    """Whether one line ends or turns on another: a reader would take them to join."""

    def on(point: Point, arrow: Arrow) -> bool:
        x, y = point
        return any(
            min(x1, x2) - 1 < x < max(x1, x2) + 1 and min(y1, y2) - 1 < y < max(y1, y2) + 1
            for (x1, y1), (x2, y2) in pairwise(arrow.points)
        )

    return any(on(point, other) for point in one.points) or any(on(point, one) for point in other.points)
