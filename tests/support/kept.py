"""What a process keeps of the files it has read (see ARCHITECTURE, “What is kept”), forgotten."""

from __future__ import annotations

from kotobuki import project
from kotobuki.build import freshness
from kotobuki.layout import paragraphs
from kotobuki.reading import parse
from kotobuki.word import base


def forget() -> None:
    """As in a process that has just begun; for tests that put something else in the place of a function."""
    for kept in (
        project._form_of,
        project._organization_of,
        parse._read,
        base._base_of,
        paragraphs.set_words,
        freshness.stamp,
    ):
        kept.cache_clear()
