"""What `archive.packed` writes by itself is what `zipfile` writes."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from kotobuki.archive import packed, unpacked

PARTS = {
    "a.xml": b"<a/>" * 500,
    "word/styles.xml": "様式".encode() * 900,
    "media/empty.png": b"",
    "図.png": b"\x00\xff",
}


@pytest.mark.parametrize("shared", [(), ("word/styles.xml",), tuple(PARTS)])
def test_an_archive_is_as_zipfile_writes_it(shared: tuple[str, ...]) -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name, data in PARTS.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(info, data)
    assert packed(PARTS, shared) == packed(PARTS, shared) == stream.getvalue()


def test_an_archive_without_parts_can_be_read() -> None:
    assert unpacked(packed({})) == {}
    assert unpacked(packed(PARTS)) == PARTS
