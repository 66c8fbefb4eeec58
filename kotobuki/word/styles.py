"""The styles part of base.docx in, `ParagraphStyle` and `TableStyle` values out.

What a style asks for and the contract of `kotobuki.stylesheet` cannot say is reported, so that no change a clerk makes
in Word is silently lost in the PDF. Styles that Word brings along itself and no role stands for are not looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from kotobuki.lazy_dataclasses import dataclass
from kotobuki.roles import BODY, PAGE_NUMBER, STANDARD, TABLE_TITLE
from kotobuki.stylesheet import Align, ParagraphStyle, TableStyle
from kotobuki.word.inheritance import SIDES, Inheritance, Properties, local_name, value_of
from kotobuki.word.markup import word

BUILT_IN = {
    "normal": STANDARD.style,
    "body text": BODY.style,
    "date": "日付",
    "note heading": "記",
    "title": TABLE_TITLE.style,
    "footer": PAGE_NUMBER.style,
}
"""Word's own styles that stand for a role, by the name they have in the file, whatever the language of Word.

A Japanese Word shows them by the name of the role (footer: フッター). A custom style of such a name would collide with
Word's own.
"""

_ALIGN: Mapping[str, Align] = {
    "left": "left",
    "start": "left",
    "right": "right",
    "end": "right",
    "center": "center",
    "both": "both",
}
_OFF = {"0", "false", "off", "none"}
_BEYOND_PARAGRAPH = {
    "numPr": "段落番号",
    "framePr": "レイアウト枠",
    "pBdr": "段落罫線",
    "shd": "網かけ",
    "topLinePunct": "行頭の記号を1/2の幅にする",
    "contextualSpacing": "同じスタイルの場合は段落間にスペースを追加しない",
}
_ALWAYS_ON = {
    "kinsoku": "禁則処理を行わない",
    "autoSpaceDE": "日本語と英字の間隔を調整しない",
    "autoSpaceDN": "日本語と数字の間隔を調整しない",
}
_BEYOND_CHARACTER = {
    "b": "太字",
    "i": "斜体",
    "u": "下線",
    "strike": "取り消し線",
    "color": "文字の色",
    "highlight": "蛍光ペン",
    "shd": "網かけ",
    "bdr": "囲み線",
    "em": "傍点",
    "spacing": "文字間隔",
    "w": "文字の倍率",
    "position": "文字の上下位置",
    "vanish": "隠し文字",
}

Report = Callable[[str, str, str, str], None]
"""Takes a rule id, the name of the style, what is wrong with it (「スタイル「…」の」 and on), and the remedy."""


@dataclass(frozen=True, slots=True)
class _Quantity:
    """A length that a style may give, and what Word calls it.

    per_point  how many of its unit make a point: twips, half points, eighths
    default    in pt, where the style says nothing
    positive   it must be more than 0
    """

    meaning: str
    per_point: int = 20
    default: float = 0.0
    positive: bool = False


_TABLE_SIZE = _Quantity("文字の大きさ", 2, positive=True)
_MARGIN, _RULE = _Quantity("セルの余白"), _Quantity("罫線の太さ", 8)
_INDENT, _TAB = _Quantity("インデント"), _Quantity("タブ位置")
_BEFORE, _AFTER = _Quantity("段落前の間隔"), _Quantity("段落後の間隔")
_SIZE = _Quantity("文字の大きさ", 2, 10.0, positive=True)


@dataclass(frozen=True, slots=True)
class Style:
    """A style element with the name and id by which roles and paragraphs know it."""

    name: str
    key: str
    element: etree._Element


class StylesPart:
    """The styles of a document, given by the root of their part, and what each of them amounts to."""

    def __init__(self, root: etree._Element) -> None:
        self._styles = Inheritance(root)

    def roles(self) -> Iterator[Style]:
        """The paragraph styles that roles may name: the makers' own ones, and those of `BUILT_IN`."""
        for name, key, element in self._of_type("paragraph"):
            role = BUILT_IN.get(name.lower())
            if element.get(word("default")) in {"1", "true", "on"}:
                role = STANDARD.style
            if role or element.get(word("customStyle")):
                yield Style(role or name, key, element)

    def tables(self) -> Iterator[Style]:
        """The makers' own table styles."""
        for name, key, element in self._of_type("table"):
            if element.get(word("customStyle")):
                yield Style(name, key, element)

    def paragraph_style(self, style: Style, report: Report) -> ParagraphStyle:
        """The look of a paragraph style. Reports what cannot be read or cannot be shown in the PDF."""
        return _Resolved(style.name, self._styles.properties(style.key), report).paragraph_style()

    def outline_level(self, style: Style) -> int:
        """The level in the outline that a style gives (1 = highest), 0 = none."""
        level = self._styles.properties(style.key).paragraph.get("outlineLvl", {}).get("val", "9")
        return int(level) + 1 if level in set("012345678") else 0

    def table_style(self, style: Style, report: Report) -> TableStyle:
        """The cell margins, rules and size of text of a table style."""
        margins: dict[str, float] = {}
        rule = em = 0.0
        for element in self._styles.chain(style.key):
            for size in element.iterfind(f"{word('rPr')}/{word('sz')}"):
                em = _number(size.get(word("val")), _TABLE_SIZE, report, style.name)
            for edge in element.iterfind(f"{word('tblPr')}/{word('tblCellMar')}/*"):
                name = SIDES.get(local_name(edge), local_name(edge))
                margins[name] = _number(edge.get(word("w")), _MARGIN, report, style.name)
            for edge in element.iterfind(f"{word('tblPr')}/{word('tblBorders')}/{word('top')}"):
                drawn = edge.get(word("val")) not in {None, "nil", "none"}
                rule = _number(edge.get(word("sz")), _RULE, report, style.name) if drawn else 0.0
        left, right, top, bottom = (margins.get(side, 0.0) for side in ("left", "right", "top", "bottom"))
        return TableStyle(
            name=style.name, cell_left=left, cell_right=right, cell_top=top, cell_bottom=bottom, rule=rule, em=em
        )

    def _of_type(self, kind: str) -> Iterator[tuple[str, str, etree._Element]]:
        for key, element in self._styles.elements.items():
            if element.get(word("type")) == kind:
                yield value_of(element, "name"), key, element


