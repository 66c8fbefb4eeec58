"""A paper's template: lines of `役割：本文` with Jinja for values, conditions and repetition.

In: the template's source and the values it may print. Out: draft blocks. The rendered text holds only what the
template's author wrote and tokens (see `values`); every line knows the line of the template it comes from.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from kotobuki.case.inlines import Inline, Inlines, Spread, parse_inlines
from kotobuki.case.nodes import Scalar
from kotobuki.case.source import forbidden
from kotobuki.diagnostics import Diagnostics, Place, nearest
from kotobuki.forms.values import CLOSE, OPEN, Body, Bound, Registry, Tools, Value
from kotobuki.numbering.draft import DraftAnnexes, DraftBlock, DraftParagraph, DraftSection

SECTION = "節見出し"
"""The role whose lines begin a numbered section."""
_DEFINES = "（定義）"
_LINE = "\x01"
_TOKEN = re.compile(f"{OPEN}(\\d+){CLOSE}")


@dataclass(frozen=True, slots=True)
class Rendered:
    """The draft blocks of a paper, and the open numbers and dates that it printed (what, and where to give it)."""

    blocks: tuple[DraftBlock, ...]
    blanks: tuple[tuple[str, Place], ...]


def render(
    source: str,
    shown: str,
    context: Mapping[str, object],
    registry: Registry,
    roles: Collection[str],
    diagnostics: Diagnostics,
) -> Rendered | None:
    """The blocks of a template; None after a diagnostic at the template's line."""
    diagnostics.sources[shown] = tuple(source.splitlines())
    if _has_forbidden(source, shown, diagnostics):
        return None
    tools = Tools(registry)
    functions = {
        "均等": tools.spread,
        "空き": tools.gap,
        "点線": tools.leader,
        "リンク": tools.link,
        "丸": tools.circled,
        "表": tools.table,
    }
    try:
        template = _compiled(source, shown)
        text = template.render({**functions, **context, "__tools": tools})
    except jinja2.TemplateError as error:
        _report(error, shown, diagnostics)
        return None
    except Exception as error:  # whatever a template's own expression raised: a wrong argument, a sum with text
        _report(error, shown, diagnostics)
        return None
    return _Reader(shown, registry, roles, diagnostics).read(text)


def _has_forbidden(source: str, shown: str, diagnostics: Diagnostics) -> bool:
    """Control characters are what tokens and line numbers are made of."""
    fault = next(((n, found) for n, line in enumerate(source.split("\n"), 1) if (found := forbidden(line))), None)
    if fault:
        number, words = fault
        diagnostics.error(Place(shown, number, 1), *words)
    return fault is not None


@lru_cache(maxsize=64)
def _compiled(source: str, shown: str) -> jinja2.Template:
    environment = _environment()
    code = environment.compile(_number_lines(source), name=shown, filename=shown)
    return environment.template_class.from_code(environment, code, environment.make_globals(None))


@lru_cache(maxsize=1)
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    del environment.filters["random"], environment.globals["lipsum"]  # the same template makes the same paper
    environment.filters["字間"] = _filter("tracked")
    environment.filters["均等"] = _filter("spread")
    environment.filters["点線"] = _filter("leader")
    environment.filters["注なし"] = Tools.without_notes
    return environment


def _filter(name: str) -> Any:  # noqa: ANN401  (jinja's filters take and give anything)
    @jinja2.pass_context
    def call(context: jinja2.runtime.Context, value: object, *arguments: object) -> object:
        return getattr(context["__tools"], name)(value, *arguments)

    return call


_MARKUP = re.compile(r"\{[{%#]|[}%#]\}")


def _number_lines(source: str) -> str:
    """Each line outside a multi-line tag begins with its number, for the diagnostics of what it prints."""
    lines = []
    inside = False
    for number, line in enumerate(source.split("\n"), 1):
        lines.append(line if inside else f"{_LINE}{number}{_LINE}{line}")
        for mark in _MARKUP.findall(line):
            inside = mark in ("{{", "{%", "{#")
    return "\n".join(lines)


def _report(error: Exception, shown: str, diagnostics: Diagnostics) -> None:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == shown]
    line: int = getattr(error, "lineno", None) or (frames[-1].lineno if frames else None) or 1
    message = getattr(error, "message", None) or str(error)
    if isinstance(error, jinja2.UndefinedError):
        name = re.search("'([^']*)'(?: is undefined)?$", message)
        reason = f"雛形が知らない名「{name.group(1) if name else message}」を使っています"
        remedy = "名のつづりを確かめてください。使える名は templates/README.md にあります"
    elif isinstance(error, jinja2.TemplateSyntaxError):
        reason = f"雛形の書き方に誤りがあります（{message}）"
        remedy = "{{ }} と {% %} の対応を確かめてください"
    else:
        reason = f"雛形の式を計算できません（{message}）"
        remedy = "この行の式を確かめてください"
    source = diagnostics.sources[shown]
    column = len(source[line - 1]) - len(source[line - 1].lstrip()) + 1 if 0 < line <= len(source) else 1
    diagnostics.error(Place(shown, line, column), "template", reason, remedy)


class _Reader:
    """Reads rendered lines back into draft blocks."""

    def __init__(self, shown: str, registry: Registry, roles: Collection[str], diagnostics: Diagnostics) -> None:
        self.shown, self.registry, self.roles, self.diagnostics = shown, registry, roles, diagnostics
        self.blocks: list[DraftBlock] = []
        self.blanks: list[tuple[str, Place]] = []

    def read(self, text: str) -> Rendered:
        line = 1
        for raw in text.split("\n"):
            words = ""
            # Words and the number of the line they come from take turns; a tag that eats a line break joins lines.
            for index, part in enumerate(raw.split(_LINE)):
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
        role, colon, rest = words.partition("：")
        role = role.strip()
        defines = role.endswith(_DEFINES)
        role = role.removesuffix(_DEFINES)
        place = Place(self.shown, line, 1)
        if not colon or role not in self.roles:
            close = nearest(role, sorted(self.roles)) if colon else None
            hint = f"「{close}」の誤りではありませんか。" if close else ""
            reason = (
                f"「{role}」という役割は base.docx のスタイルにありません"
                if colon
                else "行が「役割：本文」の形になっていません"
            )
            self.diagnostics.error(
                place, "template-role", reason, f"{hint}行の頭に役割（base.docx のスタイル名）と「：」を書いてください"
            )
            return
        inlines, values = self._inlines(rest, line, words.index("：") + 2)
        if role == SECTION:
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
                scalar = Scalar(part, self.shown, ((0, line, column),))
                found += [inline for paragraph in parse_inlines(scalar, self.diagnostics) for inline in paragraph]
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


def _attach_gaps(before: list[Inline], inlines: Inlines) -> Iterator[Inline]:
    """A bare blank becomes the gap after the words before it: blanks are properties, never characters."""
    for inline in inlines:
        if isinstance(inline, Spread) and not inline.inlines and before:
            last = before.pop()
            own = last if isinstance(last, Spread) else Spread((last,))
            yield Spread(own.inlines, own.fit_em, own.gap_em + inline.gap_em)
        else:
            yield inline
