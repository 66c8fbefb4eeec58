"""Jinja, kept small: templates run in a sandbox, and nothing in them grows without end.

In: a template's source and the values it may print. Out: the rendered text, each line beginning with the number of the
line it comes from; or `RenderingError`. Rules: no files, no chance, no private attributes; at most `MOST` characters, of
the text and of each value computed on the way, and at most `MOST` turns of loops and macros.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jinja2
from jinja2 import meta, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from kotobuki.forms.faults import TooMuchError, explain
from kotobuki.forms.values import OpenText

MOST = 100_000
"""Far beyond any paper: a page holds 1,600 characters."""
LINE = "\x01"
"""Around the number of a line, which no source text can hold."""

_GROWING_FILTERS = ("batch", "center", "format", "indent", "random", "slice", "tojson", "urlize", "wordwrap", "xmlattr")
_GROWING_METHODS = frozenset(
    ("center", "expandtabs", "format", "format_map", "join", "ljust", "replace", "rjust", "translate", "zfill")
)
_LARGEST_INTEGER = 10**15  # a float is exact as far; no sum of money in a paper is as large
_MOST_XML = 100 * MOST
"""Of a part of a Word form, whose words have markup around them."""
_MARKUP = re.compile(r"\{[{%#]|[}%#]\}")
_TICK = "__tick"

Filter = Callable[..., object]


class RenderingError(Exception):
    """The template cannot be rendered: line in it, and what to say."""

    def __init__(self, line: int, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.line, self.reason, self.remedy = line, reason, remedy


def render_text(source: str, shown: str, values: Mapping[str, object], filters: Mapping[str, Filter]) -> str:
    """The rendered text. `filters`: by name; each takes the value and the arguments."""
    try:
        template = _compiled(source, shown, tuple(filters))
        text, size = [], 0
        for piece in template.generate({**values, "__filters": filters, _TICK: _Ticks()}):
            size += len(piece)
            _check(size)
            text.append(piece)
        return "".join(text)
    except Exception as error:  # whatever a template's own expression raised: a wrong argument, a sum with text
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == shown]
        line: int = getattr(error, "lineno", None) or (frames[-1].lineno if frames else None) or 1
        raise RenderingError(line, *explain(error, values)) from error


@lru_cache(maxsize=64)
def _compiled(source: str, shown: str, filters: tuple[str, ...]) -> jinja2.Template:
    environment = _environment(filters)
    tree = environment.parse(_number_lines(source), shown, shown)
    return _watched(environment, tree, shown)


def _watched(environment: _Environment, tree: nodes.Template, shown: str) -> jinja2.Template:
    """The template, every turn of its loops and macros counted."""
    turning: list[nodes.For | nodes.Macro] = [*tree.find_all(nodes.For), *tree.find_all(nodes.Macro)]
    for each in turning:
        call = nodes.Call(nodes.Name(_TICK, "load"), [], [], None, None)
        each.body.insert(0, nodes.ExprStmt(call).set_lineno(each.lineno, override=True))
    tree.set_environment(environment)
    code = environment.compile(tree, name=shown, filename=shown)
    return environment.template_class.from_code(environment, code, environment.make_globals(None))


@lru_cache(maxsize=4)
def _environment(filters: tuple[str, ...]) -> _Environment:
    environment = _Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    environment.keep_small()
    environment.filters |= {name: _filter(name) for name in filters}
    return environment


def _filter(name: str) -> Filter:
    @jinja2.pass_context
    def call(context: jinja2.runtime.Context, value: object, *arguments: object) -> object:
        return context["__filters"][name](value, *arguments)

    return call


class _Ticks:
    """Counts the turns of one rendering."""

    def __init__(self) -> None:
        self.turns = 0

    def __call__(self) -> None:
        self.turns += 1
        _check(self.turns)


class _Generator(CodeGenerator):
    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802  (jinja's name)
        """Texts put together by ~: their size is watched."""
        self.write("environment.concatenated((")
        for each in node.nodes:
            self.visit(each, frame)
            self.write(", ")
        self.write("))")


class _Environment(ImmutableSandboxedEnvironment):
    code_generator_class = _Generator
    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401  (of any value)
        return super().is_safe_attribute(obj, attr, value) and not (isinstance(obj, str) and attr in _GROWING_METHODS)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401  (of any values)
        sizes = [len(each) for each in (left, right) if isinstance(each, (str, list, tuple))]
        if operator == "%" and isinstance(left, str):
            raise TypeError  # a text with gaps can ask for any width
        if operator == "+":
            _check(sum(sizes))
        if operator == "*" and sizes:
            _check(sizes[0] * max((each for each in (left, right) if isinstance(each, int)), default=1))
        if operator == "**":
            _check(abs(right) * 1000)
        result = super().call_binop(context, operator, left, right)
        if isinstance(result, int) and abs(result) > _LARGEST_INTEGER:
            raise TooMuchError
        return result

    def keep_small(self) -> None:
        """Take away what grows without end or is drawn by lot: the same template makes the same paper."""
        for name in _GROWING_FILTERS:
            del self.filters[name]
        del self.globals["lipsum"]
        self.filters |= {"join": _join, "replace": _replace}

    @staticmethod
    def concatenated(parts: Iterable[object]) -> str:
        return _join(parts)


class WordFaultsError(Exception):
    """A Word form cannot be filled: for each fault reason, remedy, and the words around it in the form."""

    def __init__(self, faults: list[tuple[str, str, str]]) -> None:
        super().__init__(faults)
        self.faults = faults


class WordEnvironment(_Environment):
    """For the XML of a Word form, as docxtpl hands it over part by part: the same limits, and every value escaped.

    `blanks`: the open numbers and dates that were printed.
    """

    def __init__(self, shown: str) -> None:
        super().__init__(undefined=jinja2.StrictUndefined, autoescape=True, finalize=self._finalized)
        self.keep_small()
        for name in ("safe", "e", "escape", "forceescape"):
            del self.filters[name]  # what is printed is escaped once, and always
        self.shown = shown
        self.blanks: list[OpenText] = []

    def from_string(self, source: Any, globals: Any = None, template_class: Any = None) -> Any:  # noqa: ANN401  (jinja's own signature)
        """What docxtpl takes for a template: something that renders."""
        return _WordPart(str(source), self)

    def _finalized(self, value: object) -> Markup:
        """Words as XML; braces too, as docxtpl looks for some after the rendering."""
        if isinstance(value, (dict, list, tuple)) and type(value).__str__ is object.__str__:
            raise TypeError  # a group of values, none of which is named
        if isinstance(value, OpenText):
            self.blanks.append(value)
        text = str(value)
        return Markup(escape(text).replace("{", Markup("&#123;")).replace("}", Markup("&#125;")))


@dataclass(frozen=True, slots=True)
class _WordPart:
    """The XML of one part of a Word form, a paragraph a line."""

    source: str
    environment: WordEnvironment

    def render(self, values: Mapping[str, object]) -> str:
        """The XML with its values. Raises `WordFaultsError`."""
        try:
            tree = self.environment.parse(self.source)
            if tree.find(nodes.ScopedEvalContextModifier):
                raise jinja2.TemplateSyntaxError("unknown tag 'autoescape'", 1)
            unknown = sorted(meta.find_undeclared_variables(tree) - {*values, *self.environment.globals})
            if unknown:
                raise WordFaultsError([self._unknown(name, values) for name in unknown])
            return self._rendered(_watched(self.environment, tree, self.environment.shown), values)
        except WordFaultsError:
            raise
        except Exception as error:  # whatever an expression of the form raised
            shown = self.environment.shown
            frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == shown]
            line: int = getattr(error, "lineno", None) or (frames[-1].lineno if frames else None) or 0
            raise WordFaultsError([(*explain(error, values), self._words(line))]) from error

    def _rendered(self, template: jinja2.Template, values: Mapping[str, object]) -> str:
        text, size = [], 0
        for piece in template.generate({**values, _TICK: _Ticks()}):
            size += len(piece)
            if size > _MOST_XML:
                raise TooMuchError
            text.append(piece)
        return "".join(text)

    def _unknown(self, name: str, values: Mapping[str, object]) -> tuple[str, str, str]:
        line = next((at for at, line in enumerate(self.source.split("\n"), 1) if name in line), 0)
        return (*explain(jinja2.UndefinedError(f"'{name}' is undefined"), values), self._words(line))

    def _words(self, line: int) -> str:
        """The words of a paragraph; those of the next one with any, where a tag stands between two."""
        lines = self.source.split("\n")
        words = (re.sub("<[^>]*>", "", each).strip() for each in lines[max(line - 1, 0) :])
        return next(filter(None, words), "") if line else ""


def _join(value: Iterable[object], d: object = "", attribute: str | None = None) -> str:
    """The filter join, refused where the text would be longer than `MOST` characters. Raises `TooMuchError`."""
    texts = [str(each if attribute is None else each[attribute]) for each in value]  # type: ignore[index]  # a template's own fault
    _check(sum(map(len, texts)) + len(texts) * len(str(d)))
    return str(d).join(texts)


def _replace(value: object, old: object, new: object) -> str:
    """The filter replace, refused where the text could be longer than `MOST` characters. Raises `TooMuchError`."""
    text = str(value)
    _check(len(text) + text.count(str(old)) * len(str(new)))
    return text.replace(str(old), str(new))


def _check(size: int) -> None:
    if size > MOST:
        raise TooMuchError


def _number_lines(source: str) -> str:
    """Each line outside a multi-line tag begins with its number, for the diagnostics of what it prints."""
    lines = []
    inside = False
    for number, line in enumerate(source.split("\n"), 1):
        lines.append(line if inside else f"{LINE}{number}{LINE}{line}")
        for mark in _MARKUP.findall(line):
            inside = mark in ("{{", "{%", "{#")
    return "\n".join(lines)
