"""The .docx as a package of parts (ECMA-376, part 2: Open Packaging Conventions).

In: the parts. Out: the bytes of a new package, with one fixed date and in a given order: same parts, same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kotobuki.archive import packed
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.word.markup import RELATIONSHIPS

_PACKAGES = "http://schemas.openxmlformats.org/package/2006"
_OF_PACKAGES = "application/vnd.openxmlformats-package"
_OF_OFFICE = "application/vnd.openxmlformats-officedocument"
_OF_WORD = f"{_OF_OFFICE}.wordprocessingml"
_KINDS = {
    "document": (f"{_OF_WORD}.document.main+xml", f"{RELATIONSHIPS}/officeDocument"),
    "core": (f"{_OF_PACKAGES}.core-properties+xml", f"{_PACKAGES}/relationships/metadata/core-properties"),
    "custom": (f"{_OF_OFFICE}.custom-properties+xml", f"{RELATIONSHIPS}/custom-properties"),
    "styles": (f"{_OF_WORD}.styles+xml", f"{RELATIONSHIPS}/styles"),
    "settings": (f"{_OF_WORD}.settings+xml", f"{RELATIONSHIPS}/settings"),
    "fontTable": (f"{_OF_WORD}.fontTable+xml", f"{RELATIONSHIPS}/fontTable"),
    "header": (f"{_OF_WORD}.header+xml", f"{RELATIONSHIPS}/header"),
    "footer": (f"{_OF_WORD}.footer+xml", f"{RELATIONSHIPS}/footer"),
    "png": ("image/png", f"{RELATIONSHIPS}/image"),
    "jpeg": ("image/jpeg", f"{RELATIONSHIPS}/image"),
}
"""By the kind of a part: its content type, and the relationship that leads to it."""
_PICTURES = ("png", "jpeg")  # whose names end so; all else is XML
_TYPES = "[Content_Types].xml"
_HEAD = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_SHARED = frozenset(
    [_TYPES, "_rels/.rels", "word/_rels/document.xml.rels", "docProps/custom.xml"]
    + [f"word/{name}.xml" for name in ("styles", "settings", "fontTable", "header1", "header2", "footer1", "footer2")]
)
"""Parts that most documents of a run, or those of a case, have alike."""


@dataclass(frozen=True, slots=True)
class RelatedPart:
    """A part that the body leads to under the relationship id `name`; `kind`: styles, header …"""

    name: str
    kind: str
    content: str | bytes


@dataclass(frozen=True, slots=True)
class _Part:
    """A part: what is led to as `key`, the name of its file, what kind it is of."""

    key: str
    file: str
    kind: str
    data: bytes


def pack(body: str, core_properties: str, related: Sequence[RelatedPart], custom_properties: str = "") -> bytes:
    """A package of the body, the properties of the document and the parts that the body leads to."""
    main = _Part("rId1", "word/document.xml", "document", body.encode())
    properties = [_Part("rId2", "docProps/core.xml", "core", core_properties.encode())]
    if custom_properties:
        properties.append(_Part("rId3", "docProps/custom.xml", "custom", custom_properties.encode()))
    inner = [_inner(each) for each in related]
    files = {
        _TYPES: _content_types([main, *properties, *inner]),
        "_rels/.rels": _relationships([main, *properties], ""),
        main.file: main.data,
        "word/_rels/document.xml.rels": _relationships(inner, "word/"),
    }
    files |= {each.file: each.data for each in (*inner, *properties)}
    return packed(files, _SHARED)


def _inner(part: RelatedPart) -> _Part:
    file = f"word/{part.name}.{part.kind if part.kind in _PICTURES else 'xml'}"
    return _Part(part.name, file, part.kind, part.content if isinstance(part.content, bytes) else part.content.encode())


def _content_types(parts: Iterable[_Part]) -> bytes:
    """What kind each part is of: pictures by the ending of their names, the others by name."""
    endings = {"rels": f"{_OF_PACKAGES}.relationships+xml", "xml": "application/xml"}
    names = {}
    for each in parts:
        if each.kind in _PICTURES:
            endings[each.kind] = _KINDS[each.kind][0]
        else:
            names[each.file] = _KINDS[each.kind][0]
    rows = [f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in sorted(endings.items())]
    rows += [f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in sorted(names.items())]
    return f'{_HEAD}<Types xmlns="{_PACKAGES}/content-types">{"".join(rows)}</Types>'.encode()


def _relationships(parts: Iterable[_Part], folder: str) -> bytes:
    """How these parts are led to from a part in `folder`."""
    rows = [
        f'<Relationship Id="{each.key}" Type="{_KINDS[each.kind][1]}" Target="{each.file.removeprefix(folder)}"/>'
        for each in parts
    ]
    return f'{_HEAD}<Relationships xmlns="{_PACKAGES}/relationships">{"".join(rows)}</Relationships>'.encode()
