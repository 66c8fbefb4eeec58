"""Entries of the register, and the numbers they come to.

In: the entries of one ledger (the numbers of one 記号 and kind in one fiscal year), in the order of its lines. Out: a
`Ledger` of `NumberRecord`s, and a diagnostic for every line that breaks a rule. Rules: numbers run from 1 without a gap, 枝番
from 2; a number is reserved and issued at most once, its entries stand together, and nothing comes after 取消.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING, Literal, get_args

from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.lazy_dataclasses import dataclass

if TYPE_CHECKING:
    from kotobuki.spreadsheets.table import Table

State = Literal["予約", "発行", "併用", "移動", "取消"]
"""What an entry records: reserved, issued, one more paper sent under the number, its file renamed, voided."""
STATES: tuple[str, ...] = get_args(State)

_AFTER: dict[str, tuple[State, ...]] = {
    "": ("予約", "発行"),
    "予約": ("発行", "取消"),
    "発行": ("併用", "移動", "取消"),
    "取消": (),
}
"""Which entries may follow in which state of a number; 併用 and 移動 leave it 発行."""

NumberKey = tuple[int, int]
"""A number and its 枝番 (0: none): the order of the ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One line: what was recorded of a number. `text` is the number as printed, `case` a path below the root."""

    text: str
    key: NumberKey
    state: State
    day: date
    subject: str = ""
    case: str = ""
    note: str = ""
    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True, slots=True)
class NumberRecord:
    """A number with all its entries, the first to the last."""

    entries: tuple[LedgerEntry, ...]

    @property
    def key(self) -> NumberKey:
        """Its number and 枝番 (0 = none), by which it is known within its ledger."""
        return self.entries[0].key

    @property
    def text(self) -> str:
        """The number as it was issued and printed, mark and all."""
        return self._issued.text

    @property
    def subject(self) -> str:
        """What it was issued or reserved for."""
        return self._issued.subject

    @property
    def day(self) -> date:
        """When it was issued or reserved."""
        return self._issued.day

    @property
    def state(self) -> State:
        """予約, 発行 or 取消."""
        return next(each.state for each in reversed(self.entries) if each.state in _AFTER)

    @property
    def cases(self) -> tuple[str, ...]:
        """The papers that bear it, as paths below the root; renamed ones by their new name."""
        found: list[str] = []
        for each in self.entries:
            if each.state == "移動":
                found = [case for case in found if case != each.note]
            if each.case and each.case not in found:
                found.append(each.case)
        return tuple(found)

    @property
    def _issued(self) -> LedgerEntry:
        return next((each for each in self.entries if each.state == "発行"), self.entries[0])


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger read: the numbers of `series` (記号 and kind) in a fiscal year, in their order."""

    year: int
    series: str
    records: dict[NumberKey, NumberRecord] = field(default_factory=dict)

    def next_number(self) -> int:
        """The number that comes next: one behind the greatest ever taken. One that was voided is not given again."""
        return max((number for number, _ in self.records), default=0) + 1

    def next_branch(self, number: int) -> int:
        """The 枝番 of `number` that comes next; the first is 2."""
        return max(1, *(branch for main, branch in self.records if main == number)) + 1

    def of_case(self, case: str) -> NumberRecord | None:
        """The number in force that a paper bears."""
        found = (each for each in self.records.values() if each.state == "発行" and case in each.cases)
        return next(found, None)


def name_of(key: NumberKey) -> str:
    """A number as messages name it, 第5号 or 第5号の2; digits half-width, without the mark of its series."""
    number, branch = key
    return f"第{number}号" + (f"の{branch}" if branch else "")


def fold(year: int, series: str, entries: Iterable[LedgerEntry], diagnostics: Diagnostics) -> Ledger:
    """The book that the entries come to."""
    records: dict[NumberKey, NumberRecord] = {}
    last: NumberKey = (0, 0)
    for entry in entries:
        if entry.key < last:
            diagnostics.error(
                entry.place,
                "register-order",
                f"{name_of(entry.key)}の行が、{name_of(last)}より後にあります",
                "版の統合などで入れ替わった行を、番号の順に並べ直してください",
            )
            continue
        before = records.get(entry.key)
        if before is None:
            _check_gap(last, entry, diagnostics)
        if _may_follow(before, entry, diagnostics):
            records[entry.key] = NumberRecord((*(before.entries if before else ()), entry))
        last = entry.key
    return Ledger(year, series, records)


def _check_gap(last: NumberKey, entry: LedgerEntry, diagnostics: Diagnostics) -> None:
    number, branch = last
    number_next, branch_next = (number + 1, 0), (number, max(branch, 1) + 1)
    if entry.key == number_next or (number and entry.key == branch_next):
        return
    missing = branch_next if entry.key[0] == number and number else number_next
    diagnostics.error(
        entry.place,
        "register-gap",
        f"{name_of(missing)}の行がありません（この行は{name_of(entry.key)}です）",
        "消された行を、git の前の版や控えから元に戻してください",
    )


def _may_follow(before: NumberRecord | None, entry: LedgerEntry, diagnostics: Diagnostics) -> bool:
    if entry.state in _AFTER[before.state if before else ""]:
        return True
    rule = "register-state"
    if before is None:
        reason = f"{name_of(entry.key)}は払い出されていないのに、「{entry.state}」とあります"
        remedy = "消された行を、git の前の版や控えから元に戻してください"
    elif entry.state in ("予約", "発行") and before.state != "取消":
        rule = "register-twice"
        reason = f"{name_of(entry.key)}が二度払い出されています（最初は{before.entries[0].place.line}行目です）"
        remedy = "どちらかの行を消し、消した方の件は kotobuki number take で番号を取り直してください"
    else:
        reason = f"{name_of(entry.key)}は「{before.state}」なので、「{entry.state}」とはなりません"
        remedy = "この行を git の前の版や控えと比べ、余分な行を消してください"
    diagnostics.error(entry.place, rule, reason, remedy)
    return False


def register_table(books: Iterable[Ledger]) -> Table:
    """The numbers of several ledgers, a row each; of a void one, why."""
    from kotobuki.spreadsheets.table import Table  # only here: a build asks for none

    rows = (
        (
            *(book.year, book.series, each.text, each.state, each.day.isoformat(), each.subject),
            *("、".join(each.cases), each.entries[-1].note if each.state == "取消" else ""),
        )
        for book in books
        for each in book.records.values()
    )
    return Table("文書番号台帳", ("年度", "台帳", "文書番号", "状態", "日付", "件名", "案件", "備考"), tuple(rows))
