"""The objects of a PDF file, and the file made of them (ISO 32000-1, 7.3 and 7.5).

In: plain Python values. Out: bytes that depend on them alone: streams are deflated, the file's ID is a digest of its
content, there are no dates. reportlab writes objects and cross references; it is imported when a file is begun, and
of it only the object layer: its canvas takes longer to import and offers nothing that is needed here.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import md5
from typing import TYPE_CHECKING, assert_never

if TYPE_CHECKING:
    from reportlab.pdfbase import pdfdoc

_LEVEL = 3  # of deflate: 6 takes half as long again to save a fortieth


class Name(str):
    """A PDF name, such as /Page, without the slash."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to an object of the file."""

    number: int


@dataclass(frozen=True, slots=True)
class Stream:
    """Data with a dictionary about it; it is compressed when put into a file."""

    data: bytes
    about: Mapping[str, Value]
    packing: str = ""
    """The filter that `data` has gone through already; "" leaves that to the file."""


Value = bool | int | float | str | Name | Ref | Sequence["Value"] | Mapping[str, "Value"] | None
"""What an object is made of. A `str` is text for people; None is null in an array and no entry in a dictionary."""


class PdfFile:
    """A file in the making: objects are put into it, then it is taken out as bytes."""

    def __init__(self) -> None:
        """Begin an empty file, of PDF 1.7."""
        from reportlab.pdfbase import pdfdoc

        self._library = pdfdoc
        self._document = pdfdoc.PDFDocument(invariant=1, pdfVersion=(1, 7))
        self._digest = md5(usedforsecurity=False)
        self._reserved = 0

    def reserve(self) -> Ref:
        """A reference to an object that will be put later."""
        self._reserved += 1
        return Ref(self._reserved)

    def put(self, ref: Ref, value: Value | Stream) -> None:
        """Make `value` the object that `ref` refers to."""
        self._document.Reference(self._top_level(value), f"K{ref.number}")

    def add(self, value: Value | Stream) -> Ref:
        """Put `value` as a new object."""
        ref = self.reserve()
        self.put(ref, value)
        return ref

    def to_bytes(self, catalog: Mapping[str, Value], info: Mapping[str, Value]) -> bytes:
        """The whole file: the same bytes for the same objects."""
        document = self._document
        document.Catalog, document.info = self._top_level(catalog), self._top_level(info)
        document.signature = self._digest
        data: bytes = document.format()
        return data

    def _top_level(self, value: Value | Stream) -> pdfdoc.PDFObject:
        if not isinstance(value, Stream):
            self._digest.update(repr(value).encode())
            return self._object(value)
        about = {**value.about, "Filter": Name(value.packing or "FlateDecode")}
        data = value.data if value.packing else zlib.compress(value.data, _LEVEL)
        self._digest.update(data)
        return self._library.PDFStream(self._object(about), data)

    def _object(self, value: Value) -> pdfdoc.PDFObject | str | float:
        """`value` in the library's terms: it writes a plain str as it stands."""
        match value:
            case None:
                return "null"
            case bool():
                return "true" if value else "false"
            case int() | float():
                return round(value, 3)
            case Name():
                return self._library.PDFName(value)
            case str():
                return self._library.PDFString(value)
            case Ref():
                return self._library.PDFObjectReference(f"K{value.number}")
            case Mapping():
                entries = {key: self._object(each) for key, each in value.items() if each is not None}
                return self._library.PDFDictionary(entries)
            case Sequence():
                return self._library.PDFArrayCompact([self._object(each) for each in value])
            case _:
                assert_never(value)
