"""Numbers on papers held against the register.

In: the register and what cases and meetings say of their numbers. Out: diagnostics at the number's place. Rules: a build
refuses a number that the register says is void or another paper's, and takes no notice where there is no ledger;
`check` looks through all cases, and besides names numbers that never were taken and numbers that no paper bears.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from pathlib import Path

from kotobuki.case.case import Case
from kotobuki.diagnostics import Diagnostics
from kotobuki.japanese.wareki import format_date
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.source import MAX_BYTES
from kotobuki.register.entries import Ledger, NumberRecord, name_of
from kotobuki.register.ledger import Register
from kotobuki.register.order import CHECK_DATE, out_of_order, strays
from kotobuki.register.papers import MEETING, Claim, NumberedFile, case_name, claim_of, read_paper
from kotobuki.register.series import series_of
from kotobuki.settings.house_style import HouseStyle
from kotobuki.settings.meeting import Meeting
from kotobuki.settings.organization import Organization


@dataclass(slots=True)
class NumberCheck:
    """The register as it stands, each ledger read once, and what is wrong with it said to all who ask for it."""

    register: Register
    books: dict[tuple[int, str], tuple[Ledger, Diagnostics]] = field(default_factory=dict)
    _names: dict[Path, str] = field(default_factory=dict)

    def check_build(self, file: Path, case: Case, meeting: Meeting | None, style: HouseStyle) -> None:
        """Refuse the numbers of a case and its meeting that are void or another's."""
        for claim in self._claims(file, case, meeting):
            self.check(claim, style)

    def ledgers(self, file: Path, case: Case, meeting: Meeting | None, style: HouseStyle) -> list[Path]:
        """The ledgers that say what `check_build` says."""
        series = {series_of(claim.mark, style) for claim in self._claims(file, case, meeting)}
        return [self.register.file(year, name) for year, name in self.register.ledgers() if name in series]

    def _claims(self, file: Path, case: Case, meeting: Meeting | None) -> Iterator[Claim]:
        name = self._name(file)
        mark = case.departments[0].mark if case.departments else ""
        what, issued = case.outgoing
        yield claim_of(name, what, mark, issued, None, case.place)
        if meeting:
            name = self._name(file.parent / MEETING)
            mark = meeting.committee.secretariat.mark
            yield claim_of(name, "諮問", mark, meeting.inquiry, meeting.fiscal_year, case.place)

    def _name(self, file: Path) -> str:
        """As `case_name`, told once of each file."""
        if file not in self._names:
            self._names[file] = case_name(file, self.register.root)
        return self._names[file]

    def check(self, claim: Claim, style: HouseStyle) -> None:
        """Refuse a number that is void, another's or of another year. With its year open, it is enough that some year allows it."""
        key = claim.key
        if self._is_of_another_year(claim, style):
            return
        self._check_date(claim, style)
        books = self.of_claim(claim, style) if key else []
        records = [record for book in books if key and (record := book.records.get(key))]
        if not records or len(records) < len(books) or any(_allows(record, claim) for record in records):
            return
        record, series = records[0], books[0].series
        if record.state == "取消":
            last = record.entries[-1]
            reason = f"「{record.text}」は取り消された番号です（{last.day.isoformat()}、{last.note}）"
            how = f"kotobuki number take {series} --case {claim.case} で新しい番号を取ってください"
            rule, remedy = "number-void", how if claim.case in record.cases else f"番号を消し、{how}"
        else:
            cases = "、".join(record.cases)
            reason = f"「{record.text}」は、台帳では {cases} の番号です"
            how = f"kotobuki number take {series} --case {claim.case} で新しい番号を取ってください"
            rule, remedy = "number-of-another", f"番号を確かめ、誤りであれば消して、{how}"
            if not all((self.register.root / case).exists() for case in record.cases):
                remedy = f"ファイルの名を変えたのであれば、kotobuki number take {series} --case {claim.case} で台帳を改めてください"
        self.register.diagnostics.error(claim.place, rule, reason, remedy)

    def _is_of_another_year(self, claim: Claim, style: HouseStyle) -> bool:
        """Whether the number was taken before its date was changed to one of another fiscal year; then it is said."""
        key, day, series = claim.key, claim.issued.date, series_of(claim.mark, style)
        if key is None or day is None:
            return False
        own = self.book(claim.year, series).of_case(claim.case) if claim.year in self.register.years(series) else None
        others = [self.book(year, series) for year in self.register.years(series) if year != claim.year and not own]
        for book in others:
            record = book.of_case(claim.case)
            if record and record.key == key:
                reason = (
                    f"「{record.text}」は{book.year}年度の番号ですが、日付（{format_date(day)}）は{claim.year}年度です"
                )
                remedy = f"日付を確かめてください。日付が正しければ、番号を消して kotobuki number void {record.text} --reason 日付の誤り で取り消し、kotobuki number take {series} --case {claim.case} で取り直してください"
                self.register.diagnostics.error(claim.place, "number-year", reason, remedy)
                return True
        return False

    def _check_date(self, claim: Claim, style: HouseStyle) -> None:
        """Say of a date that does not fit the numbers around it, or the years of the series."""
        key, day, series = claim.key, claim.issued.date, series_of(claim.mark, style)
        if key is None or day is None or claim.year is None:
            return
        years = self.register.years(series)
        reason = strays(claim.year, years)
        if claim.year in years:
            reason = out_of_order(self.book(claim.year, series), key, day)
        if reason:
            self.register.diagnostics.warning(claim.place, "number-order", reason, CHECK_DATE)

    def of_claim(self, claim: Claim, style: HouseStyle) -> list[Ledger]:
        """The ledgers that a claim may stand in, the newest first."""
        series = series_of(claim.mark, style)
        years = self.register.years(series)
        return [self.book(year, series) for year in years if claim.year in (None, year)]

    def book(self, year: int, series: str) -> Ledger:
        """The ledger of a series in a year."""
        if (year, series) not in self.books:
            heard = Diagnostics()
            self.books[year, series] = replace(self.register, diagnostics=heard).read(year, series), heard
        book, heard = self.books[year, series]
        self.register.diagnostics.hear(heard)
        return book


