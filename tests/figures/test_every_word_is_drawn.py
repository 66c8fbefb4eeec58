"""Every word of a figure is drawn, or it is said to be too wide."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given
from support.authors import figures
from support.figure_samples import paper
from support.properties import tries
from support.samples import resolved

from kotobuki.document import Figure, all_blocks
from kotobuki.drawing import Box


def drawn(figure: Figure) -> str:
    """The words in the boxes, and the description."""
    assert figure.drawing is not None
    boxes = (shape for shape in figure.drawing.shapes if isinstance(shape, Box))
    return "\n".join((figure.description, *(words.text for box in boxes for words in box.words)))


@given(figures())
@tries(60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_every_word_of_a_figure_is_drawn(figure: tuple[dict[str, object], list[str]]) -> None:
    written, words = figure
    result = resolved(f"目的: {json.dumps([{'｛図｝': written}], ensure_ascii=False)}")
    assert result.paper is not None and not result.diagnostics.errors
    found = [block for block in all_blocks(result.paper.blocks) if isinstance(block, Figure)]
    document, diagnostics = paper(*found)
    if not diagnostics.errors:
        (settled,) = (block for block in document.papers[0].blocks if isinstance(block, Figure))
        text = drawn(settled)
        assert [word for word in words if word not in text] == [], written
