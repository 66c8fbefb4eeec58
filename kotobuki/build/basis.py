"""What papers depend on though nothing of it is printed, so that what is up to date can be told (`freshness`).

In: the workshop and a case whose papers have been made. Out: files, which may not be there, and folders in which a new file may
be another answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kotobuki.build.bundle import LaidOutBundle
from kotobuki.build.workshop import Workshop
from kotobuki.forms.compose import Bundle
from kotobuki.project import FORM, MEETING, TEMPLATES


def looked_through(workshop: Workshop) -> Iterator[Path]:
    """The folders: another form or template, ledger, font may come there."""
    from kotobuki.fonts import font_folders

    yield from workshop.project.template_folders
    yield workshop.project.root / TEMPLATES
    yield workshop.numbers.register.folder
    yield from font_folders()


def asked(workshop: Workshop, file: Path, bundle: Bundle, made: LaidOutBundle, *, pdf: bool) -> tuple[Path, ...] | None:
    """The files, for the case in `file`. `pdf`: whether its Word forms were to be printed.

    None = more than can be told: LibreOffice, which is not there, may be installed anywhere.
    """
    if made.word_forms() and pdf and workshop.office.program is None:
        return None
    return tuple(_asked(workshop, file, bundle, made))


def _asked(workshop: Workshop, file: Path, bundle: Bundle, made: LaidOutBundle) -> Iterator[Path]:
    project = workshop.project
    yield file.parent / MEETING
    yield from project.forms_read
    yield from workshop.numbers.ledgers(file, bundle.case, bundle.meeting, bundle.organization.style)
    for folder in project.template_folders:  # one that is a link is not looked through
        yield from (each / FORM for each in folder.iterdir() if each.is_symlink())
    if made.word_forms():
        yield from workshop.office.traces()
