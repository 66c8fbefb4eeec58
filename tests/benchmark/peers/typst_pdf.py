"""Typst by its Python binding: all cases as one PDF. Arguments: papers.typ and words.json in one folder, the PDF."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

typst = import_module("typst")  # by name, as mypy runs with and without it
source, words, pdf = map(Path, sys.argv[1:])
typst.compile(source, output=pdf, root=source.parent, sys_inputs={"words": words.name})
