"""別紙 and 別添: what a case binds in behind its paper, and what it only cites.

In: the lists under 別紙 and 別添. Out: `Annex` values. A 別紙 is made for the paper: content, or a regulation; one that is
declared 添付省略 is cited and not bound in. A 別添 is an existing paper: cited, perhaps with the file that holds it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath, PureWindowsPath

from kotobuki.case import blocks as b
from kotobuki.case.content import read_content
from kotobuki.case.regulation import Regulation, check_omitted, read_regulation
from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.reading.fields import Fields
from kotobuki.reading.inlines import Inlines, parse_line, plain
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """A 別紙, or (`existing`) a 別添. `anchor` is what references may call it besides its title.

    content, regulation  what it consists of, one of the two; neither if it is not bound in
    landscape            its pages are landscape
    file                 of a 別添, from the folder of the case
    """

    title: Inlines
    anchor: str = ""
    existing: bool = False
    content: b.Content = ()
    regulation: Regulation | None = None
    omitted: bool = False
    landscape: bool = False
    file: Scalar | None = None
    place: Place = field(default=Place(""), compare=False)


def read_annexes(annexes: Sequence | None, existing: Sequence | None, diagnostics: Diagnostics) -> tuple[Annex, ...]:
    """The 別紙, then the 別添, each in the order written."""
    found = [_annex(each, diagnostics) for each in (annexes.items if annexes else ())]
    found += [_existing(each, diagnostics) for each in (existing.items if existing else ())]
    both = tuple(annex for annex in found if annex)
    _check_distinct(both, diagnostics)
    return both


def _check_distinct(annexes: tuple[Annex, ...], diagnostics: Diagnostics) -> None:
    """References name each by its 識別 or, without one, by its title: no two by the same."""
    first: dict[str, Annex] = {}
    for annex in annexes:
        name = annex.anchor or plain(annex.title)
        other = first.setdefault(name, annex)
        if other is not annex:
            reason = f"別紙か別添「{name}」が二つあります（最初は{other.place.line}行目です）"
            diagnostics.error(
                annex.place, "annex-twice", reason, "題名を変えるか、それぞれに「識別: 名前」を付けてください"
            )


def _annex(node: Node, diagnostics: Diagnostics) -> Annex | None:
    fields = _fields(node, "別紙", "例：- 題名: ○○システムの運用規程（案）", diagnostics)
    if fields is None:
        return None
    anchor, omitted = fields.text("識別"), bool(fields.boolean("添付省略"))
    landscape = fields.choice("向き", ["縦", "横"]) == "横"
    law, content = fields.mapping("規程"), fields.node("内容")
    if law is not None:
        fields.finish()
        regulation = read_regulation(law, diagnostics)
        name = anchor.value if anchor else ""
        if content or omitted:
            diagnostics.error(
                node.place(),
                "annex-both",
                "規程のある別紙に「内容」や「添付省略」があります",
                "どちらか一方を消してください",
            )
        return Annex(
            title=regulation.title, anchor=name, regulation=regulation, landscape=landscape, place=node.place()
        )
    title = fields.text("題名", required=True)
    fields.finish()
    if title is None:
        return None
    check_omitted("別紙", title, content, omitted, diagnostics, "内容: …")
    body = read_content(content, diagnostics) if content else ()
    name = anchor.value if anchor else ""
    return Annex(
        title=parse_line(title, diagnostics),
        anchor=name,
        existing=False,
        content=body,
        regulation=None,
        omitted=omitted,
        landscape=landscape,
        place=node.place(),
    )


def _existing(node: Node, diagnostics: Diagnostics) -> Annex | None:
    fields = _fields(node, "別添", "例：- {題名: ○○評価書, ファイル: hyoukasho.pdf}", diagnostics)
    if fields is None:
        return None
    title, anchor, file = fields.text("題名", required=True), fields.text("識別"), fields.text("ファイル")
    fields.finish()
    if file and not _stays_inside(file.value):
        diagnostics.error(
            file.place(),
            "attachment-outside",
            f"別添「{file.value}」は案件のフォルダの外を指しています",
            "案件と同じフォルダに置き、そこからの名を書いてください",
        )
        file = None
    if title is None:
        return None
    name = anchor.value if anchor else ""
    return Annex(title=parse_line(title, diagnostics), anchor=name, existing=True, file=file, place=node.place())


def _fields(node: Node, what: str, example: str, diagnostics: Diagnostics) -> Fields | None:
    if isinstance(node, Mapping):
        return Fields(node, diagnostics, what)
    diagnostics.error(node.place(), "annex-form", f"{what}は「題名: …」の組で書きます", example)
    return None


def _stays_inside(name: str) -> bool:
    """Whether a name, on any system, leads to no place outside the folder it is read from."""
    windows = PureWindowsPath(name)
    return not (windows.drive or windows.root or PurePosixPath(name).is_absolute() or ".." in windows.parts)
