"""A regulation laid flat, all its numbers given (conventions A11, C6).

In: a `Regulation` and the book of the paper around it. Out: flat blocks in print order; a target for each chapter,
article, 項, 号, 別表, 様式 and 別紙. Rules: articles count through, with の２ for a branch; the first 項 has no number,
nor has the only one of the 附則; what is attached is numbered if there are several of its kind, left-out ones included.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kotobuki.case.regulation import ATTACHMENTS, Article, Attachment, Chapter, LawParagraph, Regulation
from kotobuki.document import Orientation
from kotobuki.japanese.labels import parse_label
from kotobuki.japanese.widths import to_half
from kotobuki.numbering import targets
from kotobuki.numbering.book import Book
from kotobuki.numbering.context import Context
from kotobuki.numbering.flat import Flat, FlatParagraph, paragraphs
from kotobuki.numbering.flattening import Flattener
from kotobuki.numbering.targets import Target, TargetHeading, TargetMark
from kotobuki.reading.inlines import Inlines, Ref, Spread, Text, all_inlines, plain
from kotobuki.roles import (
    ANNEX_MARK,
    ANNEX_TITLE,
    ARTICLE,
    ARTICLE_BODY,
    ARTICLE_HEADING,
    BARE_ARTICLE,
    BODY,
    CHAPTER,
    CHAPTER_SECTION,
    LAW_DATE,
    LAW_PARAGRAPH,
    LAW_TABLE_MARK,
    LAW_TITLE,
    SUPPLEMENT,
    RoleFamily,
)

_CHAPTER_ROLES = {"章": CHAPTER, "節": CHAPTER_SECTION}
_WITH_ARTICLES = ("別表", "様式")
"""What says at its mark which articles it belongs to: 別表第１（第６条関係）."""


class RegulationOutline:
    """Flattens one regulation, which is the annex `annex`."""

    def __init__(self, book: Book, flattener: Flattener, regulation: Regulation, annex: Target) -> None:
        self._book, self._flattener = book, flattener
        self._regulation, self._annex = regulation, annex
        style = book.style
        points = style.law.points
        self._digits = style.article_digits
        labels = (style.labels[0], *points, *style.labels[1 + len(points) :])
        self._context = Context(family=RoleFamily.LAW, level=2, role=ARTICLE_BODY, labels=labels)
        self._articles = self._branches = self._order = 0
        self._citing: dict[str, list[str]] = {}  # articles by the names that they refer to
        self._attached = list(self._attachment_targets())

    def blocks(self) -> Iterator[Flat]:
        """Title, dates, articles, 附則 and what is attached."""
        law = self._regulation
        yield FlatParagraph(
            role=LAW_TITLE, inlines=law.title, heading=1, keep_next=True, defines=False, owner=self._annex
        )
        for what, date in law.dates:
            yield FlatParagraph(role=LAW_DATE, inlines=(Text(date.text),), label=what, tab=True, defines=False)
        yield from self._parts(law.body, (self._annex,))
        if law.supplement:
            yield from self._supplement(law.supplement)
        for attachment, target in self._attached:
            if attachment.content:
                yield from self._attachment(attachment, target)

    def _parts(self, parts: Sequence[Chapter | Article], parents: tuple[Target, ...]) -> Iterator[Flat]:
        chapters = 0
        for part in parts:
            if isinstance(part, Article):
                yield from self._article(part, parents)
                continue
            chapters += 1
            label = f"第{self._digits.set_number(chapters)}{part.kind}"
            heading = self._book.heading(part.heading, part.place)
            target = self._book.add(targets.chapter(heading, TargetMark(label, chapters), parents))
            yield FlatParagraph(
                role=_CHAPTER_ROLES[part.kind],
                inlines=part.heading,
                label=label,
                tab=True,
                heading=len(parents) + 1,
                keep_next=True,
                defines=False,
                owner=target,
            )
            yield from self._parts(part.parts, (*parents, target))

    def _article(self, article: Article, parents: tuple[Target, ...]) -> Iterator[Flat]:
        label = self._number(article)
        heading = self._book.heading(article.heading, article.place)
        target = self._book.add(targets.article(heading, TargetMark(label, self._order), parents))
        flat = list(self._article_blocks(article, target, label))
        for name in _names_in(flat):
            labels = self._citing.setdefault(name, [])
            labels += [label] if label not in labels else []
        yield from flat

    def _article_blocks(self, article: Article, target: Target, label: str) -> Iterator[Flat]:
        if article.heading:
            level = len(target.parents) + 1
            yield _heading(article.heading, target, level)
        series = self._book.next_series()
        alone = len(article.paragraphs) == 1
        blocks: list[Flat] = []
        for number, paragraph in enumerate(article.paragraphs, 1):
            own = self._paragraph_target(paragraph, target, number, series, alone=alone)
            role = LAW_PARAGRAPH if number > 1 else ARTICLE if article.heading else BARE_ARTICLE
            mark = self._book.style.digits.set_number(number) if number > 1 else label
            blocks.append(FlatParagraph(role=role, inlines=paragraph.text, label=mark, tab=True, owner=own))
            blocks += self._flattener.content(paragraph.body, self._context, (*target.parents, target, own))
        yield from self._flattener.noted(blocks, self._context)

    def _number(self, article: Article) -> str:
        """第３条; of a branch 第３条の２."""
        self._order += 1
        if article.branch and self._articles:
            self._branches += 1
            branch = "の" + self._book.style.digits.set_number(self._branches + 1)
        else:
            if article.branch:
                self._book.diagnostics.error(
                    article.place, "article-branch", "最初の条は枝番にできません", "｛枝｝を取ってください"
                )
            self._articles, self._branches, branch = self._articles + 1, 0, ""
        return f"第{self._digits.set_number(self._articles)}条{branch}"

    def _paragraph_target(
        self, paragraph: LawParagraph, of: Target, number: int, series: int, *, alone: bool
    ) -> Target:
        label = f"第{self._book.style.digits.set_number(number)}項"
        names = (*self._book.anchors(paragraph.text), *([plain(paragraph.heading)] if paragraph.heading else []))
        heading = TargetHeading(names, paragraph.heading or of.title, paragraph.place)
        mark = TargetMark(label, number, series)
        return self._book.add(targets.paragraph(heading, mark, (*of.parents, of), alone=alone))

    def _supplement(self, paragraphs: Sequence[LawParagraph]) -> Iterator[Flat]:
        heading = TargetHeading(("附則",), (), paragraphs[0].place)
        target = self._book.add(targets.supplement(heading, self._annex))
        words = (Spread((Text("附則"),), fit_em=3.0),)
        yield FlatParagraph(role=SUPPLEMENT, inlines=words, heading=2, keep_next=True, defines=False, owner=target)
        series = self._book.next_series()
        alone = len(paragraphs) == 1
        blocks: list[Flat] = []
        for number, paragraph in enumerate(paragraphs, 1):
            own = self._paragraph_target(paragraph, target, number, series, alone=alone)
            if paragraph.heading:
                blocks.append(_heading(paragraph.heading, own, 0))
            mark = "" if alone else self._book.style.digits.set_number(number)
            blocks.append(
                FlatParagraph(
                    role=ARTICLE_BODY if alone else LAW_PARAGRAPH,
                    inlines=paragraph.text,
                    label=mark,
                    tab=not alone,
                    owner=own,
                )
            )
            blocks += self._flattener.content(paragraph.body, self._context, (*target.parents, target, own))
        yield from self._flattener.noted(blocks, self._context)

    def _attachment_targets(self) -> Iterator[tuple[Attachment, Target]]:
        """The marks are given before the articles refer to them."""
        style, law = self._book.style, self._book.style.law
        for kind, sample in zip(ATTACHMENTS, (law.table_mark, law.form_mark, law.annex_mark), strict=True):
            own = [each for each in self._regulation.attachments if each.kind == kind]
            for index, each in enumerate(own, 1):
                pattern = parse_label(sample)
                assert pattern is not None  # samples are checked where they are read
                label = kind if len(own) == 1 else pattern.label(index, style.digits)
                self._book.note_anchor(each.anchor, each.place)
                names = tuple(filter(None, (plain(each.title), each.anchor, label)))
                heading = TargetHeading(names, each.title, each.place)
                yield each, self._book.add(targets.attachment(heading, TargetMark(label, index), self._annex))

    def _attachment(self, attachment: Attachment, target: Target) -> Iterator[Flat]:
        page: Orientation = "landscape" if attachment.landscape else "portrait"
        role = LAW_TABLE_MARK if attachment.kind in _WITH_ARTICLES else ANNEX_MARK
        mark = Text(target.label + self._articles_of(target, attachment), verbatim=True, at=((0, attachment.place),))
        yield FlatParagraph(role=role, inlines=(mark,), keep_next=True, page=page, defines=False)
        yield FlatParagraph(
            role=ANNEX_TITLE, inlines=attachment.title, heading=2, keep_next=True, defines=False, owner=target
        )
        context = Context(family=RoleFamily.TEXT, level=1, role=BODY, labels=self._book.style.labels)
        content = self._flattener.content(attachment.content, context, (self._annex, target))
        yield from self._flattener.noted(content, context)

    def _articles_of(self, target: Target, attachment: Attachment) -> str:
        """（第６条関係）, as the articles say it."""
        found: list[str] = []
        for name in target.names:
            found += [label for label in self._citing.get(to_half(name), []) if label not in found]
        return f"（{'、'.join(found)}関係）" if found and attachment.kind in _WITH_ARTICLES else ""


def _heading(heading: Inlines, owner: Target, level: int) -> FlatParagraph:
    words = (Text("（"), *heading, Text("）"))
    return FlatParagraph(role=ARTICLE_HEADING, inlines=words, heading=level, keep_next=True, defines=False, owner=owner)


def _names_in(blocks: Sequence[Flat]) -> Iterator[str]:
    """The names that references in the blocks end in."""
    for paragraph in paragraphs(blocks):
        yield from (to_half(inline.path[-1]) for inline in all_inlines(paragraph.inlines) if isinstance(inline, Ref))
