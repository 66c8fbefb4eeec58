"""The packet's own papers: the front page and the 次第 before the 議案, and the slips that stand for 別添 in Word.

In: `templates/会議/会議資料.yaml`, which names the templates, and what the list of 議案 says. Out: papers, laid out.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

from kotobuki.build.bundle import refuse_blanks
from kotobuki.build.workshop import Workshop
from kotobuki.diagnostics import Diagnostics, UsageError
from kotobuki.document import Document, Paper
from kotobuki.forms.meeting import AgendaEntry, compose_for_meeting, names_of_meeting
from kotobuki.forms.numbers import session_of, year_of
from kotobuki.forms.plan import PaperPlan, Slip, SwapNotice
from kotobuki.layout.page import Page
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.numbering.resolve import resolve
from kotobuki.reading.kinds import AnyText, Raw
from kotobuki.reading.nodes import Mapping, Node, Scalar
from kotobuki.reading.openings import refuse_placeholders
from kotobuki.reading.records import keyed, read_record
from kotobuki.settings.form import PaperForm
from kotobuki.settings.meeting import Meeting
from kotobuki.settings.organization import Organization

FORM = "会議/会議資料.yaml"
NOTICE, _NOTICE_FILE = "差替えの案内", "会議/差替えの案内.txt"


@dataclass(frozen=True, slots=True)
class FrontForm:
    """The packet's own papers, in order, the slip for a page of a 別添, and the notice that goes with swapped sheets."""

    papers: tuple[PaperForm, ...]
    slip: PaperForm | None
    notice: PaperForm


class _Says(TypedDict, total=False):
    """What a paper says that is not of the meeting: of `PaperPlan`."""

    slip: Slip
    swap: SwapNotice


@dataclass
class FrontMaker:
    """Makes the papers of a meeting's packet that are nobody's 議案. `read`: the files they were made from."""

    workshop: Workshop
    meeting: Meeting
    organization: Organization
    final: bool = False

    def __post_init__(self) -> None:
        """Read the form of a packet; raises `UsageError` where the templates have none."""
        project = self.workshop.project
        self.diagnostics = project.diagnostics
        file = project.template(FORM)
        if file is None:
            raise UsageError(f"templates/{FORM} が見つかりません")
        self.read: set[Path] = {file}
        node = project.read(file)
        self.form = read_front(node, self.diagnostics) if node else FrontForm((), None, _notice(None))

    def document(self, papers: Sequence[Paper]) -> Document:
        """A document of the packet in the house style."""
        style, committee = self.organization.style, self.meeting.committee
        return Document(
            title=self.title,
            papers=tuple(papers),
            author=self.organization.name,
            subject=committee.name,
            squeeze=style.squeeze,
            hang_in_cells=style.hang_in_cells,
            strict_kinsoku=style.strict_kinsoku,
            font=style.font,
        )

    @property
    def title(self) -> str:
        """What the packet is called, as 令和４年度第１回○○委員会資料."""
        words = f"{year_of(self.meeting)}第{session_of(self.meeting)}回{self.meeting.committee.name}資料"
        return self.organization.style.digits.set_text(words)

    def front(self, listed: Sequence[AgendaEntry]) -> list[tuple[Paper, tuple[Page, ...]]]:
        """The papers before the 議案, with their pages; [] after a diagnostic."""
        return self._made([(f"front-paper{at}", form, {}) for at, form in enumerate(self.form.papers, 1)], listed)

    def notice(self, swap: SwapNotice) -> list[tuple[Paper, tuple[Page, ...]]]:
        """The notice to the members that goes with swapped sheets, with its pages; [] after a diagnostic."""
        return self._made([("swap-notice", self.form.notice, {"swap": swap})], ())

    def slips(self, key: str, name: str, title: str, count: int) -> list[Paper]:
        """A slip for each page of a paper that is made elsewhere, to be bound in its place; none if the form has none."""
        if self.form.slip is None:
            return []
        form = PaperForm(name=name, template=self.form.slip.template, numbering="none")
        slips = [(f"{key}-{page}", form, _Says(slip=Slip(title, page, count))) for page in range(1, count + 1)]
        return [paper for paper, _ in self._made(slips, ())]

    def empty_page(self, key: str) -> Page:
        """A page of the paper `key` with nothing on it."""
        page = self.workshop.base.stylesheet.page
        return Page(width=page.width, height=page.height, paper=key, number=None, items=())

    def _made(
        self, wanted: Sequence[tuple[str, PaperForm, _Says]], listed: Sequence[AgendaEntry]
    ) -> list[tuple[Paper, tuple[Page, ...]]]:
        papers = [self._paper(key, form, says, listed) for key, form, says in wanted]
        found = [paper for paper in papers if paper is not None]
        place = self.meeting.gathering.place
        laid_out = self.workshop.lay_out(self.document(found), place) if len(found) == len(papers) else None
        if laid_out is None or self.diagnostics.errors:
            return []
        document, pages = laid_out
        return list(zip(document.papers, pages, strict=True))

    def _paper(self, key: str, form: PaperForm, says: _Says, listed: Sequence[AgendaEntry]) -> Paper | None:
        found = self.workshop.template(form)
        if found is None:
            return None
        file, template = found
        self.read.add(file)
        meeting, organization = self.meeting, self.organization
        plan = PaperPlan(key=key, name=form.name, template=template, numbering=form.numbering, **says)
        composed = compose_for_meeting(meeting, organization, plan, listed, self.diagnostics)
        if composed is None:
            return None
        if self.final:
            refuse_blanks(composed.blanks, form.name, self.diagnostics)
            refuse_placeholders((*meeting.placeholders, *organization.placeholders), self.diagnostics)
        return resolve(composed.paper, names_of_meeting(meeting, organization), self.diagnostics)


