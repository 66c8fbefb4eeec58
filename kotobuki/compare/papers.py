"""Compared files as papers: the 新旧対照表 as Word or PDF, and the redline of one paper as Word.

In: compared files. Out: the bytes of a file, made like any other Document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from kotobuki.build.bundle import BundleMaker
from kotobuki.build.workshop import Workshop
from kotobuki.compare.comparison import NAME, comparison
from kotobuki.compare.files import NOT_AS_CASE, FileDiff, faults
from kotobuki.compare.redline import redline_docx
from kotobuki.diagnostics import Diagnostics, Place, UsageError
from kotobuki.forms.compose import Bundle
from kotobuki.settings.house_style import HouseStyle
from kotobuki.word.base import check_roles


def comparison_file(
    found: Sequence[FileDiff], format_: str, names: tuple[str, str], diagnostics: Diagnostics
) -> bytes | None:
    """The 新旧対照表 as `format_` (docx, pdf); None if there is nothing to show, or after an error.

    `names`: of the new and the old side, "" = as the house style has them.
    """
    _warn_of_the_rest(found, diagnostics)
    version = next((each.new for each in found if each.new), None)
    if version is None:
        return None
    project = version.project.anew(diagnostics)
    organization = project.organization
    style = organization.style if organization else HouseStyle()
    table = replace(style.comparison, new=names[0] or style.comparison.new, old=names[1] or style.comparison.old)
    document = comparison(found, table, organization.name if organization else "", style.font)
    if document is None:
        return None
    document = replace(
        document, squeeze=style.squeeze, hang_in_cells=style.hang_in_cells, strict_kinsoku=style.strict_kinsoku
    )
    workshop = Workshop(project)
    made = workshop.lay_out(document, Place(version.shown, 1, 1))
    if made is None:
        return None
    document, papers = made
    pages = tuple(page for each in papers for page in each)
    return dict(workshop.files(NAME, document, pages, (format_,)))[f"{NAME}.{format_}"]


def redline_file(
    found: Sequence[FileDiff], paper: str, author: str, day: date | None, diagnostics: Diagnostics
) -> bytes | None:
    """The redline of a paper of the one case among the files; None if no case differs, or after an error.

    `paper`: its name, "" = the first that the department makes by itself. Raises `UsageError` where it cannot be told what
    to make it of.
    """
    cases = [each for each in found if each.bundles]
    if len(cases) > 1:
        names = "、".join(each.shown for each in cases)
        raise UsageError(f"変わった案件が{len(cases)}件あります（{names}）。「--」の後に、一つを書いてください")
    if not cases:
        _say_unread(found, diagnostics)
        return None
    sides = []
    for version, bundle in zip((cases[0].old, cases[0].new), cases[0].bundles or (), strict=True):
        assert version is not None  # a case is in both
        workshop = Workshop(version.project.anew(diagnostics))
        name = paper or next((each.name for each in bundle.case.form.papers if not each.meeting), "")
        made = BundleMaker(workshop, bundle).make()
        document = made.alone(name) if made and name not in _word_forms(bundle) else None
        if made and document is None:
            known = "・".join(each.name for each in made.document.papers if each.name not in _word_forms(bundle))
            raise UsageError(f"「{name}」という書類はありません。--paper に書けるのは {known} です")
        sides.append((workshop, document))
    (_, old), (workshop, new) = sides
    if old is None or new is None:
        return None
    check_roles(old, workshop.base.stylesheet, workshop.project.shown(workshop.base_file), diagnostics)
    if diagnostics.errors:
        return None
    at = datetime(day.year, day.month, day.day) if day else None
    return redline_docx(old, new, workshop.base, author or new.author, at)


def _say_unread(found: Sequence[FileDiff], diagnostics: Diagnostics) -> None:
    """Why none of the files that differ is a case: its errors, or that it is something else."""
    unread = [version for each in found if each.note == NOT_AS_CASE for version in (each.old, each.new) if version]
    diagnostics.found += [each for version in unread for each in faults(version)]
    if found and not diagnostics.errors:
        names = "、".join(each.shown for each in found)
        raise UsageError(f"変わったファイル（{names}）は、両方の版にある案件ではないため、作れません")


def _warn_of_the_rest(found: Sequence[FileDiff], diagnostics: Diagnostics) -> None:
    """Which files of a case the table does not show as they are printed, or not at all."""
    among_cases = any(each.bundles for each in found)
    for each in found:
        place = Place(each.shown)
        if each.note == NOT_AS_CASE:
            remedy = "書類のとおりに示すには、kotobuki build --check で誤りを調べ、直してからもう一度作ってください"
            reason = "様式のとおりに読めない所があるため、新旧対照表に載せていません" if among_cases else NOT_AS_CASE
            diagnostics.warning(place, "compared-by-keys", reason, remedy)
        elif each.old is None or each.new is None:
            what = "新しい" if each.old is None else "なくなった"
            remedy = "比べる相手があるときは、二つのファイルを kotobuki diff OLD NEW と書いてください"
            diagnostics.warning(place, "not-compared", f"{what}ファイルなので、新旧対照表に載せていません", remedy)


def _word_forms(bundle: Bundle) -> set[str]:
    """The papers that are a department's own Word form: they are filled, not set."""
    return {each.name for each in bundle.case.form.papers if each.is_word}
