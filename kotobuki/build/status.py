"""How far the cases of a meeting are: what is open in each, what is wrong with it, and whether its papers are of today.

In: a meeting's folder, a case or organization.yaml, and the output folder. Out: a `Status`: a line for the meeting and each
case, whatever is wrong with them; nothing is written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from kotobuki import __version__
from kotobuki.build.command import Options
from kotobuki.build.confined import Confined
from kotobuki.build.jobs import Job, bundle_of, jobs_of
from kotobuki.build.making import make
from kotobuki.build.manifest import read_recorded
from kotobuki.build.outputs import doubts, stale_outputs
from kotobuki.build.workshop import Workshop
from kotobuki.diagnostics import Diagnostic, Diagnostics, UsageError
from kotobuki.forms.compose import Bundle, names_of
from kotobuki.forms.numbers import document_number, session_of, year_of
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.numbering.names import printed
from kotobuki.project import MEETING, Project, find_root, is_file
from kotobuki.reading.nodes import Mapping, Scalar
from kotobuki.reading.nodes import Sequence as Items
from kotobuki.reading.openings import openings_of
from kotobuki.reading.parse import read_text
from kotobuki.settings.issued import Issued
from kotobuki.settings.meeting import Meeting
from kotobuki.spreadsheets.table import Table

_COLUMNS = (
    *("議案", "様式", "件名", "主管課", "文書番号", "日付", "ページ"),
    *("記入", "確認", "誤り", "注意", "出力", "ファイル"),
)
_DOUBTS = {"output-unfinished": "書きかけ", "output-changed": "手直しあり"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A meeting, a case, or papers that nothing makes any more.

    agenda  the number of the 議案, "会議" for the meeting itself, "" for the rest
    pages   of all its papers; None where they cannot be made, and for a meeting
    counts  placeholders, comments that ask for a look, errors, warnings; () for papers alone
    output  what stands in the output folder
    """

    file: str
    agenda: int | str = ""
    form: str = ""
    title: str = ""
    departments: str = ""
    number: str = ""
    day: str = ""
    pages: int | None = None
    counts: tuple[int, ...] = ()
    output: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """The lines, and what there is to say of what all cases go by: the organization, the forms, the meetings."""

    lines: tuple[Line, ...]
    said: tuple[Diagnostic, ...]

    @property
    def table(self) -> Table:
        """The same for people."""
        rows = (
            (
                *(each.agenda, each.form, each.title, each.departments, each.number, each.day, each.pages),
                *(each.counts or (None,) * 4),
                *(each.output, each.file),
            )
            for each in self.lines
        )
        return Table("議案一覧", _COLUMNS, tuple(rows))


def status_of(path: Path, out: Path, root: Path | None = None) -> Status:
    """How far all is that `path` names. Raises `UsageError` where there is nothing to be looked at."""
    if not path.exists():
        raise UsageError(f"「{path}」がありません")
    project = Project(root or find_root(path), Diagnostics())
    survey = Survey(Workshop(project), out)
    shared = survey.workshop.shared
    jobs = jobs_of(path, project)
    folders = dict.fromkeys(job.file.parent for job in jobs)
    if path.is_dir() or path.name == MEETING:
        folders = dict.fromkeys([path if path.is_dir() else path.parent])
    lines: list[Line] = []
    said = list(shared)
    for folder in folders:
        own, lost = [job for job in jobs if job.file.parent == folder], list[Line]()
        if is_file(folder / MEETING) and path not in [job.file for job in own]:
            line, lost, heard = survey.of_meeting(folder, own)
            lines.append(line)
            said += heard
        lines += sorted((*lost, *map(survey.of_case, own)), key=_order)
    return Status((*lines, *_left(out, project, jobs)), tuple(said))


