"""An author who writes a case at random, in every spelling of content, and never the same word twice.

`cases` gives the case as YAML with its words, so that a test can ask where each has come to; it is as a rule without fault.
`spoilt_cases` have a fault put in.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

from hypothesis import strategies as st

Draw = Callable[[st.SearchStrategy[Any]], Any]
Content = str | list[Any]
T = TypeVar("T")
_SIGNS = "子丑寅卯辰巳午未申酉戌亥"
_TIMES = ("2022-05", "2022-06-01", "2023年度", "未定", "2022-07以降", "2022-05～2022-07")


class Author:
    """Writes with what `draw` decides. `words`: all that was written and must be found again. `may_define`: terms."""

    def __init__(self, draw: Draw, *, may_define: bool = True) -> None:
        self._draw, self._may_define = draw, may_define
        self.words: list[str] = []
        self._terms: dict[str, str] = {}
        self._names = 0

    def case(self) -> dict[str, Any]:
        """A case of the small city's form, its regulations and annexes bound in."""
        case: dict[str, Any] = {
            "様式": "試験",
            "件名": self.word(),
            "主管課": "総務部総務課",
            "根拠": {"条例": "第14条第3項"},
            "理由": self.content(),
        }
        if self._maybe():
            case[f"｛目的｝{self.text()}" if self._maybe() else "目的"] = self.content()
        if self._maybe():
            case["時期"] = self._schedule() if self._maybe() else self.content()
        if self._maybe():
            case["業務"] = self._form_table()
        if annexes := self._several(self._annex, 0, 2):
            case["別紙"] = annexes
        if self._terms:
            case["用語"] = self._terms
        return case

    def word(self) -> str:
        """A word that nobody has written yet."""
        number = len(self.words)
        digits = "".join(_SIGNS[number // 12**place % 12] for place in (2, 1, 0))
        self.words.append(f"亜{digits}")
        return self.words[-1]

    def text(self, *, notes: bool = True) -> str:
        """A paragraph with marks in it."""
        parts = self._several(lambda: self._part(notes), 1, 3)
        return self.word() + "".join(parts) + self._pick("", "。")

    def content(self, depth: int = 0) -> Content:
        """What may stand wherever text may."""
        if depth > 2 or self._draw(st.integers(0, 2)) == 0:
            return "\n".join(self._several(self.text, 1, 2))
        entries: list[Any] = []
        for each in self._several(lambda: self._entry(depth + 1), 1, 3):
            entries += each
        return entries

    def _part(self, notes: bool) -> str:
        kinds = [
            lambda: "、",
            lambda: f"｛＝{self.word()}｝",
            lambda: f"｛記入：{self.word()}｝",
            lambda: f"｛＃{self._name()}｝",
            *([self._term] if self._may_define else []),
            *([lambda: f"｛※{self.text(notes=False)}｝"] if notes else []),
        ]
        return str(self._pick(*kinds)())

    def _term(self) -> str:
        name = self._name()
        self._terms[name] = self.word()
        return f"｛{name}｝"

    def _name(self) -> str:
        """A name, of a term or a target, which prints nothing itself."""
        self._names += 1
        return f"名{_SIGNS[self._names // 12 % 12]}{_SIGNS[self._names % 12]}"

    def _entry(self, depth: int) -> list[Any]:
        """An entry of a list, or two that belong together."""
        return list(
            self._pick(
                lambda: [self.text()],
                lambda: [{self.text(): self.content(depth)}],
                lambda: [{f"{self.word()}｛同行｝": self.content(depth)}],
                lambda: [{"｛文｝": self.text()}],
                lambda: [{self._pick("｛（１）｝", "｛①｝", "｛・｝", "｛○｝"): self._list(depth)}],
                lambda: [{self._pick("｛※｝", "｛注｝"): self.content(depth)}],
                lambda: self._named_note(depth),
                lambda: [self._typed(depth)],
            )()
        )

    def _named_note(self, depth: int) -> list[Any]:
        name = self._name()
        return [f"{self.word()}｛※→{name}｝", {f"｛※{name}｝": self.content(depth)}]

    def _list(self, depth: int) -> list[Any]:
        return [each for entries in self._several(lambda: self._entry(depth + 1), 1, 2) for each in entries]

    def _typed(self, depth: int) -> dict[str, Any]:
        return dict(
            self._pick(
                lambda: {"｛値｝": self._pairs(depth)},
                lambda: {"｛体制｝": self._pairs(depth)},
                lambda: {"｛日程｝": self._schedule()},
                lambda: {"｛個人情報｝": self._personal_data()},
                lambda: {"｛事業者｝": self._several(self._contractor, 1, 2)},
                lambda: {"｛表｝": self._table(depth)},
                lambda: {"｛図｝": self.figure()},
                lambda: {"｛画像｝": {"ファイル": "図.png", "説明": self.word()}},
            )()
        )

    def _pairs(self, depth: int) -> dict[str, Content]:
        return {self.text(): self.content(depth + 1) for _ in range(self._pick(1, 2))}

    def _schedule(self) -> list[Any]:
        times = self._several(lambda: self._pick(*_TIMES), 1, 3)
        years = [{"｛年｝": "毎行"}] if self._maybe() else []
        return [*years, *({time: self._one_or_more(self.text)} for time in times)]

    def _personal_data(self) -> dict[str, Any]:
        count = {"件数": self.text()} if self._maybe() else {}
        items = self._one_or_more(self.word) if self._maybe() else self._several(self._data_group, 1, 2)
        return {"項目": items, **count}

    def _data_group(self) -> dict[str, Any]:
        return {self.word(): self._one_or_more(self.word)}

    def _contractor(self) -> dict[str, Any]:
        if self._maybe():
            return self._firm()
        members = {"構成企業": self._several(self._firm, 1, 2)} if self._maybe() else {}
        return {"共同事業体": self.text(), "代表企業": self._firm(), **members}

    def _firm(self) -> dict[str, str]:
        keys = [key for key in ("法人名", "代表者", "所在地", "認証") if self._maybe()]
        return {key: self.text() for key in keys or ["所在地"]}

    def _table(self, depth: int) -> dict[str, Any]:
        columns = self._pick(1, 2, 3)
        table: dict[str, Any] = {"題名": self.text()} if self._maybe() else {}
        if self._maybe():
            table["列"] = [self.text() for _ in range(columns)]
        table["行"] = [self._row(columns, depth) for _ in range(self._pick(1, 2))]
        return table

    def _row(self, columns: int, depth: int) -> object:
        """A row; one of several columns may begin with a label, or be a group of such rows."""
        cells = [self._pick(lambda: self.content(depth + 1), str)() for _ in range(columns - 1)]
        if columns == 1 or self._maybe():
            return [self.content(depth + 1), *cells]
        return {self.text(): cells} if self._maybe() else {self.text(): [{self.text(): cells}]}

    def _form_table(self) -> dict[str, Any]:
        rows: dict[str, Any] = {"概要": self.content()}
        if self._maybe():
            rows["体制"] = self._pairs(2)
        if self._maybe():
            rows[f"｛情報｝{self.word()}" if self._maybe() else "情報"] = self._personal_data()
        if self._maybe():
            rows["予定"] = self._schedule()
        if self._maybe():
            rows[f"｛追加｝{self.word()}"] = self.content()
        return rows

    def figure(self) -> dict[str, Any]:
        """A described figure of any kind."""
        kind, drawn = self._pick(self._flow, self._system, self._contrast, self._scheme)()
        return {"種類": kind, "説明": self.word(), **drawn}

    def _words(self) -> object:
        return self._one_or_more(lambda: self.text(notes=False))

    def _flow(self) -> tuple[str, dict[str, Any]]:
        first, last = self.word(), self.word()
        between = [{self._name(): self._decision(first, last)}] if self._maybe() else []
        return "流れ図", {"手順": [first, *between, {last: {"形": "終了"}}]}

    def _decision(self, *ways: str) -> dict[str, Any]:
        return {"文": self._words(), "分岐": {self.word(): way for way in ways}}

    def _system(self) -> tuple[str, dict[str, Any]]:
        one, other = self.word(), self.word()
        arrow = {"文": self._words(), "線": self._pick("実線", "破線")}
        zones = {self.text(notes=False): [{one: {"内容": self._words()}}], self.word(): [other]}
        return "システム図", {"区画": zones, "囲み": {self.word(): [one]}, "矢印": [{f"{one} → {other}": arrow}]}

    def _contrast(self) -> tuple[str, dict[str, Any]]:
        headings = [self.word(), self.word()]
        pair = {name: self._words() for name in (*headings, *(("備考",) if self._maybe() else ()))}
        return "新旧", {"見出し": headings, "対比": [pair if self._maybe() else {self.word(): pair}]}

    def _scheme(self) -> tuple[str, dict[str, Any]]:
        one, other = self.word(), self.word()
        arrows = [{f"{one} ⇔ {other}": {"文": self._words(), "線": self._pick("金銭", "情報")}}]
        return "スキーム図", {"当事者": [{one: {"列": 1}}, {other: {"列": 2, "内容": self._words()}}], "矢印": arrows}

    def _annex(self) -> dict[str, Any]:
        if self._maybe():
            return {"題名": self.word(), "内容": self.content()}
        law: dict[str, Any] = {"題名": self.word(), "本則": self._several(self._article, 1, 3)}
        if self._maybe():
            law["本則"] = [{f"｛章｝{self.word()}": law["本則"]}]
        if self._maybe():
            law["附則"] = [self.text(), {self.word(): self.text()}] if self._maybe() else self.text()
        if self._maybe():
            law[self._pick("別表", "様式", "別紙")] = [{"題名": self.text(notes=False), "内容": self.content()}]
        return {"規程": law}

    def _article(self) -> dict[str, Any]:
        if self._maybe():
            return {self.word(): self.text()}
        points = {self.text(): [self.text(), {self.text(): self.content(2)}]}
        return {self.word(): [self.text(), points, *([self._typed(2)] if self._maybe() else [])]}

    def _one_or_more(self, written: Callable[[], str]) -> object:
        return written() if self._maybe() else self._several(written, 1, 2)

    def _several(self, written: Callable[[], Any], least: int, most: int) -> list[Any]:
        return [written() for _ in range(self._draw(st.integers(least, most)))]

    def _maybe(self) -> bool:
        return bool(self._draw(st.booleans()))

    def _pick(self, *choices: T) -> T:
        found: T = self._draw(st.sampled_from(choices))
        return found


@st.composite
def cases(draw: Draw) -> tuple[str, list[str]]:
    """A case as YAML, and its words."""
    author = Author(draw)
    return _written(author.case()), author.words


@st.composite
def figures(draw: Draw) -> tuple[dict[str, Any], list[str]]:
    """What stands under ｛図｝, and its words."""
    author = Author(draw, may_define=False)
    return author.figure(), author.words


@st.composite
def spoilt_cases(draw: Draw) -> tuple[str, list[str]]:
    """The same with something that stands where it should not: in a list or under a key of its own, or a key misspelt."""
    author = Author(draw)
    case = author.case()
    keys = [key for key in case if key not in ("様式", "件名", "主管課", "根拠", "用語")]
    key = draw(st.sampled_from(keys))
    case[key] = _spoilt(draw, case[key], author)
    text = _written(case)
    defined = case.get("用語", {}).values()  # are printed where they are used, which may be where the fault is
    return text, [word for word in author.words if word in text and word not in defined]


def _spoilt(draw: Draw, value: object, author: Author) -> object:
    """The value, itself or something in it spoilt."""
    inner = list(value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ())
    if inner and draw(st.integers(0, 5)):
        at, chosen = draw(st.sampled_from(inner))
        changed = _spoilt(draw, chosen, author)
        return {**value, at: changed} if isinstance(value, dict) else [*value[:at], changed, *value[at + 1 :]]
    return draw(
        st.sampled_from(
            (
                [value],
                [value, [author.word()]],
                {author.word(): value},
                {author.word(): value, author.word(): value},
                {f"｛{author.word()}｝": value},
                f"｛※｛※{author.word()}｝",
                f"{author.word()}\n{author.word()}",
                "",
                {},
                [],
            )
        )
    )


def _written(case: dict[str, Any]) -> str:
    return json.dumps(case, ensure_ascii=False, indent=1)
