"""What is still to be written in a file: its placeholders, and the refusal of them.

In: the node of an organization, a meeting or a case. Out: every placeholder in it, in the order written; or, where papers
are to be final, a diagnostic for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kotobuki.diagnostics import Diagnostics
from kotobuki.reading.inlines import Inline, all_inlines, inlines_of
from kotobuki.reading.nodes import Node, Scalar, all_nodes
from kotobuki.reading.placeholders import SIGN, Placeholder


def placeholders_in(node: Node) -> Iterator[Placeholder]:
    """Every placeholder of a file, those of keys and of notes too; read as the text is read, so that none is missed."""
    for text in all_nodes(node):
        if isinstance(text, Scalar) and SIGN in text.value:
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
