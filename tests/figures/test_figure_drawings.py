"""What a reader of a figure relies on: nothing overlaps, words stand off the lines, arrows join what they name."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st
from support.figure_geometry import check_figure
from support.figure_samples import paper
from support.generated_figures import KINDS, SEEDS, figure
from support.properties import tries

from kotobuki.case import figures as f
from kotobuki.document import Figure
from kotobuki.drawing import Drawing
from kotobuki.figures.settle import draw
from kotobuki.figures.type import TooNarrowError, Type
from kotobuki.japanese.characters import advance_em
from kotobuki.reading.inlines import Text

TYPE = Type(9.0, 11.7, advance_em)
WIDTH = 482.0

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


def drawn(figure: f.Drawn) -> Drawing:
    try:
        return draw(figure, TYPE, WIDTH)
    except TooNarrowError:  # refused where documents are settled
        reject()


@tries(60)
@given(relations())
def test_parties_and_arrows_keep_apart(figure: f.Relations) -> None:
    check_figure(figure, drawn(figure))


@tries(40)
@given(flows())
def test_steps_and_branches_keep_apart(figure: f.Flow) -> None:
    check_figure(figure, drawn(figure))


@pytest.mark.thinned
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", SEEDS)
def test_twelve_generated_figures_of_each_kind_fit_a_page(kind: str, seed: int, tmp_path: Path) -> None:
    written = figure(kind, seed, tmp_path)
    document, diagnostics = paper(written)
    assert not list(diagnostics)
    (drawing,) = (block.drawing for block in document.papers[0].blocks if isinstance(block, Figure))
    assert drawing is not None and not isinstance(written.figure, f.Picture)
    check_figure(written.figure, drawing)
