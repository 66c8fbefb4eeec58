"""What of somebody else's Word form comes in: the one door, and its lists of parts and of what stands in them.

In: the bytes of a .docx. Out: an `Admitted`: the same document, written afresh with nothing but what is on the lists, what was left
behind, and what it cannot be used with. Not on the lists is what runs (macros, controls), what other programs open (embedded
files), what is fetched (links to files, parts of other formats) and what says nothing on paper. Words are never left behind.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from lxml import etree

from kotobuki.archive import PackageError, unpacked
from kotobuki.limits import XML_BYTES, XML_TAGS
from kotobuki.word.fields import field_faults, is_link, settle
from kotobuki.word.markup import DRAWING, RELATIONSHIPS, word
from kotobuki.word.opc import ROOT, OpenPackage, Part, Relation, written
from kotobuki.word.xml import parse

_MICROSOFT = "http://schemas.microsoft.com/office"
_CHARTS = "application/vnd.ms-office.chart"

KINDS = {
    RT.OFFICE_DOCUMENT: CT.WML_DOCUMENT_MAIN,
    RT.CORE_PROPERTIES: CT.OPC_CORE_PROPERTIES,
    RT.STYLES: CT.WML_STYLES,
    RT.NUMBERING: CT.WML_NUMBERING,
    RT.SETTINGS: CT.WML_SETTINGS,
    RT.FONT_TABLE: CT.WML_FONT_TABLE,
    RT.THEME: CT.OFC_THEME,
    RT.HEADER: CT.WML_HEADER,
    RT.FOOTER: CT.WML_FOOTER,
    RT.FOOTNOTES: CT.WML_FOOTNOTES,
    RT.ENDNOTES: CT.WML_ENDNOTES,
    RT.COMMENTS: CT.WML_COMMENTS,
    RT.CHART: CT.DML_CHART,
    RT.CHART_USER_SHAPES: CT.DML_CHARTSHAPES,
    RT.THEME_OVERRIDE: CT.OFC_THEME_OVERRIDE,
    RT.DIAGRAM_DATA: CT.DML_DIAGRAM_DATA,
    RT.DIAGRAM_LAYOUT: CT.DML_DIAGRAM_LAYOUT,
    RT.DIAGRAM_QUICK_STYLE: CT.DML_DIAGRAM_STYLE,
    RT.DIAGRAM_COLORS: CT.DML_DIAGRAM_COLORS,
    f"{_MICROSOFT}/2007/relationships/diagramDrawing": "application/vnd.ms-office.drawingml.diagramDrawing+xml",
    f"{_MICROSOFT}/2011/relationships/chartStyle": f"{_CHARTS}style+xml",
    f"{_MICROSOFT}/2011/relationships/chartColorStyle": f"{_CHARTS}colorstyle+xml",
}
"""The parts that come in besides pictures: by the relationship that leads to them, their content type. All are XML."""

_PICTURES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"II*\0",
    b"MM\0*",
    b"\1\0\0\0",
    b"\xd7\xcd\xc6\x9a",
)
"""How PNG, JPEG, GIF, BMP, TIFF, EMF and WMF files begin; office programs open others with other programs."""

_UNSEEN = frozenset(
    (
        *(RT.EXTENDED_PROPERTIES, RT.CUSTOM_PROPERTIES, RT.THUMBNAIL),  # about the file: ours are written anew
        *(RT.CUSTOM_XML, RT.WEB_SETTINGS, RT.GLOSSARY_DOCUMENT, RT.PRINTER_SETTINGS),
        f"{_MICROSOFT}/2007/relationships/stylesWithEffects",  # the styles once more, for Word 2010
        f"{_MICROSOFT}/2011/relationships/people",  # who wrote remarks, and what else is known of them
        f"{_MICROSOFT}/2011/relationships/commentsExtended",
        f"{_MICROSOFT}/2016/09/relationships/commentsIds",
        f"{_MICROSOFT}/2018/08/relationships/commentsExtensible",
        f"{_MICROSOFT}/2020/02/relationships/classificationlabels",
    )
)
"""What most forms have and no paper shows: left behind without a word."""

_LEFT = {
    f"{_MICROSOFT}/2006/relationships/vbaProject": "マクロ",
    f"{_MICROSOFT}/2006/relationships/keyMapCustomizations": "キーの割り当て",
    f"{_MICROSOFT}/2006/relationships/attachedToolbars": "ツールバー",
    RT.OLE_OBJECT: "埋め込まれた表など（見た目は残ります）",
    RT.PACKAGE: "埋め込まれた表など（見た目は残ります）",
    RT.CONTROL: "コントロール（ActiveX）",
    RT.FONT: "埋め込まれたフォント",
    f"{RELATIONSHIPS}/attachedTemplate": "添付されたテンプレート",
    f"{RELATIONSHIPS}/mailMergeSource": "差し込み印刷の設定",
    f"{RELATIONSHIPS}/mailMergeHeaderSource": "差し込み印刷の設定",
    f"{RELATIONSHIPS}/recipientData": "差し込み印刷の設定",
    RT.ORIGIN: "電子署名",
}
"""What is left behind, as users know it. Its place in the document goes with it, and what is seen there stays."""

_LEFT_ELEMENTS = {
    word("mailMerge"): "差し込み印刷の設定",
    word("attachedSchema"): "スキーマの設定",
    word("saveThroughXslt"): "保存時の変換の設定",
    f"{{{_MICROSOFT}/word/2012/wordprocessingDrawing}}webVideoPr": "オンラインのビデオ",
}
_UNSEEN_ELEMENTS = frozenset(
    (*map(word, ("dataBinding", "entryMacro", "exitMacro")), f"{{{_MICROSOFT}/word/2012/wordml}}dataBinding")
)
"""A text that a part left behind, or a property of the file, would take the place of; what a field would run."""

_DRAWN = ("{urn:schemas-microsoft-com:vml}", "{urn:schemas-microsoft-com:office:office}")
_OUTWARD = frozenset(("src", "href", *(f"{_DRAWN[1]}{name}" for name in ("href", "althref"))))
"""Attributes of old drawings (VML) that name a file by themselves."""

_WORDS = (word("t"), f"{{{DRAWING}}}t")
_EXTENSION = frozenset((f"{{{DRAWING}}}ext", f"{{{DRAWING}}}extLst"))
"""What must not stand empty."""


@dataclass
class Admitted:
    """A form that came in. `left`: what was left behind; `faults`: why it cannot be used, each a reason in Japanese."""

    data: bytes = b""
    left: dict[str, None] = field(default_factory=dict)
    faults: dict[str, None] = field(default_factory=dict)
    trees: list[tuple[str, etree._Element]] = field(default_factory=list)
    """The parts that are XML, by their content types."""


def admit(data: bytes) -> Admitted:
    """What of a .docx comes in. Raises `PackageError` if it is none, or its XML is broken."""
    package = OpenPackage(unpacked(data))
    if package.content_type(package.main) != CT.WML_DOCUMENT_MAIN:
        raise PackageError("ふつうの Word 文書（.docx）として保存されていません")
    return _Door(package).opened()


class _Door:
    """Walks a package from its root along the relationships that are on the list."""

    def __init__(self, package: OpenPackage) -> None:
        self._package, self._found = package, Admitted()
        self._parts: dict[str, Part] = {}
        self._bytes, self._tags = XML_BYTES, XML_TAGS

    def opened(self) -> Admitted:
        root = self._kept(ROOT)
        waiting = [(each.target, each.kind) for each in root]
        while waiting:
            name, kind = waiting.pop(0)
            if name in self._parts:
                continue
            if name.casefold().endswith(".rels") or name.startswith("["):
                raise PackageError(f"中の部品のつながり（{name[:60]}）が、Word のものではありません")
            if kind == RT.IMAGE:
                self._parts[name] = self._picture(name)
                continue
            relations = self._kept(name)
            self._parts[name] = self._xml(name, kind, relations)
            waiting += [(each.target, each.kind) for each in relations if not each.external]
        if self._found.trees[0][1].tag != word("document"):  # the strict kind of Open XML
            raise PackageError("ふつうの Word 文書（.docx）として保存されていません")
        self._found.data = written(self._parts, root)
        return self._found

    def _kept(self, name: str) -> tuple[Relation, ...]:
        """The relationships of a part that are on the list, the main part's first."""
        kept = [each for each in self._package.relations(name) if self._is_kept(each)]
        return tuple(sorted(kept, key=lambda each: each.kind != RT.OFFICE_DOCUMENT))

    def _is_kept(self, relation: Relation) -> bool:
        kind, target = relation.kind, relation.target
        if kind in _UNSEEN:
            return False
        if kind in _LEFT:
            self._found.left[_LEFT[kind]] = None
            return False
        if kind == RT.HYPERLINK and relation.external:
            if not is_link(target):
                self._found.faults[f"リンク「{target[:40]}」は、ウェブのページでもメールでもありません"] = None
            return True
        if relation.external or kind in _READ:
            self._found.faults[f"ほかのファイル（{target[:40]}）を読み込む設定があります"] = None
            return False
        if kind not in KINDS and kind != RT.IMAGE:
            self._found.left[kind.rpartition("/")[2][:40]] = None
            return False
        return kind != RT.IMAGE or "svg" not in self._package.content_type(target)  # beside which stands another

    def _picture(self, name: str) -> Part:
        data, content_type = self._package.part(name), self._package.content_type(name)
        if not data.startswith(_PICTURES) or not content_type.startswith("image/"):
            self._found.faults[f"図（{name[:60]}）が、画像として読み取れないか、使えない種類です"] = None
        return Part(content_type, data)

    def _xml(self, name: str, kind: str, relations: tuple[Relation, ...]) -> Part:
        data, content_type = self._package.part(name), self._package.content_type(name)
        if content_type != KINDS.get(kind):
            raise PackageError(f"中の部品「{name[:60]}」の種類が、Word のものではありません")
        self._bytes -= len(data)
        self._tags -= data.count(b"<")
        if self._bytes < 0 or self._tags < 0:
            raise PackageError(f"中の文書が大きすぎます（合わせて{XML_BYTES // 1_000_000}MB、タグ{XML_TAGS:,}個まで）")
        root = parse(data)
        self._clean(root, {each.key for each in relations})
        for keyword in settle(root):
            self._found.left[f"フィールド {keyword} の働き（表示中の文字は残します）"] = None
        for fault in field_faults(root):
            self._found.faults[fault] = None
        self._found.trees.append((content_type, root))
        return Part(content_type, etree.tostring(root, encoding="UTF-8", standalone=True), relations)

    def _clean(self, root: etree._Element, known: set[str]) -> None:
        """Take out what leads to parts that stay behind, and what acts by itself."""
        for each in list(root.iter(etree.Element)):
            for name in _OUTWARD & set(each.attrib) if str(each.tag).startswith(_DRAWN) else ():
                del each.attrib[name]
            if each.tag in _LEFT_ELEMENTS:
                self._found.left[_LEFT_ELEMENTS[each.tag]] = None
            elif each.tag not in _UNSEEN_ELEMENTS and known.issuperset(_led_to(each)):
                continue
            self._take_out(each)

    def _take_out(self, element: etree._Element) -> None:
        parent = element.getparent()
        if parent is None or any(words.text for words in element.iter(*_WORDS)):
            self._found.faults["本文の中に、移せない部品につながる所があります"] = None
        elif parent.tag in _EXTENSION and len(parent) == 1:
            self._take_out(parent)
        else:
            parent.remove(element)


_READ = frozenset((RT.A_F_CHUNK, f"{RELATIONSHIPS}/subDocument", f"{RELATIONSHIPS}/frame"))
"""What would bring in the words of other files."""


def _led_to(element: etree._Element) -> Iterator[str]:
    """The keys of the relationships that an element names."""
    return (str(key) for name, key in element.attrib.items() if key and str(name).startswith(f"{{{RELATIONSHIPS}}}"))
