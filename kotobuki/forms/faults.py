"""What a template does wrong, in Japanese.

In: the exception of a step of its rendering and the values that it could print. Out: reason and remedy, with the name
concerned, to be collected in a `TemplateError`. Jinja's and Python's own English words never reach a clerk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from kotobuki.diagnostics import nearest
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.lazy_patterns import lazy_pattern


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A fault of a template. `column`: 0 = the line alone is known."""

    line: int
    column: int
    reason: str
    remedy: str


class TemplateError(Exception):
    """The template cannot be rendered: its faults. `last`: nothing is to be looked for behind them."""

    def __init__(self, faults: tuple[Fault, ...], *, last: bool = False) -> None:
        super().__init__(*(each.reason for each in faults))
        self.faults, self.last = faults, last


class UnknownNameError(Exception):
    """A name that is none of a value. `within`: of a group of values."""

    def __init__(self, name: str, *, within: bool = False) -> None:
        super().__init__(name)
        self.name, self.within = name, within


class TooMuchError(Exception):
    """A template that would compute or print without end."""


_SYNTAX = "{{ }} と {% %} の対応を確かめてください"
_EXPRESSION = "この行の式を確かめてください"
_NAMES = "名のつづりを確かめてください。使える名は templates/README.md にあります"
_OF_MEETING = ("会議", "議案", "諮問")
_JAPANESE = lazy_pattern("[぀-ヿ一-鿿]")

_FUNCTIONS = {
    **{"spread": "均等", "tracked": "字間", "gap": "空き", "leader": "点線", "link": "リンク", "circled": "丸"},
    **{"table": "表", "without_notes": "注なし"},
}
_PATTERNS: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"unknown tag '(.*?)'", lambda found: f"「{{% {found[1]} %}}」という書き方はありません"),
    (r"block that needs to be closed is '(.*)'", lambda found: f"「{{% {found[1]} %}}」が閉じていません"),
    (r"Missing end of (comment|raw)", lambda found: "「{#」か「{% raw %}」が閉じていません"),
    (r"unexpected char '(.*)' at", lambda found: f"式の中に、使えない文字「{found[1]}」があります"),
    (r"(unexpected|got) '(end|begin) of (?!template)", lambda found: "式が途中で終わっています"),
    (r"unexpected '(.*)'", lambda found: f"「{found[1]}」の位置が正しくありません"),
    (r"unexpected end of template|got 'end of template'", lambda found: "「{{」か「{%」が閉じていません"),
    (r"got '(.*)'", lambda found: f"「{found[1]}」の位置が正しくありません"),
)


def explain(error: Exception, values: Mapping[str, object]) -> tuple[str, str]:
    """Reason and remedy. `values`: by the names that the template could use."""
    if isinstance(error, UnknownNameError):
        return _unknown(error, values)
    message = getattr(error, "message", None) or str(error)
    kind = next((each.__name__ for each in type(error).__mro__ if each.__name__ in _KINDS), "")
    if kind and not _JAPANESE.match(message):
        return _KINDS[kind](message)
    own = message if _JAPANESE.match(message) else f"値の種類が、働きに合いません{_concerned(message)}"
    return f"雛形の式を計算できません（{own}）", _EXPRESSION


def _unknown(error: UnknownNameError, values: Mapping[str, object]) -> tuple[str, str]:
    if error.name in _OF_MEETING and "会議" not in values and not error.within:
        remedy = "{% if 写し %}…{% endif %} で囲むか、form.yaml の書類に「会議のときだけ: はい」と書いてください"
        return f"「{error.name}」は会議があるときだけ使えますが、この案件は会議なしで作られています", remedy
    near = nearest(error.name, _names_within(values) if error.within else list(values))
    return f"雛形が知らない名「{error.name}」を使っています", (
        f"「{near}」の誤りではありませんか。" if near else ""
    ) + _NAMES


def _names_within(values: Mapping[str, object]) -> list[str]:
    groups = [each for each in values.values() if isinstance(each, Mapping)]
    rows = [row for group in groups for each in group.values() for row in getattr(each, "rows", ())]
    return [*(key for group in groups for key in group), *rows]


def _syntax(message: str) -> tuple[str, str]:
    found = next((tell(match) for pattern, tell in _PATTERNS if (match := re.search(pattern, message))), "")
    return f"雛形の書き方に誤りがあります{f'（{found}）' if found else ''}", _SYNTAX


def _type(message: str) -> tuple[str, str]:
    if "argument" in message and (named := _concerned(message)):
        return f"雛形の式を計算できません（渡す値の数が違います{named}）", _EXPRESSION
    return f"雛形の式を計算できません（値の種類が、働きに合いません{_concerned(message)}）", _EXPRESSION


def _concerned(message: str) -> str:
    """The function or filter that a message of Python names, as clerks know it."""
    found = re.search(r"\.(\w+)\(\)", message)
    return f"：{_FUNCTIONS[found[1]]}" if found and found[1] in _FUNCTIONS else ""


def _too_much(message: str) -> tuple[str, str]:
    return "雛形の印字する量か、繰り返しの回数が多すぎます", "繰り返しの回数を減らしてください"


def _fixed(reason: str) -> Callable[[str], tuple[str, str]]:
    return lambda message: (f"雛形の式を計算できません（{reason}）", _EXPRESSION)


_KINDS: dict[str, Callable[[str], tuple[str, str]]] = {
    "TemplateSyntaxError": _syntax,
    "TypeError": _type,
    "TooMuchError": _too_much,
    "ZeroDivisionError": _fixed("0で割っています"),
    "RecursionError": _fixed("かっこや {% if %} の入れ子が深すぎます"),
}
"""By the name of the exception's class, or of the nearest class above it."""
