"""別添 that are spoilt or made with evil intent: each ends in a diagnostic."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pikepdf
import pytest
from support.pdf_samples import written
from support.spoilt import spoilt

from kotobuki.build.foreign import read_attachment
from kotobuki.diagnostics import Diagnostics
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


@pytest.mark.parametrize("sizes", [(80_000_000,), (40_000_000,) * 8])
def test_streams_that_unpack_to_too_much_are_refused(tmp_path: Path, sizes: tuple[int, ...]) -> None:
    with pikepdf.new() as file:
        page = file.add_blank_page(page_size=(200, 300))
        page.Contents = pikepdf.Array([file.make_stream(bytes(size)) for size in sizes])
        file.save(tmp_path / "添.pdf")
    assert (tmp_path / "添.pdf").stat().st_size < 1_000_000
    assert read(tmp_path) == (0, ["attachment-large"])


def test_spoilt_files_never_end_in_an_exception(tmp_path: Path) -> None:
    plain(tmp_path)
    samples = [written(), (tmp_path / "添.pdf").read_bytes()]
    for seed in range(120):
        random = Random(seed)
        (tmp_path / "添.pdf").write_bytes(spoilt("pdf", random.choice(samples), random))
        read(tmp_path)
