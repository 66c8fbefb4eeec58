"""The .docx as a package of parts: bytes of a zip file in, the parts of interest out, and back again.

A part is found through its relationship, as Word may name it anything. Packages are written with one fixed date and
in a given order: same parts, same bytes.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from lxml import etree

from kotobuki.word.markup import PACKAGE_RELATIONSHIPS, RELATIONSHIPS, WORD

_LARGEST = 50_000_000  # bytes of one part: far beyond any stylesheet, far below a zip bomb
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip file can hold


class PackageError(Exception):
    """The file is no Word document that can be read; the message says why, in Japanese."""


def parse(data: bytes) -> etree._Element:
    """The root element of a part. No entity is resolved and nothing is fetched."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def read_parts(path: Path, kinds: Iterable[str]) -> dict[str, etree._Element]:
    """The main part of the document ("officeDocument") and the parts of these `kinds` that it leads to, parsed.

    Raises `PackageError`.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            main = _related(archive, "").get("officeDocument", "word/document.xml")
            related = _related(archive, main)
            found = {"officeDocument": main} | {kind: related[kind] for kind in kinds if kind in related}
            parts = {kind: parse(_read(archive, name)) for kind, name in found.items()}
    except FileNotFoundError:
        raise PackageError("ファイルがありません") from None
    except OSError as error:
        raise PackageError(f"ファイルを読めません（{error.strerror or error}）") from None
    except (zipfile.BadZipFile, zlib.error, KeyError, RuntimeError, NotImplementedError):
        # RuntimeError and NotImplementedError: zipfile meets an encrypted or oddly compressed member.
        raise PackageError("Word 文書（.docx）ではないか、壊れているか、パスワードがかかっています") from None
    except etree.XMLSyntaxError as error:
        raise PackageError(f"Word 文書の中の XML が壊れています（{error.msg}）") from None
    if parts["officeDocument"].tag != f"{{{WORD}}}document":  # the strict kind of Open XML, or no text document
        raise PackageError("ふつうの Word 文書（.docx）として保存されていません")
    return parts


def pack(parts: Iterable[tuple[str, str]]) -> bytes:
    """A package of these parts (name, content), in this order."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0  # the same on every system
            archive.writestr(info, content)
    return buffer.getvalue()


def _related(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """The parts that `part` ("" = the package) leads to, by the last word of the relationship's type."""
    folder, name = posixpath.split(part)
    root = parse(_read(archive, posixpath.join(folder, "_rels", f"{name}.rels")))
    return {
        each.get("Type", "").rsplit("/", 1)[-1]: posixpath.normpath(
            posixpath.join("/", folder, each.get("Target", ""))
        ).lstrip("/")
        for each in root.iterfind(f"{{{PACKAGE_RELATIONSHIPS}}}Relationship")
        if each.get("TargetMode") != "External" and each.get("Type", "").startswith(RELATIONSHIPS)
    }


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > _LARGEST:
        raise PackageError(f"中の {name} が大きすぎます")
    return archive.read(name)
