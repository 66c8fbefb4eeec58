"""PDFs that others made, page by page: a 別添, a Word form printed by LibreOffice.

In: the file that a case names, inside the case's folder, or bytes. Out: its pages; or a diagnostic that says why it cannot be
bound, or what of it does not come along. What readers see of form fields and stamps is drawn into its pages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from kotobuki.build.foreign.bounds import is_bounded
from kotobuki.build.foreign.inspection import claims, left_behind, members, objection
from kotobuki.build.foreign.tags import SPOILT
from kotobuki.diagnostics import Diagnostics, reason_of
from kotobuki.layout.page import Inset
from kotobuki.layout.structure import Element
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.limits import IMAGE_BYTES, IMAGES_BYTES, PDF_PAGES
from kotobuki.pdf.archive import metadata, srgb
from kotobuki.reading.nodes import Scalar

if TYPE_CHECKING:
    import pikepdf


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignPage:
    """A page of somebody else's PDF: page `index` (from 0) of `file`, a path or the bytes; its size in pt; a digest of it.

    `lasts`: it is PDF/A-2a and PDF/UA-1, and what it is bound into can be.
    """

    file: Path | bytes
    index: int
    width: float
    height: float
    digest: str
    lasts: bool = False


_AGAIN = "元のソフトでPDFに保存し直してください"
_SMALLER = "要るページだけを、画像を小さくして保存し直してください"
_WIDEST = 14_400.1  # pt: no page may be larger (ISO 32000-1, annex C)
_Refuse = Callable[[str, str, str], tuple[ForeignPage, ...]]
"""Reports a rule, a reason and a remedy."""

_Remark = Callable[[list[str], str], None]
"""Reports what of a file does not come along, and why what it is bound into cannot last; nothing if they are empty."""


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
    try:
        if not is_bounded(file):
            limit = f"{IMAGES_BYTES // 1_000_000}MB、一つの図は{IMAGE_BYTES // 1_000_000}MBまで"
            return refuse("attachment-large", f"は、中身を広げると大きすぎます（合わせて{limit}）", _SMALLER)
        return _pages(file, refuse, partial(_remark, name, diagnostics))
    except SPOILT:
        return refuse("attachment-damaged", "は壊れています（中の値が、PDFの決まりに合いません）", _AGAIN)
    except OSError as error:
        return refuse(
            "attachment-unreadable", f"を開けません（{reason_of(error)}）", "読み取りの許可を確かめてください"
        )


def _remark(name: Scalar, diagnostics: Diagnostics, lost: list[str], against: str) -> None:
    if lost:
        diagnostics.warning(
            name.place(),
            "attachment-active",
            f"別添「{name.value}」の{'・'.join(lost)}は、会議資料に移しません（ページの見た目だけを綴じます）",
            "要るものは、本文に書くか、別のファイルで配ってください",
        )
    if against:
        diagnostics.warning(
            name.place(),
            "attachment-plain",
            f"別添「{name.value}」には{against}。綴じた会議資料は、PDF/A・PDF/UAではない、ふつうのPDFになります",
            "長く残すときは、元のソフトで「PDF/A-2a」「PDF/UA（アクセシビリティ）」を選んで保存し直してください",
        )


def archivable(data: bytes, info: Mapping[str, str]) -> tuple[bytes, str, bool]:
    """A PDF of LibreOffice without what the time of day or chance put into it, the program, and whether it lasts.

    `info`: Title and Author. LibreOffice writes PDF/A-2a and PDF/UA-1, but calls it 2b and explains the names of PDF/UA wrongly.
    """
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        producer = str(pdf.docinfo.get("/Producer", ""))
        lasts = claims(pdf, ("2A", "2B"))
        about = {key: text for key, text in {**info, "Producer": producer}.items() if text}
        entries = pikepdf.Dictionary({f"/{key}": pikepdf.String(text) for key, text in about.items()})
        pdf.trailer.Info = pdf.make_indirect(entries)
        pdf.Root.Metadata = pdf.make_stream(
            metadata(about, claims=lasts), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
        )
        if "/OpenAction" in pdf.Root:
            del pdf.Root.OpenAction
        for intent in members(pdf.Root, "/OutputIntents"):
            intent.DestOutputProfile = pdf.make_stream(srgb(), N=3)  # LibreOffice's own bears the time of day
        for chance in ("/ID", "/DocChecksum"):
            if chance in pdf.trailer:
                del pdf.trailer[chance]
        written = BytesIO()
        pdf.save(written, deterministic_id=True, fix_metadata_version=False)
    return written.getvalue(), producer, lasts


def insets(title: str, pages: Sequence[ForeignPage]) -> Iterator[Inset]:
    """What stands for the pages of a PDF on ours: figures that are called by its title, or what has tags of its own."""
    whole = Element(kind="Sect")
    for number, page in enumerate(pages, 1):
        words = title if len(pages) == 1 else f"{title}（{number}ページ目）"
        yield Inset(whole if page.lasts else Element(kind="Figure", parent=whole, description=words))


def sizes(data: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in pt."""
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        return [_size(page) for page in pdf.pages]


