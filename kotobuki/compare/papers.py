"""Compared files as papers: the 新旧対照表 as Word or PDF.

In: compared files. Out: the bytes of a file, made like any other Document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kotobuki.case.house_style import HouseStyle
from kotobuki.compare.comparison import NAME, comparison
from kotobuki.compare.files import FileDiff
from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.project import Project
from kotobuki.workshop import Workshop


def comparison_file(
    found: Sequence[FileDiff], format_: str, names: tuple[str | None, str | None], diagnostics: Diagnostics
) -> bytes | None:
    """The 新旧対照表 as `format_` (docx, pdf); None if there is nothing to show, or after an error.

    `names`: of the new and the old side, None = as the house style has them.
    """
    version = next((each.new for each in found if each.new), None)
    if version is None:
        return None
    project = Project(version.project.root, diagnostics)
    organization = project.organization
    style = organization.style if organization else HouseStyle()
    table = replace(style.comparison, new=names[0] or style.comparison.new, old=names[1] or style.comparison.old)
    document = comparison(found, table, organization.name if organization else "", style.font)
    if document is None:
        return None
    document = replace(document, squeeze=style.squeeze, strict_kinsoku=style.strict_kinsoku)
    workshop = Workshop(project)
    made = workshop.lay_out(document, Place(version.shown, 1, 1))
    if made is None:
        return None
    document, papers = made
    pages = tuple(page for each in papers for page in each)
    return dict(workshop.files(NAME, document, pages, (format_,)))[f"{NAME}.{format_}"]
