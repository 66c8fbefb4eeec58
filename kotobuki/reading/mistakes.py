"""The mistakes of Japanese typists that YAML takes for something else, found and explained.

In: source lines, and the lines of single scalars. Out: `Mistake`s, each with place, rule id, reason and remedy.
Rule (design §3): full-width characters are text, never structure; so a full-width colon, blank, hyphen or number sign
where YAML needs a half-width one is an error, and so are a tab in the indent, a missing blank after `:` or `-`, and a
list that YAML joins into the sentence above it. A place is judged by structure: 電話：03-… within running text is fine.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, pairwise

from kotobuki.diagnostics import Fix, Place
from kotobuki.lazy_patterns import lazy_pattern
from kotobuki.named_tuples import NamedTuple
from kotobuki.reading.scalars import SourceRun

QUOTE = '全体を引用符「"」で囲んでください'

_BLANKS = " \t\u3000\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
_DASHES = re.compile(r"(?:-(?: +|$))+")
_KEY = lazy_pattern(r"""(?P<key>"[^"]*"|'[^']*'|[^"'\[\]{},#\s].*?):(?=[ \t]|$)""")
_BLOCK = lazy_pattern(r"(?:^|[ \t])[|>][-+0-9]*[ \t]*(?:[ \t]#.*)?$")
_WIDE_BLOCK = lazy_pattern("[＞｜>|][-－ー＋+]?")  # of half-width ones, what comes here is no block either
_WIDE_DASH = lazy_pattern("[－ー‐‑‒–—―−─ｰ]")
_TIGHT_DASH = lazy_pattern(r"-(?![ \t\-\d]|$)")
_COLON = lazy_pattern("(?P<key>[^：:\\s][^：:]{0,39}?)[ \u3000]*(?P<colon>：|:(?![ \\t]|$))")
_WORD = lazy_pattern(r"(?!\d+$)[\w・]{1,15}")
_CONFLICT = lazy_pattern("<{7,}(?: |$)")
_COMMENT = re.compile(r"[ \t]+(?P<sign>#)(?![ \t#]|$)")


_HEADS = frozenset(f"{_BLANKS}＃－ー‐‑‒–—―−─ｰ") - {" "}
_SIGNS = (" :", "\u3000:", "：\n", "： ", "：\t")
_HEADED = re.compile(r"\n *+(?:(?:- ++)*+-(?![ \t\-\d\n])|(?!- |#)[^：:\n]{1,40}+(?: |\u3000)*+(?:：|:(?![ \t\n])))")


class Mistake(NamedTuple):
    """What `Diagnostics.error` and `Diagnostics.warning` take. `fix`: where what was meant is beyond doubt."""

    place: Place
    rule: str
    reason: str
    remedy: str
    fix: Fix | None = None


def check_lines(
    lines: Sequence[str], path: str, skip: Collection[int] = (), known_keys: Collection[str] = ()
) -> Iterator[Mistake]:
    """What is wrong with the structure of a file, line by line, whether or not YAML can read it.

    `skip`: the numbers of lines that begin within quotes or brackets. `known_keys`: keys that the file may have.
    """
    if not _are_suspect(lines):  # as of nearly all files: no line need be looked at
        return
    columns = {0}  # of the mappings that are open: a line that begins there begins with a key
    before: _Row | None = None
    for row, after in pairwise(chain(_rows(lines, skip), [None])):
        assert row is not None  # only the last one is None
        columns = {column for column in columns if column <= row.spaces}
        at_key = not row.dashes and row.spaces in columns
        around = [each for each in (before, after) if each and each.indent == row.indent]
        below = after if after and after.spaces > row.spaces else None
        if mistake := _indent_mistake(row, at_key, path):
            yield mistake
        else:
            yield from _dash_mistakes(row, any(map(_is_listlike, around)), path)
            yield from _key_mistakes(row, at_key, below, path, known_keys)
        if row.key and not mistake:
            columns.add(row.column)
        before = row


