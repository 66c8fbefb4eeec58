"""別添 in the packet: joined as they are, tags and all where they have them, and nothing that runs."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from support.layout_toys import lines, pages_of, row, table
from support.pdf_readers import claims, faults, tree
from support.samples import CASE
from support.word_forms import city_with_form

from kotobuki.build.foreign import read_attachment
from kotobuki.build.office import Office
from kotobuki.diagnostics import Diagnostic, Diagnostics
from kotobuki.fonts import find_font
from kotobuki.packet.build import build_packet
from kotobuki.packet.command import PacketOptions
from kotobuki.pdf import Press, write_pdf
from kotobuki.reading.nodes import Scalar

ATTACHED = CASE + "別添:\n  - {題名: 評価書, ファイル: hyoka.pdf}\n"
CLAIMS = ["pdfaid:part 2", "pdfaid:conformance A", "pdfuaid:part 1"]


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without LibreOffice."""
    monkeypatch.setattr(Office, "program", None)


def bound(tmp_path: Path, attachment: bytes | None) -> tuple[bytes, dict[str, Diagnostic]]:
    """The packet of the small city with this 別添, and what was said of it, by rule."""
    root = city_with_form(tmp_path / "city", cases={"案件.yaml": CASE if attachment is None else ATTACHED})
    folder = root / "cases" / "第1回"
    if attachment is not None:
        (folder / "hyoka.pdf").write_bytes(attachment)
    diagnostics = Diagnostics()
    build_packet(folder, PacketOptions(tmp_path / "out", formats=("pdf",)), None, diagnostics)
    said = {each.rule: each for each in diagnostics if each.rule.startswith("attachment-")}
    return (tmp_path / "out" / "第1回" / "会議資料.pdf").read_bytes(), said


def lasting() -> bytes:
    """A PDF/A-2a and PDF/UA-1 of two pages: a paragraph over both, then a table."""
    if not find_font().embedded:
        pytest.skip("no TrueType 明朝 is installed")
    pages = pages_of(lines("一二三四五六七"), table(row("甲", "乙", head=True), row("丙", "丁")))
    return write_pdf(
        pages,
        title="評価書",
        author="",
        subject="",
        papers=[("a", ("評価書",))],
        press=Press(pages, {"明朝": find_font()}),
    )


def plain(**root: object) -> pikepdf.Pdf:
    """A PDF of one page without tags, with these entries in its catalog."""
    file = pikepdf.new()
    file.add_blank_page(page_size=(300, 400))
    for key, value in root.items():
        file.Root[f"/{key}"] = value
    return file


def saved(file: pikepdf.Pdf) -> bytes:
    data = BytesIO()
    file.save(data)
    return data.getvalue()


@pytest.mark.usefixtures("bare")
def test_one_that_lasts_brings_its_tags(tmp_path: Path) -> None:
    data, said = bound(tmp_path, lasting())
    assert said == {}
    assert (faults(data), claims(data)) == ([], CLAIMS)
    assert bound(tmp_path / "again", lasting())[0] == data
    told = [line.strip() for line in tree(data)]
    at = told.index("Sect “別添-1”") if "Sect “別添-1”" in told else told.index("Sect “別添”")
    assert told[at + 1 : at + 4] == ["Part", "Sect “評価書”", "P"]
    marks = [line.partition(".")[0] for line in told[at:] if line.endswith("of a form")]
    assert len(set(marks)) == 2 and "TH Scope=Column" in told[at:]


@pytest.mark.usefixtures("bare")
def test_one_that_does_not_last_is_named_and_nothing_is_claimed(tmp_path: Path) -> None:
    data, said = bound(tmp_path, saved(plain()))
    assert list(said) == ["attachment-plain"] and "hyoka.pdf" in said["attachment-plain"].reason
    assert claims(data) == []
    assert [line.strip() for line in tree(data) if "Figure" in line] == [
        "Figure BBox=[0, 0, 300, 400] Placement=Block Alt=“評価書”"
    ]


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda file: file.Root.__setattr__("OCProperties", pikepdf.Dictionary()), "レイヤー"),
        (lambda file: file.Root.__delattr__("StructTreeRoot"), "記されていません"),
        (lambda file: [each.__delattr__("FontFile2") for each in descriptors(file)], "埋め込まれていないフォント"),
        (lambda file: note(file, "Stamp"), "注釈"),
        (lambda file: file.Root.OutputIntents[0].DestOutputProfile.__setattr__("N", 4), "RGB"),
    ],
)
def test_what_says_so_and_is_not_is_seen_at_a_glance(
    tmp_path: Path, spoil: Callable[[pikepdf.Pdf], object], reason: str
) -> None:
    with pikepdf.open(BytesIO(lasting())) as file:
        spoil(file)
        data, said = bound(tmp_path, saved(file))
    assert reason in said["attachment-plain"].reason
    assert claims(data) == []


