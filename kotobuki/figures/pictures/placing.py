"""画像: a PNG, JPEG or SVG file or a page of a PDF file of the case's folder, made fit for both outputs. The one home
of Pillow.

In: the name of a file. Out: a `Drawing` that holds the image, in the middle of its room. A file outside the folder
(through a link, too), a broken one, one of another kind and one too large are diagnostics at its name. How many points
an image has is asked before a single one is unpacked, so that no small file can fill the memory. What is no image of
points becomes one in `vector`.
"""

from __future__ import annotations

import hashlib
import struct
import warnings
import zlib
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kotobuki.case.figures import Picture
from kotobuki.diagnostics import Diagnostics
from kotobuki.drawing import Drawing, Image
from kotobuki.figures.pictures.files import file_of
from kotobuki.figures.pictures.vector import DPI, Refuse, Room, kind_of, pdf_image, svg_image
from kotobuki.fonts.face import FontFace

if TYPE_CHECKING:
    from PIL import Image as Pillow

_MOST_BYTES = 20_000_000
_MOST_POINTS = 40_000_000
"""More than A4 at 600 dpi has, and little enough to be unpacked in memory (120 MB)."""
_COARSEST_DPI = 100
"""An image of points is not enlarged beyond this, unless its width is given."""
_ORIENTATION = 0x0112  # the tag of EXIF
_LEVEL = 6  # of deflate
_KINDS: dict[str, Literal["png", "jpeg"]] = {"PNG": "png", "JPEG": "jpeg"}
_SAVE_AS = "PNGかJPEGの画像、SVGかPDFとして保存し直し、そのファイルの名を書いてください"


def draw_picture(
    picture: Picture, em: float, room: float, height: float, face: FontFace, diagnostics: Diagnostics
) -> Drawing | None:
    """The drawing, `room` pt wide and at most `height` pt high; None after a diagnostic.

    `em` is that of 標準 in pt; `face` is for the text of an SVG file.
    """

    def refuse(rule: str, reason: str, remedy: str) -> None:
        diagnostics.error(picture.place, rule, f"画像「{picture.file}」{reason}", remedy)

    data, dpi = _read(picture, refuse), _COARSEST_DPI
    kind = kind_of(data) if data is not None else None
    if data is not None and picture.page and kind != "pdf":
        refuse("picture-page", "はPDFではないので、ページを選べません", "「ページ」の行を消してください")
        return None
    if data is not None and kind:
        size = Room(min(picture.width_em * em or room, room), height, enlarge=bool(picture.width_em))
        data = (
            svg_image(data, size, face, refuse) if kind == "svg" else pdf_image(data, size, picture.page or 1, refuse)
        )
        dpi = DPI
    opened = _open(data, refuse) if data is not None else None
    if data is None or opened is None:
        return None
    columns, rows = opened.size
    width = picture.width_em * em or columns * 72 / dpi
    scale = min(width, room, height * columns / rows) / columns
    frame = ((room - columns * scale) / 2, 0.0, columns * scale, rows * scale)
    image = _image(data, opened, frame)
    return Drawing(width=room, height=rows * scale, size=em, pitch=em, shapes=(), image=image)


def _read(picture: Picture, refuse: Refuse) -> bytes | None:
    """The bytes of a file that lies in the folder of the case."""
    file, folder = file_of(picture), Path(picture.place.path).parent
    try:
        if not file.resolve().is_relative_to(folder.resolve()):
            refuse(
                "picture-outside",
                "は、案件のフォルダの外を指しています",
                "ファイルそのものを案件のフォルダに置いてください",
            )
        elif not file.is_file():
            refuse("picture-missing", "がありません", "案件と同じフォルダにあるファイルの名を書いてください")
        elif file.stat().st_size > _MOST_BYTES:
            limit = f"{_MOST_BYTES // 1_000_000}MBまでの大きさにしてください"
            refuse("picture-large", f"が大きすぎます（{file.stat().st_size / 1_000_000:.0f}MB）", limit)
        else:
            return file.read_bytes()
    except (OSError, ValueError):  # ValueError: a name that no file can have
        refuse("picture-unreadable", "を開けません", "ファイルの名と、読み取りの許可があるかを確かめてください")
    return None


def _open(data: bytes, refuse: Refuse) -> Pillow.Image | None:
    """The image, its points unpacked, upright, grey or RGB on white."""
    from PIL import Image as Pillow
    from PIL import ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what the camera wrote: nothing of it is printed
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            opened = Pillow.open(BytesIO(data), formats=list(_KINDS))
            if opened.width * opened.height > _MOST_POINTS:
                raise Pillow.DecompressionBombError
            opened.load()
            turned = opened.getexif().get(_ORIENTATION, 1) != 1
            upright = ImageOps.exif_transpose(opened) if turned else opened
    except UnidentifiedImageError:
        refuse("picture-kind", "は、PNG、JPEG、SVG、PDFのどれでもありません", _SAVE_AS)
        return None
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning):
        limit = f"縦×横が{_MOST_POINTS // 10_000}万点までの画像にしてください"
        refuse("picture-large", "の点が多すぎます", limit)
        return None
    except (
        OSError,
        SyntaxError,
        ValueError,
        TypeError,
        LookupError,
        EOFError,
        struct.error,
        zlib.error,
    ):  # what Pillow says of broken files
        refuse("picture-broken", "は壊れています", _SAVE_AS)
        return None
    if opened.mode in ("L", "RGB") and not turned and not _see_through(opened):
        return opened
    if _see_through(upright):
        upright = Pillow.alpha_composite(Pillow.new("RGBA", upright.size, "white"), upright.convert("RGBA"))
    return upright.convert("L" if upright.mode in ("1", "L") else "RGB")


def _see_through(image: Pillow.Image) -> bool:
    return "A" in image.getbands() or "transparency" in image.info


def _image(data: bytes, opened: Pillow.Image, frame: tuple[float, float, float, float]) -> Image:
    """The image for both outputs: a file that can stay as it is stays so."""
    as_it_is = opened.format == "JPEG"
    if opened.format is None:  # turned upright, or without its transparency
        buffer = BytesIO()
        opened.save(buffer, "PNG")
        data = buffer.getvalue()
    x, y, width, height = frame
    return Image(
        x=x,
        y=y,
        width=width,
        height=height,
        kind="jpeg" if as_it_is else "png",
        columns=opened.width,
        rows=opened.height,
        colours=1 if opened.mode == "L" else 3,
        packing="DCTDecode" if as_it_is else "FlateDecode",
        digest=hashlib.sha256(data).hexdigest(),
        data=data,
        stream=data if as_it_is else zlib.compress(opened.tobytes(), _LEVEL),
    )
