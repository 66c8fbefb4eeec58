"""Pages to PDF.

In: finished pages, metadata, papers by key and name, faces by the font names that the pages use. Out: the bytes of a
file that is the same for the same input, wherever and whenever: fonts embedded as one subset each, every character
extractable, outline, page labels, links, title and language. Nothing about the look of a page is decided here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kotobuki import __version__
from kotobuki.fonts import FontFace, characters
from kotobuki.layout.page import Artwork, Page, TextLine
from kotobuki.pdf.content import content, image_name
from kotobuki.pdf.font import PdfFont, embed
from kotobuki.pdf.navigation import Path, links, outline, page_labels, paper_starts
from kotobuki.pdf.objects import Name, PdfFile, Ref, Stream, Value


def write_pdf(
    pages: Sequence[Page],
    *,
    title: str,
    author: str,
    subject: str,
    papers: Sequence[tuple[str, Path]],
    faces: Mapping[str, FontFace],
) -> bytes:
    """The PDF file of `pages`. `papers`: the key of each and its place in the outline, its own name last.

    `faces`: the face of each font name in the pages.
    """
    file, names = PdfFile(), dict(papers)
    fonts = _fonts(file, pages, faces)
    tree, refs = file.reserve(), [file.reserve() for _ in pages]
    images = _images(file, pages)
    resources = file.add({"Font": {font.name: font.ref for font in fonts.values()}, "XObject": images or None})
    starts = paper_starts(pages, refs)
    for page, ref in zip(pages, refs, strict=True):
        about: dict[str, Value] = {
            "Type": Name("Page"),
            "Parent": tree,
            "MediaBox": [0, 0, page.width, page.height],
            "Resources": resources,
            "Contents": file.add(Stream(content(page, fonts), {})),
        }
        annotations = links(page, starts)
        file.put(ref, about | ({"Annots": annotations} if annotations else {}))
    file.put(tree, {"Type": Name("Pages"), "Kids": refs, "Count": len(refs)})
    catalog: dict[str, Value] = {
        "Type": Name("Catalog"),
        "Pages": tree,
        "Outlines": outline(file, pages, refs, names),
        "PageMode": Name("UseOutlines" if len(starts) > 1 else "UseNone"),
        "PageLabels": page_labels(pages, names),
        "Lang": "ja-JP",
        "ViewerPreferences": {"DisplayDocTitle": True},
    }
    info = {"Title": title, "Author": author, "Subject": subject, "Producer": f"Kotobuki {__version__}"}
    return file.to_bytes(catalog, {key: text for key, text in info.items() if text})


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


def _fonts(file: PdfFile, pages: Sequence[Page], faces: Mapping[str, FontFace]) -> dict[str, PdfFont]:
    """The fonts of the lines by name, each face put into the file once with the characters that all lines use."""
    used: dict[FontFace, set[str]] = {}
    names: dict[str, FontFace] = {}
    for page in pages:
        for item in page.drawn:
            if isinstance(item, TextLine):
                face = names.setdefault(item.font, faces[item.font])
                for span in item.spans:
                    used.setdefault(face, set()).update(characters(span.text))
    fonts = {face: embed(file, f"F{index}", face, drawn) for index, (face, drawn) in enumerate(used.items(), start=1)}
    return {name: fonts[face] for name, face in names.items()}
