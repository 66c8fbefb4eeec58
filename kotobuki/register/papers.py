"""What a YAML says of the number of its outgoing paper: 依頼 in a case, 発信 in a letter, 諮問 in meeting.yaml.

In: the file. Out: a `NumberedFile`: its bytes, its node and its `Claim` to a number. Read for that alone: a case that is
half written can take a number, so long as its 主管課 and its 依頼 or 発信 are right.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

from kotobuki.checks.registry import check_meeting
from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.forms.numbers import session_of, year_of
from kotobuki.japanese.wareki import fiscal_year
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.fields import Fields
from kotobuki.reading.kinds import AnyText, Raw, Several
from kotobuki.reading.nodes import Mapping, Scalar
from kotobuki.reading.openings import placeholders_in
from kotobuki.reading.parse import read_text
from kotobuki.reading.records import read_record
from kotobuki.reading.source import read_bytes
from kotobuki.register.entries import NumberKey
from kotobuki.settings.issued import Issued, IssuedKeys
from kotobuki.settings.meeting import Meeting, read_meeting
from kotobuki.settings.organization import Organization, check_mark

MEETING = "meeting.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A paper's number as its YAML has it. `case`: the file below the root; `what`: 依頼, 発信 or 諮問; `year`: its fiscal year, if that is settled."""

    case: str
    what: str
    mark: str
    issued: Issued
    year: int | None
    place: Place

    @property
    def key(self) -> NumberKey | None:
        """The number and 枝番; None while there is none."""
        number = self.issued.number
        return None if number is None else (number, self.issued.branch or 0)


@dataclass(frozen=True, slots=True)
class NumberedFile:
    """A YAML whose paper bears a number."""

    file: Path
    data: bytes
    node: Mapping
    claim: Claim
    subject: str


def case_name(file: Path, root: Path) -> str:
    """A file as the register knows it: its path below the root, with / and composed characters on every system."""
    path = file.resolve()
    home = root.resolve()
    shown = path.relative_to(home) if path.is_relative_to(home) else path
    return unicodedata.normalize("NFC", shown.as_posix())


def claim_of(case: str, what: str, mark: str, issued: Issued, year: int | None, place: Place) -> Claim:
    """A claim; its place is the number's, else the mapping's, else `place`. `year`: where the date does not give it."""
    settled = fiscal_year(issued.date) if issued.date else year
    found = next((each for each in (issued.number_place, issued.place) if each.path), place)
    return Claim(case=case, what=what, mark=issued.mark or mark, issued=issued, year=settled, place=found)


def read_paper(
    file: Path, shown: str, root: Path, organization: Organization, diagnostics: Diagnostics
) -> NumberedFile | None:
    """The paper of a case or a meeting.yaml; None after a diagnostic."""
    data = read_bytes(file, shown, diagnostics)
    node = read_text(data, shown, diagnostics) if data is not None else None
    if data is None or node is None:
        return None
    if not isinstance(node, Mapping):
        diagnostics.error(node.place(), "case-form", "案件は「キー: 値」の組で書きます", "例：様式: 外部委託")
        return None
    case = case_name(file, root)
    if file.name == MEETING:
        meeting = read_meeting(node, organization, diagnostics)
        if meeting is None:
            return None
        diagnostics.report(check_meeting(meeting))
        mark = meeting.committee.secretariat.mark
        claim = claim_of(case, "諮問", mark, meeting.inquiry, meeting.fiscal_year, node.place())
        return NumberedFile(file, data, node, claim, _meeting_name(meeting))
    return _of_case(file, data, node, case, organization, diagnostics)


def _of_case(
    file: Path, data: bytes, node: Mapping, case: str, organization: Organization, diagnostics: Diagnostics
) -> NumberedFile | None:
    fields = Fields(node, diagnostics, "案件")
    what = "発信" if node.get("発信") else "依頼"
    title = fields.value("件名", AnyText())
    names = fields.value("主管課", Several(AnyText()), required=True) or ()
    request = fields.value(what, Raw(Mapping))
    departments = [organization.department(name, diagnostics) for name in names]
    if not departments or departments[0] is None:
        return None
    keys = read_record(IssuedKeys, request, diagnostics, what, loose=True) if request else IssuedKeys()
    issued = keys.issued(organization, diagnostics)
    if not issued.mark:
        check_mark(departments[0], names[0].place(), organization, diagnostics)
    claim = claim_of(case, what, departments[0].mark, issued, None, node.place())
    kind = request.get("種別") if request else None
    ending = f"（{kind.value}）" if isinstance(kind, Scalar) and kind.value else ""
    subject = "" if title is None or any(placeholders_in(title)) else _subject(title.value) + ending
    return NumberedFile(file, data, node, claim, subject)


def _meeting_name(meeting: Meeting) -> str:
    """What a 諮問 is about, in the register: 令和4年度第1回 and the name of the committee; "" while the meeting is open."""
    if meeting.committee.open or None in (meeting.fiscal_year, meeting.session):
        return ""
    return f"{year_of(meeting)}第{session_of(meeting)}回{meeting.committee.name}"


def _subject(title: str) -> str:
    """件名 on one line, its terms by their short names."""
    return " ".join(title.replace("｛", "").replace("｝", "").split("\n"))
