"""文言: lines of a form's papers that a case words itself, such as the opening sentence of its 諮問依頼書.

In: the mapping paper → role → words, and the form, which says of each paper the roles whose line a case may word. Out:
the words by paper and role. Rule: what a paper computes (number, date, addressee) is in no list, so that no case can
write over it.
"""

from __future__ import annotations

from collections.abc import Mapping as Dictionary

from kotobuki.diagnostics import Diagnostics, guess, quoted
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading import json_schema
from kotobuki.reading.asking import is_blank
from kotobuki.reading.inlines import Inlines, parse_line
from kotobuki.reading.json_schema import Schema
from kotobuki.reading.kinds import Known
from kotobuki.reading.nodes import Mapping, Node, Scalar
from kotobuki.settings.form import Form


@dataclass(frozen=True, slots=True)
class OwnLine:
    """The line of a role as the case words it. `source`: as its author wrote it."""

    inlines: Inlines
    source: Scalar


OwnLines = Dictionary[tuple[str, str], OwnLine]
"""By the name of the paper and the role of the line: (諮問依頼書, 本文)."""


def wordings_schema(_: Known) -> Schema:
    """文言: paper → role → words."""
    line = {"type": [*json_schema.SCALAR], "pattern": r"\S"}
    lines = json_schema.by_name(line, "役割: 文 の組で書きます（例：{本文: …}）", minProperties=1)
    return json_schema.by_name(lines, "書類の名: {役割: 文} の組で書きます", minProperties=1)


def read_wordings(node: Mapping | None, form: Form, diagnostics: Diagnostics) -> OwnLines:
    """The lines that a case words itself; a paper or role that its form does not have is an error."""
    papers = {paper.name: paper for paper in form.papers if paper.wordable}
    found: dict[tuple[str, str], OwnLine] = {}
    for name, lines in node.entries if node else ():
        paper = papers.get(name.value)
        if paper is None:
            _refuse_name(name, "書類", list(papers), form, diagnostics)
        elif isinstance(lines, Mapping):
            for role, words in lines.entries:
                if role.value not in paper.wordable:
                    _refuse_name(role, f"{paper.name}の役割", list(paper.wordable), form, diagnostics)
                elif line := _line(words, diagnostics):
                    found[paper.name, role.value] = line
        else:
            example = f"例：{paper.name}: {{{paper.wordable[0]}: …}}"
            diagnostics.error(lines.place(), "wording-form", "文言は「役割: 文」の組で書きます", example)
    return found


def _line(node: Node, diagnostics: Diagnostics) -> OwnLine | None:
    if isinstance(node, Scalar) and not is_blank(node):
        return OwnLine(parse_line(node, diagnostics), node)
    diagnostics.error(
        node.place(), "wording-form", "文言は一つの文で書きます", "例：本文: 下記の事項について…願います。"
    )
    return None


def _refuse_name(name: Scalar, what: str, known: list[str], form: Form, diagnostics: Diagnostics) -> None:
    hint, fix = guess(name.value, known)
    able = f"文言を書けるのは {quoted(known)} です" if known else "この様式の書類には、案件の文言を書けません"
    reason = f"様式「{form.name}」では、{what}「{name.value}」の文言は変えられません"
    diagnostics.error(name.place(), "wording-unknown", reason, f"{hint}{able}", fix)
