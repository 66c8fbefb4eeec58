"""Kinds of value: what may be written under a key, how it is read, and how a schema describes it.

In: a node. Out: the value (`Kind.read`), or None after a diagnostic; and the JSON Schema of what is read (`Kind.schema`).
The two stand side by side, so that an editor takes what a build takes. A kind needs no key: questions on a terminal ask
the same ones. Records (mappings with keys of their own) are in `records`, which puts kinds behind keys.

An example: `Integer(1).read(node, Ask("回"), diagnostics)` gives 12 for 12 and for １２, and for 「十二」 a diagnostic.
"""

from __future__ import annotations

import datetime
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import Any, Generic, TypeVar

from kotobuki.diagnostics import Diagnostics, Place, guessed
from kotobuki.japanese.answers import NO, YES, is_yes
from kotobuki.japanese.wareki import DateError, parse_date
from kotobuki.japanese.widths import to_half
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading import json_schema, nodes
from kotobuki.reading.asking import Ask, is_blank, of_type, shortened, suggestion
from kotobuki.reading.inlines import Inlines, parse_line, plain_text
from kotobuki.reading.json_schema import Schema
from kotobuki.reading.nodes import Node, Scalar
from kotobuki.reading.placeholders import Placeholder, placeholder_of

S = TypeVar("S")
T = TypeVar("T")
_N = TypeVar("_N", nodes.Scalar, nodes.Sequence, nodes.Mapping)
Known = Mapping[str, Sequence[str]]
"""Names that are known where a schema is made, by what they are called: 例：{"記号": ["総総", "総人"]}."""

_INTEGER = re.compile(r"[-－]?[0-9]{1,15}")


class Kind(ABC, Generic[T]):
    """What may be written in one place."""

    @property
    def example(self) -> str:
        """How one is written, unless the key has an example of its own."""
        return "…"

    @abstractmethod
    def read(self, node: Node, ask: Ask, diagnostics: Diagnostics) -> T | None:
        """The value; None after a diagnostic."""

    @abstractmethod
    def schema(self, known: Known) -> Schema:
        """What is accepted, for editors."""


class TextKind(Kind[T]):
    """A kind whose values are written as one text."""

    def read(self, node: Node, ask: Ask, diagnostics: Diagnostics) -> T | None:
        """The value of the text."""
        scalar = of_type(nodes.Scalar, node, ask.name, diagnostics)
        return None if scalar is None else self.parse(scalar, ask, diagnostics)

    @abstractmethod
    def parse(self, scalar: Scalar, ask: Ask, diagnostics: Diagnostics) -> T | None:
        """The value of a text; None after a diagnostic."""


@dataclass(frozen=True, slots=True)
class AnyText(TextKind[Scalar]):
    """A text as it stands, with its marks and places."""

    def parse(self, scalar: Scalar, ask: Ask, diagnostics: Diagnostics) -> Scalar:
        """The text."""
        return scalar

    def schema(self, known: Known) -> Schema:
        """Any text."""
        return json_schema.text()


@dataclass(frozen=True, slots=True)
class Words(TextKind[str]):
    """Words that are printed as they stand (a name, a post): no marks."""

    def parse(self, scalar: Scalar, ask: Ask, diagnostics: Diagnostics) -> str:
        """The words."""
        return plain_text(scalar, diagnostics)

    def schema(self, known: Known) -> Schema:
        """A text without marks."""
        return json_schema.text(plain=True)


@dataclass(frozen=True, slots=True)
class Placed:
    """Words that are printed as they stand, and where they are written."""

    text: str
    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True, slots=True)
class PlacedWords(TextKind[Placed]):
    """As `Words`, for what may be found fault with later."""

    def parse(self, scalar: Scalar, ask: Ask, diagnostics: Diagnostics) -> Placed:
        """The words with their place."""
        return Placed(plain_text(scalar, diagnostics), scalar.place())

    def schema(self, known: Known) -> Schema:
        """A text without marks."""
        return json_schema.text(plain=True)


@dataclass(frozen=True, slots=True)
class Line(TextKind[Inlines]):
    """A text of one paragraph, with its marks taken apart."""

    def parse(self, scalar: Scalar, ask: Ask, diagnostics: Diagnostics) -> Inlines:
        """The paragraph."""
        return parse_line(scalar, diagnostics)

    def schema(self, known: Known) -> Schema:
        """Any text."""
        return json_schema.text()


@dataclass(frozen=True, slots=True)
class Parsed(TextKind[T]):
    """A text that a function reads; `described`: its schema, which `known` names may complete."""

    parser: Callable[[Scalar, Diagnostics], T | None]
    described: Callable[[Known], Schema]
    example: str = "…"

    def parse(self, scalar: Scalar, ask: Ask, diagnostics: Diagnostics) -> T | None:
        """What the function makes of it."""
        return self.parser(scalar, diagnostics)

    def schema(self, known: Known) -> Schema:
        """As told."""
        return self.described(known)


