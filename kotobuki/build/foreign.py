"""別添: PDFs that others made, bound into the packet as they are.

In: the file that a case names, inside the case's folder. Out: its pages; or a diagnostic that says why it cannot be
bound. `underlay` puts the pages below those of a PDF of ours, so that outline, labels, links and numbers are all ours.
What readers see of form fields and stamps in a foreign PDF is drawn into its pages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from kotobuki.diagnostics import Diagnostics, reason_of
from kotobuki.reading.nodes import Scalar

if TYPE_CHECKING:
    import pikepdf


@dataclass(frozen=True, slots=True)
class ForeignPage:
    """A page of somebody else's PDF: page `index` (from 0) of `file`, a path or the bytes; its size in pt; a digest of it."""

    file: Path | bytes
    index: int
    width: float
    height: float
    digest: str


_Refuse = Callable[[str, str, str], tuple[ForeignPage, ...]]
"""Reports a rule, a reason and a remedy."""


def read_attachment(folder: Path, name: Scalar, diagnostics: Diagnostics) -> tuple[ForeignPage, ...]:
    """The pages of the PDF; none after a diagnostic."""

    def refuse(rule: str, reason: str, remedy: str) -> tuple[ForeignPage, ...]:
        diagnostics.error(name.place(), rule, f"別添「{name.value}」{reason}", remedy)
        return ()

    file = folder / name.value.replace("\\", "/")
    if not file.resolve().is_relative_to(folder.resolve()):
        return refuse("attachment-outside", "は案件のフォルダの外を指しています", "案件と同じフォルダに置いてください")
    if not file.is_file():
        return refuse("attachment-missing", "がありません", "案件のフォルダの中のファイル名を確かめてください")
    return _pages(file, refuse)


def underlay(data: bytes, pages: Mapping[int, ForeignPage]) -> bytes:
    """The PDF `data` with a foreign page below each of the pages whose index (from 0) is in `pages`."""
    import pikepdf

    sources: dict[Path | bytes, pikepdf.Pdf] = {}
    with pikepdf.open(BytesIO(data)) as target:
        for index, page in pages.items():
            if page.file not in sources:
                sources[page.file] = _flattened(page.file)
            _put_below(target.pages[index], target, sources[page.file].pages[page.index], f"/Foreign{index}")
        written = BytesIO()
        target.save(written, deterministic_id=True)
    for source in sources.values():
        source.close()
    return written.getvalue()


def without_clock(data: bytes) -> tuple[bytes, str]:
    """A PDF without what the time of day or chance put into it, and the program that made it."""
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        producer = str(pdf.docinfo.get("/Producer", ""))
        for key in ("/CreationDate", "/ModDate"):
            if key in pdf.docinfo:
                del pdf.docinfo[key]
        if "/Metadata" in pdf.Root:
            del pdf.Root.Metadata
        for key in ("/ID", "/DocChecksum"):
            if key in pdf.trailer:
                del pdf.trailer[key]
        written = BytesIO()
        pdf.save(written, deterministic_id=True)
    return written.getvalue(), producer


def sizes(data: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in pt."""
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        return [_size(page) for page in pdf.pages]


def _put_below(page: pikepdf.Page, target: pikepdf.Pdf, foreign: pikepdf.Page, name: str) -> None:
    """As `Page.add_underlay` does, but under a name that is not drawn by lot."""
    import pikepdf

    form = target.copy_foreign(foreign.as_form_xobject())
    placed = page.add_resource(form, pikepdf.Name.XObject, pikepdf.Name(name))
    whole = pikepdf.Rectangle(page.mediabox)
    drawn = page.calc_form_xobject_placement(
        form, placed, whole, invert_transformations=False, allow_shrink=True, allow_expand=True
    )
    page.contents_add(drawn, prepend=True)


def _pages(file: Path, refuse: _Refuse) -> tuple[ForeignPage, ...]:
    import pikepdf

    remedy = "元のソフトでPDFに保存し直してください"
    try:
        with pikepdf.open(file, attempt_recovery=False) as pdf:
            if pdf.is_encrypted:
                return refuse(
                    "attachment-encrypted", "は保護されています", "パスワードと制限を外して保存し直してください"
                )
            if _faults(pdf):
                return refuse("attachment-damaged", "は壊れています", remedy)
        with _flattened(file) as pdf:
            pages = tuple(_each_page(file, pdf))
    except pikepdf.PasswordError:
        return refuse(
            "attachment-encrypted", "は開くのにパスワードが要ります", "パスワードを外して保存し直してください"
        )
    except (pikepdf.PdfError, RuntimeError, ValueError):  # whatever qpdf says of a broken file
        return refuse("attachment-damaged", "は壊れているか、PDFではありません", remedy)
    except OSError as error:
        return refuse(
            "attachment-unreadable", f"を開けません（{reason_of(error)}）", "読み取りの許可を確かめてください"
        )
    return pages or refuse("attachment-empty", "にはページがありません", remedy)


def _faults(pdf: pikepdf.Pdf) -> list[str]:
    """What qpdf finds wrong. The method has another name since pikepdf 10."""
    check = next(getattr(pdf, name) for name in ("check_pdf_syntax", "check") if hasattr(pdf, name))
    return list(check())


def _flattened(file: Path | bytes) -> pikepdf.Pdf:
    """The file with its form fields and stamps drawn into its pages."""
    import pikepdf

    pdf = pikepdf.open(BytesIO(file) if isinstance(file, bytes) else file)
    pdf.generate_appearance_streams()
    pdf.flatten_annotations("print")
    return pdf


def _each_page(file: Path, pdf: pikepdf.Pdf) -> Iterator[ForeignPage]:
    import pikepdf

    for index, page in enumerate(pdf.pages):
        width, height = _size(page)
        with pikepdf.new() as alone:
            alone.pages.append(page)
            data = BytesIO()
            alone.save(data, static_id=True)
        digest = hashlib.sha256(data.getvalue()).hexdigest()
        yield ForeignPage(file, index, width, height, digest)


def _size(page: pikepdf.Page) -> tuple[float, float]:
    left, bottom, right, top = (float(edge) for edge in page.trimbox)
    width, height = round(right - left, 3), round(top - bottom, 3)
    return (height, width) if int(page.obj.get("/Rotate", 0)) % 180 else (width, height)
