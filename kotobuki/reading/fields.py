"""Typed values out of a mapping: what every reader of organization, meeting, case and form asks for.

In: a `Mapping` and the keys that its reader asks for, one by one. Out: scalars, nodes, numbers, dates; and a diagnostic
for each key that is missing, unknown or misspelt and for each value that is not what its key takes. A reader gets None
for a value that is wrong, already reported, and goes on.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable
from typing import TypeVar

from kotobuki.diagnostics import Diagnostics, Place, nearest
from kotobuki.japanese.wareki import DateError, parse_date
from kotobuki.japanese.widths import to_half
from kotobuki.reading.mistakes import mistyped_key
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.reading.placeholders import Placeholder, placeholder_of

_INTEGER = re.compile(r"[-－]?[0-9]{1,15}")
YES = ("はい", "する", "あり", "true", "yes", "on")
NO = ("いいえ", "しない", "なし", "false", "no", "off")
_KINDS: dict[type[Node], str] = {Scalar: "文", Sequence: "一覧（- …）", Mapping: "項目の組（キー: 値）"}


_N = TypeVar("_N", Scalar, Sequence, Mapping)


class Fields:
    """Reads the values of one mapping. `what` is what users call it (案件, 会議, …).

    Each reading method takes a key and returns its value, or None if it is absent, empty or wrong. `required`: absent
    and empty are errors. `finish` reports the keys that no method asked for, and those that are missing, unless one of
    the former is one of the latter misspelt.
    """

    def __init__(self, mapping: Mapping, diagnostics: Diagnostics, what: str) -> None:
        """Nothing is read yet."""
        self.mapping_node = mapping
        self.diagnostics = diagnostics
        self.what = what
        self.known: dict[str, None] = {}  # in the order asked for, which is the order to show
        self.missing: dict[str, str] = {}  # with an example of each

    def node(self, key: str, *, required: bool = False, example: str = "…") -> Node | None:
        """The value as it stands, whatever it is; `example` shows how to write one."""
        self.known[key] = None
        value = self.mapping_node.get(key)
        if value is not None and not _is_empty(value):
            return value
        if required:
            if value is None:
                self.missing[key] = example
            else:
                remedy = f"「{key}: {example}」のように書いてください"
                self._error(self._key_place(key), "missing-value", f"「{key}」の値がありません", remedy)
        return None

    def placeholder(self, key: str) -> Placeholder | None:
        """What is still to be written in the place of a value, for readers that print it there."""
        self.known[key] = None
        return placeholder_of(self.mapping_node.get(key))

    def text(self, key: str, *, required: bool = False, example: str = "…") -> Scalar | None:
        """A text."""
        return self._typed(key, self.node(key, required=required, example=example), Scalar)

    def mapping(self, key: str, *, required: bool = False, example: str = "{…: …}") -> Mapping | None:
        """A mapping."""
        return self._typed(key, self.node(key, required=required, example=example), Mapping)

    def sequence(self, key: str, *, required: bool = False, example: str = "[…, …]") -> Sequence | None:
        """A list."""
        return self._typed(key, self.node(key, required=required, example=example), Sequence)

    def list_of_text(self, key: str, *, required: bool = False, example: str = "[…, …]") -> tuple[Scalar, ...]:
        """The texts of a list, or one text alone."""
        value = self.node(key, required=required, example=example)
        if isinstance(value, Scalar):
            return (value,)
        entries = self._typed(key, value, Sequence)
        if required and entries and not entries.items:
            reason, remedy = f"「{key}」の一覧に何もありません", f"「{key}: {example}」のように書いてください"
            self._error(entries.place(), "missing-value", reason, remedy)
        texts = [self._typed(key, entry, Scalar, "の一覧の中") for entry in entries.items] if entries else []
        for text in texts:
            if text and _is_empty(text):
                reason = f"「{key}」の一覧に、空の行があります"
                self._error(text.place(), "missing-value", reason, "文を書くか、この行を消してください")
        return tuple(text for text in texts if text and not _is_empty(text))

    def integer(
        self, key: str, *, required: bool = False, minimum: int | None = None, maximum: int | None = None
    ) -> int | None:
        """A whole number, its digits of any width."""
        scalar = self.text(key, required=required, example=str(minimum if minimum is not None else 1))
        if scalar is None:
            return None
        plain = to_half(scalar.value)
        if not _INTEGER.fullmatch(plain):
            reason = f"「{key}」には数を書きます。「{_shortened(scalar.value)}」は数として読み取れません"
            self._error(scalar.place(), "number-format", reason, "「82」のように、数字だけを書いてください")
            return None
        number = int(plain.replace("－", "-"))
        if (minimum is not None and number < minimum) or (maximum is not None and number > maximum):
            limits = (f"{minimum}以上" if minimum is not None else "") + (
                f"{maximum}以下" if maximum is not None else ""
            )
            self._error(
                scalar.place(),
                "number-range",
                f"「{key}」の{number}は、使えない数です",
                f"{limits}の数を書いてください",
            )
            return None
        return number

    def date(self, key: str, *, required: bool = False) -> datetime.date | None:
        """A day, as 2022-05-06 or 令和4年5月6日, its digits of any width."""
        scalar = self.text(key, required=required, example="2022-05-06")
        if scalar is None:
            return None
        try:
            return parse_date(scalar.value)
        except DateError as error:
            self._error(scalar.place(), error.rule, f"「{key}」の{error.reason}", error.remedy)
            return None

    def choice(self, key: str, options: Iterable[str], *, required: bool = False) -> str | None:
        """One of `options`."""
        known = list(options)
        scalar = self.text(key, required=required, example=known[0] if known else "…")
        if scalar is None or scalar.value in known:
            return scalar.value if scalar else None
        reason = f"「{key}」に「{_shortened(scalar.value)}」は使えません"
        self._error(scalar.place(), "choice", reason, _suggestion(scalar.value, known, f"「{key}」に使えるのは、"))
        return None

    def boolean(self, key: str, *, required: bool = False) -> bool | None:
        """はい or いいえ (する, しない, true, false, …)."""
        scalar = self.text(key, required=required, example=YES[0])
        if scalar is None:
            return None
        word = scalar.value.lower()
        if word not in YES + NO:
            reason = f"「{key}」に「{_shortened(scalar.value)}」は使えません"
            self._error(scalar.place(), "choice", reason, f"「{YES[0]}」か「{NO[0]}」を書いてください")
            return None
        return word in YES

    def finish(self, meant: Collection[str] = ()) -> None:
        """Report the keys that nobody asked for, and the missing ones; `meant`: keys whose misspelling is reported elsewhere."""
        known = list(self.known)
        misspelt = {nearest(key.value, known) for key, _ in self.mapping_node.entries if key.value not in self.known}
        for name, example in self.missing.items():
            if name not in misspelt and name not in meant:
                reason, remedy = f"{self.what}に「{name}」がありません", f"「{name}: {example}」のように書いてください"
                self._error(self.mapping_node.place(), "missing-key", reason, remedy)
        for key, _ in self.mapping_node.entries:
            if key.value not in self.known:
                reason = f"{self.what}では、キー「{_shortened(key.value)}」は使えません"
                remedy = _suggestion(key.value, known, "使えるキーは、")
                self._error(key.place(), "unknown-key", reason, remedy)

    def _typed(self, key: str, value: Node | None, wanted: type[_N], where: str = "") -> _N | None:
        """The value if it is what is wanted; else None, and if there is one, a report."""
        if value is None or isinstance(value, wanted):
            return value
        mistyped = mistyped_key(value.value, value.place()) if isinstance(value, Scalar) and wanted is Mapping else None
        if mistyped:
            self.diagnostics.error(*mistyped)
            return None
        reason = f"「{key}」{where}には{_KINDS[wanted]}を書きます。ここにあるのは{_KINDS[type(value)]}です"
        self._error(value.place(), "wrong-type", reason, _how_to_write(key, value, wanted))
        return None

    def _key_place(self, key: str) -> Place:
        return next(name.place() for name, _ in self.mapping_node.entries if name.value == key)

    def _error(self, place: Place, rule: str, reason: str, remedy: str) -> None:
        self.diagnostics.error(place, rule, reason, remedy)


def _is_empty(node: Node) -> bool:
    """Whether a key was left without a value: nothing or blanks, even in quotes."""
    return isinstance(node, Scalar) and not node.value.strip()


def _how_to_write(key: str, found: Node, wanted: type[Node]) -> str:
    if wanted is Sequence:
        return f"「{key}:」の次の行から、字下げして「- …」と一つずつ書いてください"
    if wanted is Mapping:
        return f"「{key}:」の次の行から、字下げして「キー: 値」と書いてください"
    if isinstance(found, Mapping) and all(_is_empty(value) for _, value in found.entries):
        return "｛条例｝などの印は、半角の「{ }」ではなく全角の「｛ ｝」で書いてください"
    return f"「{key}: …」のように、文を書いてください"


def _suggestion(word: str, known: list[str], opening: str) -> str:
    near = nearest(word, known)
    meant = f"「{near}」の誤りではありませんか。" if near else ""
    return f"{meant}{opening}{'、'.join(f'「{each}」' for each in known)}です" if known else "この行を消してください"


def _shortened(text: str) -> str:
    return text if len(text) <= 30 else text[:30] + "…"