def _are_suspect(lines: Sequence[str]) -> bool:
    """Whether `check_lines` may have anything to say: it has not, where no line begins or ends as those do that it tells.

    Those begin with what is no half-width blank (`_HEADS`), with a hyphen or words and a colon that YAML takes for text
    (`_HEADED`), have blanks before their colon, or end with a full-width one (`_SIGNS`).
    """
    if not _HEADS.isdisjoint([line.lstrip("- ")[:1] for line in lines]):
        return True
    text = "\n".join(("", *lines, ""))
    return any(sign in text for sign in _SIGNS) or _HEADED.search(text) is not None


def check_conflicts(lines: Sequence[str], path: str) -> Iterator[Mistake]:
    """Where two versions that git could not merge still stand one above the other."""
    for number, line in enumerate(lines, 1):
        if line.startswith("<") and _CONFLICT.match(line):
            yield Mistake(
                Place(path, number, 1),
                "merge-conflict",
                "git の統合で衝突した所が、印（<<<<<<< から >>>>>>> まで）の付いたまま残っています",
                "「=======」の上（今の版）と下（取り込む版）を見て書き直し、印の行を消してください",
            )


def mend(lines: Sequence[str], found: Iterable[Mistake]) -> tuple[str, ...]:
    """The lines with the mistakes undone that are mere slips of the keyboard, for reading on; columns may shift there."""
    mended = list(lines)
    for mistake in sorted(set(found), key=lambda each: (each.place.line, each.place.column), reverse=True):
        if mistake.rule in _SLIPS and mistake.fix:
            line, at = mended[mistake.place.line - 1], mistake.place.column - 1
            mended[mistake.place.line - 1] = line[:at] + mistake.fix.text + line[at + len(mistake.fix.old) :]
    return tuple(mended)


_SLIPS = ("colon-full-width", "colon-space", "list-mark", "list-mark-space", "indent-full-width", "indent-tab")
"""The rules whose fixes are made for reading on."""


def _half(mark: str, line: str, at: int) -> Fix:
    """The character at `at` becomes `mark`, with a blank behind it."""
    behind = line[at + 1 :]
    blank = "" if behind.startswith((" ", "\t")) or not behind else " "
    return Fix(f"半角の「{mark}」と空白に直す", line[at], f"{mark}{blank}")


def _indented(row: _Row, at: int) -> Fix:
    """The indent from `at` on in half-width blanks: two for a tab or a full-width one."""
    old = row.indent[at:]
    return Fix("半角の空白に直す", old, old.replace("\u3000", "  ").replace("\t", "  ") if row.content else "")


def may_be_mistaken(text: str, line: str, end: int) -> bool:
    """Whether it is worth looking into a text without quotes that stands on one `line`, up to `end`.

    In others `check_text` finds nothing, and `check_comment` nothing behind them.
    """
    return ":" in text or "：" in text or text[0] in "＞｜>|" or _COMMENT.match(line, end) is not None


def check_text(
    runs: Sequence[SourceRun], path: str, *, plain: bool, own_line: bool, known_keys: Collection[str] = ()
) -> Iterator[Mistake]:
    """What is wrong within a scalar without quotes, given its lines without the blanks at their ends.

    `plain`: neither literal nor folded. `own_line`: nothing but `- ` stands before it on its first line.
    """
    texts = [run for run in runs if run.text]
    if plain and texts and _WIDE_BLOCK.fullmatch(texts[0].text):
        yield _wide_block(Place(path, texts[0].line, texts[0].column), texts[0].text)
    previous = False
    for run in texts[1:] if plain else texts:
        swallowed = bool(_DASHES.match(run.text))
        if swallowed and not previous:  # once for a whole list
            yield _swallowed_list(Place(path, run.line, run.column), plain)
        previous = swallowed
    if plain:
        yield from _mistyped_keys(texts, path, own_line, known_keys)


def check_comment(line: str, end: int, place: Place) -> Mistake | None:
    """A plain scalar that ends before offset `end` of `line` (at `place`), cut by a # that may be text. A warning."""
    match = _COMMENT.match(line, end)
    if match is None:
        return None
    return Mistake(
        Place(place.path, place.line, match.start("sign") + 1),
        "comment-in-text",
        "「#」から行の終わりまでは注釈（コメント）とみなされ、紙に印字されません",
        "注釈であれば、「# 」と後ろに空白を入れてください。文の一部であれば、" + QUOTE,
    )


