"""A meeting's folder to its packet: 会議資料.pdf and 会議資料.docx, or every diagnostic and nothing written.

In: the folder and the options of the command. Out: the files, and a summary of what is bound. Cases are composed by
`BundleMaker`, as in a build, and joined as Documents and Pages: no .docx or .pdf of ours is ever merged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import groupby
from pathlib import Path, PurePosixPath

from kotobuki.build.basis import asked, looked_through
from kotobuki.build.bundle import BundleMaker, Renumber
from kotobuki.build.confined import Confined
from kotobuki.build.folders import AGENDA, folder_of
from kotobuki.build.foreign import insets, read_attachment, underlay
from kotobuki.build.freshness import Records
from kotobuki.build.jobs import jobs_of
from kotobuki.build.manifest import MANIFEST
from kotobuki.build.outputs import doubts, others, stale
from kotobuki.build.staging import staging
from kotobuki.build.workshop import Workshop, fonts_of
from kotobuki.case.case import Case
from kotobuki.checks.registry import check_packet
from kotobuki.checks.subjects import CaseOnAgenda
from kotobuki.diagnostics import Diagnostics, Place, UsageError
from kotobuki.figures.pictures.files import picture_files
from kotobuki.forms.compose import Bundle, names_of
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.numbering.names import printed
from kotobuki.packet.binding import Packet, Positions, bind, counted
from kotobuki.packet.command import BuiltPacket, PacketOptions, PaperLine
from kotobuki.packet.front import FrontMaker
from kotobuki.packet.issue import FOLDER, Issue, check_issue, records_of, say_if_different, write_record
from kotobuki.packet.leaves import BoundPaper, Leaf, PacketPart
from kotobuki.packet.numbers import numbered_papers
from kotobuki.packet.record import former, formers, packet_manifest
from kotobuki.project import CASES, MEETING, Project, find_root
from kotobuki.reading.openings import Openings, report_reviews
from kotobuki.settings.meeting import Agenda, Meeting
from kotobuki.settings.organization import Organization

NAME = "会議資料"


@dataclass(frozen=True, slots=True)
class PageNumbering:
    """How pages are numbered: `own` of a 議案's pages (None: as they come), `positions` in the packet."""

    own: dict[int, Renumber] = field(default_factory=dict)
    positions: Positions = counted


