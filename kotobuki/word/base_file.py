"""Opens `templates/base.docx`.

In: the path. Out: a `BasePackage`, whose `stylesheet` layout follows. What is read of a file is remembered.
"""

from __future__ import annotations

from pathlib import Path

from kotobuki.archive import PackageError, read_file
from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.remembering import remembered
from kotobuki.stylesheet import Stylesheet
from kotobuki.word.base import BasePackage, unreadable


def read_stylesheet(path: Path, diagnostics: Diagnostics, shown: str = "") -> Stylesheet:
    """The stylesheet alone, where no .docx is to be written."""
    return read_base(path, diagnostics, shown).stylesheet


def read_base(path: Path, diagnostics: Diagnostics, shown: str = "") -> BasePackage:
    """Opens base.docx (for the user: `shown`).

    Errors in it go to `diagnostics`; what is returned then serves only to go on looking for more.
    """
    shown = shown or str(path)
    try:
        data = read_file(path)
    except PackageError as error:
        return unreadable(error, Place(shown), diagnostics)
    base, heard = _base_of(data, shown)
    diagnostics.hear(heard)
    return base


@remembered
def _base_of(data: bytes, shown: str) -> tuple[BasePackage, Diagnostics]:
    """The package in a file, and what there is to say about it."""
    from kotobuki.word.base_reading import base_of

    heard = Diagnostics()
    return base_of(data, Place(shown), heard), heard
