"""Taking, reserving and voiding numbers, and finding one.

In: what a user asks for. Out: the number, once it is on record. Rules: all of it happens under the register's lock; the
ledger is written first, the YAML after it; a paper that has a number gets that number again, so that a command cut short
by a crash is simply repeated; whatever is wrong is reported before anything is written.
"""

from __future__ import annotations

from datetime import date

from kotobuki.diagnostics import Place, guess
from kotobuki.japanese.wareki import fiscal_year
from kotobuki.register.entries import Ledger, LedgerEntry, NumberRecord
from kotobuki.register.ledger import Register
from kotobuki.register.papers import read_paper
from kotobuki.register.series import number_text, plain, series_of
from kotobuki.register.taking import NumberRequest, check_words, open_taking
from kotobuki.settings.house_style import HouseStyle
from kotobuki.settings.organization import Organization


def take(register: Register, wish: NumberRequest, organization: Organization) -> NumberRecord:
    """Issue a number, or find the one that the papers have. Raises `InputError`, `RegisterError`."""
    diagnostics = register.diagnostics
    with register.locked():
        files = {each.resolve(): each for each in wish.files}.values()
        papers = [read_paper(each, register.shown(each), register.root, organization, diagnostics) for each in files]
        diagnostics.raise_if_errors()
        read = tuple(paper for paper in papers if paper)
        taking = open_taking(register, wish, organization.style, read)
        taking.check()
        diagnostics.raise_if_errors()
        record = taking.record()
        diagnostics.raise_if_errors()
        assert record is not None  # else there is a diagnostic
        edits = taking.edits(record)
        diagnostics.raise_if_errors()
        register.add(taking.book.year, taking.book.series, taking.new, edits)
    return record


def reserve(register: Register, mark: str, count: int, day: date, subject: str, style: HouseStyle) -> list[str]:
    """Keep the next `count` numbers for later. Raises `InputError`, `RegisterError`."""
    check_words(subject, "--subject", register.diagnostics)
    with register.locked():
        book = register.read(fiscal_year(day), series_of(mark, style))
        register.diagnostics.raise_if_errors()
        first = book.next_number()
        keys = [(number, 0) for number in range(first, first + count)]
        entries = [
            LedgerEntry(text=number_text(key, mark, day, style), key=key, state="予約", day=day, subject=subject)
            for key in keys
        ]
        register.add(book.year, book.series, entries, {})
    return [entry.text for entry in entries]


def void(register: Register, text: str, reason: str, day: date, year: int | None) -> NumberRecord:
    """Put a number out of force for good. Raises `InputError`, `RegisterError`."""
    diagnostics = register.diagnostics
    check_words(reason, "--reason", diagnostics)
    with register.locked():
        found = find_record(register, text, year)
        diagnostics.raise_if_errors()
        assert found is not None  # else there is a diagnostic
        book, record = found
        if record.state == "取消":
            last = record.entries[-1]
            why = f"すでに取り消されています（{last.day.isoformat()}、{last.note}）"
            diagnostics.error(Place(text), "number-void", why, "番号を確かめてください")
            diagnostics.raise_if_errors()
        register.add(
            book.year,
            book.series,
            [LedgerEntry(text=record.text, key=record.key, state="取消", day=day, note=reason)],
            {},
        )
    return record


def find_record(register: Register, text: str, year: int | None = None) -> tuple[Ledger, NumberRecord] | None:
    """The number printed as `text`, in the newest fiscal year that has it; one that nobody took is a diagnostic."""
    known: dict[str, tuple[Ledger, NumberRecord]] = {}
    for ledger in register.ledgers():  # the oldest first
        if year in (None, ledger[0]):
            book = register.read(*ledger)
            known.update({plain(record.text): (book, record) for record in book.records.values()})
    register.diagnostics.raise_if_errors()
    found = known.get(plain(text))
    if found is None:
        hint = guess(plain(text), list(known)).hint
        remedy = f"{hint}印字されるとおりに書いてください（例：22総総送第81号）。kotobuki number list で確かめられます"
        register.diagnostics.error(Place(text), "number-unknown", "台帳にない番号です", remedy)
    return found