class PacketMaker:
    """Makes the packet of one meeting. `pdf`: whether Word forms are to be printed.

    `read`: the files it was made from; `openings`: what is open in them; `front`: what makes the packet's own papers;
    `asked`: of each case, what it depends on besides (`basis.asked`).
    """

    def __init__(
        self, folder: Path, root: Path | None, diagnostics: Diagnostics, *, final: bool = False, pdf: bool = True
    ) -> None:
        if not (folder / MEETING).is_file():
            raise UsageError(f"「{folder}」に {MEETING} がありません。会議のフォルダを指定してください")
        self.folder, self.final, self.diagnostics = folder, final, diagnostics
        self.workshop = Workshop(Project(root or find_root(folder), diagnostics))
        self.pdf_wanted, self.office = pdf, ""
        self.read: set[Path] = {folder / MEETING, self.workshop.project.organization_file}
        self.asked: list[tuple[Path, ...] | None] = []
        self.openings = Openings()
        self.front: FrontMaker | None = None

    @property
    def name(self) -> str:
        """What the meeting's folder of outputs is called, below the output folder."""
        return str(folder_of(self.folder, self.workshop.project))

    def make(self, numbering: PageNumbering | None = None) -> Packet | None:
        """The packet; None after a diagnostic."""
        project = self.workshop.project
        meeting, organization = project.meeting(self.folder), project.organization
        if meeting is None or organization is None:
            return None
        if not (meeting.agenda or meeting.withdrawn):
            place, remedy = Place(project.shown(self.folder / MEETING)), "例：2: 02-jinken.yaml"
            self.diagnostics.error(place, "agenda-empty", "議案が一つも決まっていません", remedy)
            return None
        numbering = numbering or PageNumbering()
        front = self.front = FrontMaker(self.workshop, meeting, organization, final=self.final)
        cases = list(self._cases(meeting, organization))
        self._look_for_openings([meeting, organization, *(case for *_, case in cases)])
        on_agenda = [CaseOnAgenda(case, meeting, agenda.number) for agenda, _, case in cases]
        numbered = list(numbered_papers(meeting, on_agenda, organization))
        self.diagnostics.report(check_packet(meeting, on_agenda, numbered))
        parts = []
        for agenda, file, case in cases:
            bundle = Bundle(case, organization, meeting.committee, meeting, agenda.number)
            part = self._part(bundle, file, front, numbering.own.get(agenda.number))
            parts += [part] if part else []
        if self.diagnostics.errors:
            front.front(())  # for what is wrong with it, so that all is reported at once
            return None
        packet = bind(parts, front, numbering.positions)
        fonts = fonts_of([leaf.page for leaf in packet.leaves] if packet else ())
        self.read |= front.read | {self.workshop.base_file}
        self.read |= {path for font in fonts if (path := self.workshop.face(font).path)}
        return packet

    def _look_for_openings(self, files: Sequence[Meeting | Organization | Case]) -> None:
        """Gather what is open, and say what has not been looked at."""
        self.openings = Openings(
            tuple(each for file in files for each in file.placeholders),
            tuple(each for file in files for each in file.reviews),
        )
        report_reviews(self.openings.reviews, self.diagnostics, final=self.final)

    def pdf(self, packet: Packet, name: str) -> Iterator[tuple[str, bytes]]:
        """The packet's pages as a PDF called `name`."""
        pages = [leaf.page for leaf in packet.leaves]
        foreign = {index: leaf.source for index, leaf in enumerate(packet.leaves) if leaf.source}
        claims = all(source.lasts for source in foreign.values())
        for file, data in self.workshop.files(name, packet.document, pages, ("pdf",), claims=claims):
            yield file, underlay(data, foreign) if foreign else data

    def manifest(self, packet: Packet, outputs: list[tuple[str, bytes]]) -> bytes:
        """What the packet was made from and what stands on its pages."""
        return packet_manifest(self.workshop.project, self.read, formers(packet.leaves), outputs, self.office)

    def check_against_records(self, packet: Packet, issue: Issue | None) -> None:
        """Hold a packet against what was handed out before: by the rules of `issue`; without one, say where it differs."""
        meeting, records = self.workshop.project.meeting(self.folder), records_of(self.folder)
        pages = [former(leaf) for leaf in packet.leaves]
        if issue and meeting:
            check_issue(issue, records, pages, meeting, self.diagnostics)
        else:
            say_if_different(records, pages, self.workshop.project.shown(self.folder), self.diagnostics)

    def check_outputs(self, out: Path, where: PurePosixPath) -> None:
        """Say what beside the packet, below the output folder, is not whole or is of what is no more."""
        project = self.workshop.project
        meeting, organization = project.meeting(self.folder), project.organization
        if meeting is None or organization is None:
            return
        self.diagnostics.report(others(Confined(out), where, organization.name, project.shown(out / where)))
        for entry in meeting.agenda:
            bundle, how = (
                where / AGENDA.format(entry.number),
                f"kotobuki build {project.shown(self.folder)} で作り直してください",
            )
            self.diagnostics.report(doubts(out, bundle, project.shown(out / bundle), how))
        self.diagnostics.report(stale(out, project, jobs_of(self.folder, project)))

    def _cases(self, meeting: Meeting, organization: Organization) -> Iterator[tuple[Agenda, Path, Case]]:
        project = self.workshop.project
        for agenda in meeting.agenda:
            file = project.case_file(self.folder, agenda.file, agenda.place)
            case = project.case(file) if file else None
            if file and case:
                self.workshop.numbers.check_build(file, case, meeting, organization.style)
                self.read |= {file, project.form_files[case.form.name], *case.table_files}
                yield agenda, file, case

    def _part(self, bundle: Bundle, file: Path, front: FrontMaker, renumber: Renumber | None) -> PacketPart | None:
        """The papers of a case, its 別添 behind them."""
        agenda = bundle.agenda or 0
        prefix, pdf = f"agenda{agenda}-", self.pdf_wanted
        maker = BundleMaker(self.workshop, bundle, final=self.final, prefix=prefix, renumber=renumber, pdf=pdf)
        made = maker.make()
        self.office = (made.producer if made else "") or self.office
        self.read |= maker.templates | set(picture_files(made.document) if made else ())
        self.asked += [asked(self.workshop, file, bundle, made, pdf=pdf)] if made else []
        case, style = bundle.case, bundle.organization.style
        own = (("詰め", case.squeeze, style.squeeze), ("表のぶら下げ", case.hang_in_cells, style.hang_in_cells))
        for name in [name for name, said, usual in own if said not in (None, usual)]:
            self.diagnostics.warning(
                case.place,
                "packet-squeeze",
                f"第{agenda}号議案だけの「{name}」は、一つのWordの会議資料には効きません（行の折り方がPDFと違うことがあります）",
                "Wordでは、議案ごとのファイル（kotobuki build）を使ってください",
            )
        attached = tuple(self._attached(bundle, file, front))
        if made is None:
            return None
        papers = tuple(
            BoundPaper(
                paper,
                tuple(Leaf(agenda, paper.name, page, made.sources(paper.key, at)) for at, page in enumerate(pages)),
            )
            for paper, pages in zip(made.document.papers, made.pages, strict=True)
        )
        set_text, names = bundle.organization.style.digits.set_text, names_of(bundle)
        title = made.document.title
        entry = f"{set_text(f'第{agenda}号議案')}　{title}"
        office = set_text(printed(names.fields["主管課"], names))
        return PacketPart(agenda, entry, title, office, papers + attached)

    def _attached(self, bundle: Bundle, file: Path, front: FrontMaker) -> Iterator[BoundPaper]:
        case, names = bundle.case, names_of(bundle)
        for number, each in enumerate(case.attachments, 1):
            pages = read_attachment(file.parent, each.file, self.diagnostics) if each.file else ()
            if not pages:
                continue
            self.read |= {page.file for page in pages if isinstance(page.file, Path)}
            title = printed(each.title, names)
            name = "別添" if len(case.attachments) == 1 else f"別添{number}"
            key = f"agenda{bundle.agenda}-slip{number}"
            slips = front.slips(key, name, title, len(pages))
            if not slips:  # after an error, here or before: nothing is bound, and all is said
                continue
            for slip, source, inset in zip(slips, pages, insets(title, pages), strict=True):
                page = replace(front.empty_page(f"{key}-1"), width=source.width, height=source.height, items=(inset,))
                yield BoundPaper(slip, (Leaf(bundle.agenda, name, page, source),))


