"""表記: the house style of a municipality, as data.

In: the 表記 mapping of organization.yaml. Out: a `HouseStyle`; what cannot be understood is a diagnostic and keeps the
default, the practice of the packet that these papers follow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kotobuki.diagnostics import Diagnostics
from kotobuki.japanese.labels import is_label_sample, parse_label
from kotobuki.japanese.widths import DigitWidths
from kotobuki.reading.fields import Fields
from kotobuki.reading.inlines import plain_text
from kotobuki.reading.nodes import Mapping, Scalar


@dataclass(frozen=True, slots=True)
class LawStyle:
    """表記／規程: how regulations number and cite.

    digits      of the numbers of articles; None = as all numbers
    points      samples of 号 and below; those left out are the house's item labels, from the second level on
    nearest     前条, 次項 … where they can stand, in place of numbers
    marks       samples of the marks of 別表, 様式, 別紙, when there are several
    """

    digits: DigitWidths | None = None
    points: tuple[str, ...] = ()
    nearest: bool = False
    marks: tuple[str, str, str] = ("別表第１", "様式第１号", "別紙１")


Rewording = tuple[tuple[str, str], ...]
"""Words of the templates and forms, and what the house says instead."""
COPY_MARKS = ("丸囲み", "（写）", "(写)")


@dataclass(frozen=True, slots=True)
class ComparisonStyle:
    """表記／新旧対照表: how a table of old and new is printed (conventions C5).

    new, old     the heads of the columns
    new_first    the new one stands left
    added, removed, same  what stands in place of what is not there, or has not changed; "" = nothing
    remarks      a last row says what the signs mean
    """

    new: str = "改正後"
    old: str = "改正前"
    new_first: bool = True
    added: str = "（新設）"
    removed: str = "（削る）"
    same: str = "（略）"
    remarks: bool = True


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """表記: the house style."""

    digits: DigitWidths = field(default_factory=DigitWidths)
    labels: tuple[str, ...] = ("１", "（１）", "ア", "（ｱ）", "ａ", "（ａ）")
    number_pattern: str = "｛年｝｛記号｝送第｛番号｝号｛枝番｝"
    western_year: bool = True
    honorific: str = "殿"
    copy_mark: str = "丸囲み"
    rewording: Rewording = ()
    annex_mark: str = "別紙"
    annex_bracket: tuple[str, str] = ("", "")
    existing_mark: str = "別添"
    law: LawStyle = field(default_factory=LawStyle)
    labels_again: str | None = None
    strict_kinsoku: bool = False
    squeeze: bool = False
    font: str = ""
    comparison: ComparisonStyle = field(default_factory=ComparisonStyle)

    def reworded(self, text: str) -> str:
        """Words of a template or form as the house says them; longer ones first, nothing twice."""
        if not self.rewording:
            return text
        instead = dict(self.rewording)
        every = sorted(instead, key=len, reverse=True)
        return re.sub("|".join(map(re.escape, every)), lambda found: instead[found[0]], text)


PATTERN_FIELDS = ("元号", "年", "記号", "番号", "枝番")


def read_style(node: Mapping | None, diagnostics: Diagnostics) -> HouseStyle:
    """The house style; the defaults for what is not given."""
    default = HouseStyle()
    if node is None:
        return default
    fields = Fields(node, diagnostics, "表記")
    digits = _digits(fields.mapping("数字"), diagnostics)
    labels = _labels(fields.list_of_text("項目番号"), default.labels, diagnostics)
    pattern = _pattern(fields.text("文書番号"), default.number_pattern, diagnostics)
    year = fields.choice("文書番号の年", ["西暦", "和暦"])
    honorific, font = fields.text("敬称"), fields.text("書体")
    copy_mark = fields.choice("写しの標示", COPY_MARKS)
    rewording = _rewording(fields.mapping("言い換え"), diagnostics)
    annex, existing = fields.text("別紙の標示"), fields.text("別添の標示")
    bracket = fields.choice("別紙の括弧", BRACKETS)
    law = _law_style(fields.mapping("規程"), digits, diagnostics)
    again = fields.choice("行見出しの再掲", LABELS_AGAIN)
    kinsoku = fields.choice("禁則", ["標準", "厳格"])
    squeeze = fields.boolean("詰め")
    comparison = _comparison(fields.mapping("新旧対照表"), diagnostics)
    fields.finish()
    return HouseStyle(
        digits,
        labels,
        pattern,
        year != "和暦",
        plain_text(honorific, diagnostics, default.honorific),
        copy_mark or default.copy_mark,
        rewording,
        plain_text(annex, diagnostics, default.annex_mark),
        BRACKETS[bracket or "なし"],
        plain_text(existing, diagnostics, default.existing_mark),
        law,
        LABELS_AGAIN[again or "なし"],
        kinsoku == "厳格",
        bool(squeeze),
        font.value if font else "",
        comparison,
    )


BRACKETS = {"なし": ("", ""), "【】": ("【", "】"), "（）": ("（", "）"), "［］": ("［", "］"), "〈〉": ("〈", "〉")}
LABELS_AGAIN = {"なし": None, "再掲": "", "続き": "（続き）"}
"""What is printed behind a row's label that is shown again on a new page; None: it is not shown."""


