"""Where content stands: what decides the roles and labels of what is laid flat."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kotobuki.numbering.targets import Target
from kotobuki.roles import Role, RoleFamily, RolePath, items


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Where content stands.

    family   of the roles: running text, a table, one of small type, an article
    level    of the next list
    role     of a plain paragraph; None = by its words, as in a cell
    labels   samples of the labels by level
    base     role path that absolute columns are measured from (a note or bullet around), inside: relative ones
    """

    family: RoleFamily
    level: int
    role: Role | None
    labels: tuple[str, ...]
    base: RolePath = ()
    inside: RolePath = ()
    parents: tuple[Target, ...] = ()
    notes: bool = True

    @property
    def is_law(self) -> bool:
        """Whether a list here is one of 号."""
        return self.family is RoleFamily.LAW

    @property
    def in_table(self) -> bool:
        """Whether this is a cell, of a table of usual or small type."""
        return self.family.is_table

    @property
    def is_small(self) -> bool:
        """Whether tables here are of small type, as the text around them is."""
        return self.family in (RoleFamily.SMALL_TABLE, RoleFamily.LAW)

    @property
    def deepest(self) -> int:
        """The levels of items that base.docx has styles for."""
        return len(items(self.family))

    def item_role(self, level: int) -> Role | None:
        """The role of items of a level, None where there is none."""
        return items(self.family)[level - 1] if level <= self.deepest else None

    def table_role(self, role: Role) -> Role:
        """A role of tables as it is here."""
        is_smaller = self.family is RoleFamily.SMALL_TABLE and role.family is RoleFamily.TABLE
        return replace(role, family=self.family) if is_smaller else role
