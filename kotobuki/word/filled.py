"""A department's own Word form filled with the values of a case, through docxtpl.

In: the .docx and the values. Out: the bytes of the filled .docx, the same for the same input, and the open numbers and
dates in it; or diagnostics that name the paper, the field and the words around it. The form sees nothing but the values, and
passes the door of `admission` twice: as it came, and filled, since a code may be put together by the filling.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path

from docx.opc.constants import CONTENT_TYPE as CT
from lxml import etree

from kotobuki.archive import PackageError, read_file
from kotobuki.diagnostics import Diagnostics, Place, quoted
from kotobuki.forms.engine.word import WordEnvironment, WordFaultsError
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.word.admission import Admitted, admit
from kotobuki.word.markup import word

_PAIRS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_MARK = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_RAW = re.compile(r"\{\{-?\s?(r|p|tr|tc)\s")
_PRINTED = (CT.WML_DOCUMENT_MAIN, CT.WML_HEADER, CT.WML_FOOTER, CT.WML_FOOTNOTES)
"""The parts that are filled; a remark in the margin is none."""
_EPOCH = datetime(1980, 1, 1)
_INSIDE = "そこを消すか、図は埋め込み、フィールドは選んで Ctrl+Shift+F9 で文字にするか {{ 依頼.日付 }} などの値に代えてください"
_SHORTER = "雛形の繰返しと、案件の文の長さを確かめてください"


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
        admitted = admit(read_file(form.file))
        faults = list(_faults(admitted))
        data = b"" if faults else _rendered(admitted.data, values, environment, properties)
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
    filled = None if faults else _admitted_again(data, refuse)
    for fault in faults:
        refuse(*fault)
    if filled is None:
        return None
    if admitted.left:
        reason = f"書類「{form.paper}」の雛形の{quoted(admitted.left)}は、書類に移しません"
        diagnostics.warning(place, "form-left-out", reason, "要らないものは、Word で開いて消し、保存し直してください")
    return Filled(filled, tuple(dict.fromkeys(each.blank for each in environment.blanks)))


def _admitted_again(data: bytes, refuse: Callable[[str, str, str], None]) -> bytes | None:
    """The filled form through the door once more; None after a diagnostic."""
    try:
        admitted = admit(data)
    except PackageError as error:
        refuse("form-file", f"値を入れると、Word 文書になりません。{error}", _SHORTER)
        return None
    for reason in admitted.faults:
        refuse("form-outside", reason, _INSIDE)
    return None if admitted.faults else admitted.data


def _rendered(
    data: bytes, values: Mapping[str, object], environment: WordEnvironment, properties: FileProperties
) -> bytes:
    from docxtpl import DocxTemplate

    template = DocxTemplate(BytesIO(data))
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
    return buffer.getvalue()


_Fault = tuple[str, str, str]
"""Rule, reason and remedy."""


def _faults(admitted: Admitted) -> Iterator[_Fault]:
    """What can be told before it is filled: what leads out of the file, broken tags."""
    for reason in admitted.faults:
        yield "form-outside", reason, _INSIDE
    for content_type, root in admitted.trees:
        if content_type in _PRINTED:
            yield from _tag_faults(root)


def _tag_faults(root: etree._Element) -> Iterator[_Fault]:
    for paragraph in root.iter(word("p")):
        text = "".join(each.text or "" for each in paragraph.iter(word("t")))
        if loose := _loose(text):
            reason = f"「{loose}」の相手がありません{_quoted(text)}"
            yield "form-tag", reason, "{{ }} と {% %} は、一つの段落の中で対にしてください"
        if raw := _RAW.search(text):
            reason = f"「{raw[0].strip()} …}}}}」は使えません{_quoted(text)}"
            yield "form-tag", reason, "{{ 名 }} と書いてください"


def _loose(text: str) -> str:
    """The first mark of a tag that has no other; "" = all are in pairs."""
    opened = ""
    for mark in _MARK.findall(text):
        if not opened and mark not in _PAIRS:
            return str(mark)
        opened = "" if mark == _PAIRS.get(opened) else opened or mark
    return opened


def _quoted(text: str) -> str:
    """The words of the form around a fault."""
    text = text.strip()
    return f"（「{text if len(text) <= 40 else text[:40] + '…'}」の所）" if text else ""
