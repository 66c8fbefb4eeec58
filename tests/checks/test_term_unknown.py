"""A name in ｛ ｝ that means nothing here."""

from __future__ import annotations

import pytest
from support.samples import marked, resolved

TERMS = "条例: みなと市個人情報保護条例"


def test_a_name_that_is_not_known_and_the_one_that_was_meant() -> None:
    plain, expected = marked("甲: ▼｛条令｝による", "term-unknown")
    found = resolved(plain, terms=TERMS)
    assert found.faults == expected
    (fault,) = found.diagnostics
    assert "「｛条例｝」の誤りではありませんか" in fault.remedy


@pytest.mark.parametrize(
    ("name", "listed"), [("庶務係長", "庶務係"), ("企画担当長", "企画担当"), ("庶務係", ""), ("課長", "")]
)
def test_where_the_posts_of_an_office_are_listed(name: str, listed: str) -> None:
    (fault,) = resolved(f"甲: ｛{name}｝", terms=TERMS).diagnostics
    assert (f"「係」に「{listed}」を並べるか" in fault.remedy) == bool(listed)
