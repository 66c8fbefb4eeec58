"""Which number a `take` comes to: the one its papers have, one that the user names, or the next.

In: the register (under its lock), what the user wishes, the papers. Out: a `NumberRecord`, the entries that make it, and the
YAMLs with the number in them; or diagnostics. Nothing is written here.
"""

from __future__ import annotations

from dataclasses import field
from datetime import date
from pathlib import Path

from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.japanese.wareki import fiscal_year
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.source import forbidden
from kotobuki.register.edits import with_number
from kotobuki.register.entries import Ledger, LedgerEntry, NumberKey, NumberRecord, State, name_of
from kotobuki.register.ledger import Register
from kotobuki.register.order import CHECK_DATE, is_far, out_of_order, strays
from kotobuki.register.papers import NumberedFile
from kotobuki.register.series import number_text, series_of
from kotobuki.settings.house_style import HouseStyle


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRequest:
    """What a user asks for. `day` None: the papers' own date, else `today`.

    `number`: one that is reserved; `branch_of`: the number to which a 枝番 is wanted.
    """

    mark: str
    today: date
    day: date | None = None
    subject: str = ""
    files: tuple[Path, ...] = ()
    number: int | None = None
    branch_of: int | None = None


@dataclass(kw_only=True)
class Taking:
    """One `take`. Read by `open_taking`; then ask for `record`, then for `edits`; `new` are the entries to add."""

    register: Register
    wish: NumberRequest
    style: HouseStyle
    papers: tuple[NumberedFile, ...]
    day: date
    book: Ledger
    others: tuple[Ledger, ...]
    new: list[LedgerEntry] = field(default_factory=list)

    def check(self) -> None:
        """That the papers are of this series and fiscal year, and that the words fit into the ledger."""
        for paper in self.papers:
            claim, own = paper.claim, series_of(paper.claim.mark, self.style)
            if not paper.file.resolve().is_relative_to(self.register.root.resolve()):
                reason = "案件が、台帳のあるフォルダの外にあります"
                self._error(claim.place, "case-outside", reason, "cases の中に置いてください")
            if not claim.case.isprintable():
                self._error(
                    claim.place, "case-name", "ファイルの名に制御文字があります", "ファイルの名を変えてください"
                )
            if own != self.book.series:
                reason = f"この書類の記号は「{own}」なので、「{self.book.series}」の番号は書けません"
                if not claim.mark:
                    reason = "主管課がまだ書かれていないため、記号が決まりません"
                self._error(
                    claim.place,
                    "series-other",
                    reason,
                    f"「{own}」の番号を取るか、「主管課」か「記号」を直してください",
                )
            if claim.year not in (None, self.book.year):
                day = f"{self.day.isoformat()}（{self.book.year}年度）"
                reason = f"この書類は{claim.year}年度のものですが、{day}の番号を取ろうとしています"
                self._error(claim.place, "year-other", reason, "--date に、その年度の日付を書いてください")
        self._check_day()
        for subject in {self.wish.subject or paper.subject for paper in self.papers} or {self.wish.subject}:
            check_words(subject, "--subject", self.register.diagnostics)
        if self.wish.branch_of and "｛枝番｝" not in self.style.number_pattern:
            remedy = "organization.yaml の表記の「文書番号」に ｛枝番｝ を加えてください"
            self._error(Place("--branch-of"), "branch-pattern", "文書番号の型に ｛枝番｝ がありません", remedy)

    def _check_day(self) -> None:
        """That there is a date by which to number, and that it can be meant."""
        diagnostics, day = self.register.diagnostics, self.day
        place = next((paper.claim.place for paper in self.papers if paper.claim.issued.date), Place("--date"))
        open_papers = () if self.wish.day or self._is_dated else self.papers
        for paper in open_papers:
            held = any(book.of_case(paper.claim.case) for book in (self.book, *self.others))
            if paper.claim.year is None and not held:
                reason = f"「{paper.claim.what}」の日付が決まっていないため、何年度の番号か決まりません"
                remedy = f"「{paper.claim.what}」に「日付」を書くか、--date 2022-05-06 のように付けてください（その日付も書き込みます）"
                self._error(paper.claim.place, "number-no-date", reason, remedy)
        if open_papers:  # whose number, if they have one, is of whatever year it was taken in
            return
        if is_far(day, self.wish.today):  # of a paper: what is given by an option has been looked at
            reason = f"日付（{day.isoformat()}）が、来年度より先です"
            self._error(place, "number-far", reason, "日付を確かめてください")
        elif reason := strays(self.book.year, self.register.years(self.book.series)):
            diagnostics.warning(place, "number-far", reason, CHECK_DATE)

    @property
    def _is_dated(self) -> bool:
        return any(paper.claim.issued.date for paper in self.papers)

    def _say_if_out_of_order(self, key: NumberKey) -> None:
        """A word of a new number whose date does not fit those around it."""
        if reason := out_of_order(self.book, key, self.day):
            self.register.diagnostics.warning(Place("--date"), "number-order", reason, CHECK_DATE)

    def record(self) -> NumberRecord | None:
        """The record that the papers have or get; None after a diagnostic."""
        record = None
        for find in (self._held, self._asked_for, self._written):
            record = find()
            if record or self.register.diagnostics.errors:
                break
        else:
            record = self._issue((self.book.next_number(), 0))
        for paper in self.papers if record else ():
            if record and paper.claim.case not in record.cases:
                record = self._enter(record, "併用", paper)
        return record

    def edits(self, record: NumberRecord) -> dict[Path, bytes]:
        """The YAMLs with the number in them, where it is not in them yet."""
        found = {}
        for paper in self.papers:
            day = self.wish.day if paper.claim.issued.date is None else None
            has_it = paper.claim.key == record.key
            if (has_it and not day) or not (has_it or self._may_replace(paper, record)):
                continue
            data = with_number(paper, record.key, day)
            if data is not None:
                found[paper.file] = data
                continue
            what = paper.claim.what
            reason = f"「{what}」に番号を書き込む所が決まりません"
            remedy = f"「{what}: {{日付: …}}」の形に書き直すか、--case を付けずに番号を取って手で書いてください"
            self._error(paper.claim.place, "edit-place", reason, remedy)
        return found

    def _held(self) -> NumberRecord | None:
        """The number that the papers have already."""
        found: dict[tuple[int, NumberKey], tuple[Ledger, NumberRecord]] = {}
        for paper in self.papers:
            books = ((book, book.of_case(paper.claim.case)) for book in (self.book, *self.others))
            found |= {(book.year, record.key): (book, record) for book, record in books if record}
        if not found:
            return None
        book, record = next(iter(found.values()))
        place = self.papers[0].claim.place
        dated = self.wish.day or self._is_dated
        if len(found) > 1:
            texts = "」と「".join(each.text for _, each in found.values())
            reason, remedy = (
                f"すでに別々の番号「{texts}」があります",
                "一つの番号で送る案件だけを --case に書いてください",
            )
            self._error(place, "number-held", reason, remedy)
        elif (book is not self.book and dated) or not self._is_wished(record.key):
            remedy = f"その番号を使わないのであれば、先に kotobuki number void {record.text} --reason 不使用 で取り消してください"
            self._error(place, "number-held", f"この書類には、すでに「{record.text}」があります", remedy)
        self.book = book
        return record

    def _is_wished(self, key: NumberKey) -> bool:
        if self.wish.branch_of is not None:
            return key[0] == self.wish.branch_of and key[1] > 0
        return self.wish.number in (None, key[0])

    def _asked_for(self) -> NumberRecord | None:
        """A 枝番 or a reserved number that the user named."""
        if self.wish.branch_of is not None:
            main = self.book.records.get((self.wish.branch_of, 0))
            if main and main.state == "発行":
                return self._issue((self.wish.branch_of, self.book.next_branch(self.wish.branch_of)))
            reason = f"{name_of((self.wish.branch_of, 0))}は、{_standing(main)}。枝番は付けられません"
            self._error(Place("--branch-of"), "branch-of", reason, "払い出した番号を書いてください")
        elif self.wish.number is not None:
            key = (self.wish.number, 0)
            reserved = self.book.records.get(key)
            if reserved and reserved.state == "予約":
                return self._issue(key, reserved)
            remedy = "予約した番号を書くか、--number を付けずに次の番号を取ってください"
            self._error(Place("--number"), "number-taken", f"{name_of(key)}は、{_standing(reserved)}", remedy)
        return None

    def _written(self) -> NumberRecord | None:
        """The number that a paper bears though the register does not have it under that paper's name."""
        for paper in self.papers:
            key = paper.claim.key
            if key is None or self._is_own_void(paper, key):
                continue
            record = self.book.records.get(key)
            if record and record.state == "発行":
                if not record.cases:
                    return record  # taken for this paper before its YAML was named
                if gone := [case for case in record.cases if not (self.register.root / case).exists()]:
                    return self._enter(record, "移動", paper, gone[0])
            remedy = "書かれている番号を消せば、新しい番号を取れます"
            if record is None or record.state == "予約":
                remedy += f"。その番号を使うのであれば、予約してから --number {key[0]} を付けてください"
            reason = f"{name_of(key)}と書かれていますが、{_standing(record)}"
            self._error(paper.claim.place, "number-written", reason, remedy)
        return None

    def _may_replace(self, paper: NumberedFile, record: NumberRecord) -> bool:
        """Whether what the YAML has gives way to the number: nothing, or a voided number of its own."""
        key, branch = paper.claim.key, paper.claim.issued.branch
        if (key is None or self._is_own_void(paper, key)) and (not branch or record.key[1]):
            return True
        reason = f"{name_of(key) if key else f'枝番{branch}'}と書かれていますが、台帳では「{record.text}」です"
        remedy = "書かれている番号と枝番を消して、もう一度実行してください"
        self._error(paper.claim.place, "number-differs", reason, remedy)
        return False

    def _is_own_void(self, paper: NumberedFile, key: NumberKey) -> bool:
        record = self.book.records.get(key)
        return record is not None and record.state == "取消" and paper.claim.case in record.cases

    def _issue(self, key: NumberKey, reserved: NumberRecord | None = None) -> NumberRecord:
        if reserved is None:
            self._say_if_out_of_order(key)
        text = reserved.text if reserved else number_text(key, self.wish.mark, self.day, self.style)
        case, subject = "", self.wish.subject
        if self.papers:
            case, subject = self.papers[0].claim.case, subject or self.papers[0].subject
        self.new.append(LedgerEntry(text=text, key=key, state="発行", day=self.day, subject=subject, case=case))
        return NumberRecord((*(reserved.entries if reserved else ()), self.new[-1]))

    def _enter(self, record: NumberRecord, state: State, paper: NumberedFile, note: str = "") -> NumberRecord:
        subject = self.wish.subject or paper.subject
        self.new.append(
            LedgerEntry(
                text=record.text,
                key=record.key,
                state=state,
                day=self.day,
                subject=subject,
                case=paper.claim.case,
                note=note,
            )
        )
        return NumberRecord((*record.entries, self.new[-1]))

    def _error(self, place: Place, rule: str, reason: str, remedy: str) -> None:
        self.register.diagnostics.error(place, rule, reason, remedy)


