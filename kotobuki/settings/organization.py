"""`cases/organization.yaml`: the municipality, its departments, committees, ordinances, terms and house style.

In: nothing; these are the values that `organization_reading` makes of it. Nothing about any one municipality is in Python:
it is all in that file.
"""

from __future__ import annotations

from dataclasses import field

from kotobuki.diagnostics import Diagnostics, Place, guess
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.kinds import Known
from kotobuki.reading.nodes import Scalar
from kotobuki.reading.openings import Review
from kotobuki.reading.placeholders import PRINTED, Placeholder, placeholder_of
from kotobuki.settings.house_style import HouseStyle
from kotobuki.settings.terms import Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A 課 (or a 部 by itself, `section` empty) with its 記号 in document numbers."""

    division: str
    section: str
    mark: str
    head: str
    """The post of the head of the division (総務部長)."""
    place: Place = field(default=Place(""), compare=False)
    open: bool = False
    """Which one is still to be written: its names are those of a placeholder."""

    @property
    def name(self) -> str:
        """部 and 課 in one, as in 総務部総務課."""
        return self.division + self.section


@dataclass(frozen=True, slots=True, kw_only=True)
class Committee:
    """A 会議体. `open`: which one is still to be written."""

    key: str
    name: str
    chair_post: str
    chair_name: str
    secretariat: Department
    honorific: str
    open: bool = False

    def differs_from(self, other: Committee) -> bool:
        """Whether they are two, as far as it is written."""
        return self.key != other.key and not (self.open or other.open)


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """Everything a municipality says once: who it is, its 部課 and 会議体, 例規 and 用語, and its house style."""

    name: str
    head_post: str
    head_name: str
    departments: tuple[Department, ...]
    committees: tuple[Committee, ...]
    laws: dict[str, str]
    terms: dict[str, Term]
    style: HouseStyle
    placeholders: tuple[Placeholder, ...] = ()
    reviews: tuple[Review, ...] = field(default=(), compare=False)

    def department(self, scalar: Scalar, diagnostics: Diagnostics) -> Department | None:
        """The department of that name, one without a 記号 for a placeholder; an unknown one is a diagnostic."""
        if placeholder := placeholder_of(scalar):
            return Department(
                division=placeholder.text, section="", mark="", head=placeholder.text, place=scalar.place(), open=True
            )
        found = next((each for each in self.departments if each.name == scalar.value), None)
        if found is None:
            hint, fix = guess(scalar.value, [each.name for each in self.departments])
            diagnostics.error(
                scalar.place(),
                "department-unknown",
                f"「{scalar.value}」という部課は organization.yaml にありません",
                f"{hint}organization.yaml の「部課」に加えるか、部と課の名を続けて書いてください（例：総務部総務課）",
                fix,
            )
        return found

    def known(self) -> Known:
        """What its files may name, by what it is called: 会議体, 記号, 部課, 例規."""
        return {
            "会議体": [each.key for each in self.committees],
            "記号": self.marks(),
            "部課": [each.name for each in self.departments],
            "例規": list(self.laws),
        }

    def marks(self) -> list[str]:
        """Every 記号 that is written, none for a department without one: 総総, 総人 …"""
        return [each.mark for each in self.departments if each.mark and not each.mark.startswith(PRINTED)]


def check_mark(department: Department, place: Place, organization: Organization, diagnostics: Diagnostics) -> None:
    """A department whose papers bear a document number needs its 記号, if the pattern prints one."""
    if not department.mark and not department.open and "｛記号｝" in organization.style.number_pattern:
        diagnostics.error(
            place,
            "department-no-mark",
            f"「{department.name}」の記号が organization.yaml にありません",
            "「部課」のその課に「記号: …」を書き加えてください（文書番号に使います）",
        )
