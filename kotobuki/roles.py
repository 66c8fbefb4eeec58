"""The roles that Kotobuki gives to paragraphs and tables by itself, each with the style of `templates/base.docx` for it.

A role is one of a family (running text, a table, one of small type, an article of a regulation), a name, often a level:
項目 of level 2 is 項目2, in a table 表項目2, and what stands under it 項目2本文. All of them are declared here, so that the
whole product can be asked of a base.docx. Templates may use further styles of it by their names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from enum import Enum, StrEnum
from functools import lru_cache

from kotobuki.lazy_dataclasses import dataclass


class RoleFamily(Enum):
    """Where a paragraph stands; the value begins the name of its style."""

    TEXT = ""
    TABLE = "表"
    SMALL_TABLE = "小表"
    LAW = "規程"

    @property
    def is_table(self) -> bool:
        """Whether it is a cell."""
        return self in (RoleFamily.TABLE, RoleFamily.SMALL_TABLE)


class RoleName(StrEnum):
    """The names that roles of several families share."""

    BODY = "本文"
    PHRASE = "語句"
    HEAD = "見出し"
    ITEM = "項目"
    NOTE = "注"
    BULLET = "箇条"
    CONTRACTOR = "事業者"
    FIGURE = "数値"


@dataclass(frozen=True, slots=True)
class Role:
    """A role. `level`: of an item, from 1; 0 = it has none. `under`: of what stands under such a paragraph.

    `style`: the name of its style, 表項目2本文; it follows from the others, and is asked for more often than roles are made.
    """

    family: RoleFamily
    name: str
    level: int = 0
    under: bool = False
    style: str = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Names the style."""
        style = f"{self.family.value}{self.name}{self.level or ''}{RoleName.BODY if self.under else ''}"
        object.__setattr__(self, "style", style)

    def __hash__(self) -> int:
        """By its style, which is as good as all and knows its hash."""
        return hash(self.style)

    @property
    def beneath(self) -> Role:
        """The role of what stands under it."""
        return _beneath(self)


@lru_cache(maxsize=256)
def _beneath(role: Role) -> Role:
    return Role(role.family, role.name, role.level, under=True)


def within(path: str, role: Role) -> str:
    """The styles of roles that stand in each other, outermost first, with one more in them: 節本文/項目1本文."""
    return f"{path}/{role.style}" if path else role.style


STANDARD = Role(RoleFamily.TEXT, "標準")
PAGE_NUMBER = Role(RoleFamily.TEXT, "ページ番号")
DRAFT = Role(RoleFamily.TEXT, "案")
TITLE = Role(RoleFamily.TEXT, "標題")
BODY = Role(RoleFamily.TEXT, RoleName.BODY)
SECTION_HEADING = Role(RoleFamily.TEXT, "節見出し")
SECTION_BODY = Role(RoleFamily.TEXT, "節本文")
TABLE_TITLE = Role(RoleFamily.TEXT, "表題")
SCHEDULE_YEAR = Role(RoleFamily.TEXT, "日程年")
SCHEDULE_TIME = Role(RoleFamily.TEXT, "日程月")
SCHEDULE_EVENT = Role(RoleFamily.TEXT, "日程内容")

ANNEX_MARK = Role(RoleFamily.TEXT, "別紙標示")
ANNEX_TITLE = Role(RoleFamily.TEXT, "別紙題名")
LAW_TABLE_MARK = Role(RoleFamily.TEXT, "別表標示")

LAW_TITLE = Role(RoleFamily.LAW, "題名")
LAW_DATE = Role(RoleFamily.LAW, "日付")
CHAPTER = Role(RoleFamily.TEXT, "章")
CHAPTER_SECTION = Role(RoleFamily.TEXT, "章の節")
ARTICLE = Role(RoleFamily.TEXT, "条")
BARE_ARTICLE = Role(RoleFamily.TEXT, "見出しのない条")
ARTICLE_HEADING = Role(RoleFamily.TEXT, "条見出し")
ARTICLE_BODY = ARTICLE.beneath
LAW_PARAGRAPH = Role(RoleFamily.TEXT, "項")
SUPPLEMENT = Role(RoleFamily.TEXT, "附則")

