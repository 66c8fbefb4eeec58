"""The stage as one function: a draft paper in, a finished paper out."""

from __future__ import annotations

from kotobuki.diagnostics import Diagnostics
from kotobuki.document import Paper
from kotobuki.numbering.draft import DraftPaper, Names
from kotobuki.numbering.outline import Outline
from kotobuki.numbering.wording import Wording


def resolve(draft: DraftPaper, names: Names, diagnostics: Diagnostics) -> Paper:
    """Labels, notes, terms, references and digit widths settled. Faults are diagnostics; the paper is then not for use."""
    outline = Outline(draft, names, diagnostics)
    wording = Wording(outline.flat, outline.targets, names, diagnostics)
    return Paper(draft.key, draft.name, wording.blocks, draft.numbering, draft=draft.draft)
