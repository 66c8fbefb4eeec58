"""The styles, settings and font table of base.docx, with what a document says of them."""

from __future__ import annotations

from lxml import etree

from kotobuki.japanese.characters import NOT_ENDING, NOT_STARTING, NOT_STARTING_STRICT
from kotobuki.word.markup import HEAD, word
from kotobuki.word.xml import parse

_MODE, _SQUEEZING_MODE = "15", "14"
"""Word's compatibility modes: since that of Word 2013 (15), nothing is squeezed in cells or in what is not justified."""
_RARE = frozenset("ゕゖㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿｧｨｩｪｫｬｭｮｯ")


def styles_with(styles: str, font: str, *, hang_in_cells: bool) -> bytes:
    """The styles with `font` as the typeface of the document and of 標準 (""= as it is); `hang_in_cells`: with no style that keeps marks from hanging."""
    root = parse(styles.encode())
    for properties in root.iter(word("pPr")) if hang_in_cells else ():
        for hanging in properties.findall(word("overflowPunct")):
            properties.remove(hanging)
    return _written(_in_font(root, font) if font else root)


def _in_font(root: etree._Element, font: str) -> etree._Element:
    standard = [each for each in root.iterfind(word("style")) if each.get(word("default")) and _is_paragraph(each)]
    for holder in (*root.iterfind(word("docDefaults")), *standard):
        for fonts in holder.iter(word("rFonts")):
            fonts.attrib.clear()
            for slot in ("ascii", "eastAsia", "hAnsi"):
                fonts.set(word(slot), font)
    return root


def fonts_with(fonts: str, font: str) -> bytes:
    """The font table, with an entry for `font` if it is given: a Japanese face to be replaced by one of its like."""
    root = parse(fonts.encode())
    if font and all(each.get(word("name")) != font for each in root):
        entry = etree.SubElement(root, word("font"), {word("name"): font})
        for name, value in (("charset", "80"), ("family", "roman"), ("pitch", "fixed")):
            etree.SubElement(entry, word(name), {word("val"): value})
    return _written(root)


def settings_with(settings: str, *, squeeze: bool, strict_kinsoku: bool) -> bytes:
    """The settings, with what a document says of squeezing punctuation and of kinsoku."""
    root = parse(settings.encode())
    for name in ("strictFirstAndLastChars", "noLineBreaksAfter", "noLineBreaksBefore"):
        for said in root.findall(word(name)):
            root.remove(said)
    control = root.find(word("characterSpacingControl"))
    if control is None:  # the settings have a fixed order
        control = etree.Element(word("characterSpacingControl"))
        compat = root.find(word("compat"))
        root.insert(len(root) if compat is None else root.index(compat), control)
    control.set(word("val"), "compressPunctuation" if squeeze else "doNotCompress")
    for said in root.iter(word("compatSetting")):
        if said.get(word("name")) == "compatibilityMode":
            said.set(word("val"), _SQUEEZING_MODE if squeeze else _MODE)
    for said in reversed(_kinsoku(strict=strict_kinsoku)):
        control.addnext(said)
    return _written(root)


def _written(root: etree._Element) -> bytes:
    return (HEAD + etree.tostring(root, encoding="unicode")).encode()


def _kinsoku(*, strict: bool) -> list[etree._Element]:
    """The level of kinsoku, and its sets: those of Word with what the house adds to them.

    A set has at most 100 characters. The strict one is longer: the small kana of Ainu and half-width ones are left out.
    """
    level = [etree.Element(word("strictFirstAndLastChars"))] if strict else []
    not_starting = NOT_STARTING_STRICT if strict else NOT_STARTING
    for name, members in (("noLineBreaksAfter", NOT_ENDING), ("noLineBreaksBefore", not_starting)):
        listed = etree.Element(word(name))
        listed.set(word("lang"), "ja-JP")
        listed.set(word("val"), "".join(sorted(members - _RARE)))
        level.append(listed)
    return level


def _is_paragraph(style: etree._Element) -> bool:
    return style.get(word("type")) == "paragraph"
