"""The fields of a Word form, and which of them may stand in a paper (ECMA-376, part 1, 17.16).

In: a part as a tree. Out: what is wrong with its fields, as reasons in Japanese. A paper is a function of its case, so a
field may say what stands in the paper and where: its pages, its numbers, its headings, marks set over characters. `ALLOWED` is
the whole list. All others read files, the clock or the user's name, ask or run something, or put together another field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from kotobuki.word.markup import word

ALLOWED = frozenset(
    (
        *("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES"),  # where we are
        *("REF", "PAGEREF", "NOTEREF", "STYLEREF", "HYPERLINK", "TOC"),  # what stands elsewhere in the paper
        *("SEQ", "=", "EQ", "SYMBOL", "ADVANCE", "SHAPE"),  # counting and sums; ruby and ○囲み; old drawings
        *("FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN"),  # places to fill in and tick
    )
)
"""The fields that a form may have."""

_COMPOSED = frozenset(("=", "EQ"))
"""Those that others may stand within: a sum of page numbers, a mark over a counted one. They do nothing else."""

_LINKS = re.compile(r"(https?://|mailto:)\S+|#.*", re.IGNORECASE)
_KEYWORD = re.compile(r"\s*(=|[^\W\d_]*)")
_ARGUMENT = re.compile(r'"([^"]*)"|(\S+)')
_WITH_VALUE = frozenset(["\\l", "\\o", "\\t"])
"""The switches of HYPERLINK that something follows."""
_STORIES = tuple(map(word, ("txbxContent", "footnote", "endnote", "comment")))
"""Texts of their own within a part: a field begins and ends in one."""
_CODES = tuple(map(word, ("instrText", "delInstrText")))


def is_link(address: str) -> bool:
    """Whether an address may stand in a paper: a page of the web, mail, a place in the paper. Nothing is read from it."""
    return _LINKS.fullmatch(address.strip()) is not None


def field_faults(root: etree._Element) -> Iterator[str]:
    """What is wrong with the fields of a part."""
    for each in root.iter(word("fldSimple")):
        yield from _faults(_Code(each.get(word("instr")) or ""))
    for kind in root.iter(word("type")):
        above = kind.getparent()
        if above is not None and above.tag == word("textInput") and kind.get(word("val")) not in _INPUTS:
            yield "入力欄が、時計を読むか計算をする設定になっています"
    for story in (root, *root.iter(*_STORIES)):
        yield from _story_faults(story)


SETTLED = frozenset(("DOCPROPERTY", "MERGEFIELD", "IF"))
"""Left behind by the making of a form: what they show was settled then, and stays as plain text."""


def settle(root: etree._Element) -> Iterator[str]:
    """Put what the fields of `SETTLED` show in their places, where it is plain text of one paragraph; the keyword of each."""
    for simple in list(root.iter(word("fldSimple"))):
        parent, keyword = simple.getparent(), _keyword(simple.get(word("instr")) or "")
        if parent is not None and keyword in SETTLED and all(map(_is_plain, simple)):
            at = parent.index(simple)
            parent[at : at + 1] = list(simple)
            yield keyword
    for paragraph in list(root.iter(word("p"))):
        yield from _settle_runs(paragraph)


def _settle_runs(paragraph: etree._Element) -> Iterator[str]:
    """Fields of a paragraph whose marks and codes are runs of their own, one field after the other."""
    marks: list[etree._Element] = []
    code, done = "", False
    for run in list(paragraph):
        kind = _mark(run)
        if kind == "begin":
            marks, code, done = [run], "", False
        elif marks and kind == "code" and not done:
            marks.append(run)
            code += "".join(each.text or "" for each in run.iter(*_CODES))
        elif marks and kind == "separate" and not done:
            marks.append(run)
            done = True
        elif marks and kind == "end":
            if done and _keyword(code) in SETTLED:
                for each in (*marks, run):
                    paragraph.remove(each)
                yield _keyword(code)
            marks = []
        elif not done or not _is_plain(run):
            marks = []


def _mark(run: etree._Element) -> str:
    """What a run is of a field: begin, code, separate, end; "" if it is anything else or more than that."""
    inner = [each for each in run if each.tag != word("rPr")]
    if run.tag != word("r") or len(inner) != 1 or len(inner[0]):
        return ""
    return "code" if inner[0].tag == word("instrText") else inner[0].get(word("fldCharType"), "")


def _is_plain(run: etree._Element) -> bool:
    return run.tag == word("r") and all(each.tag in _TEXT for each in run)


_TEXT = tuple(map(word, ("rPr", "t", "tab", "br")))


def _keyword(code: str) -> str:
    found = _KEYWORD.match(code)
    return found[1].upper() if found else ""


_INPUTS = frozenset(("regular", "number", "date"))


@dataclass
class _Code:
    """A field: the words of its code, put together from the runs that Word cut it into."""

    text: str = ""
    done: bool = False
    """The code is over, and its result has begun."""
    composed: bool = False
    """Another field stands in the code."""


def _story_faults(story: etree._Element) -> Iterator[str]:
    open_fields: list[_Code] = []
    stray = _Code()
    broken = False
    for each in _own(story):
        current = open_fields[-1] if open_fields else None
        if each.tag in _CODES:
            target = stray if current is None or current.done else current
            target.text += each.text or ""
            continue
        match each.get(word("fldCharType")):
            case "begin":
                if current is not None and not current.done:
                    current.composed = True
                open_fields.append(_Code())
            case "separate" if current is not None:
                current.done = True
            case "end" if current is not None:
                yield from _faults(open_fields.pop())
            case _:
                broken = True
    if broken or open_fields or stray.text.strip():
        faults = [fault for code in (*open_fields, stray) for fault in _faults(code)]
        yield from faults or ["フィールドの初めと終わりが合いません"]


def _own(story: etree._Element) -> Iterator[etree._Element]:
    """The marks and codes of a story in order, without those of the stories in it."""
    for each in story:
        if each.tag == word("fldChar") or each.tag in _CODES:
            yield each
        elif each.tag not in _STORIES:
            yield from _own(each)


def _faults(code: _Code) -> Iterator[str]:
    keyword = code.text.strip() and _KEYWORD.match(code.text)[1].upper()  # type: ignore[index]  # matches any text
    if not code.text.strip() and not code.composed:
        return
    if keyword not in ALLOWED:
        shown = keyword or code.text.strip()[:20] or "組み立てたもの"
        yield f"フィールド「{shown}」は、ほかのファイルや時計などを読むか、何かを動かすことがあるので使えません"
    elif code.composed and keyword not in _COMPOSED:
        yield f"フィールド「{keyword}」の中に、ほかのフィールドがあります"
    elif keyword == "HYPERLINK" and not is_link(address := _address(code.text)):
        yield f"リンク「{address[:40]}」は、ウェブのページでもメールでもありません"


def _address(code: str) -> str:
    """Where a HYPERLINK leads; # for a place in the paper."""
    words: list[str] = [quoted or plain for quoted, plain in _ARGUMENT.findall(code.strip()[len("HYPERLINK") :])]
    local = False
    while words:
        each = words.pop(0)
        if each.lower() in _WITH_VALUE:
            local = local or each.lower() == "\\l"
            words = words[1:]
        elif each.lower() not in ("\\m", "\\n", "\\*", "\\h"):
            return each
        elif each == "\\*":
            words = words[1:]
    return "#" if local else ""