def check_all(register: Register, organization: Organization) -> tuple[int, int]:
    """Everything that is wrong between the register and the cases, as diagnostics; how many ledgers and numbers there are."""
    checks = NumberCheck(register)
    books = [checks.book(*ledger) for ledger in register.ledgers()]
    if books and not register.diagnostics.errors:
        papers = {paper.claim.case: paper for paper in _papers(register, organization)}
        for paper in papers.values():
            checks.check(paper.claim, organization.style)
            _check_taken(checks, paper.claim, organization.style)
        _check_shared(checks, papers.values(), organization.style)
        for book in books:
            for record in book.records.values():
                _check_borne(record, papers, register)
    return len(books), sum(len(book.records) for book in books)


def _allows(record: NumberRecord, claim: Claim) -> bool:
    return record.state == "予約" or (record.state == "発行" and (not record.cases or claim.case in record.cases))


def _papers(register: Register, organization: Organization) -> Iterable[NumberedFile]:
    """Every case and meeting below cases/, in order."""
    folder = register.folder.parent
    apart = [each.parents[1] for each in folder.rglob("cases/organization.yaml")]  # roots of other municipalities
    for file in sorted(folder.rglob("*.yaml")):
        if any(file.is_relative_to(root) for root in apart):
            continue
        if file.name == MEETING or _is_case(file):
            paper = read_paper(file, register.shown(file), register.root, organization, register.diagnostics)
            if paper:
                yield paper


def _is_case(file: Path) -> bool:
    """Whether a YAML names its 様式, as every case does."""
    try:
        with file.open("rb") as stream:
            lines = stream.read(MAX_BYTES).splitlines()
    except OSError:  # whoever builds it is told
        return False
    return any(line.lstrip().startswith("様式".encode()) for line in lines)


def _check_taken(checks: NumberCheck, claim: Claim, style: HouseStyle) -> None:
    """A number that was never taken, or only reserved, though there is a ledger for it."""
    key, books = claim.key, checks.of_claim(claim, style)
    if key is None or not books:
        return
    found = [record for book in books if (record := book.records.get(key))]
    series = series_of(claim.mark, style)
    report = checks.register.diagnostics
    if not found:
        reason = f"{name_of(key)}は、台帳で払い出していない番号です"
        remedy = f"番号を消して kotobuki number take {series} --case {claim.case} で取り直してください"
        report.error(claim.place, "number-not-taken", reason, remedy)
    elif all(record.state == "予約" for record in found):
        reason = f"「{found[0].text}」は、予約したままの番号です"
        remedy = f"kotobuki number take {series} --number {key[0]} --case {claim.case} で払い出してください"
        report.warning(claim.place, "number-reserved", reason, remedy)


def _check_shared(checks: NumberCheck, papers: Iterable[NumberedFile], style: HouseStyle) -> None:
    """One number on several papers, none of which the ledger names."""
    bearers: dict[tuple[int, str, tuple[int, int]], list[Claim]] = defaultdict(list)
    for claim in (paper.claim for paper in papers):
        books = checks.of_claim(claim, style)
        record = books[0].records.get(claim.key) if books and claim.key else None
        if record and claim.key and record.state == "発行" and not record.cases:
            bearers[books[0].year, books[0].series, claim.key].append(claim)
    for (_, series, key), claims in bearers.items():
        for claim in claims[1:]:
            reason = f"{name_of(key)}が、{claims[0].case} にも書かれています"
            remedy = f"一緒に送るのであれば、kotobuki number take {series} --case {claims[0].case} --case {claim.case} としてください"
            checks.register.diagnostics.error(claim.place, "number-on-two", reason, remedy)


def _check_borne(record: NumberRecord, papers: dict[str, NumberedFile], register: Register) -> None:
    """Papers that the ledger names but that do not bear the number, as after a crash or a rename."""
    for case in record.cases if record.state == "発行" else ():
        paper = papers.get(case)
        place = paper.claim.place if paper else record.entries[-1].place
        if paper is None:
            reason = f"「{record.text}」の案件 {case} がありません"
            remedy = "ファイルの名を変えたのであれば、新しい名で kotobuki number take --case を、やめたのであれば kotobuki number void を実行してください"
        elif paper.claim.key != record.key:
            reason = f"台帳の「{record.text}」が、{paper.claim.what}に書かれていません"
            remedy = "書かれている番号があれば消し、kotobuki number take --case をもう一度実行してください"
        else:
            continue
        register.diagnostics.warning(place, "number-not-borne", reason, remedy)