@dataclass(frozen=True, slots=True)
class Named(TextKind[Scalar]):
    """The name of something that is declared elsewhere (a 記号, a 会議体): read as it stands, looked up later.

    of  what it names; a schema offers those that are known under that word
    """

    of: str

    def parse(self, scalar: Scalar, ask: Ask, diagnostics: Diagnostics) -> Scalar:
        """The name."""
        return scalar

    def schema(self, known: Known) -> Schema:
        """One of those that are known."""
        return json_schema.choice(known.get(self.of, ()))


@dataclass(frozen=True, slots=True)
class Integer(TextKind[int]):
    """A whole number, its digits of any width."""

    minimum: int
    maximum: int | None = None

    @property
    def example(self) -> str:
        """The least."""
        return str(self.minimum)

    def parse(self, scalar: Scalar, ask: Ask, diagnostics: Diagnostics) -> int | None:
        """The number, if it is within its limits."""
        plain = to_half(scalar.value)
        if not _INTEGER.fullmatch(plain):
            reason = f"「{ask.name}」には数を書きます。「{shortened(scalar.value)}」は数として読み取れません"
            diagnostics.error(scalar.place(), "number-format", reason, "「82」のように、数字だけを書いてください")
            return None
        number = int(plain.replace("－", "-"))
        if number >= self.minimum and (self.maximum is None or number <= self.maximum):
            return number
        limits = f"{self.minimum}以上" + (f"{self.maximum}以下" if self.maximum is not None else "")
        reason = f"「{ask.name}」の{number}は、使えない数です"
        diagnostics.error(scalar.place(), "number-range", reason, f"{limits}の数を書いてください")
        return None

    def schema(self, known: Known) -> Schema:
        """A number, or a text of digits."""
        return json_schema.integer(self.minimum, self.maximum)


@dataclass(frozen=True, slots=True)
class Date(TextKind[datetime.date]):
    """A day, as 2022-05-06 or 令和4年5月6日, its digits of any width."""

    @property
    def example(self) -> str:
        """A day."""
        return "2022-05-06"

    def parse(self, scalar: Scalar, ask: Ask, diagnostics: Diagnostics) -> datetime.date | None:
        """The day."""
        try:
            return parse_date(scalar.value)
        except DateError as error:
            fix = guessed(scalar.value, error.meant).fix
            diagnostics.error(scalar.place(), error.rule, f"「{ask.name}」の{error.reason}", error.remedy, fix)
            return None

    def schema(self, known: Known) -> Schema:
        """A text that can be a day."""
        return json_schema.date()


@dataclass(frozen=True, slots=True)
class Choice(TextKind[T]):
    """One of several words, each of which means a value."""

    options: Mapping[str, T]

    @property
    def example(self) -> str:
        """The first."""
        return next(iter(self.options), "…")

    def parse(self, scalar: Scalar, ask: Ask, diagnostics: Diagnostics) -> T | None:
        """What the word means."""
        if scalar.value in self.options:
            return self.options[scalar.value]
        reason = f"「{ask.name}」に「{shortened(scalar.value)}」は使えません"
        meant = suggestion(scalar.value, [*self.options], f"「{ask.name}」に使えるのは、")
        diagnostics.error(scalar.place(), "choice", reason, *meant)
        return None

    def schema(self, known: Known) -> Schema:
        """One of the words."""
        return json_schema.choice(self.options)


def one_of(*words: str) -> Choice[str]:
    """One of several words, which mean themselves."""
    return Choice({word: word for word in words})


@dataclass(frozen=True, slots=True)
class YesNo(TextKind[bool]):
    """はい or いいえ (する, しない, true, false, …)."""

    @property
    def example(self) -> str:
        """はい."""
        return YES[0]

    def parse(self, scalar: Scalar, ask: Ask, diagnostics: Diagnostics) -> bool | None:
        """Whether it says yes."""
        answer = is_yes(scalar.value)
        if answer is None:
            reason = f"「{ask.name}」に「{shortened(scalar.value)}」は使えません"
            diagnostics.error(scalar.place(), "choice", reason, f"「{YES[0]}」か「{NO[0]}」を書いてください")
        return answer

    def schema(self, known: Known) -> Schema:
        """A truth value, or a word for one."""
        return json_schema.boolean()


@dataclass(frozen=True, slots=True)
class Open(Kind[T | Placeholder]):
    """A value, or ｛記入：…｝ in its place, which is printed there."""

    kind: Kind[T]

    @property
    def example(self) -> str:
        """That of the value."""
        return self.kind.example

    def read(self, node: Node, ask: Ask, diagnostics: Diagnostics) -> T | Placeholder | None:
        """The placeholder, or else the value."""
        return placeholder_of(node) or self.kind.read(node, ask, diagnostics)

    def schema(self, known: Known) -> Schema:
        """That of the value: placeholders pass everywhere."""
        return self.kind.schema(known)