def mistyped_key(text: str, place: Place, known_keys: Collection[str] = (), *, certain: bool = False) -> Mistake | None:
    """What is wrong if `text`, at `place`, begins with what was meant as a key: 件名：…, or 件名:… without a blank.

    A key is one of `known_keys`, a word, or, where only a key can stand (`certain`), anything up to the colon.
    """
    match = _COLON.match(text)
    if match is None:
        return None
    key, wide = match["key"], match["colon"] == "："
    looks_like_key = (certain or _WORD.fullmatch(key)) and (wide or not key.isascii())
    if key not in known_keys and not looks_like_key:
        return None
    return Mistake(
        Place(place.path, place.line, place.column + match.start("colon")),
        "colon-full-width" if wide else "colon-space",
        f"キー「{key}」のあとの「：」が全角です" if wide else f"キー「{key}」の「:」のあとに半角の空白がありません",
        f"半角の「:」と半角の空白で「{key}: …」と書いてください。キーではなく文であれば、" + QUOTE,
        _half(":", text, match.start("colon")),
    )


def padded_key(key: str, place: Place) -> Mistake | None:
    """A key with full-width spaces at an end; `place` is where it begins."""
    stripped = key.strip("\u3000 ")
    if "\u3000" not in key or stripped == key:
        return None
    at = 0 if key.startswith("\u3000") else len(key.rstrip("\u3000 "))
    return Mistake(
        Place(place.path, place.line, place.column + at),
        "key-space",
        f"キー「{stripped}」に全角の空白が付いています",
        f"全角の空白を消して「{stripped}: …」と書いてください",
        Fix("全角の空白を消す", key[at:] if at else key[: len(key) - len(key.lstrip("\u3000 "))], ""),
    )


class _Row:
    """A source line taken apart: indent, `- ` marks, content, and the key it begins with, if it does."""

    __slots__ = ("content", "dashes", "indent", "key", "number", "spaces")

    def __init__(self, number: int, text: str) -> None:
        rest = text.lstrip(_BLANKS)
        marks = _DASHES.match(rest)
        self.number = number
        self.indent = text[: len(text) - len(rest)]
        self.spaces = len(text) - len(text.lstrip(" "))
        self.dashes = marks.group() if marks else ""
        self.content = rest[len(self.dashes) :].rstrip(" \t")
        self.key = _KEY.match(self.content)

    @property
    def column(self) -> int:
        """Where the content begins, from 0."""
        return len(self.indent) + len(self.dashes)

    @property
    def is_structure(self) -> bool:
        return bool(self.dashes or self.key or _is_wide_list_mark(self))

    @property
    def block(self) -> int | None:
        """If a literal or folded text begins here: its lines are indented deeper than this."""
        if not _BLOCK.search(self.content):
            return None
        return self.column if self.key else len(self.indent) + self.dashes.rfind("-")

    def place(self, path: str, offset: int) -> Place:
        return Place(path, self.number, offset + 1)


def _rows(lines: Sequence[str], skip: Collection[int]) -> Iterator[_Row]:
    """The lines with anything to judge: no comments, nothing in literal and folded text, quotes and brackets."""
    block: int | None = None
    for number, line in enumerate(lines, 1):
        if not line or number in skip:
            continue
        row = _Row(number, line)
        if block is not None and (row.spaces > block or not line.strip()):
            continue
        block = row.block
        if row.indent.strip(" ") or not row.content.startswith("#"):
            yield row


def _indent_mistake(row: _Row, at_key: bool, path: str) -> Mistake | None:
    if "\t" in row.indent:
        return Mistake(
            row.place(path, row.indent.index("\t")),
            "indent-tab",
            "字下げにタブがあります",
            "タブを消し、半角の空白（二つずつ）で字下げしてください",
            _indented(row, row.indent.index("\t")),
        )
    if len(row.indent) == row.spaces:
        return None
    place = row.place(path, row.spaces)
    if not row.content:
        remedy = "全角の空白を消してください"
        return Mistake(place, "indent-full-width", "空行に全角の空白があります", remedy, _indented(row, row.spaces))
    if at_key or row.is_structure or row.content.startswith("#"):
        remedy = "全角の空白を消し、半角の空白で字下げしてください"
        return Mistake(place, "indent-full-width", "行の頭に全角の空白があります", remedy, _indented(row, row.spaces))
    return None


