"""規程: a regulation as data, from YAML to a `Regulation`.

In: the mapping under 規程. Out: chapters, articles, their 項 and 号, 附則, 別表・様式・別紙; no number is written, all are
computed (see `numbering.regulations`). The body is a list: `heading: text` is an article, a list under the heading its
項, a list under a 項 its 号, and so on: nesting is numbering. The words are those of law (Article 条, Paragraph 項).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from functools import partial

from kotobuki.case import blocks as b
from kotobuki.case.content import read_content
from kotobuki.case.shapes import block_kind, is_blank, sole_entry
from kotobuki.diagnostics import Diagnostics, Place, guess, guessed
from kotobuki.japanese.open_dates import OpenDate, parse_open_date
from kotobuki.japanese.wareki import DateError
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.lazy_patterns import lazy_pattern
from kotobuki.reading import json_schema
from kotobuki.reading.ecma import OPEN_DATE
from kotobuki.reading.inlines import Inlines, Text, parse_line
from kotobuki.reading.json_schema import Schema
from kotobuki.reading.kinds import AnyText, Anything, Choice, Known, Made, Parsed, Raw, Several, YesNo
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.reading.records import keyed, read_record
from kotobuki.settings.terms import TERMS, Term, read_terms

ATTACHMENTS = ("別表", "様式", "別紙")
"""What a regulation may number of its own, in print order."""
CHAPTERS = ("章", "節")
_DELETED = "削除"
_POINTS = "号"
_BRANCH = "枝"
_KEYED = lazy_pattern(r"｛([^｛｝]+)｝(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class LawParagraph:
    """A 項: its text and what stands under it (号, tables). `heading`: of one in the 附則."""

    text: Inlines
    body: b.Content = ()
    heading: Inlines = ()
    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True, slots=True)
class Article:
    """A 条. `branch`: it takes the number of the one before with の２, の３. Without a heading: a deleted one."""

    heading: Inlines
    paragraphs: tuple[LawParagraph, ...]
    branch: bool = False
    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A 章, or a 節 in one."""

    kind: str
    heading: Inlines
    parts: tuple[Chapter | Article, ...]
    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A 別表, 様式 or 別紙. `omitted`: cited, but not bound in."""

    kind: str
    title: Inlines
    anchor: str = ""
    content: b.Content = ()
    omitted: bool = False
    landscape: bool = False
    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Regulation:
    """A regulation. `dates`: what was done (制定, 改正) and when."""

    title: Inlines
    dates: tuple[tuple[str, OpenDate], ...] = ()
    terms: dict[str, Term] = field(default_factory=dict)
    body: tuple[Chapter | Article, ...] = ()
    supplement: tuple[LawParagraph, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    place: Place = field(default=Place(""), compare=False)


ANCHOR = Made(AnyText(), lambda name, _: name.value)
"""What a paper may be called besides its title."""
DIRECTION = Choice({"縦": False, "横": True})
"""Whether pages are landscape."""


def _parse_day(scalar: Scalar, diagnostics: Diagnostics, *, of: str) -> OpenDate | None:
    try:
        return parse_open_date(scalar.value)
    except DateError as error:
        diagnostics.error(
            scalar.place(),
            error.rule,
            f"「{of}」の{error.reason}",
            error.remedy,
            guessed(scalar.value, error.meant).fix,
        )
        return None


def _day_schema(_: Known) -> Schema:
    said = "「令和4年5月6日」、決まっていないところは「令和4年?月?日」のように書きます"
    return json_schema.matching(OPEN_DATE, said, "integer")


def _days(of: str) -> Several[OpenDate]:
    return Several(Parsed(partial(_parse_day, of=of), _day_schema))


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentKeys:
    """A 別表, 様式 or 別紙 of a regulation as it is written."""

    title: Scalar | None = keyed("題名", AnyText(), "題名。本文からは ｛→題名｝ で引く", required=True)
    anchor: str = keyed("識別", ANCHOR, "題名と別の名で引くときの名", default="")
    content: Node | None = keyed("内容", Anything(), "節と同じ書き方")
    omitted: bool = keyed("添付省略", YesNo(), "はい なら、引くだけで綴じない（番号は数える）", default=False)
    landscape: bool = keyed("向き", DIRECTION, "横 なら横長のページ", default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegulationKeys:
    """規程 as it is written."""

    title: Scalar | None = keyed("題名", AnyText(), "規程の題名", required=True)
    enacted: tuple[OpenDate, ...] = keyed(
        "制定", _days("制定"), "制定の日。2つ以上は一覧。決まっていないところは ?", default=()
    )
    revised: tuple[OpenDate, ...] = keyed(
        "改正", _days("改正"), "改正の日。2つ以上は一覧。決まっていないところは ?", default=()
    )
    terms: Mapping | None = keyed("用語", TERMS, "この規程だけの用語")
    body: Sequence | None = keyed("本則", Raw(Sequence), "条の一覧。- 見出し: 本文。番号は書かない", required=True)
    supplement: Node | None = keyed("附則", Anything(), "附則の文。二つ以上は一覧")
    tables: Sequence | None = keyed("別表", Raw(Sequence), "別表の一覧")
    forms: Sequence | None = keyed("様式", Raw(Sequence), "様式の一覧")
    annexes: Sequence | None = keyed("別紙", Raw(Sequence), "別紙の一覧")


def read_regulation(node: Mapping, diagnostics: Diagnostics) -> Regulation:
    """The regulation; faults are diagnostics, and what is left goes on."""
    written = read_record(RegulationKeys, node, diagnostics, "規程")
    attachments = tuple(
        found
        for kind, listed in zip(ATTACHMENTS, (written.tables, written.forms, written.annexes), strict=True)
        for each in (listed.items if listed else ())
        if (found := read_attachment(each, kind, diagnostics))
    )
    return Regulation(
        title=parse_line(written.title, diagnostics) if written.title else (),
        dates=(*(("制定", each) for each in written.enacted), *(("改正", each) for each in written.revised)),
        terms=read_terms(written.terms, diagnostics),
        body=tuple(_parts(written.body, 0, diagnostics)) if written.body else (),
        supplement=tuple(_supplement(written.supplement, diagnostics)) if written.supplement else (),
        attachments=attachments,
        place=node.place(),
    )


def read_attachment(node: Node, kind: str, diagnostics: Diagnostics) -> Attachment | None:
    """A 別表, 様式 or 別紙; one without content that is not declared to be left out is a diagnostic."""
    if not isinstance(node, Mapping):
        diagnostics.error(
            node.place(), "annex-form", f"{kind}は「題名: …」などの組で書きます", f"例：{kind}: [{{題名: …, 内容: …}}]"
        )
        return None
    written = read_record(AttachmentKeys, node, diagnostics, kind)
    if written.title is None:
        return None
    check_omitted(kind, written.title, written.content, written.omitted, diagnostics)
    return Attachment(
        kind=kind,
        title=parse_line(written.title, diagnostics),
        anchor=written.anchor,
        content=read_content(written.content, diagnostics) if written.content else (),
        omitted=written.omitted,
        landscape=written.landscape,
        place=node.place(),
    )


def check_omitted(
    kind: str, title: Scalar, content: Node | None, omitted: bool, diagnostics: Diagnostics, keys: str = "内容: …"
) -> None:
    """Every paper that is cited is bound in, or said not to be."""
    if content is None and not omitted:
        diagnostics.error(
            title.place(),
            "annex-empty",
            f"{kind}「{title.value}」の内容がありません",
            f"「{keys}」を書くか、付けないのであれば「添付省略: はい」と書いてください",
        )
    elif content is not None and omitted:
        diagnostics.error(
            title.place(),
            "annex-omitted",
            f"{kind}「{title.value}」に、内容と「添付省略: はい」の両方があります",
            "どちらか一方を消してください",
        )


def _parts(node: Sequence, depth: int, diagnostics: Diagnostics) -> Iterator[Chapter | Article]:
    """Chapters (｛章｝総則: …) and articles (目的: …) of a list."""
    for each in node.items:
        if isinstance(each, Scalar) and each.value == _DELETED:
            yield Article((), (LawParagraph((Text(_DELETED),), place=each.place()),), place=each.place())
            continue
        entry = sole_entry(each)
        if entry is None:
            diagnostics.error(
                each.place(), "article-form", "条は「見出し: 本文」の形で書きます", "例：- 目的: この規程は、…とする。"
            )
            continue
        key, value = entry
        kind, heading = _keyed(key)
        if kind in CHAPTERS[depth:]:
            yield from _chapter(kind, heading, value, diagnostics)
        elif kind in ("", _BRANCH):
            paragraphs = tuple(_paragraphs(value, heading, diagnostics))
            yield Article(parse_line(heading, diagnostics), paragraphs, kind == _BRANCH, key.place())
        else:
            hint, fix = guess(kind, [*CHAPTERS, _BRANCH], "｛{}｝")
            diagnostics.error(
                key.place(),
                "article-kind",
                f"「｛{kind}｝」は、ここに書けません",
                f"{hint}章は「｛章｝見出し: …」、その中の節は「｛節｝見出し: …」、枝番の条は「｛枝｝見出し: …」と書いてください",
                fix,
            )


def _keyed(key: Scalar) -> tuple[str, Scalar]:
    """｛章｝総則 taken apart; no kind for the heading of an article."""
    match = _KEYED.fullmatch(key.value)
    if not match or match.group(1)[0] in "→※＃＝":
        return "", key
    segments = tuple((offset, at.line, at.column) for offset, at in key.places(match.start(2), len(key.value)))
    return match.group(1), Scalar(match.group(2), key.path, segments)


def _chapter(kind: str, heading: Scalar, value: Node, diagnostics: Diagnostics) -> Iterator[Chapter]:
    if not isinstance(value, Sequence):
        diagnostics.error(
            value.place(),
            "chapter-form",
            f"{kind}の下には条の一覧を書きます",
            "「- 見出し: 本文」を一つずつ書いてください",
        )
        return
    parts = tuple(_parts(value, CHAPTERS.index(kind) + 1, diagnostics))
    yield Chapter(kind, parse_line(heading, diagnostics), parts, heading.place())


def _paragraphs(value: Node, of: Scalar, diagnostics: Diagnostics) -> Iterator[LawParagraph]:
    """The 項 of an article: one text, or a list of them; a block in the list belongs to the 項 before it."""
    if is_blank(value):
        diagnostics.error(
            of.place(), "article-empty", f"「{of.value}」の本文がありません", "本文を書くか、この行を消してください"
        )
        return
    if isinstance(value, Scalar):
        yield LawParagraph(parse_line(value, diagnostics), place=value.place())
        return
    if isinstance(value, Mapping):
        value = Sequence((value,), value.place())  # whose text is then missing
    current: LawParagraph | None = None
    for each in value.items:
        entry = sole_entry(each)
        if entry and block_kind(entry[0].value) is not None and not is_blank(entry[1]):
            if current is None:
                diagnostics.error(
                    each.place(), "paragraph-missing", "項の文より前に、号や表があります", "先に項の文を書いてください"
                )
                continue
            current = _with(current, _block(each, entry, diagnostics))
            continue
        if current:
            yield current
        current = _paragraph(each, diagnostics)
    if current:
        yield current


def _paragraph(node: Node, diagnostics: Diagnostics) -> LawParagraph | None:
    """A text, or `text: [号, …]`."""
    if isinstance(node, Scalar) and not is_blank(node):
        return LawParagraph(parse_line(node, diagnostics), place=node.place())
    entry = sole_entry(node)
    if entry is None or is_blank(entry[1]):
        diagnostics.error(
            node.place(),
            "paragraph-form",
            "項は文で書きます",
            "文を書くか、号があれば「- 文: [号, 号]」の形で書いてください",
        )
        return None
    return LawParagraph(parse_line(entry[0], diagnostics), read_content(entry[1], diagnostics), place=entry[0].place())


def _block(node: Node, entry: tuple[Scalar, Node], diagnostics: Diagnostics) -> b.Content:
    """｛号｝ is the list of a 項 whose text is too long for a key; any other block is itself."""
    return read_content(entry[1] if block_kind(entry[0].value) == _POINTS else node, diagnostics)


def _with(paragraph: LawParagraph, body: b.Content) -> LawParagraph:
    return LawParagraph(paragraph.text, (*paragraph.body, *body), paragraph.heading, paragraph.place)


def _supplement(node: Node, diagnostics: Diagnostics) -> Iterator[LawParagraph]:
    """The 項 of the 附則: texts, or `heading: text`."""
    if isinstance(node, Scalar):
        yield LawParagraph(parse_line(node, diagnostics), place=node.place())
        return
    for each in node.items if isinstance(node, Sequence) else (node,):
        entry = sole_entry(each)
        if entry and isinstance(entry[1], Scalar) and not is_blank(entry[1]):
            heading = parse_line(entry[0], diagnostics)
            yield LawParagraph(parse_line(entry[1], diagnostics), heading=heading, place=entry[0].place())
        elif found := _paragraph(each, diagnostics):
            yield found
