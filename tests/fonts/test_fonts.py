"""Finding the 明朝, measuring it, and naming what it lacks."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from support.paths import ROOT
from support.spoilt import spoilt

from kotobuki.diagnostics import CommandError, Place
from kotobuki.document import Cell, Document, Enclosed, PageRef, Paper, Paragraph, Row, Run, Table
from kotobuki.fonts import (
    FONT_PATH_VARIABLE,
    FontFace,
    TrueTypeFace,
    characters,
    find_font,
    is_font,
    is_usual,
    missing_glyphs,
)
from kotobuki.fonts.files import open_faces

VARIANT = "\U000e0100"


def installed(*names: str) -> FontFace:
    """The font of one of these names, which the test needs."""
    face = find_font(names)
    if not face.embedded:
        pytest.skip("no TrueType 明朝 is installed")
    return face


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the only place with fonts."""
    installed()  # before its folders are out of reach
    monkeypatch.setenv(FONT_PATH_VARIABLE, str(tmp_path))
    return tmp_path


def source(*names: str) -> bytes:
    """The file of an installed font."""
    path = installed(*names).path
    assert path is not None
    return path.read_bytes()


def collection(*fonts: bytes) -> bytes:
    """A TrueType collection of whole fonts, one after the other."""
    head = 12 + 4 * len(fonts)
    offsets, body = [], b""
    for font in fonts:
        base = head + len(body)
        offsets.append(base)
        count = int.from_bytes(font[4:6])
        moved = bytearray(font)
        for record in range(12, 12 + 16 * count, 16):
            (offset,) = struct.unpack_from(">I", font, record + 8)
            struct.pack_into(">I", moved, record + 8, offset + base)
        body += bytes(moved) + b"\0" * (-len(moved) % 4)
    return b"ttcf" + struct.pack(f">HHI{len(fonts)}I", 1, 0, len(fonts), *offsets) + body


def test_a_font_that_stands_in_for_another_is_told_from_it() -> None:
    face = installed()
    assert is_font(face, face.family)
    assert not is_font(installed("甲乙明朝"), "甲乙明朝")
    assert [is_usual(name) for name in ("ＭＳ 明朝", "MS Mincho", "IPAmj明朝", "甲乙明朝", "ＭＳ ゴシック")] == [
        True
    ] * 3 + [False] * 2


@pytest.mark.parametrize("name", ["BIZ UD明朝", "BIZ UDMincho", "ＢＩＺ　ＵＤ明朝", "biz ud明朝", "BIZUDMincho"])
def test_a_font_is_found_by_any_spelling_of_its_name(name: str) -> None:
    if installed("BIZ UD明朝").family != "BIZ UD明朝":
        pytest.skip("BIZ UD明朝 is not installed")
    assert find_font(["IPAex明朝"]) is not find_font([name])
    assert find_font([name]).family == "BIZ UD明朝"


def test_the_first_font_that_is_there_is_taken() -> None:
    assert find_font(["どこにもない明朝", "IPAex明朝", "BIZ UD明朝"]) is find_font(["IPAex明朝", "BIZ UD明朝"])


def test_one_face_is_one_value_whatever_it_was_asked_as() -> None:
    face = installed()
    assert find_font(["どこにもない明朝"]) is find_font([face.family]) is face


def test_a_collection_gives_the_face_of_the_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as system:
        system.delenv(FONT_PATH_VARIABLE)
        both = collection(source("BIZ UDP明朝"), source("BIZ UD明朝"))
        if find_font(["BIZ UDP明朝"]) is find_font(["BIZ UD明朝"]):
            pytest.skip("BIZ UD明朝 and BIZ UDP明朝 are not both installed")
    (folder / "BIZ-UDMinchoM.TTC").write_bytes(both)
    square, proportional = find_font(["BIZ UD明朝"]), find_font(["BIZ UDP明朝"])
    assert (square.family, proportional.family) == ("BIZ UD明朝", "BIZ UDP明朝")
    assert square.advance_em("W") == 0.5 != proportional.advance_em("W")
    for face in (square, proportional):
        assert isinstance(face, TrueTypeFace)
        assert face.subset(["あ", "い"]).data.startswith(b"\0\1\0\0")  # one TrueType font


