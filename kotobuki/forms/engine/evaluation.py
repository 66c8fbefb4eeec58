"""A template's tree run step by step.

In: a tree, values, functions and filters. Out: pieces of text, or `TemplateError` at the part
concerned. Rules: at most `MOST_STEPS`, of which a turn of a loop counts ten and each character computed one; at most `MOST`
characters in a text computed on the way.
"""

from __future__ import annotations

import operator
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from typing import assert_never, cast

from kotobuki.forms.engine import tree
from kotobuki.forms.engine.functions import Filter, filters, member, printed
from kotobuki.forms.engine.rules import LARGEST_NUMBER
from kotobuki.forms.faults import Fault, TemplateError, TooMuchError, UnknownNameError, explain
from kotobuki.forms.values import MOST
from kotobuki.lazy_dataclasses import dataclass

MOST_STEPS = 5 * MOST
_MOST_FAULTS = 20
_TURN, _CALL, _OWN_CALL = 10, 20, 100
"""Steps of a turn, of a filter that all templates have, of a function that makes something of a paper."""

Scope = ChainMap[str, object]
"""The values by name, those of the innermost loop first; the last are those that were given, which nobody changes."""

_OPERATIONS: Mapping[str, Callable[[float, float], float]] = {
    "Add": operator.add,
    "Sub": operator.sub,
    "Mul": operator.mul,
    "Div": operator.truediv,
    "FloorDiv": operator.floordiv,
    "Mod": operator.mod,
}
_COMPARISONS: Mapping[str, Callable[..., bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
    "in": lambda one, many: one in many,
    "notin": lambda one, many: one not in many,
}


@dataclass(slots=True)
class Budget:
    """The steps that are left."""

    left: int = MOST_STEPS

    def spend(self, steps: int) -> None:
        """Raises `TooMuchError` where there are no more steps, or where they are one text that is too long."""
        self.left -= steps
        if self.left < 0 or steps > MOST:
            raise TooMuchError


@dataclass(frozen=True, slots=True)
class Language:
    """What a template may use besides the filters that all have.

    show    how a value is printed
    budget  what several templates share; None: each has one of its own
    """

    functions: Mapping[str, Filter]
    filters: Mapping[str, Filter]
    show: Callable[[object], str] = printed
    budget: Budget | None = None


def evaluate(body: tree.Body, values: Mapping[str, object], language: Language) -> Iterator[str]:
    """The text, piece by piece. Raises `TemplateError`, at the end for whatever could not be printed on the way."""
    run = _Evaluation(values, language)
    try:
        yield from run.all(body, ChainMap({}, cast(MutableMapping[str, object], values)))
    except TemplateError as error:
        raise TemplateError((*run.faults, *error.faults), last=error.last) from error
    if run.faults:
        raise TemplateError(tuple(run.faults))


class _Evaluation:
    """One rendering."""

    def __init__(self, values: Mapping[str, object], language: Language) -> None:
        self.values, self.language = values, language  # the values as they were given: names that a fault may mean
        self.spend = (language.budget or Budget()).spend
        self.faults: dict[Fault, None] = {}  # of what is printed: the rest goes on without it
        self.filters = {**filters(self.spend), **language.filters}

    def all(self, body: tree.Body, scope: Scope) -> Iterator[str]:
        """What a row of statements prints."""
        for each in body:
            match each:
                case tree.Words():
                    yield each.text
                case tree.Print():
                    yield self._printed(each.value, scope)
                case tree.If():
                    yield from self.all(self._branch(each, scope), scope)
                case tree.For():
                    yield from self._turns(each, scope)
                case tree.Assign():
                    self._bind(each.target, self.value(each.value, scope), scope)
                case _:
                    assert_never(each)

    def value(self, node: tree.Expression, scope: Scope) -> object:
        """What an expression comes to."""
        try:
            self.spend(1)
            return self._value(node, scope)
        except TemplateError:
            raise
        except Exception as error:  # whatever an expression raised: a wrong argument, a sum with text
            raise self._fault(node.place, error) from error

    @contextmanager
    def _placed(self, place: tree.Place) -> Iterator[None]:
        """What fails in it is a fault at the place."""
        try:
            yield
        except Exception as error:  # of a value of another kind, or one without a printed form; too many turns
            raise self._fault(place, error) from error

    def _fault(self, place: tree.Place, error: Exception) -> TemplateError:
        last = isinstance(error, (TooMuchError, RecursionError))
        return TemplateError((Fault(*place, *explain(error, self.values)),), last=last)

    def _printed(self, node: tree.Expression, scope: Scope) -> str:
        try:
            value = self.value(node, scope)
            try:
                return self.language.show(value)
            except Exception as error:  # of a value without a printed form, or too many
                raise self._fault(node.place, error) from error
        except TemplateError as error:
            if error.last or len(self.faults) >= _MOST_FAULTS:
                error.last = True
                raise
            self.faults |= dict.fromkeys(error.faults)
            return ""

    def _branch(self, node: tree.If, scope: Scope) -> tree.Body:
        return next((body for test, body in node.branches if self.value(test, scope)), node.otherwise)

    def _turns(self, node: tree.For, scope: Scope) -> Iterator[str]:
        """A loop, counted before its turns are made."""
        rows = self.value(node.rows, scope)
        with self._placed(node.place):
            if not isinstance(rows, (list, tuple, dict, str)):
                raise TypeError("繰り返せるのは、一覧だけです")
            self.spend(_TURN * len(rows))
        turns = []
        for row in rows:
            inner: Scope = scope.new_child()
            self._bind(node.target, row, inner)
            if node.test is None or self.value(node.test, inner):
                turns.append(inner)
        for at, inner in enumerate(turns):
            inner["loop"] = _loop(at, len(turns))
            yield from self.all(node.body, inner)
        if not turns:
            yield from self.all(node.otherwise, scope.new_child())

    def _bind(self, target: tree.Target, value: object, scope: Scope) -> None:
        """Give a value a name, or the elements of a list theirs."""
        if isinstance(target, str):
            scope[target] = value
            return
        with self._placed(target.place):
            if not isinstance(value, (list, tuple)) or len(value) != len(target.names):
                raise TypeError(f"値が{len(target.names)}つの一覧ではありません")
        for name, each in zip(target.names, value, strict=True):
            self._bind(name, each, scope)

    def _value(self, node: tree.Expression, scope: Scope) -> object:
        match node:
            case tree.Name():
                for names in scope.maps:
                    if node.name in names:
                        return names[node.name]
                raise UnknownNameError(node.name)
            case tree.Member():
                return member(self.value(node.of, scope), node.name)
            case tree.Const():
                return node.value
            case tree.Call():
                return self._called(node, scope)
            case tree.List():
                return [self.value(each, scope) for each in node.items]
            case tree.Element():
                return member(self.value(node.of, scope), self.value(node.at, scope))
            case tree.Choice():
                chosen = node.value if self.value(node.test, scope) else node.otherwise
                return "" if chosen is None else self.value(chosen, scope)
            case tree.Both():
                return self.value(node.left, scope) and self.value(node.right, scope)
            case tree.Either():
                return self.value(node.left, scope) or self.value(node.right, scope)
            case tree.Not():
                return not self.value(node.value, scope)
            case tree.Compare():
                return self._compared(node, scope)
            case tree.Concat():
                return self._joined([printed(self.value(each, scope)) for each in node.parts])
            case tree.Sign():
                number = _number(self.value(node.value, scope))
                return -number if node.negative else number
            case tree.Sum():
                left, right = (_number(self.value(each, scope)) for each in (node.left, node.right))
                return _number(_OPERATIONS[node.operation](left, right))
            case _:
                assert_never(node)

    def _joined(self, parts: list[str]) -> str:
        self.spend(sum(map(len, parts)))
        return "".join(parts)

    def _compared(self, node: tree.Compare, scope: Scope) -> bool:
        left = self.value(node.first, scope)
        for name, other in node.others:
            right = self.value(other, scope)
            searched = name in ("in", "notin") and isinstance(right, (list, tuple, dict, str))
            if not isinstance(left, (str, int, float)) or not (searched or isinstance(right, (str, int, float))):
                raise TypeError("比べられるのは、文字と数だけです")
            both = isinstance(right, (list, tuple)) and isinstance(left, str)  # each element may be as long
            self.spend(_size(left) * _size(right) if both else _size(left) + _size(right))
            if not _COMPARISONS[name](left, right):
                return False
            left = right
        return True

    def _called(self, node: tree.Call, scope: Scope) -> object:
        name, subject = node.name, node.subject
        if node.kind == "test" and subject is not None and name in ("defined", "undefined"):
            return self._is_there(subject, scope) == (name == "defined")
        if node.kind == "filter" and subject is not None and name == "default" and not self._is_there(subject, scope):
            called, subject = _default, None
        else:
            called = {"function": self.language.functions, "filter": self.filters, "test": _TESTS}[node.kind][name]
        given = [self.value(each, scope) for each in (node.given if subject is None else (subject, *node.given))]
        named = {key: self.value(each, scope) for key, each in node.named}
        own = node.kind == "function" or name in self.language.filters
        self.spend((_OWN_CALL if own else _CALL) + sum(map(_size, (*given, *named.values()))))
        return called(*given, **named)

    def _is_there(self, node: tree.Expression, scope: Scope) -> bool:
        try:
            self.value(node, scope)
        except TemplateError as error:
            if not isinstance(error.__cause__, UnknownNameError):
                raise
            return False
        return True


def _default(other: object = "") -> object:
    """What stands for a value that is not there."""
    return other


_TESTS: Mapping[str, Callable[..., bool]] = {
    "odd": lambda value: _number(value) % 2 == 1,
    "even": lambda value: _number(value) % 2 == 0,
    "divisibleby": lambda value, by: _number(value) % _number(by) == 0,
}


def _loop(at: int, count: int) -> dict[str, object]:
    """What `loop` tells in a turn: `allowed.LOOP`."""
    left = count - at
    numbers = {"index": at + 1, "index0": at, "revindex": left, "revindex0": left - 1, "length": count}
    return {**numbers, "first": at == 0, "last": left == 1}


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError("計算できるのは数だけです。文字は ~ でつなぎます")
    if not abs(value) <= LARGEST_NUMBER:
        raise TooMuchError
    return value


def _size(value: object) -> int:
    return len(value) if isinstance(value, (str, list, tuple, dict)) else 1
