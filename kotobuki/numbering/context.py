"""Where content stands: what decides the roles and labels of what is laid flat."""

from __future__ import annotations

from kotobuki.japanese.labels import parse_label
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.roles import LAW_PARAGRAPH, SPACED_ITEM, Role, RoleFamily, RoleName, items, within


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Where content stands.

    family   of the roles: running text, a table, one of small type, an article
    level    of the next list
    role     of a plain paragraph; None = by its words, as in a cell
    labels   samples of the labels by level
    spaced   its items of the first level have a blank line above them
    base     roles that absolute columns are measured from (a note or bullet around), as a `Paragraph` has them; inside:
             those of relative ones
    """

    family: RoleFamily
    level: int
    role: Role | None
    labels: tuple[str, ...]
    base: str = ""
    inside: str = ""
    notes: bool = True
    spaced: bool = False

    @property
    def is_law(self) -> bool:
        """Whether a list here is one of 号."""
        return self.family is RoleFamily.LAW

    @property
    def is_small(self) -> bool:
        """Whether tables here are of small type, as the text around them is."""
        return self.family in (RoleFamily.SMALL_TABLE, RoleFamily.LAW)

    @property
    def deepest(self) -> int:
        """The levels of items that base.docx has styles for."""
        return len(items(self.family))

    def item_role(self, level: int) -> Role | None:
        """The role of items of a level, None where there is none.

        Roles are made for １, （１）, ア and so on: where 第１ stands above １, both are numbers of the first kind.
        """
        own = level - self._has_two_numbers if level > 1 else level
        return items(self.family)[own - 1] if own <= self.deepest else None

    def item_base(self, level: int) -> str:
        """What items of a level are measured from: numbers below others stand a column further in, and so do bracketed
        ones, （１） excepted, which the blank of its bracket sets off.
        """
        has_two_numbers = self._has_two_numbers
        bracketed = 2 + has_two_numbers
        pattern = parse_label(self.labels[bracketed - 1])
        further = level >= bracketed and pattern is not None and not pattern.closed
        base = self.base
        for _ in range(further + (has_two_numbers and level > 1)):
            base = within(base, LAW_PARAGRAPH if self.is_law else Role(self.family, RoleName.ITEM, 1).beneath)
        return base

    @property
    def _has_two_numbers(self) -> bool:
        """Whether the second level is a number as the first one is: 第１, １, （１）."""
        second = parse_label(self.labels[1])
        return second is not None and second.plain and not self.is_law

    def below(self, role: Role, level: int, base: str) -> Context:
        """What stands under the items of a level, which are of `role` and measured from `base`."""
        return Context(
            family=self.family,
            level=level + 1,
            role=role.beneath,
            labels=self.labels,
            base=self.base,
            inside=within(base, role.beneath),
            notes=self.notes,
            spaced=self.spaced,
        )

    def shown_as(self, role: Role, level: int) -> Role:
        """The role of the paragraph that begins an item of `role`."""
        return SPACED_ITEM if self.spaced and level == 1 else role


def table_role(role: Role, family: RoleFamily) -> Role:
    """A role of tables as it is where the roles are those of `family`."""
    is_smaller = family is RoleFamily.SMALL_TABLE and role.family is RoleFamily.TABLE
    return Role(family, role.name, role.level, role.under) if is_smaller else role
