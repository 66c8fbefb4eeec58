"""A template's tree run step by step.

In: a tree that `allowed` let pass, values, functions and filters. Out: pieces of text, or `TemplateError` at the part
concerned. Rules: at most `MOST_STEPS`, of which a turn of a loop counts ten and each character computed one; at most `MOST`
characters in a text computed on the way.
"""

from __future__ import annotations

import operator
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from typing import cast

from jinja2 import nodes

from kotobuki.forms.engine.allowed import LARGEST_NUMBER
from kotobuki.forms.engine.functions import Filter, filters, member, printed
from kotobuki.forms.engine.syntax import place_of
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


def evaluate(tree: nodes.Template, values: Mapping[str, object], language: Language) -> Iterator[str]:
    """The text, piece by piece. Raises `TemplateError`, at the end for whatever could not be printed on the way."""
    run = _Evaluation(values, language)
    try:
        yield from run.all(tree.body, ChainMap({}, cast(MutableMapping[str, object], values)))
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

    def all(self, body: list[nodes.Node], scope: Scope) -> Iterator[str]:
        """What a row of statements prints."""
        for each in body:
            match each:
                case nodes.Output():
                    for part in each.nodes:
                        yield self._printed(part, scope)
                case nodes.If():
                    yield from self.all(self._branch(each, scope), scope)
                case nodes.For():
                    yield from self._turns(each, scope)
                case nodes.Assign():
                    self._bind(each.target, self.value(each.node, scope), scope)
                case _:
                    raise AssertionError(each)  # `allowed` lets no other pass

    def value(self, node: nodes.Node, scope: Scope) -> object:
        """What an expression comes to."""
        try:
            self.spend(1)
            return self._value(node, scope)
        except TemplateError:
            raise
        except Exception as error:  # whatever an expression raised: a wrong argument, a sum with text
            raise self._fault(node, error) from error

    @contextmanager
    def _placed(self, node: nodes.Node) -> Iterator[None]:
        """What fails in it is a fault at the node."""
        try:
            yield
        except Exception as error:  # of a value of another kind, or one without a printed form; too many turns
            raise self._fault(node, error) from error

    def _fault(self, node: nodes.Node, error: Exception) -> TemplateError:
        last = isinstance(error, (TooMuchError, RecursionError))
        return TemplateError((Fault(*place_of(node), *explain(error, self.values)),), last=last)

    def _printed(self, node: nodes.Node, scope: Scope) -> str:
        if isinstance(node, nodes.TemplateData):
            return node.data
        try:
            value = self.value(node, scope)
            try:
                return self.language.show(value)
            except Exception as error:  # of a value without a printed form, or too many
                raise self._fault(node, error) from error
        except TemplateError as error:
            if error.last or len(self.faults) >= _MOST_FAULTS:
                error.last = True
                raise
            self.faults |= dict.fromkeys(error.faults)
            return ""

    def _branch(self, node: nodes.If, scope: Scope) -> list[nodes.Node]:
        return next((each.body for each in (node, *node.elif_) if self.value(each.test, scope)), node.else_)

    def _turns(self, node: nodes.For, scope: Scope) -> Iterator[str]:
        """A loop, counted before its turns are made."""
        rows = self.value(node.iter, scope)
        with self._placed(node):
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
            yield from self.all(node.else_, scope.new_child())

    def _bind(self, target: nodes.Node, value: object, scope: Scope) -> None:
        """Give a value a name, or the elements of a list theirs."""
        if isinstance(target, nodes.Name):
            scope[target.name] = value
            return
        assert isinstance(target, nodes.Tuple)  # as Jinja parses it
        with self._placed(target):
            if not isinstance(value, (list, tuple)) or len(value) != len(target.items):
                raise TypeError(f"値が{len(target.items)}つの一覧ではありません")
        for name, each in zip(target.items, value, strict=True):
            self._bind(name, each, scope)

    def _value(self, node: nodes.Node, scope: Scope) -> object:
        match node:
            case nodes.Name():
                for names in scope.maps:
                    if node.name in names:
                        return names[node.name]
                raise UnknownNameError(node.name)
            case nodes.Getattr():
                return member(self.value(node.node, scope), node.attr)
            case nodes.Const():
                return node.value
            case nodes.Call() | nodes.Filter() | nodes.Test():
                return self._called(node, scope)
            case nodes.List() | nodes.Tuple():
                return [self.value(each, scope) for each in node.items]
            case nodes.Getitem():
                return member(self.value(node.node, scope), self.value(node.arg, scope))
            case nodes.CondExpr():
                chosen = node.expr1 if self.value(node.test, scope) else node.expr2
                return "" if chosen is None else self.value(chosen, scope)
            case nodes.And():
                return self.value(node.left, scope) and self.value(node.right, scope)
            case nodes.Or():
                return self.value(node.left, scope) or self.value(node.right, scope)
            case nodes.Not():
                return not self.value(node.node, scope)
            case nodes.Compare():
                return self._compared(node, scope)
            case nodes.Concat():
                return self._joined([printed(self.value(each, scope)) for each in node.nodes])
            case nodes.Neg() | nodes.Pos():
                number = _number(self.value(node.node, scope))
                return -number if isinstance(node, nodes.Neg) else number
            case nodes.BinExpr():
                left, right = (_number(self.value(each, scope)) for each in (node.left, node.right))
                return _number(_OPERATIONS[type(node).__name__](left, right))
            case _:
                raise AssertionError(node)  # `allowed` lets no other pass

    def _joined(self, parts: list[str]) -> str:
        self.spend(sum(map(len, parts)))
        return "".join(parts)

    def _compared(self, node: nodes.Compare, scope: Scope) -> bool:
        left = self.value(node.expr, scope)
        for each in node.ops:
            right = self.value(each.expr, scope)
            searched = each.op in ("in", "notin") and isinstance(right, (list, tuple, dict, str))
            if not isinstance(left, (str, int, float)) or not (searched or isinstance(right, (str, int, float))):
                raise TypeError("比べられるのは、文字と数だけです")
            both = isinstance(right, (list, tuple)) and isinstance(left, str)  # each element may be as long
            self.spend(_size(left) * _size(right) if both else _size(left) + _size(right))
            if not _COMPARISONS[each.op](left, right):
                return False
            left = right
        return True

    def _called(self, node: nodes.Call | nodes.Filter | nodes.Test, scope: Scope) -> object:
        subject: tuple[nodes.Node, ...] = ()
        match node:
            case nodes.Call(node=nodes.Name(name=name)):
                called = self.language.functions[name]
            case nodes.Test(node=nodes.Node() as asked, name="defined" | "undefined" as name):
                return self._is_there(asked, scope) == (name == "defined")
            case nodes.Filter(node=nodes.Node() as asked, name="default") if not self._is_there(asked, scope):
                called = _default
            case nodes.Filter(node=nodes.Node() as first, name=name):
                called, subject = self.filters[name], (first,)
            case nodes.Test(node=first, name=name):
                called, subject = _TESTS[name], (first,)
            case _:
                raise AssertionError(node)  # `allowed` lets no other pass
        given = [self.value(each, scope) for each in (*subject, *node.args)]
        named = {
            str(each.key): self.value(each.value, scope) for each in node.kwargs if isinstance(each, nodes.Keyword)
        }
        own = isinstance(node, nodes.Call) or node.name in self.language.filters
        self.spend((_OWN_CALL if own else _CALL) + sum(map(_size, (*given, *named.values()))))
        return called(*given, **named)

    def _is_there(self, node: nodes.Node, scope: Scope) -> bool:
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
