"""Pages made ready for files: what the separate PDF of a paper and the joined one of its case have in common is made once.

In: pages, and the faces by the font names that they use. Out: their sheets and papers, with one subset of each face for all
pages. An object has the same number in all files, which leave out what they do not need: so whole portions of a file, numbers,
references and all, are written and compressed once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count

from kotobuki.drawing import Image
from kotobuki.fonts import FontFace
from kotobuki.layout.page import Page
from kotobuki.pdf.archive import colours
from kotobuki.pdf.content import image_name
from kotobuki.pdf.font import UsedFont, ready_font
from kotobuki.pdf.navigation import Destination
from kotobuki.pdf.objects import Name, Numbers, Objects, Portion, Ref, Stream, Value
from kotobuki.pdf.paper import Common, Paper, ReadyPaper
from kotobuki.pdf.sheet import Sheet


class Press:
    """Sets pages; any of them can then be printed into any number of files.

    common     objects that each file has of its own
    fonts      of the pages, ready
    images     by name, each with its portion
    following  the key behind those of all pages and annotations
    last       the last number that is given: those of a file's own objects come behind it
    """

    def __init__(self, pages: Sequence[Page], faces: Mapping[str, FontFace]) -> None:
        """Set the words of `pages`, make a subset of each face with the sorts that they use, and number the objects."""
        numbers = Numbers(colours().last)
        self.common = Common(numbers.ref(), numbers.ref())
        fonts, keys = _fonts(faces), count(len(pages))
        sheets = [Sheet(page, fonts, key=key, numbers=numbers, link_keys=keys) for key, page in enumerate(pages)]
        self._sheets = {id(sheet.page): sheet for sheet in sheets}
        self._papers = {key: Paper(own, self.common, numbers) for key, own in _by_paper(sheets).items()}
        used = dict.fromkeys(font for sheet in sheets for font in sheet.fonts)
        self.fonts = {font: ready_font(font, numbers) for font in used}
        self.images = _images(sheets, numbers)
        self.following, self.last = next(keys), numbers.last

    def sheets(self, pages: Iterable[Page]) -> list[Sheet]:
        """Some of the pages, themselves and not their likes, made ready."""
        return [self._sheets[id(page)] for page in pages]

    def papers(self, sheets: Sequence[Sheet], starts: Mapping[str, Destination]) -> dict[str, ReadyPaper]:
        """What these sheets hold of each paper, by its key, for a file whose papers begin at `starts`."""
        return {key: self._papers[key].ready(own, starts) for key, own in _by_paper(sheets).items()}


def _by_paper(sheets: Iterable[Sheet]) -> dict[str, list[Sheet]]:
    papers: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        papers.setdefault(sheet.page.paper, []).append(sheet)
    return papers


def _fonts(faces: Mapping[str, FontFace]) -> dict[str, UsedFont]:
    """The fonts by the names of their faces, one for each face."""
    fonts: dict[FontFace, UsedFont] = {}
    for face in faces.values():
        fonts.setdefault(face, UsedFont(f"F{len(fonts) + 1}", face))
    return {name: fonts[face] for name, face in faces.items()}


def _images(sheets: Iterable[Sheet], numbers: Numbers) -> dict[str, tuple[Ref, Portion]]:
    images = {image_name(image): image for sheet in sheets for image in sheet.images}
    return {name: _image(image, Objects(numbers)) for name, image in images.items()}


def _image(image: Image, objects: Objects) -> tuple[Ref, Portion]:
    about: dict[str, Value] = {
        "Type": Name("XObject"),
        "Subtype": Name("Image"),
        "Width": image.columns,
        "Height": image.rows,
        "ColorSpace": Name("DeviceGray" if image.colours == 1 else "DeviceRGB"),
        "BitsPerComponent": 8,
    }
    return objects.add(Stream(image.stream, about, image.packing)), objects.portion()
