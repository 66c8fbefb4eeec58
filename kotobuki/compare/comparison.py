"""新旧対照表: two versions side by side, as a Document like any other (conventions C5).

In: compared files and the house style. Out: a `Document` with a paper for each case that changed and one for each of its
regulations. Rows are aligned by provision, with a rule between sections or articles; the head is repeated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from kotobuki.compare.files import FileDiff
from kotobuki.compare.kinds import Kind
from kotobuki.compare.look import HEAD, NOTE, TEXT
from kotobuki.compare.pairs import Pair
from kotobuki.compare.provisions import Beside, Provisions, origins_of
from kotobuki.document import Cell, Document, Paper, Paragraph, Row, Run, Table
from kotobuki.forms.compose import names_of
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.numbering.names import printed
from kotobuki.roles import TITLE, TableRole
from kotobuki.settings.house_style import ComparisonStyle

NAME = "新旧対照表"
_REMARK = "備考　下線を付した部分が、改めた部分である。"
_REMARK_OF_CASE = (
    "備考　下線を付した部分が、改めた部分である。番号だけが動いた所と、用語の略称を改めた所（用語の欄に示す。）には下線を付していない。"
    "［　］は、表の項目を示す。"
)


@dataclass(frozen=True, slots=True)
class _ComparisonTable:
    """What becomes one table: its title and its pairs."""

    title: str
    pairs: tuple[Pair, ...]
    law: bool
    renamed: Pair | None = None
    """The part itself, where its title has changed."""


def comparison(found: Sequence[FileDiff], style: ComparisonStyle, author: str = "", font: str = "") -> Document | None:
    """The document; None where nothing in the files is to be shown."""
    cases = [each for each in found if each.bundles]
    parts = [part for each in cases or found for part in _parts(each)]
    papers = tuple(
        Paper(
            key=f"comparison{at}",
            name=part.title or NAME,
            blocks=tuple(_blocks(part, style, at > 1)),
            numbering="start" if at == 1 else "continue",
        )
        for at, part in enumerate(parts, 1)
    )
    title = f"{parts[0].title}　{NAME}" if parts and parts[0].title else NAME
    return Document(title=title, papers=papers, author=author, font=font) if papers else None


def _parts(found: FileDiff) -> Iterator[_ComparisonTable]:
    """The case itself, then each regulation that is in both versions; where nothing changed, nothing."""
    if found.old is None or found.new is None:
        return
    laws = [each for each in found.pair.children if _is_law(each)]
    rest = tuple(each for each in found.pair.children if each not in laws)
    provisions = Provisions(ComparisonStyle())
    if any(map(provisions.differs, rest)):
        yield _ComparisonTable(_title(found), rest, law=False)
    for each in laws:
        if Provisions(ComparisonStyle(), law=True).differs(each):
            own = tuple(child for child in each.children if child.node.kind is not Kind.TERM)
            yield _ComparisonTable(each.node.text, own, law=True, renamed=each if each.reworded else None)


def _is_law(found: Pair) -> bool:
    return not found.one_sided and any(child.node.kind.traits.provision for child in found.children)


def _title(found: FileDiff) -> str:
    """件名, or the name of a file that is no case."""
    if found.bundles is None:
        return found.new.file.name if found.new else ""
    new = found.bundles[1]
    return new.organization.style.digits.set_text(printed(new.case.title, names_of(new)))


def _blocks(part: _ComparisonTable, style: ComparisonStyle, is_later: bool) -> Iterator[Paragraph | Table]:
    title = f"{part.title}　{NAME}" if part.title else NAME
    yield Paragraph(role=TITLE.style, inlines=(Run(text=title),), heading=1, page="portrait" if is_later else "")
    rows = [_head(style)]
    provisions = Provisions(style, part.law, origins_of(part.pairs))
    if part.renamed:
        rows += [_row(each, style, joined=False) for each in provisions.own(part.renamed)]
    for group in _groups(part.pairs, provisions):
        rows += [_row(each, style, joined=at > 0) for at, each in enumerate(group)]
    if style.remarks:
        words = _REMARK if part.law else _REMARK_OF_CASE
        rows.append(Row((Cell((Paragraph(role=NOTE.style, inlines=(Run(text=words),)),), columns=2),)))
    yield Table(style=TableRole(small=True).style, widths=(0.0, 0.0), rows=tuple(rows))


def _groups(pairs: Sequence[Pair], provisions: Provisions) -> Iterator[list[Beside]]:
    """Lines between two rules: an article, a section; a run of those that are alike."""
    for is_single, run in groupby(
        pairs, key=lambda each: provisions.is_shown(each) and each.node.kind is not Kind.CHAPTER
    ):
        if is_single:
            for each in run:
                yield list(provisions.lines([each]))
            continue
        for is_chapter, group in groupby(
            run, key=lambda each: each.node.kind is Kind.CHAPTER and provisions.differs(each)
        ):
            own = list(group)
            if not is_chapter:
                if lines := list(provisions.lines(own)):
                    yield lines
                continue
            for chapter in own:
                yield from _chapter(chapter, provisions)


def _chapter(found: Pair, provisions: Provisions) -> Iterator[list[Beside]]:
    """The heading of a chapter, then its articles."""
    yield list(provisions.own(found))
    yield from _groups(found.children, provisions)


def _head(style: ComparisonStyle) -> Row:
    names = (style.new, style.old) if style.new_first else (style.old, style.new)
    return Row(tuple(Cell((Paragraph(role=HEAD.style, inlines=(_spread(name),)),)) for name in names), head=True)


def _spread(name: str) -> Run:
    """Letter-spaced, as heads of columns are."""
    return Run(text=name, fit_em=2.0 * len(name) - 1) if 2 <= len(name) <= 4 else Run(text=name)


def _row(beside: Beside, style: ComparisonStyle, *, joined: bool) -> Row:
    sides = (beside.new, beside.old) if style.new_first else (beside.old, beside.new)
    blank = Paragraph(role=TEXT.style)
    return Row(tuple(Cell((each or blank,)) for each in sides), joined=joined)
