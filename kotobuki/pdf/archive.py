"""What a file says of itself so that it lasts: XMP metadata, and what its colours mean (PDF/A-2a and PDF/UA-1).

In: the entries of the document information. Out: metadata that agree with them (ISO 19005-2, 6.6.2), and the colours of
sRGB as an ICC profile of a few hundred bytes, made here: primaries and white point of IEC 61966-2-1, adapted to D50, and
its curve, which ICC.1:2004-10 (the version of PDF 1.7) can say as a formula.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from functools import cache

from kotobuki.named_tuples import NamedTuple
from kotobuki.pdf.objects import Name, Numbers, Objects, Portion, Ref, Stream, Value

_IN_ELEMENT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def metadata(info: Mapping[str, str], *, claims: bool) -> bytes:
    """The XMP packet (ISO 16684-1); `claims`: that the file conforms to PDF/A-2a and PDF/UA-1."""
    properties = "".join((*_properties(info), *(_CLAIMS if claims else ())))
    packet = f'{_HEAD}<rdf:Description rdf:about="" {_SPACES}>\n{properties}</rdf:Description>\n{_TAIL}'
    return packet.encode()


class Colours(NamedTuple):
    """What the colours of a file are meant for. `last`: the last number of its objects, which are the first of all."""

    intent: Ref
    portion: Portion
    last: int


@cache
def colours() -> Colours:
    """A screen of sRGB."""
    objects = Objects(Numbers())
    about: dict[str, Value] = {
        "Type": Name("OutputIntent"),
        "S": Name("GTS_PDFA1"),
        "OutputConditionIdentifier": "sRGB",
        "Info": "sRGB IEC61966-2.1",
        "DestOutputProfile": objects.add(Stream(srgb(), {"N": 3})),
    }
    intent, portion = objects.add(about), objects.portion()
    return Colours(intent, portion, objects.numbers.last)


def _properties(info: Mapping[str, str]) -> Iterator[str]:
    words = {key: text.translate(_IN_ELEMENT) for key, text in info.items() if text}
    yield f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{words.get("Title", "")}</rdf:li></rdf:Alt></dc:title>\n'
    if author := words.get("Author"):
        yield f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>\n"
    if subject := words.get("Subject"):
        yield f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>\n'
    yield "<dc:language><rdf:Bag><rdf:li>ja-JP</rdf:li></rdf:Bag></dc:language>\n"
    yield f"<pdf:Producer>{words['Producer']}</pdf:Producer>\n"


@cache
def srgb() -> bytes:
    """The profile."""
    curve = _numbers("para", 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045, kind=3)
    tags = {
        "desc": _text("sRGB"),
        "cprt": _text("Public domain"),
        "wtpt": _numbers("XYZ ", 0.9642, 1.0, 0.8249),
        "chad": _numbers("sf32", 1.04791, 0.02293, -0.0502, 0.0296, 0.99046, -0.01707, -0.00925, 0.01506, 0.75179),
        "rXYZ": _numbers("XYZ ", 0.43607, 0.22249, 0.01392),
        "gXYZ": _numbers("XYZ ", 0.38515, 0.71687, 0.09708),
        "bXYZ": _numbers("XYZ ", 0.14307, 0.06061, 0.7141),
        "rTRC": curve,
        "gTRC": curve,
        "bTRC": curve,
    }
    places: dict[bytes, int] = {}
    start = 128 + 4 + 12 * len(tags)
    body, index = b"", b""
    for tag, data in tags.items():
        if data not in places:
            places[data] = start + len(body)
            body += data + bytes(-len(data) % 4)
        index += struct.pack(">4sII", tag.encode(), places[data], len(data))
    head = struct.pack(
        ">III4s4s4s6H4s28x3i48x",
        *(start + len(body), 0, 0x04200000, b"mntr", b"RGB ", b"XYZ ", 2000, 1, 1, 0, 0, 0, b"acsp"),
        *map(_fixed, (0.9642, 1.0, 0.8249)),
    )
    return head + struct.pack(">I", len(tags)) + index + body


def _fixed(number: float) -> int:
    """A number with 16 bits behind its point."""
    return round(number * 65536)


def _numbers(signature: str, *numbers: float, kind: int | None = None) -> bytes:
    head = struct.pack(">4s4x", signature.encode()) + (b"" if kind is None else struct.pack(">H2x", kind))
    return head + struct.pack(f">{len(numbers)}i", *map(_fixed, numbers))


def _text(text: str) -> bytes:
    """A text in one language (multiLocalizedUnicodeType)."""
    words = text.encode("utf-16-be")
    return struct.pack(">4s4xII2s2sII", b"mluc", 1, 12, b"en", b"US", len(words), 28) + words


_SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "dc": "http://purl.org/dc/elements/1.1/",
        "pdf": "http://ns.adobe.com/pdf/1.3/",
        "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
        "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
        "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
        "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
        "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
    }.items()
)
_HEAD = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
"""
_TAIL = """</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
_CLAIMS = (
    "<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>A</pdfaid:conformance>\n<pdfuaid:part>1</pdfuaid:part>\n",
    # PDF/A wants the names of PDF/UA explained (ISO 19005-2, 6.6.2.3.3).
    """<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates which part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
""",
)