def open_taking(register: Register, wish: NumberRequest, style: HouseStyle, papers: tuple[NumberedFile, ...]) -> Taking:
    """The ledgers read: that of the day's fiscal year, and those of others that the papers may stand in."""
    day = wish.day or next((paper.claim.issued.date for paper in papers if paper.claim.issued.date), wish.today)
    series = series_of(wish.mark, style)
    book = register.read(fiscal_year(day), series)
    years = [year for year in register.years(series) if papers and year != book.year]
    return Taking(
        register=register,
        wish=wish,
        style=style,
        papers=papers,
        day=day,
        book=book,
        others=tuple(register.read(year, series) for year in years),
    )


def check_words(text: str, option: str, diagnostics: Diagnostics) -> None:
    """Words for the ledger: some, on one line, that no spreadsheet takes for a formula."""
    place, bad = Place(option), forbidden(text)
    if not text.strip():
        diagnostics.error(place, "words-missing", f"{option} がありません", f"{option} に文を書いてください")
    elif "\n" in text or "\t" in text:
        diagnostics.error(place, "words-form", "改行かタブがあります", "1行の文で書いてください")
    elif bad:
        diagnostics.error(place, *bad)
    elif text[0] in "=+-@":
        reason = f"「{text[0]}」で始まる文は、表計算ソフトが式と読み違えます"
        diagnostics.error(place, "words-form", reason, "全角の記号にするか、書き出しを変えてください")


def _standing(record: NumberRecord | None) -> str:
    """How a number stands in the register, to end a sentence."""
    if record is None:
        return "台帳にありません"
    if record.state == "予約":
        return "予約されています"
    if record.state == "取消":
        return "取り消されています"
    what = "、".join(record.cases) or f"「{record.subject}」"
    return f"{what} の番号です"
