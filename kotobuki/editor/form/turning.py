"""A value turned into another shape: a text into a list or keys, and back where nothing is lost."""

from __future__ import annotations

from kotobuki.case.content import FORM_BLOCK
from kotobuki.editor.form.editing import Change, Editing, Steps, impossible
from kotobuki.editor.form.expected import EMPTY
from kotobuki.editor.refusal import RefusalError
from kotobuki.manuscript import scalars
from kotobuki.manuscript.edits import Span, at
from kotobuki.manuscript.parts import shifted
from kotobuki.manuscript.rearranging import (
    Value,
    in_brackets,
    item_lines,
    key_lines,
)
from kotobuki.manuscript.retyping import (
    STEP,
    behind_sign,
    cut,
    end_of,
    lines_below,
)
from kotobuki.manuscript.tree import Collection, Leaf

_OF_FORM = f"｛{FORM_BLOCK}｝"


def turn(file: Editing, path: Steps, into: object) -> Change:
    """A value in another shape, its words kept."""
    value = file.at(path)
    if not path:
        raise impossible()
    match into, value:
        case "list", str():
            return put(file, path, [value])
        case "list", dict():
            return _wrapped(file, path, value)
        case "text", list() if all(isinstance(each, str) for each in value):
            return _as_words(file, path, "\n".join(each for each in value if isinstance(each, str) and each))
        case "text", dict() if not value:
            return _as_words(file, path, "")
        case "text", dict() if len(value) == 1:
            (key, content) = next(iter(value.items()))
            named = file.expected_at(path).is_named(file.node(path))
            if isinstance(content, str) and (not content or not named):
                return _as_words(file, path, content or key)
        case "group", str():
            return put(file, path, {_first_key(file, path, value): "" if _is_headed(file, path) else value})
        case _:
            pass
    if (into, type(value)) in (("list", list), ("text", str), ("group", dict)):
        return Change(file.says, [])
    raise RefusalError("今ある内容を残したままでは変えられません", "内容を消すか、「本文」で直してください")


def _is_headed(file: Editing, path: Steps) -> bool:
    """Whether a text becomes a heading where keys are to stand: in a list of 「見出し: 内容」."""
    return isinstance(path[-1], int) and file.expected_at(path).is_named(EMPTY)


def _first_key(file: Editing, path: Steps, text: str) -> str:
    """The key that a text is put under, or that it becomes."""
    if _is_headed(file, path):
        return text.replace("\n", "") or "見出し"
    keys = [*file.expected_at(path).keys(EMPTY)]
    needed = [each.name for each in keys if each.required] or [each.name for each in keys if each.name != _OF_FORM]
    if not needed:
        return "見出し"
    return needed[0]


def put(file: Editing, path: Steps, value: Value) -> Change:
    """A list or keys in the place of a text or of nothing."""
    leaf, site, known = file.value(path), file.site(path), file.source.known_keys
    if not isinstance(leaf, Leaf) or leaf.alias or leaf.anchor:
        raise impossible()
    sign = behind_sign(site.entry, file.lines)
    written = leaf.text or leaf.quoted or leaf.block
    span = Span(sign, end_of(leaf, file.lines)) if written else at(sign)
    wanted = file.changed(path, lambda _: value)
    if site.flow:
        start = leaf.start if written else sign
        text = in_brackets(value, known)
        return Change(wanted, [[Span(start, span.end).becomes(text if written else f" {text}")]])
    below = _block_lines(value, site.column + STEP, known)
    last = span.end[0]
    ways = [[*(cut(site) if written else ()), *lines_below(file.lines, last, below)]]
    if site.entry.key is None:
        ways.insert(0, [span.becomes(f" {below[0].lstrip()}"), *lines_below(file.lines, last, below[1:])])
    return Change(wanted, ways)


def _block_lines(value: Value, column: int, known: tuple[str, ...]) -> list[str]:
    match value:
        case list():
            return [line for each in value for line in item_lines(each, column, known)]
        case dict():
            return [line for each in value.items() for line in key_lines(*each, column, known)]
        case str():
            raise impossible()


def _wrapped(file: Editing, path: Steps, value: Value) -> Change:
    """Keys as the one item of a list."""
    collection = file.value(path)
    wanted = file.changed(path, lambda _: [value])
    if not isinstance(collection, Collection):  # an alias
        raise impossible()
    if collection.flow:
        return Change(wanted, [[at(collection.start).becomes("["), at(collection.end).becomes("]")]])
    rows = file.rows(path)
    if rows is None:
        raise impossible()
    lines = [*shifted([line for each in rows.all() for line in each], STEP)]
    first = next(index for index, line in enumerate(lines) if line.lstrip()[:1] not in ("", "#"))
    lines[first] = f"{' ' * rows.column}- {lines[first].lstrip()}"
    return Change(wanted, [[rows.becomes([lines])]])


def _as_words(file: Editing, path: Steps, words: str) -> Change:
    """A text in the place of a list or of keys."""
    collection, site, known = file.value(path), file.site(path), file.source.known_keys
    wanted = file.changed(path, lambda _: words)
    if not isinstance(collection, Collection) or collection.anchor:
        raise impossible()
    if collection.flow or site.flow:
        text = scalars.in_one_line(words, site.where, "", known) if words else "''"
        return Change(wanted, [[Span(collection.start, collection.end).becomes(text)]])
    rows = file.rows(path)
    if rows is None:
        raise impossible()
    sign = behind_sign(site.entry, file.lines)
    line, below = scalars.written(words, site.where, quoted=False, known_keys=known)
    indent = " " * (site.column + STEP)
    text = "".join(f"\n{indent}{each}" if each else "\n" for each in below)
    behind = file.lines[sign[0]][sign[1] :].rstrip("\r\n")
    if below and behind.strip() and rows.parts[0].entry.at[0] != sign[0]:
        raise impossible()
    return Change(wanted, [[at(sign).becomes(f" {line}{text}" if words else ""), rows.becomes([])]])
