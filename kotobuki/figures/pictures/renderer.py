"""An SVG file or a page of a PDF file drawn as a PNG image: a program of its own. The one home of pypdfium2 and resvg_py.

In: the file at standard input; as arguments what it is (svg, pdf), the columns and rows of points that the image may
have, the page (from 1), the points a pt of the page may have at most, the font's file and family. Out: the PNG image at
standard output, or a word that says why there is none. Both libraries are native code, which a file made with evil
intent can bring down or keep busy for ever: here it can do neither to the process that asks, and has little memory.
Knows nothing of the rest of Kotobuki, which calls it through `vector`.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image as Pillow

_MEMORY = 1 << 30  # bytes of addresses, of which the libraries take half; a page of A4 at 300 dpi takes 35 MB a layer
_SECONDS = 4  # of computing; an honest page takes less than one


class RefusedError(Exception):
    """The file cannot be drawn; the message is a word for `vector`."""


def draw_svg(data: bytes, columns: int, rows: int, font: str, family: str) -> Pillow.Image:
    """The SVG image as large as `columns` × `rows` points allow, on white. All its text has the one font."""
    import resvg_py
    from PIL import Image as Pillow

    try:
        png = resvg_py.svg_to_bytes(
            svg_string=data.decode(),
            width=columns,
            height=rows,
            background="white",
            skip_system_fonts=True,  # they differ between computers
            font_files=[font] if font else [],
            font_family=family,
            serif_family=family,
            sans_serif_family=family,
            cursive_family=family,
            fantasy_family=family,
            monospace_family=family,
        )
    except ValueError as error:
        raise RefusedError("broken") from error
    return Pillow.open(BytesIO(png))


def draw_pdf(data: bytes, columns: int, rows: int, page: int, finest: float) -> Pillow.Image:
    """The page as large as `columns` × `rows` points and `finest` points a pt allow, with its form fields and stamps."""
    import pypdfium2
    from pypdfium2 import raw

    try:
        with pypdfium2.PdfDocument(data) as pdf:
            if raw.FPDF_GetSecurityHandlerRevision(pdf) >= 0:
                raise RefusedError("encrypted")
            if not 1 <= page <= len(pdf):
                raise RefusedError(f"no-page {len(pdf)}")
            pdf.init_forms()
            drawn = pdf[page - 1]
            width, height = drawn.get_size()
            scale = min(columns / width, rows / height, finest)
            image: Pillow.Image = drawn.render(scale=scale, optimize_mode="print").to_pil()
            return image
    except pypdfium2.PdfiumError as error:
        raise RefusedError("encrypted" if error.err_code == raw.FPDF_ERR_PASSWORD else "broken") from error
    except ZeroDivisionError as error:
        raise RefusedError("broken") from error


def main() -> None:
    """Read the file, write the image."""
    kind, columns, rows, page, finest, font, family = sys.argv[1:]
    data, out = sys.stdin.buffer.read(), sys.stdout.buffer
    try:
        if kind == "svg":
            image = draw_svg(data, int(columns), int(rows), font, family)
        else:
            image = draw_pdf(data, int(columns), int(rows), int(page), float(finest))
    except RefusedError as refused:
        out.write(str(refused).encode())
        return
    image = image.convert("RGB")
    red, green, blue = (band.tobytes() for band in image.split())
    (image.convert("L") if red == green == blue else image).save(out, "PNG")


def _limit() -> None:
    """Little memory and time, where the system can say so, and no memory dump of a process that falls."""
    if sys.platform != "win32":
        import resource

        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
            resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))


if __name__ == "__main__":
    _limit()
    main()
