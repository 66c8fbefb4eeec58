"""Series of numbers: a 部課's 記号 and the kind of paper (総総 and 送: 総総送), as the house style prints them.

In: the organization. Out: the series there are, and numbers in words. Rule (C2): the kind is what the pattern of
表記 has between ｛記号｝ and 第; numbers run by series and fiscal year.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from kotobuki.diagnostics import Diagnostics, Place, guess
from kotobuki.file_names import fault_of, folded
from kotobuki.forms.numbers import document_number
from kotobuki.lazy_patterns import lazy_pattern
from kotobuki.register.entries import NumberKey
from kotobuki.settings.house_style import HouseStyle
from kotobuki.settings.issued import Issued
from kotobuki.settings.organization import Organization

_KIND = re.compile(r"｛記号｝([^\W\d_第]*)")
_UNSAFE = lazy_pattern(r"[.\s]")  # beside what no name of a file can have


def series_of(mark: str, style: HouseStyle) -> str:
    """As 総総送; the 記号 alone where the pattern has no kind."""
    match = _KIND.search(style.number_pattern)
    return mark + (match.group(1) if match else "")


def find_mark(text: str, organization: Organization, diagnostics: Diagnostics) -> str | None:
    """The 記号 whose series `text` names; an unknown one is a diagnostic."""
    known = {series_of(mark, organization.style): mark for mark in dict.fromkeys(organization.marks())}
    fault = fault_of(text) or "空白か点があります" * bool(_UNSAFE.search(text))
    twin = next((each for each in known if each != text and folded(each) == folded(text)), "")
    if text in known and not fault and not twin:
        return known[text]
    hint = guess(text, list(known)).hint
    reason = f"「{text}」という記号の部課は organization.yaml にありません"
    if text in known:
        hint, reason = "", f"記号「{known[text]}」は、台帳のファイルの名に使えません（{fault}）"
        if not fault:
            reason = f"記号「{known[text]}」と「{known[twin]}」は、台帳のファイルの名では区別できないパソコンがあります"
    if not text:
        reason = "記号がありません"
    usable = f"使えるのは {'・'.join(known)} です" if known else "部課の「記号」が organization.yaml にまだありません"
    remedy = f"{hint}部課の「記号」に、表記の「文書番号」にある種別を続けて書きます。{usable}"
    diagnostics.error(Place(text or "記号"), "series-unknown", reason, remedy)
    return None


def number_text(key: NumberKey, mark: str, day: date, style: HouseStyle) -> str:
    """The number as papers print it: 22総総送第81号."""
    number, branch = key
    return document_number(Issued(number=number, branch=branch or None, mark=mark, date=day), mark, style, None)


def plain(text: str) -> str:
    """A number for comparing: without blanks, widths of no account."""
    return "".join(unicodedata.normalize("NFKC", text).split())
