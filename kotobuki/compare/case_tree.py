"""A case as a tree: its head, its terms, its sections as printed, what is bound in; a regulation by 条, 項 and 号.

In: a case with the organization it is read by. Out: a `Node`. No template is asked: a case says the same whatever papers
are made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from pathlib import Path

from kotobuki.case.annexes import Annex
from kotobuki.case.letter import Letter
from kotobuki.case.regulation import Article, Attachment, Chapter, LawParagraph, Regulation
from kotobuki.case.sections import Section
from kotobuki.compare.content_tree import ContentTree, seal_of
from kotobuki.compare.kinds import Kind
from kotobuki.compare.tree import Node
from kotobuki.compare.wordings import Wordings
from kotobuki.compare.words import Word, words_of
from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.forms.compose import Bundle, annexes_of, heading_of, names_of
from kotobuki.japanese.wareki import format_date
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.numbering.draft import DraftAnnexes, DraftPaper, DraftSection
from kotobuki.numbering.outline import Outline
from kotobuki.numbering.resolve import word
from kotobuki.numbering.targets import Target, TargetKind
from kotobuki.reading.inlines import Inlines, Text
from kotobuki.settings.issued import Issued
from kotobuki.settings.terms import Term

TargetKey = Callable[[Target], str]
_ATTACHED = {"別表": Kind.SCHEDULE, "様式": Kind.FORM, "別紙": Kind.ANNEX}
"""What is attached to a regulation, by its key in the YAML."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the words of a case are read: what terms and targets are compared as; `literal`: regulations as printed.

    common  terms of the organization that are the same in both versions, which are not listed
    """

    terms: Mapping[str, str]
    target: TargetKey
    common: Mapping[str, Term] = field(default_factory=dict)
    literal: bool = False


def case_tree(bundle: Bundle, reading: Reading) -> Node:
    """The tree of a case, which must be without errors."""
    return _CaseTree(bundle, reading).root()


class _CaseTree:
    def __init__(self, bundle: Bundle, reading: Reading) -> None:
        self.common = reading.common
        self.bundle, self.case, self.style = bundle, bundle.case, bundle.organization.style
        unheard = Diagnostics()  # what is wrong with the case has been said where it was read
        names = names_of(bundle)
        self.level = 1 if self.case.letter else 2
        """Of the items of a section: a letter prints no headings with numbers above them."""
        sections = (
            DraftSection(self._numbered(each), each.content, (each.name,), place=each.place)
            for each in self.case.sections
        )
        annexes = annexes_of(self.case)
        outline = Outline(
            DraftPaper(key="case", name="", blocks=(*sections, DraftAnnexes()), annexes=annexes), names, unheard
        )
        worded = word(outline, unheard)
        self.sections = {each.names[0]: each for each in outline.targets if each.kind is TargetKind.SECTION}
        self.targets = {each.place: each for each in reversed(outline.targets)}  # the first one of a place is its own
        self.wordings = {
            number: Wordings(
                names=outline.scopes[number],
                references=references,
                terms=reading.terms,
                target=reading.target,
                as_printed=worded.printed,
                literal=reading.literal and number > 0,
            )
            for number, references in worded.references.items()
        }

    def root(self) -> Node:
        """The case: its head, the terms it uses, its sections, what is bound in; in the order of this sentence."""
        content = ContentTree(self.wordings[0], self.targets, self.style.labels)
        sections = []
        for section in self.case.sections:
            target = self.sections.get(section.name)
            sections.append(
                Node(
                    kind=Kind.SECTION,
                    words=self.wordings[0].words(heading_of(section, self.style), target),
                    children=content.nodes(section.content, self.level, target),
                    name=section.name,
                    label=target.label if target else "",
                    place=section.place,
                )
            )
        annexes = tuple(self._annexes())  # before the terms: then it is known which are used
        return Node(
            kind=Kind.CASE, words=(), children=(*self._head(), *self._terms(self.case.terms, 0), *sections, *annexes)
        )

    def _numbered(self, section: Section) -> Inlines:
        """The heading of a section that is numbered; () = its content is the paper's own."""
        return () if self.case.letter else heading_of(section, self.style)

    def _head(self) -> Iterator[Node]:
        case, own = self.case, self.wordings[0]
        yield self._entry("様式", own.plain(case.form.name))
        yield self._entry("件名", own.words(case.title))
        for each in case.departments:
            yield self._entry("主管課", own.plain(each.name))
        for basis in case.bases:
            yield self._entry("根拠", (*own.plain(basis.law), *own.plain("、".join(basis.provisions))))
        if case.letter:
            yield from self._letter(case.letter)
        else:
            yield from self._issued("依頼", case.request.issued)
            yield from self._named("依頼の発信者", case.request.sender)
            yield from self._named("依頼の宛先", case.request.addressee)
        for (paper, role), line in case.wordings.items():
            yield self._entry(f"{paper}の{role}", own.words(line.inlines), line.source.place())
        if case.committee:
            yield self._entry("会議体", own.plain(case.committee.key))
        if case.squeeze is not None:
            yield self._entry("組版の詰め", own.plain("はい" if case.squeeze else "いいえ"))
        if case.hang_in_cells is not None:
            yield self._entry("組版の表のぶら下げ", own.plain("はい" if case.hang_in_cells else "いいえ"))

    def _letter(self, letter: Letter) -> Iterator[Node]:
        yield from self._named("種別", letter.kind)
        yield from self._issued("発信", letter.issued)
        yield from self._named("発信者", letter.sender)
        for each in letter.addressees:
            yield from self._named(
                "宛先", "　".join(filter(None, (each.office, each.post, each.person, each.honorific)))
            )
        yield from self._named("公印", "" if letter.sealed else "省略")
        yield from self._named("来文", letter.answered.text if letter.answered else "")

    def _named(self, name: str, text: str) -> Iterator[Node]:
        if text:
            yield self._entry(name, self.wordings[0].plain(text))

    def _issued(self, what: str, issued: Issued) -> Iterator[Node]:
        own = self.wordings[0]
        if issued.number is not None:
            branch = f"の{issued.branch}" if issued.branch else ""
            yield self._entry(
                f"{what}の番号", own.plain(f"{issued.mark}第{issued.number}号{branch}"), issued.number_place
            )
        if issued.date:
            yield self._entry(f"{what}の日付", own.plain(format_date(issued.date)), issued.place)

    def _entry(self, name: str, words: tuple[Word, ...], place: Place | None = None) -> Node:
        return Node(kind=Kind.HEAD, words=words, name=name, place=place or self.case.place)

    def _terms(self, terms: Mapping[str, Term], scope: int) -> Iterator[Node]:
        """The terms of the case itself with those of the organization that it uses and that differ, or of a regulation:
        known by what they are compared as.
        """
        own = self.wordings[scope]
        given = self.bundle.organization.terms if scope == 0 else {}
        used = {name for each in self.wordings.values() for name in each.used}
        for name, term in terms.items():
            is_given = given.get(name) == term
            if is_given and (name not in used or self.common.get(name) == term):
                continue
            full = own.words(term.full)
            law = own.plain(f"（{term.law_number}）") if term.law_number else ()
            bracket = own.plain(f"（{term.bracket}）") if term.bracket else ()
            words = (*words_of(term.short_name), Word("："), *full, *law, *bracket)
            place = Place("") if is_given else term.place  # of another file
            yield Node(kind=Kind.TERM, words=words, name=own.terms.get(name, name), place=place)

    # What is bound in.

    def _annexes(self) -> Iterator[Node]:
        scope = 0
        for annex in self.case.annexes:
            scope += annex.regulation is not None
            yield self._annex(annex, scope)

    def _annex(self, annex: Annex, scope: int) -> Node:
        target = self.targets.get(annex.place)
        label = target.label if target else ""
        own = self.wordings[0]
        kind = Kind.EXISTING if annex.existing else Kind.ANNEX
        name = annex.anchor
        if annex.regulation:
            law = _LawTree(self.wordings[scope], self.targets, self.style.labels)
            terms = tuple(self._terms(annex.regulation.terms, scope))
            return Node(
                kind=kind,
                words=own.words(annex.title),
                children=law.nodes(annex.regulation, terms),
                name=name,
                label=label,
                place=annex.place,
            )
        content = ContentTree(own, self.targets, self.style.labels).nodes(annex.content, 1, target)
        file = f"ファイル：{annex.file.value}" if annex.file else ""
        more = tuple(
            Node(kind=Kind.REMARK, words=own.plain(each))
            for each in (file, "添付省略" if annex.omitted else "")
            if each
        )
        seal = f"{'横' if annex.landscape else ''}{annex.bracket or ''}{'空' if annex.spaced else ''}"
        seal += seal_of(Path(annex.place.path).parent / annex.file.value) if annex.file else ""
        return Node(
            kind=kind,
            words=own.words(annex.title),
            children=(*content, *more),
            name=name,
            label=label,
            seal=seal,
            place=annex.place,
        )


