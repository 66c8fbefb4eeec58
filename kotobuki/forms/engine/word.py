"""The parts of a Word form with their values: the same language as that of text templates, and every value escaped.

In: the XML of a part, as docxtpl hands it over, and the values. Out: the XML, or `WordFaultsError`. Rule: at most
`_MOST_XML` characters in each part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field

from jinja2 import nodes
from markupsafe import Markup, escape

from kotobuki.forms.engine.allowed import Vocabulary, faults_of
from kotobuki.forms.engine.evaluation import Budget, Language, evaluate
from kotobuki.forms.engine.functions import FILTERS, printed
from kotobuki.forms.engine.reading import body_of
from kotobuki.forms.engine.syntax import parsed
from kotobuki.forms.faults import Fault, TemplateError, TooMuchError, UnknownNameError, explain
from kotobuki.forms.values import MOST, OpenText
from kotobuki.lazy_dataclasses import dataclass

_MOST_XML = 100 * MOST
"""Of a part: its words have markup around them."""
_WORDS = Vocabulary((), FILTERS)


class WordFaultsError(Exception):
    """A Word form cannot be filled: for each fault reason, remedy, and the words around it in the form."""

    def __init__(self, faults: list[tuple[str, str, str]]) -> None:
        super().__init__(faults)
        self.faults = faults


@dataclass
class WordEnvironment:
    """What docxtpl takes for an environment of Jinja.

    blanks  the open numbers and dates that were printed
    budget  of all parts of a form: it may have any number of headers
    """

    blanks: list[OpenText] = field(default_factory=list)
    budget: Budget = field(default_factory=Budget)

    def from_string(self, source: object) -> WordPart:
        """What docxtpl takes for a template: something that renders."""
        return WordPart(str(source), self)

    def show(self, value: object) -> str:
        """Words as XML; braces too, as docxtpl looks for some after the rendering."""
        if isinstance(value, OpenText):
            self.blanks.append(value)
        return escape(printed(value)).replace("{", Markup("&#123;")).replace("}", Markup("&#125;"))


@dataclass(frozen=True, slots=True)
class WordPart:
    """The XML of one part of a Word form, a paragraph a line."""

    source: str
    environment: WordEnvironment

    def render(self, values: Mapping[str, object]) -> str:
        """The XML with its values. Raises `WordFaultsError`."""
        try:
            tree = parsed(self.source)
            if faults := [*faults_of(tree, _WORDS)]:
                raise TemplateError(tuple(faults))
            if faults := [*self._unknown(_undeclared(tree) - values.keys(), values)]:
                raise TemplateError(tuple(faults))
            text, size = [], 0
            language = Language({}, {}, self.environment.show, self.environment.budget)
            for piece in evaluate(body_of(tree.body), values, language):
                size += len(piece)
                if size > _MOST_XML:
                    raise TemplateError((Fault(0, 0, *explain(TooMuchError(), values)),))
                text.append(piece)
            return "".join(text)
        except TemplateError as error:
            found = [(each.reason, each.remedy, self._words(each.line)) for each in error.faults]
            raise WordFaultsError(found) from error

    def _unknown(self, names: set[str], values: Mapping[str, object]) -> Iterator[Fault]:
        lines = self.source.split("\n")
        for name in sorted(names):
            line = next((at for at, line in enumerate(lines, 1) if name in line), 0)
            yield Fault(line, 0, *explain(UnknownNameError(name), values))

    def _words(self, line: int) -> str:
        """The words of a paragraph; those of the next one with any, where a tag stands between two."""
        lines = self.source.split("\n")
        words = (re.sub("<[^>]*>", "", each).strip() for each in lines[max(line - 1, 0) :])
        return next(filter(None, words), "") if line else ""


def _undeclared(tree: nodes.Template) -> set[str]:
    """The names that are read and never given. Jinja's own search computes what is constant, however large that becomes."""
    names = list(tree.find_all(nodes.Name))
    return {each.name for each in names if each.ctx == "load"} - {"loop", *(n.name for n in names if n.ctx == "store")}
