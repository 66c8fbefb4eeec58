"""What the browser can ask for: each name with the function that answers.

To add one: a function `(Desk, Asked) -> object` in a module of this package, which takes its values by `editor.asked`, raises
`RefusalError`, and gives what JSON can hold (dataclasses, too); and one line below.
"""

from __future__ import annotations

from collections.abc import Callable

from kotobuki.editor import overview
from kotobuki.editor.asked import Asked
from kotobuki.editor.buttons import actions
from kotobuki.editor.desk import Desk
from kotobuki.editor.disk import files, saving
from kotobuki.editor.form import changes, fields
from kotobuki.editor.paper import preview
from kotobuki.editor.text import assist
from kotobuki.lazy_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Route:
    """A function; `builds`: it makes papers, so that one at a time runs, and none that nobody waits for any more."""

    answer: Callable[[Desk, Asked], object]
    builds: bool = False


ROUTES: dict[str, Route] = {
    "overview": Route(overview.overview),
    "settle": Route(overview.settle),
    "open": Route(files.open_file),
    "save": Route(saving.save),
    "versions": Route(saving.versions),
    "version": Route(saving.version),
    "preview": Route(preview.answer, builds=True),
    "make": Route(actions.make, builds=True),
    "packet": Route(actions.packet, builds=True),
    "swap": Route(actions.swap, builds=True),
    "records": Route(actions.records),
    "numbers": Route(actions.numbers),
    "take": Route(actions.take),
    "questions": Route(actions.questions),
    "begin": Route(actions.begin),
    "revisions": Route(actions.revisions),
    "compare": Route(actions.compare),
    "paper": Route(actions.paper, builds=True),
    "fields": Route(fields.answer),
    "change": Route(changes.answer),
    "complete": Route(assist.answer_complete),
    "hover": Route(assist.answer_hover),
}