@dataclass(frozen=True, slots=True)
class _LawTree:
    """A regulation by its provisions: 章 hold 条, these 項, these 号; 附則 and what is attached stand behind."""

    wordings: Wordings
    targets: Mapping[Place, Target]
    labels: tuple[str, ...]

    def nodes(self, law: Regulation, terms: tuple[Node, ...]) -> tuple[Node, ...]:
        """Dates, terms, provisions, what is attached."""
        dates = tuple(
            Node(kind=Kind.DATE, words=self.wordings.plain(f"{what}　{date.text}")) for what, date in law.dates
        )
        supplement = tuple(
            self._paragraph(each, number, len(law.supplement)) for number, each in enumerate(law.supplement, 1)
        )
        behind = (
            (Node(kind=Kind.SUPPLEMENT, words=self.wordings.words((Text("附則"),)), children=supplement, name="附則"),)
            if supplement
            else ()
        )
        return (*dates, *terms, *self._parts(law.body), *behind, *map(self._attachment, law.attachments))

    def _parts(self, parts: tuple[Chapter | Article, ...]) -> tuple[Node, ...]:
        return tuple(self._article(each) if isinstance(each, Article) else self._chapter(each) for each in parts)

    def _chapter(self, chapter: Chapter) -> Node:
        target = self.targets.get(chapter.place)
        words = self.wordings.words(chapter.heading, target)
        return Node(
            kind=Kind.CHAPTER,
            words=words,
            children=self._parts(chapter.parts),
            label=target.label if target else "",
            place=chapter.place,
        )

    def _article(self, article: Article) -> Node:
        target = self.targets.get(article.place)
        count = len(article.paragraphs)
        paragraphs = tuple(self._paragraph(each, number, count) for number, each in enumerate(article.paragraphs, 1))
        words = self.wordings.words(article.heading, target)
        return Node(
            kind=Kind.ARTICLE,
            words=words,
            children=paragraphs,
            label=target.label if target else "",
            place=article.place,
        )

    def _paragraph(self, paragraph: LawParagraph, number: int, count: int) -> Node:
        target = self.targets.get(paragraph.place)
        content = ContentTree(self.wordings, self.targets, self.labels, law=True)
        heading = self.wordings.words((Text("（"), *paragraph.heading, Text("）"))) if paragraph.heading else ()
        words = (*heading, *self.wordings.words(paragraph.text, target))
        label = self.wordings.names.style.digits.set_number(number) if number > 1 else ""
        return Node(
            kind=Kind.CLAUSE,
            words=words,
            children=content.nodes(paragraph.body, 2, target),
            label=label,
            place=paragraph.place,
        )

    def _attachment(self, attachment: Attachment) -> Node:
        target = self.targets.get(attachment.place)
        content = ContentTree(self.wordings, self.targets, self.labels).nodes(attachment.content, 1, target)
        words = self.wordings.words(attachment.title, target)
        return Node(
            kind=_ATTACHED[attachment.kind],
            words=words,
            children=content,
            label=target.label if target else "",
            place=attachment.place,
        )
