"""Where the project lies, for tests that read its samples or start its programs."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
"""The checkout: cases/, templates/, kotobuki/ and tests/ are in it."""

DATA = Path(__file__).parent / "data"
"""Files that tests read."""
