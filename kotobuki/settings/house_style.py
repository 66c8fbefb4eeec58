"""表記: the house style of a municipality, as data.

In: the 表記 mapping of organization.yaml. Out: a `HouseStyle`; what cannot be understood is a diagnostic and keeps the
default, the practice of the packet that these papers follow. A new setting is a field here, and nothing else.
"""

from __future__ import annotations

import re
from functools import partial

from kotobuki.diagnostics import Diagnostics
from kotobuki.japanese.labels import is_label_sample, parse_label
from kotobuki.japanese.widths import DigitWidths
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading import json_schema
from kotobuki.reading.inlines import plain_text
from kotobuki.reading.json_schema import Schema
from kotobuki.reading.kinds import AnyText, Choice, Known, Made, Parsed, Raw, Several, Words, YesNo, one_of
from kotobuki.reading.nodes import Mapping, Scalar
from kotobuki.reading.records import Record, keyed

PATTERN_FIELDS = ("元号", "年", "記号", "番号", "枝番")
COPY_MARKS = ("丸囲み", "（写）", "(写)")
BRACKETS = {"なし": ("", ""), "【】": ("【", "】"), "（）": ("（", "）"), "［］": ("［", "］"), "〈〉": ("〈", "〉")}
LABELS_AGAIN: dict[str, str | None] = {"なし": None, "再掲": "", "続き": "（続き）"}
"""What is printed behind a row's label that is shown again on a new page; None: it is not shown."""
LABELS = ("１", "（１）", "ア", "（ｱ）", "ａ", "（ａ）")
_WIDTH = Choice({"全角": True, "半角": False})

Rewording = tuple[tuple[str, str], ...]
"""Words of the templates and forms, and what the house says instead."""


def _parse_sample(scalar: Scalar, diagnostics: Diagnostics) -> str | None:
    """A sample of labels: the first of those that count on from it (ア for ア, イ, ウ …)."""
    if is_label_sample(scalar.value):
        return scalar.value
    reason = f"「{scalar.value}」は項目番号の見本になりません"
    remedy = "最初の番号を書いてください（例：１、（１）、ア、（ア）、①）"
    diagnostics.error(scalar.place(), "label-sample", reason, remedy)
    return None


def _parse_mark(scalar: Scalar, diagnostics: Diagnostics, *, example: str) -> str | None:
    """A sample of the marks of several 別表 …: a number in it counts on."""
    if parse_label(scalar.value) is not None:
        return scalar.value
    reason, remedy = f"「{scalar.value}」に番号がありません", f"最初のものを書いてください（例：{example}）"
    diagnostics.error(scalar.place(), "label-sample", reason, remedy)
    return None


def _mark_schema(_: Known) -> Schema:
    counted = json_schema.matching("[1１一アｱイ①aAａＡ]", "最初のものを書きます（例：別表第１）")
    return {**counted, "type": ["string", "number"]}


def _mark(example: str) -> Parsed[str]:
    return Parsed(partial(_parse_mark, example=example), _mark_schema)


def _parse_sign(scalar: Scalar, diagnostics: Diagnostics) -> str:
    """What stands in place of something; なし = nothing."""
    return "" if scalar.value == "なし" else plain_text(scalar, diagnostics)


def _parse_pattern(scalar: Scalar, diagnostics: Diagnostics) -> str | None:
    """A pattern of document numbers: known marks alone, ｛番号｝ among them."""
    parts = re.findall(r"｛([^｛｝]*)｝", scalar.value)
    unknown = [part for part in parts if part not in PATTERN_FIELDS]
    loose = re.search("[｛｝]", re.sub(r"｛[^｛｝]*｝", "", scalar.value))
    if not (unknown or loose or "番号" not in parts):
        return scalar.value
    reason = f"「｛{unknown[0]}｝」は使えません" if unknown else "｛番号｝がありません"
    reason = "｛ と ｝ が対になっていません" if loose else reason
    known = " ".join(f"｛{each}｝" for each in PATTERN_FIELDS)
    remedy = f"型に使えるのは {known} です。例：{NUMBER_PATTERN}"
    diagnostics.error(scalar.place(), "number-pattern", f"文書番号の型：{reason}", remedy)
    return None


def _pattern_schema(_: Known) -> Schema:
    part = f"｛(?:{'|'.join(map(re.escape, PATTERN_FIELDS))})｝"
    said = f"使えるのは {' '.join(f'｛{each}｝' for each in PATTERN_FIELDS)} で、｛番号｝が要ります"
    return json_schema.matching(f"^(?=.*｛番号｝)(?:[^｛｝]|{part})*$", said)


