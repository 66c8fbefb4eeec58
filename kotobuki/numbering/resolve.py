"""The stage as one function: a draft paper in, a finished paper out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kotobuki.checks.registry import check_annexes
from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.document import Block, Paper
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.numbering.draft import DraftPaper, Names
from kotobuki.numbering.outline import Outline
from kotobuki.numbering.references import References
from kotobuki.numbering.wording import Wording


@dataclass(frozen=True, slots=True)
class Worded:
    """A paper whose words are settled.

    printed     what each name, and each run of adjacent references, prints, by its place
    references  of each scope of terms, by its number
    """

    blocks: tuple[Block, ...]
    printed: Mapping[Place, str]
    references: Mapping[int, References]


def resolve(draft: DraftPaper, names: Names, diagnostics: Diagnostics) -> Paper:
    """Labels, notes, terms, references and digit widths settled. Faults are diagnostics; the paper is then not for use."""
    outline = Outline(draft, names, diagnostics)
    worded = word(outline, diagnostics)
    cited = [target for scope in worded.references.values() for target in scope.cited]
    if not diagnostics.errors:  # else what cites an annex may be what could not be read
        diagnostics.report(check_annexes(outline.annexes.held_against(cited)))
    return Paper(key=draft.key, name=draft.name, blocks=worded.blocks, numbering=draft.numbering, draft=draft.draft)


def word(outline: Outline, diagnostics: Diagnostics) -> Worded:
    """Terms, references and digit widths settled, part by part in print order."""
    scopes = _wordings(outline, diagnostics)
    settled = [scopes[part.scope].settle(part.blocks) for part in outline.parts]
    return Worded(
        tuple(block for each in settled for block in each.blocks),
        {place: words for each in settled for place, words in each.printed.items()},
        {number: scope.references for number, scope in scopes.items()},
    )


def _wordings(outline: Outline, diagnostics: Diagnostics) -> dict[int, Wording]:
    """What settles the words of each scope of terms, by its number."""
    every_term = {name: term for scope in outline.scopes.values() for name, term in scope.terms.items()}
    is_one = len(outline.scopes) == 1
    return {
        number: Wording(
            [block for part in outline.parts if part.scope == number for block in part.blocks],
            outline.targets,
            scope,
            scope if is_one else replace(scope, terms={**every_term, **scope.terms}),
            diagnostics,
        )
        for number, scope in outline.scopes.items()
    }
