"""What of a Word form comes in: fields, parts, archives. Each row is a form with one thing in it that papers do not need."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from support.spoilt import rezipped
from support.word_forms import sheet

from kotobuki.diagnostics import Diagnostics
from kotobuki.word.base_file import read_base
from kotobuki.word.filled import FileProperties, WordForm, fill

FORM = sheet(["件名 {{ 件名 }}"], (), header="頭")
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships/"


def outcome(folder: Path, form: bytes) -> tuple[list[str], dict[str, bytes]]:
    """The rules of what is said of a form, and the parts of what it becomes."""
    file = folder / "form.docx"
    file.write_bytes(form)
    diagnostics = Diagnostics()
    made = fill(WordForm(file, "form.docx", "送付票"), {"件名": "甲"}, FileProperties("題", "市"), diagnostics)
    assert all("form.docx" in each.place.path and each.reason and each.remedy for each in diagnostics)
    assert (made is None) == bool(diagnostics.errors)
    parts = zipfile.ZipFile(BytesIO(made.data)) if made else None
    return [each.rule for each in diagnostics], {name: parts.read(name) for name in parts.namelist()} if parts else {}


def with_body(xml: str, form: bytes = FORM, part: str = "word/document.xml") -> bytes:
    """A form with this before all else in its body (or another part's)."""
    with zipfile.ZipFile(BytesIO(form)) as source:
        text = source.read(part).decode()
    body = text.index("<w:body>") + 8 if "<w:body>" in text else text.index(">", text.index("?>") + 2) + 1
    return rezipped(form, {part: (text[:body] + xml + text[body:]).encode()})


def with_part(kind: str, target: str, content: bytes | None, *, near: str = "", content_type: str = "") -> bytes:
    """A form that leads to a part (None: outside) under the name rId900; `near`: where it is named in the body."""
    form = with_body(near) if near else FORM
    with zipfile.ZipFile(BytesIO(form)) as source:
        rels = source.read("word/_rels/document.xml.rels").decode()
        types = source.read("[Content_Types].xml").decode()
    mode = ' TargetMode="External"' if content is None else ""
    row = f'<Relationship Id="rId900" Type="{kind}" Target="{target}"{mode}/></Relationships>'
    override = f'<Override PartName="/word/{target}" ContentType="{content_type}"/></Types>'
    changes = {
        "word/_rels/document.xml.rels": rels.replace("</Relationships>", row).encode(),
        "[Content_Types].xml": types.replace("</Types>", override).encode() if content_type else types.encode(),
    }
    return rezipped(form, changes | ({} if content is None else {f"word/{target}": content}))


def paragraph(inner: str) -> str:
    return f"<w:p {SPACES}>{inner}</w:p>"


def run(inner: str) -> str:
    return f"<w:r>{inner}</w:r>"


def char(kind: str) -> str:
    return run(f'<w:fldChar w:fldCharType="{kind}"/>')


def code(*pieces: str, result: str = "") -> str:
    """A complex field whose code is cut into these runs; a piece that is a field itself stands in it."""
    inner = "".join(each if each.startswith("<") else run(f"<w:instrText>{each}</w:instrText>") for each in pieces)
    return f"{char('begin')}{inner}{char('separate')}{result or run('<w:t>1</w:t>')}{char('end')}"


def simple(instruction: str) -> str:
    return f"<w:fldSimple w:instr='{instruction}'><w:r><w:t>1</w:t></w:r></w:fldSimple>"


def box(inner: str) -> str:
    content = f"<w:txbxContent><w:p>{inner}</w:p></w:txbxContent>"
    return run(f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>")


ALLOWED = {
    "page": code(" PAGE "),
    "format without a blank": code("PAGE\\* MERGEFORMAT"),
    "lower case": simple(" numpages "),
    "cut into runs": code(" NUM", "PA", "GES "),
    "sum of pages": code(" = ", code("NUMPAGES"), " - 1 "),
    "ruby": code(r" EQ \* jc2 \o\ad(\s\up 9(かな),漢字) "),
    "place in the paper": code(r' HYPERLINK \l "_Toc1" '),
    "web page": code(' HYPERLINK "https://www.city.example.jp/" '),
    "mail": code(' HYPERLINK "mailto:soumu@city.example.jp" '),
    "contents with page numbers in its result": code(r' TOC \o "1-3" ', result=code("PAGEREF _Toc1")),
    "tick": code(" FORMCHECKBOX "),
    "in a text box": box(code("PAGE")),
    "a box within a result": code("REF a", result=box(code("PAGE"))),
}
FIELDS = (
    *("INCLUDETEXT x.docx", 'INCLUDEPICTURE "http://a/b.png"', "RD x.docx", "DATABASE x", "AUTOTEXT x"),
    *("AUTOTEXTLIST x", "TEMPLATE", "DDE x", "DDEAUTO x", "LINK x", "IMPORT x", "DATE", "TIME", "PRINTDATE"),
    *("SAVEDATE", "CREATEDATE", "EDITTIME", "USERNAME", "USERINITIALS", "USERADDRESS", "FILENAME", "FILESIZE"),
    *("MACROBUTTON x y", "ADDIN", "EMBED x", "CONTROL x", "QUOTE 68", "ASK x", "FILLIN", "SET a b"),
    *("NEXT", "GLOSSARY x", "PRINT x", "PRIVATE", "DOCVARIABLE x", "AUTHOR", "x"),
    *("HTMLACTIVEX x", "INCLUDE x", "FTNREF x", "BIBLIOGRAPHY", "GOTOBUTTON x"),
    *(r"HYPERLINK \\\\server\\share", 'HYPERLINK "file:///c:/a"', "HYPERLINK javascript:x", "HYPERLINK a.docx"),
    *('HYPERLINK "ms-word:ofe|u|http://a"', r'HYPERLINK "file:///c:/a" \l "b"'),
)
REFUSED = {
    **{each: code(f" {each} ") for each in FIELDS},
    "simple": simple(" INCLUDETEXT x "),
    "lower case": code(" includetext x"),
    "mixed, cut into runs": code(" inClude", "TeXt x"),
    "nested in an allowed one": code(" = ", code("DATE"), " "),
    "nested in a result": code("REF a", result=code("INCLUDETEXT x")),
    "a code made by a field": code(code("REF a"), " x"),
    "an address made by a field": code('HYPERLINK "', code("REF a"), '"'),
    "within a simple one": f'<w:fldSimple w:instr="PAGE">{code("DATE")}</w:fldSimple>',
    "in a text box": box(code("DATE")),
    "in a box within a code": code("PAGE", box(code("DATE"))),
    "deleted": f'<w:del w:id="1" w:author="a">{char("begin")}{run("<w:delInstrText>DATE</w:delInstrText>")}{char("end")}</w:del>',
    "without an end": char("begin") + run("<w:instrText>INCLUDETEXT x</w:instrText>"),
    "allowed, without an end": char("begin") + run("<w:instrText>PAGE</w:instrText>"),
    "without a beginning": run("<w:instrText>DATE</w:instrText>") + char("end"),
    "put together by the filling": code("{{ 'DA' ~ 'TE' }}"),
    "a clock in an input": run('<w:fldChar w:fldCharType="begin"><w:ffData><w:textInput><w:type w:val="currentDate"/>'
                               "</w:textInput></w:ffData></w:fldChar>") + char("end"),
}  # fmt: skip


@pytest.mark.parametrize("inner", ALLOWED.values(), ids=ALLOWED)
def test_a_field_that_papers_need_comes_in(tmp_path: Path, inner: str) -> None:
    rules, parts = outcome(tmp_path, with_body(paragraph(inner)))
    assert rules == []
    assert b"fldChar" in parts["word/document.xml"] or b"fldSimple" in parts["word/document.xml"]


@pytest.mark.parametrize("instruction", ["DOCPROPERTY x", "MERGEFIELD x", "IF 1 = 1 a b", "mergefield x"])
@pytest.mark.parametrize("field", [simple, code])
def test_what_a_settled_field_shows_stays_as_text(
    tmp_path: Path, field: Callable[[str], str], instruction: str
) -> None:
    rules, parts = outcome(tmp_path, with_body(paragraph(run("<w:t>前</w:t>") + field(instruction) + code("PAGE"))))
    assert len(rules) == 1 and rules != ["form-outside"]
    words = parts["word/document.xml"].decode()
    assert words.count("<w:fldChar ") == 3 and "fldSimple" not in words
    assert instruction not in words and words.count("<w:t>1</w:t>") == 2


SHOWN_OTHERWISE = (
    code("IF ", code("DATE"), " = 1 a b"),
    code("MERGEFIELD x", result=code("DATE")),
    code("MERGEFIELD x", result=box("")),
    simple("DATE"),
    code("DATE"),
)


@pytest.mark.parametrize("inner", SHOWN_OTHERWISE)
def test_a_field_that_shows_more_than_text_is_refused(tmp_path: Path, inner: str) -> None:
    assert set(outcome(tmp_path, with_body(paragraph(inner)))[0]) == {"form-outside"}


@pytest.mark.parametrize("inner", REFUSED.values(), ids=REFUSED)
def test_any_other_field_is_refused(tmp_path: Path, inner: str) -> None:
    rules, _ = outcome(tmp_path, with_body(paragraph(inner)))
    assert set(rules) == {"form-outside"}


def test_fields_of_other_parts_are_seen(tmp_path: Path) -> None:
    header = next(name for name in zipfile.ZipFile(BytesIO(FORM)).namelist() if "header" in name)
    dated = paragraph(code("DATE"))
    assert outcome(tmp_path, with_body(dated, part=header))[0] == ["form-outside"]
    for kind in ("footer", "footnotes", "endnotes", "comments"):
        tag = {"footer": "ftr"}.get(kind, kind)
        inner = dated if kind == "footer" else f'<w:{kind[:-1]} w:id="5">{dated}</w:{kind[:-1]}>'
        part = f"<w:{tag} {SPACES}>{inner}</w:{tag}>".encode()
        word_type = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
        form = with_part(RELATIONS + kind, f"{kind}9.xml", part, content_type=word_type)
        assert outcome(tmp_path, form)[0] == ["form-outside"], kind


OBJECT = paragraph(run('<w:object><v:shape id="s"/><o:OLEObject Type="Embed" r:id="rId900"/></w:object>'))
CONTROL = paragraph(run('<w:object><v:shape id="s"/><w:control r:id="rId900" w:name="c"/></w:object>'))
LEFT = {
    "macros": with_part(f"{MICROSOFT}vbaProject", "vbaProject.bin", b"x", content_type="application/vnd.ms-office.vbaProject"),
    "object": with_part(f"{RELATIONS}oleObject", "embeddings/o.bin", b"x", near=OBJECT),
    "workbook": with_part(f"{RELATIONS}package", "embeddings/o.xlsx", b"x", near=OBJECT),
    "linked object": with_part(f"{RELATIONS}oleObject", "file:///c:/a.xlsx", None, near=OBJECT),
    "control": with_part(f"{RELATIONS}control", "activeX/x.xml", b"<a/>", near=CONTROL),
    "template": with_part(f"{RELATIONS}attachedTemplate", "http://a/b.dotm", None),
    "mail merge": with_part(f"{RELATIONS}mailMergeSource", "file:///c:/a.csv", None),
    "font": with_part(f"{RELATIONS}font", "fonts/f.odttf", b"x"),
    "anything new": with_part("http://schemas.microsoft.com/office/2030/relationships/newThing", "new.bin", b"x"),
}  # fmt: skip


@pytest.mark.parametrize("form", LEFT.values(), ids=LEFT)
def test_a_part_that_papers_do_not_need_is_left_behind_and_said(tmp_path: Path, form: bytes) -> None:
    rules, parts = outcome(tmp_path, form)
    assert rules == ["form-left-out"]
    assert b"rId900" not in b"".join(parts.values())
    assert not [name for name in parts if name.endswith((".bin", ".xlsx", ".odttf")) or "activeX" in name]
    assert "甲" in parts["word/document.xml"].decode()


def test_what_no_paper_shows_is_left_behind_silently(tmp_path: Path) -> None:
    """As every form of python-docx has it: a thumbnail, custom XML."""
    before = zipfile.ZipFile(BytesIO(FORM)).namelist()
    rules, parts = outcome(tmp_path, FORM)
    gone = [name for name in before if "customXml" in name or "thumbnail" in name]
    assert gone and rules == [] and not set(gone) & set(parts)


CHUNK = f'<w:altChunk {SPACES} r:id="rId900"/>'
LINKED = f'<w:hyperlink r:id="rId900">{run("<w:t>見る</w:t>")}</w:hyperlink>'
OUTSIDE = {
    "linked picture": with_part(f"{RELATIONS}image", "http://a/b.png", None),
    "other format": with_part(f"{RELATIONS}aFChunk", "a.html", b"<html/>", near=CHUNK),
    "subdocument": with_part(f"{RELATIONS}subDocument", "b.docx", None),
    "link to a file": with_part(f"{RELATIONS}hyperlink", "file://server/a", None, near=paragraph(LINKED)),
    "script": with_part(f"{RELATIONS}hyperlink", "javascript:x", None),
    "no picture": with_part(f"{RELATIONS}image", "a.png", b"%!PS-Adobe-3.0 EPSF-3.0", content_type="image/png"),
    "words that would be lost": with_part(f"{RELATIONS}oleObject", "o.bin", b"x", near=paragraph(LINKED)),
}


@pytest.mark.parametrize("form", OUTSIDE.values(), ids=OUTSIDE)
def test_a_form_that_leads_out_is_refused(tmp_path: Path, form: bytes) -> None:
    assert "form-outside" in outcome(tmp_path, form)[0]


def test_what_a_file_itself_would_put_in_is_taken_out(tmp_path: Path) -> None:
    bound = '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a"/></w:sdtPr><w:sdtContent><w:r><w:t>文</w:t></w:r></w:sdtContent></w:sdt>'
    drawn = run('<w:pict><v:shape href="file://a/b"><v:imagedata src="http://a/b.png"/></v:shape></w:pict>')
    rules, parts = outcome(tmp_path, with_body(paragraph(bound + drawn)))
    assert rules == []
    text = parts["word/document.xml"].decode()
    assert "文" in text and not [each for each in ("dataBinding", "http://a/", "file:") if each in text]
    merging = "<w:mailMerge><w:connectString w:val='x'/></w:mailMerge>"
    settings = with_body(merging, part="word/settings.xml")
    assert outcome(tmp_path, settings)[0] == ["form-left-out"]


def archive(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """FORM with members more, which may have names that are there."""
    buffer = BytesIO(FORM)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as target, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a name that is there
        for name, data in members:
            target.writestr(name, data)
    return buffer.getvalue()


def linked() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("word/media/link.png")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    return info


def flagged(data: bytes) -> bytes:
    """The archive as if each member had a password."""
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data = b"".join(
            (mark + piece[: at - 4] + bytes([piece[at - 4] | 1]) + piece[at - 3 :]) if number else piece
            for number, piece in enumerate(data.split(mark))
        )
    return data


def understated() -> bytes:
    """200 MB that claim to be a few bytes."""
    data = archive(("word/media/big.png", bytes(200_000_000)))
    return data.replace((200_000_000).to_bytes(4, "little"), (20).to_bytes(4, "little"))


DOCTYPE = '<!DOCTYPE a [<!ENTITY b "x">]>'
ENCODINGS = {"utf-8": "utf-8", "utf-16": "utf-16", "utf-7": "utf-7", "shift_jis": "shift_jis"}


def declared(encoding: str) -> bytes:
    text = zipfile.ZipFile(BytesIO(FORM)).read("word/document.xml").decode().split("?>", 1)[1]
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    inner = DOCTYPE.encode(encoding) if encoding != "utf-16" else b""
    whole = (head + DOCTYPE + text).encode("utf-16") if encoding == "utf-16" else head.encode() + inner + text.encode()
    return rezipped(FORM, {"word/document.xml": whole})


BROKEN: dict[str, Callable[[], bytes]] = {
    "twice": lambda: archive(("word/document.xml", b"<x/>")),
    "twice but for case": lambda: archive(("WORD/Document.xml", b"<x/>")),
    "leads out": lambda: archive(("../evil.xml", b"")),
    "leads out within": lambda: archive(("word/../../evil.xml", b"")),
    "absolute": lambda: archive(("/etc/evil", b"")),
    "drive": lambda: archive(("c:/evil", b"")),
    "backslash": lambda: archive(("word\\evil.xml", b"")).replace(b"word/evil.xml", b"word\\evil.xml"),
    "link": lambda: archive((linked(), b"/etc/passwd")),
    "password": lambda: flagged(FORM),
    "many parts of 20 MB": lambda: archive(*((f"word/media/{n}.png", bytes(20_000_000)) for n in range(12))),
    "a part that lies of its size": understated,
    "too many parts": lambda: archive(*((f"word/{n}", b"") for n in range(1_100))),
    "too much XML": lambda: with_body(paragraph("") * 20_000 + " " * 7_000_000),
    "too many tags": lambda: with_body("<w:p/>" * 300_000),
    "not well-formed": lambda: rezipped(FORM, {"word/styles.xml": b"<w:styles"}),
    "no relationships": lambda: rezipped(FORM, {"_rels/.rels": b""}),
    "no main part": lambda: rezipped(FORM, {"word/document.xml": None}),
    "a part that is missing": lambda: rezipped(FORM, {"word/styles.xml": None}),
    "nothing of its types": lambda: rezipped(FORM, {"[Content_Types].xml": b"<a/>"}),
    "cut": lambda: FORM[: len(FORM) // 2],
    **{f"doctype in {each}": (lambda each=each: declared(each)) for each in ENCODINGS},  # type: ignore[misc]
}


@pytest.mark.parametrize("made", BROKEN.values(), ids=BROKEN)
def test_an_archive_that_word_never_writes_is_refused(tmp_path: Path, made: Callable[[], bytes]) -> None:
    assert outcome(tmp_path, made())[0] == ["form-file"]


@pytest.mark.parametrize("name", ["no relationships", "twice", "many parts of 20 MB", "password", "cut", "leads out"])
def test_base_docx_comes_through_the_same_door(tmp_path: Path, name: str) -> None:
    file = tmp_path / "base.docx"
    file.write_bytes(BROKEN[name]())
    diagnostics = Diagnostics()
    read_base(file, diagnostics)
    assert {each.rule for each in diagnostics} == {"base-file"}
