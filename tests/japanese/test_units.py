from __future__ import annotations

import pytest

from kotobuki.japanese.units import unit_spans


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("令和４年５月11日の決定", ["令和４年５月11日"]),
        ("22総総送第80号について", ["第80号"]),
        ("第５号の２の案", ["第５号の２"]),
        ("条例第14条第３項及び第15条", ["第14条第３項", "第15条"]),
        ("令和元年度予算", ["令和元年度"]),
        ("平成30年度第２回", ["平成30年度第２回"]),
        ("３社の24時間体制", []),
    ],
)
def test_units_stay_whole(text: str, units: list[str]) -> None:
    assert [text[start:end] for start, end in unit_spans(text)] == units
