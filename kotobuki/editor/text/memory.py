"""What was last known of files while they are typed in: their nodes, and the names that ｛…｝ may use.

In: the lines of a text, and the line that is being written. Out: what the text says, or said when it could last be read. While one
line is being written nothing is read again: what is known hangs on the other lines.
"""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from threading import Lock

from kotobuki.diagnostics import Place
from kotobuki.editor.form.source import Source, keys_known, read
from kotobuki.editor.text.vocabulary import Vocabulary, vocabulary_of
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.project import Project
from kotobuki.reading.nodes import Mapping, Node

_KEPT = 20
"""Files whose last readable text is kept."""
_NOTHING = Mapping((), Place("", 1, 1))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a file: its node, and the names that it has. `key`: of the text without the line of the cursor."""

    key: str
    node: Node
    vocabulary: Vocabulary | None


class Memory:
    """The last texts of files that could be read, so that help does not stop while one is being typed."""

    def __init__(self) -> None:
        self._known = OrderedDict[Path, Known]()
        self._lock = Lock()

    def of(self, project: Project, file: Path, lines: list[str], row: int, *, names: bool) -> Known:
        """What is known of a file; `names`: with its names, for which the whole case is read."""
        key = "".join((*lines[:row], "\0", *lines[row + 1 :]))
        with self._lock:
            last = self._known.get(file)
        if last and last.key == key and (last.vocabulary or not names):
            return last
        node = self._readable(project, file, lines, row)
        if node is None:
            return last or Known(key, _NOTHING, None)
        found = Known(key, node, vocabulary_of(project, node) if names else None)
        with self._lock:
            self._known[file] = found
            self._known.move_to_end(file)
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return found

    def _readable(self, project: Project, file: Path, lines: list[str], row: int) -> Node | None:
        """The node of the text, else of the text without the line that is being written."""
        keys = keys_known(project, file)
        blank = lines[row][len(lines[row].rstrip("\r\n")) :] if row < len(lines) else ""
        for text in ("".join(lines), "".join((*lines[:row], blank, *lines[row + 1 :]))):
            found = read(text, project.shown(file), keys)
            if isinstance(found, Source):
                return found.node
        return None
