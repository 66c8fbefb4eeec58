"""Words settled in print order: terms defined once, references worded, digit widths set.

In: a paper laid flat, its targets, the names. Out: finished `document` blocks. Rules (design §3): the first use of a
term prints its full name and （以下「…」という。） if the paper uses it again (or the term asks for it), else the full name
alone; later uses print the short name; titles and addresses print full names and do not count. The heading of a section
does not count either, but prints the short name once that is defined above it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import assert_never, get_args

from kotobuki import document as d
from kotobuki.case.figures import with_words
from kotobuki.checks.registry import check_name, check_printed
from kotobuki.checks.subjects import NameInPaper
from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.numbering.draft import Names
from kotobuki.numbering.flat import Flat, FlatCell, FlatFigure, FlatParagraph, FlatTable, paragraphs
from kotobuki.numbering.keeping import kept, kept_in_cell
from kotobuki.numbering.names import printed
from kotobuki.numbering.references import References
from kotobuki.numbering.runs import RunFrame, RunPart, WordPiece, runs_of, set_digits
from kotobuki.numbering.targets import Target
from kotobuki.reading.inlines import (
    Anchor,
    Circled,
    Frame,
    Inline,
    Inlines,
    Leader,
    Linked,
    Name,
    Note,
    NoteRef,
    PaperPageNumber,
    Ref,
    RunIn,
    Spread,
    Text,
    unframed,
)
from kotobuki.reading.placeholders import Placeholder
from kotobuki.roles import SECTION_HEADING, STANDARD
from kotobuki.settings.terms import Term

_NAMING = frozenset((Name, *get_args(Frame)))
"""Inlines that are names, or have some in them."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Blocks as they are printed.

    printed  what each name, and each run of adjacent references, prints in them, by its place
    """

    blocks: tuple[d.Block, ...]
    printed: Mapping[Place, str]


class Wording:
    """Settles the words of one paper, or of a regulation in it, which is a scope of its own for terms.

    `flat` is all of it, in print order; `titles` are the names that any heading in the paper may use.
    """

    def __init__(
        self, flat: Sequence[Flat], targets: Sequence[Target], names: Names, titles: Names, diagnostics: Diagnostics
    ) -> None:
        self.names, self.diagnostics = names, diagnostics
        self._printed: dict[Place, str] = {}
        self._authored: list[Text] = []  # the words that are printed as they were written
        self._names = dict.fromkeys((*names.fields, *names.terms))
        self._seen: set[str] = set()  # terms whose full name has been counted
        self._seen_above: dict[Place, frozenset[str]] = {}  # those seen above the heading of a section, by its place
        again = {name for name, times in Counter(self._uses(paragraphs(flat))).items() if times > 1}
        self._bracketed = frozenset(name for name, term in names.terms.items() if term.always or name in again)
        """Terms whose short name is given at their first use."""
        self._defined: set[str] = set()
        self._short_names: dict[str, str] = {}  # as defined in this paper: the terms behind them
        title = partial(_title, names=titles, bracketed=self._bracketed, above=self._seen_above)
        self.references = References(targets, title, diagnostics, nearest=names.style.law.nearest)

    def settle(self, blocks: Sequence[Flat]) -> Settled:
        """Blocks of the scope as they are printed; to be called once for each, in print order."""
        self._printed, self._authored = {}, []
        settled = kept([self._block(block) for block in blocks])
        self.diagnostics.report(check_printed(self._authored, self._names))
        return Settled(settled, self._printed)

    def _uses(self, flat: Iterable[FlatParagraph]) -> Iterator[str]:
        """The terms that paragraphs print, as often as they do, those inside a full name where that is printed."""
        for paragraph in flat:
            if paragraph.owner and paragraph.role.style == SECTION_HEADING.style:
                self._seen_above[paragraph.owner.place] = frozenset(self._seen)
            if _NAMING.isdisjoint(map(type, paragraph.inlines)):
                continue
            if paragraph.defines:
                yield from self._count_names(paragraph.inlines, ())
            else:  # a short name that is asked for wants its definition, wherever it stands
                names = (each for each in unframed(paragraph.inlines) if isinstance(each, Name))
                yield from (each.name for each in names if each.extent == "short")

    def _count_names(self, inlines: Inlines, within: tuple[str, ...]) -> Iterator[str]:
        for use in unframed(inlines):
            if not isinstance(use, Name) or use.extent == "full" or use.name in within:
                continue
            name = use.name
            if name in self.names.fields:
                yield from self._count_names(self.names.fields[name], (*within, name))
            elif name in self.names.terms:
                if not (use.extent == "long" and name in self._seen):
                    yield name
                if name not in self._seen and use.extent != "short":
                    self._seen.add(name)
                    yield from self._count_names(self.names.terms[name].full, (*within, name))

    def _block(self, block: Flat) -> d.Block:
        match block:
            case FlatParagraph():
                return d.Paragraph(
                    role=block.role.style,
                    inlines=self._words(block),
                    label=block.label,
                    tab=block.tab,
                    inside=block.inside,
                    heading=block.heading,
                    keep_next=block.keep_next,
                    page=block.page,
                )
            case FlatFigure():
                figure = with_words(block.figure, lambda inlines: self._figure_words(inlines, block))
                return d.Figure(figure, block.description, block.inside, place=block.place)
            case FlatTable():
                return d.Table(
                    style=block.role.style,
                    widths=block.widths,
                    rows=tuple([d.Row(tuple(map(self._cell, cells)), head) for cells, head in block.rows]),
                    inside=block.inside,
                    again=block.again,
                    repeats=block.repeats,
                    place=block.place,
                )
            case _:
                assert_never(block)

    def _cell(self, cell: FlatCell) -> d.Cell:
        blocks = kept_in_cell([self._block(block) for block in cell.blocks])
        return d.Cell(blocks, cell.columns, cell.rows, cell.label)

    def _figure_words(self, inlines: Inlines, figure: FlatFigure) -> Inlines:
        """A paragraph in a figure with its words settled."""
        runs = self._words(FlatParagraph(role=STANDARD, inlines=inlines, owner=figure.owner))
        return tuple(Text(run.text, at=run.at if isinstance(run, d.Run) else ()) for run in runs)

    def _words(self, flat: FlatParagraph) -> tuple[d.Inline, ...]:
        """The inlines of a paragraph as they are printed."""
        digits = self.names.style.digits
        match flat.inlines:
            case (Text() as words,):  # of most paragraphs, which need no more than this
                self._authored.append(words)
                text = words.text if words.verbatim else digits.set_text(words.text)
                return (d.Run(text=text, at=words.at),) if text else ()
            case inlines:
                return runs_of(set_digits(self._parts(inlines, flat, None, ()), digits))

    def _parts(
        self, inlines: Inlines, flat: FlatParagraph, frame: RunFrame | None, within: tuple[str, ...]
    ) -> list[RunPart]:
        """The words of inlines, names and references replaced by what they print here."""
        found: list[RunPart] = []
        if Ref not in map(type, inlines):
            for inline in inlines:
                found += self._inline(inline, flat, frame, within)
            return found
        said: list[Target] = []  # by references just before, joined by の: 「６ 業務の内容」の（１）
        for adjacent, group in groupby(inlines, key=lambda inline: isinstance(inline, Ref)):
            each = list(group)
            if adjacent:
                refs = [inline for inline in each if isinstance(inline, Ref)]
                before = len(self.references.cited)
                words = self.references.words(refs, flat.owner, said)
                said += self.references.cited[before:]
                # Numbers of articles have widths of their own, which stand in their labels.
                verbatim = any(target.cited_as for target in self.references.cited[before:])
                self._printed[refs[0].place] = words
                found.append(WordPiece(words, verbatim, frame, ((0, refs[0].place),)))
                continue
            said = said if each == [Text("の")] else []
            for inline in each:
                found += self._inline(inline, flat, frame, within)
        return found

    def _inline(
        self, inline: Inline, flat: FlatParagraph, frame: RunFrame | None, within: tuple[str, ...]
    ) -> Sequence[RunPart]:
        match inline:
            case Text(text=text, verbatim=verbatim, at=at):
                self._authored.append(inline)
                return (WordPiece(text, verbatim, frame, at),)
            case Name():
                parts = self._name(inline, flat, frame, within)
                if not within:
                    self._printed[inline.place] = "".join([part.text for part in parts])
                return parts
            case Spread(inlines=inner, fit_em=fit, gap_em=gap):
                return self._parts(inner, flat, RunFrame(fit or None, gap), within)
            case Linked(inlines=inner, paper=paper):
                return self._parts(inner, flat, RunFrame(link=paper), within)
            case Leader(inlines=inner, width_em=width, dot=dot):
                link = frame.link if frame else ""
                return self._parts(inner, flat, RunFrame(link=link, leader=(width, dot)), within)
            case Placeholder(text=text, place=place):
                return (WordPiece(text, frame=frame, at=((0, place),)),)
            case Circled(text=text):
                return (d.Enclosed(text),)
            case PaperPageNumber(paper=paper, edge=edge, number=number, ahead=ahead):
                return (d.PageRef(paper, edge, number, ahead),)
            case Note() | NoteRef():
                self._misplaced_note(inline)
            case RunIn():
                self._misplaced_run_in(inline)
            case Anchor():
                pass  # names what it stands in, which `outline` has noted
            case Ref():
                raise AssertionError("references are worded by the run")
            case _:
                assert_never(inline)
        return ()

    def _name(
        self, use: Name, flat: FlatParagraph, frame: RunFrame | None, within: tuple[str, ...]
    ) -> Sequence[RunPart]:
        name = use.name
        term = self.names.terms.get(name)
        heard = NameInPaper(use=use, term=term, known=self._names, within=within, is_defined=name in self._defined)
        self.diagnostics.report(check_name(heard))
        if name in within:
            return ()
        if name in self.names.fields:
            own = flat if use.extent != "full" else _not_defining(flat)
            return self._parts(self.names.fields[name], own, frame, (*within, name))
        if term is None:
            return ()
        known = heard.is_defined
        short = WordPiece(term.short_name, frame=frame, at=((0, use.place),))
        if use.extent == "short":
            return (short,)
        in_heading = flat.role == SECTION_HEADING and name in self._bracketed
        counted = flat.defines and use.extent != "full" and not (use.extent == "long" and known)
        if known and (counted or (in_heading and not use.extent)):
            return (short,)
        if not counted:
            return self._parts(term.full, _not_defining(flat), frame, (*within, name))
        self._defined.add(name)
        found = self._parts(term.full, flat, frame, (*within, name))
        again = name in self._bracketed
        if again:
            first = self._short_names.setdefault(term.short_name, name)
            self.diagnostics.report(check_name(replace(heard, rival=first if first != name else "")))
        if bracket := _bracket(term, again):
            found.append(WordPiece(bracket, frame=frame, at=((0, use.place),)))
        return found

    def _misplaced_note(self, inline: Note | NoteRef) -> None:
        self.diagnostics.error(
            inline.place,
            "note-not-here",
            "ここに注は書けません",
            "注は、節の見出しか、節の中の文章、項目、欄に書いてください（件名、用語の正式な名称などには書けません）",
        )

    def _misplaced_run_in(self, inline: RunIn) -> None:
        self.diagnostics.error(
            inline.place,
            "run-in-not-here",
            "｛同行｝は、ここに書けません",
            "｛同行｝は、「- 見出し｛同行｝: 文」のように、一覧の見出しの終わりに書いてください",
        )


def _title(target: Target, *, names: Names, bracketed: frozenset[str], above: Mapping[Place, frozenset[str]]) -> str:
    """The heading of a target as it is printed there: of a section with the short names defined above it, of a
    row or an annex with full names. `bracketed`: the terms that have short names.
    """
    short = bracketed if target.traits.running else above.get(target.place, frozenset())
    return printed(target.title, names, short=bracketed & short)


def _not_defining(flat: FlatParagraph) -> FlatParagraph:
    """The same paragraph where names in it do not count."""
    return replace(flat, defines=False) if flat.defines else flat


def _bracket(term: Term, again: bool) -> str:
    """What follows a full name: the law's number, the short name if it is used again, or both in one bracket."""
    short = (term.bracket or f"以下「{term.short_name}」という。") if again else ""
    words = "。".join(part for part in (term.law_number, short) if part)
    return f"（{words}）" if words else ""
