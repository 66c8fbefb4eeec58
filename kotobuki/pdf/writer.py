"""Pages to PDF.

In: finished pages, the press that has set them, metadata, papers by key and name. Out: the bytes of a file that is the
same for the same input, wherever and whenever: fonts embedded as one subset each, every character extractable, tagged, with outline, page labels, links, title and language, as PDF/A-2a and PDF/UA-1 want it. Nothing about
the look of a page, and nothing about what stands on it, is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kotobuki import __version__
from kotobuki.layout.page import Artwork, Inset, Page
from kotobuki.layout.structure import Element
from kotobuki.pdf.archive import metadata, output_intent
from kotobuki.pdf.content import image_name
from kotobuki.pdf.navigation import links, outline, page_labels, paper_starts
from kotobuki.pdf.objects import Name, PdfFile, Ref, Stream, Value
from kotobuki.pdf.press import Press
from kotobuki.pdf.structure import Path, TaggedPage, put_structure


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
    file, names = PdfFile(), dict(papers)
    sheets = [press.sheet(page) for page in pages]
    fonts = {font.name: font for sheet in sheets for font in sheet.fonts}
    tree, refs = file.reserve(), [file.reserve() for _ in pages]
    images = _images(file, pages)
    resources = file.add({"Font": {name: font.put(file) for name, font in fonts.items()}, "XObject": images or None})
    starts = paper_starts(pages, refs)
    tagged: list[TaggedPage] = []
    annotated = len(pages)
    for number, (page, sheet, ref) in enumerate(zip(pages, sheets, refs, strict=True)):
        drawn = sheet.content(starts)
        annotations = links(file, page, starts, annotated)
        belonging = [(each, element) for each, element in annotations if element]
        annotated += len(belonging)
        tagged.append(TaggedPage(ref, page.paper, drawn.marked, belonging, dict(_boxes(page))))
        about: dict[str, Value] = {
            "Type": Name("Page"),
            "Parent": tree,
            "MediaBox": [0, 0, page.width, page.height],
            "Resources": resources,
            "Contents": file.add(drawn.stream),
            "StructParents": number,
            "Tabs": Name("S"),
            "Annots": [each for each, _ in annotations] or None,
        }
        file.put(ref, about)
    file.put(tree, {"Type": Name("Pages"), "Kids": refs, "Count": len(refs)})
    info = {"Title": title, "Author": author, "Subject": subject, "Producer": f"Kotobuki {__version__}"}
    claims = claims and all(font.face.embedded for font in fonts.values())
    catalog: dict[str, Value] = {
        "Type": Name("Catalog"),
        "Pages": tree,
        "Outlines": outline(file, pages, refs, names),
        "PageMode": Name("UseOutlines" if len(starts) > 1 else "UseNone"),
        "PageLabels": page_labels(pages, names),
        "Lang": "ja-JP",
        "ViewerPreferences": {"DisplayDocTitle": True},
        "MarkInfo": {"Marked": True},
        "StructTreeRoot": put_structure(file, tagged, names),
        "Metadata": file.add(
            Stream(metadata(info, claims=claims), {"Type": Name("Metadata"), "Subtype": Name("XML")}, plain=True)
        ),
        "OutputIntents": [output_intent(file)],
    }
    return file.to_bytes(catalog, {key: text for key, text in info.items() if text})


def _boxes(page: Page) -> Iterator[tuple[Element, Sequence[float]]]:
    """Where the figures of a page stand."""
    for item in page.drawn:
        if isinstance(item, Artwork) and item.element is not None:
            left, top, right, bottom = item.box
            yield item.element, (left, page.height - bottom, right, page.height - top)
        elif isinstance(item, Inset):
            yield item.element, (0, 0, page.width, page.height)


def _images(file: PdfFile, pages: Sequence[Page]) -> dict[str, Ref]:
    """The images of the pages by name, each put into the file once."""
    found: dict[str, Ref] = {}
    for page in pages:
        for item in page.drawn:
            if isinstance(item, Artwork) and (image := item.image) and image_name(image) not in found:
                about: dict[str, Value] = {
                    "Type": Name("XObject"),
                    "Subtype": Name("Image"),
                    "Width": image.columns,
                    "Height": image.rows,
                    "ColorSpace": Name("DeviceGray" if image.colours == 1 else "DeviceRGB"),
                    "BitsPerComponent": 8,
                }
                found[image_name(image)] = file.add(Stream(image.stream, about, image.packing))
    return found
