"""The parts of a .docx and how they lead to each other (ECMA-376, part 2: Open Packaging Conventions).

In: the parts of an archive. Out: an `OpenPackage`, which knows the content type of each part and its relationships; and the other
way, an archive of parts of ours. A part is found through a relationship alone, as Word may name it anything.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping

from lxml import etree

from kotobuki.archive import PackageError, packed, unpacked
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.limits import XML_BYTES
from kotobuki.word.markup import HEAD, RELATIONSHIPS, attribute, word
from kotobuki.word.xml import parse

_TYPES = "[Content_Types].xml"
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OVERRIDE, _DEFAULT = (f"{{{_CONTENT_TYPES}}}{name}" for name in ("Override", "Default"))
_RELATIONSHIP = f"{{{_RELATIONSHIPS}}}Relationship"
_DEFAULTS = (
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
)
ROOT = ""
"""The name of what is no part: the package, where relationships begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A relationship. `target`: the name of a part; of one that leads outside (`external`), the address as it stands."""

    key: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of ours: its content type, its bytes, the relationships that begin at it."""

    content_type: str
    data: bytes
    relations: tuple[Relation, ...] = ()


class OpenPackage:
    """A package that others wrote."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        """Raises `PackageError` for what is no package of a Word document."""
        self.parts = parts
        types = parse(self.part(_TYPES))
        self._overrides = {
            each.get("PartName", "").removeprefix("/"): each.get("ContentType", "") for each in types.iter(_OVERRIDE)
        }
        self._defaults = {
            each.get("Extension", "").lower(): each.get("ContentType", "") for each in types.iter(_DEFAULT)
        }
        mains = [
            each
            for each in self.relations(ROOT)
            if each.kind == f"{RELATIONSHIPS}/officeDocument" and not each.external
        ]
        if len(mains) != 1:
            raise PackageError("ふつうの Word 文書（.docx）として保存されていません")
        self.main = mains[0].target

    def part(self, name: str) -> bytes:
        """The bytes of a part. Raises `PackageError` if it is not there."""
        if name not in self.parts:
            raise PackageError(f"中の部品「{name[:60]}」がありません")
        return self.parts[name]

    def content_type(self, name: str) -> str:
        """The content type of a part, "" = none is said."""
        extension = posixpath.splitext(name)[1].removeprefix(".").lower()
        return self._overrides.get(name) or self._defaults.get(extension, "")

    def relations(self, name: str) -> tuple[Relation, ...]:
        """The relationships that begin at a part. Raises `PackageError` for one that leads out of the package."""
        folder, file = posixpath.split(name)
        data = self.parts.get(posixpath.join(folder, "_rels", f"{file}.rels"))
        if data is None:
            return ()
        found = tuple(_relation(each, folder) for each in parse(data).iter(_RELATIONSHIP))
        if len({each.key for each in found}) < len(found):
            raise PackageError("中の部品のつながりに、同じ名のものが二つあります")
        return found


def read_parts(data: bytes, kinds: Iterable[str]) -> dict[str, etree._Element]:
    """Of a .docx, the main part of the document ("officeDocument") and the parts of these `kinds` that it leads to, parsed.

    Raises `PackageError`.
    """
    package = OpenPackage(unpacked(data))
    related = {each.kind: each.target for each in package.relations(package.main) if not each.external}
    found = {kind: name for kind in kinds if (name := related.get(f"{RELATIONSHIPS}/{kind}"))}
    names = {"officeDocument": package.main, **found}
    if sum(len(package.part(name)) for name in names.values()) > XML_BYTES:
        raise PackageError("中の文書が大きすぎます")
    parts = {kind: parse(package.part(name)) for kind, name in names.items()}
    if parts["officeDocument"].tag != word("document"):  # the strict kind of Open XML, or no text document
        raise PackageError("ふつうの Word 文書（.docx）として保存されていません")
    return parts


def _relation(element: etree._Element, folder: str) -> Relation:
    target, external = element.get("Target", ""), element.get("TargetMode") == "External"
    if not external and not target.startswith("#"):
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    kind = element.get("Type", "")
    return Relation(key=element.get("Id", ""), kind=kind, target=target, external=external or target.startswith("#"))


def written(main: Mapping[str, Part], root: Iterable[Relation]) -> bytes:
    """The archive of these parts, by their names; `root`: what the package itself leads to."""
    types = "".join(
        f'<Override PartName="/{attribute(name)}" ContentType="{attribute(part.content_type)}"/>'
        for name, part in main.items()
    )
    listed = f'{HEAD}<Types xmlns="{_CONTENT_TYPES}">{_DEFAULTS}{types}</Types>'
    files = {_TYPES: listed.encode(), "_rels/.rels": _relations(root)}
    for name, part in main.items():
        files[name] = part.data
        if part.relations:
            folder, file = posixpath.split(name)
            files[posixpath.join(folder, "_rels", f"{file}.rels")] = _relations(part.relations)
    return packed(files)


def _relations(relations: Iterable[Relation]) -> bytes:
    rows = "".join(
        f'<Relationship Id="{attribute(each.key)}" Type="{attribute(each.kind)}"'
        f' Target="{attribute(each.target if each.external else "/" + each.target)}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if each.external else ''}/>"
        for each in relations
    )
    return f'{HEAD}<Relationships xmlns="{_RELATIONSHIPS}">{rows}</Relationships>'.encode()
