"""Text as authors write it, with its ｛…｝ marks taken apart.

In: a scalar of the YAML (or a line of a template). Out: paragraphs of inlines. Marks: ｛用語｝ ｛用語：正式｝ ｛用語：略称｝ a name;
｛→…｝ a reference; ｛※…｝ a note, ｛※→…｝ its mark alone; ｛＃…｝ an identifier; ｛＝…｝ verbatim; ｛同行｝ a run-in
heading; ｛記入：…｝ a placeholder; ｛｛ ｝｝ the braces themselves. The user's table of these stands in cases/README.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from typing import Literal, assert_never

from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.nodes import Scalar
from kotobuki.reading.placeholders import Placeholder, is_placeholder, placeholder_of

Show = Literal["", "番号", "題名", "番号と題名", "近称"]
Extent = Literal["", "full", "short", "long"]
"""How much of a name is printed. "" = as the paper's definitions have it."""
_EXTENTS: dict[str, Extent] = {"": "", "正式": "full", "略称": "short"}
_SHOWS: tuple[Show, ...] = ("番号", "題名", "番号と題名", "近称")
Places = tuple[tuple[int, Place], ...]
_Fault = tuple[Place, str, str, str]
"""Place, rule, reason and remedy."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words. `verbatim`: the widths of its digits are left alone. `at`: where they stand in the source."""

    text: str
    verbatim: bool = False
    at: Places = field(default=(), compare=False, repr=False)

    def place(self, offset: int) -> Place:
        """Where the character at `offset` stands in the source, of words that have a place there."""
        start, place = next(each for each in reversed(self.at) if each[0] <= offset)
        return Place(place.path, place.line, place.column + offset - start)


@dataclass(frozen=True, slots=True)
class Name:
    """A defined term or a field of the case (件名 …).

    extent  full = the full name, which does not define; short = the short name, wherever it stands; long = define as
            usual, but print the full name even where the short one is known (主管課)
    """

    name: str
    place: Place = field(compare=False)
    extent: Extent = ""


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to what `path` names, from the outer heading to the inner."""

    path: tuple[str, ...]
    show: Show
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Note:
    """A note written where it belongs: its mark is printed here, its words at the end of the section or cell."""

    inlines: tuple[Inline, ...]
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class NoteRef:
    """The mark of a note that stands elsewhere as a block of its own."""

    name: str
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Anchor:
    """An identifier of the heading or item it stands in. Prints nothing."""

    name: str
    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class RunIn:
    """Makes the heading it ends a run-in heading (同行見出し)."""

    place: Place = field(compare=False)


@dataclass(frozen=True, slots=True)
class Spread:
    """Template only: words spread evenly to `fit_em` (0: at their natural width), then a blank of `gap_em`."""

    inlines: tuple[Inline, ...]
    fit_em: float = 0.0
    gap_em: float = 0.0


@dataclass(frozen=True, slots=True)
class Circled:
    """Template only: one character in a circle (囲い文字)."""

    text: str


@dataclass(frozen=True, slots=True)
class PaperPageNumber:
    """Template only: the number of a paper's first or last page; `ahead`: as in `document.PageRef`."""

    paper: str
    edge: Literal["first", "last"]
    number: str
    ahead: int = 0


@dataclass(frozen=True, slots=True)
class Linked:
    """Template only: words that lead to a paper."""

    inlines: tuple[Inline, ...]
    paper: str


@dataclass(frozen=True, slots=True)
class Leader:
    """Template only: leader dots that fill `inlines` to `width_em` (点線)."""

    inlines: tuple[Inline, ...]
    width_em: float
    dot: str


Unframed = Text | Name | Ref | Note | NoteRef | Anchor | RunIn | Placeholder | Circled | PaperPageNumber
"""What is printed, or means something, by itself."""
Frame = Spread | Linked | Leader
"""What sets the inlines in it otherwise; it prints them and nothing of its own but blanks and dots."""
Inline = Unframed | Frame
Inlines = tuple[Inline, ...]


def unframed(inlines: Iterable[Inline]) -> Iterator[Unframed]:
    """The inlines without the frames around them, in print order; a note is one of them, its words are not."""
    for inline in inlines:
        if isinstance(inline, Frame):
            yield from unframed(inline.inlines)
        else:
            yield inline


def all_inlines(inlines: Iterable[Inline]) -> Iterator[Unframed]:
    """The inlines without frames, each note followed by the inlines in it."""
    for inline in unframed(inlines):
        yield inline
        if isinstance(inline, Note):
            yield from all_inlines(inline.inlines)


