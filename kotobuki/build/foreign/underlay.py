"""Pages of others put into the places that were left for them in a PDF of ours.

In: our PDF, whose page says where it stands (`layout.page.Inset`), and the pages. Out: the PDF with each drawn there, fitted
into its page, so that outline, page labels, links and numbers are all ours. A page comes as a form, without annotations.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from kotobuki.build.foreign.pages import ForeignPage, flattened
from kotobuki.build.foreign.tags import Placed, Tags
from kotobuki.layout.page import INSET

if TYPE_CHECKING:
    import pikepdf


def underlay(data: bytes, pages: Mapping[int, ForeignPage]) -> bytes:
    """The PDF `data` with a foreign page in each of the pages whose index (from 0) is in `pages`."""
    import pikepdf

    sources: dict[Path | bytes, pikepdf.Pdf] = {}
    placed: dict[Path | bytes, dict[tuple[int, int], Placed]] = {}
    with pikepdf.open(BytesIO(data)) as target:
        for index, page in pages.items():
            if page.file not in sources:
                sources[page.file] = flattened(page.file)
            foreign = sources[page.file].pages[page.index]
            where = Placed(target.pages[index].obj, _put(target.pages[index], target, foreign))
            if page.lasts:
                placed.setdefault(page.file, {})[foreign.obj.objgen] = where
        for number, (file, own) in enumerate(placed.items(), 1):
            Tags(target, sources[file], own, f"{number}-").put_below(_freed(target, own))
        written = BytesIO()
        target.save(written, deterministic_id=True, fix_metadata_version=False)
    for source in sources.values():
        source.close()
    return written.getvalue()


def _put(page: pikepdf.Page, target: pikepdf.Pdf, foreign: pikepdf.Page) -> pikepdf.Object:
    """Make a page the form that is drawn on ours, fitted into it."""
    import pikepdf

    form = target.copy_foreign(foreign.as_form_xobject())
    drawn = page.calc_form_xobject_placement(
        form,
        pikepdf.Name(f"/{INSET}"),
        pikepdf.Rectangle(page.mediabox),
        invert_transformations=False,
        allow_shrink=True,
        allow_expand=True,
    )
    # "q … cm /Inset Do Q": what fits it in becomes part of the form.
    numbers = drawn.split(b"cm")[0].split()[-6:]
    own = form.get("/Matrix")
    a, b, c, d, e, f = map(float, numbers)
    fitted = (pikepdf.Matrix() if own is None else pikepdf.Matrix(own)) @ pikepdf.Matrix(a, b, c, d, e, f)
    form.Matrix = fitted.as_array()
    shared = page.Resources
    forms = pikepdf.Dictionary({**dict(shared.get("/XObject", {}).items()), f"/{INSET}": form})
    page.obj.Resources = pikepdf.Dictionary({**dict(shared.items()), "/XObject": forms})
    return form


def _freed(target: pikepdf.Pdf, placed: Mapping[tuple[int, int], Placed]) -> pikepdf.Object:
    """The element that stands for these pages, and for no mark of them any more: they have marks of their own."""
    import pikepdf

    numbers = target.Root.StructTreeRoot.ParentTree.Nums
    for each in placed.values():
        at = 2 * int(each.page.StructParents) + 1
        element = numbers[at][0]
        numbers[at] = pikepdf.Array()
    return element
