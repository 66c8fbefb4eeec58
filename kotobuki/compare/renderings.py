"""A listing in the form it is wanted in: lines for a terminal, Markdown for a comment, a web page, JSON.

In: `Listed` files. Out: text. Words of the files never become markup: each form escapes in one function, and what cannot be
seen in them is shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape

from kotobuki.compare.changes import SAID, Change, changes
from kotobuki.compare.files import FileDiff
from kotobuki.compare.listing import NOTHING, STEP, Listed, ListedChange, MarkedWords, Mode
from kotobuki.compare.tree import Node
from kotobuki.visible import json_text, visible

Paint = Callable[[str, Mode], str]
"""Marks the words of one side on a terminal."""

_PLAIN = {"same": "{}", "old": "[-{}-]", "new": "{{+{}+}}"}  # as git diff --word-diff has it
_TAGS = {"old": "del", "new": "ins"}


def plainly(text: str, mode: Mode) -> str:
    """Words marked by signs, where there are no colours."""
    return _PLAIN[mode].format(text)


def terminal(found: Sequence[Listed], paint: Paint) -> Iterator[str]:
    """Lines to read: the file, the path to each change, the changes, how many there are.

    変更  （１）名簿を{+事前に+}提出すること。
    """
    if not found:
        yield NOTHING
    for file in found:
        yield visible(" ".join(filter(None, (file.name, f"（{file.note}）" if file.note else ""))))
        for path, own in file.groups:
            if path:
                yield f"  {visible(STEP.join(path))}"
            for change in own:
                yield from _terminal_change(change, paint)
        if file.summary:
            yield f"  {visible(file.summary)}"


def _terminal_change(change: ListedChange, paint: Paint) -> Iterator[str]:
    whole = change.kind in ("added", "removed")
    for at, line in enumerate(change.lines):
        opening = f"{SAID[change.kind]}  " if at == 0 else "　　  "
        # What is of one side alone needs no signs around each line: its opening says so.
        words = "".join(
            visible(part.text) if whole and paint is plainly else paint(visible(part.text), part.mode)
            for part in line.parts
        )
        note = f"（{visible(change.note)}）" if change.note and at == 0 else ""
        yield f"    {opening}{'　' * line.depth}{words}{note}"


def markdown(found: Sequence[Listed]) -> Iterator[str]:
    """Lines of Markdown, as in a comment on a change."""
    if not found:
        yield NOTHING
    for file in found:
        yield f"### {_in_markdown(file.name)}"
        yield ""
        if file.note:
            yield f"{_in_markdown(file.note)}"
            yield ""
        for path, own in file.groups:
            if path:
                yield f"**{_in_markdown(STEP.join(path))}**"
                yield ""
            for change in own:
                yield from _markdown_change(change)
            yield ""


def _markdown_change(change: ListedChange) -> Iterator[str]:
    note = f"（{_in_markdown(change.note)}）" if change.note else ""
    for at, line in enumerate(change.lines):
        words = "".join(_tagged(part, _in_markdown) for part in line.parts)
        yield f"- {SAID[change.kind]}　{words}{note}" if at == 0 else f"{'  ' * line.depth}- {words}"


def html(found: Sequence[Listed]) -> str:
    """A web page that needs nothing else."""
    body = "\n".join(_html_file(file) for file in found) or f"<p>{NOTHING}</p>"
    return f"{_HEAD}{body}\n</body>\n</html>\n"


_HEAD = """<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>案件の変更</title>
<style>
body { font-family: sans-serif; line-height: 1.7; max-width: 60em; margin: 2em auto; padding: 0 1em; }
h2 { font-size: 1.1em; border-bottom: 1px solid; }
h3 { font-size: 1em; margin: 1em 0 0.2em; }
ul { margin: 0; list-style: none; padding-left: 1em; }
b { font-weight: normal; border: 1px solid; border-radius: 0.3em; padding: 0 0.4em; margin-right: 0.6em; font-size: 0.85em; }
del { background: #fbd9d9; color: #7a1313; }
ins { background: #d5f0d8; color: #0f4d1a; }
small { color: #555; }
</style>
</head>
<body>
<h1>案件の変更</h1>
"""


def _html_file(file: Listed) -> str:
    note = f"<p>{_in_html(file.note)}</p>\n" if file.note else ""
    groups = "\n".join(
        (f"<h3>{_in_html(STEP.join(path))}</h3>\n" if path else "") + f"<ul>\n{''.join(map(_html_change, own))}</ul>"
        for path, own in file.groups
    )
    summary = f"\n<p>{_in_html(file.summary)}</p>" if file.summary else ""
    return f"<section>\n<h2>{_in_html(file.name)}</h2>\n{note}{groups}{summary}\n</section>"


def _html_change(change: ListedChange) -> str:
    note = f" <small>（{_in_html(change.note)}）</small>" if change.note else ""
    lines = "<br>".join(
        "　" * line.depth + "".join(_tagged(part, _in_html) for part in line.parts) for line in change.lines
    )
    return f"<li><b>{SAID[change.kind]}</b>{lines}{note}</li>\n"


def _tagged(part: MarkedWords, escaped: Callable[[str], str]) -> str:
    tag = _TAGS.get(part.mode)
    return f"<{tag}>{escaped(part.text)}</{tag}>" if tag else escaped(part.text)


def _in_markdown(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]()#+\-.!~|:@])", r"\\\1", _in_html(text))  # : of addresses, @ of names: no links


def _in_html(text: str) -> str:
    return escape(visible(text))


def as_json(found: Sequence[FileDiff]) -> str:
    """Everything, for other programs; texts uncut."""
    files = [
        {
            "file": each.shown,
            "old": each.old.shown if each.old else None,
            "new": each.new.shown if each.new else None,
            "note": each.note,
            "changes": [_change(change) for change in changes(each.pair)] if each.old and each.new else [],
        }
        for each in found
    ]
    return json_text({"files": files}) + "\n"


def _change(change: Change) -> dict[str, object]:
    found = change.pair
    return {
        "kind": change.kind,
        "path": list(change.path),
        "moved_from": list(change.was) if change.kind == "moved" else None,
        "old": _side(found.old),
        "new": _side(found.new),
        "words": [{"old": each.old, "new": each.new, "same": each.same} for each in found.stretches],
    }


def _side(node: Node | None) -> dict[str, object] | None:
    if node is None:
        return None
    return {
        "kind": node.kind.said,
        "name": node.name,
        "label": node.label,
        "text": node.text,
        "whole": node.whole,
        "line": node.place.line,
        "column": node.place.column,
    }