def _read_rewording(node: Mapping, diagnostics: Diagnostics) -> Rewording:
    found = []
    for name, value in node.entries:
        if isinstance(value, Scalar) and value.value.strip() and name.value.strip():
            found.append((name.value, plain_text(value, diagnostics)))
        else:
            reason, remedy = f"「{name.value}」の言い換えがありません", "「様式の語: 自治体の語」の形で書いてください"
            diagnostics.error(value.place(), "rewording", reason, remedy)
    return tuple(found)


def _rewording_schema(_: Known) -> Schema:
    return json_schema.by_name(json_schema.text(plain=True), "言い換えは「様式の語: 自治体の語」の組で書きます")


NUMBER_PATTERN = "｛年｝｛記号｝送第｛番号｝号｛枝番｝"
_SAMPLES = Several(Parsed(_parse_sample, lambda _: json_schema.sample()))
_SIGN = Parsed(_parse_sign, Words().schema)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Digits:
    """表記／数字."""

    single_full: bool = keyed("一桁", _WIDTH, "一桁の数字の幅", default=True)
    several_full: bool = keyed("二桁以上", _WIDTH, "二桁以上の数字の幅", default=False)


def _digit_widths(written: _Digits, _: Diagnostics) -> DigitWidths:
    return DigitWidths(written.single_full, written.several_full)


