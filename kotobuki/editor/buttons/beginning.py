"""New files from the editor: a case from its form or from last year's, a meeting, the folder of a municipality.

In: what is to be begun and the answers. Out: the questions, as `kotobuki new` and `init` ask them; or the file that was
written. What is wrong with an answer is told by its option.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path, PurePosixPath

from kotobuki.diagnostics import CommandError, Diagnostic, Diagnostics, InputError
from kotobuki.drafting.begin import Begun, DraftRequest, begin_case, begin_meeting
from kotobuki.drafting.municipality import QUESTIONS, found
from kotobuki.drafting.placing import DraftingError
from kotobuki.drafting.questions import Question, questions_of_case, questions_of_meeting, questions_of_renewal
from kotobuki.editor.disk.library import DEEPEST, HIDDEN, is_another
from kotobuki.editor.told import Json
from kotobuki.file_names import fault_of
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.project import CASES, MEETING, Project
from kotobuki.reading.asking import suggestion
from kotobuki.settings.organization import Organization

SEVERAL = "--department"
"""The one question that takes several answers."""
SUBJECT = "--subject"
LONGEST = 30
"""Letters of the name of a file that nobody named."""
_NOT_IN_NAMES = re.compile(r'[/\\:*?"<>|｛｝\s]+')


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFile:
    """What is to be begun.

    what    "case", "meeting" or "municipality"
    form    of a case
    old     last year's case, on which it is based; None = none
    folder  below cases/, as 令和4年度/第1回; "" = cases/ itself
    name    of the file of a case, without its ending; "" = it is called after its 件名, or after its form
    """

    what: str
    form: str = ""
    old: Path | None = None
    folder: str = ""
    name: str = ""
    answers: Mapping[str, Sequence[str]]

    def path(self, root: Path) -> Path:
        """Where it will be. Raises `DraftingError` where that is not below cases/, or no place that the editor looks at."""
        parts = PurePosixPath(self.folder).parts
        for part in (*parts, *([self.name] if self.name else [])):
            if fault := _fault_of(part):
                raise DraftingError(f"「{part}」は名に使えません（{fault}）")
        if len(parts) >= DEEPEST:
            raise DraftingError(f"フォルダの中のフォルダは{DEEPEST - 1}段までです")
        place = root / CASES / Path(*parts)
        if any(is_another(root / CASES / Path(*parts[:depth])) for depth in range(1, len(parts) + 1)):
            raise DraftingError(
                f"「{self.folder}」は別の自治体のフォルダです。そのフォルダで kotobuki serve を始めてください"
            )
        if self.what == "meeting":
            if not parts:
                raise DraftingError("会議のフォルダの名を書いてください（例：令和4年度第1回）")
            return place / MEETING
        return place / f"{self.name}.yaml" if self.name else self._unnamed(place)

    def _unnamed(self, place: Path) -> Path:
        """A name that is still free there."""
        subject = next((each for each in self.answers.get(SUBJECT, ()) if each.strip()), self.form)
        stem = re.sub(r"について$", "", _NOT_IN_NAMES.sub("", subject))[:LONGEST].strip(" .~") or CASES
        if fault_of(stem):
            stem = CASES
        names = (f"{stem}{f'-{number}' if number > 1 else ''}.yaml" for number in count(1))
        return next(place / each for each in names if not os.path.lexists(place / each))


def _fault_of(part: str) -> str:
    if part in ("..", "/"):
        return "フォルダの外を指しています"
    return fault_of(part) or ("「~」で始まっています" if part.startswith(HIDDEN) else "")


def questions(root: Path, what: str, form: str, *, renewed: bool) -> Json:
    """What is asked before a file is begun, and the folders below cases/ that it may go to."""
    if what == "municipality":
        return {"questions": [_question(each) for each in QUESTIONS], "folders": [], "said": ""}
    diagnostics = Diagnostics()
    project = Project(root, diagnostics)
    organization = project.organization
    if organization is None or diagnostics.errors:
        return {"questions": [], "folders": [], "said": _said(diagnostics.errors)}
    asked = questions_of_meeting(organization) if what == "meeting" else _of_case(project, form, organization, renewed)
    if asked is None:
        remedy = suggestion(form, list(project.forms), "様式は、").hint
        return {"questions": [], "folders": [], "said": f"「{form}」という様式はありません。{remedy}"}
    return {"questions": [_question(each) for each in asked], "folders": list(_folders(root)), "said": ""}


def _of_case(project: Project, form: str, organization: Organization, renewed: bool) -> list[Question] | None:
    known = project.forms.get(form)
    asked = questions_of_renewal if renewed else questions_of_case
    return asked(known, organization) if known else None


def _question(question: Question) -> Json:
    return {
        "option": question.option,
        "words": question.words,
        "choices": list(question.choices),
        "example": question.example,
        "kept": question.kept,
        "several": question.option == SEVERAL,
    }


def _folders(root: Path) -> Sequence[str]:
    """The folders of cases and meetings, below cases/."""
    home = root / CASES
    files = (*home.rglob("*.yaml"), *home.rglob("*.yml"))
    found = {each.parent.relative_to(home).as_posix() for each in files}
    return sorted(each for each in found if each != "." and f"{CASES}/" not in f"{each}/")


def begin(root: Path, new: NewFile) -> Json:
    """Begins the file. `path`: where it is; or what is wrong with which answer, and nothing is written."""
    diagnostics = Diagnostics()
    try:
        if new.what == "municipality":
            made = found(root, DraftRequest(root, new.answers), diagnostics)
            return {"ok": True, "written": list(made.written), "kept": list(made.kept)}
        wish = DraftRequest(new.path(root), new.answers, None, new.old)
        project = Project(root, diagnostics)
        begun = begin_meeting(project, wish) if new.what == "meeting" else begin_case(project, new.form, wish)
    except InputError as error:
        options = {option for option in new.answers if option.startswith("--")}
        return {
            "ok": False,
            "errors": [
                {"option": each.place.path, "reason": each.reason, "remedy": each.remedy}
                for each in error.diagnostics
                if each.place.path in options
            ],
            "said": _said([each for each in error.diagnostics if each.place.path not in options]),
        }
    except CommandError as error:
        return {"ok": False, "errors": [], "said": str(error)}
    return {"ok": True, **_begun(begun)}


def _begun(begun: Begun) -> Json:
    return {
        "path": begun.path,
        "copied": [each.name for each in begun.copied],
        "open": begun.open,
        "reviews": begun.reviews,
        "for_agenda": begun.for_agenda,
    }


def _said(faults: Sequence[Diagnostic]) -> str:
    return "\n".join(f"{each.place}: {each.reason}。{each.remedy}" for each in faults)
