"""The .docx as a package of parts, through python-docx: the parts of base.docx in, the bytes of a new package out.

A part is found through its relationship, as Word may name it anything. Packages are written with one fixed date and
in a given order: same parts, same bytes.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.exceptions import OpcError
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package
from lxml import etree

from kotobuki.diagnostics import reason_of
from kotobuki.word.markup import WORD

_LARGEST = 50_000_000  # bytes of one part: far beyond any stylesheet, far below a zip bomb
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip file can hold

_KINDS = {
    "styles": (CT.WML_STYLES, RT.STYLES),
    "settings": (CT.WML_SETTINGS, RT.SETTINGS),
    "fontTable": (CT.WML_FONT_TABLE, RT.FONT_TABLE),
    "header": (CT.WML_HEADER, RT.HEADER),
    "footer": (CT.WML_FOOTER, RT.FOOTER),
    "png": (CT.PNG, RT.IMAGE),
    "jpeg": (CT.JPEG, RT.IMAGE),
}


class PackageError(Exception):
    """The file is no Word document that can be read; the message says why, in Japanese."""


@dataclass(frozen=True, slots=True)
class RelatedPart:
    """A part that the body leads to under the relationship id `name`; `kind`: styles, header …"""

    name: str
    kind: str
    content: str | bytes


def parse(data: bytes) -> etree._Element:
    """The root element of a part. No entity is resolved and nothing is fetched."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def read_parts(path: Path, kinds: Iterable[str]) -> dict[str, etree._Element]:
    """The main part of the document ("officeDocument") and the parts of these `kinds` that it leads to, parsed.

    Raises `PackageError`.
    """
    try:
        _check_sizes(path)
        main = Package.open(str(path)).main_document_part
        related = {rel.reltype: rel.target_part for rel in main.rels.values() if not rel.is_external}
        found = {kind: related[_KINDS[kind][1]] for kind in kinds if _KINDS[kind][1] in related}
        parts = {kind: parse(part.blob) for kind, part in {"officeDocument": main, **found}.items()}
    except FileNotFoundError:
        raise PackageError("ファイルがありません") from None
    except OSError as error:
        raise PackageError(f"ファイルを読めません（{reason_of(error)}）") from None
    except etree.XMLSyntaxError as error:
        raise PackageError(f"Word 文書の中の XML が壊れています（{error.lineno}行目）") from None
    except (zipfile.BadZipFile, zlib.error, OpcError, KeyError, ValueError, RuntimeError, NotImplementedError):
        # RuntimeError and NotImplementedError: zipfile meets an encrypted or oddly compressed member.
        raise PackageError("Word 文書（.docx）ではないか、壊れているか、パスワードがかかっています") from None
    if parts["officeDocument"].tag != f"{{{WORD}}}document":  # the strict kind of Open XML, or no text document
        raise PackageError("ふつうの Word 文書（.docx）として保存されていません")
    return parts


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
    buffer = BytesIO()
    package.save(buffer)
    return dated(buffer)


def dated(buffer: BytesIO) -> bytes:
    """The package with one fixed date: python-docx writes that of the clock."""
    dated = BytesIO()
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(dated, "w") as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0  # the same on every system
            target.writestr(info, source.read(name))
    return dated.getvalue()


def _check_sizes(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if info.file_size > _LARGEST:
                raise PackageError(f"中の {info.filename} が大きすぎます")
