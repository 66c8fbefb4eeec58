"""A field that has been looked at: the comments `# 確認：…` that ask for that are taken out, and nothing else."""

from __future__ import annotations

from collections import Counter

from kotobuki.editor.form.editing import Change, Editing, Steps, gone
from kotobuki.editor.form.source import Source, read
from kotobuki.manuscript.edits import Edit, Span, edited
from kotobuki.manuscript.parts import texts
from kotobuki.manuscript.tree import Collection, Entry
from kotobuki.reading.openings import reviews_in


def comments_at(entry: Entry) -> list[str]:
    """The comments that belong to an entry itself, not to something in it."""
    tail = entry.value.tail if isinstance(entry.value, Collection) else []
    return [*texts((*entry.above, *entry.behind, *entry.below, *tail))]


def looked_at(file: Editing, path: Steps) -> Change:
    """Of a comment on a line of its own the whole line goes, of another what stands from its # on."""
    wanted = _comments(file, path)
    edits, lost = list[Edit](), list[str]()
    for review in reversed([*reviews_in("".join(file.lines).encode(), "")]):  # those at the top may be about the file
        line, column = review.place.line - 1, review.place.column - 1
        words = file.lines[line].rstrip("\n")
        comment = words[column:].rstrip()
        end = (line + 1, 0) if review.own else (line, len(words))
        edit = Span((line, 0 if review.own else len(words[:column].rstrip())), end).becomes("")
        if lost.count(comment) < wanted[comment] and _without(file, path, edit) == wanted - Counter([comment]):
            edits.append(edit)
            lost.append(comment)
    if not edits:
        raise gone()
    return Change(file.says, [edits], tuple(lost))


def _comments(file: Editing, path: Steps) -> Counter[str]:
    collection, index = file.entry(path)
    return Counter(comments_at(collection.entries[index]))


def _without(file: Editing, path: Steps, edit: Edit) -> Counter[str] | None:
    """The comments of an entry after an edit: where others say the same, only that tells whose a comment is."""
    after = read("".join(edited(file.lines, [edit])), "", file.source.known_keys)
    return _comments(Editing(after, file.expected), path) if isinstance(after, Source) else None
