"""Cases written as badly as YAML allows: any order, comments everywhere, every quote and fold, brackets, CRLF.

`cases()` draws what a case says, `layouts(case)` a file that says it and the comments that stand in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from hypothesis import strategies as st

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
Draw: TypeAlias = st.DrawFn

PLAIN = "あいうえお日本語。、第条"
PIECES = [
    *(
        "委託する。",
        "区民に知らせる。",
        "（この文を含む。）",
        "「条文。」とする。",
        "｛条例｝による。",
        "平成21年１月から。",
    ),
    *(
        "IPv4",
        "AES 256",
        "それは#1",
        "- 項",
        "# 号",
        "件名：甲",
        "a: b",
        "it's",
        '"引用"',
        "\\n",
        "[角]",
        "｛＝第１０条｝",
    ),
    *(
        "＃",
        "*",
        "&",
        "!",
        "%",
        "@",
        "　全角",
        "、",
        "か゛",
        "12月",
        "～",
        "long English words here.",
        "？",
        "?",
        "|",
        ">",
    ),
]
TEXTS = st.builds(
    lambda head, parts, paragraph: head + "".join(parts) + ("\n" + paragraph if paragraph else ""),
    st.sampled_from(["文", "第1", "甲乙", "'", "#", "-", "- ", ">", "｛条例｝", "A", "1", "はい"]),
    st.lists(st.sampled_from(PIECES), max_size=6),
    st.sampled_from(["", "", "次の段落。", "二つ目。三つ目。"]),
).map(lambda text: text.strip(" "))
DEPARTMENTS: list[Value] = ["総務部総務課", ["総務部総務課", "福祉局介護課"]]
PROVISIONS: list[Value] = ["第14条第3項", ["第14条第2項", "第3項"]]
WORDS = st.text(PLAIN[:5], min_size=1, max_size=5)


def _content(depth: int) -> st.SearchStrategy[Value]:
    inner: st.SearchStrategy[Value] = TEXTS
    if depth:
        item = st.one_of(TEXTS, WORDS.flatmap(lambda key: _content(depth - 1).map(lambda value: {key: value})))
        inner = st.one_of(TEXTS, st.lists(item, min_size=1, max_size=3))
    return inner


@st.composite
def cases(draw: Draw) -> dict[str, Value]:
    """What a case of the small city's form says, in any order."""
    head: dict[str, Value] = {
        "様式": "試験",
        "件名": draw(WORDS) + "の業務について",
        "主管課": draw(st.sampled_from(DEPARTMENTS)),
        "根拠": {"条例": draw(st.sampled_from(PROVISIONS))},
        "依頼": {"番号": "82", "日付": draw(st.sampled_from(["2022-05-06", "令和４年５月６日"]))},
        "用語": {"甲": "甲という者", "乙": {"正式": "乙という者", "法令番号": "平成25年法律第27号"}},
    }
    rows: dict[str, Value] = {
        "概要": draw(_content(2)),
        "体制": {"責任者": draw(WORDS), "担当者": "｛総務課長｝"},
        "情報": {"項目": [draw(WORDS), "住所"], "件数": "約1,000件"},
        "｛追加｝備考": draw(_content(1)),
    }
    sections: dict[str, Value] = {
        "理由": draw(TEXTS),
        "｛目的｝再び行う理由": draw(_content(3)),
        "時期": [{"2022-05": "諮問"}, {"2022-06以降": ["甲", "乙"]}],
        "業務": _shuffled(draw, rows, keep=("概要",)),
        "｛追加｝周知": draw(_content(1)),
        "｛追加｝経過": draw(TEXTS),
    }
    if draw(st.integers(0, 4)) == 0:
        sections["｛順序｝"] = ["時期", "理由"]
    return _shuffled(
        draw,
        head | _shuffled(draw, sections, keep=("理由", "業務", "時期")),
        keep=tuple(head | {"理由": "", "業務": "", "時期": ""}),
    )


def _shuffled(draw: Draw, value: dict[str, Value], keep: tuple[str, ...]) -> dict[str, Value]:
    """The same in another order, without some of what is not to be kept."""
    order = draw(st.permutations(list(value)))
    return {key: value[key] for key in order if key in keep or draw(st.booleans())}