@dataclass(frozen=True, slots=True, kw_only=True)
class _FrontKeys:
    """会議資料.yaml as it is written."""

    papers: Mapping | None = keyed("書類", Raw(Mapping), "書類の名: 雛形。並びは綴じる順", required=True)
    slip: Scalar | None = keyed("別添", AnyText(), "別添の代わりに綴じる紙の雛形", required=True)
    notice: Scalar | None = keyed("差替え", AnyText(), "差し替える紙に添える案内の雛形。省けば、付いている雛形")


def _notice(template: Scalar | None) -> PaperForm:
    """The notice that goes with swapped sheets: a form that does not name one has that of Kotobuki."""
    return PaperForm(name=NOTICE, template=template or Scalar(_NOTICE_FILE, "", ((0, 1, 1),)), numbering="none")


def read_front(node: Node, diagnostics: Diagnostics) -> FrontForm:
    """What 会議資料.yaml says; what is wrong with it is reported."""
    if not isinstance(node, Mapping):
        diagnostics.error(node.place(), "packet-form", "「キー: 値」の組で書きます", "例：書類: {表紙: 会議/表紙.txt}")
        return FrontForm((), None, _notice(None))
    written = read_record(_FrontKeys, node, diagnostics, "会議資料.yaml")
    papers, slip = written.papers, written.slip
    found = []
    for key, value in papers.entries if papers else ():
        if isinstance(value, Scalar) and value.value.strip():
            found.append(PaperForm(name=key.value, template=value, numbering="none"))
        else:
            remedy = f"例：{key.value}: 会議/{key.value}.txt"
            diagnostics.error(value.place(), "packet-form", f"書類「{key.value}」の雛形がありません", remedy)
    if papers and not papers.entries:
        diagnostics.error(papers.place(), "packet-form", "書類が一つもありません", "例：表紙: 会議/表紙.txt")
    bound = PaperForm(name="別添", template=slip, numbering="none") if slip else None
    return FrontForm(tuple(found), bound, _notice(written.notice))