CELL_HEAD = Role(RoleFamily.TABLE, RoleName.HEAD)
CELL_PHRASE = Role(RoleFamily.TABLE, RoleName.PHRASE)
CELL_FIGURE = Role(RoleFamily.TABLE, RoleName.FIGURE)
ROW_LABEL = Role(RoleFamily.TABLE, RoleName.ITEM)
NUMBERED_ROW_LABEL = Role(RoleFamily.TABLE, RoleName.ITEM, 1)
SPACED_ITEM = Role(RoleFamily.TEXT, "空き項目", 1)
"""An item of the first level with a blank line above it (項目の間); beneath it stands what stands beneath any."""

_SINGLE = (
    *(STANDARD, PAGE_NUMBER, DRAFT, TITLE, BODY, SECTION_HEADING, SECTION_BODY, TABLE_TITLE),
    *(SCHEDULE_YEAR, SCHEDULE_TIME, SCHEDULE_EVENT, ANNEX_MARK, ANNEX_TITLE, LAW_TABLE_MARK, LAW_TITLE, LAW_DATE),
    *(
        CHAPTER,
        CHAPTER_SECTION,
        ARTICLE,
        BARE_ARTICLE,
        ARTICLE_HEADING,
        ARTICLE_BODY,
        LAW_PARAGRAPH,
        SUPPLEMENT,
        SPACED_ITEM,
    ),
)
LEVELS = 6
"""How deep lists of items go outside articles."""
_POINTS = (None, Role(RoleFamily.TEXT, "号"), *(Role(RoleFamily.TEXT, "細分", level) for level in (1, 2, 3)))
"""Items of an article: the lists of a 項 begin with the second level."""
_ITEMS: Mapping[RoleFamily, tuple[Role | None, ...]] = {
    **{family: tuple(Role(family, RoleName.ITEM, 1 + level) for level in range(LEVELS)) for family in RoleFamily},
    RoleFamily.LAW: _POINTS,
}


def items(family: RoleFamily) -> tuple[Role | None, ...]:
    """The roles of the items of a list, the first level first; None = a level that has none."""
    return _ITEMS[family]


def _declared() -> Iterator[Role]:
    yield from _SINGLE
    for family in RoleFamily:
        yield Role(family, RoleName.CONTRACTOR)
        for role in (*items(family), Role(family, RoleName.NOTE), Role(family, RoleName.BULLET)):
            yield from (role, role.beneath) if role else ()
        if family.is_table:
            own = (RoleName.HEAD, RoleName.PHRASE, RoleName.FIGURE, RoleName.ITEM, RoleName.BODY)
            yield from (Role(family, name) for name in own)


ROLES = frozenset(_declared())
"""All of them: the product of the families with the names and levels that each has."""
_BY_STYLE = {role.style: role for role in ROLES}
STYLES = frozenset(_BY_STYLE)


@lru_cache(maxsize=256)
def role_named(style: str) -> Role:
    """The role of a style, which may be one that base.docx alone knows."""
    return _BY_STYLE.get(style) or Role(RoleFamily.TEXT, style)


@dataclass(frozen=True, slots=True)
class TableRole:
    """The role of a table: with rules or without, of small type or not."""

    ruled: bool = True
    small: bool = False

    @property
    def style(self) -> str:
        """The name of its style: 小罫線なし."""
        return f"{'小' if self.small else ''}{'表' if self.ruled else '罫線なし'}"


TABLE_ROLES = frozenset(TableRole(ruled, small) for ruled in (False, True) for small in (False, True))
TABLE_STYLES = frozenset(role.style for role in TABLE_ROLES)