def parse_inlines(scalar: Scalar, diagnostics: Diagnostics) -> tuple[Inlines, ...]:
    """The paragraphs of a text. Faults of marks are diagnostics; what is left of the text goes on."""
    paragraphs, faults = _parsed(scalar)
    for each in faults:
        diagnostics.error(*each)
    return paragraphs


def inlines_of(scalar: Scalar) -> tuple[Inlines, ...]:
    """The same of a text whose faults are told elsewhere."""
    return _parsed(scalar)[0]


def _parsed(scalar: Scalar) -> tuple[tuple[Inlines, ...], Sequence[_Fault]]:
    value = scalar.value
    has_marks = "｛" in value or "｝" in value
    if not has_marks and "\n" not in value:  # as nearly all texts
        return (((Text(value, at=scalar.places(0, len(value))),),) if value else ()), ()
    paragraphs: list[Inlines] = []
    faults: list[_Fault] = []
    start = 0
    for part in value.split("\n"):
        end = start + len(part)
        if has_marks and (found := _Parser(scalar, start, end, faults).parse()):
            paragraphs.append(found)
        elif part and not has_marks:
            paragraphs.append((Text(part, at=scalar.places(start, end)),))
        start = end + 1
    return tuple(paragraphs), faults


def parse_line(scalar: Scalar, diagnostics: Diagnostics) -> Inlines:
    """A text that must be one paragraph (a heading, 件名, a post)."""
    paragraphs = parse_inlines(scalar, diagnostics)
    if len(paragraphs) > 1:
        offset = scalar.value.index("\n") + 1
        diagnostics.error(
            scalar.place(offset),
            "text-one-paragraph",
            "ここには段落を一つだけ書けます",
            "空行を取って一つの段落にしてください",
        )
    return paragraphs[0] if paragraphs else ()


def plain_text(scalar: Scalar | None, diagnostics: Diagnostics, default: str = "") -> str:
    """A text that is printed as it stands (a name, a post, a provision): marks in it, which would not work, are refused."""
    if scalar is None:
        return default
    if placeholder := placeholder_of(scalar):
        return placeholder.text
    at = next((index for index, character in enumerate(scalar.value) if character in "｛｝\n"), None)
    if at is not None and scalar.value[at] == "\n":
        parse_line(scalar, diagnostics)
    elif at is not None:
        diagnostics.error(
            scalar.place(at),
            "mark-not-here",
            "ここには｛ ｝の印を書けません",
            "印を取って、印字するとおりに書いてください",
        )
    return scalar.value


def plain(inlines: Inlines) -> str:
    """The words as typed, for keys, outlines and comparisons: names by their own name, marks left out."""
    match inlines:
        case (Text(text=text),):  # as most are
            return text
        case _:
            return "".join(map(_typed, unframed(inlines)))


def _typed(inline: Unframed) -> str:
    match inline:
        case Text() | Circled() | Placeholder():
            return inline.text
        case Name():
            return inline.name
        case Ref() | Note() | NoteRef() | Anchor() | RunIn() | PaperPageNumber():
            return ""
        case _:
            assert_never(inline)


_BRACE = re.compile("｛|｝")
_NAMED: dict[str, type[NoteRef | Anchor]] = {"※→": NoteRef, "＃": Anchor}


