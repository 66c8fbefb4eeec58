"""別紙 and 別添: what a case binds in behind its paper, and what it only cites.

In: the lists under 別紙 and 別添. Out: `Annex` values. A 別紙 is made for the paper: content, or a regulation; one that is
declared 添付省略 is cited and not bound in. A 別添 is an existing paper: cited, perhaps with the file that holds it.
"""

from __future__ import annotations

from dataclasses import field
from pathlib import PurePosixPath, PureWindowsPath

from kotobuki.case import blocks as b
from kotobuki.case.content import read_content
from kotobuki.case.regulation import ANCHOR, DIRECTION, Regulation, check_omitted, read_regulation
from kotobuki.diagnostics import Diagnostics, Place
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading import json_schema
from kotobuki.reading.inlines import Inlines, parse_line, plain
from kotobuki.reading.json_schema import Schema
from kotobuki.reading.kinds import AnyText, Anything, Choice, Known, Parsed, Raw, YesNo
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.reading.records import keyed, read_record
from kotobuki.settings.house_style import BRACKETS


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """A 別紙, or (`existing`) a 別添. `anchor` is what references may call it besides its title.

    content, regulation  what it consists of, one of the two; neither if it is not bound in
    landscape            its pages are landscape
    bracket              around its mark; None = as the house style has it
    spaced               a blank line stands above each of its numbered items
    file                 of a 別添, from the folder of the case
    """

    title: Inlines
    anchor: str = ""
    existing: bool = False
    content: b.Content = ()
    regulation: Regulation | None = None
    omitted: bool = False
    landscape: bool = False
    bracket: tuple[str, str] | None = None
    spaced: bool = False
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


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundKeys:
    """A 別紙 as it is written: with a 題名, or, where it is a regulation, without."""

    anchor: str = keyed("識別", ANCHOR, "題名と別の名で引くときの名", default="")
    omitted: bool = keyed("添付省略", YesNo(), "はい なら、引くだけで綴じない（番号は数える）", default=False)
    landscape: bool = keyed("向き", DIRECTION, "横 なら横長のページ", default=False)
    bracket: tuple[str, str] | None = keyed("括弧", Choice(BRACKETS), "頭の標示に付ける括弧。省けば表記のとおり")
    spaced: bool = keyed(
        "項目の間",
        Choice({"空ける": True, "空けない": False}),
        "空ける なら、番号のある項目の間に1行空ける",
        default=False,
    )
    regulation: Mapping | None = keyed("規程", Raw(Mapping), "規程・要綱。題名は規程の中に書く")
    content: Node | None = keyed("内容", Anything(), "節と同じ書き方")
    title: Scalar | None = keyed("題名", AnyText(), "題名。本文からは ｛→題名｝ で引く", required=True)


def _file_schema(_: Known) -> Schema:
    inside = json_schema.matching(
        r"^(?![/\\]|[A-Za-z]:)(?!(?:.*[/\\])?\.\.(?:[/\\]|$)).*\S", "案件と同じフォルダにあるファイルの名を書きます"
    )
    return {**inside, "type": [*json_schema.SCALAR]}


def _parse_file(file: Scalar, diagnostics: Diagnostics) -> Scalar | None:
    """A file of the case's folder."""
    if _stays_inside(file.value):
        return file
    diagnostics.error(
        file.place(),
        "attachment-outside",
        f"別添「{file.value}」は案件のフォルダの外を指しています",
        "案件と同じフォルダに置き、そこからの名を書いてください",
    )
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExistingKeys:
    """A 別添 as it is written."""

    title: Scalar | None = keyed("題名", AnyText(), "題名。本文からは ｛→題名｝ で引く", required=True)
    anchor: str = keyed("識別", ANCHOR, "題名と別の名で引くときの名", default="")
    file: Scalar | None = keyed("ファイル", Parsed(_parse_file, _file_schema), "案件と同じフォルダのPDF。省ける")


def _annex(node: Node, diagnostics: Diagnostics) -> Annex | None:
    mapping = _mapping(node, "別紙", "例：- 題名: ○○システムの運用規程（案）", diagnostics)
    if mapping is None:
        return None
    without = ("題名",) if isinstance(mapping.get("規程"), Mapping) else ()
    written = read_record(BoundKeys, mapping, diagnostics, "別紙", without=without)
    content, omitted = written.content, written.omitted
    if written.regulation is not None:
        regulation = read_regulation(written.regulation, diagnostics)
        if content or omitted:
            diagnostics.error(
                node.place(),
                "annex-both",
                "規程のある別紙に「内容」や「添付省略」があります",
                "どちらか一方を消してください",
            )
        return Annex(
            title=regulation.title,
            anchor=written.anchor,
            regulation=regulation,
            landscape=written.landscape,
            bracket=written.bracket,
            spaced=written.spaced,
            place=node.place(),
        )
    if written.title is None:
        return None
    check_omitted("別紙", written.title, content, omitted, diagnostics, "内容: …")
    return Annex(
        title=parse_line(written.title, diagnostics),
        anchor=written.anchor,
        content=read_content(content, diagnostics) if content else (),
        omitted=omitted,
        landscape=written.landscape,
        bracket=written.bracket,
        spaced=written.spaced,
        place=node.place(),
    )


def _existing(node: Node, diagnostics: Diagnostics) -> Annex | None:
    mapping = _mapping(node, "別添", "例：- {題名: ○○評価書, ファイル: hyoukasho.pdf}", diagnostics)
    if mapping is None:
        return None
    written = read_record(ExistingKeys, mapping, diagnostics, "別添")
    if written.title is None:
        return None
    return Annex(
        title=parse_line(written.title, diagnostics),
        anchor=written.anchor,
        existing=True,
        file=written.file,
        place=node.place(),
    )


def _mapping(node: Node, what: str, example: str, diagnostics: Diagnostics) -> Mapping | None:
    if isinstance(node, Mapping):
        return node
    diagnostics.error(node.place(), "annex-form", f"{what}は「題名: …」の組で書きます", example)
    return None


def _stays_inside(name: str) -> bool:
    """Whether a name, on any system, leads to no place outside the folder it is read from."""
    windows = PureWindowsPath(name)
    return not (windows.drive or windows.root or PurePosixPath(name).is_absolute() or ".." in windows.parts)