@dataclass(frozen=True, slots=True)
class Survey:
    """What every line needs: what all cases share, and the output folder."""

    workshop: Workshop
    out: Path

    def of_meeting(self, folder: Path, jobs: Sequence[Job]) -> tuple[Line, list[Line], tuple[Diagnostic, ...]]:
        """The line of a meeting, those of cases that its agenda names and that are not there, what there is to say of it.

        `jobs`: the cases that are there.
        """
        project = self.workshop.project
        with project.diagnostics.apart() as heard:
            meeting, organization = project.meeting(folder), project.organization
        said = tuple(dict.fromkeys((*heard, *(each for job in jobs for each in job.said))))
        about = Line(file=project.shown(folder / MEETING))
        if meeting and organization:
            secretariat = meeting.committee.secretariat
            number = _number(meeting.inquiry, secretariat.mark, self.workshop, meeting.fiscal_year)
            day = _day(meeting.inquiry)
            about = replace(about, title=name_of(meeting), departments=secretariat.name, number=number, day=day)
        output = self._output(jobs[0].folder.parent) if jobs and jobs[0].meeting else ""
        lost = [
            Line(agenda=each.number, file=project.shown(folder / each.file), output="案件がない")
            for each in (meeting.agenda if meeting else ())
            if not is_file(folder / each.file)
        ]
        return _counted(about, folder / MEETING, said, agenda="会議", output=output), lost, said

    def of_case(self, job: Job) -> Line:
        """The line of a case."""
        project = self.workshop.project
        with project.diagnostics.apart():
            bundle = bundle_of(self.workshop, job)
        alone = replace(job, said=())  # its pages can be counted, whatever is wrong with its meeting
        made = make(self.workshop, alone, Options(self.out, check=True), _nothing)
        file = project.shown(job.file)
        about = self._about(bundle, file) if bundle else _as_written(job.file, file)
        pages = None if made.failed else sum(line.count for line in made.lines)
        agenda = job.agenda or ""
        return _counted(about, job.file, made.said, agenda=agenda, pages=pages, output=self._output(job.folder))

    def _about(self, bundle: Bundle, file: str) -> Line:
        case, style = bundle.case, bundle.organization.style
        _, issued = case.outgoing
        mark = case.departments[0].mark if case.departments else ""
        year = bundle.meeting.fiscal_year if bundle.meeting else None
        return Line(
            file=file,
            form=case.form.name,
            title=style.digits.set_text(printed(case.title, names_of(bundle))),
            departments="、".join(each.name for each in case.departments),
            number=_number(issued, mark, self.workshop, year),
            day=_day(issued),
        )

    def _output(self, folder: PurePosixPath) -> str:
        """What stands in a folder of outputs: whether it is whole, and of the files of today."""
        found = next(doubts(self.out, folder, "", ""), None)
        if found:
            return _DOUBTS[found.rule]
        recorded = read_recorded(Confined(self.out), folder)
        if recorded is None:
            return "なし"
        root = self.workshop.project.root
        own = ((root / name, digest) for name, digest in recorded.inputs.items() if "/" in name)  # others come with us
        if recorded.kotobuki != __version__ or any(_digest(file) != digest for file, digest in own):
            return "古い"
        return "最新"


def _order(line: Line) -> int:
    return line.agenda if isinstance(line.agenda, int) else 0


def _counted(
    about: Line, file: Path, said: Iterable[Diagnostic], *, agenda: int | str, output: str, pages: int | None = None
) -> Line:
    left = openings_of(_bytes(file), about.file)
    severities = [each.severity for each in dict.fromkeys(said)]
    counts = (len(left.placeholders), len(left.reviews), severities.count("error"), severities.count("warning"))
    return replace(about, agenda=agenda, pages=pages, counts=counts, output=output)


def _as_written(file: Path, shown: str) -> Line:
    """A case that cannot be read as one: what stands in its file."""
    node = read_text(_bytes(file), shown, Diagnostics())

    def words(key: str) -> str:
        value = node.get(key) if isinstance(node, Mapping) else None
        several = value.items if isinstance(value, Items) else (value,)
        return "、".join(" ".join(each.value.split("\n")) for each in several if isinstance(each, Scalar))

    return Line(file=shown, form=words("様式"), title=words("件名"), departments=words("主管課"))


def _left(out: Path, project: Project, jobs: Iterable[Job]) -> Iterator[Line]:
    """The papers of cases that are gone, withdrawn, or made elsewhere now."""
    for each in stale_outputs(out, project, jobs):
        why = "案件がない" if each.gone else f"今は {each.now}" if each.now else "取下げ"
        yield Line(file=each.case, output=f"残り：{each.folder}（{why}）")


def _number(issued: Issued, mark: str, workshop: Workshop, year: int | None) -> str:
    """A document number as printed; "" = there is none yet."""
    organization = workshop.project.organization
    if issued.number is None or organization is None:
        return ""
    return document_number(issued, mark, organization.style, year)


def _day(issued: Issued) -> str:
    return issued.date.isoformat() if issued.date else ""


def name_of(meeting: Meeting) -> str:
    """What a meeting is called, as 令和4年度第1回 before the name of its committee."""
    return f"{year_of(meeting)}第{session_of(meeting)}回{meeting.committee.name}"


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:  # which is told where the file is read
        return b""


def _digest(file: Path) -> str:
    return hashlib.sha256(_bytes(file)).hexdigest() if is_file(file) else ""


def _nothing(name: PurePosixPath, data: bytes, digest: str) -> None:
    """Nothing is made."""
    raise AssertionError(name)
