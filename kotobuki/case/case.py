"""A case (案件): one YAML file, written by its department.

In: the file's node, the organization, and the forms by name. Out: a `Case`. Everything a case must say is checked here;
what it may say inside its sections is read by `sections` and `content`.
"""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from dataclasses import field
from pathlib import Path

from kotobuki.case.annexes import Annex, read_annexes
from kotobuki.case.basis import Basis, read_bases
from kotobuki.case.head import HEADER, USUAL, CaseHead
from kotobuki.case.letter import Letter, read_letter
from kotobuki.case.sections import Section, read_sections
from kotobuki.case.slots import misspelt
from kotobuki.case.wordings import OwnLines, read_wordings
from kotobuki.diagnostics import Diagnostics, Place, guess, guessed, nearest, quoted
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.asking import is_blank
from kotobuki.reading.inlines import Inlines, parse_line
from kotobuki.reading.nodes import Mapping, Node, Scalar
from kotobuki.reading.openings import Review, placeholders_in
from kotobuki.reading.placeholders import Placeholder
from kotobuki.reading.records import read_record
from kotobuki.settings.form import Form
from kotobuki.settings.issued import Issued
from kotobuki.settings.meeting import find_committee
from kotobuki.settings.organization import Committee, Department, Organization, check_mark
from kotobuki.settings.terms import Term, bounded, read_terms


@dataclass(frozen=True, slots=True)
class Request:
    """依頼: the outgoing paper of the department. `sender` and `addressee` are posts, "" = derived."""

    issued: Issued = field(default_factory=Issued)
    sender: str = ""
    addressee: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case with everything in it read. `letter`: None where its form is no letter; then its paper is the `request`.

    `reviews` (comments that ask for a look) and `source` (its SHA-256) are those of its file, `table_files` those beside it
    that hold the rows of its tables.
    """

    form: Form
    title: Inlines
    departments: tuple[Department, ...]
    bases: tuple[Basis, ...]
    request: Request
    committee: Committee | None
    terms: dict[str, Term]
    annexes: tuple[Annex, ...]
    sections: tuple[Section, ...]
    wordings: OwnLines
    squeeze: bool | None = None
    hang_in_cells: bool | None = None
    letter: Letter | None = None
    placeholders: tuple[Placeholder, ...] = ()
    reviews: tuple[Review, ...] = field(default=(), compare=False)
    source: str = field(default="", compare=False)
    table_files: tuple[Path, ...] = field(default=(), compare=False)
    place: Place = field(default=Place(""), compare=False)

    @property
    def outgoing(self) -> tuple[str, Issued]:
        """What bears the department's own number: its key at the head of the case, number and date."""
        return ("発信", self.letter.issued) if self.letter else ("依頼", self.request.issued)

    @property
    def meets(self) -> bool:
        """Whether the case goes before a committee."""
        return self.form.uses("会議体")

    @property
    def attachments(self) -> tuple[Annex, ...]:
        """The 別添: existing papers, whose files, where they are given, the packet binds in."""
        return tuple(annex for annex in self.annexes if annex.existing)


def read_case(
    node: Node, organization: Organization, forms: Dictionary[str, Form], diagnostics: Diagnostics
) -> Case | None:
    """The case, or None when there is no form to read it by."""
    if not isinstance(node, Mapping):
        diagnostics.error(node.place(), "case-form", "案件は「キー: 値」の組で書きます", "例：様式: 外部委託")
        return None
    header = Mapping(tuple(entry for entry in node.entries if entry[0].value in HEADER), node.at)
    rest = Mapping(tuple(entry for entry in node.entries if entry[0].value not in HEADER), node.at)
    form = _form(node.get("様式"), forms, diagnostics)
    uses = form.header if form else USUAL
    known = [*HEADER, *(section.name for section in form.sections)] if form else list(HEADER)
    head = read_record(
        CaseHead,
        header,
        diagnostics,
        "案件",
        needs={name: use == "required" for name, use in uses.items()},
        without=[name for name, use in uses.items() if use == "none"],
        meant=misspelt(rest, known, free=bool(form and form.free)),
    )
    departments = _departments(head.departments, organization, diagnostics)
    bases = read_bases(head.bases, organization, diagnostics)
    request = Request(
        head.request.issued.issued(organization, diagnostics), head.request.sender, head.request.addressee
    )
    letter = None
    if uses["発信"] != "none":
        letter = read_letter(head.letter, form.letters if form else (), organization, diagnostics)
    committee = None
    if uses["会議体"] != "none":
        committee = find_committee(head.committee, organization, node.place(), diagnostics)
    annexes = read_annexes(head.annexes, head.existing, diagnostics)
    terms = read_terms(head.terms, diagnostics, organization.terms)
    numbered = letter.issued if letter else request.issued if uses["依頼"] != "none" else None
    if departments and numbered and not numbered.mark:
        check_mark(departments[0], head.departments[0].place(), organization, diagnostics)
    if form is None:
        _check_header(rest.entries, diagnostics)
        return None
    return Case(
        form=form,
        title=parse_line(head.title, diagnostics) if head.title else (),
        departments=departments,
        bases=bases,
        request=request,
        committee=committee,
        terms=bounded({**organization.terms, **terms}),
        annexes=annexes,
        sections=read_sections(rest, form, HEADER, diagnostics),
        wordings=read_wordings(head.wordings, form, diagnostics),
        squeeze=head.layout.squeeze,
        hang_in_cells=head.layout.hang_in_cells,
        letter=letter,
        placeholders=tuple(placeholders_in(node)),
        place=node.place(),
    )


def _form(scalar: Node | None, forms: Dictionary[str, Form], diagnostics: Diagnostics) -> Form | None:
    """The form that 様式 names; what is no name is reported with the rest of the head."""
    if not isinstance(scalar, Scalar) or is_blank(scalar):
        return None
    if scalar.value in forms:
        return forms[scalar.value]
    close = nearest(scalar.value, list(forms))
    hint, fix = guessed(scalar.value, close)
    diagnostics.error(
        scalar.place(),
        "form-unknown",
        f"「{scalar.value}」という様式はありません",
        f"{hint}templates にある様式は {quoted(forms)} です",
        fix,
    )
    return forms.get(close or "")  # the one that was meant, so that the rest can be checked


def _check_header(entries: tuple[tuple[Scalar, Node], ...], diagnostics: Diagnostics) -> None:
    """Without a form nothing is known of the sections; but 様式 itself may be what is misspelt."""
    for key, _ in entries:
        hint, fix = guess(key.value, list(HEADER))
        if hint:
            reason = f"案件では、キー「{key.value}」は使えません"
            diagnostics.error(key.place(), "unknown-key", reason, hint.removesuffix("。"), fix)


def _departments(
    names: tuple[Scalar, ...], organization: Organization, diagnostics: Diagnostics
) -> tuple[Department, ...]:
    found: list[Department] = []
    for name in names:
        department = organization.department(name, diagnostics)
        if department and department in found and not department.open:
            reason = f"主管課に「{name.value}」が二度書かれています"
            diagnostics.error(name.place(), "department-twice", reason, "どちらか一方を消してください")
        elif department:
            found.append(department)
    return tuple(found)
