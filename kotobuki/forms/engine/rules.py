"""What all parts of the engine go by: how much a template may hold, and how its lines are numbered."""

from __future__ import annotations

LINE = "\x01"
"""Around the number of a line, which no source text can hold."""
LONGEST = 50_000
"""Characters of a text template, and those in the tags of a Word form: the longest shipped template has 1,200."""
LARGEST_NUMBER = 10**15
"""A float is exact as far; no sum of money in a paper is as large."""
