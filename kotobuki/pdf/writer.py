"""Pages to PDF.

In: finished pages, the press that has set them, metadata, papers by key and name. Out: the bytes of a file that is the
same for the same input, wherever and whenever: fonts embedded as one subset each, every character extractable, tagged, with outline, page labels, links, title and language, as PDF/A-2a and PDF/UA-1 want it. Nothing about
the look of a page, and nothing about what stands on it, is decided here.
"""

from __future__ import annotations

from collections.abc import Sequence

from kotobuki import __version__
from kotobuki.layout.page import Page
from kotobuki.pdf.archive import colours, metadata
from kotobuki.pdf.content import image_name
from kotobuki.pdf.navigation import outline, page_labels, paper_starts
from kotobuki.pdf.objects import Name, Numbers, PdfFile, Stream, Value
from kotobuki.pdf.press import Press
from kotobuki.pdf.structure import Path, TaggedPaper, put_structure


def write_pdf(
    pages: Sequence[Page],
    *,
    title: str,
    author: str,
    subject: str,
    papers: Sequence[tuple[str, Path]],
    press: Press,
    claims: bool = True,
) -> bytes:
    """The PDF file of `pages`. `papers`: the key of each and its place in the outline, its own name last.

    `press`: what has made ready these pages, and maybe others, that go into other files. `claims`: whether the file says that it conforms to PDF/A-2a and
    PDF/UA-1; one with a face that is not embedded never does.
    """
    sheets, names = press.sheets(pages), dict(papers)
    refs = [sheet.ref for sheet in sheets]
    starts = paper_starts(sheets)
    ready = press.papers(sheets, starts)
    fonts = {font.name: press.fonts[font] for sheet in sheets for font in sheet.fonts}
    images = {name: press.images[name] for sheet in sheets for name in map(image_name, sheet.images)}
    file = PdfFile(Numbers(press.last))
    for portion in (
        colours().portion,
        *(font.portion for font in fonts.values()),
        *(portion for _, portion in images.values()),
        *(paper.portion for paper in ready.values()),
    ):
        file.include(portion)
    file.put(press.common.pages, {"Type": Name("Pages"), "Kids": refs, "Count": len(refs)})
    resources: dict[str, Value] = {
        "Font": {name: font.ref for name, font in fonts.items()},
        "XObject": {name: ref for name, (ref, _) in images.items()} or None,
    }
    file.put(press.common.resources, resources)
    info = {"Title": title, "Author": author, "Subject": subject, "Producer": f"Kotobuki {__version__}"}
    claims = claims and all(font.face.embedded for font in fonts.values())
    tagged = [TaggedPaper(names[key], paper.tops, paper.parents) for key, paper in ready.items()]
    catalog: dict[str, Value] = {
        "Type": Name("Catalog"),
        "Pages": press.common.pages,
        "Outlines": outline(file, sheets, names),
        "PageMode": Name("UseOutlines" if len(starts) > 1 else "UseNone"),
        "PageLabels": page_labels(pages, names),
        "Lang": "ja-JP",
        "ViewerPreferences": {"DisplayDocTitle": True},
        "MarkInfo": {"Marked": True},
        "StructTreeRoot": put_structure(file, tagged, press.following),
        "Metadata": file.add(
            Stream(metadata(info, claims=claims), {"Type": Name("Metadata"), "Subtype": Name("XML")}, plain=True)
        ),
        "OutputIntents": [colours().intent],
    }
    return file.to_bytes(catalog, {key: text for key, text in info.items() if text})
