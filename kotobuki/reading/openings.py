"""What is open in a file: the placeholders still to be written, the comments `# 確認：…` still to be looked at.

In: a file's bytes, or the node of an organization, a meeting or a case. Out: its `Openings`, in the order written; or
diagnostics: where papers are to be final an error for each, else a notice of the comments (the papers of placeholders
are marked 案).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from itertools import groupby

from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.lazy_patterns import lazy_pattern
from kotobuki.reading.inlines import Inline, all_inlines, inlines_of
from kotobuki.reading.nodes import Node, texts_in
from kotobuki.reading.parse import read_text
from kotobuki.reading.placeholders import SIGN, Placeholder
from kotobuki.reading.scalars import source_runs
from kotobuki.reading.source import sound_lines
from kotobuki.reading.structure import BadSyntaxError, structure

REVIEW = "確認"
_COMMENT = lazy_pattern(r"(?:^|(?<=[ \t]))#")
_REVIEW = lazy_pattern(rf"#+[ \t\u3000]*{REVIEW}[：:][ \t\u3000]*(.*)")
_SOUGHT = re.compile(f"#(?:[ \t]|\u3000)*{REVIEW}(?:：|:)".encode())
_MOST = 10  # lines that are named in one notice


@dataclass(frozen=True, slots=True)
class Review:
    """A comment `# 確認：…` that points at what may be no longer true. `own`: nothing stands before it on its line."""

    what: str
    own: bool = True
    place: Place = field(default=Place(""))


@dataclass(frozen=True, slots=True)
class Openings:
    """What is open in one file, or in all that papers are made of."""

    placeholders: tuple[Placeholder, ...] = ()
    reviews: tuple[Review, ...] = ()

    def __str__(self) -> str:
        """As counted in summaries: ｛記入｝2か所、「# 確認：」3か所; "" = nothing is open."""
        counts = ((f"｛{SIGN}｝", self.placeholders), (f"「# {REVIEW}：」", self.reviews))
        return "、".join(f"{name}{len(found)}か所" for name, found in counts if found)


def openings_of(data: bytes, shown: str) -> Openings:
    """What is open in a file, whatever kind it is; nothing where it is no YAML. `shown`: its path as users know it."""
    node = read_text(data, shown, Diagnostics())
    return Openings(tuple(placeholders_in(node)) if node else (), tuple(reviews_in(data, shown)))


def reviews_in(data: bytes, shown: str) -> Iterator[Review]:
    """Every comment `# 確認：…` of a file; what reads so within a text is none."""
    if not _SOUGHT.search(data):  # else the file is parsed once more
        return
    lines = sound_lines(data)
    texts = _texts(lines)
    for number, line in enumerate(lines, 1):
        signs = (each.start() for each in _COMMENT.finditer(line) if REVIEW in line)
        spans = texts.get(number, ())
        at = next((sign for sign in signs if not any(start <= sign < end for start, end in spans)), None)
        if at is not None and (match := _REVIEW.match(line, at)):
            yield Review(match[1].rstrip(), not line[:at].strip(), Place(shown, number, at + 1))


def _texts(lines: Sequence[str]) -> dict[int, list[tuple[int, int]]]:
    """By the number of a line, from which column (from 0) to which texts stand on it; up to a syntax error."""
    found: dict[int, list[tuple[int, int]]] = {}
    try:
        for mark in structure(lines):
            if mark.kind == "text":
                quoted = mark.extent.style in ("'", '"')
                for run in source_runs(lines, mark.extent):
                    start = run.column - 1
                    found.setdefault(run.line, []).append((start - quoted, start + len(run.text) + quoted))
    except BadSyntaxError:  # which is told where the file is read
        pass
    return found


def placeholders_in(node: Node) -> Iterator[Placeholder]:
    """Every placeholder of a file, those of keys and of notes too; read as the text is read, so that none is missed."""
    for text in texts_in(node):
        if SIGN in text.value:
            paragraphs = inlines_of(text)
            yield from (
                each for inlines in paragraphs for each in all_inlines(inlines) if isinstance(each, Placeholder)
            )


def refuse_in_form(inlines: Iterable[Inline], diagnostics: Diagnostics) -> None:
    """Forms and templates print what is the same in every case: nobody could write there what is missing."""
    for inline in inlines:
        if isinstance(inline, Placeholder):
            remedy = "form.yaml の節を「必須: はい」とし、書くことを「手引」に書いてください"
            diagnostics.error(inline.place, "placeholder-in-form", "様式と雛形に｛記入｝は書けません", remedy)


def refuse_placeholders(found: Iterable[Placeholder], diagnostics: Diagnostics) -> None:
    """Makes an error of each: what is printed as 【記入：…】 in a draft cannot stand in a final paper."""
    for each in found:
        diagnostics.error(
            each.place,
            "placeholder-open",
            f"「{each.what}」がまだ書かれていません" if each.what else "まだ書かれていない所があります",
            f"{each.source}を書き換えるか、--final を付けずに作ってください",
        )


def report_reviews(found: Iterable[Review], diagnostics: Diagnostics, *, final: bool) -> None:
    """Says what has not been looked at: of a draft one notice a file; of a final paper an error for each comment."""
    for _, reviews in groupby(sorted(set(found), key=lambda each: each.place), key=lambda each: each.place.path):
        own = list(reviews)
        if not final:
            _notice(own, diagnostics)
            continue
        for each in own:
            what = f"「{each.what}」" if each.what else "「# 確認：」の所"
            remedy = f"確かめて、{_part(each)}を消すか、--final を付けずに作ってください"
            diagnostics.error(each.place, "review-open", f"{what}をまだ確かめていません", remedy)


def _notice(reviews: Sequence[Review], diagnostics: Diagnostics) -> None:
    lines = [str(each.place.line) for each in reviews]
    more = f"（{'・'.join(lines[:_MOST])}{'…' if lines[_MOST:] else ''}行目）" if lines[1:] else ""
    reason = f"確かめていない所が{len(reviews)}か所あります{more}"
    diagnostics.warning(
        reviews[0].place,
        "review-open",
        reason,
        f"確かめたら、{_part(reviews[0])}を消してください（確定版（--final）では誤りです）",
    )


def _part(review: Review) -> str:
    return "この行" if review.own else "「#」から行の終わりまで"
