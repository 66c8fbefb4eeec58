"""What a template does wrong, in Japanese.

In: the exception of a rendering and the values that the template could print. Out: reason and remedy, with the name
concerned. Jinja's and Python's own English words never reach a clerk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from kotobuki.diagnostics import nearest


class TooMuchError(Exception):
    """A template that would compute or print without end."""


_SYNTAX = "{{ }} と {% %} の対応を確かめてください"
_EXPRESSION = "この行の式を確かめてください"
_NAMES = "名のつづりを確かめてください。使える名は templates/README.md にあります"
_OF_MEETING = ("会議", "議案", "諮問")
_JAPANESE = re.compile("[぀-ヿ一-鿿]")

_FUNCTIONS = {
    **{"spread": "均等", "tracked": "字間", "gap": "空き", "leader": "点線", "link": "リンク", "circled": "丸"},
    **{"table": "表", "without_notes": "注なし"},
}
_PATTERNS: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"No filter named '(.*)'", lambda found: f"「| {found[1]}」という働きはありません"),
    (r"No test named '(.*)'", lambda found: f"「is {found[1]}」という働きはありません"),
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
    message = getattr(error, "message", None) or str(error)
    kind = next((each.__name__ for each in type(error).__mro__ if each.__name__ in _KINDS), "")
    if kind:
        return _KINDS[kind](message, values)
    own = message if _JAPANESE.match(message) else f"値の種類が、働きに合いません{_concerned(message)}"
    return f"雛形の式を計算できません（{own}）", _EXPRESSION


def _undefined(message: str, values: Mapping[str, object]) -> tuple[str, str]:
    if found := re.search("'([^']*)' is undefined$", message):
        name = found[1]
        if name in _OF_MEETING and "会議" not in values:
            remedy = "{% if 写し %}…{% endif %} で囲むか、form.yaml の書類に「会議のときだけ: はい」と書いてください"
            return f"「{name}」は会議があるときだけ使えますが、この案件は会議なしで作られています", remedy
        near = nearest(name, [each for each in values if _JAPANESE.match(each)])
        return f"雛形が知らない名「{name}」を使っています", (
            f"「{near}」の誤りではありませんか。" if near else ""
        ) + _NAMES
    if found := re.search("no attribute '([^']*)'$", message):
        groups = [each for each in values.values() if isinstance(each, Mapping)]
        rows = [row for group in groups for each in group.values() for row in getattr(each, "rows", ())]
        inner = [*(key for group in groups for key in group), *rows]
        near = nearest(found[1], list(map(str, inner)))
        return f"雛形が知らない名「{found[1]}」を使っています", (
            f"「{near}」の誤りではありませんか。" if near else ""
        ) + _NAMES
    if found := re.search("has no element (.*)$", message):
        return f"一覧に、{found[1]}番目の値はありません（0から数えます）", _EXPRESSION
    return "雛形が、ない値を使っています", _NAMES


def _syntax(message: str, values: Mapping[str, object]) -> tuple[str, str]:
    found = next((tell(match) for pattern, tell in _PATTERNS if (match := re.search(pattern, message))), "")
    return f"雛形の書き方に誤りがあります{f'（{found}）' if found else ''}", _SYNTAX


def _type(message: str, values: Mapping[str, object]) -> tuple[str, str]:
    if "no loader" in message:
        return "雛形から、ほかのファイルは読み込めません", "必要な行を、この雛形に書いてください"
    if "argument" in message and (named := _concerned(message)):
        return f"雛形の式を計算できません（渡す値の数が違います{named}）", _EXPRESSION
    return f"雛形の式を計算できません（値の種類が、働きに合いません{_concerned(message)}）", _EXPRESSION


def _concerned(message: str) -> str:
    """The function or filter that a message of Python names, as clerks know it."""
    found = re.search(r"\.(\w+)\(\)", message)
    return f"：{_FUNCTIONS[found[1]]}" if found and found[1] in _FUNCTIONS else ""


def _too_much(message: str, values: Mapping[str, object]) -> tuple[str, str]:
    return "雛形の印字する量か、繰り返しの回数が多すぎます", "繰り返しの回数を減らしてください"


def _security(message: str, values: Mapping[str, object]) -> tuple[str, str]:
    found = re.search("attribute '([^']*)'", message)
    named = f"「{found[1]}」" if found else ""
    return f"雛形では使えない書き方{named}です", "使える書き方は templates/README.md にあります"


def _fixed(reason: str) -> Callable[[str, Mapping[str, object]], tuple[str, str]]:
    return lambda message, values: (f"雛形の式を計算できません（{reason}）", _EXPRESSION)


_KINDS: dict[str, Callable[[str, Mapping[str, object]], tuple[str, str]]] = {
    "UndefinedError": _undefined,
    "TemplateSyntaxError": _syntax,
    "TemplateRuntimeError": _syntax,
    "SecurityError": _security,
    "TypeError": _type,
    "TooMuchError": _too_much,
    "OverflowError": _too_much,
    "MemoryError": _too_much,
    "ZeroDivisionError": _fixed("0で割っています"),
    "RecursionError": _fixed("同じ部分が自分を呼び続けています"),
}
"""By the name of the exception's class, or of the nearest class above it."""
