"""The rules by their subject, and when they are run.

In: a subject. Out: what its rules say, in no order (`Diagnostics` sorts). Each list is run in one place: those of a case
and a meeting when either has been read (`Project`), those of papers to be made by a build and a packet, those of printed
words by the stage that settles the words.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from kotobuki.case.case import Case
from kotobuki.case.texts import texts_of
from kotobuki.checks import (
    agenda_no_committee,
    annex_uncited,
    answer_before_question,
    brace_half_width,
    committee_differs,
    definition_by_hand,
    fiscal_year_differs,
    inquiry_after_meeting,
    label_by_hand,
    letter_kind_typed,
    number_twice,
    other_committee,
    personal_item_comma,
    request_after_inquiry,
    term_circular,
    term_name,
    term_short_early,
    term_short_twice,
    term_too_long,
    term_unknown,
)
from kotobuki.checks.subjects import AnnexInPaper, CaseOnAgenda, NameInPaper, NumberedPaper
from kotobuki.diagnostics import Diagnostic
from kotobuki.reading.inlines import Text
from kotobuki.reading.nodes import Scalar
from kotobuki.settings.meeting import Meeting
from kotobuki.settings.terms import Term

Found = Iterator[Diagnostic]

TEXTS: tuple[Callable[[Scalar], Found], ...] = (label_by_hand.check, definition_by_hand.check)
"""Of each text that the author of a case wrote: its paragraphs, headings and items, marks and all."""
PERSONAL_ITEMS: tuple[Callable[[Scalar], Found], ...] = (personal_item_comma.check,)
"""Of each entry of 個人情報の項目."""
CASES: tuple[Callable[[Case], Found], ...] = (letter_kind_typed.check,)
"""Of a case as a whole."""
CASES_TO_PRINT: tuple[Callable[[Case], Found], ...] = (answer_before_question.check,)
"""Of a case whose papers are to be made."""
MEETINGS: tuple[Callable[[Meeting], Found], ...] = (fiscal_year_differs.check,)
"""Of a meeting.yaml."""
ON_AGENDA: tuple[Callable[[CaseOnAgenda], Found], ...] = (
    agenda_no_committee.check,
    committee_differs.check,
    request_after_inquiry.check,
)
"""Of a case against the meeting in which its papers are made."""
MEETINGS_TO_BIND: tuple[Callable[[Meeting], Found], ...] = (inquiry_after_meeting.check,)
"""Of a meeting whose packet is to be bound,"""
ON_AGENDA_TO_BIND: tuple[Callable[[CaseOnAgenda], Found], ...] = (
    agenda_no_committee.check,
    other_committee.check,
    request_after_inquiry.check,
)
"""of each of its cases,"""
NUMBERED: tuple[Callable[[Sequence[NumberedPaper]], Found], ...] = (number_twice.check,)
"""and of all its numbered papers together."""
TERMS: tuple[Callable[[Term], Found], ...] = (term_name.check, term_too_long.check)
"""Of each term of an organization, of a case and of its regulations."""
NAMES: tuple[Callable[[NameInPaper], Found], ...] = (
    term_unknown.check,
    term_circular.check,
    term_short_twice.check,
    term_short_early.check,
)
"""Of each use of a name in a paper whose words are settled."""
PRINTED: tuple[Callable[[Text, Container[str]], Found], ...] = (brace_half_width.check,)
"""Of words on their way to paper, and the names (terms, fields) that are known there."""
ANNEXES: tuple[Callable[[AnnexInPaper], Found], ...] = (annex_uncited.check,)
"""Of each annex of a paper whose references are settled."""


def check_case(case: Case) -> Found:
    """What is wrong with a case that has been read."""
    texts = texts_of(case)
    yield from [each for text in texts.prose for of_text in TEXTS for each in of_text(text)]
    yield from [each for item in texts.personal_items for of_item in PERSONAL_ITEMS for each in of_item(item)]
    for of_case in CASES:
        yield from of_case(case)
    own = (term for term in case.terms.values() if term.cut or term.place.path == case.place.path)
    laws = (annex.regulation.terms.values() for annex in case.annexes if annex.regulation)
    yield from check_terms(chain(own, *laws))


def check_terms(terms: Iterable[Term]) -> Found:
    """What is wrong with terms, wherever they are given."""
    for term in terms:
        for of_term in TERMS:
            yield from of_term(term)


def check_name(name: NameInPaper) -> list[Diagnostic]:
    """What is wrong with a name where it is printed."""
    return [each for of_name in NAMES for each in of_name(name)]


def check_meeting(meeting: Meeting) -> Found:
    """What is wrong with a meeting that has been read."""
    for of_meeting in MEETINGS:
        yield from of_meeting(meeting)


def check_to_print(case: Case) -> Found:
    """What is wrong with a case whose papers are to be made, by itself."""
    for of_case in CASES_TO_PRINT:
        yield from of_case(case)


def check_on_agenda(case: CaseOnAgenda) -> Found:
    """What is wrong with it in its meeting."""
    for on_agenda in ON_AGENDA:
        yield from on_agenda(case)


def check_packet(meeting: Meeting, cases: Iterable[CaseOnAgenda], numbered: Sequence[NumberedPaper]) -> Found:
    """What does not agree across a packet. All of it is an error: what a build warns of is not bound (conventions, A5)."""
    for of_meeting in MEETINGS_TO_BIND:
        yield from _refused(of_meeting(meeting))
    for case in cases:
        for on_agenda in ON_AGENDA_TO_BIND:
            yield from _refused(on_agenda(case))
    for of_papers in NUMBERED:
        yield from _refused(of_papers(numbered))


def check_printed(texts: Iterable[Text], names: Container[str]) -> list[Diagnostic]:
    """What is wrong with words that are to be printed."""
    return [each for text in texts for of_words in PRINTED for each in of_words(text, names)]


def check_annexes(annexes: Iterable[AnnexInPaper]) -> Found:
    """What is wrong with the annexes of a paper."""
    for annex in annexes:
        for of_annex in ANNEXES:
            yield from of_annex(annex)


def _refused(found: Found) -> Found:
    return (replace(each, severity="error") for each in found)
