"""A case made again and again while it is being written: its pages after each change, in one process.

In: the text of a case, saved or not. Out: a `Preview`: what there is to say, the Document and its pages. What did not
change is not made again: forms, organization and base.docx are kept by what their files hold, trees of YAML and set
lines by their texts. So nothing kept can be out of date, whoever changed a file meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kotobuki.build.bundle import BundleMaker, Papers
from kotobuki.build.jobs import bundle_of, jobs_of
from kotobuki.build.workshop import Workshop
from kotobuki.diagnostics import Diagnostic, Diagnostics
from kotobuki.document import Document
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.project import Project
from kotobuki.reading.openings import Openings, report_reviews


@dataclass(frozen=True, slots=True)
class Preview:
    """A case as it is written now. After an error there are no document and no pages.

    openings: what is still to be written and to be looked at; None where the case cannot be read.
    """

    diagnostics: tuple[Diagnostic, ...]
    openings: Openings | None = None
    document: Document | None = None
    papers: Papers = ()


class Session:
    """The cases of a project, while they are written.

    >>> Session(root).make(root / "cases/r4-1/02-jinken-keihatsu.yaml", {file: text.encode()}).papers[0][0].number
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def make(self, file: Path, unsaved: Mapping[Path, bytes] | None = None) -> Preview:
        """The papers of the case in `file`, in its meeting where it has one; `unsaved`: files that are not saved yet.

        A paper that is a Word form stands as a slip, as its pages are LibreOffice's. Raises `UsageError` where there is
        no base.docx.
        """
        diagnostics = Diagnostics()
        texts = {path.resolve(): data for path, data in (unsaved or {}).items()}
        workshop = Workshop(Project(self.root, diagnostics, texts))
        made = openings = None
        for job in jobs_of(file, workshop.project):
            if bundle := bundle_of(workshop, job):
                openings = bundle.openings
                report_reviews(openings.reviews, diagnostics, final=False)
                made = BundleMaker(workshop, bundle, pdf=False).make()
        if made is None or diagnostics.errors:
            return Preview(tuple(diagnostics), openings)
        return Preview(tuple(diagnostics), openings, made.document, made.pages)
