"""The whole build: from paths to papers in Word and PDF, one case at a time.

In: cases or meetings' folders and the options of the command. Out: files in the output folder and a summary; or every
diagnostic of every case, and nothing written. Each stage is a function of values; this module only joins them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from kotobuki.case.case import Case
from kotobuki.case.form import PaperForm
from kotobuki.case.meeting import Meeting
from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.document import Document, Paper
from kotobuki.forms.compose import Bundle, PaperPages, compose, names_of
from kotobuki.layout.columns import settle_columns
from kotobuki.layout.page import Page, TextLine
from kotobuki.layout.pages import lay_out
from kotobuki.manifest import manifest
from kotobuki.numbering.draft import Names
from kotobuki.numbering.names import printed
from kotobuki.numbering.resolve import resolve
from kotobuki.project import BASE, MEETING, Project, find_root
from kotobuki.staging import staging

if TYPE_CHECKING:
    from kotobuki.fonts import FontFace
    from kotobuki.word.base import BasePackage

JOINED = "議案"
"""The name of the file that joins all papers of a bundle."""
FORMATS = ("docx", "pdf")


class UsageError(Exception):
    """The command cannot be carried out as given (exit status 2); the message is Japanese."""


@dataclass(frozen=True, slots=True)
class Options:
    """Options of a build. `papers` and `formats` empty: all of them."""

    out: Path
    papers: tuple[str, ...] = ()
    formats: tuple[str, ...] = FORMATS
    final: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """One case to build, in its meeting or on its own; `folder` is where its files go, below the output folder."""

    file: Path
    folder: PurePosixPath
    meeting: Meeting | None = None
    agenda: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the summary: a paper, its pages (None: unnumbered), whether it is marked 案."""

    folder: PurePosixPath
    paper: str
    count: int
    numbers: tuple[int, int] | None
    draft: bool


@dataclass
class Workshop:
    """What all cases of a build share, made when first needed."""

    project: Project
    options: Options
    sources: dict[Path, str] = field(default_factory=dict)

    @cached_property
    def base_file(self) -> Path:
        """base.docx."""
        file = self.project.template(BASE)
        if file is None:
            raise UsageError("templates/base.docx が見つかりません")
        return file

    @cached_property
    def base(self) -> BasePackage:
        """The stylesheet and the Word package behind it."""
        from kotobuki.word.base import read_base

        return read_base(self.base_file, self.project.diagnostics, self.project.shown(self.base_file))

    def source(self, form: PaperForm) -> tuple[Path, str] | None:
        """A template's file and text; a missing or unreadable one is a diagnostic."""
        file = self.project.template(form.template.value)
        if file is None:
            self.project.diagnostics.error(
                form.template.place(),
                "template-missing",
                f"雛形「{form.template.value}」がありません",
                "templates の中のファイル名を書いてください",
            )
            return None
        if file not in self.sources:
            try:
                self.sources[file] = file.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                place = Place(self.project.shown(file), 1, 1)
                self.project.diagnostics.error(
                    place, "template-encoding", "雛形がUTF-8ではありません", "UTF-8（BOMなし）で保存し直してください"
                )
                return None
        return file, self.sources[file]

    def face(self, font: str) -> FontFace:
        """The face for a font name of the stylesheet or the house style."""
        from kotobuki.fonts import find_font

        face = find_font([font])
        if face.path is None and "font-missing" not in {each.rule for each in self.project.diagnostics}:
            self.project.diagnostics.warning(
                Place(self.project.shown(self.project.root)),
                "font-missing",
                "明朝のフォントが見つからないため、PDF標準の日本語フォントで代えます（文字は埋め込まれません）",
                "BIZ UD明朝かIPAex明朝を入れてください（Debian・Ubuntu：fonts-morisawa-bizud-mincho）",
            )
        return face


def build(
    paths: list[Path],
    options: Options,
    root: Path | None,
    diagnostics: Diagnostics,
    progress: Callable[[int, int, str], None] = lambda done, total, name: None,
) -> list[Line]:
    """Build everything that `paths` name. Raises `InputError`, `UsageError` or `OutputError`; then nothing is written."""
    workshops: dict[Path, Workshop] = {}
    jobs: list[tuple[Workshop, Job]] = []
    for path in paths:
        if not path.exists():
            raise UsageError(f"「{path}」がありません")
        home = root or find_root(path)
        workshop = workshops.setdefault(home, Workshop(Project(home, diagnostics), options))
        jobs += [(workshop, job) for job in _jobs(path, workshop.project)]
    _check_folders(jobs, diagnostics)
    lines: list[Line] = []
    with staging(options.out) as aside:
        for done, (workshop, job) in enumerate(jobs):
            progress(done, len(jobs), job.file.name)
            for name, data in _files(workshop, job, lines):
                aside.write(job.folder / name, data)
        progress(len(jobs), len(jobs), "")
        diagnostics.raise_if_errors()
        aside.commit()
    return lines


