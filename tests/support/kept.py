"""What a process keeps of the files it has read (see ARCHITECTURE, “What is kept”), forgotten."""

from __future__ import annotations

import shutil
from typing import Any

from kotobuki import project, remembering
from kotobuki.build import freshness
from kotobuki.forms.engine import text
from kotobuki.layout import paragraphs
from kotobuki.reading import parse
from kotobuki.word import base_file


def forget() -> None:
    """As in a process that has just begun; for tests that put something else in the place of a function."""
    kept: Any
    for kept in (
        project._form_of,
        project._organization_of,
        project._saved_organization,
        parse._read,
        base_file._base_of,
        text._read,
        paragraphs.set_words,
        freshness.stamp,
    ):
        kept.cache_clear()
    shutil.rmtree(remembering.folder(), ignore_errors=True)
