"""What ｛…｝ can name in a case: its terms and fields, and what references can lead to, as the papers number it.

In: a project and a case that can be read. Out: a `Vocabulary`. No template is asked, as in `compare.case_tree`: a case numbers
its sections, items and annexes the same whatever papers are made of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from kotobuki.diagnostics import Diagnostics
from kotobuki.forms.compose import Bundle, annexes_of, heading_of, names_of
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.numbering.draft import DraftAnnexes, DraftPaper, DraftSection, Names
from kotobuki.numbering.names import printed
from kotobuki.numbering.outline import Outline
from kotobuki.numbering.references import References
from kotobuki.numbering.targets import Target
from kotobuki.project import Project
from kotobuki.reading.inlines import Name, Ref, inlines_of
from kotobuki.reading.nodes import Node, Scalar

_SIGNS = frozenset("｛｝：\n")
"""What a name in ｛ ｝ cannot hold."""


@dataclass(frozen=True, slots=True)
class Named:
    """A term or a field: what it is called, what it prints, what else there is to know."""

    name: str
    words: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """What ｛→name｝ prints, and what it leads to."""

    name: str
    words: str
    target: Target


class Vocabulary:
    """The names of one case. `names`: of the paper and of each regulation in it, by the number of their scope."""

    def __init__(self, bundle: Bundle) -> None:
        case, style = bundle.case, bundle.organization.style
        self._unheard = Diagnostics()  # what is wrong with the case is said by its preview
        sections = (
            DraftSection(() if case.letter else heading_of(each, style), each.content, (each.name,), place=each.place)
            for each in case.sections
        )
        paper = DraftPaper(key="case", name="", blocks=(*sections, DraftAnnexes()), annexes=annexes_of(case))
        self._outline = Outline(paper, names_of(bundle), self._unheard)
        self._every = self._outline.scopes[0]

    @property
    def targets(self) -> tuple[Target, ...]:
        """What references can lead to, in the order printed."""
        return tuple(self._outline.targets)

    @cached_property
    def named(self) -> tuple[Named, ...]:
        """The fields, then the terms; those of regulations last."""
        found: dict[str, Named] = {}
        for names in self._outline.scopes.values():
            for name in (*names.fields, *names.terms):
                found.setdefault(name, self._told(name, names))
        return tuple(found.values())

    def find(self, name: str) -> Named | None:
        """What a name prints."""
        return next((each for each in self.named if each.name == name), None)

    def title(self, target: Target) -> str:
        """The words of a target's heading."""
        return printed(target.title, self._every)

    def reference(self, text: str) -> tuple[str, Target] | None:
        """What ｛→…｝ prints for a reader who stands nowhere in the paper, and its target; `text`: behind the ｛."""
        found = inlines_of(Scalar(f"｛{text}｝", "", ((0, 1, 1),)))
        ref = found[0][0] if found and len(found[0]) == 1 else None
        if not isinstance(ref, Ref):
            return None
        before = len(self._references.cited)
        words = self._references.words([ref], None)
        cited = self._references.cited[before:]
        return (words, cited[0]) if cited else None

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Each target by the shortest names that lead to it alone."""
        found: dict[str, Reference] = {}
        for target in self.targets:
            for name in target.names:
                around = [each.names[0] for each in reversed(target.parents) if each.names]
                for path in (name, *(f"{outer}／{name}" for outer in around)):
                    led = None if set(path) & _SIGNS else self.reference(f"→{path}")
                    if led and led[1].place == target.place:
                        found.setdefault(path, Reference(path, *led))
                        break
        return tuple(found.values())

    @cached_property
    def _references(self) -> References:
        return References(self.targets, self.title, self._unheard)

    def _told(self, name: str, names: Names) -> Named:
        place = Scalar("", "", ((0, 1, 1),)).place()
        words = printed((Name(name, place, extent="full"),), names)
        term = names.terms.get(name)
        if term is None:
            return Named(name, words, "案件の項目")
        law = f"（{term.law_number}）" if term.law_number else ""
        short = f"略称「{term.short_name}」" if term.short_name != name else ""
        return Named(name, f"{words}{law}", short)

    def __iter__(self) -> Iterator[Named]:
        """The fields and terms."""
        return iter(self.named)


def vocabulary_of(project: Project, node: Node) -> Vocabulary | None:
    """The names of a case; None where it cannot be told what it is."""
    case, organization = project.case_of(node, Diagnostics()), project.organization
    committee = next(iter(organization.committees), None) if organization else None
    committee = (case.committee if case else None) or committee
    if case is None or organization is None or committee is None:
        return None
    return Vocabulary(Bundle(case, organization, committee))