def _jobs(path: Path, project: Project) -> list[Job]:
    """The cases that a path names: all of a meeting's folder, or one."""
    folder = path if path.is_dir() else path.parent
    if path.is_dir() and not (folder / MEETING).is_file():
        raise UsageError(f"「{path}」に {MEETING} がありません。案件のファイルか、会議のフォルダを指定してください")
    alone = [] if path.is_dir() or path.name == MEETING else [Job(path, PurePosixPath(path.stem))]
    if not (folder / MEETING).is_file():
        return alone
    meeting = project.meeting(folder)
    if meeting is None:
        return alone if not project.diagnostics.errors else []
    name = folder.resolve().name
    jobs = []
    for entry in meeting.agenda:
        if alone and entry.file != path.name:
            continue
        file = project.case_file(folder, entry.file, entry.place)
        if file:
            jobs.append(Job(file, PurePosixPath(name, f"第{entry.number}号議案"), meeting, entry.number))
    return jobs or alone


def _check_folders(jobs: list[tuple[Workshop, Job]], diagnostics: Diagnostics) -> None:
    """Two cases whose papers would fall into one folder."""
    seen: dict[PurePosixPath, Path] = {}
    for workshop, job in jobs:
        other = seen.setdefault(job.folder, job.file)
        if other.resolve() != job.file.resolve():
            diagnostics.error(
                Place(workshop.project.shown(job.file)),
                "output-twice",
                f"出力先が {workshop.project.shown(other)} と同じ「{job.folder}」になります",
                "ファイルの名を変えるか、--out を分けて別々に作ってください",
            )


def _files(workshop: Workshop, job: Job, lines: list[Line]) -> Iterator[tuple[str, bytes]]:
    """The files of one case. After an error anywhere only the checks go on, and nothing more is made."""
    project, diagnostics = workshop.project, workshop.project.diagnostics
    case = project.case(job.file)
    if case is None or project.organization is None:
        return
    committee = job.meeting.committee if job.meeting else case.committee
    if committee is None:
        return
    bundle = Bundle(case, project.organization, committee, job.meeting, job.agenda)
    maker = _Maker(workshop, bundle)
    made = maker.make()
    if diagnostics.errors or made is None:
        return
    for name, count, numbers, draft in made.summary():
        lines.append(Line(job.folder, name, count, numbers, draft))
    outputs = list(made.outputs(job.meeting is not None))
    yield from outputs
    read = [job.file, project.organization_file, project.form_files[case.form.name], workshop.base_file]
    read += [job.file.parent / MEETING] if job.meeting else []
    read += [*maker.templates, *(path for font in made.fonts() if (path := workshop.face(font).path))]
    yield "manifest.json", manifest(project, read, made.pages_by_paper(), outputs)


@dataclass(frozen=True)
class _Made:
    """The papers of a bundle, laid out."""

    workshop: Workshop
    document: Document
    pages: tuple[tuple[Page, ...], ...]

    def summary(self) -> Iterator[tuple[str, int, tuple[int, int] | None, bool]]:
        """Name, number of pages, first and last page number, 案 — of each paper."""
        for paper, pages in zip(self.document.papers, self.pages, strict=True):
            first, last = pages[0].number, pages[-1].number
            yield paper.name, len(pages), (first, last) if first and last else None, paper.draft

    def pages_by_paper(self) -> list[tuple[str, tuple[Page, ...]]]:
        """The pages under the name of their paper."""
        return [(paper.name, pages) for paper, pages in zip(self.document.papers, self.pages, strict=True)]

    def fonts(self) -> list[str]:
        """The font names on the pages."""
        return _fonts_of(tuple(page for pages in self.pages for page in pages))

    def outputs(self, joined: bool) -> Iterator[tuple[str, bytes]]:
        """Each paper by itself, and all of them joined, in the formats asked for."""
        wanted = self.workshop.options.papers
        for paper, pages in zip(self.document.papers, self.pages, strict=True):
            if wanted and paper.name not in wanted:
                continue
            first = pages[0].number or 1
            alone = replace(paper, first_page=first, numbering="none" if paper.numbering == "none" else "start")
            title = f"{self.document.title}　{paper.name}"
            yield from self._written(paper.name, replace(self.document, title=title, papers=(alone,)), pages)
        if joined and (not wanted or JOINED in wanted):
            every = tuple(page for pages in self.pages for page in pages)
            yield from self._written(JOINED, self.document, every)

    def _written(self, name: str, document: Document, pages: tuple[Page, ...]) -> Iterator[tuple[str, bytes]]:
        if "docx" in self.workshop.options.formats:
            from kotobuki.word.writer import write_docx

            yield f"{name}.docx", write_docx(document, self.workshop.base)
        if "pdf" in self.workshop.options.formats:
            from kotobuki.pdf.writer import write_pdf

            yield (
                f"{name}.pdf",
                write_pdf(
                    pages,
                    title=document.title,
                    author=document.author,
                    subject=document.subject,
                    papers=[(paper.key, paper.name) for paper in document.papers],
                    faces={font: self.workshop.face(font) for font in _fonts_of(pages)},
                ),
            )