@dataclass
class _Layout:
    draw: Draw
    comments: list[str] = field(default_factory=list)

    def chance(self, one_in: int) -> bool:
        return self.draw(st.integers(1, one_in)) == 1

    def comment(self) -> str:
        self.comments.append(f"# 注{len(self.comments) + 1}「'\"」: - x")
        return self.comments[-1]

    def behind(self) -> str:
        return " " * self.draw(st.integers(1, 3)) + self.comment() if self.chance(6) else ""

    def between(self, indent: int) -> list[str]:
        """Lines between entries: blank ones, comments in any column up to that of the entries."""
        kinds = self.draw(st.lists(st.sampled_from(["blank", "comment"]), max_size=2)) if self.chance(4) else []
        return ["" if kind == "blank" else " " * self.draw(st.integers(0, indent)) + self.comment() for kind in kinds]

    def block(self, value: Value, indent: int) -> list[str]:
        lines: list[str] = []
        if isinstance(value, dict):
            for key, each in value.items():
                lines += self.between(indent)
                lines += self.entry(" " * indent + self.key(key) + ":", each, indent)
        elif isinstance(value, list):
            for each in value:
                lines += self.between(indent)
                lines += self.item(each, indent)
        return lines + self.between(indent)

    def item(self, value: Value, indent: int) -> list[str]:
        if isinstance(value, dict) and self.chance(2):  # begun in the line of the hyphen
            width = self.draw(st.integers(1, 3))
            lines = list(self.block(value, indent + 1 + width))
            while lines[0].lstrip()[:1] in ("", "#"):
                lines.append(lines.pop(0))
            return [" " * indent + "-" + lines[0][indent + 1 :], *lines[1:]]
        return self.entry(" " * indent + "-", value, indent)

    def entry(self, head: str, value: Value, indent: int) -> list[str]:
        deeper = indent + self.draw(st.integers(1, 4))
        if isinstance(value, str):
            return self.text(head, value, deeper)
        if self.chance(4) and _is_flat(value):
            return self.flow(head, value, deeper)
        if isinstance(value, list) and not head.endswith("-") and self.chance(3):
            deeper = indent  # a list may stand in the column of its key
        return [head + self.behind(), *self.block(value, deeper)]

    def key(self, key: str) -> str:
        quote = self.draw(st.sampled_from(["", "", "", "'", '"']))
        return quote + key + quote

    def text(self, head: str, text: str, indent: int) -> list[str]:
        styles = ["'", '"', "|", ">", "|-", ">-", ">+"]
        style = self.draw(st.sampled_from(styles + [""] * 4 * _is_plain(text)))
        if style and style in "|>|->->+":
            if any(line.startswith(("- ", "　")) or line == "-" for line in text.split("\n")):
                style = "'"  # would be a mistake
            else:
                pad = " " * indent
                body = [pad + line if line else "" for line in self.folded(text, pad_ok=True)]
                return [f"{head} {style}{self.behind()}", *body, *([""] if self.chance(5) else [])]
        folded = self.folded(text, pad_ok=False)
        if style == "'":
            folded = [line.replace("'", "''") for line in folded]
        elif style == '"':
            folded = [line.replace("\\", "\\\\").replace('"', '\\"') for line in folded]
        lines = [each and " " * indent + each for each in folded]
        lines[0] = f"{head} {style}{folded[0]}"
        if self.chance(6):
            lines[0] = f"{head}{self.behind()}"
            lines.insert(1, " " * indent + style + folded[0])
        lines[-1] += style + self.behind()
        return lines

    def folded(self, text: str, pad_ok: bool) -> list[str]:
        """A text in lines that join again to it."""
        lines: list[str] = []
        for paragraph in text.split("\n"):
            lines += [""] * self.draw(st.integers(1, 2)) if lines else []
            start = 0
            for at in range(1, len(paragraph)):
                full = all(character in PLAIN or character in "区民知委託" for character in paragraph[at - 1 : at + 1])
                if full and self.chance(8):
                    lines.append(paragraph[start:at])
                    start = at
            lines.append(paragraph[start:])
        return lines

    def flow(self, head: str, value: Value, indent: int) -> list[str]:
        """In brackets, over several lines with comments now and then."""
        parts: list[str] = []
        for part in self.flow_parts(value):
            parts.append(part)
            if part in ",[{" and self.chance(6):
                parts.append(f" {self.comment()}\n{' ' * indent}")
            elif part == "," and self.chance(4):
                parts.append("\n" + " " * indent)
        return [f"{head} {''.join(parts)}{self.behind()}"]

    def flow_parts(self, value: Value) -> list[str]:
        if isinstance(value, str):
            return [value if _is_plain(value) and self.chance(2) else "'" + value.replace("'", "''") + "'"]
        if isinstance(value, list):
            inner = [[",", *self.flow_parts(each)] for each in value]
            return ["[", *[part for each in inner for part in each][1:], "]"]
        pairs = [[",", f" {key}: ", *self.flow_parts(each)] for key, each in value.items()]
        return ["{", *[part for pair in pairs for part in pair][1:], "}"]


def _is_plain(text: str) -> bool:
    return all(character in PLAIN or character.isalnum() for character in text)


def _is_flat(value: Value) -> bool:
    """Whether it may stand in brackets: no paragraphs in it."""
    if isinstance(value, str):
        return "\n" not in value
    return all(map(_is_flat, value.values() if isinstance(value, dict) else value))


@st.composite
def layouts(draw: Draw, value: Value) -> tuple[bytes, list[str]]:
    """A file that says `value`, and its comments."""
    layout = _Layout(draw)
    lines = [*layout.between(0), *([f"---{layout.behind()}"] if layout.chance(6) else []), *layout.block(value, 0)]
    end = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    text = "\n".join(lines) + draw(st.sampled_from(["", "\n", "\n\n"]))
    return text.replace("\n", end).encode(), layout.comments