def _dash_mistakes(row: _Row, in_list: bool, path: str) -> Iterator[Mistake]:
    """A hyphen that is full-width or lacks its blank; `in_list`: the line above or below begins like a list's, too."""
    if _is_wide_list_mark(row) or (in_list and _WIDE_DASH.match(row.content)):
        yield Mistake(
            row.place(path, row.column),
            "list-mark",
            f"一覧の印の「{row.content[0]}」が半角のハイフンではありません",
            "半角の「-」と半角の空白で「- …」と書いてください",
            _half("-", row.content, 0),
        )
    elif _TIGHT_DASH.match(row.content) and (in_list or not row.content[1].isascii()):
        yield Mistake(
            row.place(path, row.column),
            "list-mark-space",
            "一覧の印の「-」のあとに半角の空白がありません",
            "「- …」のように、「-」のあとに半角の空白を入れてください",
            _half("-", row.content, 0),
        )


def _is_wide_list_mark(row: _Row) -> bool:
    return bool(_WIDE_DASH.match(row.content)) and row.content[1:2] in ("", " ", "\u3000")


def _is_listlike(row: _Row) -> bool:
    return bool(row.dashes or _WIDE_DASH.match(row.content) or _TIGHT_DASH.match(row.content))


def _key_mistakes(
    row: _Row, at_key: bool, below: _Row | None, path: str, known_keys: Collection[str]
) -> Iterator[Mistake]:
    """What is wrong where a line begins with a key, or (`at_key`) must; `below`: a line that is indented under it."""
    place = row.place(path, row.column)
    is_heading = row.content.endswith("：") and below is not None and below.is_structure
    mistake = None
    if row.key:
        mistake = padded_key(row.key["key"], place)
    elif at_key and row.content.startswith("＃"):
        remedy = "半角の「#」で書き始めてください"
        fix = _half("#", row.content, 0)
        mistake = Mistake(place, "comment-full-width", "「＃」が全角なので、注釈になりません", remedy, fix)
    elif at_key or is_heading:
        mistake = mistyped_key(row.content, place, known_keys, certain=True)
    if mistake:
        yield mistake


def _mistyped_keys(
    runs: Sequence[SourceRun], path: str, own_line: bool, known_keys: Collection[str]
) -> Iterator[Mistake]:
    """Lines of a plain scalar that were meant as entries: those with known keys; all, if all look like entries.

    One line alone with a full-width colon may well be a sentence; with a half-width one it hardly is.
    """
    heads = runs if own_line else runs[1:]
    if not any(":" in run.text or "：" in run.text for run in heads):
        return
    found = [mistyped_key(run.text, Place(path, run.line, run.column), known_keys) for run in heads]
    are_entries = (
        own_line and all(found) and (len(found) > 1 or any(each and each.rule == "colon-space" for each in found))
    )
    for run, mistake in zip(heads, found, strict=True):
        if mistake and (are_entries or re.split("[：:]", run.text)[0].rstrip("\u3000 ") in known_keys):
            yield mistake


def _wide_block(place: Place, written: str) -> Mistake:
    return Mistake(
        place,
        "block-full-width",
        "長い文章の印「>-」が全角なので、印になりません",
        "半角で「>-」と書いてください",
        Fix("半角の「>-」に直す", written, ">-"),
    )


def _swallowed_list(place: Place, plain: bool) -> Mistake:
    return Mistake(
        place,
        "list-swallowed",
        "この「- 」は一覧にならず、上の文につながります"
        if plain
        else "「|」や「>」の下の「- 」は一覧にならず、文になります",
        "一覧にするには、上の文も「- 」で始めて字下げをそろえるか、上の文の終わりに「:」を付けて見出しにしてください。"
        "文の一部であれば、" + QUOTE,
    )
