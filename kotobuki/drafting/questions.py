"""What is asked before a file is begun, and what counts as an answer: the same for options and on a terminal.

In: the organization. Out: `Question`s. An answer is checked at once, by the rule by which the file is read later, and
brought into the form that it is written in; what is no answer is said with a remedy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from kotobuki.case.head import CaseHead
from kotobuki.diagnostics import Diagnostics, Place, guess
from kotobuki.drafting.from_form import DATES, OFFICE, TITLE
from kotobuki.drafting.writing import UnwritableError, clean, written
from kotobuki.japanese.periods import parse_period
from kotobuki.japanese.wareki import to_wareki
from kotobuki.japanese.widths import to_half
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.asking import Ask
from kotobuki.reading.inlines import parse_line, plain_text
from kotobuki.reading.kinds import Date, Integer, Known
from kotobuki.reading.nodes import Scalar
from kotobuki.reading.records import Key, keys_of
from kotobuki.reading.source import forbidden
from kotobuki.settings.form import Form
from kotobuki.settings.meeting import COMMITTEE_ASKED, FISCAL_YEAR, MeetingFile
from kotobuki.settings.organization import Organization, check_mark
from kotobuki.settings.packet import GATHERING

_NOWHERE = ((0, 1, 1),)
Check = Callable[[Scalar, Diagnostics], str]
"""From words to what is written in their place; what is wrong with them becomes diagnostics."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question.

    name     what the placeholder is called that the answer takes the place of
    option   the option that answers it
    words    what is asked
    check    what makes an answer of it
    choices  from which to choose; () = there is no such list
    example  of an answer
    kept     what stands there stays if nothing is answered
    """

    name: str
    option: str
    words: str
    check: Check
    choices: tuple[str, ...] = ()
    example: str = ""
    kept: bool = False

    def answer(self, words: str, diagnostics: Diagnostics) -> str | None:
        """What to write; None after a diagnostic, whose place is the option. A number names a choice."""
        words = clean(words)
        number = to_half(words)
        if self.choices and number.isascii() and number.isdecimal() and 1 <= int(number[:4]) <= len(self.choices):
            words = self.choices[int(number[:4]) - 1]
        found = Diagnostics()
        text = _checked(self.check, Scalar(words, self.option, _NOWHERE), found)
        for each in found.errors[:1]:
            diagnostics.error(Place(self.option), each.rule, each.reason, each.remedy)
        return text if not found.errors else None


def _checked(check: Check, scalar: Scalar, diagnostics: Diagnostics) -> str:
    place = scalar.place()
    if not scalar.value:
        diagnostics.error(place, "missing-value", "何も書かれていません", "値を書くか、このオプションを消してください")
    elif "\n" in scalar.value or "\t" in scalar.value:
        diagnostics.error(place, "words-form", "改行かタブがあります", "1行の文で書いてください")
    elif bad := forbidden(scalar.value):
        diagnostics.error(place, *bad)
    if diagnostics.errors:
        return ""
    text = check(scalar, diagnostics)
    try:
        written(text or "値")
    except UnwritableError:
        remedy = "別の書き方にしてください"
        diagnostics.error(place, "words-form", f"「{scalar.value}」は YAML に書けません", remedy)
    return text


def questions_of_case(form: Form, organization: Organization) -> list[Question]:
    """What is asked of a case: the keys of its head that its form has, then when its first schedule begins."""
    keys = [each for each in keys_of(CaseHead) if form.uses(each.name)]
    keys.sort(key=lambda each: each.name in DATES)  # when it is sent is asked last, with the schedule
    asked = _questions(keys, organization, {"種別": form.letters}, _date)
    schedule = next((each.name for each in form.sections if each.kind == "日程" and each.required), "")
    if schedule:
        words = f"「{schedule}」の最初の時"
        asked.append(Question(name="時", option="--start", words=words, check=_period, example="2022-06、未定"))
    return asked


def questions_of_renewal(form: Form, organization: Organization) -> list[Question]:
    """What is asked of a case that is based on another: its 会議体 stays, and its 件名 and 主管課 if nothing is answered."""
    asked = (each for each in questions_of_case(form, organization) if each.option != COMMITTEE_ASKED.option)
    return [replace(each, kept=each.name in (TITLE, OFFICE)) for each in asked]


def questions_of_meeting(organization: Organization) -> list[Question]:
    """What is asked of a meeting: 会議体 (where there are several), 年度, 回, 日時, 場所."""
    return _questions(keys_of(MeetingFile), organization, {"案件": ()}, _time)


def _questions(keys: Iterable[Key], organization: Organization, known: Known, dated: Check) -> list[Question]:
    """Those that the keys declare, no option twice. `known`: other names; `dated`: what is an answer to --date."""
    known = {**organization.known(), **known}
    offices = tuple(each.name for each in organization.departments if _bears_number(each.name, organization))
    committees = tuple(each.key for each in organization.committees)
    choices = {"--department": ("部課", offices), "--committee": ("会議体", committees)}
    checks = {"--subject": _line, "--date": dated, "--year": _fiscal_year, "--session": _session, "--venue": _name}
    found: dict[str, Question] = {}
    for key in keys:
        asked = key.draft.asked if key.draft and key.draft.lines(known, str) else None
        if asked is None:
            continue
        what, options = choices.get(asked.option, ("", ()))
        question = Question(
            name=asked.name,
            option=asked.option,
            words=asked.words or key.name,
            check=_choice(what, options) if what else checks[asked.option],
            choices=options,
            example=asked.example,
        )
        found.setdefault(asked.option, question)
    return list(found.values())


def name_question(name: str, option: str, words: str, example: str = "") -> Question:
    """A question for a name, which is printed as it is written."""
    return Question(name=name, option=option, words=words, check=_name, example=example)


def _bears_number(name: str, organization: Organization) -> bool:
    found = Diagnostics()
    scalar = Scalar(name, "", _NOWHERE)
    department = organization.department(scalar, found)
    if department is not None:
        check_mark(department, scalar.place(), organization, found)
    return not found.errors


def _line(scalar: Scalar, diagnostics: Diagnostics) -> str:
    parse_line(scalar, diagnostics)
    return scalar.value


def _name(scalar: Scalar, diagnostics: Diagnostics) -> str:
    return plain_text(scalar, diagnostics)


def _choice(what: str, choices: tuple[str, ...]) -> Check:
    def check(scalar: Scalar, diagnostics: Diagnostics) -> str:
        parts = [each for each in choices if scalar.value in each]
        if scalar.value in choices:
            return scalar.value
        if len(parts) == 1:  # 総務課 for 総務部総務課
            return parts[0]
        hint = guess(scalar.value, list(choices)).hint
        reason = (
            f"「{scalar.value}」に当たる{what}が二つ以上あります"
            if parts
            else f"「{scalar.value}」という{what}は organization.yaml にありません"
        )
        remedy = f"{hint}書けるのは {'・'.join(parts or choices)} です"
        diagnostics.error(scalar.place(), "choice", reason, remedy)
        return ""

    return check


def _date(scalar: Scalar, diagnostics: Diagnostics) -> str:
    found = Date().parse(scalar, Ask("日付"), diagnostics)
    return found.isoformat() if found else ""


def _period(scalar: Scalar, diagnostics: Diagnostics) -> str:
    if parse_period(scalar.value):
        return scalar.value
    remedy = "2022-06、2022-06-01、2022年度、2022-06以降、未定 のように書いてください"
    diagnostics.error(scalar.place(), "event-time", f"「{scalar.value}」は時として読めないか、ない日付です", remedy)
    return ""


def _fiscal_year(scalar: Scalar, diagnostics: Diagnostics) -> str:
    year = FISCAL_YEAR.parse(scalar, Ask("年度"), diagnostics)
    return to_wareki(date(year, 12, 31)).text + "度" if year else ""


def _session(scalar: Scalar, diagnostics: Diagnostics) -> str:
    return str(Integer(1, 9999).parse(scalar, Ask("回"), diagnostics) or "")


def _time(scalar: Scalar, diagnostics: Diagnostics) -> str:
    GATHERING.parse(scalar, Ask("日時"), diagnostics)
    return scalar.value