class _Resolved:
    """Merged properties read as the fields of a `ParagraphStyle`."""

    def __init__(self, name: str, properties: Properties, report: Report) -> None:
        self._name = name
        self._own = properties
        self._report = report

    def paragraph_style(self) -> ParagraphStyle:
        self._report_unseen()
        size = self._length(self._own.character, "sz", "val", _SIZE)
        first = self._indent("firstLine") - self._indent("hanging")
        return ParagraphStyle(
            name=self._name,
            font=self._font(),
            size=size,
            line=self._line(size),
            align=self._align(),
            left=self._indent("left"),
            right=self._indent("right"),
            first_line=first,
            before=self._length(self._own.paragraph, "spacing", "before", _BEFORE),
            after=self._length(self._own.paragraph, "spacing", "after", _AFTER),
            tabs=tuple(sorted(_number(at, _TAB, self._report, self._name) for at in self._own.tabs)),
            keep_next=self._is_on("keepNext", default=False),
            keep_lines=self._is_on("keepLines", default=False),
            widow_control=self._is_on("widowControl", default=True),
            page_break_before=self._is_on("pageBreakBefore", default=False),
            hang=self._is_on("overflowPunct", default=True),
        )

    def _font(self) -> str:
        fonts = self._own.character.get("rFonts", {})
        font = fonts.get("eastAsia", "")
        if "eastAsiaTheme" in fonts or not font:
            self._report(
                "base-font",
                self._name,
                "日本語用のフォントが名前で決まっていません",
                "Word でスタイルの書式を開き、日本語用のフォントを「（本文のフォント）」などでなく名前で選んでください",
            )
        latin = fonts.get("ascii", font)
        if font and latin != font:
            self._report_beyond(f"英数字用のフォント（{latin}）")
        return font

    def _line(self, size: float) -> float:
        spacing = self._own.paragraph.get("spacing", {})
        if spacing.get("lineRule") != "exact" or "line" not in spacing:
            self._report(
                "base-line",
                self._name,
                "行間が固定値ではありません",
                "Word でスタイルの段落の書式を開き、行間を「固定値」にして pt で指定してください",
            )
            return 1.5 * size
        return self._length(self._own.paragraph, "spacing", "line", _Quantity("行間", 20, 1.5 * size, positive=True))

    def _align(self) -> Align:
        value = self._own.paragraph.get("jc", {}).get("val", "left")
        if value not in _ALIGN:
            self._report(
                "base-align",
                self._name,
                f"配置「{value}」は使えません",
                "左揃え、中央揃え、右揃え、両端揃えのどれかにしてください",
            )
        return _ALIGN.get(value, "left")

    def _indent(self, side: str) -> float:
        return self._length(self._own.paragraph, "ind", side, _INDENT)

    def _length(
        self,
        properties: Mapping[str, Mapping[str, str]],
        element: str,
        attribute: str,
        quantity: _Quantity,
    ) -> float:
        return _number(properties.get(element, {}).get(attribute), quantity, self._report, self._name)

    def _is_on(self, element: str, *, default: bool) -> bool:
        found = self._own.paragraph.get(element)
        return default if found is None else found.get("val", "1") not in _OFF

    def _report_unseen(self) -> None:
        for properties, names in ((self._own.paragraph, _BEYOND_PARAGRAPH), (self._own.character, _BEYOND_CHARACTER)):
            for element, meaning in names.items():
                if element in properties and not _is_plain(element, properties[element]):
                    self._report_beyond(meaning)
        for element, meaning in _ALWAYS_ON.items():
            if not self._is_on(element, default=True):
                self._report_beyond(meaning)

    def _report_beyond(self, meaning: str) -> None:
        remedy = "Word と PDF を同じ見た目にするには、この書式をスタイルから除いてください"
        self._report("base-unseen", self._name, f"「{meaning}」は PDF には表れません", remedy)


def _is_plain(element: str, attributes: Mapping[str, str]) -> bool:
    """Whether the element says what would hold without it."""
    value = attributes.get("val", "1")
    if element == "shd":
        return value in {"clear", "nil"} and attributes.get("fill", "auto") in {"auto", "FFFFFF"}
    return value in _OFF or value in {"color": {"auto", "000000"}, "w": {"100"}}.get(element, ())


def _number(value: str | None, quantity: _Quantity, report: Report, style: str) -> float:
    """A length in pt from a count of parts of a point."""
    if value is None:
        return quantity.default
    if value.removeprefix("-").isdecimal() and (int(value) > 0 or not quantity.positive):
        return int(value) / quantity.per_point
    remedy = "Word でこのスタイルの書式を開き、値を入れ直して保存してください"
    report("base-number", style, f"{quantity.meaning}「{value}」を読めません", remedy)
    return quantity.default