def test_a_renamed_file_is_found_by_its_name_table(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as system:
        system.delenv(FONT_PATH_VARIABLE)
        data, family = source(), find_font().family
    (folder / "sub").mkdir()
    (folder / "sub" / "kept by the office.ttf").write_bytes(data)
    assert find_font([family]).path == folder / "sub" / "kept by the office.ttf"


def test_what_is_installed_while_a_process_runs_is_found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who keeps `serve` open, is told that a font is missing and installs it."""
    with monkeypatch.context() as system:
        system.delenv(FONT_PATH_VARIABLE)
        data, family = source(), find_font().family
    assert not find_font([family]).embedded
    (folder / "font.ttf").write_bytes(data[:5000])  # as long as it is being copied
    assert not find_font([family]).embedded
    (folder / "font.ttf").write_bytes(data)
    face = find_font([family])
    assert face.embedded
    assert find_font([family]) is face


def test_what_cannot_be_embedded_is_passed_over(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as system:
        system.delenv(FONT_PATH_VARIABLE)
        data = source()
    (folder / "msmincho.ttc").write_bytes(data[:5000])  # cut off
    (folder / "BIZUDMincho-Regular.ttf").write_bytes(data.replace(b"glyf", b"CFF ", 1))  # no TrueType outlines
    (folder / "ipaexm.ttf").write_bytes("フォントではない".encode())
    (folder / "ipamjm.ttf").mkdir()
    assert not find_font(["ＭＳ 明朝"]).embedded


def test_a_spoilt_font_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, name, outcomes = source(), installed().family, set()
    for seed in range(40):
        place = tmp_path / str(seed)  # of its own, as what was found is kept
        place.mkdir()
        (place / "font.ttf").write_bytes(spoilt("ttf", whole, Random(seed)))
        monkeypatch.setenv(FONT_PATH_VARIABLE, str(place))
        face = find_font([name])
        outcomes.add(face.embedded)
        assert face.advance_em("あ") >= 0
        if isinstance(face, TrueTypeFace):
            assert face.subset(["あ", ("第", 1250)]).data
    assert outcomes == {True, False}


def test_a_font_that_is_spoilt_where_it_is_used_is_named(tmp_path: Path) -> None:
    file = tmp_path / "font.ttf"
    font = bytearray(source())
    for record in range(12, 12 + 16 * int.from_bytes(font[4:6]), 16):
        if font[record : record + 4] == b"hmtx":
            font[record + 12 : record + 16] = bytes(4)
    file.write_bytes(font)
    with pytest.raises(CommandError, match="壊れている"):
        TrueTypeFace(file).subset(["あ", ("第", 1250)])


def test_a_collection_of_four_billion_faces_is_passed_over(folder: Path) -> None:
    file = folder / "hostile.ttc"
    file.write_bytes(b"ttcf" + struct.pack(">HHI", 1, 0, 0xFFFFFFFF) + bytes(400))
    assert open_faces(file) == []


def test_without_any_font_the_standard_one_stands_in_and_says_so(folder: Path) -> None:
    face = find_font(["ＭＳ 明朝"])
    assert (face.embedded, face.path, face.postscript_name) == (False, None, "HeiseiMin-W3")
    assert [face.advance_em(ch) for ch in "あ髙1ｱ"] == [1, 1, 0.5, 0.5]
    assert [face.has(ch) for ch in "髙﨑惠①𠮷é\a"] == [True, True, True, True, False, False, False]


def test_the_folders_given_replace_those_of_the_system(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FONT_PATH_VARIABLE, os.pathsep.join((str(folder / "none"), "")))
    assert not find_font().embedded


def test_advances_are_those_of_the_font() -> None:
    face = installed("BIZ UD明朝")
    assert face.advance_em("漢") == face.advance_em("、") == 1
    assert 0 < face.advance_em("1") < 1
    assert face.advance_em("葛" + VARIANT) == 1
    assert face.advance_em(VARIANT) == face.advance_em("\u200f") == 0
    assert 0.7 < face.ascent < 1 and -0.3 < face.descent < 0


def test_characters_keep_their_selector_and_lose_what_is_invisible() -> None:
    assert list(characters("葛" + VARIANT + "飾\u200f区")) == ["葛" + VARIANT, "飾", "区"]
    assert list(characters(VARIANT + "区")) == ["区"]


def document(*inlines: Run | Enclosed | PageRef, label: str = "") -> Document:
    cell = Cell((Paragraph(role="表", inlines=inlines, label=label),))
    return Document(
        title="題",
        papers=(
            Paper(
                key="a",
                name="諮問書",
                blocks=(Paragraph(role="本文"), Table(style="表", widths=(40.0,), rows=(Row((cell,)),))),
            ),
        ),
    )


def test_a_missing_character_is_named_with_its_place_in_the_source() -> None:
    places = ((0, Place("a.yaml", 3, 5)), (4, Place("a.yaml", 4, 7)))
    found = list(
        missing_glyphs(document(Run(text="氏名は\U0001f600山田\U0010fffd太郎", at=places)), lambda role: installed())
    )
    assert [(each.character, each.codes, each.place, each.variant) for each in found] == [
        ("\U0001f600", "U+1F600", Place("a.yaml", 3, 8), False),
        ("\U0010fffd", "U+10FFFD", Place("a.yaml", 4, 9), False),
    ]


def test_every_kind_of_text_is_looked_at() -> None:
    bad = "\U0010fffd"
    everywhere = document(Run(text=bad), Enclosed(bad), PageRef("a", "first", bad), label=bad)
    assert [each.place for each in missing_glyphs(everywhere, lambda role: installed())] == [None] * 4


def test_names_as_typed_are_not_missing() -> None:
    assert list(missing_glyphs(document(Run(text="髙﨑惠　①㈱～（葛\u200f）")), lambda role: installed())) == []


def test_a_variant_that_the_font_does_not_know_is_told_apart() -> None:
    face = installed("BIZ UD明朝")
    if not face.has_sequence("葛" + VARIANT):
        pytest.skip("the font has no variants")
    wanted = Run(text="葛" + VARIANT + "、あ" + VARIANT, at=((0, Place("a.yaml", 1, 1)),))
    (found,) = missing_glyphs(document(wanted), lambda role: face)
    assert (found.character, found.variant, found.place) == ("あ" + VARIANT, True, Place("a.yaml", 1, 4))


def test_the_face_of_each_role_is_asked() -> None:
    asked: list[str] = []

    def face_of(role: str) -> FontFace:
        asked.append(role)
        return installed()

    list(missing_glyphs(document(Run(text="あ")), face_of))
    assert asked == ["本文", "表"]


@pytest.mark.process
def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    script = "import sys, kotobuki.fonts, kotobuki.pdf; print({'uharfbuzz', 'pikepdf', 'PIL'} & set(sys.modules))"
    root = str(ROOT)
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
