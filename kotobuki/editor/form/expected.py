"""What may stand in a place of a file, by the JSON schema that `kotobuki schema` gives for it.

In: a schema, and the nodes of a file that is being written. Out: `Expected`: the schemas that hold for a node, its conditions
decided by what is written there, and what they say in common: types, keys, choices. So the form view and completion know what
the declarations know, and nothing is said about a key a second time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import field
from functools import lru_cache
from typing import Any, Literal, assert_never

from kotobuki.japanese.answers import NO, YES
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.ecma import DATE, PLACEHOLDER
from kotobuki.reading.json_schema import Schema
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence

Shape = Literal["text", "list", "group"]
"""What can be written somewhere: a text, a list, keys with values."""

_MARKED = re.compile(r"\^(｛[^\[\\^$.*+?(){}|｝]+｝)")
_HEADING = Scalar("見出し", "", ((0, 1, 1),))
_WORDS = Scalar("文", "", ((0, 1, 1),))
ASIDE = frozenset(
    {
        *("$comment", "$schema", "title", "description", "default", "definitions", "then", "else"),
        *("errorMessage", "patternErrorMessage", "defaultSnippets", "minimum", "maximum", "uniqueItems"),
    }
)
"""Keywords that decide nothing here: words for people, what `if` leads to, and bounds that stand in none of our conditions."""
EMPTY = Mapping((), _WORDS.place())
"""A mapping without keys yet."""
LIST = Sequence((_WORDS,), _WORDS.place())
"""A list of a text."""
_SAMPLES: dict[Shape, Node] = {
    "text": _WORDS,
    "list": LIST,
    "group": Mapping(((_HEADING, _WORDS),), _WORDS.place()),
}


@dataclass(frozen=True, slots=True)
class KeyMeaning:
    """A key that may stand in a mapping, and what its value may be."""

    name: str
    title: str
    about: str
    required: bool
    value: Expected = field(compare=False)


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """What a place may hold: schemas that all hold there, their references not yet followed.

    `definitions`: of the whole schema.
    """

    schemas: tuple[Schema, ...]
    definitions: Schema
    _found: dict[int, tuple[Node, tuple[Schema, ...]]] = field(default_factory=dict, init=False)

    @property
    def known(self) -> bool:
        """Whether anything is said about the place."""
        return bool(self.schemas)

    def at(self, node: Node) -> tuple[Schema, ...]:
        """The schemas that hold for what is written, without references and conditions."""
        known = self._found.get(id(node))
        if known is None:
            found = tuple(each for schema in self.schemas for each in self._applying(schema, node))
            known = self._found[id(node)] = (node, found)  # the node with them, so that nothing else gets its id
        return known[1]

    def may(self) -> tuple[Shape, ...]:
        """The shapes that may be written there; of nothing known, all."""
        return tuple(
            shape for shape, sample in _SAMPLES.items() if all(self._takes(each, sample) for each in self.schemas)
        )

    @property
    def title(self) -> str:
        """What it is called, "" where that is not told."""
        return self._said("title")

    @property
    def about(self) -> str:
        """What it means, in Japanese; "" where that is not told."""
        return self._said("description")

    def choices(self, node: Node) -> tuple[str, ...]:
        """The words that may be written; those of a list where one of them may stand alone."""
        found = [word for each in self.at(node) for word in each.get("enum", ()) if isinstance(word, str)]
        if not found and isinstance(node, Scalar):
            return self.item(node).choices(node) if any("items" in each for each in self.at(node)) else ()
        return tuple(dict.fromkeys(found))

    def is_yes_or_no(self, node: Node) -> bool:
        """Whether はい or いいえ is asked for."""
        return self.choices(node) == (YES[0], NO[0])

    def is_date(self, node: Node) -> bool:
        """Whether a day is asked for."""
        return any(each.get("pattern", "").startswith(DATE) for each in self.at(node))

    def is_integer(self, node: Node) -> bool:
        """Whether a whole number is asked for."""
        return any("minimum" in each and "pattern" in each for each in self.at(node))

    def is_named(self, node: Node) -> bool:
        """Whether the author gives the names of the keys."""
        return any(
            isinstance(each.get("additionalProperties"), dict) or any(map(_is_open, each.get("patternProperties", ())))
            for each in self.at(node)
            if "properties" not in each or "maxProperties" in each
        )

    def is_marked(self, node: Node, key: str) -> bool:
        """Whether a key is a heading behind a mark that says what it is: ｛業務の内容｝見出し, ｛追加｝見出し, ｛章｝見出し."""
        patterns = (pattern for each in self.at(node) for pattern in each.get("patternProperties", ()))
        return any(pattern.startswith("^｛") and _compiled(pattern).search(key) for pattern in patterns)

    def marked(self, node: Node) -> Iterator[tuple[str, bool]]:
        """The keys in ｛ ｝ that are patterns, and whether a heading follows: ｛年｝ does not, ｛追加｝ and ｛業務の内容｝ do."""
        for each in self.at(node):
            for pattern in each.get("patternProperties", ()):
                if found := _MARKED.match(pattern):
                    yield found[1], not pattern.endswith("｝$")

    def is_one_entry(self, node: Node) -> bool:
        """Whether it is a mapping of one entry only: `heading: content`, or a block."""
        return any(each.get("maxProperties") == 1 for each in self.at(node))

    def item(self, node: Node) -> Expected:
        """What an item of a list may be."""
        found = (each["items"] for each in self.at(node) if isinstance(each.get("items"), dict))
        return Expected(tuple(found), self.definitions)

    def value(self, node: Node, key: str) -> Expected:
        """What the value of a key may be; nothing known of a key that may not stand there."""
        return Expected(tuple(found for each in self.at(node) for found in _of_key(each, key)), self.definitions)

    def keys(self, node: Node) -> Iterator[KeyMeaning]:
        """The keys with names of their own, in the order declared, whether they are written or not."""
        schemas = self.at(node)
        required = {name for each in schemas for name in each.get("required", ())}
        names = dict.fromkeys(name for each in schemas for name in each.get("properties", ()))
        for name in names:
            value = self.value(node, name)
            if value.known:
                yield KeyMeaning(name, value.title, value.about, name in required, value)

    def snippets(self) -> Iterator[Schema]:
        """Ways to begin what stands here: each with label, description and body."""
        for schema in self.schemas:
            for each in (schema, *([self._definition(schema["$ref"])] if "$ref" in schema else ())):
                yield from each.get("defaultSnippets", ())

    def _said(self, word: str) -> str:
        """A word of the first schema that has it, before its reference is followed."""
        for schema in self.schemas:
            for each in (schema, *([self._definition(schema["$ref"])] if "$ref" in schema else ())):
                if isinstance(found := each.get(word), str):
                    return found
        return ""

    def _definition(self, pointer: str) -> Schema:
        found: Schema = self.definitions[_unescaped(pointer)]
        return found

    def _applying(self, schema: Schema, node: Node) -> Iterator[Schema]:
        yield schema
        if "$ref" in schema:
            yield from self._applying(self._definition(schema["$ref"]), node)
        for each in (*schema.get("allOf", ()), *schema.get("anyOf", ())):
            yield from self._applying(each, node)
        if branch := self._branch(schema, node):
            yield from self._applying(branch, node)

    def _branch(self, schema: Schema, node: Node) -> Schema | None:
        """What a condition leads to."""
        if "if" not in schema:
            return None
        found: Schema | None = schema.get("then" if self.is_valid(schema["if"], node) else "else")
        return found

    def _takes(self, schema: Schema, node: Node) -> bool:
        """Whether a schema takes something of the type of a node, of whatever words or keys."""
        if "$ref" in schema and not self._takes(self._definition(schema["$ref"]), node):
            return False
        if "type" in schema and not _is_of_type(node, schema["type"]):
            return False
        if isinstance(node, Scalar) and schema.get("pattern", "").startswith(PLACEHOLDER):
            return False
        if not all(self._takes(each, node) for each in schema.get("allOf", ())):
            return False
        branches = schema.get("anyOf", ())
        if branches and not any(self._takes(each, node) for each in branches if not _is_blank_only(each)):
            return False
        if "enum" in schema and not isinstance(node, Scalar):
            return False
        branch = self._branch(schema, node)
        return branch is None or self._takes(branch, node)

    def is_valid(self, schema: Schema, node: Node) -> bool:
        """Whether a node is as a schema says, by the keywords that our schemas have in their conditions."""
        return all(self._holds(keyword, schema, node) for keyword in schema)

    def _holds(self, keyword: str, schema: Schema, node: Node) -> bool:
        asked = schema[keyword]
        match keyword:
            case "$ref":
                return self.is_valid(self._definition(asked), node)
            case "type":
                return _is_of_type(node, asked)
            case "const":
                return isinstance(node, Scalar) and _as_json(node) == asked
            case "enum":
                return isinstance(node, Scalar) and _as_json(node) in asked
            case "pattern":
                return not isinstance(node, Scalar) or bool(_compiled(asked).search(node.value))
            case "not":
                return not self.is_valid(asked, node)
            case "allOf":
                return all(self.is_valid(each, node) for each in asked)
            case "anyOf":
                return any(self.is_valid(each, node) for each in asked)
            case "oneOf":
                return sum(self.is_valid(each, node) for each in asked) == 1
            case "if":
                branch = self._branch(schema, node)
                return branch is None or self.is_valid(branch, node)
            case "minItems" | "maxItems" | "items" | "contains":
                return not isinstance(node, Sequence) or self._holds_of_items(keyword, asked, node)
            case "minProperties" | "maxProperties" | "required" | "propertyNames" | "properties" | "patternProperties":
                return not isinstance(node, Mapping) or self._holds_of_keys(keyword, schema, node)
            case "additionalProperties":
                return not isinstance(node, Mapping) or self._holds_of_keys(keyword, schema, node)
            case _ if keyword in ASIDE:
                return True
            case _:  # a keyword that a schema has and nobody reads here
                raise ValueError(keyword)

    def _holds_of_items(self, keyword: str, asked: Any, node: Sequence) -> bool:  # noqa: ANN401  (whatever JSON holds)
        match keyword:
            case "minItems":
                return bool(len(node.items) >= asked)
            case "maxItems":
                return bool(len(node.items) <= asked)
            case "items":
                return all(self.is_valid(asked, each) for each in node.items)
            case _:
                return any(self.is_valid(asked, each) for each in node.items)

    def _holds_of_keys(self, keyword: str, schema: Schema, node: Mapping) -> bool:
        asked = schema[keyword]
        match keyword:
            case "minProperties":
                return bool(len(node.entries) >= asked)
            case "maxProperties":
                return bool(len(node.entries) <= asked)
            case "required":
                return all(node.get(name) is not None for name in asked)
            case "propertyNames":
                return all(self.is_valid(asked, key) for key, _ in node.entries)
            case "properties":
                return all(self.is_valid(asked[key.value], value) for key, value in node.entries if key.value in asked)
            case "patternProperties":
                return all(
                    each is not False and self.is_valid(each, value)
                    for key, value in node.entries
                    for pattern, each in asked.items()
                    if _compiled(pattern).search(key.value)
                )
            case _:
                others = [value for key, value in node.entries if not _is_declared(schema, key.value)]
                return not others if asked is False else all(self.is_valid(asked, each) for each in others)


def _of_key(schema: Schema, key: str) -> Iterable[Schema]:
    """What one schema says of a key."""
    found = [schema["properties"][key]] if key in schema.get("properties", ()) else []
    found += [each for pattern, each in schema.get("patternProperties", {}).items() if _compiled(pattern).search(key)]
    other = schema.get("additionalProperties")
    if not found and isinstance(other, dict):
        found = [other]
    return [] if any(each is False for each in found) else found


def _is_declared(schema: Schema, key: str) -> bool:
    patterns = schema.get("patternProperties", ())
    return key in schema.get("properties", ()) or any(_compiled(each).search(key) for each in patterns)


def _is_open(pattern: str) -> bool:
    """Whether a pattern takes names of any kind, and not only those in ｛ ｝."""
    return bool(_compiled(pattern).search("名")) or "[0-9０-９]" in pattern


def _is_blank_only(schema: Schema) -> bool:
    return schema.get("pattern") == r"^\s*$"


def _is_of_type(node: Node, asked: str | list[str]) -> bool:
    kinds = [asked] if isinstance(asked, str) else asked
    match node:
        case Scalar():
            blank = not node.value and not node.quoted
            return (
                "null" in kinds if blank else any(each in kinds for each in ("string", "number", "boolean", "integer"))
            )
        case Sequence():
            return "array" in kinds
        case Mapping():
            return "object" in kinds
        case _:
            assert_never(node)


def _as_json(node: Scalar) -> object:
    """A text as a language server types it."""
    return {"true": True, "false": False}.get(node.value, node.value) if not node.quoted else node.value


@lru_cache(maxsize=1000)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@lru_cache(maxsize=1000)
def _unescaped(pointer: str) -> str:
    name = pointer.removeprefix("#/definitions/")
    for escaped, sign in (("%25", "%"), ("~1", "/"), ("~0", "~")):
        name = name.replace(escaped, sign)
    return name


def expected(schema: Schema) -> Expected:
    """What a whole file may be, by its schema."""
    return Expected((schema,), schema.get("definitions", {}))