@dataclass(frozen=True, slots=True, kw_only=True)
class LawStyle:
    """表記／規程: how regulations number and cite.

    articles_full  whether numbers of articles of several digits are full-width; None = as all numbers
    points         samples of 号 and below; those left out are the house's item labels, from the second level on
    nearest        前条, 次項 … where they can stand, in place of numbers
    table_mark, form_mark, annex_mark  samples of the marks of 別表, 様式, 別紙, when there are several
    """

    articles_full: bool | None = keyed(
        "条の数字", Choice({"全角": True, "半角": False, "表記のとおり": None}), "条の番号の数字の幅"
    )
    points: tuple[str, ...] = keyed(
        "号", _SAMPLES, "号から下の段の、最初の番号（例：[（１）, ア, （ア）]）", default=()
    )
    nearest: bool = keyed(
        "引用", Choice({"番号": False, "近称": True}), "番号（第２条）か近称（前条）か", default=False
    )
    table_mark: str = keyed(
        "別表", _mark("別表第１"), "別表が二つ以上のときの最初の標示（例：別表第１）", default="別表第１"
    )
    form_mark: str = keyed(
        "様式", _mark("様式第１号"), "様式が二つ以上のときの最初の標示（例：様式第１号）", default="様式第１号"
    )
    annex_mark: str = keyed("別紙", _mark("別紙１"), "別紙が二つ以上のときの最初の標示（例：別紙１）", default="別紙１")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonStyle:
    """表記／新旧対照表: how a table of old and new is printed (conventions C5).

    new, old     the heads of the columns
    new_first    the new one stands left
    added, removed, same  what stands in place of what is not there, or has not changed; "" = nothing
    remarks      a last row says what the signs mean
    """

    new: str = keyed("新", Words(), "新しい方の列の名（例：改正後）", default="改正後")
    old: str = keyed("旧", Words(), "古い方の列の名（例：改正前）", default="改正前")
    added: str = keyed("新設", _SIGN, "加わったことの印。なし なら付けない", default="（新設）")
    removed: str = keyed("削る", _SIGN, "なくなったことの印。なし なら付けない", default="（削る）")
    same: str = keyed("略", Words(), "変わらないことの印", default="（略）")
    new_first: bool = keyed("左", Choice({"新": True, "旧": False}), "左に置く方", default=True)
    remarks: bool = keyed("備考", YesNo(), "いいえ なら備考の欄を付けない", default=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractorStyle:
    """表記／事業者: how the lines of a firm are printed."""

    labelled: bool = keyed("見出し", YesNo(), "はい なら、法人名・代表者・所在地の見出しを付ける", default=False)
    bracketed: bool | None = keyed("所在地の括弧", YesNo(), "所在地を（ ）に入れる。省けば、見出しのないときだけ")

    @property
    def brackets_address(self) -> bool:
        """Whether the address stands in brackets; where nothing is said, in place of a label."""
        return not self.labelled if self.bracketed is None else self.bracketed


@dataclass(frozen=True, slots=True, kw_only=True)
class DataItemStyle:
    """表記／個人情報: how data items are joined."""

    joined: bool = keyed("及び", YesNo(), "いいえ なら、最後の項目の前も読点にする", default=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseStyle:
    """表記: how a municipality writes and sets its papers, where others do otherwise; every key has a default."""

    digits: DigitWidths = keyed(
        "数字", Made(Record(_Digits, "数字"), _digit_widths), "数字の幅。一桁と、二桁以上", default=DigitWidths()
    )
    labels: tuple[str, ...] = keyed(
        "項目番号",
        Made(_SAMPLES, lambda chosen, _: chosen + LABELS[len(chosen) :]),
        "段ごとに、最初の番号（例：[１, （１）, ア, （ｱ）]）",
        default=LABELS,
    )
    number_pattern: str = keyed(
        "文書番号",
        Parsed(_parse_pattern, _pattern_schema),
        "文書番号の型（例：｛年｝｛記号｝送第｛番号｝号｛枝番｝）",
        default=NUMBER_PATTERN,
    )
    western_year: bool = keyed(
        "文書番号の年",
        Choice({"西暦": True, "和暦": False}),
        "文書番号の｛年｝。西暦（22）か和暦（4）",
        default=True,
    )
    honorific: str = keyed("敬称", Words(), "宛先に付ける敬称（殿・様など）", default="殿")
    font: str = keyed(
        "書体", Made(AnyText(), lambda name, _: name.value), "base.docx の書体に代えて使う書体の名", default=""
    )
    annex_mark: str = keyed("別紙の標示", Words(), "別紙の頭の語。省けば「別紙」", default="別紙")
    existing_mark: str = keyed("別添の標示", Words(), "別添を引くときの語。省けば「別添」", default="別添")
    copy_mark: str = keyed("写しの標示", one_of(*COPY_MARKS), "会議に出す写しに付ける印", default="丸囲み")
    rewording: Rewording = keyed(
        "言い換え",
        Made(Raw(Mapping, _rewording_schema), _read_rewording),
        "様式や雛形の語: 自治体の語",
        default=(),
    )
    annex_bracket: tuple[str, str] = keyed(
        "別紙の括弧", Choice(BRACKETS), "別紙の頭の標示に付ける括弧", default=("", "")
    )
    law: LawStyle = keyed("規程", Record(LawStyle, "規程"), "規程・要綱の書き方", default=LawStyle())
    contractors: ContractorStyle = keyed(
        "事業者", Record(ContractorStyle, "事業者"), "事業者の見出しと、所在地の括弧", default=ContractorStyle()
    )
    data_items: DataItemStyle = keyed(
        "個人情報", Record(DataItemStyle, "個人情報"), "個人情報の項目のつなぎ方", default=DataItemStyle()
    )
    repeats_heads: bool = keyed(
        "見出しの行",
        Choice({"毎ページ": True, "初めだけ": False}),
        "表が次のページに続くとき、列の見出しの行をもう一度印字するか",
        default=True,
    )
    labels_again: str | None = keyed(
        "行見出しの再掲",
        Choice(LABELS_AGAIN),
        "表の行が次のページに続くとき、行の見出しをもう一度印字するか",
    )
    comparison: ComparisonStyle = keyed(
        "新旧対照表",
        Record(ComparisonStyle, "新旧対照表"),
        "新旧対照表の列の名、左に置くもの、印",
        default=ComparisonStyle(),
    )
    strict_kinsoku: bool = keyed(
        "禁則",
        Choice({"標準": False, "厳格": True}),
        "厳格にすると、小さい仮名と「ー」も行頭に置かない",
        default=False,
    )
    squeeze: bool = keyed("詰め", YesNo(), "はい なら、約物を詰めて1字多く入れる", default=False)
    hang_in_cells: bool = keyed(
        "表のぶら下げ", YesNo(), "はい なら、表の欄でも、行末の「、」「。」を欄の幅の外に置く", default=False
    )

    @property
    def article_digits(self) -> DigitWidths:
        """The widths of the numbers of articles: of a single digit as everywhere, of several as the regulations have it."""
        several = self.law.articles_full
        return self.digits if several is None else DigitWidths(self.digits.single_full, several)

    def reworded(self, text: str) -> str:
        """Words of a template or form as the house says them; longer ones first, nothing twice."""
        if not self.rewording:
            return text
        instead = dict(self.rewording)
        every = sorted(instead, key=len, reverse=True)
        return re.sub("|".join(map(re.escape, every)), lambda found: instead[found[0]], text)
