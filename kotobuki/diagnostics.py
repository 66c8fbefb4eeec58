"""What is wrong with the input, said so that a clerk can mend it.

In: reasons and remedies in Japanese with the place they belong to. Out: `Diagnostic` values, collected in a
`Diagnostics` list so that all of them are reported at once, and their printed form (`render`).
"""

from __future__ import annotations

import errno
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import field, replace
from functools import lru_cache
from typing import Literal

from kotobuki.lazy_dataclasses import dataclass
from kotobuki.lazy_patterns import lazy_pattern
from kotobuki.named_tuples import NamedTuple
from kotobuki.visible import visible

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a source file: the path as shown to the user, line and column from 1 (0: the file as a whole)."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """As path:line:column."""
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Fix:
    """What mends a fault, where that is known: `old`, which stands at its place on one line, gives way to `text`.

    label  what a button says that does it: 「外部委託」に直す
    """

    label: str
    old: str
    text: str


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Diagnostic:
    """One problem. `rule` is its stable English id; `source` is the source line, where there is one to show.

    fix  for editors, which can do it; None = what is right is for people to say
    """

    place: Place
    reason: str
    remedy: str
    rule: str
    source: str = ""
    severity: Severity = "error"
    fix: Fix | None = field(default=None, compare=False, repr=False)


_REASONS = {
    errno.ENOSPC: "ディスクがいっぱいです",
    getattr(errno, "EDQUOT", errno.ENOSPC): "ディスクがいっぱいです",
    errno.EFBIG: "ディスクがいっぱいです",
    errno.ENOENT: "ありません",
    errno.EEXIST: "同じ名のファイルがあります",
    errno.ENOTDIR: "フォルダの名の所に、ファイルがあります",
    errno.EISDIR: "ファイルではなく、フォルダです",
    errno.ENAMETOOLONG: "名が長すぎます",
    errno.EIO: "ディスクか通信に異常があります",
    errno.ELOOP: "リンクをたどれません",
}


class InputError(Exception):
    """The input has errors; carries every diagnostic found, in the order of the source."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("\n".join(render(each) for each in diagnostics))
        self.diagnostics = diagnostics


class CommandError(Exception):
    """The command cannot be carried out (exit status 2); the message says what and why, in Japanese."""


class OutputError(CommandError):
    """The output could not be written; the message says what and why, in Japanese."""


class UsageError(CommandError):
    """The command cannot be carried out as given (exit status 2); the message is Japanese."""


