"""用語: terms and their short names, as an organization, a case or a regulation defines them.

In: a 用語 mapping. Out: `Term`s by name, those that go too far cut to their own name, and marked as such. Rule: a
full name grows to at most `MAX_LENGTH` characters and `MAX_DEPTH` terms within each other, when the names in it are
printed in full; so that every later stage ends. Terms that name themselves are told where they are used.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Dictionary
from dataclasses import field, replace
from types import MappingProxyType

from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading import json_schema
from kotobuki.reading.inlines import Inlines, Name, Text, all_inlines, parse_line
from kotobuki.reading.json_schema import Schema
from kotobuki.reading.kinds import AnyText, Choice, Known, Raw, Words
from kotobuki.reading.nodes import Mapping, Scalar
from kotobuki.reading.records import keyed, read_record, record_schema

MAX_DEPTH = 20
"""Terms within each other in a full name: the samples have 2."""
MAX_LENGTH = 2000
"""Characters of a full name: the longest of the samples has 36, a page holds 1,600. Terms that double each other grow without
end.
"""

CASE_FIELDS = ("件名", "主管課", "根拠", "自治体", "会議体")
"""What ｛…｝ can name besides terms: fields of a case."""
LETTER_FIELDS = ("来文",)
"""And of a letter that answers one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term: what texts call it, its full name, its short name as printed, how the bracket at its definition reads."""

    name: str
    full: Inlines
    law_number: str = ""
    bracket: str = ""
    short: str = ""
    """"" = as it is called."""
    always: bool = False
    """Its bracket is printed even where the paper does not use it again."""
    cut: str = ""
    """Why its full name was cut to its own: it is over a limit."""
    place: Place = field(default=Place(""), compare=False)

    @property
    def short_name(self) -> str:
        """What is printed once it is defined."""
        return self.short or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """A term that is told more of than its full name."""

    full: Scalar | None = keyed("正式", AnyText(), "正式な名称。ほかの所で決まる用語なら省ける")
    law_number: str = keyed("法令番号", Words(), "法令番号。正式な名称の後の括弧に入る", default="")
    bracket: str = keyed("括弧", Words(), "括弧の文言を変えるとき（例：以下「区」という。以下同じ。）", default="")
    short: str = keyed("略称", Words(), "印字する略称。案件の中で呼ぶ名と違うとき", default="")
    always: bool = keyed(
        "定義",
        Choice({"必ず": True, "繰り返すとき": False}),
        "必ず なら、1回しか出ない書類でも（以下「…」という。）を付ける",
        default=False,
    )


NO_TERMS: Dictionary[str, Term] = MappingProxyType({})


def read_terms(
    node: Mapping | None, diagnostics: Diagnostics, given: Dictionary[str, Term] = NO_TERMS
) -> dict[str, Term]:
    """用語: short name → full name, or a mapping with 正式, 法令番号, 括弧, 略称 (of a term that texts call otherwise), 定義.

    `given`: terms that there are already, of which a mapping without 正式 changes how they are defined.
    """
    terms = {}
    for name, value in node.entries if node else ():
        if isinstance(value, Mapping):
            written = read_record(_Written, value, diagnostics, f"用語「{name.value}」")
        elif isinstance(value, Scalar) and value.value.strip():
            written = _Written(full=value)
        else:
            diagnostics.error(
                value.place(),
                "term-form",
                f"用語「{name.value}」の正式な名称がありません",
                "「略称: 正式な名称」の形で書いてください",
            )
            continue
        own = given.get(name.value)
        full = parse_line(written.full, diagnostics) if written.full else own.full if own else None
        if full is None:
            reason = f"用語「{name.value}」の正式な名称がありません"
            diagnostics.error(value.place(), "term-no-full", reason, "「正式: …」を書いてください")
        else:
            terms[name.value] = Term(
                name=name.value,
                full=full,
                law_number=written.law_number or (own.law_number if own and not written.full else ""),
                bracket=written.bracket,
                short=written.short,
                always=written.always,
                place=name.place(),
            )
    return bounded(terms)


def terms_schema(known: Known) -> Schema:
    """用語: short name → full name, or a record."""
    term = {**record_schema(_Written, "用語", known), "type": ["object", *json_schema.SCALAR], "pattern": r"\S"}
    return json_schema.by_name(term, "用語は「略称: 正式な名称」の組で書きます", names=TERM_NAME)


TERMS = Raw(Mapping, terms_schema)
"""The kind of 用語: `read_terms` reads them."""
TERM_NAME = rf"^(?!(?:{'|'.join(CASE_FIELDS)}|同行)$)(?![→※＃＝\s])[^｛｝：\n]*[^｛｝：\s]$"
"""What a schema takes for the name of a term: as `checks.term_name`."""


def bounded(terms: Dictionary[str, Term]) -> dict[str, Term]:
    """The terms, each of which has an end; `Term.cut` says of those that were cut why."""
    found = dict(terms)
    names = {name: _names(term.full) for name, term in terms.items()}
    sizes: dict[str, tuple[int, int]] = {}  # length and depth of each full name
    for name in _inner_first(names):
        term = terms[name]
        inner = [sizes.get(each, (0, 0)) for each in names[name]]
        length = sum(map(len, _words(term.full))) + sum(length for length, _ in inner)
        depth = 1 + max((depth for _, depth in inner), default=0)
        fault = f"{MAX_LENGTH}字を超えます" if length > MAX_LENGTH else ""
        fault = f"{MAX_DEPTH}段を超えて入れ子になります" if depth > MAX_DEPTH else fault
        if fault:
            found[name], length, depth = replace(term, full=(Text(name),), cut=fault), len(name), 1
        sizes[name] = length, depth
    return found


def _inner_first(names: Dictionary[str, list[str]]) -> Iterator[str]:
    """The terms, each behind those that its full name names (a circle is broken somewhere)."""
    seen: set[str] = set()
    waiting = [(name, False) for name in names]
    while waiting:
        name, is_left = waiting.pop()
        if is_left:
            yield name
        elif name not in seen and name in names:
            seen.add(name)
            waiting += [(name, True), *((each, False) for each in names[name])]


def _names(inlines: Inlines) -> list[str]:
    return [inline.name for inline in all_inlines(inlines) if isinstance(inline, Name)]


def _words(inlines: Inlines) -> Iterator[str]:
    return (inline.text for inline in inlines if isinstance(inline, Text))
