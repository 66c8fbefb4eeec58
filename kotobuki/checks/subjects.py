"""What rules look at where that is no value of its own: a case on the agenda, an annex in its paper, a numbered paper."""

from __future__ import annotations

from dataclasses import dataclass

from kotobuki.case.case import Case
from kotobuki.diagnostics import Place
from kotobuki.settings.meeting import Meeting


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


@dataclass(frozen=True, slots=True)
class NumberedPaper:
    """A paper of a packet with its number as printed: 諮問書, 4総総第80号. `place`: where the number is written."""

    name: str
    number: str
    place: Place