def build_packet(
    folder: Path, options: PacketOptions, root: Path | None, diagnostics: Diagnostics, records: Records | None = None
) -> BuiltPacket:
    """The packet and where it went. Raises `InputError`, `UsageError` or `OutputError`; then nothing is written.

    `records`: where it is remembered what it was made from; what is handed out is not.
    """
    issue = options.issue
    final = options.final or issue is not None
    maker = PacketMaker(folder, root, diagnostics, final=final, pdf="pdf" in options.formats)
    with staging(options.out, diagnostics) as aside:
        packet = maker.make()
        diagnostics.raise_if_errors()
        assert packet is not None  # or there would be errors
        maker.check_against_records(packet, issue)
        where = PurePosixPath(maker.name)
        maker.check_outputs(options.out, where)
        diagnostics.raise_if_errors()
        outputs = list(_outputs(maker, packet, options.formats))
        manifest = maker.manifest(packet, outputs)
        for name, data in (*outputs, (MANIFEST, manifest)):
            aside.write(where / name, data)
        aside.commit()
    record = write_record(folder, issue, manifest) if issue else None
    built = BuiltPacket(where, tuple(_lines(packet)), str(maker.openings), record)
    if records and not issue and not diagnostics.errors:
        _keep(records, options.key(folder, root), maker, options.out, built, aside.files)
    return built


def _keep(
    records: Records, key: str, maker: PacketMaker, out: Path, built: BuiltPacket, made: Mapping[PurePosixPath, str]
) -> None:
    """Remember what the packet was made from, and what its diagnostics are about: papers beside it, what was handed out."""
    known_of = [each for each in maker.asked if each is not None]
    if len(known_of) < len(maker.asked):
        return
    project = maker.workshop.project
    outputs = {str((out / name).absolute()): digest for name, digest in made.items()}
    beside = {*out.rglob(MANIFEST), *(each for each in (out / built.where).rglob("*") if not each.is_dir())}
    known = records.of_command(
        [maker.folder],
        read=[
            *(maker.read.union(*known_of)),
            *(maker.folder / FOLDER).glob("*"),
            *(each for each in beside if str(each.absolute()) not in outputs),
        ],
        looked=[project.root / CASES, maker.folder / FOLDER, *looked_through(maker.workshop)],
    )
    said = tuple(maker.diagnostics)
    records.keep(key, replace(known, outputs=outputs, said=said, lines=(built.told(),)))


def _lines(packet: Packet) -> Iterator[PaperLine]:
    for (agenda, paper), leaves in groupby(packet.leaves, key=lambda leaf: (leaf.agenda, leaf.paper)):
        own = list(leaves)
        pages = [leaf.page.running or leaf.page.printed_number for leaf in own]
        yield PaperLine(agenda, paper, len(own), pages[0], pages[-1])


def _outputs(maker: PacketMaker, packet: Packet, formats: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    if "docx" in formats:
        yield from maker.workshop.files(NAME, packet.document, (), ("docx",))
    if "pdf" in formats:
        yield from maker.pdf(packet, NAME)