@dataclass(frozen=True, slots=True)
class Several(Kind[tuple[T, ...]]):
    """A list of texts, or one text alone.

    limits  further keys of the schema (minItems …), which later checks of the reader stand for
    """

    kind: TextKind[T]
    limits: tuple[tuple[str, int | bool], ...] = ()

    @property
    def example(self) -> str:
        """A list."""
        return "[…, …]"

    def read(self, node: Node, ask: Ask, diagnostics: Diagnostics) -> tuple[T, ...]:
        """The values; () after a diagnostic."""
        if isinstance(node, Scalar):
            return self._parsed((node,), ask, diagnostics)
        entries = of_type(nodes.Sequence, node, ask.name, diagnostics)
        if ask.required and entries and not entries.items:
            reason = f"「{ask.name}」の一覧に何もありません"
            remedy = f"「{ask.name}: {ask.example}」のように書いてください"
            diagnostics.error(entries.place(), "missing-value", reason, remedy)
        listed = entries.items if entries else ()
        texts = [of_type(nodes.Scalar, entry, ask.name, diagnostics, "の一覧の中") for entry in listed]
        for text in texts:
            if text and is_blank(text):
                reason = f"「{ask.name}」の一覧に、空の行があります"
                diagnostics.error(text.place(), "missing-value", reason, "文を書くか、この行を消してください")
        return self._parsed((text for text in texts if text and not is_blank(text)), ask, diagnostics)

    def _parsed(self, scalars: Any, ask: Ask, diagnostics: Diagnostics) -> tuple[T, ...]:  # noqa: ANN401
        found = (self.kind.parse(each, ask, diagnostics) for each in scalars)
        return tuple(each for each in found if each is not None)

    def schema(self, known: Known) -> Schema:
        """A list, or one."""
        return json_schema.texts(self.kind.schema(known), **dict(self.limits))


@dataclass(frozen=True, slots=True)
class Raw(Kind[_N]):
    """A node as it stands, if it is of the wanted type: a grammar of its own reads it later, when it knows more.

    wanted     Scalar, Sequence or Mapping
    described  its schema; that of a grammar which is described in `schema` is given there
    """

    wanted: type[_N]
    described: Callable[[Known], Schema] = json_schema.unknown

    @property
    def example(self) -> str:
        """By its type."""
        return {nodes.Sequence: "[…, …]", nodes.Mapping: "{…: …}"}.get(self.wanted, "…")

    def read(self, node: Node, ask: Ask, diagnostics: Diagnostics) -> _N | None:
        """The node."""
        return of_type(self.wanted, node, ask.name, diagnostics)

    def schema(self, known: Known) -> Schema:
        """As told."""
        return self.described(known)


@dataclass(frozen=True, slots=True)
class Anything(Kind[Node]):
    """Whatever is written: a grammar of several shapes reads it later. `described` as of `Raw`."""

    described: Callable[[Known], Schema] = json_schema.unknown

    def read(self, node: Node, ask: Ask, diagnostics: Diagnostics) -> Node:
        """The node."""
        return node

    def schema(self, known: Known) -> Schema:
        """As told."""
        return self.described(known)


@dataclass(frozen=True, slots=True)
class Made(Kind[T], Generic[S, T]):
    """A value made of another: `make` takes what `kind` reads, and may find fault with it."""

    kind: Kind[S]
    make: Callable[[S, Diagnostics], T | None]

    @property
    def example(self) -> str:
        """That of the other."""
        return self.kind.example

    def read(self, node: Node, ask: Ask, diagnostics: Diagnostics) -> T | None:
        """What is made of it."""
        found = self.kind.read(node, ask, diagnostics)
        return None if found is None else self.make(found, diagnostics)

    def schema(self, known: Known) -> Schema:
        """That of the other."""
        return self.kind.schema(known)


@dataclass(frozen=True, slots=True)
class Described(Kind[T]):
    """A kind whose schema is more exact than its reader, because later checks stand for the rest."""

    kind: Kind[T]
    described: Callable[[Known], Schema]

    @property
    def example(self) -> str:
        """As of the kind."""
        return self.kind.example

    def read(self, node: Node, ask: Ask, diagnostics: Diagnostics) -> T | None:
        """As the kind does."""
        return self.kind.read(node, ask, diagnostics)

    def schema(self, known: Known) -> Schema:
        """As told."""
        return self.described(known)


def ask_of(kind: Kind[T], name: str, *, required: bool = False, example: str = "") -> Ask:
    """The question for a value of that kind under a key."""
    return Ask(name, required, example or kind.example)
