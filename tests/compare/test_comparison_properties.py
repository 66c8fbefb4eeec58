"""The 新旧対照表 of a regulation, read back: what it says of random revisions is the new text, and underlined where it differs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from kotobuki.compare.kinds import Kind
from kotobuki.compare.pairs import pair
from kotobuki.compare.provisions import Beside, Provisions, origins_of
from kotobuki.compare.tree import Node
from kotobuki.compare.words import words_of
from kotobuki.document import Paragraph, Run
from kotobuki.settings.house_style import ComparisonStyle

SAME, ADDED, REMOVED = "（略）", "（新設）", "（削る）"
SENTENCES = (
    "名簿を提出する。",
    "名簿を区に提出する。",
    "鍵を保管庫に収める。",
    "記録を3年間保存する。",
    "記録を5年間保存する。",
    "事故を直ちに報告する。",
    "端末を持ち出してはならない。",
)
CAPTIONS = ("目的", "定義", "名簿", "記録の保存", "事故の報告", "端末の利用", "委任")


@dataclass
class Clause:
    """A 項 with its 号."""

    text: str
    points: list[str] = field(default_factory=list)


@dataclass
class Law:
    """Articles by their captions."""

    articles: list[tuple[str, list[Clause]]]


def tree(law: Law) -> Node:
    """The regulation as it is compared, numbered."""
    articles = []
    for number, (caption, clauses) in enumerate(law.articles, 1):
        children = [
            Node(
                kind=Kind.CLAUSE,
                words=tuple(words_of(clause.text)),
                children=tuple(
                    Node(kind=Kind.POINT, words=tuple(words_of(text)), label=f"（{at}）", level=2)
                    for at, text in enumerate(clause.points, 1)
                ),
                label="" if place == 1 else str(place),
            )
            for place, clause in enumerate(clauses, 1)
        ]
        articles.append(
            Node(kind=Kind.ARTICLE, words=tuple(words_of(caption)), children=tuple(children), label=f"第{number}条")
        )
    return Node(kind=Kind.ANNEX, words=tuple(words_of("規程")), children=tuple(articles))


sentences = st.sampled_from(SENTENCES)
clauses = st.builds(Clause, sentences, st.lists(sentences, max_size=3))
articles = st.tuples(st.sampled_from(CAPTIONS), st.lists(clauses, min_size=1, max_size=3))


@st.composite
def revisions(draw: st.DrawFn) -> tuple[Node, Node]:
    """A regulation, and the same after some edits."""
    old = Law(draw(st.lists(articles, min_size=1, max_size=5)))
    found = [(caption, [Clause(each.text, list(each.points)) for each in own]) for caption, own in old.articles]
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(found) - 1))
        own = found[at][1]
        clause = draw(st.sampled_from(own))
        match draw(
            st.sampled_from(("insert", "drop", "move", "reword", "caption", "point", "clause", "points", "swap"))
        ):
            case "insert":
                found.insert(at, draw(articles))
            case "drop" if len(found) > 1:
                found.pop(at)
            case "move":
                found.insert(draw(st.integers(0, len(found) - 1)), found.pop(at))
            case "reword":
                clause.text = draw(sentences)
            case "caption":
                found[at] = (draw(st.sampled_from(CAPTIONS)), own)
            case "point":
                clause.points.insert(draw(st.integers(0, len(clause.points))), draw(sentences))
            case "clause":
                own.insert(draw(st.integers(0, len(own))), draw(clauses))
            case "points":
                clause.points.reverse()
            case "swap":
                own.reverse()
            case _:
                pass
    return tree(old), tree(Law(found))


def rows(old: Node, new: Node, *, law: bool = True) -> list[Beside]:
    found = pair(old, new)
    return list(Provisions(ComparisonStyle(), law=law, origins=origins_of(found.children)).lines(found.children))


def said(paragraph: Paragraph | None) -> str:
    if paragraph is None:
        return ""
    gap = "　" if paragraph.tab else ""
    return f"{paragraph.label}{gap}{''.join(each.text for each in paragraph.inlines)}"


def unmarked(paragraph: Paragraph | None) -> str:
    """What is not underlined, without the number of an article before its first 項: each side has its own."""
    runs = (
        [each.text for each in paragraph.inlines if isinstance(each, Run) and not each.underlined] if paragraph else []
    )
    if runs and runs[0].startswith("第") and runs[0].endswith("条"):
        runs = runs[1:]
    return "".join((paragraph.label if paragraph else "", *runs)).replace("　", "")


class Reader:
    """Reads the new column with a finger on the new text."""

    def __init__(self, law: Node, old: Node) -> None:
        self.lines = list(self._lines(law))
        self.known = {node.identity for node in old.walk()}
        self.at = 0
        self.after_caption = False

    def _lines(self, law: Node) -> Iterator[tuple[str, str, Node, Node | None]]:
        """Number and text of each line, the part it is of; of a first 項, its article."""
        for article in law.children:
            yield "", f"（{article.text}）", article, None
            for clause in article.children:
                yield clause.label or article.label, clause.text, clause, None if clause.label else article
                yield from ((point.label, point.text, point, None) for point in clause.children)

    def read(self, text: str) -> None:
        if not text or text == REMOVED:
            return
        if text.endswith(SAME):
            self._omitted(text.removesuffix(SAME).rstrip("　"))
            return
        if not self._shown(text):
            self._rest_of_article()
            assert self._shown(text), (text, self.lines[self.at :])
        self.after_caption = text.startswith("（") and self.lines[self.at - 1][2].kind is Kind.ARTICLE

    def _shown(self, text: str) -> bool:
        if self.at == len(self.lines):
            return False
        label, own, _, _ = self.lines[self.at]
        if text.replace("　", "") != label + own:
            return False
        self.at += 1
        return True

    def _omitted(self, label: str) -> None:
        if not label:  # what stands under a part that has moved
            for part in self.lines[self.at - 1][2].children:
                self._cover(part)
            return
        first = label.partition("～")[0].partition("・")[0]
        last = label.replace("・", "～").rpartition("～")[2]
        if not self._begins(first):
            self._rest_of_article()
        assert self._begins(first), (label, self.lines[self.at :])
        is_article = first.startswith("第") and not self.after_caption
        while True:
            part = self.lines[self.at][2]
            here = part.label if is_article else self.lines[self.at][0]
            self._cover(part)
            if here == last:
                break
        self.after_caption = False

    def _begins(self, label: str) -> bool:
        """Whether the line under the finger, or the article that begins there, bears the number."""
        if self.at == len(self.lines):
            return False
        own, _, part, _ = self.lines[self.at]
        return label == (part.label if part.kind is Kind.ARTICLE else own)

    def _rest_of_article(self) -> None:
        """第３条（略） behind a caption is its first 項, or all of it."""
        while self.at < len(self.lines) and self.lines[self.at][2].kind is not Kind.ARTICLE:
            self._cover(self.lines[self.at][2])

    def _cover(self, part: Node) -> None:
        """Passes what is not printed: it must have been there before."""
        assert part.identity in self.known, part
        inside = {id(node) for node in part.walk()}
        while self.at < len(self.lines) and id(self.lines[self.at][2]) in inside:
            self.at += 1


@given(revisions())
def test_the_new_column_read_back_is_the_new_text(both: tuple[Node, Node]) -> None:
    old, new = both
    reader = Reader(new, old)
    for row in rows(old, new):
        reader.read(said(row.new))
    reader._rest_of_article()
    assert reader.at == len(reader.lines)


@given(revisions())
def test_what_is_not_underlined_is_equal_on_both_sides(both: tuple[Node, Node]) -> None:
    for row in rows(*both):
        if ADDED not in (said(row.old), said(row.new)) and REMOVED not in (said(row.old), said(row.new)):
            assert (unmarked(row.new) == unmarked(row.old)) or row.new is None or row.old is None, row
        if row.new is None or said(row.new) == REMOVED:
            assert unmarked(row.old) == "", row
        if row.old is None or said(row.old) == ADDED:
            assert unmarked(row.new) == "", row


def count(text: str) -> int:
    """How many parts a line with （略） stands for."""
    numbers = [int(each) for each in re.findall(r"\d+", text)]
    return numbers[-1] - numbers[0] + 1 if numbers else 0


@given(revisions(), st.booleans())
def test_what_is_omitted_is_as_much_on_both_sides(both: tuple[Node, Node], law: bool) -> None:
    for row in rows(*both, law=law):
        if row.new and row.old and said(row.new).endswith(SAME):
            is_first = said(row.new).startswith("第") != said(row.old).startswith("第")
            assert is_first or count(said(row.new)) == count(said(row.old)), row


@given(revisions())
def test_nothing_is_underlined_where_nothing_changed(both: tuple[Node, Node]) -> None:
    old, _ = both
    runs = [each for row in rows(old, old) for side in (row.new, row.old) if side for each in side.inlines]
    assert not any(isinstance(each, Run) and each.underlined for each in runs)
