"""What the tests of rules share: a case and its meeting as texts, with ▼ where the rule must see something."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from support.samples import CASE, FORM, HEADER, MEETING, ORGANIZATION, marked, read_bundle

from kotobuki.checks.registry import check_on_agenda, check_packet, check_to_print
from kotobuki.checks.subjects import CaseOnAgenda
from kotobuki.diagnostics import Diagnostic, Diagnostics
from kotobuki.packet.numbers import numbered_papers

For = Literal["build", "packet"]


def reason(content: str) -> str:
    """A case whose 理由 is this content."""
    return f"{HEADER}理由: {content}\n"


def assert_flags(
    rule: str,
    case: str = CASE,
    meeting: str = MEETING,
    *,
    made: For = "build",
    severity: str = "error",
    form: str = FORM,
    organization: str = ORGANIZATION,
) -> None:
    """The rule sees something at each ▼ of the two texts, and nowhere else; all of it has this severity."""
    expected: list[str] = []
    texts: list[str] = []
    for path, text in (("案件.yaml", case), ("meeting.yaml", meeting)):
        plain, places = marked(text, " ".join([rule] * text.count("▼")))
        expected += [f"{path} {place}" for place in places]
        texts.append(plain)
    found = [each for each in _found(texts[0], texts[1], made, form, organization) if each.rule == rule]
    seen = [f"{each.place.path} {each.rule} {each.place.line}:{each.place.column}" for each in found]
    assert seen == expected, f"seen: {seen}, expected: {expected}"
    assert {each.severity for each in found} <= {severity}


def _found(case: str, meeting: str, made: For, form: str, organization: str) -> Iterator[Diagnostic]:
    diagnostics = Diagnostics()
    bundle = read_bundle(case, diagnostics, meeting=meeting, form=form, organization=organization)
    assert (bundle is not None and not diagnostics.errors) or made == "build", list(diagnostics)
    if bundle and bundle.meeting and bundle.agenda:
        entry = CaseOnAgenda(bundle.case, bundle.meeting, bundle.agenda)
        if made == "build":
            diagnostics.report(check_on_agenda(entry))
        else:
            numbered = list(numbered_papers(bundle.meeting, [entry], bundle.organization))
            diagnostics.report(check_packet(bundle.meeting, [entry], numbered))
    if bundle:
        diagnostics.report(check_to_print(bundle.case))
    yield from diagnostics
