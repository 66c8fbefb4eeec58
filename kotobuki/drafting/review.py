"""What of last year's words is likely to be no longer true: years and dates, numbers of papers, what was answered, counts.

In: a text. Out: the words to look at. Rule: the number of a law (昭和25年法律第247号) does not change and is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kotobuki.japanese.wareki import ERAS
from kotobuki.reading.openings import REVIEW

MARK = f"# {REVIEW}："
"""How a comment begins that points at them."""
_MOST = 5  # that are named in one comment: a line of it stays short enough to be read

_DIGITS = "[0-9０-９]"
_DATE = (
    rf"(?:(?:{'|'.join(era.name for era in ERAS)})(?:{_DIGITS}{{1,2}}|元)|(?<!{_DIGITS})(?:19|20){_DIGITS}{{2}})年度?"
)
_DATE += rf"(?:{_DIGITS}{{1,2}}月(?:{_DIGITS}{{1,2}}日)?)?"
_ISO = r"(?<![0-9])(?:19|20)[0-9]{2}-[0-9]{1,2}(?:-[0-9]{1,2})?(?![0-9])"
_LAW = rf"{_DATE}(?:(?!付け)[^、。（）｛｝\s]){{0,16}}第{_DIGITS}+号"
_PAPER = rf"(?<![第0-9０-９])[{''.join(era.name[0] for era in ERAS)}]?{_DIGITS}{{1,2}}(?:(?![年月日条項号章節])[一-龠々ァ-ヶ]){{1,10}}第{_DIGITS}+号(?:の{_DIGITS}+)?"
_UNITS = "件|人|名|世帯|台|回|円|千円|万円|億円|か所|箇所|枚|冊|館|校|％|%"
_COUNT = rf"約?{_DIGITS}+(?:[,，.．]{_DIGITS}+)*(?:{_UNITS})(?:[／/][年月日週])?"
_PATTERN = re.compile(
    rf"(?P<law>{_LAW})|(?P<answered>{_DATE}[^、。（）｛｝\s]*答申[^、。（）｛｝\s]*)|{_DATE}|{_ISO}|{_PAPER}|{_COUNT}"
)


def doubtful(texts: Iterable[str]) -> list[str]:
    """The words to look at, each once, in the order written."""
    matches = (match for text in texts for match in _PATTERN.finditer(text))
    return list(dict.fromkeys(match.group() for match in matches if not match["law"]))


def comment(words: list[str]) -> str:
    """The comment that points at them: # 確認：令和4年5月18日、令和5年3月; behind five, ほか2か所."""
    more = f" ほか{len(words) - _MOST}か所" if len(words) > _MOST else ""
    return MARK + "、".join(words[:_MOST]) + more
