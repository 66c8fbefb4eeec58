"""What a template may say: an allow-list of the kinds of its syntax, looked through before anything runs.

In: the tree, and the names of functions and filters. Out: a fault, with its place and what to write instead, for each part
that papers do not need. What is not thought of here is refused, too.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping

from jinja2 import nodes

from kotobuki.forms.engine.rules import LARGEST_NUMBER
from kotobuki.forms.engine.syntax import place_of
from kotobuki.forms.faults import Fault
from kotobuki.lazy_dataclasses import dataclass

_DEEPEST = 40
"""Parts within parts: the shipped templates have 12."""

LOOP = ("index", "index0", "revindex", "revindex0", "first", "last", "length")
"""What `loop` tells."""
TESTS = ("defined", "undefined", "odd", "even", "divisibleby")
_PLAIN = (
    *(
        nodes.Template,
        nodes.Output,
        nodes.TemplateData,
        nodes.If,
        nodes.CondExpr,
        nodes.Assign,
        nodes.Tuple,
        nodes.List,
    ),
    *(nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Concat, nodes.Keyword),
    *(nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Neg, nodes.Pos),
)
"""Whatever they are made of; the other kinds are looked at one by one."""

_AGAIN = "同じ行は、使う所にそれぞれ書いてください"
_SET = "{% set 名 = 値 %} と書いてください"
_FILE = "必要な行を、この雛形に書いてください"
_OTHER: Mapping[type[nodes.Node], tuple[str, str]] = {
    nodes.Macro: ("{% macro %}", _AGAIN),
    nodes.CallBlock: ("{% call %}", _AGAIN),
    nodes.Block: ("{% block %}", "囲まずに、そのまま書いてください"),
    nodes.AssignBlock: ("{% set %}…{% endset %}", _SET),
    nodes.With: ("{% with %}", _SET),
    nodes.FilterBlock: ("{% filter %}", "{{ 値 | 働き }} と書いてください"),
    nodes.Scope: ("{% autoescape %}", "囲まずに、そのまま書いてください。印になる字は、文字として印字します"),
    nodes.NSRef: ("{% set 名.名 = … %}", _SET),
    nodes.Slice: ("[…:…]", "一覧の一つは [0] のように番号で取り出すか、{% for %} で繰り返してください"),
    nodes.Pow: ("**", "計算は + - * / // % でできます"),
    nodes.Dict: ("{…}", "[甲, 乙] のように、一覧で書いてください"),
}
"""By kind: how it is written, and what to do instead. Those of other files are told apart."""
_FILES = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The functions and filters that a template may use."""

    functions: Collection[str]
    filters: Collection[str]


def faults_of(tree: nodes.Template, words: Vocabulary) -> Iterator[Fault]:
    """The faults in the order of the source; nothing within a refused part is looked at."""
    waiting: list[tuple[nodes.Node, int]] = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        if (
            found := _refused(node, words)
            if depth <= _DEEPEST
            else ("深すぎる入れ子", "かっこや {% if %} を分けて書いてください")
        ):
            what, remedy = found
            reason = what if isinstance(node, _FILES) else f"雛形では使えない書き方「{what}」です"
            yield Fault(*place_of(node), reason, remedy)
            if depth > _DEEPEST:  # whatever stands beside it is as deep
                return
        else:
            waiting += [(each, depth + 1) for each in reversed(_within(node))]


def _within(node: nodes.Node) -> list[nodes.Node]:
    """The parts of a node that are to be looked at: `loop` of loop.index and a function's name have been."""
    parts = list(node.iter_child_nodes())
    is_named = isinstance(node, nodes.Call) or (isinstance(node, nodes.Getattr) and _is_loop(node.node))
    return parts[1:] if is_named else parts


def _is_loop(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "loop"


def _refused(node: nodes.Node, words: Vocabulary) -> tuple[str, str] | None:
    """How it is written, and what to do instead; None for what may be written."""
    match node:
        case nodes.Const():
            return _constant(node.value)
        case nodes.Name():
            return _name(node, words)
        case nodes.Getattr() if _is_loop(node.node):
            told = "・".join(f"loop.{name}" for name in LOOP)
            return None if node.attr in LOOP else (f"loop.{node.attr}", f"使えるのは {told} です")
        case nodes.Getattr():
            return (
                (node.attr, "値の名を書いてください。使える名は templates/README.md にあります")
                if node.attr[:1] == "_"
                else None
            )
        case nodes.Getitem():
            return None if not isinstance(node.arg, nodes.Tuple) else ("[…, …]", "番号か名を、一つだけ書いてください")
        case nodes.For() if node.recursive:
            return ("{% for … recursive %}", "{% for %} の中に {% for %} を書いてください")
        case nodes.For():
            return None
        case nodes.Call() | nodes.Filter() | nodes.Test():
            return _called(node, words)
        case _ if isinstance(node, _FILES):
            return ("雛形から、ほかのファイルは読み込めません", _FILE)
        case _ if type(node) in _PLAIN:
            return None
        case _:
            known = next((each for kind, each in _OTHER.items() if isinstance(node, kind)), None)
            return known or (type(node).__name__, "使える書き方は templates/README.md にあります")


def _constant(value: object) -> tuple[str, str] | None:
    match value:
        case str():
            if unseen := next((each for each in value if unicodedata.category(each) in ("Cc", "Cf", "Cs")), None):
                return (f"U+{ord(unseen):04X}", "目に見えない文字は書けません。改行するときは、行を分けてください")
        case int() | float() if not abs(value) <= LARGEST_NUMBER:
            return ("大きすぎる数", f"{LARGEST_NUMBER:,}までの数を書いてください")
        case None:
            return ("none", "あるかどうかは {% if 値 %} で分けてください")
        case _:
            return None
    return None


def _name(node: nodes.Name, words: Vocabulary) -> tuple[str, str] | None:
    if node.name.startswith("_") or node.name == "self":
        return (node.name, "使える名は templates/README.md にあります")
    if node.name == "loop":
        return ("loop", "loop.index のように、後に名を付けてください")
    if node.name in words.functions:
        use = (
            "この名は、働きの名です。別の名にしてください"
            if node.ctx == "store"
            else f"{node.name}(…) と書いてください"
        )
        return (f"{node.name} = …" if node.ctx == "store" else node.name, use)
    return None


def _called(node: nodes.Call | nodes.Filter | nodes.Test, words: Vocabulary) -> tuple[str, str] | None:
    if node.dyn_args is not None or node.dyn_kwargs is not None:
        return ("(*…)", "渡す値を一つずつ書いてください")
    match node:
        case nodes.Call(node=nodes.Name(name=name)):
            kind, shown, known = "呼び出せる働き", f"{name}(…)", words.functions
        case nodes.Call(node=nodes.Getattr(attr=attr)):
            return (f".{attr}(…)", _choice("呼び出せる働き", [f"{each}(…)" for each in words.functions]))
        case nodes.Call():
            return ("(…)(…)", _choice("呼び出せる働き", [f"{each}(…)" for each in words.functions]))
        case nodes.Filter(name=name):
            kind, shown, known = "働き", f"| {name}", words.filters
        case _:
            name = node.name
            kind, shown, known = "働き", f"is {name}", TESTS
    pattern = shown.replace(name, "{}", 1)
    return None if name in known else (shown, _choice(kind, [pattern.format(each) for each in known]))


def _choice(kind: str, known: Collection[str]) -> str:
    return f"使える{kind}は {'、'.join(known)} です" if known else "値の名だけを書いてください"
