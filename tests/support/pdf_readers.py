"""What readers of a PDF make of it: their text, its structure, whether it keeps to PDF/A-2a and PDF/UA-1.

`READERS` needs the marker `pdftools` for poppler; the others are Python libraries.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
from support import pdftools


def _pypdf(data: bytes) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


def _pdfminer(data: bytes) -> str:
    from pdfminer.high_level import extract_text

    return extract_text(BytesIO(data))


def _pdfium(data: bytes) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as file:
        return "\n".join(page.get_textpage().get_text_range() for page in file).replace("\r", "")


READERS: dict[str, Callable[[bytes], str]] = {
    "poppler": pdftools.extracted,
    "pypdf": _pypdf,
    "pdfminer.six": _pdfminer,
    "PDFium": _pdfium,
}
"""The text that each reader finds."""


def faults(data: bytes) -> list[str]:
    """What keeps the file from being PDF/A-2a and PDF/UA-1 by page-validation, and PDF/A-2b by pikepdf; [] = nothing."""
    from page import ValidationProfile, validate_pdf_bytes
    from pikepdf import pdfa

    found = [
        f"{profile.value}: {failure.rule_id}: {failure.message}"
        for profile in (ValidationProfile.PDF_A_2A, ValidationProfile.PDF_UA_1)
        for failure in validate_pdf_bytes(data, profile=profile).failures
    ]
    report = pdfa.validate_written(BytesIO(_as_2b(data)), "2b")
    return [*found, *(f"2b: {finding}" for finding in report.findings)]


def claims(data: bytes) -> list[str]:
    """What the file says that it is."""
    with pikepdf.open(BytesIO(data)) as file:
        words = file.Root.Metadata.read_bytes().decode()
    return [f"{name} {value}" for name, value in re.findall(r"<(pdfu?aid:\w+)>(\w+)<", words)]


def _as_2b(data: bytes) -> bytes:
    """The file with metadata that say 2b alone, all else as it is: pikepdf knows neither level A nor PDF/UA."""

    def blank(found: re.Match[bytes]) -> bytes:
        return b" " * len(found[0])

    data = data.replace(b"<pdfaid:conformance>A<", b"<pdfaid:conformance>B<")
    data = re.sub(rb"<pdfuaid:part>1</pdfuaid:part>", blank, data)
    data = re.sub(rb"<pdfaExtension:schemas>.*?</pdfaExtension:schemas>", blank, data, flags=re.DOTALL)
    return re.sub(rb'xmlns:(pdfuaid|pdfaExtension|pdfaSchema|pdfaProperty)="[^"]*"', blank, data)


def tree(data: bytes, *, words: bool = False) -> list[str]:
    """The structure as an outline: kinds with their attributes, and marks as page (from 1) and number, p1.0, or their words.

    python -m support.pdf_readers FILE prints it, in the folder of tests.
    """
    with pikepdf.open(BytesIO(data)) as file:
        pages = {page.obj.objgen: number for number, page in enumerate(file.pages, 1)}
        drawn = {f"p{at}.{mark}": text for at, page in enumerate(file.pages, 1) for mark, text in _marks(page)}
        lines = list(_branch(file.Root.StructTreeRoot.K, pages, 0, ""))
    return [re.sub(r"p\d+\.\d+$", lambda found: drawn.get(found[0], "…"), line) for line in lines] if words else lines


def _branch(node: pikepdf.Object, pages: dict[tuple[int, int], int], page: int, indent: str) -> Iterator[str]:
    if isinstance(node, pikepdf.Array):
        for each in node.as_list():
            yield from _branch(each, pages, page, indent)
        return
    if isinstance(node, int):
        yield f"{indent}p{page}.{node}"
        return
    page = pages[node.Pg.objgen] if "/Pg" in node else page
    if node.get("/Type") == "/MCR":
        yield f"{indent}p{page}.{int(node.MCID)}" + (" of a form" if "/Stm" in node else "")
    elif node.get("/Type") == "/OBJR":
        yield f"{indent}{str(node.Obj.Subtype)[1:]} on p{page}"
    else:
        found = node.get("/A", pikepdf.Array())
        owners = found.as_list() if isinstance(found, pikepdf.Array) else [found]
        about = [f"{key[1:]}={_plain(value)}" for each in owners for key, value in each.items() if key != "/O"]
        about += [f"Alt=“{node.Alt}”"] if "/Alt" in node else []
        yield indent + " ".join([str(node.S)[1:], *([f"“{node.T}”"] if "/T" in node else []), *about])
        if "/K" in node:
            yield from _branch(node.K, pages, page, indent + "  ")


def _marks(page: pikepdf.Page) -> Iterator[tuple[int, str]]:
    """The words of each mark of a page, by its number."""
    fonts = {name: _unicode(font) for name, font in page.Resources.get("/Font", {}).items()}
    codes: dict[int, str] = {}
    number, text = -1, ""
    for instruction in pikepdf.parse_content_stream(page):
        operands = instruction.operands
        match str(instruction.operator):
            case "BDC" if "/MCID" in operands[1]:
                number, text = int(operands[1].MCID), ""
            case "EMC" if number >= 0:
                yield number, text
                number = -1
            case "Tf":
                codes = fonts[str(operands[0])]
            case "Tj":
                text += _decoded(bytes(operands[0]), codes)
            case "TJ":
                shown = (each for each in operands[0] if isinstance(each, pikepdf.String))
                text += "".join(_decoded(bytes(each), codes) for each in shown)
            case _:
                pass  # says nothing


def _unicode(font: pikepdf.Object) -> dict[int, str]:
    pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9a-f]+)>", font.ToUnicode.read_bytes())
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def _decoded(shown: bytes, codes: dict[int, str]) -> str:
    return "".join(codes[int.from_bytes(shown[at : at + 2])] for at in range(0, len(shown), 2))


def _plain(value: object) -> str:
    """A name, a number or an array of numbers."""
    if isinstance(value, pikepdf.Array):
        return f"[{', '.join(map(_plain, value.as_list()))}]"
    return str(value).lstrip("/")


if __name__ == "__main__":
    print("\n".join(tree(Path(sys.argv[1]).read_bytes(), words=True)))
