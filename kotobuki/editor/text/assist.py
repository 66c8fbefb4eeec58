"""What is offered while a file is written as text, and what is told of the word under the pointer.

In: a file, its text as it stands at the moment, a position (from 1). Out: options, each with the text that is put in; or what a
key means, what a term prints, what a reference leads to. Keys, choices and snippets come from the schema of the file
(`expected`), terms and references from the case as a build numbers it (`vocabulary`): of the last text that could be read, as
long as this one cannot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kotobuki.case.shapes import block_kind
from kotobuki.diagnostics import Diagnostics
from kotobuki.editor import told
from kotobuki.editor.asked import Asked, integer
from kotobuki.editor.asked import text as text_asked
from kotobuki.editor.desk import Desk
from kotobuki.editor.form.expected import EMPTY, LIST, Expected, KeyMeaning
from kotobuki.editor.form.source import BOM, expected_of
from kotobuki.editor.text.cursor import Cursor, Steps, cursor_at
from kotobuki.editor.text.memory import Known, Memory
from kotobuki.editor.text.vocabulary import Vocabulary
from kotobuki.editor.told import Json
from kotobuki.manuscript.edits import lines_of
from kotobuki.manuscript.rearranging import Value, item_lines, key_lines
from kotobuki.numbering.targets import Target, TargetKind
from kotobuki.project import Project
from kotobuki.reading.nodes import Mapping, Node, Sequence, all_nodes

_MOST = 400
"""Options: a list that is longer helps nobody."""
_FEW = 12
"""Choices that are named when a key is explained."""
_STOP = re.compile(r"\$\{\d+(?::([^}]*))?\}|\$\d+")
_HEADED = "後に見出しを続けて書きます（見出しを変えるとき、様式にないものを足すとき）"
_COLON = re.compile(r":(?=[ \t]|$)")
_KINDS = {
    TargetKind.SECTION: "節",
    TargetKind.ITEM: "項目",
    TargetKind.TABLE: "表",
    TargetKind.ROW: "行",
    TargetKind.ANNEX: "別紙・別添",
    TargetKind.ATTACHMENT: "規程に付くもの",
    TargetKind.CHAPTER: "章",
    TargetKind.ARTICLE: "条",
    TargetKind.PARAGRAPH: "項",
    TargetKind.POINT: "号",
    TargetKind.SUBPOINT: "号の細分",
    TargetKind.SUPPLEMENT: "附則",
}
MARKS = {
    "→": ("参照", "｛→見出し｝は、その節、項目、別紙などの番号や見出しを印字します。番号が動けば変わります"),
    "※→": ("注の印", "ほかの所に書いた注｛※名前｝の印を、ここに印字します"),
    "※": ("注", "印をここに、注の文を節や欄の終わりに印字します"),
    "＃": ("名前", "この項目や行を｛→名前｝で引くための名前です。印字しません"),
    "＝": ("そのまま", "数字の幅を変えずに、書いたとおりに印字します"),
    "記入：": ("記入", "まだ決まっていない所です。「記入」の数に数えられます"),
    "同行": ("同行見出し", "見出しの後に、行を変えずに文を続けます"),
}
"""The signs that a mark begins with, what it is called and what it does."""


def answer_complete(desk: Desk, asked: Asked) -> Json:
    """`complete {"file", "text", "line", "column"}`."""
    file = desk.library.path(desk.library.entry(text_asked(asked, "file")))
    position = (integer(asked, "line"), integer(asked, "column"))
    return complete(Project(desk.root, Diagnostics()), file, text_asked(asked, "text"), position, desk.memory)


def answer_hover(desk: Desk, asked: Asked) -> Json | None:
    """`hover {"file", "text", "line", "column"}`."""
    file = desk.library.path(desk.library.entry(text_asked(asked, "file")))
    position = (integer(asked, "line"), integer(asked, "column"))
    return hover(Project(desk.root, Diagnostics()), file, text_asked(asked, "text"), position, desk.memory)


def complete(project: Project, file: Path, text: str, position: tuple[int, int], memory: Memory) -> Json:
    """What may be written at a position: {"from": [line, column], "options": [{"label", "detail", "info", "apply"}, …]}."""
    place = _Place(project, file, text, position, memory)
    options = [*place.options()][:_MOST]
    row, column = place.start
    return {"from": told.position(row + 1, column + 1), "options": options}


def hover(project: Project, file: Path, text: str, position: tuple[int, int], memory: Memory) -> Json | None:
    """What the word at a position means: {"from", "to", "title", "text"}, or None."""
    return _Place(project, file, text, position, memory).told()


class _Place:
    """A position in a text that is being written."""

    def __init__(self, project: Project, file: Path, text: str, position: tuple[int, int], memory: Memory) -> None:
        self.project, self.file, self.memory = project, file, memory
        self.source = lines_of(text.removeprefix(BOM))
        self.row = min(max(position[0] - 1, 0), len(self.source) - 1)
        self.lines = [each.rstrip("\r\n") for each in self.source]
        self.column = min(max(position[1] - 1 - (text.startswith(BOM) and self.row == 0), 0), len(self.lines[self.row]))
        self.cursor = cursor_at(self.lines, (self.row, self.column))

    @property
    def start(self) -> tuple[int, int]:
        """Where what is being written begins: a mark, else the word."""
        if self.cursor.mark is not None:
            return self.row, self.column - len(self.cursor.mark) - 1
        return self.cursor.start

    def options(self) -> Iterator[Json]:
        """What may be written here."""
        cursor = self.cursor
        mark = cursor.mark
        known = self._known(names=mark is not None)
        begins = cursor.at in ("key", "item") and (mark is None or cursor.word == f"｛{mark}")
        if begins and not (mark or "").startswith(("→", "※→")):
            yield from self._keys(known.node, block=mark is not None)
        if mark is not None:
            yield from self._marks(mark, known)
        if mark is None and cursor.at in ("value", "item"):
            yield from self._values(known.node)

    def told(self) -> Json | None:
        """What the word here means."""
        line = self.lines[self.row]
        begin, end = line.rfind("｛", 0, self.column + 1), line.find("｝", self.column)
        if (
            begin >= 0
            and end >= 0
            and "｝" not in line[begin : self.column]
            and (found := self._told_of_mark(line, begin, end))
        ):
            return found
        return self._told_of_key(line)

    def _known(self, *, names: bool) -> Known:
        return self.memory.of(self.project, self.file, self.source, self.row, names=names)

    def _expected(self, path: Steps, node: Node) -> tuple[Expected, Node]:
        """What may stand at a path, and what does: where it is not there yet, an empty one of what leads on."""
        expected = expected_of(self.project, self.file, node)
        for step in path:
            if isinstance(step, str):
                around = node if isinstance(node, Mapping) else EMPTY
                expected, node = expected.value(around, step), around.get(step) or EMPTY
            else:
                several = node if isinstance(node, Sequence) else LIST
                expected = expected.item(several)
                node = several.items[step] if several is node and step < len(several.items) else EMPTY
        return expected, node

    def _keys(self, node: Node, *, block: bool) -> Iterator[Json]:
        """The keys that may stand here; `block`: those in ｛ ｝."""
        cursor = self.cursor
        expected, here = self._expected(cursor.path, node)
        around = here if isinstance(here, Mapping) else EMPTY
        written = {key.value for key, _ in around.entries} if cursor.at == "key" else set()
        for meaning in expected.keys(EMPTY if cursor.at == "item" else around):
            if meaning.name not in written and (not block or meaning.name.startswith("｛")):
                need = "必須" if meaning.required else ""
                yield _option(meaning.name, need, meaning.about, self._applied(meaning, around))
        if block:
            for name, heads in expected.marked(around):
                yield _option(name, "", _HEADED if heads else "", name if heads else f"{name}: ")
        elif cursor.at == "item":
            for snippet in expected.snippets():
                lines = item_lines(_value(snippet["body"]), max(cursor.column - 2, 0))
                yield _option(str(snippet["label"]), "ひな形", str(snippet.get("description", "")), _joined(lines, 2))

    def _applied(self, meaning: KeyMeaning, around: Mapping) -> str:
        """A key as it is put in: with what its value begins with."""
        name = key_lines(meaning.name, "", 0)[0]
        behind = self.lines[self.row][self.column :]
        if behind.startswith("｝") and meaning.name.endswith("｝"):
            return meaning.name[:-1]
        if self.cursor.flow or behind.strip():
            return f"{name} "
        column = self.cursor.column
        shapes = meaning.value.may()
        if "text" in shapes or not shapes:
            return f"{name} "
        if snippet := next(meaning.value.snippets(), None):
            return "\n".join(key_lines(meaning.name, _value(snippet["body"]), column)).lstrip()
        return f"{name}\n{' ' * (column + 2)}{'- ' if 'group' not in shapes else ''}"

    def _values(self, node: Node) -> Iterator[Json]:
        """The words that may be written here."""
        expected, here = self._expected(self.cursor.path, node)
        for word in expected.choices(here if not isinstance(here, Mapping) else _TEXT):
            yield _option(word, "", "", word)

    def _marks(self, mark: str, known: Known) -> Iterator[Json]:
        """The marks that may be written: names, references, and the other signs."""
        vocabulary = known.vocabulary
        close = "" if self.lines[self.row][self.column :].startswith("｝") else "｝"
        if mark.startswith("※"):
            yield from self._notes(known.node, close)
            return
        if mark.startswith("→"):
            yield from self._references(vocabulary, close)
            return
        for each in vocabulary or ():
            yield _option(f"｛{each.name}｝", each.words, each.more, f"｛{each.name}{close}")
            if mark.startswith(f"{each.name}："):
                for extent in ("正式", "略称"):
                    yield _option(f"｛{each.name}：{extent}｝", each.words, "", f"｛{each.name}：{extent}{close}")
        for sign, (title, about) in MARKS.items():
            ends = close if sign == "同行" else ""
            yield _option(f"｛{sign}{'' if sign == '同行' else '…'}｝", title, about, f"｛{sign}{ends}")
        yield from self._references(vocabulary, close)

    def _references(self, vocabulary: Vocabulary | None, close: str) -> Iterator[Json]:
        for each in vocabulary.references if vocabulary else ():
            yield _option(f"｛→{each.name}｝", each.words, _whereabouts(each.target), f"｛→{each.name}{close}")

    def _notes(self, node: Node, close: str) -> Iterator[Json]:
        """The marks of notes that stand elsewhere."""
        names = (key.value for each in all_nodes(node) if isinstance(each, Mapping) for key, _ in each.entries)
        for name in dict.fromkeys(names):
            if block_kind(name) and name.startswith("｛※") and name != "｛※｝":
                yield _option(f"｛※→{name[2:-1]}｝", *MARKS["※→"], f"｛※→{name[2:-1]}{close}")

    def _told_of_mark(self, line: str, begin: int, end: int) -> Json | None:
        body = line[begin + 1 : end]
        where = {"from": self._position(begin), "to": self._position(end + 1)}
        vocabulary = self._known(names=True).vocabulary
        if body.startswith("→"):
            found = vocabulary.reference(body) if vocabulary else None
            if found is None:
                return {**where, "title": f"｛{body}｝", "text": "参照先が見つかりません"}
            words, target = found
            return {**where, "title": words, "text": _whereabouts(target)}
        name, _, extent = body.partition("：")
        named = vocabulary.find(name) if vocabulary else None
        if named:
            return {**where, "title": f"｛{body}｝", "text": "\n".join(filter(None, (named.words, named.more, extent)))}
        for sign in sorted(MARKS, key=len, reverse=True):
            if body.startswith(sign.rstrip("：")):
                title, about = MARKS[sign]
                return {**where, "title": title, "text": about}
        return None

    def _told_of_key(self, line: str) -> Json | None:
        for colon in _COLON.finditer(line, max(self.column - 1, 0)):
            cursor: Cursor = cursor_at(self.lines, (self.row, colon.end()))
            if cursor.at != "value" or cursor.key is None or not cursor.path:
                continue
            start = cursor.key[1]
            if not start <= self.column <= colon.end():
                return None
            expected, node = self._expected(cursor.path, self._known(names=False).node)
            about = expected.about
            choices = expected.choices(node if not isinstance(node, Mapping) else _TEXT)
            offered = (
                f"書けるもの：{'、'.join(choices[:_FEW])}{' など' if len(choices) > _FEW else ''}" if choices else ""
            )
            words = "\n".join(filter(None, (about, offered)))
            title = expected.title or str(cursor.path[-1])
            where = {"from": self._position(start), "to": self._position(colon.start())}
            return {**where, "title": title, "text": words} if words else None
        return None

    def _position(self, column: int) -> list[int]:
        return told.position(self.row + 1, column + 1)


def _whereabouts(target: Target) -> str:
    """What a target is, and where it is written."""
    around = "／".join(each.names[0] for each in target.parents if each.names)
    return "、".join(
        filter(None, (_KINDS[target.kind], f"{around} の中" if around else "", f"{target.place.line}行目"))
    )


def _option(label: str, detail: str, info: str, apply: str) -> Json:
    return {"label": label, "detail": detail, "info": info, "apply": apply}


def _value(body: object) -> Value:
    """The body of a snippet without its stops."""
    match body:
        case dict():
            return {_STOP.sub(r"\1", str(key)): _value(each) for key, each in body.items()}
        case list():
            return [_value(each) for each in body]
        case _:
            return _STOP.sub(r"\1", str(body))


def _joined(lines: list[str], behind: int) -> str:
    """Lines as they are put in behind the hyphen of the first."""
    return "\n".join([lines[0].lstrip()[behind:], *lines[1:]])


_TEXT = LIST.items[0]
