"""A text, a key or the source of a value written anew."""

from __future__ import annotations

from kotobuki.editor.form.editing import Change, Editing, Steps, impossible
from kotobuki.editor.refusal import RefusalError
from kotobuki.manuscript import scalars
from kotobuki.manuscript.edits import Span
from kotobuki.manuscript.retyping import (
    STEP,
    is_written,
    retyped,
    span_of,
)
from kotobuki.manuscript.tree import Collection, Leaf, comments_in


def set_text(file: Editing, path: Steps, words: str) -> Change:
    """Other words."""
    if not isinstance(file.value(path), Leaf):
        raise RefusalError("ここには文ではなく、一覧か項目の組があります", "もう一度選び直してください")
    return Change(file.changed(path, lambda _: words), retyped(file.site(path), words))


def rename(file: Editing, path: Steps, words: str) -> Change:
    """Another key, which must not be there yet."""
    collection, index = file.entry(path)
    key = collection.entries[index].key
    holder = file.at(path[:-1])
    if key is None or not isinstance(holder, dict):
        raise impossible()
    if not words:
        raise RefusalError("見出しが空です", "見出しを書くか、項目ごと消してください")
    if words != key.text and words in holder:
        raise RefusalError(f"「{words}」は、もうあります", "別の名にしてください")
    quote = file.lines[key.start[0]][key.start[1]] if key.quoted else ""
    where: scalars.Where = "flow key" if collection.flow else "key"
    ways = (
        [Span(key.start, key.end).becomes(scalars.in_one_line(words, where, style, file.source.known_keys))]
        for style in dict.fromkeys((quote, '"'))
    )
    renamed = {words if each == key.text else each: value for each, value in holder.items()}
    return Change(file.changed(path[:-1], lambda _: renamed), ways)


def set_source(file: Editing, path: Steps, source: object) -> Change:
    """Other source in the place of a value: whatever it says, everything else says what it said."""
    if not path or not isinstance(source, str):
        raise impossible()
    site, value = file.site(path), file.value(path)
    start, end = span_of(site.entry, file.lines)
    lines = source.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    below = [len(each) - len(each.lstrip(" ")) for each in file.lines[start[0] + 1 : end[0] + 1] if each.strip()]
    block = isinstance(value, Collection) and not value.flow
    indent = start[1] if block else min(below, default=site.column + STEP)
    text = "\n".join([lines[0], *(" " * indent + each if each.strip() else "" for each in lines[1:])])
    gap = "" if is_written(value) else " "
    edit = Span(start, end).becomes(gap + text)
    return Change(file.says, [[edit]], tuple(comments_in(site.entry)), free=path)
