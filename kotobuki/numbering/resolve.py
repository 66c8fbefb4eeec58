"""The stage as one function: a draft paper in, a finished paper out."""

from __future__ import annotations

from dataclasses import replace

from kotobuki.diagnostics import Diagnostics
from kotobuki.document import Paper
from kotobuki.numbering.draft import DraftPaper, Names
from kotobuki.numbering.outline import Outline
from kotobuki.numbering.wording import Wording


def resolve(draft: DraftPaper, names: Names, diagnostics: Diagnostics) -> Paper:
    """Labels, notes, terms, references and digit widths settled. Faults are diagnostics; the paper is then not for use."""
    outline = Outline(draft, names, diagnostics)
    scopes = wordings(outline, diagnostics)
    blocks = tuple(block for part in outline.parts for block in scopes[part.scope].settle(part.blocks))
    outline.annexes.check([target for scope in scopes.values() for target in scope.references.cited], diagnostics)
    return Paper(draft.key, draft.name, blocks, draft.numbering, draft=draft.draft)


def wordings(outline: Outline, diagnostics: Diagnostics) -> dict[int, Wording]:
    """What settles the words of each scope of terms, by its number."""
    every_term = {name: term for scope in outline.scopes.values() for name, term in scope.terms.items()}
    return {
        number: Wording(
            [block for part in outline.parts if part.scope == number for block in part.blocks],
            outline.targets,
            scope,
            replace(scope, terms={**every_term, **scope.terms}),
            diagnostics,
        )
        for number, scope in outline.scopes.items()
    }
