"""A new file from what a user asks for: looked over, made, read again as a build would, and only then written.

In: the project, the path, the options, and who can be asked. Out: `Begun`; or diagnostics, and nothing written. Raises
`DraftingError` where the command cannot be carried out as given.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from collections.abc import Mapping as Dictionary
from dataclasses import field, replace
from pathlib import Path, PurePosixPath

from kotobuki.diagnostics import Diagnostics, Place, guess, quoted
from kotobuki.drafting.from_form import draft_case
from kotobuki.drafting.meeting import draft_meeting
from kotobuki.drafting.placing import DraftingError, check_case_name, check_place, write_new
from kotobuki.drafting.questions import Question, questions_of_case, questions_of_meeting, questions_of_renewal
from kotobuki.drafting.renewal import renew
from kotobuki.drafting.writing import Answers, fill
from kotobuki.file_names import fault_of
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.project import MEETING, ORGANIZATION, Project, is_file
from kotobuki.reading.nodes import Mapping, Node, Scalar, all_nodes
from kotobuki.reading.openings import openings_of
from kotobuki.reading.parse import read_text
from kotobuki.reading.source import read_bytes
from kotobuki.settings.form import Form
from kotobuki.settings.organization import Organization

SCHEMAS = PurePosixPath(".kotobuki/schema")
"""Where `kotobuki schema` puts the schemas, below the root."""
Ask = Callable[[Question], str | None]
"""Asks a user; what to write, or None for what is left open."""


@dataclass(frozen=True, slots=True)
class DraftRequest:
    """What was asked for. `given`: options and what they say; `ask`: None = nobody can be asked; `old`: last year's case."""

    path: Path
    given: Dictionary[str, Sequence[str]] = field(default_factory=dict)
    ask: Ask | None = None
    old: Path | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """What was written: the file, those it names that were copied beside it, how much is open and how much to look at.

    for_agenda  whether a meeting can have it on its agenda
    """

    path: Path
    copied: tuple[Path, ...]
    open: int
    reviews: int
    for_agenda: bool = False


def begin_case(project: Project, name: str, wish: DraftRequest) -> Begun:
    """A new case of the form `name`, full of placeholders, or renewed from `wish.old`; not written yet.

    Raises `DraftingError` where there is no such form, or no place for the file.
    """
    check_place(wish.path, project.root)
    check_case_name(wish.path)
    organization = _organization(project)
    form = _form(name, project)
    for paper in form.papers:
        project.template_of(paper)
    project.diagnostics.raise_if_errors()
    old = _old_case(wish.old, form, project) if wish.old else None
    questions = questions_of_renewal(form, organization) if old else questions_of_case(form, organization)
    answers = answers_to(questions, wish, project.diagnostics)
    if old and wish.old:
        text = _renewed(*old, form, organization, answers, project.diagnostics)
        others = _named_files(old[1], wish.old.parent, wish.path.parent)
    else:
        text, others = fill(draft_case(form, organization), answers), {}
    text = _for_editors(f"case-{form.name}", wish.path, project.root, text)
    node = _read(text, wish.path, project)
    if node is not None:
        project.case_of(node, project.diagnostics)
    begun = _written(wish.path, text, node, others, project.diagnostics)
    return replace(begun, for_agenda=form.uses("会議体"))


def begin_meeting(project: Project, wish: DraftRequest) -> Begun:
    """The meeting.yaml of a folder, with the cases in it as its 議案; not written yet. Raises `DraftingError` as `begin_case`."""
    file = wish.path if wish.path.name == MEETING else wish.path / MEETING
    check_place(file, project.root)
    if is_file(file.parent / ORGANIZATION):
        example = file.parent / "第1回"
        raise DraftingError(
            f"「{file.parent}」は {ORGANIZATION} のフォルダです。会議は、その中のフォルダにしてください（例：{example}）"
        )
    organization = _organization(project)
    answers = answers_to(questions_of_meeting(organization), wish, project.diagnostics)
    found = sorted(file.parent.glob("*.yaml")) if file.parent.is_dir() else []
    cases = [each.name for each in found if _is_for_agenda(each, project)]
    text = fill(draft_meeting(cases, organization), answers)
    text = _for_editors("meeting", file, project.root, text)
    node = _read(text, file, project)
    if node is not None:
        project.meeting_of(node, project.diagnostics)
    return _written(file, text, node, {}, project.diagnostics)


def _is_for_agenda(file: Path, project: Project) -> bool:
    """Whether a meeting can have it on its agenda: any case but a letter, and what cannot be read as anything."""
    data = read_bytes(file, file.name, unheard := Diagnostics())
    node = read_text(data, file.name, unheard) if data is not None else None
    name = node.get("様式") if isinstance(node, Mapping) else None
    form = project.forms.get(name.value) if isinstance(name, Scalar) else None
    return form.uses("会議体") if form else node is None or name is not None


def _organization(project: Project) -> Organization:
    if not is_file(project.organization_file):
        where = project.shown(project.organization_file)
        raise DraftingError(f"「{where}」がありません。初めてのときは kotobuki init で自治体のフォルダを作ってください")
    organization = project.organization
    project.diagnostics.raise_if_errors()
    assert organization is not None  # else there is a diagnostic
    return organization


