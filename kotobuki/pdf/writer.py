"""Pages to PDF.

In: finished pages, metadata, papers by key and name, faces by the font names that the pages use. Out: the bytes of a
file that is the same for the same input, wherever and whenever: fonts embedded as one subset each, every character
extractable, tagged, with outline, page labels, links, title and language, as PDF/A-2a and PDF/UA-1 want it. Nothing about
the look of a page, and nothing about what stands on it, is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kotobuki import __version__
from kotobuki.fonts import FontFace, Sort
from kotobuki.layout.page import Artwork, Inset, Page, TextLine
from kotobuki.layout.structure import Element
from kotobuki.pdf.archive import metadata, output_intent
from kotobuki.pdf.content import SetLine, content, image_name
from kotobuki.pdf.font import PdfFont, embed
from kotobuki.pdf.navigation import links, outline, page_labels, paper_starts
from kotobuki.pdf.objects import Name, PdfFile, Ref, Stream, Value
from kotobuki.pdf.sorts import stretches
from kotobuki.pdf.structure import Path, TaggedPage, put_structure


def write_pdf(
    pages: Sequence[Page],
    *,
    title: str,
    author: str,
    subject: str,
    papers: Sequence[tuple[str, Path]],
    faces: Mapping[str, FontFace],
    claims: bool = True,
) -> bytes:
    """The PDF file of `pages`. `papers`: the key of each and its place in the outline, its own name last.

    `faces`: the face of each font name in the pages. `claims`: whether the file says that it conforms to PDF/A-2a and
    PDF/UA-1; one with a face that is not embedded never does.
    """
    file, names = PdfFile(), dict(papers)
    lines = [_set_lines(page, faces) for page in pages]
    fonts = _fonts(file, lines, faces)
    tree, refs = file.reserve(), [file.reserve() for _ in pages]
    images = _images(file, pages)
    resources = file.add({"Font": {font.name: font.ref for font in fonts.values()}, "XObject": images or None})
    starts = paper_starts(pages, refs)
    tagged: list[TaggedPage] = []
    annotated = len(pages)
    for number, (page, own, ref) in enumerate(zip(pages, lines, refs, strict=True)):
        drawn = content(page, own, fonts, starts)
        annotations = links(file, page, starts, annotated)
        belonging = [(each, element) for each, element in annotations if element]
        annotated += len(belonging)
        tagged.append(TaggedPage(ref, page.paper, drawn.marked, belonging, dict(_boxes(page))))
        about: dict[str, Value] = {
            "Type": Name("Page"),
            "Parent": tree,
            "MediaBox": [0, 0, page.width, page.height],
            "Resources": resources,
            "Contents": file.add(Stream(drawn.data, {})),
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


def _set_lines(page: Page, faces: Mapping[str, FontFace]) -> list[SetLine]:
    return [(item, stretches(item, faces[item.font])) for item in page.drawn if isinstance(item, TextLine)]


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


def _fonts(file: PdfFile, pages: Sequence[Sequence[SetLine]], faces: Mapping[str, FontFace]) -> dict[str, PdfFont]:
    """The fonts of the lines by name, each face put into the file once with the sorts that all lines use."""
    used: dict[FontFace, set[Sort]] = {}
    names: dict[str, FontFace] = {}
    for lines in pages:
        for line, own in lines:
            sorts = used.setdefault(names.setdefault(line.font, faces[line.font]), set())
            for stretch in own:
                for run in stretch.runs:
                    sorts.update(run.sorts)
    fonts = {face: embed(file, f"F{index}", face, drawn) for index, (face, drawn) in enumerate(used.items(), start=1)}
    return {name: fonts[face] for name, face in names.items()}
