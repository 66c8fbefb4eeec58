"""The objects of a PDF file, and the file made of them (ISO 32000-1, 7.3 and 7.5).

In: plain Python values. Out: bytes that depend on them alone: streams are deflated, the file's ID is a digest of its
content, there are no dates. Texts are escaped by reportlab, where there is anything to escape. What is no stream stands in
object streams, which make a tagged file hardly larger than one that is not: its structure consists of thousands of small
dictionaries. The rules of PDF/A-2 for bytes (ISO 19005-2, 6.1) are kept: the comment behind the header, the ID, single line ends around each object, metadata that is not compressed.
"""

from __future__ import annotations

import re
import zlib
from codecs import BOM_UTF16_BE
from collections.abc import Mapping, Sequence
from hashlib import md5
from itertools import accumulate
from struct import Struct
from typing import assert_never

from kotobuki.lazy_dataclasses import dataclass

_LEVEL = 3  # of deflate: 6 takes half as long again to save a fortieth
_TOGETHER = 200  # objects in one object stream: a reader unpacks them all to get at one
_ROW = Struct(">BIH")  # of the table of objects
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


class Written(str):
    """A value as it stands in a file: what comes many times is written once."""

    __slots__ = ()


class Name(Written):
    """A PDF name, such as /Page, from what stands behind its slash."""

    __slots__ = ()

    def __new__(cls, text: str) -> Name:
        """The name, what is no regular character in it by its number."""
        return super().__new__(cls, f"/{_IRREGULAR.sub(lambda found: f'#{ord(found[0]):02X}', text)}")


class Ref(Written):
    """A reference to an object of the file."""

    __slots__ = ("number",)
    number: int

    def __new__(cls, number: int) -> Ref:
        """The reference to the object of this number."""
        made = super().__new__(cls, f"{number} 0 R")
        made.number = number
        return made


@dataclass(frozen=True, slots=True)
class Stream:
    """Data with a dictionary about it; it is compressed when put into a file, but `plain`."""

    data: bytes
    about: Mapping[str, Value]
    packing: str = ""
    """The filter that `data` has gone through already; "" leaves that to the file."""
    plain: bool = False


Value = bool | int | float | str | Written | Sequence["Value"] | Mapping[str, "Value"] | None
"""What an object is made of. A `str` is text for people; None is null in an array and no entry in a dictionary."""


def packed(data: bytes, about: Mapping[str, Value] | None = None) -> Stream:
    """A stream that is compressed here, once for all files that it is put into."""
    return Stream(zlib.compress(data, _LEVEL), about or {}, "FlateDecode")


class PdfFile:
    """A file in the making: objects are put into it, then it is taken out as bytes."""

    def __init__(self) -> None:
        """Begin an empty file, of PDF 1.7."""
        self._small: list[tuple[int, str]] = []
        self._streams: list[tuple[int, bytes]] = []
        self._last = 0

    def reserve(self) -> Ref:
        """A reference to an object that will be put later."""
        self._last += 1
        return Ref(self._last)

    def put(self, ref: Ref, value: Value | Stream) -> None:
        """Make `value` the object that `ref` refers to."""
        if isinstance(value, Stream):
            self._streams.append((ref.number, _stream(value)))
        else:
            self._small.append((ref.number, value if isinstance(value, Written) else written(value)))

    def add(self, value: Value | Stream) -> Ref:
        """Put `value` as a new object."""
        ref = self.reserve()
        self.put(ref, value)
        return ref

    def to_bytes(self, catalog: Mapping[str, Value], info: Mapping[str, Value]) -> bytes:
        """The whole file: the same bytes for the same objects."""
        root, about = self.add(catalog), self.add(info)
        places: dict[int, tuple[int, int, int]] = {}
        for start in range(0, len(self._small), _TOGETHER):
            holder = self.reserve().number
            together = self._small[start : start + _TOGETHER]
            self._streams.append((holder, _stream(_object_stream(together))))
            places |= {number: (2, holder, index) for index, (number, _) in enumerate(together)}
        index = self.reserve().number
        parts = [_HEADER]
        position = len(_HEADER)
        for number, data in self._streams:
            places[number] = (1, position, 0)
            parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, data))
            position += len(parts[-1])
        places[index] = (1, position, 0)
        digest = md5(b"".join(parts), usedforsecurity=False).hexdigest()
        trailer: dict[str, Value] = {
            "Type": Name("XRef"),
            "Size": index + 1,
            "Root": root,
            "Info": about,
            "W": [1, 4, 2],
        }
        rows = [(0, 0, 65535), *(places[number] for number in range(1, index + 1))]
        table = b"".join([_ROW.pack(*row) for row in rows])
        found = _stream(Stream(table, trailer), f"/ID [<{digest}> <{digest}>]")
        return b"".join((*parts, b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (index, found, position)))


def written(value: Value) -> str:
    """`value` as it stands in a file, in ASCII."""
    match value:
        case Written():
            return value
        case str():
            return _text(value)
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return f"{value:.3f}".rstrip("0").rstrip(".")
        case None:
            return "null"
        case dict() | Mapping():  # the first of each is told fastest
            return _dictionary(value)
        case list() | Sequence():
            return f"[{' '.join(map(written, value))}]"
        case _:
            assert_never(value)


def _dictionary(value: Mapping[str, Value], more: str = "") -> str:
    """A dictionary; `more`: entries that are written already."""
    texts = [
        (key, each if isinstance(each, Written) else written(each)) for key, each in value.items() if each is not None
    ]
    return f"<<{''.join([f'/{key}{text}' if text[0] in '/<[(' else f'/{key} {text}' for key, text in texts])}{more}>>"


_MARKS = frozenset("()\\")  # which end a text, or lead to another character
_IRREGULAR = re.compile(r"[^!$&'*+,\-.0-9:;=?@A-Z\\^_`a-z|~\"]")  # in a name


def _text(text: str) -> str:
    """A text string: printable ASCII as it stands, all else in UTF-16, by its digits."""
    if not (text.isascii() and text.isprintable()):
        return f"<{(BOM_UTF16_BE + text.encode('utf-16-be')).hex()}>"
    if _MARKS.isdisjoint(text):
        return f"({text})"
    from reportlab.lib.rl_accel import escapePDF  # loads Pillow with it, and few files have a text that needs it

    return f"({escapePDF(text.encode('ascii'))})"


def _stream(stream: Stream, more: str = "") -> bytes:
    """A stream as an object; `more`: entries of its dictionary that are written already."""
    if not stream.plain and not stream.packing:
        stream = packed(stream.data, stream.about)
    packing = Name(stream.packing) if stream.packing else None
    head = _dictionary({**stream.about, "Filter": packing, "Length": len(stream.data)}, more)
    # Data that end in CR would seem to end before it, if LF alone stood behind them.
    return b"%b\nstream\n%b\r\nendstream" % (head.encode("ascii"), stream.data)


def _object_stream(objects: Sequence[tuple[int, str]]) -> Stream:
    """Objects that are no streams, in one (7.5.7): their numbers and offsets, then they themselves."""
    starts = accumulate([len(text) + 1 for _, text in objects], initial=0)
    head = " ".join([f"{number} {start}" for (number, _), start in zip(objects, starts, strict=False)])
    body = "\n".join([text for _, text in objects])
    about: dict[str, Value] = {"Type": Name("ObjStm"), "N": len(objects), "First": len(head) + 1}
    return Stream(f"{head}\n{body}".encode("ascii"), about)