def _form(name: str, project: Project) -> Form:
    forms = project.forms
    project.diagnostics.raise_if_errors()
    if name not in forms:
        hint = guess(name, list(forms)).hint
        remedy = f"{hint}様式は {quoted(forms)} です（kotobuki forms で一覧）。会議は kotobuki new meeting です"
        project.diagnostics.error(Place(name or "様式"), "form-unknown", f"「{name}」という様式はありません", remedy)
        project.diagnostics.raise_if_errors()
    return forms[name]


def answers_to(
    questions: Sequence[Question], wish: DraftRequest, diagnostics: Diagnostics
) -> dict[str, tuple[str, ...]]:
    """What to write, by the placeholders it takes the place of. The options first: nothing is asked in vain."""
    known = {each.option: each for each in questions}
    for option, values in wish.given.items():
        if values and option not in known:
            raise DraftingError(f"{option} は、ここでは使えません。使えるのは {'・'.join(known)} です")
    answers: dict[str, tuple[str, ...]] = {}
    for question in questions:
        found = [question.answer(each, diagnostics) for each in wish.given.get(question.option, ())]
        if words := tuple(dict.fromkeys(each for each in found if each)):
            answers[question.name] = words
    diagnostics.raise_if_errors()
    for question in questions if wish.ask else ():
        if question.name not in answers and wish.ask and (text := wish.ask(question)):
            answers[question.name] = (text,)
    return answers


def _old_case(file: Path, form: Form, project: Project) -> tuple[bytes, Mapping]:
    """Last year's case, which must be of this form and without fault, but for departments that are no more."""
    shown, diagnostics = project.shown(file), project.diagnostics
    data = read_bytes(file, shown, diagnostics)
    node = read_text(data, shown, diagnostics) if data is not None else None
    diagnostics.raise_if_errors()
    assert data is not None  # else there is a diagnostic
    named = node.get("様式") if isinstance(node, Mapping) else None
    if not isinstance(node, Mapping) or not isinstance(named, Scalar) or named.value != form.name:
        other = f"様式「{named.value}」の案件" if isinstance(named, Scalar) else "案件ではないもの"
        raise DraftingError(f"「{file}」は{other}です。様式「{form.name}」の案件を --from に書いてください")
    found = Diagnostics(sources=diagnostics.sources)
    project.case_of(node, found)
    diagnostics.found += [
        each for each in found.found if each.severity == "error" and each.rule != "department-unknown"
    ]
    diagnostics.raise_if_errors()
    return data, node


def _renewed(
    data: bytes,
    node: Mapping,
    form: Form,
    organization: Organization,
    answers: Answers,
    diagnostics: Diagnostics,
) -> str:
    text, problem, left = renew(data, node, form, organization, answers)
    if problem:
        remedy = "その値を1行に書き直してから、もう一度実行してください"
        diagnostics.error(node.place(), "edit-place", f"「{problem}」を書き換える所が決まりません", remedy)
    for name in left:
        reason, remedy = (
            f"前の案件に「{name}」を書く所がありません",
            "そのオプションを消して作り、手で書き足してください",
        )
        diagnostics.error(node.place(), "edit-place", reason, remedy)
    diagnostics.raise_if_errors()
    return text


def _named_files(node: Node, before: Path, now: Path) -> dict[Path, bytes]:
    """The pictures and 別添 beside the old case, to be copied beside the new one."""
    found: dict[Path, bytes] = {}
    if before.resolve() == now.resolve():
        return found
    for name in _file_names(node):
        source, target = before / name, now / name
        inside = is_file(source) and source.resolve().is_relative_to(before.resolve())
        parts = PurePosixPath(name).parts
        if not inside or PurePosixPath(name).is_absolute() or ".." in parts:
            continue
        if fault := next((fault for each in parts if (fault := fault_of(each))), ""):
            raise DraftingError(f"前の案件の「{source}」は写せません（{fault}）。ファイルの名を変えてください")
        if not target.parent.resolve().is_relative_to(now.resolve()):
            raise DraftingError(f"「{target.parent}」はリンクで、{now} の外を指しています。リンクを消してください")
        data = source.read_bytes()
        if not is_file(target):
            found[target] = data
        elif target.read_bytes() != data:
            raise DraftingError(f"「{target}」は、前の案件の「{source}」と内容が違います。どちらかの名を変えてください")
    return found


def _file_names(node: Node) -> list[str]:
    entries = (entry for each in all_nodes(node) if isinstance(each, Mapping) for entry in each.entries)
    return [
        value.value for key, value in entries if key.value == "ファイル" and isinstance(value, Scalar) and value.value
    ]


def _for_editors(schema: str, file: Path, root: Path, text: str) -> str:
    """The text below a line by which an editor finds the schema, if there is one."""
    place = root / SCHEMAS / f"{schema}.schema.json"
    if not is_file(place):
        return text
    relative = Path(os.path.relpath(place.resolve(), file.parent.resolve())).as_posix()
    end = "\r\n" if "\r\n" in text else "\n"
    return f"# yaml-language-server: $schema={relative}{end}{text}"


def _read(text: str, file: Path, project: Project) -> Node | None:
    return read_text(text.encode(), project.shown(file), project.diagnostics)


def _written(
    file: Path, text: str, node: Node | None, others: Dictionary[Path, bytes], diagnostics: Diagnostics
) -> Begun:
    diagnostics.raise_if_errors()
    write_new({**others, file: text.encode()})
    found = openings_of(text.encode(), str(file))
    return Begun(file, tuple(others), len(found.placeholders), len(found.reviews))
