"""A department's own Word form filled with the values of a case, through docxtpl.

In: the .docx and the values. Out: the bytes of the filled .docx, the same for the same input, and the open numbers and
dates in it; or diagnostics that name the paper, the field and the words around it. The form sees nothing but the values: what
leads out of it (linked files, fields that read a file or the clock) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part
from docx.package import Package
from lxml import etree

from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.forms.engine.word import WordEnvironment, WordFaultsError
from kotobuki.word.markup import word
from kotobuki.word.package import PackageError, dated, parse, read_parts

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_LOOSE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_RAW = re.compile(r"\{\{-?\s?(r|p|tr|tc)\s")
_FIELDS = re.compile(
    r"\s*(INCLUDETEXT|INCLUDEPICTURE|DDE|DDEAUTO|LINK|IMPORT|DATE|TIME|SAVEDATE|PRINTDATE|FILENAME)\b", re.IGNORECASE
)
_PRINTED = tuple(map(word, ("document", "hdr", "ftr", "footnotes")))
"""The parts that are filled; a remark in the margin is none."""
_EPOCH = datetime(1980, 1, 1)


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled form. `blanks`: what is still open in it, and where to give it."""

    data: bytes
    blanks: tuple[tuple[str, Place], ...]


@dataclass(frozen=True, slots=True)
class WordForm:
    """The form of the paper called `paper`: its file, and how users know that."""

    file: Path
    shown: str
    paper: str


@dataclass(frozen=True, slots=True)
class FileProperties:
    """What a file says of itself in Word's properties."""

    title: str
    author: str


def fill(
    form: WordForm, values: Mapping[str, object], properties: FileProperties, diagnostics: Diagnostics
) -> Filled | None:
    """The form with its values; None after a diagnostic."""
    place = Place(form.shown)

    def refuse(rule: str, reason: str, remedy: str) -> None:
        diagnostics.error(place, rule, f"書類「{form.paper}」の雛形：{reason}", remedy)

    broken = "Word で開いて「Word 文書（.docx）」として保存し直してください"
    environment = WordEnvironment()
    try:
        read_parts(form.file, ())
        faults = list(_faults(form.file))
        data = b"" if faults else _rendered(form.file, values, environment, properties)
        faults = faults or list(_ways_out(BytesIO(data)))  # a code may be put together by the filling
    except PackageError as error:
        refuse("form-file", str(error), broken)
        return None
    except etree.XMLSyntaxError:
        reason = "{% if %} や {% for %} が段落や表の行をまたいでいるか、中のXMLが壊れています"
        refuse("form-tag", reason, "{%p if … %} や {%tr for … %} と書き、それだけの段落や行にしてください")
        return None
    except WordFaultsError as error:
        for reason, remedy, around in error.faults:
            refuse("form-field", f"{reason}{_quoted(around)}", remedy)
        return None
    except Exception as error:  # whatever docxtpl makes of a document that is no usual one
        refuse("form-file", f"Word 文書として扱えません（{type(error).__name__}）", broken)
        return None
    for fault in faults:
        refuse(*fault)
    blanks = dict.fromkeys(each.blank for each in environment.blanks)
    return None if faults else Filled(data, tuple(blanks))


def _rendered(
    file: Path, values: Mapping[str, object], environment: WordEnvironment, properties: FileProperties
) -> bytes:
    from docxtpl import DocxTemplate

    template = DocxTemplate(BytesIO(file.read_bytes()))
    mend = template.fix_tables

    def mended(xml: str) -> object:
        etree.fromstring(xml)  # which raises what `mend` would put right in silence
        return mend(xml)

    template.fix_tables = mended
    template.render_properties = lambda *_: None  # they are set below, and are no XML
    template.render(dict(values), environment)
    core = template.docx.core_properties
    core.title, core.author, core.last_modified_by = properties.title, properties.author, properties.author
    core.created = core.modified = _EPOCH
    core.revision = 1
    buffer = BytesIO()
    template.save(buffer)
    return dated(buffer)


_Fault = tuple[str, str, str]
"""Rule, reason and remedy."""


def _ways_out(file: Path | BytesIO) -> Iterator[_Fault]:
    """What leads out of the document: linked files, documents of other kinds in it, fields that read a file or the clock."""
    for part in Package.open(str(file) if isinstance(file, Path) else file).iter_parts():
        for rel in part.rels.values():
            if (rel.is_external and rel.reltype != RT.HYPERLINK) or rel.reltype == RT.A_F_CHUNK:
                reason = f"ほかのファイル（{rel.target_ref}）を読み込む設定があります"
                yield "form-outside", reason, "図はリンクでなく埋め込み、テンプレートや差し込みの設定を外してください"
        if _is_words(part):
            for found in filter(None, map(_FIELDS.match, _codes(parse(part.blob)))):
                reason = f"フィールド「{found[1].upper()}」は、ほかのファイルや時計を読むので使えません"
                yield "form-outside", reason, "フィールドを消すか、{{ 依頼.日付 }} などの値に代えてください"


def _faults(file: Path) -> Iterator[_Fault]:
    """What can be told before it is filled: what leads out of the file, broken tags."""
    yield from _ways_out(file)
    for part in Package.open(str(file)).iter_parts():
        if _is_words(part):
            yield from _tag_faults(parse(part.blob))


def _is_words(part: Part) -> bool:
    return part.content_type.endswith("+xml") and "wordprocessingml" in part.content_type


def _codes(root: etree._Element) -> Iterator[str]:
    """The codes of the fields, each put together from the runs that Word cut it into."""
    yield from (each.get(word("instr")) or "" for each in root.iter(word("fldSimple")))
    code = ""
    for each in root.iter(word("fldChar"), word("instrText")):
        if each.tag == word("instrText"):
            code += each.text or ""
        else:
            yield code
            code = ""
    yield code


def _tag_faults(root: etree._Element) -> Iterator[_Fault]:
    if root.tag not in _PRINTED:
        return
    for paragraph in root.iter(word("p")):
        text = "".join(each.text or "" for each in paragraph.iter(word("t")))
        if loose := _LOOSE.search(_TAG.sub("", text)):
            reason = f"「{loose[0]}」の相手がありません{_quoted(text)}"
            yield "form-tag", reason, "{{ }} と {% %} は、一つの段落の中で対にしてください"
        if raw := _RAW.search(text):
            reason = f"「{raw[0].strip()} …}}}}」は使えません{_quoted(text)}"
            yield "form-tag", reason, "{{ 名 }} と書いてください"


def _quoted(text: str) -> str:
    """The words of the form around a fault."""
    text = text.strip()
    return f"（「{text if len(text) <= 40 else text[:40] + '…'}」の所）" if text else ""
