"""SVG files and pages of PDF files as PNG images of 300 dpi, which stand in both outputs alike.

In: the bytes of a file, the size it may take, the face for the text of an SVG file. Out: a PNG image; or a refusal. An
SVG file may neither lead to other files nor hold what would silently be missing from the image. The drawing itself is
done by `renderer`, in a process of its own.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from dataclasses import field
from functools import lru_cache
from pathlib import Path
from typing import Literal
from xml.parsers import expat

from kotobuki.fonts.face import FontFace, characters
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.programs import PYTHON

DPI = 300
"""Points an inch of the image as it is placed: what office printers can show."""
_SECONDS = 20  # by the clock; `renderer` has less of computing, where the system can count that
_KNOWN_FILTERS = frozenset(
    (
        *("feGaussianBlur", "feOffset", "feMerge", "feMergeNode", "feFlood", "feBlend", "feComposite"),
        *("feColorMatrix", "feDropShadow", "feComponentTransfer", "feFuncR", "feFuncG", "feFuncB", "feFuncA"),
    )
)
"""Shadows and tints: what drawing programs make. Others take as long as their numbers say."""
_DEPTH = 200  # of elements in one another
_RENDERER = Path(__file__).with_name("renderer.py")
_EXPORT = "元のソフトで保存し直すか、300dpiほどのPNGに書き出してください"

Refuse = Callable[[str, str, str], None]
"""Reports a rule, a reason and a remedy."""


@dataclass(frozen=True, slots=True)
class Room:
    """What an image may take, in pt. `enlarge`: whether a PDF page may stand larger than it is."""

    width: float
    height: float
    enlarge: bool


def kind_of(data: bytes) -> Literal["svg", "pdf"] | None:
    """What kind of file it is; None: an image of points, if any."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return "svg"
    return "pdf" if b"%PDF-" in data[:1024] else None


def svg_image(data: bytes, room: Room, face: FontFace, refuse: Refuse) -> bytes | None:
    """The PNG image of an SVG file; None after a refusal."""
    try:
        text = data.decode("utf-8-sig")
        content = _Content.of(text)
    except UnicodeDecodeError:
        refuse("picture-broken", "は壊れているか、UTF-8ではありません", _EXPORT)
        return None
    except expat.ExpatError:
        refuse("picture-broken", "は壊れています（SVGとして読み取れません）", _EXPORT)
        return None
    if content.fault:
        refuse(*content.fault)
        return None
    missing = [each for each in characters("".join(content.words)) if not each.isspace() and not face.has(each)]
    if content.words and (missing or face.path is None):
        what = f"の文字「{missing[0]}」" if missing else "の文字"
        remedy = "元のソフトで文字をアウトライン（図形）にして保存し直してください"
        refuse("picture-font", f"{what}を印字するフォントがありません", remedy)
        return None
    font, family = (str(face.path), face.family) if face.path and content.words else ("", "")
    return _image(_drawn("svg", text.encode(), room, 1, font, family), 1, refuse)


def pdf_image(data: bytes, room: Room, page: int, refuse: Refuse) -> bytes | None:
    """The PNG image of a page (from 1) of a PDF file; None after a refusal."""
    # A file cut short is repaired by most programs, with what is left of it.
    answer = _drawn("pdf", data, room, page) if b"%%EOF" in data[-1024:] else b"broken"
    return _image(answer, page, refuse)


def _image(answer: bytes, page: int, refuse: Refuse) -> bytes | None:
    word, _, pages = answer.decode("ascii", "replace").partition(" ") if len(answer) < 100 else ("", "", "")
    if answer.startswith(b"\x89PNG"):
        return answer
    if word == "encrypted":
        refuse("picture-encrypted", "は保護されています", "パスワードと制限を外して保存し直してください")
    elif word == "no-page":
        refuse(
            "picture-page",
            f"に{page}ページ目はありません",
            f"このPDFのページ数は{pages}です。「ページ」の数を確かめてください",
        )
    elif word == "broken":
        refuse("picture-broken", "は壊れています", _EXPORT)
    else:
        refuse("picture-complex", "は、複雑すぎるか壊れているため描けません", _EXPORT)
    return None


@lru_cache(maxsize=16)  # a paper is laid out more than once
def _drawn(kind: str, data: bytes, room: Room, page: int, font: str = "", family: str = "") -> bytes:
    """What the renderer answers; nothing if it fell or took too long."""
    columns, rows = (max(1, int(length * DPI / 72)) for length in (room.width, room.height))
    finest = "inf" if room.enlarge else str(DPI / 72)
    arguments = [kind, str(columns), str(rows), str(page), finest, font, family]
    command = [*PYTHON, str(_RENDERER), *arguments]  # so that modules beside it hide none of libraries, either
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return b""
    return done.stdout if done.returncode == 0 else b""


@dataclass
class _Content:
    """What an SVG file holds, as far as it matters here: its words, and the first fault."""

    words: list[str] = field(default_factory=list)
    fault: tuple[str, str, str] | None = None
    _open: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> _Content:
        """Read it. Raises `ExpatError`."""
        content, parser = cls(), expat.ParserCreate("utf-8")
        parser.StartElementHandler = content._start
        parser.EndElementHandler = lambda _: content._open.pop()
        parser.CharacterDataHandler = content._text
        parser.EntityDeclHandler = lambda *_: content._refuse(
            "picture-svg", "は、実体宣言（<!ENTITY>）を使っています", _EXPORT
        )
        parser.Parse(text.encode(), True)  # noqa: FBT003  # the last of the data: has no name
        return content

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        parent = self._open[-1] if self._open else ""
        self._open.append(name)
        if not parent and name != "svg":
            self._refuse("picture-kind", "は、SVGではありません", "PNG、JPEG、SVG、PDFのファイルの名を書いてください")
        if len(self._open) > _DEPTH:
            self._refuse("picture-complex", "は、グループの入れ子が深すぎます", _EXPORT)
        if name == "foreignObject" and parent != "switch":
            remedy = "文字をSVGの文字（text）かアウトラインにして保存し直すか、300dpiほどのPNGに書き出してください"
            self._refuse("picture-svg", "は、SVGでない中身（foreignObject）を含みます", remedy)
        if name.startswith("fe") and name not in _KNOWN_FILTERS:
            self._refuse("picture-svg", f"は、使えない効果（{name[:30]}）を含みます", _EXPORT)
        if name in ("image", "feImage", "use"):
            self._check_links(attributes)

    def _check_links(self, attributes: dict[str, str]) -> None:
        for key, value in attributes.items():
            link = key.rpartition(":")[2] == "href" and not re.match(r"\s*(#|data:|$)", value)
            if link:
                reason = f"は、ほかのファイル「{value[:40]}」を読み込みます"
                self._refuse("picture-svg", reason, "画像を埋め込んで保存し直すか、300dpiほどのPNGに書き出してください")

    def _text(self, text: str) -> None:
        if "text" in self._open and not text.isspace():
            self.words.append(text)

    def _refuse(self, rule: str, reason: str, remedy: str) -> None:
        self.fault = self.fault or (rule, reason, remedy)
