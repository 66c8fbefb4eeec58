"""What all schemas are made of: texts, numbers, dates, choices, lists, and records (mappings with keys of their own).

In: what a value may be, as the methods of `reading.fields.Fields` have it. Out: schemas of a value that is written; a key
of a record that may be left out may also be left empty (`optional`). A language server types a plain 82 or yes: where
Kotobuki reads text as written, numbers and truth values pass too. ｛記入：…｝, a place to be filled in, passes everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kotobuki.japanese.answers import NO, YES
from kotobuki.japanese.labels import SAMPLE
from kotobuki.reading.ecma import DATE, DIGIT, PLACEHOLDER

Schema = dict[str, Any]
_ESCAPE = r"^\s*$"  # nothing written, though in quotes
BLANK: Schema = {"type": ["null", "string"], "pattern": _ESCAPE}
"""Nothing is written."""
SCALAR = ("string", "number", "boolean")
ANY = [*SCALAR, "array", "object"]
DRAFT = "http://json-schema.org/draft-07/schema#"


def text(*, plain: bool = False) -> Schema:
    """A text; `plain`: marks in it are refused."""
    if plain:
        said = "ここには｛ ｝の印を書けません"
        return {
            "type": [*SCALAR],
            "pattern": rf"^[^｛｝]*[^｛｝\s][^｛｝]*$|{PLACEHOLDER}",
            "patternErrorMessage": said,
        }
    return {"type": [*SCALAR], "pattern": r"\S", "patternErrorMessage": "文を書きます"}


def unknown(_: object) -> Schema:
    """Whatever is written."""
    return {"type": [*ANY]}


def matching(pattern: str, said: str, *kinds: str) -> Schema:
    """A text of that pattern; `said`: what is told where it is not. `kinds`: types that it may have besides."""
    return {"type": ["string", *kinds], "pattern": f"{pattern}|{PLACEHOLDER}", "patternErrorMessage": said}


def instead(said: str, *kinds: str) -> Schema:
    """Of another type than text, for which only a placeholder may stand; `said`: what is told where a text does."""
    return {"type": [*kinds, "string"], "pattern": PLACEHOLDER, "patternErrorMessage": said}


def integer(minimum: int, maximum: int | None = None) -> Schema:
    """A whole number, its digits of any width; its limits hold for half-width ones (0 and 1 for all)."""
    low = {0: "", 1: "(?![0０]+$)", 2: "(?![0０]*[01０１]$)"}[minimum]
    found = matching(f"^{low}{DIGIT}{{1,15}}$", "数字だけを書きます（例：82）", "integer")
    limits = {"minimum": minimum} | ({} if maximum is None else {"maximum": maximum})
    return {**found, "type": ["integer", "string"], **limits}


def date() -> Schema:
    """A day."""
    return matching(DATE, "「2022-05-06」か「令和4年5月6日」のように書きます")


def choice(options: Iterable[str]) -> Schema:
    """One of `options`."""
    return {"anyOf": [{"enum": [*options]}, {"type": "string", "pattern": PLACEHOLDER}]}


def boolean() -> Schema:
    """はい or いいえ, and what else is taken for them."""
    words = "|".join(_any_case(word) for word in (*YES, *NO))
    others = {"type": ["string", "boolean"], "pattern": f"^(?:{words})$|{PLACEHOLDER}"}
    return {"anyOf": [{"enum": [YES[0], NO[0]]}, others]}


TRUE: Schema = {"anyOf": [{"const": True}, {"type": "string", "pattern": "^(?:" + "|".join(YES) + ")$"}]}
"""What stands for はい; of words in Latin letters, the usual spelling."""


def _any_case(word: str) -> str:
    return "".join(f"[{each.upper()}{each}]" if each.isascii() else each for each in word)


def sample() -> Schema:
    """A sample of a label: the first of those that count on from it."""
    return matching(f"^(?:{SAMPLE.pattern})$", "最初の番号を書きます（例：１、（１）、ア、①）", "integer")


def texts(entry: Schema | None = None, **limits: int | bool) -> Schema:
    """A list of texts, or one text alone (`Fields.list_of_text`)."""
    one = entry or text()
    kinds = one.get("type", ["string"])
    whole = {key: value for key, value in one.items() if key not in ("type", "anyOf")}
    return {"type": ["array", *kinds], **whole, "items": one, **limits}


def listing(entry: Schema, said: str, **limits: int | bool) -> Schema:
    """A list; `said`: what is told where a text stands instead."""
    return {**instead(said, "array"), "items": entry, **limits}


def record(
    what: str, keys: Mapping[str, Schema], about: Mapping[str, str], required: Iterable[str] = (), **rest: object
) -> Schema:
    """A mapping with these keys and no others, called `what`; `about`: what each key means."""
    needed = [*required]
    return {
        **instead(f"{what}は「キー: 値」の組で書きます", "object"),
        "title": what,
        "$comment": what,
        "properties": {
            key: described(key, about[key], schema if key in needed else optional(schema))
            for key, schema in keys.items()
        },
        "additionalProperties": False,
        **({"required": needed} if needed else {}),
        **rest,
    }


def described(title: str, description: str, schema: Schema) -> Schema:
    """The schema with words of its own, in front."""
    about = {"title": title, "description": description}
    return about | schema | about


def optional(schema: Schema) -> Schema:
    """The same, or nothing."""
    if "null" in schema.get("type", ()):
        return schema
    if "anyOf" in schema:
        return {**schema, "anyOf": [*schema["anyOf"], BLANK]}
    found = {**schema, "type": [*schema["type"], "null"]}
    if "pattern" in found:
        found["pattern"] = f"{found['pattern']}|{_ESCAPE}"
    return found


def ref(name: str) -> Schema:
    """The definition of that name; what means something in a pointer is escaped."""
    for sign, escaped in (("~", "~0"), ("/", "~1"), ("%", "%25")):
        name = name.replace(sign, escaped)
    return {"$ref": f"#/definitions/{name}"}


def by_name(entry: Schema, said: str, *, names: str = "", **limits: int) -> Schema:
    """A mapping whose keys are names that the author gives, of the pattern `names`."""
    allowed = {"patternProperties": {names: entry}, "additionalProperties": False}
    return {
        **instead(said, "object"),
        **(allowed if names else {"additionalProperties": entry}),
        **limits,
    }


def omitted_or_written() -> Schema:
    """Every paper that is cited is bound in, or said not to be: one of 内容 and 添付省略."""
    return {
        "if": {"type": "object", "properties": {"添付省略": TRUE}, "required": ["添付省略"]},
        "then": {"properties": {"内容": BLANK}},
        "else": {"required": ["内容"], "properties": {"内容": {"type": ANY}}},
    }


_UNOFFERED = {"boolean", "null"}
_CONDITIONS = ("if", "not", "contains", "propertyNames")


def quiet(schema: Schema) -> Schema:
    """The same to a validator. To an editor, which would offer true, false and null wherever they pass, they are no types."""
    found = {key: value if key in _CONDITIONS else _quiet_within(value) for key, value in schema.items()}
    kinds = found.get("type")
    if not isinstance(kinds, list) or _UNOFFERED.isdisjoint(kinds):
        return found
    said = {"errorMessage": found["errorMessage"]} if "errorMessage" in found else {}
    others = {"type": [each for each in kinds if each not in _UNOFFERED], **said}
    del found["type"]
    return {**found, "allOf": [{"if": {"type": kinds}, "else": others}, *found.get("allOf", [])]}


def _quiet_within(value: Any) -> Any:  # noqa: ANN401  (whatever JSON holds)
    if isinstance(value, list):
        return [_quiet_within(each) for each in value]
    return quiet(value) if isinstance(value, dict) else value


def document(title: str, description: str, body: Schema) -> Schema:
    """A schema by itself."""
    return {"$schema": DRAFT, "title": title, "description": description, **quiet(body)}
