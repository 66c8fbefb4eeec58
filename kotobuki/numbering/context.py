"""Where content stands: what decides the roles and labels of what is laid flat."""

from __future__ import annotations

from dataclasses import dataclass

from kotobuki.numbering.targets import Target

_ITEMS = ("項目1", "項目2", "項目3", "項目4", "項目5", "項目6")
_POINTS = ("", "号", "細分1", "細分2", "細分3")
LAW = "規程"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Where content stands.

    prefix   the family of roles: "" in running text, "表" in a table, "小表" in one of small type, "規程" in an article
    level    of the next list
    role     of a plain paragraph; "" = by its words, as in a cell
    labels   samples of the labels by level
    base     role path that absolute columns are measured from (a note or bullet around), inside: relative ones
    """

    prefix: str
    level: int
    role: str
    labels: tuple[str, ...]
    base: str = ""
    inside: str = ""
    parents: tuple[Target, ...] = ()
    notes: bool = True

    def into(self, role: str) -> str:
        """The path of `role` below this context."""
        return f"{self.base}/{role}" if self.base else role

    @property
    def is_law(self) -> bool:
        """Whether a list here is one of 号."""
        return self.prefix == LAW

    @property
    def in_table(self) -> bool:
        """Whether this is a cell, of a table of usual or small type."""
        return self.prefix.endswith("表")

    @property
    def is_small(self) -> bool:
        """Whether tables here are of small type, as the text around them is."""
        return self.prefix in ("小表", LAW)

    @property
    def deepest(self) -> int:
        """The levels of items that base.docx has styles for."""
        return len(_POINTS if self.is_law else _ITEMS)

    def item_role(self, level: int) -> str:
        """The role of items of a level, "" where there is none."""
        if level > self.deepest:
            return ""
        return _POINTS[level - 1] if self.is_law else self.prefix + _ITEMS[level - 1]

    def table_role(self, role: str) -> str:
        """A role of tables as it is called here."""
        return "小" + role if self.prefix == "小表" and role.startswith("表") else role
