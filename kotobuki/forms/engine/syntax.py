"""The syntax tree of a template, whose nodes know line and column.

In: the source. Out: Jinja's nodes, or `TemplateError`. Jinja's tokens carry a line alone: here it is a number that knows
its column, too, and hands it on to the nodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

import jinja2
from jinja2 import nodes
from jinja2.lexer import Lexer

from kotobuki.forms.engine.rules import LINE, LONGEST
from kotobuki.forms.faults import Fault, TemplateError, TooMuchError, explain

_TAGS = re.compile(r"\{[{%#].*?(?:[}%#]\}|\Z)", re.DOTALL)


class _Line(int):
    """The number of a line, and the column in it."""

    column: int

    def __new__(cls, line: int, column: int) -> _Line:
        found = super().__new__(cls, line)
        found.column = column
        return found


class _Lexer(Lexer):
    def tokeniter(
        self, source: str, name: str | None, filename: str | None = None, state: str | None = None
    ) -> Iterator[tuple[int, str, str]]:
        """Jinja's tokens. It drops nothing between them but blanks, so that each is found behind the one before it."""
        source = source.replace("\r\n", "\n").replace("\r", "\n")
        at = start = 0
        for line, kind, value in super().tokeniter(source, name, filename, state):
            found = source.find(value, at)
            start = max(start, source.rfind("\n", at, found) + 1)
            shown = source.find(LINE, start + 1) + 1 if source.startswith(LINE, start) else start
            yield _Line(line, found - shown + 1), kind, value
            at = found + len(value)
            start = max(start, source.rfind("\n", found, at) + 1)


class _Parsing(jinja2.Environment):
    @cached_property
    def lexer(self) -> Lexer:
        """Jinja's own, with columns."""
        return _Lexer(self)


_PARSING = _Parsing(keep_trailing_newline=True)


@lru_cache(maxsize=64)
def parsed(source: str) -> nodes.Template:
    """The tree. Raises `TemplateError` for what Jinja cannot read."""
    try:
        if sum(len(each) for each in _TAGS.findall(source)) > LONGEST:
            raise TooMuchError
        return _PARSING.parse(source)
    except Exception as error:  # a syntax error; a number of thousands of digits; brackets nested without end
        line: int = getattr(error, "lineno", None) or 1
        last = isinstance(error, (TooMuchError, RecursionError))
        raise TemplateError((Fault(line, 0, *explain(error, {})),), last=last) from error


def place_of(node: nodes.Node) -> tuple[int, int]:
    """Line and column of a node (0: the line alone is known)."""
    return (int(node.lineno or 1), getattr(node.lineno, "column", 0))