def _pages(file: Path, refuse: _Refuse, remark: _Remark) -> tuple[ForeignPage, ...]:
    import pikepdf

    remedy = _AGAIN
    try:
        with pikepdf.open(file, attempt_recovery=False) as pdf:
            if pdf.is_encrypted:
                return refuse(
                    "attachment-encrypted", "は保護されています", "パスワードと制限を外して保存し直してください"
                )
            if _disguised(pdf) or _faults(pdf):
                return refuse("attachment-damaged", "は壊れています", remedy)
        with pikepdf.open(file) as pdf:
            lost, against = left_behind(pdf), objection(pdf)
        with flattened(file) as pdf:
            if len(pdf.pages) > PDF_PAGES:
                return refuse("attachment-large", f"のページが多すぎます（{PDF_PAGES:,}ページまで）", _SMALLER)
            pages = tuple(_each_page(file, pdf, lasts=not against))
    except pikepdf.PasswordError:
        return refuse(
            "attachment-encrypted", "は開くのにパスワードが要ります", "パスワードを外して保存し直してください"
        )
    except (pikepdf.PdfError, RuntimeError, ValueError):  # whatever qpdf says of a broken file
        return refuse("attachment-damaged", "は壊れているか、PDFではありません", remedy)
    if not pages:
        return refuse("attachment-empty", "にはページがありません", remedy)
    remark(lost, against)
    return pages


def _disguised(pdf: pikepdf.Pdf) -> bool:
    """Whether the content of a page, or the metadata, calls itself an image: images may be larger than these (`bounds`)."""
    import pikepdf

    parts = [] if (about := pdf.Root.get("/Metadata")) is None else [about]
    for page in pdf.pages:
        contents = page.obj.get("/Contents")
        parts += contents.as_list() if isinstance(contents, pikepdf.Array) else [] if contents is None else [contents]
    return any(isinstance(part, pikepdf.Stream) and part.get("/Subtype") == pikepdf.Name.Image for part in parts)


def _faults(pdf: pikepdf.Pdf) -> list[str]:
    """What qpdf finds wrong. The method has another name since pikepdf 10."""
    check = next(getattr(pdf, name) for name in ("check_pdf_syntax", "check") if hasattr(pdf, name))
    return list(check())


def flattened(file: Path | bytes) -> pikepdf.Pdf:
    """The file with its form fields and stamps drawn into its pages."""
    import pikepdf

    pdf = pikepdf.open(BytesIO(file) if isinstance(file, bytes) else file)
    pdf.generate_appearance_streams()
    pdf.flatten_annotations("print")
    for page in pdf.pages:  # what is left of the fields are those that are not printed
        notes = members(page.obj, "/Annots")
        others = [note for note in notes if str(note.get("/Subtype")) != "/Widget"]
        if len(others) < len(notes):
            page.obj.Annots = pikepdf.Array(others)
    return pdf


def _each_page(file: Path, pdf: pikepdf.Pdf, *, lasts: bool) -> Iterator[ForeignPage]:
    import pikepdf

    for index, page in enumerate(pdf.pages):
        width, height = _size(page)
        with pikepdf.new() as alone:
            alone.pages.append(page)
            data = BytesIO()
            alone.save(data, static_id=True)
        digest = hashlib.sha256(data.getvalue()).hexdigest()
        yield ForeignPage(file=file, index=index, width=width, height=height, digest=digest, lasts=lasts)


def _size(page: pikepdf.Page) -> tuple[float, float]:
    """Raises `ValueError` for a page of no size."""
    left, bottom, right, top = (float(edge) for edge in page.trimbox)
    width, height = round(abs(right - left), 3), round(abs(top - bottom), 3)
    if not (0 < width < _WIDEST and 0 < height < _WIDEST):
        raise ValueError(width, height)
    return (height, width) if int(page.obj.get("/Rotate", 0)) % 180 else (width, height)
