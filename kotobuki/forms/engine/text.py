"""A text template with its values.

In: the source of a template, the values it may print, its functions and filters. Out: the text, each line beginning with
the number of the line it comes from; or `TemplateError`. Rule: at most `MOST` characters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kotobuki.forms.engine import tree
from kotobuki.forms.engine.evaluation import Language, evaluate
from kotobuki.forms.engine.functions import FILTERS
from kotobuki.forms.engine.rules import LINE
from kotobuki.forms.faults import Fault, TemplateError, TooMuchError, explain
from kotobuki.forms.values import MOST
from kotobuki.remembering import remembered

_MARKUP = re.compile(r"\{[{%#]|[}%#]\}")


def render_text(source: str, values: Mapping[str, object], language: Language) -> str:
    """The rendered text. Raises `TemplateError`."""
    body, faults = _read(source, " ".join(language.functions), " ".join((*FILTERS, *language.filters)))
    if faults:
        raise TemplateError(faults)
    text, size = [], 0
    for piece in evaluate(body, values, language):
        size += len(piece)
        text.append(piece)
        if size > MOST:
            line = "".join(text).count("\n") + 1
            raise TemplateError((Fault(line, 0, *explain(TooMuchError(), values)),), last=True)
    return "".join(text)


@remembered
def _read(source: str, functions: str, filters: str) -> tuple[tree.Body, tuple[Fault, ...]]:
    from kotobuki.forms.engine.allowed import Vocabulary  # only here: it loads Jinja, which reads what is new
    from kotobuki.forms.engine.reading import read

    return read(_with_line_numbers(source), Vocabulary(functions.split(), filters.split()))


def _with_line_numbers(source: str) -> str:
    """Each line outside a multi-line tag begins with its number, for the diagnostics of what it prints."""
    lines = []
    inside = False
    for number, line in enumerate(source.split("\n"), 1):
        lines.append(line if inside else f"{LINE}{number}{LINE}{line}")
        for mark in _MARKUP.findall(line):
            inside = mark in ("{{", "{%", "{#")
    return "\n".join(lines)
