"""What a reader of a figure relies on: nothing overlaps, words stand off the lines, arrows join what they name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, pairwise

from hypothesis import given, reject
from hypothesis import strategies as st
from support.properties import tries

from kotobuki.case import figures as f
from kotobuki.drawing import Arrow, Box, Drawing
from kotobuki.figures.settle import draw
from kotobuki.figures.type import TooNarrowError, Type
from kotobuki.japanese.characters import advance_em
from kotobuki.reading.inlines import Text

TYPE = Type(9.0, 11.7, advance_em)
WIDTH = 482.0
_CONTAINERS = ("区画", "レーン", "囲み")
_EPSILON = 0.01

TEXT = "区の窓口で申込書（CSVを含む。）を受け付け、システムに登録した後、申込者に番号を知らせる。"
words = st.integers(0, len(TEXT)).map(lambda length: say(TEXT[:length]) if length else f.FigureWords())


def say(text: str) -> f.FigureWords:
    return f.FigureWords(((Text(text),),))


@st.composite
def relations(draw: st.DrawFn) -> f.Relations:
    columns = draw(st.integers(1, 4))
    places = [(column, row) for column in range(columns) for row in range(1, 5)]
    taken = sorted(draw(st.sets(st.sampled_from(places), min_size=2, max_size=8)))
    parties = tuple(
        f.Party(
            name=f"箱{at}", title=say(f"箱{at}"), text=draw(words), column=column, row=row, dashed=draw(st.booleans())
        )
        for at, (column, row) in enumerate(taken)
    )
    ends = st.lists(st.sampled_from([each.name for each in parties]), min_size=2, max_size=2, unique=True)
    links = tuple(
        f.Connection(*draw(ends), draw(words), draw(st.sampled_from(("thin", "thick", "dashed"))), draw(st.booleans()))
        for _ in range(draw(st.integers(0, 8)))
    )
    framed = draw(st.booleans())
    zones = tuple(say(f"区画{at}") if framed else f.FigureWords() for at in range(columns))
    areas = (f.Area(say("個人情報保管領域"), (parties[0].name,)),) if draw(st.booleans()) else ()
    return f.Relations(zones, parties, links, areas)


@st.composite
def flows(draw: st.DrawFn) -> f.Flow:
    lanes = draw(st.integers(1, 3))
    count = draw(st.integers(2, 14))
    steps: list[f.Step] = []
    lowest = [0] * lanes
    for at in range(count):
        lane = draw(st.integers(0, lanes - 1))
        row = max(lowest[lane], max(lowest) - 1) + 1
        lowest[lane] = row
        others = [f"手順{other}" for other in range(count) if other != at]
        kind = draw(st.sampled_from(("step", "step", "decision"))) if len(others) > 1 and at < count - 1 else "end"
        ways = {"step": 1, "decision": draw(st.integers(2, min(3, len(others)))) if len(others) > 1 else 0, "end": 0}
        targets = draw(st.lists(st.sampled_from(others), min_size=ways[kind], max_size=ways[kind], unique=True))
        label = st.sampled_from(("はい", "不備がある", "期限を過ぎた場合"))
        branches = tuple(
            f.Branch(each, say(draw(label)) if kind == "decision" else f.FigureWords()) for each in targets
        )
        steps.append(
            f.Step(
                name=f"手順{at}",
                words=say(f"手順{at}" + TEXT[: draw(st.integers(0, 30))]),
                kind=kind,
                lane=lane,
                row=row,
                branches=branches,
            )
        )
    return f.Flow(tuple(say(f"レーン{at}") for at in range(lanes)), tuple(steps))


def drawn(figure: f.Figure) -> Drawing:
    try:
        return draw(figure, TYPE, WIDTH)
    except TooNarrowError:  # refused where documents are settled
        reject()


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


def on_edge(point: tuple[float, float], box: Box) -> bool:
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

    def on(point: tuple[float, float], arrow: Arrow) -> bool:
        x, y = point
        return any(
            min(x1, x2) - 1 < x < max(x1, x2) + 1 and min(y1, y2) - 1 < y < max(y1, y2) + 1
            for (x1, y1), (x2, y2) in pairwise(arrow.points)
        )

    return any(on(point, other) for point in one.points) or any(on(point, one) for point in other.points)


@tries(150)
@given(relations())
def test_parties_and_arrows_keep_apart(figure: f.Relations) -> None:
    drawing = drawn(figure)
    check(drawing)
    for one, other in combinations(arrows(drawing), 2):
        assert not run_together(one, other), (one, other)


@tries(150)
@given(flows())
def test_steps_and_branches_keep_apart(figure: f.Flow) -> None:
    drawing = drawn(figure)
    check(drawing)
    for one, other in combinations(arrows(drawing), 2):
        if target(one) != target(other):  # lines to one step may join
            assert not run_together(one, other), (one, other)
            assert not touch(one, other), (one, other)
    lanes = {step.name: step.lane for step in figure.steps}
    borders = [shape for shape in drawing.shapes if isinstance(shape, Box) and shape.name == "レーン"]
    for arrow in arrows(drawing):
        ends = {lanes[name] for name in arrow.name.split("→")}
        if len(ends) == 1 and borders:
            lane = borders[ends.pop()]
            assert all(lane.x < x < lane.right for x, _ in arrow.points), arrow
    heads = Counter(target(arrow) for arrow in arrows(drawing) if arrow.at_end)
    assert set(heads.values()) <= {1}, heads
