"""A paper's template: lines of `役割：本文` with Jinja for values, conditions and repetition.

In: the template's source and the values it may print. Out: draft blocks. The rendered text holds only what the
template's author wrote and tokens (see `values`); every line knows the line of the template it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from kotobuki.diagnostics import Diagnostics, Place, nearest
from kotobuki.forms.engine.evaluation import Language
from kotobuki.forms.engine.functions import Filter
from kotobuki.forms.engine.rules import LINE, LONGEST
from kotobuki.forms.engine.text import render_text
from kotobuki.forms.faults import TemplateError
from kotobuki.forms.plan import Template
from kotobuki.forms.values import CLOSE, OPEN, Body, Bound, Registry, Tools, Value
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.lazy_patterns import lazy_pattern
from kotobuki.numbering.draft import DraftAnnexes, DraftBlock, DraftParagraph, DraftSection, Names
from kotobuki.reading.inlines import Inline, Inlines, Name, Spread, parse_inlines
from kotobuki.reading.nodes import Scalar
from kotobuki.reading.openings import refuse_in_form
from kotobuki.reading.source import forbidden
from kotobuki.roles import SECTION_HEADING, role_named

_DEFINES = "（定義）"
_EXPRESSION = lazy_pattern(r"\{\{(.*?\}\}|.*)")
_MOST_ROUNDS = 20  # of one template: it is read again behind each fault of its syntax, a long one not as often
_TOKEN = re.compile(f"{OPEN}(\\d+){CLOSE}")


@dataclass(frozen=True, slots=True)
class Rendered:
    """The draft blocks of a paper, and the open numbers and dates that it printed (what, and where to give it)."""

    blocks: tuple[DraftBlock, ...]
    blanks: tuple[tuple[str, Place], ...]


def render(
    template: Template, context: Mapping[str, object], registry: Registry, diagnostics: Diagnostics
) -> Rendered | None:
    """The blocks of a template; None after a diagnostic at the template's line."""
    source, shown = template.source, template.shown
    diagnostics.sources[shown] = tuple(source.splitlines())
    if len(source) > LONGEST:
        diagnostics.error(Place(shown, 1, 1), "template", "雛形が長すぎます", f"{LONGEST:,}字までにしてください")
        return None
    if _has_forbidden(source, shown, diagnostics):
        return None
    tools = Tools(registry)
    functions: dict[str, Filter] = {
        "均等": tools.spread,
        "空き": tools.gap,
        "点線": tools.leader,
        "リンク": tools.link,
        "丸": tools.circled,
        "表": tools.table,
    }
    filters: dict[str, Filter] = {
        **{"字間": tools.tracked, "均等": tools.spread, "点線": tools.leader},
        "注なし": tools.without_notes,
        "定義": tools.defining,
    }
    language = Language(functions, filters)
    lines = source.split("\n")
    for _ in range(min(_MOST_ROUNDS, 3 * LONGEST // max(len(source), 1))):
        try:
            text = render_text("\n".join(lines), context, language)
        except TemplateError as error:
            known = list(lines)
            for fault in error.faults:
                number = fault.line if fault.column else _blamed(known, fault.line)
                line = known[number - 1]
                place = Place(shown, number, fault.column or len(line) - len(line.lstrip()) + 1)
                diagnostics.error(place, "template", fault.reason, fault.remedy)
                lines[number - 1] = _without_expressions(line)
            if lines == known or error.last:  # nothing more can be told
                return None
        else:
            rendered = _Reader(shown, registry, template.styles, diagnostics).read(text)
            return rendered if lines == source.split("\n") else None
    return None


def _blamed(lines: list[str], number: int) -> int:
    """The line to mend: where {{ is never closed, Jinja names one further down."""
    unclosed = (at for at in range(number, 0, -1) if lines[at - 1].rfind("{{") > lines[at - 1].rfind("}}"))
    return number if "{{" in lines[number - 1] else next(unclosed, number)


def _without_expressions(line: str) -> str:
    """A faulty line without what it computes, to look for more faults; as it is if it opens or closes a block."""
    return line if "{%" in line or "{#" in line else _EXPRESSION.sub("", line)


def _has_forbidden(source: str, shown: str, diagnostics: Diagnostics) -> bool:
    """Control characters are what tokens and line numbers are made of."""
    fault = _forbidden(source)
    if fault:
        number, words = fault
        diagnostics.error(Place(shown, number, 1), *words)
    return fault is not None


@lru_cache(maxsize=64)
def _forbidden(source: str) -> tuple[int, tuple[str, str, str]] | None:
    """The number of the first line with a character that must not stand there, and what is said of it."""
    return next(((n, found) for n, line in enumerate(source.split("\n"), 1) if (found := forbidden(line))), None)


class _Reader:
    """Reads rendered lines back into draft blocks."""

    def __init__(self, shown: str, registry: Registry, styles: Collection[str], diagnostics: Diagnostics) -> None:
        self.shown, self.registry, self.styles, self.diagnostics = shown, registry, styles, diagnostics
        self.blocks: list[DraftBlock] = []
        self.blanks: list[tuple[str, Place]] = []
        self._said: set[tuple[int, str]] = set()  # the roles that are none, each once for a line of the template

    def read(self, text: str) -> Rendered:
        line = 1
        for raw in text.split("\n"):
            words = ""
            # Words and the number of the line they come from take turns; a tag that eats a line break joins lines.
            for index, part in enumerate(raw.split(LINE)):
                if index % 2 == 0:
                    words += part
                elif not words.strip():
                    line = int(part)
            if words.strip():
                self._line(words, line)
        return Rendered(tuple(self.blocks), tuple(self.blanks))

    def _line(self, words: str, line: int) -> None:
        stripped = words.strip()
        token = _TOKEN.fullmatch(stripped)
        value = self.registry.value(int(token.group(1))) if token else None
        if isinstance(value, Body):
            self._body(value)
            return
        if isinstance(value, Bound):
            self.blocks.append(DraftAnnexes())
            return
        said, colon, rest = words.partition("：")
        defines = said.strip().endswith(_DEFINES)
        style = said.strip().removesuffix(_DEFINES)
        place = Place(self.shown, line, 1)
        if not colon or style not in self.styles:
            if (line, style) in self._said:
                return
            self._said.add((line, style))
            close = nearest(style, sorted(self.styles)) if colon else None
            hint = f"「{close}」の誤りではありませんか。" if close else ""
            reason = (
                f"「{style}」という役割は base.docx のスタイルにありません"
                if colon
                else "行が「役割：本文」の形になっていません"
            )
            gone = "（そのスタイルを消したのなら、base.docx に戻してください）" if colon else ""
            remedy = f"{hint}行の頭に役割（base.docx のスタイル名）と「：」を書いてください{gone}"
            self.diagnostics.error(place, "template-role", reason, remedy)
            return
        inlines, values = self._inlines(rest, line, words.index("：") + 2)
        role = role_named(style)
        if role == SECTION_HEADING:
            names = tuple(name for value in values for name in value.names)
            at = next((value.place for value in values if value.place.line), place)
            self.blocks.append(DraftSection(inlines, (), names, place=at))
        else:
            self.blocks.append(DraftParagraph(role, inlines, defines, place))

    def _body(self, body: Body) -> None:
        """Content goes into the section whose heading stands above it."""
        if self.blocks and isinstance(self.blocks[-1], DraftSection) and not self.blocks[-1].content:
            last = self.blocks[-1]
            self.blocks[-1] = DraftSection(last.heading, body.content, last.names, body.notes, last.place)
        else:
            self.blocks.append(DraftSection((), body.content, (), body.notes))

    def _inlines(self, text: str, line: int, column: int) -> tuple[Inlines, list[Value]]:
        found: list[Inline] = []
        values: list[Value] = []
        for index, part in enumerate(_TOKEN.split(text.rstrip())):
            if index % 2 == 0:
                if part:
                    found += self._written(part, line, column)
                continue
            value = self.registry.value(int(part))
            if not isinstance(value, Value):
                self.diagnostics.error(
                    Place(self.shown, line, column),
                    "template-body",
                    "節の内容は、文の途中に置けません",
                    "{{ 項.内容 }} だけの行にしてください",
                )
                continue
            values.append(value)
            if value.blank:
                self.blanks.append(value.blank)
            found += _attach_gaps(found, value.inlines)
        return tuple(found), values

    def _written(self, part: str, line: int, column: int) -> Inlines:
        """The words of the template's author in a line."""
        names = self.registry.names
        scalar = Scalar(names.style.reworded(part), self.shown, ((0, line, column),))
        written = [inline for paragraph in parse_inlines(scalar, self.diagnostics) for inline in paragraph]
        refuse_in_form(written, self.diagnostics)
        return fields_in_full(written, names)


def fields_in_full(inlines: Iterable[Inline], names: Names) -> Inlines:
    """Words of a line with ｛根拠｝ and the like in full: only a term that is written in a line is defined there."""
    return tuple(
        [
            Name(each.name, each.place, "full") if isinstance(each, Name) and each.name in names.fields else each
            for each in inlines
        ]
    )


def _attach_gaps(before: list[Inline], inlines: Inlines) -> Iterator[Inline]:
    """A bare blank becomes the gap after the words before it: blanks are properties, never characters."""
    for inline in inlines:
        if isinstance(inline, Spread) and not inline.inlines and before:
            last = before.pop()
            own = last if isinstance(last, Spread) else Spread((last,))
            yield Spread(own.inlines, own.fit_em, own.gap_em + inline.gap_em)
        else:
            yield inline
