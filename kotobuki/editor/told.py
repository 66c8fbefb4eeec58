"""Values as the browser is told them, in JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kotobuki.diagnostics import Diagnostic

Json = dict[str, object]


def position(line: int, column: int) -> list[int]:
    """A place in a text: line and column from 1, the column in characters (code points)."""
    return [line, column]


def edit(start: Sequence[int], end: Sequence[int], text: str) -> Json:
    """What stands between two positions gives way to a text."""
    return {"from": list(start), "to": list(end), "text": text}


def diagnostics(found: Iterable[Diagnostic], shown: str) -> list[Json]:
    """What there is to say, as it is said of the file that is called `shown` in places."""
    return [diagnostic(each, shown) for each in found]


def diagnostic(found: Diagnostic, shown: str) -> Json:
    """One problem. `here`: whether it stands in the file called `shown`; `fix`: the edit that mends it, for a button.

    None where the source does not read as the fix has it: a text in quotes, with escapes, in several lines.
    """
    place, mend, fix = found.place, found.fix, None
    if mend and place.path == shown and found.source.startswith(mend.old, place.column - 1):
        start, end = position(place.line, place.column), position(place.line, place.column + len(mend.old))
        fix = {"label": mend.label, "edits": [edit(start, end, mend.text)]}
    return {
        "severity": found.severity,
        "file": place.path,
        "here": place.path == shown,
        "line": place.line,
        "column": place.column,
        "reason": found.reason,
        "remedy": found.remedy,
        "rule": found.rule,
        "fix": fix,
    }
