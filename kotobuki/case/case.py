"""A case (案件): one YAML file, written by its department.

In: the file's node, the organization, and the forms by name. Out: a `Case`. Everything a case must say is checked here;
what it may say inside its sections is read by `sections` and `content`.
"""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field

from kotobuki.case.annexes import Annex, read_annexes
from kotobuki.case.basis import Basis, read_bases
from kotobuki.case.letter import Letter, read_letter
from kotobuki.case.sections import Section, read_sections
from kotobuki.case.slots import misspelt
from kotobuki.diagnostics import Diagnostics, Place, nearest, quoted
from kotobuki.reading.fields import Fields
from kotobuki.reading.inlines import Inlines, parse_line, plain_text
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.reading.openings import placeholders_in
from kotobuki.reading.placeholders import Placeholder
from kotobuki.settings.form import HEADER, Form, Use
from kotobuki.settings.issued import Issued, read_issued
from kotobuki.settings.meeting import find_committee
from kotobuki.settings.organization import Committee, Department, Organization, check_mark
from kotobuki.settings.terms import Term, bounded, read_terms


@dataclass(frozen=True, slots=True)
class Request:
    """依頼: the outgoing paper of the department. `sender` and `addressee` are posts, "" = derived."""

    issued: Issued = field(default_factory=Issued)
    sender: str = ""
    addressee: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A case with everything in it read. `letter`: None where its form is no letter; then its paper is the `request`."""

    form: Form
    title: Inlines
    departments: tuple[Department, ...]
    bases: tuple[Basis, ...]
    request: Request
    committee: Committee | None
    terms: dict[str, Term]
    annexes: tuple[Annex, ...]
    sections: tuple[Section, ...]
    squeeze: bool | None = None
    letter: Letter | None = None
    placeholders: tuple[Placeholder, ...] = ()
    place: Place = field(default=Place(""), compare=False)

    @property
    def outgoing(self) -> tuple[str, Issued]:
        """What bears the department's own number: its key at the head of the case, number and date."""
        return ("発信", self.letter.issued) if self.letter else ("依頼", self.request.issued)

    @property
    def meets(self) -> bool:
        """Whether the case goes before a committee."""
        return self.form.header["会議体"] != "none"

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
    fields = Fields(header, diagnostics, "案件")
    form = _form(fields.text("様式", required=True), forms, diagnostics)
    head = _Head(fields, form.header if form else Form("", (), ()).header)
    title, names = head.text("件名"), head.list_of_text("主管課")
    departments = _departments(names, organization, diagnostics)
    bases = read_bases(head.mapping_or_placeholder("根拠"), organization, diagnostics)
    request = _request(head.mapping("依頼"), organization, diagnostics)
    letter = _letter(head, form, organization, diagnostics)
    committee = _committee(head, node.place(), organization, diagnostics)
    annexes = read_annexes(head.sequence("別紙"), head.sequence("別添"), diagnostics)
    terms, squeeze = read_terms(head.mapping("用語"), diagnostics), _squeeze(head.mapping("組版"), diagnostics)
    rest = tuple(entry for entry in node.entries if entry[0].value not in HEADER)
    known = [*HEADER, *(section.name for section in form.sections)] if form else list(HEADER)
    fields.finish(misspelt(Mapping(rest, node.at), known, free=bool(form and form.free)))
    numbered = letter.issued if letter else request.issued if head.uses["依頼"] != "none" else None
    if departments and numbered and not numbered.mark:
        check_mark(departments[0], names[0].place(), organization, diagnostics)
    if form is None:
        _check_header(rest, diagnostics)
        return None
    sections = read_sections(Mapping(rest, node.at), form, HEADER, diagnostics)
    return Case(
        form,
        parse_line(title, diagnostics) if title else (),
        departments,
        bases,
        request,
        committee,
        bounded({**organization.terms, **terms}, diagnostics),
        annexes,
        sections,
        squeeze,
        letter,
        placeholders=tuple(placeholders_in(node)),
        place=node.place(),
    )


@dataclass(frozen=True, slots=True)
class _Head:
    """The keys at the head of a case, each asked for as its form has it: one that the form does without is unknown."""

    fields: Fields
    uses: Dictionary[str, Use]

    def text(self, key: str) -> Scalar | None:
        return self.fields.text(key, required=self._required(key)) if self._used(key) else None

    def list_of_text(self, key: str) -> tuple[Scalar, ...]:
        return self.fields.list_of_text(key, required=self._required(key)) if self._used(key) else ()

    def mapping(self, key: str) -> Mapping | None:
        return self.fields.mapping(key, required=self._required(key)) if self._used(key) else None

    def mapping_or_placeholder(self, key: str) -> Mapping | Scalar | None:
        value = self.fields.mapping_node.get(key)
        is_open = self._used(key) and self.fields.placeholder(key)
        return value if is_open and isinstance(value, Scalar) else self.mapping(key)

    def sequence(self, key: str) -> Sequence | None:
        return self.fields.sequence(key, required=self._required(key)) if self._used(key) else None

    def _used(self, key: str) -> bool:
        return self.uses[key] != "none"

    def _required(self, key: str) -> bool:
        return self.uses[key] == "required"


def _form(scalar: Scalar | None, forms: Dictionary[str, Form], diagnostics: Diagnostics) -> Form | None:
    if scalar is None:
        return None
    close = nearest(scalar.value, list(forms))
    if scalar.value not in forms:
        hint = f"「{close}」の誤りではありませんか。" if close else ""
        diagnostics.error(
            scalar.place(),
            "form-unknown",
            f"「{scalar.value}」という様式はありません",
            f"{hint}templates にある様式は {quoted(forms)} です",
        )
    return forms.get(scalar.value) or forms.get(close or "")  # the one that was meant, so that the rest can be checked


def _check_header(entries: tuple[tuple[Scalar, Node], ...], diagnostics: Diagnostics) -> None:
    """Without a form nothing is known of the sections; but 様式 itself may be what is misspelt."""
    for key, _ in entries:
        if close := nearest(key.value, list(HEADER)):
            diagnostics.error(
                key.place(),
                "unknown-key",
                f"案件では、キー「{key.value}」は使えません",
                f"「{close}」の誤りではありませんか",
            )


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


def _letter(head: _Head, form: Form | None, organization: Organization, diagnostics: Diagnostics) -> Letter | None:
    if head.uses["発信"] == "none":
        return None
    return read_letter(head.mapping("発信"), form.letters if form else (), organization, diagnostics)


def _committee(head: _Head, place: Place, organization: Organization, diagnostics: Diagnostics) -> Committee | None:
    named = head.text("会議体")
    return find_committee(named, organization, place, diagnostics) if head.uses["会議体"] != "none" else None


def _request(node: Mapping | None, organization: Organization, diagnostics: Diagnostics) -> Request:
    if node is None:
        return Request()
    fields = Fields(node, diagnostics, "依頼")
    issued = read_issued(node, "依頼", organization, diagnostics, fields)
    sender, addressee = fields.text("発信者"), fields.text("宛先")
    fields.finish()
    return Request(issued, plain_text(sender, diagnostics), plain_text(addressee, diagnostics))


def _squeeze(node: Mapping | None, diagnostics: Diagnostics) -> bool | None:
    if node is None:
        return None
    fields = Fields(node, diagnostics, "組版")
    found = fields.boolean("詰め")
    fields.finish()
    return found
