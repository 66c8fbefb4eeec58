# mypy: disable-error-code="import-not-found,import-untyped"
# The peers are an extra, and not all of them are typed.
"""Typst by its Python binding: all cases as one PDF. Arguments: papers.typ and words.json in one folder, the PDF."""

from __future__ import annotations

import sys
from pathlib import Path

import typst

source, words, pdf = map(Path, sys.argv[1:])
typst.compile(source, output=pdf, root=source.parent, sys_inputs={"words": words.name})
