"""A case begun from last year's: its content and comments stay, its number and dates are cleared.

In: the old file, its form, what was answered. Out: the new text. Edits are made in the source at the positions of the
nodes, so that every other byte stays; what to look at is named in a comment above the line. Before the text is handed out
it is read again, and must say the same but for what was cleared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field
from typing import assert_never

from kotobuki.diagnostics import Diagnostics
from kotobuki.drafting.from_form import DATES, LAWS, OFFICE, TIME, TITLE
from kotobuki.drafting.review import comment, doubtful
from kotobuki.drafting.writing import Answers, blank, spelt
from kotobuki.japanese.periods import parse_period
from kotobuki.manuscript import edits
from kotobuki.manuscript.edits import Edit, Span
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence, all_nodes
from kotobuki.reading.parse import inner_lines, sound_node
from kotobuki.reading.placeholders import placeholder_of
from kotobuki.settings.form import Form
from kotobuki.settings.organization import Organization

_EDITOR = "# yaml-language-server:"
_SCHEDULE = "日程"


@dataclass(kw_only=True)
class Renewal:
    """One case on its way. `problem`: a value that could not be replaced, as users call it; "" = none."""

    node: Mapping
    form: Form
    organization: Organization
    lines: list[str]
    answers: dict[str, str]
    edits: list[Edit] = field(default_factory=list)
    changed: dict[int, object] = field(default_factory=dict)
    """By the id of its scalar, what a value reads as afterwards; None = its entry is gone."""
    problem: str = ""

    def clear(self) -> None:
        """Take the answers over, and clear what was last year's."""
        self._answered(TITLE)
        self._departments()
        for key, name in DATES.items():
            issued = self.node.get(key)
            if isinstance(issued, Mapping):
                self._issued(issued, name)
        for index, time in enumerate(self._times()):
            new = blank(f"前は{time.value}")
            self._replace(
                edits.written(time, self.lines), time, (index == 0 and self.answers.pop(TIME, "")) or new, TIME
            )

    def _answered(self, name: str) -> None:
        entry = next((each for each in self.node.entries if each[0].value == name), None)
        if name in self.answers and entry and isinstance(entry[1], Scalar):
            self._replace(edits.value(*entry, self.lines), entry[1], self.answers.pop(name), name)  # type: ignore[arg-type]  # a pair whose value was just seen to be a scalar

    def _departments(self) -> None:
        """Those that are no more are to be chosen again; an answer stands for the one there is."""
        self._answered(OFFICE)
        value = self.node.get(OFFICE)
        for name in value.items if isinstance(value, Sequence) else (value,):
            if isinstance(name, Scalar) and id(name) not in self.changed:
                found = Diagnostics()
                self.organization.department(name, found)
                if found.errors:
                    self._replace(edits.written(name, self.lines), name, blank(f"{OFFICE}（前は{name.value}）"), OFFICE)

    def _issued(self, issued: Mapping, dated: str) -> None:
        for key, value in issued.entries:
            if not isinstance(value, Scalar) or not value.value:
                continue
            if key.value == "番号":
                self._replace(edits.written(value, self.lines), value, blank("番号"), "番号")
            elif key.value == "日付":
                self._replace(edits.written(value, self.lines), value, self.answers.pop(dated, blank(dated)), dated)
            elif key.value == "枝番" and (edit := edits.without(key, value, self.lines)):
                self.edits.append(edit)
                self.changed[id(value)] = None

    def _replace(self, found: Span | None, old: Scalar, text: str, what: str) -> None:
        if found is None:
            self.problem = self.problem or what
            return
        self.edits.append(found.becomes(text))
        read = sound_node(f"- {text}\n".encode())
        assert isinstance(read, Sequence)  # it was written to be one
        self.changed[id(old)] = _shape(read.items[0], {})

    def _times(self) -> Iterator[Scalar]:
        """The times of every schedule: of the form's sections and rows, and of blocks."""
        kinds = {section.name: section.kind for section in self.form.sections}
        for key, value in self.node.entries:
            name = _slot(key.value)
            section = next((each for each in self.form.sections if each.name == name), None)
            if section and section.kind == "表" and isinstance(value, Mapping):
                rows = {row.name: row.kind for row in section.rows}
                for row, content in value.entries:
                    yield from _times(content, rows.get(_slot(row.value)) == _SCHEDULE)
            else:
                yield from _times(value, kinds.get(name) == _SCHEDULE)

    def reviewed(self) -> list[Edit]:
        """Comments above the lines that hold what is likely to be no longer true."""
        inner = inner_lines("".join(self.lines).encode())
        words: dict[int, list[str]] = defaultdict(list)
        for key, value in self.node.entries:
            if key.value == LAWS and not placeholder_of(value):
                words[key.place().line].append("条項")
        for scalar in all_nodes(self.node):
            if isinstance(scalar, Scalar) and id(scalar) not in self.changed:
                row = scalar.place().line
                while row in inner:
                    row -= 1
                words[row] += doubtful([scalar.value])
        end = edits.line_end(self.lines, 0)
        found = []
        for row, each in words.items():
            line = self.lines[row - 1]
            text = f"{line[: len(line) - len(line.lstrip(' '))]}{comment(list(dict.fromkeys(each)))}{end}"
            if each and self.lines[row - 2 : row - 1] != [text]:
                found.append(edits.above(row - 1, text))
        return found

    def says_the_same(self, text: str) -> bool:
        """Whether the text, read again without fault, is the old one but for what was changed."""
        node = sound_node(text.encode())
        return node is not None and _shape(node, {}) == _shape(self.node, self.changed)


def renew(
    data: bytes, node: Mapping, form: Form, organization: Organization, answers: Answers
) -> tuple[str, str, list[str]]:
    """The new text, the value that stood in the way ("" = none), and the names of the answers there was no place for."""
    lines = edits.lines_of(data.decode())
    if lines[0].startswith(_EDITOR):  # another line for editors comes in its place
        lines[0] = "#" + edits.line_end(lines, 0)
    made = Renewal(
        node=node,
        form=form,
        organization=organization,
        lines=lines,
        answers={name: spelt(answer) for name, answer in answers.items()},
    )
    made.clear()
    text = "".join(edits.edited(lines, [*made.edits, *made.reviewed()]))
    if not made.problem and not made.says_the_same(text):
        made.problem = "案件"
    if data.decode().startswith(_EDITOR):
        text = "".join(edits.lines_of(text)[1:])
    return text, made.problem, list(made.answers)


def _slot(key: str) -> str:
    """The form's name of a section or row, of a key that may give it another heading."""
    return key[1:].split("｝")[0] if key.startswith("｛") and not key.endswith("｝") else key


def _times(node: Node, is_schedule: bool) -> Iterator[Scalar]:
    match node:
        case Sequence():
            for item in node.items:
                yield from _times(item, is_schedule)
        case Mapping():
            for key, value in node.entries:
                period = parse_period(key.value) if is_schedule and not placeholder_of(key) else None
                if period and period.start:
                    yield key
                else:
                    yield from _times(value, is_schedule or key.value == f"｛{_SCHEDULE}｝")
        case Scalar():
            pass
        case _:
            assert_never(node)


def _shape(node: Node, changed: Dictionary[int, object]) -> object:
    match node:
        case Scalar():
            return changed.get(id(node), node.value)
        case Sequence():
            return [_shape(item, changed) for item in node.items]
        case Mapping():
            pairs = ((_shape(key, changed), _shape(value, changed)) for key, value in node.entries)
            return [pair for pair in pairs if pair[1] is not None]
        case _:
            assert_never(node)
