"""A form (様式) as data: which sections and rows a case of its kind has, in which order, under which headings.

In: nothing; these are the values that `form_reading` makes of `templates/<form>/form.yaml`. A new form needs no Python.
"""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from dataclasses import field, replace
from typing import Literal, get_args

from kotobuki.diagnostics import Place
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.inlines import Inlines
from kotobuki.reading.nodes import Scalar
from kotobuki.settings.house_style import ContractorStyle, DataItemStyle, HouseStyle

Numbering = Literal["none", "start", "continue"]
NUMBERINGS: dict[str, Numbering] = {"なし": "none", "初めから": "start", "続き": "continue"}
TypedBlock = Literal["日程", "体制", "個人情報", "事業者", "値", "表", "図", "画像"]
"""The blocks that a machine can check and lay out better than prose, as authors call them."""
TYPED: tuple[TypedBlock, ...] = get_args(TypedBlock)
KINDS: tuple[str, ...] = ("内容", *TYPED)
HeadRow = Literal["", "毎ページ", "初めだけ", "なし"]
HEAD_ROWS: tuple[HeadRow, ...] = ("毎ページ", "初めだけ", "なし")
REPEATS: dict[str, bool] = {"毎ページ": True, "初めだけ": False}
"""Whether a table repeats its row of heads on each page; for the rest, the house style says."""
Use = Literal["required", "optional", "none"]
USES: dict[str, Use] = {"必須": "required", "任意": "optional", "なし": "none"}
JOINED = "議案"
"""The name of the file that joins all papers of a bundle: no paper may have it."""


def typed_block(name: str) -> TypedBlock | None:
    """The typed block of that name, None for any other name (内容, 文 …)."""
    return next((each for each in TYPED if each == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowForm:
    """A row of a form's table. `headings`: of data items and of their count, for the kind 個人情報.

    `guide`: what to write there, in a sentence, for those who draft; "" = nothing to say.
    """

    name: str
    heading: Inlines
    kind: str = "内容"
    required: bool = False
    headings: tuple[str, str] = ("個人情報の項目", "件数")
    guide: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionForm:
    """A section. `default`: what it prints if the case does not write it; `guide` as of a row; the rest is for the kind 表.

    `head_row`: "" = as the house style has it.
    """

    name: str
    heading: Inlines
    kind: str = "内容"
    required: bool = False
    default: Scalar | None = None
    columns: tuple[str, ...] = ()
    widths: tuple[float, ...] = ()
    head_row: HeadRow = ""
    rows: tuple[RowForm, ...] = ()
    headings: tuple[str, str] = ("個人情報の項目", "件数")
    guide: str = ""

    @property
    def width(self) -> int:
        """The number of columns of its table, that of the rows' labels counted in."""
        return max(len(self.columns), 2)

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads that its table prints."""
        return () if self.head_row == "なし" else self.columns


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperForm:
    """A paper of the form.

    template   path of its template below templates/: a text, or a department's own Word form (.docx)
    numbering  of its pages, as in `document.Paper`
    meeting    whether it is made only for a meeting (the cover, the 諮問書)
    pages      how many pages a Word form has
    wordable   the roles whose line a case may word itself (文言)
    """

    name: str
    template: Scalar
    numbering: Numbering = "continue"
    meeting: bool = False
    pages: int = 1
    wordable: tuple[str, ...] = ()

    @property
    def is_word(self) -> bool:
        """Whether it is a Word form, filled as it stands."""
        return self.template.value.lower().endswith(".docx")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form: its sections, and its papers in the order of the bundle.

    header   which keys the head of its cases must, may or cannot have; every one that there is is in it
    purpose  when to use it, in a sentence
    free     a case writes headings of its own among the sections, as they come
    letters  the kinds of letter that 発信 may name (通知, 照会 …); () = it names none
    contractors, data_items  how its papers print these, where the house has it otherwise
    """

    name: str
    sections: tuple[SectionForm, ...]
    papers: tuple[PaperForm, ...]
    header: Dictionary[str, Use]
    purpose: str = ""
    free: bool = False
    letters: tuple[str, ...] = ()
    contractors: ContractorStyle | None = None
    data_items: DataItemStyle | None = None
    place: Place = field(default=Place(""), compare=False)

    def styled(self, house: HouseStyle) -> HouseStyle:
        """The house style as the papers of this form have it."""
        if not (self.contractors or self.data_items):
            return house
        return replace(
            house,
            contractors=self.contractors or house.contractors,
            data_items=self.data_items or house.data_items,
        )

    def uses(self, name: str) -> bool:
        """Whether its cases may have that key at their head."""
        return self.header[name] != "none"

    def requires(self, name: str) -> bool:
        """Whether its cases must have that key at their head."""
        return self.header[name] == "required"