def descriptors(file: pikepdf.Pdf) -> list[pikepdf.Object]:
    found = (each for each in file.objects if isinstance(each, pikepdf.Dictionary))
    return [each for each in found if each.get("/Type") == "/FontDescriptor"]


def note(file: pikepdf.Pdf, kind: str) -> None:
    file.pages[0].Annots = pikepdf.Array(
        [pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(f"/{kind}"), Rect=[0, 0, 9, 9])]
    )


@pytest.mark.usefixtures("bare")
def test_what_runs_stays_behind(tmp_path: Path) -> None:
    file = plain()
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    file.Root.OpenAction = script
    file.attachments["秘密.txt"] = b"secret"
    field = pikepdf.Dictionary(FT=pikepdf.Name.Tx, T="name", Subtype=pikepdf.Name.Widget, Rect=[0, 0, 9, 9], A=launch)
    field = file.make_indirect(field)
    file.Root.AcroForm = pikepdf.Dictionary(Fields=[field], DA="")
    file.pages[0].Annots = pikepdf.Array([field])
    data, said = bound(tmp_path, saved(file))
    for what in ("JavaScript", "添付ファイル", "フォーム", "プログラムの起動"):
        assert what in said["attachment-active"].reason
    with pikepdf.open(BytesIO(data)) as packet:
        assert not {"/OpenAction", "/AcroForm", "/Names", "/AA"} & set(packet.Root.keys())
        kinds = {str(each.get("/S")) for each in packet.objects if isinstance(each, pikepdf.Dictionary)}
        assert not {"/JavaScript", "/Launch"} & kinds
        assert not any(
            str(each.get("/Type")) == "/EmbeddedFile" for each in packet.objects if isinstance(each, pikepdf.Stream)
        )
    assert b"secret" not in data


@pytest.mark.office
def test_a_word_form_lasts_alone_and_bound(tmp_path: Path) -> None:
    data, said = bound(tmp_path, None)
    assert said == {}
    assert (faults(data), claims(data)) == ([], CLAIMS)


def tower(file: pikepdf.Pdf, depth: int, width: int) -> None:
    """Its structure below as many elements in one another, each of which names the next so often."""
    root = file.Root.StructTreeRoot
    below = root.K
    for _ in range(depth):
        element = file.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Sect, K=below))
        below = pikepdf.Array([element] * width)
    root.K = below


def circle(file: pikepdf.Pdf) -> None:
    """A table that is a row of itself."""
    root = file.Root.StructTreeRoot
    table = file.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Table))
    table.K = pikepdf.Array([table])
    root.K = pikepdf.Array([table, root.K])


def far_mark(file: pikepdf.Pdf) -> None:
    """Marks of numbers that no page has."""
    for each in file.objects:
        if isinstance(each, pikepdf.Dictionary) and "/S" in each and isinstance(each.get("/K"), int):
            each.K = 2**31 - 1


def attributes(file: pikepdf.Pdf) -> None:
    """Attributes that double with each of thirty levels."""
    value = pikepdf.Dictionary(O=pikepdf.Name.Table)
    for _ in range(30):
        value = file.make_indirect(pikepdf.Dictionary(O=pikepdf.Name.Table, a=value, b=value))
    for each in file.objects:
        if isinstance(each, pikepdf.Dictionary) and "/S" in each and "/P" in each:
            each.A = value


HOSTILE: dict[str, Callable[[pikepdf.Pdf], None]] = {
    "deep": lambda file: tower(file, 3_000, 1),
    "doubled": lambda file: tower(file, 30, 2),
    "a circle": circle,
    "far marks": far_mark,
    "attributes": attributes,
    "spoilt metadata": lambda file: file.Root.Metadata.write(b"<x:xmpmeta><rdf:"),
}


@pytest.mark.parametrize("spoil", HOSTILE.values(), ids=HOSTILE)
def test_tags_that_cannot_be_carried_over_are_said(tmp_path: Path, spoil: Callable[[pikepdf.Pdf], None]) -> None:
    with pikepdf.open(BytesIO(lasting())) as file:
        spoil(file)
        file.save(tmp_path / "添.pdf")
    diagnostics = Diagnostics()
    pages = read_attachment(tmp_path, Scalar("添.pdf", "案件.yaml", ((0, 1, 1),)), diagnostics)
    assert [page.lasts for page in pages] == [False, False]
    assert [each.rule for each in diagnostics] == ["attachment-plain"]
