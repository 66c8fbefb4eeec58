"""YAML read as text with positions.

In: a file, or its bytes. Out: a tree of `nodes` whose every character knows its place, and diagnostics for all that is
wrong. Rules (design §3): scalars stay as written (14:00 is no 840); what `composing` refuses is no error of syntax; the
first syntax error ends the tree, but not the search for typists' mistakes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.reading import mistakes, source
from kotobuki.reading.composing import MAX_MISTAKES, Composer, StoppedError
from kotobuki.reading.nodes import Node, texts_in
from kotobuki.reading.numbers import may_be_split, split_numbers
from kotobuki.reading.structure import BadSyntaxError

_KEPT_SIZE = 200_000
"""Bytes of a file up to which its tree is kept; the largest of the samples has 30,000."""


def read_yaml(path: Path, shown: str, diagnostics: Diagnostics, known_keys: Collection[str] = ()) -> Node | None:
    """The tree of a YAML file, None if there is none to be had; `shown` is the path as the user knows it.

    `known_keys`: keys that the file may have; they sharpen the search for full-width colons.
    """
    data = source.read_bytes(path, shown, diagnostics)
    return None if data is None else read_text(data, shown, diagnostics, known_keys)


def read_text(data: bytes, shown: str, diagnostics: Diagnostics, known_keys: Collection[str] = ()) -> Node | None:
    """The tree of a YAML file's bytes, as `read_yaml`. What was read of late is not read again: a tree never changes."""
    read = _read if len(data) <= _KEPT_SIZE else _read.__wrapped__
    node, heard = read(data, shown, tuple(known_keys))
    diagnostics.hear(heard)
    return node


@lru_cache(maxsize=32)  # an organization, the forms, and the cases of a meeting
def _read(data: bytes, shown: str, known_keys: tuple[str, ...]) -> tuple[Node | None, Diagnostics]:
    """The tree, and what was said of it."""
    diagnostics = Diagnostics()
    return _tree(data, shown, diagnostics, known_keys), diagnostics


def _tree(data: bytes, shown: str, diagnostics: Diagnostics, known_keys: tuple[str, ...]) -> Node | None:
    lines = source.read_lines(data, shown, diagnostics)
    if lines is None:
        return None
    if conflicts := list(mistakes.check_conflicts(lines, shown)):
        for each in conflicts:
            diagnostics.error(*each)
        return None
    composer = Composer(lines=lines, shown=shown, diagnostics=diagnostics, known_keys=known_keys)
    node, failure = None, None
    try:
        node = composer.document()
    except StoppedError:
        return None
    except BadSyntaxError as error:
        failure = error
    for mistake in islice(mistakes.check_lines(lines, shown, composer.inner_lines, known_keys), MAX_MISTAKES):
        composer.report(mistake)
    for mistake in islice(split_numbers(node), MAX_MISTAKES) if node and may_be_split(lines) else ():
        composer.report(mistake)
    if mended := _mended(composer):
        return mended
    if failure:
        _report_failure(failure, composer)
    return node


def sound_node(data: bytes, known_keys: Collection[str] = (), *, shown: str = "", strict: bool = False) -> Node | None:
    """The tree of bytes that can be read without an error (`strict`: or a warning); None of others.

    For asking whether a text would do, which nobody has written yet, or of which all has been said. `shown`: the path
    of its nodes.
    """
    unheard = Diagnostics()
    node = read_text(data, shown, unheard, known_keys)
    return None if unheard.errors or (strict and unheard.found) else node


def inner_lines(data: bytes) -> frozenset[int]:
    """The numbers of the lines of a sound YAML that begin within a text or brackets: above them no line can be put in."""
    unheard = Diagnostics()
    lines = source.read_lines(data, "", unheard) or ()
    composer = Composer(lines=lines, shown="", diagnostics=unheard, known_keys=())
    node = composer.document()
    return frozenset(composer.inner_lines | set(_continued(node)) if node else composer.inner_lines)


def _continued(node: Node) -> Iterator[int]:
    """The lines on which a text goes on."""
    for text in texts_in(node):
        yield from (line for _, line, _ in text.segments if line > text.segments[0][1])


def _mended(composer: Composer) -> Node | None:
    """The tree as it would be without the typist's mistakes, so that what is wrong besides is found in the same run.

    None if there is nothing to mend, or the file is no YAML even then.
    """
    lines = mistakes.mend(composer.lines, composer.mistakes)
    if lines == composer.lines:
        return None
    unheard = Diagnostics(sources=composer.diagnostics.sources)
    second = Composer(lines=lines, shown=composer.shown, diagnostics=unheard, known_keys=composer.known_keys)
    try:
        node = second.document()
    except (BadSyntaxError, StoppedError):
        return None
    told = composer.mistaken_lines
    composer.diagnostics.found += [each for each in unheard.found if each.place.line not in told]
    return node


def _report_failure(failure: BadSyntaxError, composer: Composer) -> None:
    """Explain a syntax error, unless a mistake that was found at the same place explains it better."""
    line, column = failure.noticed
    if "nesting depth" in failure.problem:  # libyaml's own limit, met before `MAX_DEPTH` is seen
        composer.too_deep(Place(composer.shown, line + 1, column + 1))
        return
    from kotobuki.reading.syntax import explain  # only here: most files have none

    fault = explain(failure.problem, failure.context, composer.lines, failure.noticed, failure.began)
    above = next((number for number in range(fault.line - 1, 0, -1) if composer.lines[number - 1]), 0)
    if composer.mistaken_lines.isdisjoint((above, fault.line, line + 1)):
        composer.error(Place(composer.shown, fault.line, fault.column), "yaml-syntax", fault.reason, fault.remedy)
