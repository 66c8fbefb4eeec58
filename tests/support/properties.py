"""How many examples a property test tries."""

from __future__ import annotations

from typing import Any

from hypothesis import settings

USUAL = 100
"""What hypothesis tries by itself, and the profile of the whole suite with it."""
FAST = 10
"""What the profile of `--fast` has it try."""
FUZZED = 400
"""How many spoilt inputs are tried."""


def tries(examples: int, **options: Any) -> settings:  # noqa: ANN401  (whatever `settings` takes)
    """Settings for a test that tries so many examples; with `--fast` as small a part of them as all tests try."""
    return settings(max_examples=max(1, examples * settings().max_examples // USUAL), **options)