def _rewording(node: Mapping | None, diagnostics: Diagnostics) -> Rewording:
    found = []
    for key, value in node.entries if node else ():
        if isinstance(value, Scalar) and value.value.strip() and key.value.strip():
            found.append((key.value, plain_text(value, diagnostics)))
        else:
            reason, remedy = f"「{key.value}」の言い換えがありません", "「様式の語: 自治体の語」の形で書いてください"
            diagnostics.error(value.place(), "rewording", reason, remedy)
    return tuple(found)


def _law_style(node: Mapping | None, digits: DigitWidths, diagnostics: Diagnostics) -> LawStyle:
    default = LawStyle()
    if node is None:
        return default
    fields = Fields(node, diagnostics, "規程")
    articles = fields.choice("条の数字", ["全角", "半角", "表記のとおり"])
    points = fields.list_of_text("号", example="[（１）, ア]")
    citing = fields.choice("引用", ["番号", "近称"])
    marks = [fields.text(kind) for kind in ("別表", "様式", "別紙")]
    fields.finish()
    several = {"全角": True, "半角": False}.get(articles or "")
    return LawStyle(
        None if several is None else DigitWidths(digits.single_full, several),
        _labels(points, (), diagnostics),
        citing == "近称",
        (
            _mark(marks[0], default.marks[0], diagnostics),
            _mark(marks[1], default.marks[1], diagnostics),
            _mark(marks[2], default.marks[2], diagnostics),
        ),
    )


def _comparison(node: Mapping | None, diagnostics: Diagnostics) -> ComparisonStyle:
    default = ComparisonStyle()
    if node is None:
        return default
    fields = Fields(node, diagnostics, "新旧対照表")
    names = [fields.text(key) for key in ("新", "旧")]
    left, remarks = fields.choice("左", ["新", "旧"]), fields.boolean("備考")
    signs = [fields.text(key) for key in ("新設", "削る", "略")]
    fields.finish()

    def sign(scalar: Scalar | None, usual: str) -> str:
        return "" if scalar and scalar.value == "なし" else plain_text(scalar, diagnostics, usual)

    return ComparisonStyle(
        plain_text(names[0], diagnostics, default.new),
        plain_text(names[1], diagnostics, default.old),
        left != "旧",
        sign(signs[0], default.added),
        sign(signs[1], default.removed),
        plain_text(signs[2], diagnostics, default.same),
        remarks is not False,
    )


def _mark(sample: Scalar | None, default: str, diagnostics: Diagnostics) -> str:
    if sample is None or parse_label(sample.value) is not None:
        return sample.value if sample else default
    diagnostics.error(
        sample.place(),
        "label-sample",
        f"「{sample.value}」に番号がありません",
        f"最初のものを書いてください（例：{default}）",
    )
    return default


def _digits(node: Mapping | None, diagnostics: Diagnostics) -> DigitWidths:
    if node is None:
        return DigitWidths()
    fields = Fields(node, diagnostics, "数字")
    single, several = (fields.choice(key, ["全角", "半角"]) for key in ("一桁", "二桁以上"))
    fields.finish()
    return DigitWidths(single != "半角", several == "全角")


def _labels(samples: tuple[Scalar, ...], default: tuple[str, ...], diagnostics: Diagnostics) -> tuple[str, ...]:
    for each in samples:
        if not is_label_sample(each.value):
            diagnostics.error(
                each.place(),
                "label-sample",
                f"「{each.value}」は項目番号の見本になりません",
                "最初の番号を書いてください（例：１、（１）、ア、（ア）、①）",
            )
    chosen = tuple(each.value for each in samples if is_label_sample(each.value))
    return chosen + default[len(chosen) :] if chosen else default


def _pattern(scalar: Scalar | None, default: str, diagnostics: Diagnostics) -> str:
    if scalar is None:
        return default
    parts = re.findall(r"｛([^｛｝]*)｝", scalar.value)
    unknown = [part for part in parts if part not in PATTERN_FIELDS]
    loose = re.search("[｛｝]", re.sub(r"｛[^｛｝]*｝", "", scalar.value))
    if unknown or loose or "番号" not in parts:
        reason = f"「｛{unknown[0]}｝」は使えません" if unknown else "｛番号｝がありません"
        reason = "｛ と ｝ が対になっていません" if loose else reason
        diagnostics.error(
            scalar.place(),
            "number-pattern",
            f"文書番号の型：{reason}",
            f"型に使えるのは {' '.join(f'｛{f}｝' for f in PATTERN_FIELDS)} です。例：{default}",
        )
        return default
    return scalar.value
