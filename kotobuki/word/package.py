"""The .docx as a package of parts, written through python-docx; only who writes one waits until that is loaded.

In: the parts. Out: the bytes of a new package, with one fixed date and in a given order: same parts, same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import NAMESPACE
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import CONTENT_TYPES_URI, PACKAGE_URI, PackURI
from docx.opc.part import Part
from docx.package import Package

from kotobuki.archive import packed
from kotobuki.lazy_dataclasses import dataclass

_KINDS = {
    "styles": (CT.WML_STYLES, RT.STYLES),
    "settings": (CT.WML_SETTINGS, RT.SETTINGS),
    "fontTable": (CT.WML_FONT_TABLE, RT.FONT_TABLE),
    "header": (CT.WML_HEADER, RT.HEADER),
    "footer": (CT.WML_FOOTER, RT.FOOTER),
    "png": (CT.PNG, RT.IMAGE),
    "jpeg": (CT.JPEG, RT.IMAGE),
}
_TYPES = CONTENT_TYPES_URI.membername
_HEAD = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"  # as lxml writes it
_SHARED = ("word/styles.xml", "word/settings.xml", "word/fontTable.xml", _TYPES)
"""Parts that nearly all documents of a run have alike."""


@dataclass(frozen=True, slots=True)
class RelatedPart:
    """A part that the body leads to under the relationship id `name`; `kind`: styles, header …"""

    name: str
    kind: str
    content: str | bytes


def pack(body: str, core_properties: str, related: Sequence[RelatedPart], custom_properties: str = "") -> bytes:
    """A package of the body, the properties of the document and the parts that the body leads to."""
    package = Package()

    def part(name: str, content_type: str, content: str | bytes, kind: str = "") -> Part:
        if isinstance(content, bytes):
            return Part(PackURI(f"/{name}.{kind}"), content_type, content, package)
        return Part(PackURI(f"/{name}.xml"), content_type, content.encode(), package)

    main = part("word/document", CT.WML_DOCUMENT_MAIN, body)
    package.relate_to(main, RT.OFFICE_DOCUMENT)
    package.relate_to(part("docProps/core", CT.OPC_CORE_PROPERTIES, core_properties), RT.CORE_PROPERTIES)
    if custom_properties:
        package.relate_to(part("docProps/custom", CT.OFC_CUSTOM_PROPERTIES, custom_properties), RT.CUSTOM_PROPERTIES)
    for each in related:
        content_type, relationship = _KINDS[each.kind]
        main.load_rel(relationship, part(f"word/{each.name}", content_type, each.content, each.kind), each.name)
    files = {_TYPES: _content_types(package.parts), PACKAGE_URI.rels_uri.membername: package.rels.xml}
    for found in package.parts:
        files[found.partname.membername] = found.blob
        if len(found.rels):
            files[found.partname.rels_uri.membername] = found.rels.xml
    return packed(files, _SHARED)


def _content_types(parts: Iterable[Part]) -> bytes:
    """What kind each part is of: pictures by the ending of their names, the others by name."""
    known = {"rels": CT.OPC_RELATIONSHIPS, "xml": CT.XML}
    known |= {each.partname.ext: each.content_type for each in parts if each.partname.ext not in known}
    rows = [f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in sorted(known.items())]
    named = sorted((each.partname, each.content_type) for each in parts if each.partname.ext == "xml")
    rows += [f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in named]
    return f'{_HEAD}<Types xmlns="{NAMESPACE.OPC_CONTENT_TYPES}">{"".join(rows)}</Types>'.encode()