class _Maker:
    """Composes and lays out the papers of one bundle."""

    def __init__(self, workshop: Workshop, bundle: Bundle) -> None:
        self.workshop, self.bundle = workshop, bundle
        self.diagnostics = workshop.project.diagnostics
        self.names = names_of(bundle)
        forms = [form for form in bundle.case.form.papers if bundle.meeting is not None or not form.meeting]
        self.templates: set[Path] = set()
        self.forms = [(f"paper{index}", form) for index, form in enumerate(forms, 1)]
        self._check_wanted()

    def make(self) -> _Made | None:
        """The papers laid out; None after an error. The numbered papers first; then those without numbers, which may list the pages of the others."""
        numbered = [(key, form) for key, form in self.forms if form.numbering != "none"]
        papers = [self._paper(key, form, ()) for key, form in numbered]
        found = [paper for paper in papers if paper is not None]
        if len(found) != len(papers):
            return None
        if self.diagnostics.errors or (laid_out := self._laid_out(found)) is None:
            return None
        body, pages = laid_out
        attached = tuple(
            PaperPages(paper.key, paper.name, own[0].number or 0, own[-1].number or 0)
            for paper, own in zip(body.papers, pages, strict=True)
        )
        by_key = {paper.key: (paper, own) for paper, own in zip(body.papers, pages, strict=True)}
        for key, form in self.forms:
            if form.numbering == "none":
                paper = self._paper(key, form, attached)
                if paper is None:
                    return None
                laid_out = self._laid_out([paper])
                if laid_out is None:
                    return None
                by_key[key] = (laid_out[0].papers[0], laid_out[1][0])
        ordered = [by_key[key] for key, _ in self.forms]
        document = replace(body, papers=tuple(paper for paper, _ in ordered))
        return _Made(self.workshop, document, tuple(own for _, own in ordered))

    def _paper(self, key: str, form: PaperForm, attached: tuple[PaperPages, ...]) -> Paper | None:
        found = self.workshop.source(form)
        if found is None:
            return None
        file, text = found
        self.templates.add(file)
        source = (text, self.workshop.project.shown(file))
        roles = self.workshop.base.stylesheet.paragraphs.keys()
        composed = compose(self.bundle, form, key, source, roles, self.diagnostics, attached)
        if composed is None:
            return None
        if self.workshop.options.final:
            for what, place in composed.blanks:
                self.diagnostics.error(
                    place,
                    "final-open",
                    f"{what}が決まっていません（{form.name}）",
                    f"{what}を書くか、--final を付けずに作ってください",
                )
        return resolve(composed.paper, self.names, self.diagnostics)

    def _laid_out(self, papers: list[Paper]) -> tuple[Document, tuple[tuple[Page, ...], ...]] | None:
        """A document of these papers and the pages of each; None where a style or a character is missing."""
        from kotobuki.word.base import check_roles

        case, style = self.bundle.case, self.bundle.organization.style
        sheet = self.workshop.base.stylesheet
        document = Document(
            title=_title(case, self.names),
            papers=tuple(papers),
            author=self.bundle.organization.name,
            subject=self.bundle.committee.name,
            squeeze=style.squeeze if case.squeeze is None else case.squeeze,
            strict_kinsoku=style.strict_kinsoku,
            font=style.font,
        )
        check_roles(document, sheet, self.workshop.project.shown(self.workshop.base_file), self.diagnostics)
        if self.diagnostics.errors:
            return None
        document = settle_columns(document, sheet)
        self._check_glyphs(document)
        return lay_out(document, sheet, lambda font: self.workshop.face(font).advance_em)

    def _check_glyphs(self, document: Document) -> None:
        """A character that the font lacks is named, with its place: nothing is printed as an empty box."""
        from kotobuki.fonts import missing_glyphs

        sheet = self.workshop.base.stylesheet

        def face_of(role: str) -> FontFace:
            return self.workshop.face(document.font or sheet.paragraphs[role].font)

        for missing in missing_glyphs(document, face_of):
            place = missing.place or self.bundle.case.place
            what = "異体字" if missing.variant else "文字"
            self.diagnostics.error(
                place,
                "glyph-missing",
                f"{what}「{missing.character}」（{missing.codes}）は、フォント「{missing.family}」にありません",
                "別の文字にするか、その文字のあるフォント（IPAmj明朝など）を入れて、organization.yaml の表記の「書体」に書いてください",
            )

    def _check_wanted(self) -> None:
        names = [form.name for _, form in self.forms] + ([JOINED] if self.bundle.meeting else [])
        for name in self.workshop.options.papers:
            if name not in names:
                raise UsageError(f"「{name}」という書類はありません。--paper に書けるのは {'・'.join(names)} です")


def _fonts_of(pages: tuple[Page, ...]) -> list[str]:
    return sorted({item.font for page in pages for item in page.items if isinstance(item, TextLine)})


def _title(case: Case, names: Names) -> str:
    return names.style.digits.set_text(printed(case.title, names))
