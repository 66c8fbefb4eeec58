"""A template read: parsed by Jinja, looked through by `allowed`, and made into what `evaluation` runs.

In: the source, and the names of functions and filters. Out: a body, and the faults; a template with faults has no body.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jinja2 import nodes

from kotobuki.forms.engine import tree
from kotobuki.forms.engine.allowed import Vocabulary, faults_of
from kotobuki.forms.engine.syntax import parsed, place_of
from kotobuki.forms.faults import Fault


def read(source: str, words: Vocabulary) -> tuple[tree.Body, tuple[Fault, ...]]:
    """Raises `TemplateError` for what Jinja cannot read."""
    found = parsed(source)
    faults = tuple(faults_of(found, words))
    return () if faults else body_of(found.body), faults


def body_of(found: Iterable[nodes.Node]) -> tree.Body:
    """A row of statements that `allowed` let pass."""
    return tuple(statement for each in found for statement in _statements(each))


def _statements(node: nodes.Node) -> Iterator[tree.Statement]:
    match node:
        case nodes.Output():
            for part in node.nodes:
                yield tree.Words(part.data) if isinstance(part, nodes.TemplateData) else tree.Print(_value(part))
        case nodes.If():
            branches = tuple((_value(each.test), body_of(each.body)) for each in (node, *node.elif_))
            yield tree.If(branches, body_of(node.else_))
        case nodes.For():
            yield tree.For(
                place_of(node),
                _target(node.target),
                _value(node.iter),
                None if node.test is None else _value(node.test),
                body_of(node.body),
                body_of(node.else_),
            )
        case nodes.Assign():
            yield tree.Assign(_target(node.target), _value(node.node))
        case _:
            raise AssertionError(node)  # `allowed` lets no other pass


def _target(node: nodes.Node) -> tree.Target:
    if isinstance(node, nodes.Name):
        return node.name
    assert isinstance(node, nodes.Tuple)  # as Jinja parses it
    return tree.Targets(place_of(node), tuple(map(_target, node.items)))


def _value(node: nodes.Node) -> tree.Expression:
    place = place_of(node)
    match node:
        case nodes.Name():
            return tree.Name(place, node.name)
        case nodes.Getattr():
            return tree.Member(place, _value(node.node), node.attr)
        case nodes.Getitem():
            return tree.Element(place, _value(node.node), _value(node.arg))
        case nodes.Const():
            return tree.Const(place, node.value)
        case nodes.List() | nodes.Tuple():
            return tree.List(place, _values(node.items))
        case nodes.Call(node=nodes.Name(name=name)):
            return tree.Call(place, "function", name, None, _values(node.args), _named(node.kwargs))
        case nodes.Filter(node=nodes.Node() as subject):
            return tree.Call(place, "filter", node.name, _value(subject), _values(node.args), _named(node.kwargs))
        case nodes.Test():
            return tree.Call(place, "test", node.name, _value(node.node), _values(node.args), _named(node.kwargs))
        case nodes.CondExpr():
            otherwise = None if node.expr2 is None else _value(node.expr2)
            return tree.Choice(place, _value(node.test), _value(node.expr1), otherwise)
        case nodes.And():
            return tree.Both(place, _value(node.left), _value(node.right))
        case nodes.Or():
            return tree.Either(place, _value(node.left), _value(node.right))
        case nodes.Not():
            return tree.Not(place, _value(node.node))
        case nodes.Compare():
            return tree.Compare(place, _value(node.expr), tuple((each.op, _value(each.expr)) for each in node.ops))
        case nodes.Concat():
            return tree.Concat(place, _values(node.nodes))
        case nodes.Neg() | nodes.Pos():
            return tree.Sign(place, isinstance(node, nodes.Neg), _value(node.node))
        case nodes.BinExpr():
            return tree.Sum(place, type(node).__name__, _value(node.left), _value(node.right))
        case _:
            raise AssertionError(node)  # `allowed` lets no other pass


def _values(found: Iterable[nodes.Node]) -> tuple[tree.Expression, ...]:
    return tuple(map(_value, found))


def _named(found: Iterable[nodes.Node]) -> tuple[tuple[str, tree.Expression], ...]:
    return tuple((str(each.key), _value(each.value)) for each in found if isinstance(each, nodes.Keyword))
