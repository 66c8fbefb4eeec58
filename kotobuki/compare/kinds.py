"""The kinds of parts that a compared tree is made of, and what is true of each: the one table of both.

To add a kind, add its row here and make its nodes in one of the trees; `Traits` says what there is to decide.
"""

from __future__ import annotations

from enum import Enum
from typing import Literal

from kotobuki.lazy_dataclasses import dataclass

Line = Literal["plain", "hanging", "running", "note"]
"""How the own line of a part stands in a 新旧対照表: as words; hanging from its number; as a paragraph of the item that it
stands under; as a note.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What is true of all parts of a kind.

    said         what it is, in the words of its users
    is_root      it is the version itself, and no step in the path to a change
    under        the path of headings that changes of it are listed under where they stand under none

    How it is found again in the other version:

    movable      it is looked for elsewhere when it is gone; other kinds mean nothing away from where they stand
    renamable    with another name it can still be the same part; others are another part then
    unmistakable its name alone tells that it is the same part, in whatever place and however rewritten
    sole         where one is gone and one came in its place, they are one part rewritten, however unlike

    How it is called and shown:

    named        it is called by its name, its words being a value
    entry        it is printed as 名：語
    bracketed    it is called by its name in brackets, ［名］
    located      its number tells where something stood; that of others is too weak, or counted anew by each list
    silent       where it did not change it is not worth a （略）
    division     in a run of （略） it stands without an indent, though its own line hangs
    provision    it makes what it stands in a regulation
    """

    said: str
    is_root: bool = False
    under: tuple[str, ...] = ()
    movable: bool = False
    renamable: bool = False
    unmistakable: bool = False
    sole: bool = False
    named: bool = False
    entry: bool = False
    bracketed: bool = False
    located: bool = True
    silent: bool = False
    division: bool = False
    provision: bool = False
    line: Line = "plain"


class Kind(Enum):
    """What a part of a version is: of a case its sections and items, of a regulation 条, 項 and 号, of any file its keys."""

    CASE = Traits(said="案件", is_root=True)
    FILE = Traits(said="ファイル", is_root=True)

    # The head of a case, the keys of any file.
    HEAD = Traits(said="先頭", under=("案件の先頭",), named=True, entry=True, silent=True)
    TERM = Traits(said="用語", under=("用語",), named=True, silent=True)
    KEY = Traits(said="欄名", named=True, entry=True)

    # Authored content.
    SECTION = Traits(said="節", movable=True, renamable=True, unmistakable=True, division=True, line="hanging")
    ITEM = Traits(said="項目", movable=True)
    PARAGRAPH = Traits(said="段落", movable=True, sole=True, line="running")
    BULLET = Traits(said="箇条", located=False, line="note")
    NOTE = Traits(said="注", movable=True, located=False, line="note")
    VALUE = Traits(said="値", renamable=True, line="running")
    TABLE = Traits(said="表")
    HEADS = Traits(said="見出しの行", silent=True)
    ROW = Traits(said="行", movable=True, renamable=True, bracketed=True)
    CELL = Traits(said="欄", renamable=True, named=True, entry=True)
    FIGURE = Traits(said="図")
    FIGURE_TEXT = Traits(said="図の文", sole=True)

    # What stands in typed blocks.
    EVENT = Traits(said="日程", line="running")
    DATA = Traits(said="個人情報", line="running")
    DATA_ITEM = Traits(said="個人情報の項目", line="running")
    COUNT = Traits(said="件数", line="running")
    CONSORTIUM = Traits(said="共同事業体")
    CONTRACTOR = Traits(said="事業者", line="running")
    REPRESENTATIVE = Traits(said="代表者", line="running")
    ADDRESS = Traits(said="所在地", line="running")
    CERTIFICATION = Traits(said="認証", line="running")

    # What is bound in.
    ANNEX = Traits(said="別紙", movable=True, unmistakable=True, division=True, line="hanging")
    EXISTING = Traits(said="別添", movable=True, division=True, line="hanging")
    REMARK = Traits(said="注記")

    # A regulation.
    DATE = Traits(said="日付", silent=True)
    CHAPTER = Traits(said="章", movable=True, located=False, division=True, provision=True, line="hanging")
    ARTICLE = Traits(said="条", movable=True, provision=True)
    CLAUSE = Traits(said="項", movable=True, sole=True, line="hanging")
    POINT = Traits(said="号", movable=True)
    SUPPLEMENT = Traits(said="附則")
    SCHEDULE = Traits(said="別表", movable=True, line="hanging")
    FORM = Traits(said="様式", movable=True, line="hanging")

    @property
    def traits(self) -> Traits:
        """What is true of all parts of the kind."""
        return self.value

    @property
    def said(self) -> str:
        """What it is, in the words of its users."""
        return self.value.said
