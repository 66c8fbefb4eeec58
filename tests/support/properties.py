"""How many examples a test tries: a property those that are generated, a list those that are written down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import settings

USUAL = 100
"""What hypothesis tries by itself, and the profile of the whole suite with it."""
FAST = 10
"""What the profile of `--fast` has it try."""
THINNED = "thinned"
"""The marker of a test over a list of which each example takes long and shows the same rule as the others."""
EVERY = 5
"""Of such a list `--fast` tries one in so many: odd, so that of pairs it does not always meet the same half."""
FUZZED = 400
"""How many spoilt inputs are tried."""


def tries(examples: int, **options: Any) -> settings:  # noqa: ANN401  (whatever `settings` takes)
    """Settings for a test that tries so many examples; with `--fast` as small a part of them as all tests try."""
    return settings(max_examples=max(1, examples * settings().max_examples // USUAL), **options)


def thinned(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """The tests that `--fast` leaves out of the lists marked so: all but the first of every `EVERY`."""
    seen: Counter[str] = Counter()
    left = []
    for item in items:
        if item.get_closest_marker(THINNED):
            name = item.nodeid.split("[")[0]
            left += [item] if seen[name] % EVERY else []
            seen[name] += 1
    return left