class _Parser:
    """One pass over value[start:end] of a scalar."""

    def __init__(self, scalar: Scalar, start: int, end: int, faults: list[_Fault]) -> None:
        self.scalar, self.text = scalar, scalar.value
        self.at, self.end = start, end
        self.faults = faults

    def parse(self, depth: int = 0) -> Inlines:
        """Inlines up to the end, or, inside a mark, up to its closing brace."""
        found: list[Inline] = []
        while self.at < self.end:
            character = self.text[self.at]
            if character not in "｛｝":
                found.append(self._words())
                continue
            doubled = self.text.startswith(character * 2, self.at, self.end)
            if doubled and (depth == 0 or character == "｛"):
                found.append(Text(character, at=self.scalar.places(self.at, self.at + 1)))
                self.at += 2
                continue
            if character == "｝":
                if depth:
                    return tuple(found)
                remedy = "文字として印字するときは「｝｝」と重ねてください"
                self._error(self.at, "brace-unopened", "「｝」に対応する「｛」がありません", remedy)
                self.at += 1
                continue
            mark = self._mark(depth)
            if mark is not None:
                found.append(mark)
        return tuple(found)

    def _words(self) -> Text:
        """The words up to the next brace."""
        start = self.at
        brace = _BRACE.search(self.text, start, self.end)
        self.at = brace.start() if brace else self.end
        return Text(self.text[start : self.at], at=self.scalar.places(start, self.at))

    def _mark(self, depth: int) -> Inline | None:
        """The mark at ｛; leaves `at` behind its ｝."""
        opened = self.at
        place = self.scalar.place(opened)
        self.at += 1
        if self.text.startswith("※", self.at, self.end) and not self.text.startswith("※→", self.at, self.end):
            if depth:
                self._error(opened, "note-in-note", "注の中に注があります", "一つの注にまとめるか、外に出してください")
                self._skip()
                return None
            self.at += 1
            inner = self.parse(depth + 1)
            if not self._close(opened):
                return None
            if not inner:
                self._error(opened, "note-empty", "注の文がありません", "｛※注の文｝のように書いてください")
                return None
            return Note(inner, place)
        verbatim = self.text.startswith("＝", self.at, self.end)
        search = self.at + 2 if verbatim else self.at
        stop = self.text.find("｝", search, self.end)
        if stop < 0:
            self.at = self.end
            self._unclosed(opened)
            return None
        body = self.text[self.at : stop]
        start, self.at = self.at, stop + 1
        if verbatim:
            return Text(body[1:], verbatim=True, at=self.scalar.places(start + 1, stop))
        if "｛" in body:
            remedy = "印の中の｛ ｝を取ってください（中に印を書けるのは｛※…｝だけです）"
            self._error(opened, "brace-nested", "この印の中に別の印は書けません", remedy)
            return None
        return self._simple(body.strip(), opened, place)

    def _simple(self, body: str, opened: int, place: Place) -> Inline | None:
        if body.startswith("→"):
            return self._reference(body[1:].strip(), opened, place)
        for sign, kind in _NAMED.items():
            if body.startswith(sign):
                return self._named(kind, sign, body.removeprefix(sign).strip(), opened)
        if body == "同行":
            return RunIn(place)
        name, colon, option = body.partition("：")
        if is_placeholder(body):
            return Placeholder(option.strip(), place)
        extent = _EXTENTS.get(option.strip())
        if not name or extent is None or (colon and not extent):
            self._error(
                opened,
                "mark-unknown",
                f"「｛{body}｝」という印はありません",
                "用語は｛用語｝、いつも正式な名称なら｛用語：正式｝、いつも略称なら｛用語：略称｝、参照は｛→見出し｝、注は｛※…｝と書きます。文字としての括弧は｛｛ ｝｝と重ねてください",
            )
            return None
        return Name(name.strip(), place, extent)

    def _named(self, kind: type[NoteRef | Anchor], sign: str, name: str, opened: int) -> Inline | None:
        if name:
            return kind(name, self.scalar.place(opened))
        self._error(
            opened, "mark-unnamed", f"「｛{sign}｝」に名前がありません", f"「｛{sign}名前｝」のように書いてください"
        )
        return None

    def _reference(self, body: str, opened: int, place: Place) -> Ref | None:
        target, colon, option = body.rpartition("：")
        show: Show = next((each for each in _SHOWS if colon and each == option), "")
        path = tuple(part.strip() for part in (target if show else body).split("／"))
        if not all(path[1:]) or path == ("",):
            remedy = "｛→見出し｝のように、見出しか｛＃名前｝の名前を書いてください"
            self._error(opened, "reference-empty", "参照先の名がありません", remedy)
            return None
        return Ref(path, show, place)

    def _skip(self) -> None:
        """Go behind the ｝ of the mark that `at` stands in, whatever marks are in it."""
        depth = 1
        while depth and self.at < self.end:
            depth += {"｛": 1, "｝": -1}.get(self.text[self.at], 0)
            self.at += 1

    def _close(self, opened: int) -> bool:
        if self.text.startswith("｝", self.at, self.end):
            self.at += 1
            return True
        self._unclosed(opened)
        return False

    def _unclosed(self, opened: int) -> None:
        self._error(
            opened,
            "brace-unclosed",
            "「｛」が閉じていません",
            "「｝」を書いて閉じてください。文字として印字するときは「｛｛」と重ねてください",
        )

    def _error(self, offset: int, rule: str, reason: str, remedy: str) -> None:
        self.faults.append((self.scalar.place(offset), rule, reason, remedy))
