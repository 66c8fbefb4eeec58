"""The number and date of an outgoing paper: what 依頼, 発信 and 諮問 share.

In: the mapping. Out: an `Issued`, None where something is still open.
"""

from __future__ import annotations

from dataclasses import field
from datetime import date

from kotobuki.diagnostics import Diagnostics, Place, guess
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.inlines import plain_text
from kotobuki.reading.kinds import Date, Integer, Named, Open
from kotobuki.reading.nodes import Scalar
from kotobuki.reading.placeholders import Placeholder
from kotobuki.reading.records import keyed, where
from kotobuki.settings.organization import Organization


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """The number and date of an outgoing paper; None while it is open, and printed blank or as `number_words`, `date_words`.

    `mark` and `branch` as written, "" / None.
    """

    number: int | None = None
    branch: int | None = None
    mark: str = ""
    date: date | None = None
    place: Place = field(default=Place(""), compare=False)
    number_place: Place = field(default=Place(""), compare=False)
    date_place: Place = field(default=Place(""), compare=False)
    number_words: str = ""
    date_words: str = ""


_DAY = "2022-05-06 又は 令和4年5月6日"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedKeys:
    """The keys of an outgoing paper's number and date: of 諮問, and among others of 依頼 and 発信."""

    number: int | Placeholder | None = keyed("番号", Open(Integer(1)), "文書番号の数字だけ")
    branch: int | None = keyed("枝番", Integer(2), "枝番（2から）")
    mark: Scalar | None = keyed("記号", Named("記号"), "部課の記号。主管課のものと違うときだけ")
    day: date | Placeholder | None = keyed("日付", Open(Date()), _DAY)
    place: Place = where()
    number_place: Place = where("番号")
    date_place: Place = where("日付")

    def issued(self, organization: Organization, diagnostics: Diagnostics) -> Issued:
        """What is given of number and date; a 記号 of no department is a diagnostic."""
        if self.mark and self.mark.value not in organization.marks():
            hint, fix = guess(self.mark.value, organization.marks())
            diagnostics.error(
                self.mark.place(),
                "mark-of-no-department",
                f"「{self.mark.value}」という記号の部課は organization.yaml にありません",
                f"{hint}「部課」にある記号を書くか、その部課を加えてください",
                fix,
            )
        number, day = self.number, self.day
        return Issued(
            number=None if isinstance(number, Placeholder) else number,
            branch=self.branch,
            mark=plain_text(self.mark, diagnostics),
            date=None if isinstance(day, Placeholder) else day,
            place=self.place,
            number_place=self.number_place,
            date_place=self.date_place,
            number_words=number.text if isinstance(number, Placeholder) else "",
            date_words=day.text if isinstance(day, Placeholder) else "",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryKeys(IssuedKeys):
    """諮問, whose number is the secretariat's."""

    mark: Scalar | None = keyed("記号", Named("記号"), "部課の記号。庶務担当課のものと違うときだけ")
