"""Document numbers from the editor: what a paper has, which comes next, and taking it.

In: a case or a meeting.yaml of the project, as it is saved, and today's date. Out: values for the browser. As `kotobuki number`:
under the register's lock, the ledger before the file.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kotobuki.diagnostics import Diagnostics
from kotobuki.editor.buttons.making import carried_out, read_day
from kotobuki.editor.told import Json
from kotobuki.japanese.wareki import fiscal_year, parse_date
from kotobuki.project import Project
from kotobuki.register.ledger import Register
from kotobuki.register.operations import take as take_number
from kotobuki.register.papers import read_paper
from kotobuki.register.series import find_mark, number_text, series_of
from kotobuki.register.taking import NumberRequest


def numbers(root: Path, file: Path, today: date, chosen: str = "") -> Json:
    """What number the file's paper has, and the next one of each series in the year of its date.

    `chosen`: a date as typed, which counts instead; where there is none, today's.
    """
    diagnostics = Diagnostics()
    project = Project(root, diagnostics)

    def work(said: Diagnostics) -> Json:
        organization = project.organization
        said.found += diagnostics.found
        said.raise_if_errors()
        assert organization is not None  # else there is a diagnostic
        register = Register(root, said, project.shown)
        paper = read_paper(file, project.shown(file), root, organization, said)
        said.raise_if_errors()
        style, claim = organization.style, paper.claim if paper else None
        day = claim.issued.date if claim and isinstance(claim.issued.date, date) else None
        counted = read_day(chosen, parse_date) if chosen.strip() else day or today
        year = fiscal_year(counted)
        series = []
        for mark in dict.fromkeys(organization.marks()):
            book = register.read(year, series_of(mark, style))
            text = number_text((book.next_number(), 0), mark, counted, style)
            series.append({"name": series_of(mark, style), "next": text})
        held = ""
        if claim and claim.key:
            held = number_text(claim.key, claim.mark, day or today, style)
        own = series_of(claim.mark, style) if claim and claim.mark else ""
        named = {"held": held, "own": own, "date": day.isoformat() if day else "", "today": today.isoformat()}
        return {**named, "series": series}

    return carried_out(work, project.shown(file))


def take(root: Path, file: Path, series: str, day: str, today: date, reserved: int | None = None) -> Json:
    """Take the next number of a series for the file's paper, or find the one that it has; it is written into the file.

    `day`: of the paper, as typed, "" = as the file has it; `reserved`: a number that is to be used.
    """
    shown = Project(root, Diagnostics()).shown

    def work(said: Diagnostics) -> Json:
        organization = Project(root, said).organization
        said.raise_if_errors()
        assert organization is not None  # else there is a diagnostic
        mark = find_mark(series, organization, said)
        said.raise_if_errors()
        wanted = read_day(day, parse_date) if day.strip() else None
        wish = NumberRequest(mark=mark or "", today=today, day=wanted, files=(file,), number=reserved)
        return {"number": take_number(Register(root, said, shown), wish, organization).text}

    return carried_out(work, shown(file))
