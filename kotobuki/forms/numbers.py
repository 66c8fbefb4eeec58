"""Document numbers and dates as papers print them; what is still open prints blank.

In: an `Issued`, the house style. Out: words, and whether anything in them is open. Rules: the year is that of the fiscal
year of the date (April to March), Western (22) or of the era (4), as the pattern of the house style says (C2).
"""

from __future__ import annotations

from kotobuki.japanese.wareki import fiscal_year, format_date, wareki_of_fiscal_year
from kotobuki.settings.house_style import HouseStyle
from kotobuki.settings.issued import Issued
from kotobuki.settings.meeting import Meeting

BLANK = "　　"
"""Room for a number to be written in: content, not layout."""


def document_number(issued: Issued, mark: str, style: HouseStyle, year: int | None) -> str:
    """As 22総総送第80号. `year`: the fiscal year where the date does not give it."""
    if issued.date is not None:
        year = fiscal_year(issued.date)
    era = wareki_of_fiscal_year(year) if year is not None else None
    words = {
        "元号": era.era[0] if era else "",
        "年": BLANK if era is None or year is None else f"{year % 100:02}" if style.western_year else era.year_text,
        "記号": issued.mark or mark or BLANK,
        "番号": str(issued.number) if issued.number is not None else issued.number_words or BLANK,
        "枝番": f"の{issued.branch}" if issued.branch is not None else "",
    }
    text = style.number_pattern
    for name, value in words.items():
        text = text.replace(f"｛{name}｝", value)
    return text


def document_date(issued: Issued, year: int | None) -> str:
    """As 令和4年5月11日; an open one as 令和4年　　月　　日, the year from the meeting."""
    if issued.date is not None:
        return format_date(issued.date)
    if issued.date_words:
        return issued.date_words
    known = wareki_of_fiscal_year(year).text if year is not None else f"{BLANK}年"
    return f"{known}{BLANK}月{BLANK}日"


def year_of(meeting: Meeting) -> str:
    """年度 of a meeting as printed, an open one by its placeholder."""
    return meeting.words["年度"] if meeting.fiscal_year is None else era_fiscal_year(meeting.fiscal_year)


def session_of(meeting: Meeting) -> str:
    """回 of a meeting as printed, as `year_of`."""
    return meeting.words["回"] if meeting.session is None else str(meeting.session)


def era_fiscal_year(year: int) -> str:
    """As 令和4年度."""
    return wareki_of_fiscal_year(year).text + "度"
