"""What is in somebody else's PDF besides its pages, and whether it can be part of one that is PDF/A-2a and PDF/UA-1.

In: an opened file. Out: words for messages. Whether a file conforms is taken from what it says of itself, unless a glance
shows that it is not so; what could not be carried over whole is told, too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from kotobuki.build.foreign.tags import can_carry

if TYPE_CHECKING:
    import pikepdf

_LAUNCHING = {
    "/Launch": "プログラムの起動",
    "/JavaScript": "JavaScript",
    "/SubmitForm": "送信",
    "/ImportData": "読込み",
}
_FONT_FILES = {"/FontFile", "/FontFile2", "/FontFile3"}


def left_behind(pdf: pikepdf.Pdf) -> list[str]:
    """What does not come along when its pages are bound: scripts, launches, files within, fields; each once."""
    return list(dict.fromkeys(_left_behind(pdf)))


def objection(pdf: pikepdf.Pdf) -> str:
    """Why a file with these pages is not PDF/A-2a and PDF/UA-1; "" = it is, as far as this file goes."""
    if not claims(pdf, ("2A",)):
        return "PDF/A-2aとPDF/UA-1に適合していると記されていません"
    if any(str(note.get("/Subtype")) != "/Link" for page in pdf.pages for note in members(page.obj, "/Annots")):
        return "注釈やフォームがあります"
    if "/OCProperties" in pdf.Root:
        return "レイヤーがあります"
    if not all(_FONT_FILES & set(each.keys()) for each in _described_fonts(pdf)):
        return "埋め込まれていないフォントがあります"
    profiles = [intent.get("/DestOutputProfile") for intent in members(pdf.Root, "/OutputIntents")]
    if any(profile is not None and int(profile.N) != 3 for profile in profiles):
        return "色がRGBではありません"
    if not can_carry(pdf):
        return "タグの構造に、誤りか、大きすぎるところがあります"
    return ""


def claims(pdf: pikepdf.Pdf, levels: Collection[str]) -> bool:
    """Whether a file says that it is PDF/A of one of these levels (such as 2A), and PDF/UA-1, and has tags."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as about:
        says = about.pdfa_status in levels and str(about.get("pdfuaid:part", "")) == "1"
    return says and "/StructTreeRoot" in pdf.Root


def _described_fonts(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    import pikepdf

    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor":
            yield each


def _left_behind(pdf: pikepdf.Pdf) -> Iterator[str]:
    names = pdf.Root.get("/Names")
    if names is not None and "/JavaScript" in names:
        yield _LAUNCHING["/JavaScript"]
    if names is not None and "/EmbeddedFiles" in names:
        yield "添付ファイル"
    if (form := pdf.Root.get("/AcroForm")) is not None and members(form, "/Fields"):
        yield "フォーム"
    yield from _actions(pdf.Root)
    for page in pdf.pages:
        yield from _actions(page.obj)
        for note in members(page.obj, "/Annots"):
            if str(note.get("/Subtype")) == "/FileAttachment":
                yield "添付ファイル"
            yield from _actions(note)


def _actions(holder: pikepdf.Object) -> Iterator[str]:
    """What a click, or opening, would set off."""
    import pikepdf

    more = holder.get("/AA")
    own = [holder.get("/A"), holder.get("/OpenAction"), *(dict(more.items()).values() if more is not None else ())]
    for action in own:
        if isinstance(action, pikepdf.Dictionary) and (what := _LAUNCHING.get(str(action.get("/S")))):
            yield what


def members(holder: pikepdf.Object, key: str) -> list[pikepdf.Object]:
    """The members of an array that may not be there."""
    found = holder.get(key)
    return [] if found is None else list(found.as_list())
