"""A text template with its values.

In: the source of a template, the values it may print, its functions and filters. Out: the text, each line beginning with
the number of the line it comes from; or `TemplateError`. Rule: at most `MOST` characters.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from jinja2 import nodes

from kotobuki.forms.engine.allowed import Vocabulary, faults_of
from kotobuki.forms.engine.evaluation import Language, evaluate
from kotobuki.forms.engine.functions import FILTERS
from kotobuki.forms.engine.syntax import parsed, with_line_numbers
from kotobuki.forms.faults import Fault, TemplateError, TooMuchError, explain
from kotobuki.forms.values import MOST


def render_text(source: str, values: Mapping[str, object], language: Language) -> str:
    """The rendered text. Raises `TemplateError`."""
    tree, faults = _looked_through(source, tuple(language.functions), (*FILTERS, *language.filters))
    if faults:
        raise TemplateError(faults)
    text, size = [], 0
    for piece in evaluate(tree, values, language):
        size += len(piece)
        text.append(piece)
        if size > MOST:
            line = "".join(text).count("\n") + 1
            raise TemplateError((Fault(line, 0, *explain(TooMuchError(), values)),), last=True)
    return "".join(text)


@lru_cache(maxsize=64)
def _looked_through(
    source: str, functions: tuple[str, ...], filters: tuple[str, ...]
) -> tuple[nodes.Template, tuple[Fault, ...]]:
    tree = parsed(with_line_numbers(source))
    return tree, tuple(faults_of(tree, Vocabulary(functions, filters)))
