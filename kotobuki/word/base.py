"""What `templates/base.docx` is to the rest: the one stylesheet of both outputs, and the parts that every .docx carries on.

A `BasePackage` is read by `base_file`. Here stands what it must have, and what stands in for one that cannot be read.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import TypeVar

from kotobuki.archive import PackageError
from kotobuki.diagnostics import Diagnostics, Place, nearest
from kotobuki.document import Document, Paragraph, Table, all_blocks
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.roles import STANDARD, STYLES, TABLE_STYLES
from kotobuki.stylesheet import PageSetup, ParagraphStyle, Stylesheet, TableStyle

A4 = PageSetup(width=595.3, height=841.9, top=56.7, right=56.7, bottom=56.7, left=56.7, header=28.35, footer=28.35)
PLAIN = ParagraphStyle(name=STANDARD.style, font="ＭＳ 明朝", size=12.0, line=18.0)
_Style = TypeVar("_Style")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class BasePackage:
    """base.docx, opened once for any number of documents.

    `paragraph_ids`, `table_ids`: w:styleId by style name; `outline`: the outline level a paragraph style gives;
    `grid`: pitch of the document grid in pt, 0 = none; `styles`, `settings`, `fonts`: the parts, as text.
    """

    stylesheet: Stylesheet
    paragraph_ids: Mapping[str, str]
    table_ids: Mapping[str, str]
    outline: Mapping[str, int]
    grid: float
    styles: str
    settings: str
    fonts: str


class _Every(dict[str, _Style]):
    """What stands in for the styles of a file that cannot be read: it has them all, so that nothing else is blamed."""

    def __init__(self, style: _Style) -> None:
        super().__init__({STANDARD.style: style})
        self._style = style

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> _Style:
        return self._style


_STAND_IN = BasePackage(
    stylesheet=Stylesheet(A4, PLAIN.size, _Every(PLAIN), _Every(TableStyle(name="表"))),
    paragraph_ids={},
    table_ids={},
    outline={},
    grid=0.0,
    styles="",
    settings="",
    fonts="",
)


def unreadable(error: PackageError, place: Place, diagnostics: Diagnostics) -> BasePackage:
    """What stands in for a base.docx that cannot be read, after the diagnostic."""
    remedy = "Word で開いて「Word 文書（.docx）」として保存し直すか、配布された base.docx を置いてください"
    diagnostics.error(place, "base-file", f"スタイルの元になる文書を読めません。{error}", remedy)
    return _STAND_IN


def check_roles(document: Document, stylesheet: Stylesheet, shown: str, diagnostics: Diagnostics) -> None:
    """Reports the styles that base.docx (for the user: `shown`) lacks: any that Kotobuki may give to a paragraph or table
    by itself, whether this document has one of that look or not, and those that the document's templates name.
    """
    blocks = [block for paper in document.papers for block in all_blocks(paper.blocks)]
    styles = STYLES | {block.role for block in blocks if isinstance(block, Paragraph)}
    styles |= {role for inside in {block.inside for block in blocks if block.inside} for role in inside.split("/")}
    tables = TABLE_STYLES | {block.style for block in blocks if isinstance(block, Table)}
    require_styles(styles, stylesheet.paragraphs, Place(shown), diagnostics)
    require_styles(tables, stylesheet.tables, Place(shown), diagnostics)


def require_styles(
    names: Set[str],
    known: Mapping[str, ParagraphStyle] | Mapping[str, TableStyle],
    place: Place,
    diagnostics: Diagnostics,
) -> None:
    """Reports each name that is no style."""
    for name in sorted(name for name in names if name not in known):
        close = nearest(name, list(known))
        hint = f"。「{close}」の名前を変えたのなら元に戻してください" if close else ""
        remedy = f"Word で base.docx を開き、「{name}」という名前のスタイルを作ってください{hint}"
        diagnostics.error(place, "base-style", f"スタイル「{name}」がありません", remedy)
