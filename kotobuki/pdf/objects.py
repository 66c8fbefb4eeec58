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
from itertools import accumulate, chain, repeat
from struct import Struct
from typing import assert_never

from kotobuki.lazy_dataclasses import dataclass
from kotobuki.named_tuples import NamedTuple

_LEVEL = 3  # of deflate: 6 takes half as long again to save a fortieth
_TOGETHER = 200  # objects in one object stream: a reader unpacks them all to get at one
_ROW = Struct(">BIH")  # of the table of objects
_FREE = _ROW.pack(0, 0, 65535)  # of a number that no object of the file has
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


class Written(str):
    """A value as it stands in a file: what comes many times is written once."""

    __slots__ = ()


class Name(Written):
    """A PDF name, such as /Page, from what stands behind its slash."""

    __slots__ = ()

    def __new__(cls, text: str) -> Name:
        """The name, what is no regular character in it by its number."""
        if not (text.isascii() and text.isalnum()):
            text = _IRREGULAR.sub(lambda found: f"#{ord(found[0]):02X}", text)
        return super().__new__(cls, f"/{text}")


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


class Numbers:
    """Gives objects their numbers, which they have in all files that they go into."""

    def __init__(self, last: int = 0) -> None:
        """Begin behind the number `last`."""
        self.last = last

    def ref(self) -> Ref:
        """A reference to the object of the next number."""
        self.last += 1
        return Ref(self.last)

    def room(self, count: int) -> range:
        """The next numbers, for so many objects."""
        self.last += count
        return range(self.last - count + 1, self.last + 1)


class Portion(NamedTuple):
    """Objects ready to go into any number of files, in which they have the same numbers.

    parts    their bytes, streams one behind the other
    streams  the number of each stream, and where it begins in these bytes
    rows     of the table of objects: those of the objects that stand in object streams, by number
    digest   of the bytes
    """

    parts: Sequence[bytes]
    streams: Sequence[tuple[int, int]]
    rows: Mapping[int, bytes]
    digest: bytes


class Objects:
    """Objects in the making: they are put in, then taken out as a `Portion`."""

    def __init__(self, numbers: Numbers) -> None:
        """Begin with none; `numbers`: those of the objects that are to come."""
        self.numbers = numbers
        self._small: list[tuple[int, str]] = []
        self._parts: list[bytes] = []
        self._streams: list[tuple[int, int]] = []
        self._length = 0

    def put(self, ref: Ref, value: Value | Stream) -> None:
        """Make `value` the object that `ref` refers to."""
        if isinstance(value, Stream):
            self._put_stream(ref.number, value)
        else:
            self.put_written(ref.number, written(value))

    def put_written(self, number: int, text: str) -> None:
        """Make the object of this number one that stands there as it will in the file, in ASCII; no stream."""
        self._small.append((number, text))

    def add(self, value: Value | Stream) -> Ref:
        """Put `value` as a new object."""
        ref = self.numbers.ref()
        self.put(ref, value)
        return ref

    def portion(self) -> Portion:
        """All that has been put, with object streams of the next numbers (see `object_streams`)."""
        rows: dict[int, bytes] = {}
        for start in range(0, len(self._small), _TOGETHER):
            holder = self.numbers.ref().number
            together = self._small[start : start + _TOGETHER]
            self._put_stream(holder, _object_stream(together))
            rows.update([(number, _ROW.pack(2, holder, at)) for at, (number, _) in enumerate(together)])
        digest = md5(usedforsecurity=False)
        for part in self._parts:
            digest.update(part)
        return Portion(self._parts, self._streams, rows, digest.digest())

    def _put_stream(self, number: int, stream: Stream) -> None:
        parts = _stream(number, stream)
        self._streams.append((number, self._length))
        self._parts += parts
        self._length += sum(map(len, parts))


def object_streams(count: int) -> int:
    """How many object streams so many objects need at most."""
    return -(-count // _TOGETHER)


class PdfFile(Objects):
    """A file in the making: portions and objects of its own are put into it, then it is taken out as bytes."""

    def __init__(self, numbers: Numbers) -> None:
        """Begin an empty file, of PDF 1.7; `numbers`: those of its own objects."""
        super().__init__(numbers)
        self._portions: list[Portion] = []

    def include(self, portion: Portion) -> None:
        """Take in objects that are ready; their numbers come before the file's own."""
        self._portions.append(portion)

    def to_bytes(self, catalog: Mapping[str, Value], info: Mapping[str, Value]) -> bytes:
        """The whole file: the same bytes for the same objects."""
        root, about = self.add(catalog), self.add(info)
        parts = [_HEADER]
        position = len(_HEADER)
        rows: dict[int, bytes] = {}
        portions = [*self._portions, self.portion()]
        for portion in portions:
            rows |= portion.rows
            rows |= {number: _ROW.pack(1, position + at, 0) for number, at in portion.streams}
            parts += portion.parts
            position += sum(map(len, portion.parts))
        digest = md5(b"".join([portion.digest for portion in portions]), usedforsecurity=False).hexdigest()
        number = self.numbers.ref().number
        rows[number] = _ROW.pack(1, position, 0)
        trailer: dict[str, Value] = {
            "Type": Name("XRef"),
            "Size": number + 1,
            "Root": root,
            "Info": about,
            "W": [1, 4, 2],
        }
        table = b"".join(map(rows.get, range(number + 1), repeat(_FREE)))
        # Rows are much alike, and what looks for more likeness finds less.
        found = Stream(zlib.compress(table, 1), trailer, "FlateDecode")
        parts += _stream(number, found, f"/ID [<{digest}> <{digest}>]")
        return b"".join((*parts, b"startxref\n%d\n%%%%EOF\n" % position))


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
        case dict():  # those that are usual are told before all of their kind, which takes long
            return _dictionary(value)
        case list() | tuple():
            return f"[{' '.join(map(written, value))}]"
        case Mapping():
            return _dictionary(value)
        case Sequence():
            return f"[{' '.join(map(written, value))}]"
        case _:
            assert_never(value)


def _dictionary(value: Mapping[str, Value], more: str = "") -> str:
    """A dictionary; `more`: entries that are written already."""
    entries: list[str] = []
    for key, each in value.items():
        if each is not None:
            text = each if isinstance(each, Written) else written(each)
            entries.append(f"/{key}{text}" if text[0] in "/<[(" else f"/{key} {text}")
    return f"<<{''.join(entries)}{more}>>"


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


def _stream(number: int, stream: Stream, more: str = "") -> tuple[bytes, ...]:
    """A stream as the object of this number; `more`: entries of its dictionary that are written already."""
    if not stream.plain and not stream.packing:
        stream = packed(stream.data, stream.about)
    packing = Name(stream.packing) if stream.packing else None
    head = _dictionary({**stream.about, "Filter": packing, "Length": len(stream.data)}, more)
    # Data that end in CR would seem to end before it, if LF alone stood behind them.
    return f"{number} 0 obj\n{head}\nstream\n".encode("ascii"), stream.data, b"\r\nendstream\nendobj\n"


def _object_stream(objects: Sequence[tuple[int, str]]) -> Stream:
    """Objects that are no streams, in one (7.5.7): their numbers and offsets, then they themselves."""
    starts = accumulate([len(text) + 1 for _, text in objects], initial=0)
    pairs = zip([number for number, _ in objects], starts, strict=False)
    head = " ".join(map(str, chain.from_iterable(pairs)))
    body = "\n".join([text for _, text in objects])
    about: dict[str, Value] = {"Type": Name("ObjStm"), "N": len(objects), "First": len(head) + 1}
    return Stream(f"{head}\n{body}".encode("ascii"), about)
