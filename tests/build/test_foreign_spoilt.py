"""別添 that are spoilt or made with evil intent: each ends in a diagnostic."""

from __future__ import annotations

import base64
import zlib
from pathlib import Path
from random import Random

import pikepdf
import pytest
from support.pdf_samples import written
from support.spoilt import spoilt

from kotobuki.build.foreign import bounds, read_attachment
from kotobuki.diagnostics import Diagnostics
from kotobuki.limits import STREAM_BYTES, STREAMS_BYTES
from kotobuki.reading.nodes import Scalar

NAME = Scalar("添.pdf", "案件.yaml", ((0, 1, 1),))


def read(folder: Path) -> tuple[int, list[str]]:
    """How many pages there are, and the rules of what is said."""
    diagnostics = Diagnostics()
    pages = read_attachment(folder, NAME, diagnostics)
    assert bool(pages) != bool(diagnostics.errors)
    assert all("添.pdf" in each.reason and each.remedy for each in diagnostics)
    return len(pages), [each.rule for each in diagnostics.errors]


def plain(folder: Path, **page: object) -> None:
    """A PDF of one page with these keys, as text."""
    with pikepdf.new() as file:
        added = file.add_blank_page(page_size=(200, 300))
        added.Contents = file.make_stream(b"0 0 50 50 re f")
        for key, value in page.items():
            added.obj[f"/{key}"] = value
        file.save(folder / "添.pdf", object_stream_mode=pikepdf.ObjectStreamMode.disable)


VALUES: dict[str, dict[str, object]] = {
    "rotated by a name": {"Rotate": pikepdf.Name("/x")},
    "no size": {"MediaBox": [0, 0, 0, 0]},
    "huge": {"MediaBox": [0, 0, 1e9, 1e9]},
    "a box of names": {"TrimBox": pikepdf.Array([pikepdf.Name("/a")] * 4)},
    "a short box": {"MediaBox": [0, 0]},
    "notes that are a number": {"Annots": 5},
    "notes of numbers": {"Annots": [1, 2]},
}


@pytest.mark.parametrize("page", VALUES.values(), ids=VALUES)
def test_a_page_of_wrong_values_is_said(tmp_path: Path, page: dict[str, object]) -> None:
    plain(tmp_path, **page)
    count, rules = read(tmp_path)
    assert count or rules == ["attachment-damaged"]


@pytest.fixture
def little(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundredth of what streams may unpack to, so that no test has to pack and unpack hundreds of megabytes."""
    monkeypatch.setattr(bounds, "STREAM_BYTES", STREAM_BYTES // 100)
    monkeypatch.setattr(bounds, "STREAMS_BYTES", STREAMS_BYTES // 100)


@pytest.mark.parametrize("sizes", [(800_000,), (400_000,) * 8])
def test_streams_that_unpack_to_too_much_are_refused(tmp_path: Path, little: None, sizes: tuple[int, ...]) -> None:
    with pikepdf.new() as file:
        page = file.add_blank_page(page_size=(200, 300))
        page.Contents = pikepdf.Array([file.make_stream(bytes(size)) for size in sizes])
        file.save(tmp_path / "添.pdf")
    assert (tmp_path / "添.pdf").stat().st_size < 10_000
    assert read(tmp_path) == (0, ["attachment-large"])


def packed(folder: Path, data: bytes, *filters: str, **about: object) -> None:
    """A PDF with this stream, packed so, as the content of its page; or, if it has a Width, as an image on it."""
    with pikepdf.new() as file:
        page = file.add_blank_page(page_size=(200, 300))
        stream = file.make_stream(b"", {f"/{key}": value for key, value in about.items()})
        stream.write(data, filter=pikepdf.Array([pikepdf.Name(f"/{each}") for each in filters]))
        if "Width" in about:
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=stream))
        else:
            page.Contents = stream
        file.save(folder / "添.pdf", stream_decode_level=pikepdf.StreamDecodeLevel.none)


ZEROS = zlib.compress(bytes(800_000), 9)
CHAINS: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "twice": (zlib.compress(ZEROS), ("FlateDecode", "FlateDecode")),
    "as letters": (base64.a85encode(ZEROS) + b"~>", ("ASCII85Decode", "FlateDecode")),
    "as numbers": (ZEROS.hex().encode() + b">", ("ASCIIHexDecode", "FlateDecode")),
    "by their short names": (ZEROS.hex().encode() + b">", ("AHx", "Fl")),
    "run lengths": (b"\x81\x00" * 6_000 + b"\x80", ("RunLengthDecode",)),
}


@pytest.mark.parametrize(("data", "filters"), CHAINS.values(), ids=CHAINS)
def test_streams_are_bounded_however_they_are_packed(
    tmp_path: Path, little: None, data: bytes, filters: tuple[str, ...]
) -> None:
    packed(tmp_path, data, *filters)
    assert read(tmp_path) == (0, ["attachment-large"])


def image(width: int, height: int) -> dict[str, object]:
    """What an image says of itself."""
    return {
        "Subtype": pikepdf.Name.Image,
        "Width": width,
        "Height": height,
        "BitsPerComponent": 8,
        "ColorSpace": pikepdf.Name.DeviceRGB,
    }


def test_a_page_scanned_at_600_dpi_is_bound(tmp_path: Path) -> None:
    packed(tmp_path, zlib.compress(bytes(4961 * 7016 * 3), 1), "FlateDecode", **image(4961, 7016))
    assert read(tmp_path) == (1, [])


@pytest.mark.parametrize("width", [10_000, 20_000])
def test_a_photograph_of_too_many_points_is_refused(tmp_path: Path, width: int) -> None:
    frame = b"\xff\xd8\xff\xc0\x00\x11\x08" + width.to_bytes(2) * 2 + b"\x03"
    packed(tmp_path, frame, "DCTDecode", **image(width, width))
    assert read(tmp_path) == (0, ["attachment-large"])


def test_content_that_calls_itself_an_image_is_refused(tmp_path: Path) -> None:
    packed(tmp_path, ZEROS, "FlateDecode", Subtype=pikepdf.Name.Image)
    assert read(tmp_path) == (0, ["attachment-damaged"])


def test_spoilt_files_never_end_in_an_exception(tmp_path: Path) -> None:
    plain(tmp_path)
    samples = [written(), (tmp_path / "添.pdf").read_bytes()]
    for seed in range(120):
        random = Random(seed)
        (tmp_path / "添.pdf").write_bytes(spoilt("pdf", random.choice(samples), random))
        read(tmp_path)
