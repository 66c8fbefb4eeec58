"""The XML of a part, read with suspicion."""

from __future__ import annotations

from lxml import etree

from kotobuki.archive import PackageError

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def parse(data: bytes) -> etree._Element:
    """The root element of a part. Raises `PackageError` for one that is not well-formed, or that declares entities.

    A part is UTF-8 or UTF-16 (ECMA-376, part 2), whatever encoding it claims: so no declaration can hide from us.
    """
    try:
        text = data.decode("utf-16" if data.startswith(_UTF_16) else "utf-8-sig")
        if "<!DOCTYPE" in text:
            raise PackageError("中の XML に文書型の宣言（DOCTYPE）があります")
        parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, remove_pis=True)
        return etree.fromstring(text.encode(), parser)
    except UnicodeDecodeError:
        raise PackageError("Word 文書の中の XML が、UTF-8ではありません") from None
    except etree.XMLSyntaxError as error:
        raise PackageError(f"Word 文書の中の XML が壊れています（{error.lineno}行目）") from None
