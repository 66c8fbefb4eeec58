"""The forms of a project, to be read by people and by programs.

In: forms. Out: plain values (of JSON), and lines in which full-width characters count for two columns.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from kotobuki.diagnostics import Place, guess, quoted
from kotobuki.project import Project
from kotobuki.settings.form import Form, RowForm, SectionForm, Use
from kotobuki.spreadsheets.columns import aligned

_USES: dict[Use, str] = {"required": "必須", "optional": "任意", "none": "なし"}


def form_called(name: str, project: Project, besides: Collection[str] = ()) -> Form:
    """The form of a name; raises `InputError` where there is none. `besides`: what else could have been named."""
    forms = project.forms
    if name not in forms:
        known = [*forms, *besides]
        hint = guess(name, known).hint
        remedy = f"{hint}様式は {quoted(known)} です"
        project.diagnostics.error(Place(name), "form-unknown", f"「{name}」という様式はありません", remedy)
        project.diagnostics.raise_if_errors()
    return forms[name]


def as_values(form: Form, source: str) -> dict[str, Any]:
    """A form as JSON has it, under the names of form.yaml; `source`: where it comes from."""
    return {
        "様式": form.name,
        "説明": form.purpose,
        "出所": source,
        "書類": [
            {"名": each.name, "雛形": each.template.value, "会議のときだけ": each.meeting} for each in form.papers
        ],
        "先頭": {key: _USES[use] for key, use in form.header.items()},
        "節": [
            {
                **_slot(section),
                **({"内容": section.default.value} if section.default is not None else {}),
                **({"列": list(section.columns)} if section.columns else {}),
                **({"行": [_slot(row) for row in section.rows]} if section.rows else {}),
            }
            for section in form.sections
        ],
    }


def _slot(slot: SectionForm | RowForm) -> dict[str, Any]:
    return {"名": slot.name, "種類": slot.kind, "必須": slot.required, "手引": slot.guide}


def list_lines(forms: Mapping[str, Form], sources: Mapping[str, str]) -> Iterator[str]:
    """A line a form: its name, when to use it, where it comes from."""
    return aligned([(name, form.purpose, f"（{sources[name]}）") for name, form in forms.items()])


def form_lines(form: Form, source: str) -> Iterator[str]:
    """Everything there is to know of a form before a case is written."""
    yield f"{form.name}（{source}）"
    if form.purpose:
        yield f"  {form.purpose}"
    yield "書類"
    yield from _indented([(each.name, "会議のときだけ" if each.meeting else "") for each in form.papers])
    yield "先頭のキー"
    yield from _indented([(key, _USES[use]) for key, use in form.header.items() if use != "none"])
    yield "節と行"
    rows: list[tuple[str, ...]] = []
    for section in form.sections:
        need = "必須" if section.required else "任意" if section.default is None else "自動"
        rows.append((section.name, need, section.kind, _said(section)))
        rows += [(f"  {row.name}", "必須" if row.required else "任意", row.kind, row.guide) for row in section.rows]
    yield from _indented(rows)


def _said(section: SectionForm) -> str:
    """Its guide, or what it prints by itself; and the columns of a table that has more than label and content."""
    printed = f"書かなければ「{section.default.value}」と印字する。" if section.default is not None else ""
    return (section.guide or printed) + (f"列は、{'・'.join(section.columns)}。" if section.width > 2 else "")


def _indented(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    return (f"  {line}" for line in aligned(list(rows)))