@dataclass(slots=True)
class Diagnostics:
    """A collector: stages add to it and go on; the caller asks `raise_if_errors` when it can go no further."""

    found: list[Diagnostic] = field(default_factory=list)
    sources: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Diagnostic]:
        """Each diagnostic once, in the order of the source."""
        return iter(sorted(set(self.found)))

    def error(self, place: Place, rule: str, reason: str, remedy: str, fix: Fix | None = None) -> None:
        """Add an error at `place`."""
        self.report([Diagnostic(place=place, reason=reason, remedy=remedy, rule=rule, fix=fix)])

    def warning(self, place: Place, rule: str, reason: str, remedy: str, fix: Fix | None = None) -> None:
        """Add a warning at `place`: printed, but the build goes on."""
        self.report([Diagnostic(place=place, reason=reason, remedy=remedy, rule=rule, severity="warning", fix=fix)])

    def report(self, found: Iterable[Diagnostic]) -> None:
        """Add what a check found, each with the line of the source that it is about."""
        self.found += [replace(each, source=self._source(each.place)) for each in found]

    @contextmanager
    def apart(self, known: Sequence[Diagnostic] = ()) -> Iterator[list[Diagnostic]]:
        """What is said within counts by itself, besides what is `known`; the list is filled with it at the end.

        One of many cases is made so: whether it has errors is not to depend on what was made before it.
        """
        before, self.found = self.found, list(known)
        own: list[Diagnostic] = []
        try:
            yield own
        finally:
            own += self.found[len(known) :]
            self.found = before + own

    def hear(self, other: Diagnostics) -> None:
        """Add what has been said before, of something that was read or made then and serves again."""
        self.found += other.found
        self.sources |= other.sources

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The errors so far, in the order of the source."""
        return tuple(sorted({each for each in self.found if each.severity == "error"}))

    def raise_if_errors(self) -> None:
        """Raise `InputError` with everything found if any of it is an error."""
        if self.errors:
            raise InputError(tuple(self))

    def _source(self, place: Place) -> str:
        lines = self.sources.get(place.path, ())
        return lines[place.line - 1] if 0 < place.line <= len(lines) else ""


def reason_of(error: OSError) -> str:
    """Why the system refuses to read or write a file, in Japanese."""
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return "権限がないか、読み取り専用か、ほかのソフトが使っています"
    return _REASONS.get(error.errno or 0, f"システムの誤り番号{error.errno}")


def render(diagnostic: Diagnostic) -> str:
    """The printed form: place and reason, the source line with a caret under the fault, the remedy."""
    kind = "誤り" if diagnostic.severity == "error" else "注意"
    lines = [visible(f"{diagnostic.place}: {kind}: {diagnostic.reason}")]
    if diagnostic.source:
        shown, caret = _excerpt(diagnostic.source, diagnostic.place.column)
        lines += [f"    {shown}", f"    {caret}"]
    lines.append(visible(f"    → {diagnostic.remedy} [{diagnostic.rule}]"))
    return "\n".join(lines)


def quoted(names: Iterable[str]) -> str:
    """Names in a row, each in brackets: a name may have a ・ or a blank itself."""
    return "".join(f"「{each}」" for each in names)


def nearest(word: str, known: list[str]) -> str | None:
    """The one of `known` that `word` was probably meant to be, or None; of very many, one that a character tells apart."""
    close = _close(word, _alike(word, known), 0.5)
    return close[0] if close else None


class Guess(NamedTuple):
    """What may have been meant: words before the remedy, and the fix that puts it there; "" and None where nothing is near."""

    hint: str
    fix: Fix | None


def guess(word: str, known: list[str], shown: str = "{}") -> Guess:
    """The one of `known` that `word` was probably meant to be. `shown`: how both stand at the place of the fault, as ｛{}｝.

    >>> guess("外部委卓", ["外部委託", "目的外利用"]).hint
    '「外部委託」の誤りではありませんか。'
    """
    return guessed(word, nearest(word, known), shown)


def guessed(word: str, meant: str | None, shown: str = "{}") -> Guess:
    """The same, of what was meant as already found; None = nothing was."""
    if not meant or meant == word:
        return Guess("", None)
    text = shown.format(meant)
    fix = Fix(f"「{text}」に直す", shown.format(word), text) if _PLAIN.fullmatch(text) else None
    return Guess(f"「{text}」の誤りではありませんか。", fix)


_PLAIN = lazy_pattern("[-\\w・（）「」｛｝〔〕、。～－／　]+")
"""What can take the place of a word in a YAML file as it is: nothing that is a mark there."""


def _close(word: str, known: Sequence[str], least: float) -> list[str]:
    """The one that is most alike, if it is so by `least`."""
    from difflib import get_close_matches  # of who has made no mistake, nobody need wait for it

    return get_close_matches(word, known, n=1, cutoff=least)


_MANY = 300
"""Names that a word is compared with one by one, which takes a hundredth of a second: a file may have thousands of errors."""


def _alike(word: str, known: list[str]) -> list[str]:
    if len(known) <= _MANY:
        return known
    names = _by_shortened(tuple(known))
    return [*dict.fromkeys(name for short in _shortened(word) for name in names.get(short, ()))]


@lru_cache(maxsize=8)
def _by_shortened(known: tuple[str, ...]) -> dict[str, list[str]]:
    """Names by themselves and by what is left of them without one character: two words a slip apart have one in common."""
    found: dict[str, list[str]] = {}
    for name in known:
        for short in _shortened(name):
            named = found.setdefault(short, [])
            if len(named) < _MANY:
                named.append(name)
    return found


def _shortened(word: str) -> set[str]:
    """A word, and, unless it is a long sentence, what is left of it without each of its characters."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word) if len(word) <= 80 else 0))}


def mistyped(word: str, known: list[str]) -> str | None:
    """The one of `known` from which `word` differs by a slip alone, or None: for where other words are welcome, too.

    A slip: a character replaced, left out or added, or two that changed places; in a long word, a few of them.
    """
    close = _close(word, known, 0.85)
    return next((each for each in known if _differs_by_a_slip(word, each)), close[0] if close else None)


def _differs_by_a_slip(word: str, other: str) -> bool:
    start = next((at for at, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    rest, own = word[start:], other[start:]
    swapped = rest[1::-1] + rest[2:] == own
    return swapped or rest[1:] == own or rest == own[1:] or rest[1:] == own[1:]


_EXCERPT = 70
"""Characters of a source line that are shown: nine in ten lines of the sample cases are shown whole."""
_VISIBLE = {"\t": "→", "\u3000": "\u3000"}  # not printable in Python's eyes


def _excerpt(line: str, column: int) -> tuple[str, str]:
    """A window of `line` around `column`, made printable, and the caret line of the same display width."""
    at = max(column - 1, 0)
    start = max(0, at - _EXCERPT // 2) if len(line) > _EXCERPT else 0
    window = [_VISIBLE.get(ch, ch if ch.isprintable() else "�") for ch in line[start : start + _EXCERPT]]
    return "".join(window), "".join(map(_blank, window[: at - start])) + "^"


def _blank(character: str) -> str:
    """A blank as wide as `character`, so that the caret stands under the fault."""
    if unicodedata.category(character) in ("Mn", "Me"):  # combining marks, variation selectors
        return ""
    return "　" if unicodedata.east_asian_width(character) in "WFA" else " "
