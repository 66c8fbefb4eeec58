"""What rules look at where that is no value of its own: a case on the agenda, an annex or a name in its paper …"""

from __future__ import annotations

from collections.abc import Collection

from kotobuki.case.case import Case
from kotobuki.diagnostics import Place
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.inlines import Name
from kotobuki.settings.meeting import Meeting
from kotobuki.settings.terms import Term


@dataclass(frozen=True, slots=True)
class CaseOnAgenda:
    """A case that a meeting names as 議案 `number`."""

    case: Case
    meeting: Meeting
    number: int

    @property
    def place(self) -> Place:
        """Where the meeting names it."""
        return self.meeting.place_of(self.number)


@dataclass(frozen=True, slots=True)
class AnnexInPaper:
    """A 別紙 or 別添 under its label (別紙２) and title; whether anything in the paper refers to it."""

    label: str
    title: str
    cited: bool
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class NameInPaper:
    """A use of a name in a paper, in print order.

    term        what it means; None of a field, and of a name that is not known
    known       every name that there is
    within      the names in whose words it stands, outermost first
    is_defined  the paper has given its short name already
    rival       the term that has got the same short name in this paper, "" = none
    """

    use: Name
    term: Term | None
    known: Collection[str]
    within: tuple[str, ...] = ()
    is_defined: bool = False
    rival: str = ""


@dataclass(frozen=True, slots=True)
class NumberedPaper:
    """A paper of a packet with its number as printed: 諮問書, 4総総第80号. `place`: where the number is written."""

    name: str
    number: str
    place: Place
