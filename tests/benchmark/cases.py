"""Synthetic cases: a number in, a `Case` out, as a YAML of Kotobuki's and as plain words for the peers.

The shape is that of a real packet: per 7 cases about 37,000 characters on 66 pages, most of them in tables with items
to the fourth level; three forms in turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .prose import Prose

DEPARTMENTS = (
    ("総務部", "総務課", "総総"),
    ("市民部", "窓口課", "市窓"),
    ("福祉部", "長寿課", "福長"),
    ("都市部", "緑地課", "都緑"),
    ("文化部", "図書館課", "文図"),
    ("健康部", "衛生課", "健衛"),
    ("環境部", "清掃課", "環清"),
)
"""部, 課 and 記号 of the synthetic city."""

Value = str | list["Value"] | dict[str, "Value"]
"""What a case file holds: text, lists and mappings."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a form's table: `kind` as in form.yaml, `items` the number of items in its cell, 0 = a few words."""

    name: str
    items: int = 0
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form as far as the benchmark fills it."""

    name: str
    subject: str
    provision: str
    tables: dict[str, tuple[Row, ...]]


FORMS = (
    Form(
        "外部委託",
        "{topic}に係る業務の外部委託について",
        "第14条第3項",
        {
            "業務の内容": (Row("業務の内容", 10), Row("運用体制", kind="体制"), Row("履行場所")),
            "委託における個人情報の保護対策": (
                Row("対象者"),
                Row("情報の内容", kind="個人情報"),
                Row("利用方法", 4),
                Row("担当課の対策", 6),
                Row("管理責任体制", kind="体制"),
                Row("外部委託に係る対策", 13),
                Row("実施機関の対策", 10),
            ),
        },
    ),
    Form(
        "システム変更及び外部委託",
        "{topic}に関するシステムの変更及び外部委託について",
        "第14条第2項、第3項",
        {
            "システム及び業務の内容": (
                Row("業務の内容", 7),
                Row("システムの機能", 4),
                Row("システムの構成", 4),
                Row("システム変更の方法", 3),
                Row("システムの運用方法", 5),
            ),
            "システム変更における個人情報の保護対策": (
                Row("対象者"),
                Row("情報の内容", kind="個人情報"),
                Row("管理責任体制", kind="体制"),
                Row("実施機関のセキュリティ対策", 10),
            ),
            "外部委託における業務の内容": (
                Row("業務の内容及び処理方法", 3),
                Row("運用方法", kind="体制"),
                Row("履行場所"),
            ),
            "外部委託における個人情報の保護対策": (
                Row("対象者"),
                Row("情報の内容", kind="個人情報"),
                Row("管理責任体制", kind="体制"),
                Row("外部委託に係る対策", 8),
                Row("実施機関の対策", 6),
            ),
        },
    ),
    Form(
        "外部結合",
        "{topic}に係るシステムの利用に伴う外部結合について",
        "第15条第1項",
        {
            "システム及び外部結合の内容": (
                Row("業務の内容", 10),
                Row("外部結合先", 4),
                Row("外部結合の方法", 5),
                Row("運用方法", 4),
            ),
            "個人情報の保護対策": (
                Row("対象者"),
                Row("情報の内容", kind="個人情報"),
                Row("管理責任体制", kind="体制"),
                Row("外部結合先に係る対策", 11),
                Row("実施機関のセキュリティ対策", 11),
            ),
        },
    ),
)


@dataclass(frozen=True, slots=True)
class Case:
    """One case: `head` and `body` are the keys of its file, head first."""

    number: int
    form: Form
    department: tuple[str, str, str]
    title: str
    head: dict[str, Value]
    body: dict[str, Value]

    def yaml(self) -> str:
        """The case file."""
        return "\n".join(_yaml(self.head | self.body)) + "\n"

    def words(self) -> dict[str, object]:
        """The same words for the peers, who number nothing and resolve nothing: it is all there to be printed."""
        return {
            "number": f"第{self.number}号議案",
            "document_number": f"9{self.department[2]}送第{self.number}号",
            "title": self.title,
            "department": "".join(self.department[:2]),
            "reason": plain(str(self.body["諮問理由"])),
            "sections": [_section(at, name, value) for at, (name, value) in enumerate(self.body.items(), 1)],
        }


def make_case(number: int) -> Case:
    """Case `number` (from 1)."""
    prose = Prose(number)
    form = FORMS[(number - 1) % len(FORMS)]
    department = DEPARTMENTS[number % len(DEPARTMENTS)]
    title = form.subject.replace("{topic}", prose.topic)
    head: dict[str, Value] = {
        "様式": form.name,
        "件名": title,
        "主管課": "".join(department[:2]),
        "根拠": {"条例": list(form.provision.split("、"))},
        "依頼": {"番号": str(number), "日付": "2027-05-06"},
        "用語": {"基準": "個人情報の取扱いに関する基準"},
    }
    body: dict[str, Value] = {
        "諮問理由": f"｛区｝が行う{prose.topic}｛※令和元年諮問答申済み｝において、{prose.clause()}並びに{prose.clause()}を行うことが、｛条例｝{form.provision}に定める場合に該当するため",
        "実施目的": prose.purpose(),
        "実施時期": [
            {"2027-05": "審査会への諮問"},
            {"2027-06": prose.clause()},
            {"2027-09以降": "業務の開始"},
        ],
    }
    for name, rows in form.tables.items():
        body[name] = {row.name: _cell(row, prose, department[1]) for row in rows}
    body["情報セキュリティポリシーへの対応"] = f"｛→実施目的｝に掲げる目的の下、{prose.paragraph(2)}"
    return Case(number, form, department, title, head, body)


def _cell(row: Row, prose: Prose, division: str) -> Value:
    if row.kind == "体制":
        return {"保護管理責任者": f"｛{division}長｝", "保護管理事務取扱者": f"｛{division[:-1]}管理係長｝"}
    if row.kind == "個人情報":
        return {"項目": list(prose.personal_items()), "件数": f"約{prose.count(2, 90)}00件／年"}
    if not row.items:
        return prose.clause()
    return [_item(at, prose) for at in range(row.items)]


def _item(at: int, prose: Prose) -> Value:
    """By turns a sentence, a heading with a text, one with items and one with items of items."""
    match at % 4:
        case 1:
            return {prose.heading(): prose.paragraph(2)}
        case 2:
            return {prose.heading(): [prose.clause() for _ in range(5)]}
        case 3:
            deep: Value = {prose.heading(): [prose.sentence(), prose.clause(), prose.clause()]}
            return {prose.heading(): [prose.clause(), prose.clause(), deep]}
        case _:
            return prose.sentence()


def _yaml(value: Value, indent: str = "") -> Iterator[str]:
    """The lines of a block of YAML."""
    entries = value.items() if isinstance(value, dict) else [("-", each) for each in value]
    for key, each in entries:
        mark = f"{indent}{key}" if key == "-" else f"{indent}{key}:"
        if isinstance(each, str) and "\n" in each:
            yield f"{mark} >-"
            yield from (f"{indent}  {line}" if line else "" for line in each.split("\n"))
        elif isinstance(each, str):
            yield f"{mark} {each}"
        else:
            first, *rest = _yaml(each, indent + "  ")
            yield from ((f"{mark} {first.lstrip()}", *rest) if key == "-" else (mark, first, *rest))


_LABELS = (
    [f"{number}　" for number in range(1, 20)],
    [f"（{number}）" for number in range(1, 10)],
    ["ア　", "イ　", "ウ　"],
)
_MARK = re.compile(r"｛([^｝]*)｝")


def plain(text: str) -> str:
    """The text without Kotobuki's marks."""
    return _MARK.sub(r"\1", text)


def _section(number: int, name: str, value: Value) -> dict[str, object]:
    heading = f"{number}　{name}"
    if isinstance(value, dict):
        return {"heading": heading, "rows": [{"name": key, "lines": list(_lines(each))} for key, each in value.items()]}
    return {"heading": heading, "lines": list(_lines(value))}


def _lines(value: Value, level: int = 0) -> Iterator[dict[str, object]]:
    """The paragraphs of a section or cell with their level, 0 = no item."""
    match value:
        case str():
            yield from ({"level": 0, "text": plain(text.replace("\n", ""))} for text in value.split("\n\n"))
        case dict():
            yield from ({"level": 0, "text": plain(f"{key}　{_joined(each)}")} for key, each in value.items())
        case list():
            for label, each in zip(_LABELS[level], value, strict=False):
                if isinstance(each, dict):
                    for heading, below in each.items():
                        yield {"level": level + 1, "text": label + plain(heading)}
                        yield from _lines(below, level + 1)
                else:
                    yield {"level": level + 1, "text": label + plain(str(each))}


def _joined(value: Value) -> str:
    return value if isinstance(value, str) else "、".join(map(str, value))
