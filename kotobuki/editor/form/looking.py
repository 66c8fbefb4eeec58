"""A field that has been looked at: the comments `# 確認：…` that ask for that are taken out, and nothing else."""

from __future__ import annotations

from kotobuki.editor.form.editing import Change, Editing, Steps, gone
from kotobuki.manuscript.edits import Span
from kotobuki.manuscript.parts import texts
from kotobuki.manuscript.tree import Collection, Entry
from kotobuki.reading.openings import reviews_in


def comments_at(entry: Entry) -> list[str]:
    """The comments that belong to an entry itself, not to something in it."""
    tail = entry.value.tail if isinstance(entry.value, Collection) else []
    return [*texts((*entry.above, *entry.behind, *entry.below, *tail))]


def looked_at(file: Editing, path: Steps) -> Change:
    """Of a comment on a line of its own the whole line goes, of another what stands from its # on."""
    collection, index = file.entry(path)
    entry = collection.entries[index]
    wanted = comments_at(entry)
    edits, lost = [], []
    for review in reviews_in("".join(file.lines).encode(), ""):
        line, column = review.place.line - 1, review.place.column - 1
        words = file.lines[line].rstrip("\r\n")
        comment = words[column:].rstrip()
        if line < entry.at[0] - len(entry.above) or comment not in wanted:
            continue
        wanted.remove(comment)
        lost.append(comment)
        end = (line + 1, 0) if review.own else (line, len(words))
        edits.append(Span((line, 0 if review.own else len(words[:column].rstrip())), end).becomes(""))
    if not edits:
        raise gone()
    return Change(file.says, [edits], tuple(lost))
