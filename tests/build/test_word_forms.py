"""A department's own Word form as a paper: filled, kept within its bounds, the same bytes, bound in where papers are joined."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pikepdf
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from support import office, pdftools
from support.samples import CASE, HEADER, edited
from support.word_forms import FORM_WITH_SHEET, SHEET, blank, city_with_form, saved, sheet

from kotobuki.build.command import Options, SummaryLine
from kotobuki.build.office import Office
from kotobuki.build.pipeline import build
from kotobuki.diagnostics import Diagnostic, Diagnostics, InputError

TABLE = """\
業務:
  概要: [印刷, 発送]
  体制: {責任者: 総務課長, 担当: 文書係長}
"""
FULL = CASE + TABLE


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without LibreOffice."""
    monkeypatch.setattr(Office, "program", None)


def made(
    root: Path, formats: tuple[str, ...] = ("docx",), final: bool = False
) -> tuple[list[SummaryLine], list[Diagnostic]]:
    """What came of building the city's meeting."""
    diagnostics = Diagnostics()
    options = Options(root / "out", formats=formats, final=final)
    try:
        return list(build([root / "cases" / "第1回"], options, None, diagnostics).lines), list(diagnostics)
    except InputError:
        return [], list(diagnostics)


def bundle(root: Path) -> Path:
    return root / "out" / "第1回" / "第2号議案"


def words(data: bytes) -> list[str]:
    """The paragraphs of a .docx, then the cells of its tables."""
    document = docx.Document(BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(each.text for each in document.paragraphs), *cells]


def filled(root: Path, data: bytes, case: str = FULL) -> list[str]:
    """The words of the form filled, which must be without fault."""
    city_with_form(root, data, {"案件.yaml": case})
    assert made(root)[1] == []
    return words((bundle(root) / "送付票.docx").read_bytes())


def test_few_printed_papers_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Office, "program", "soffice")
    monkeypatch.setattr(Office, "_converted", lambda self, program, data: b"%PDF-" + data)
    found = Office()
    assert [found.to_pdf(bytes([each])) for each in range(200)] == [b"%PDF-" + bytes([each]) for each in range(200)]
    assert len(found._made) < 100


def faults(root: Path, data: bytes) -> list[Diagnostic]:
    city_with_form(root, data, {"案件.yaml": FULL})
    return made(root)[1]


# What is printed.


def test_fields_and_repeated_rows_are_filled(tmp_path: Path) -> None:
    assert filled(tmp_path, sheet()) == [
        "送付票",
        "件名　見本の業務について",
        "主管課　総務部総務課",
        "文書番号　22総総送第82号　令和４年５月６日",
        "理由　委託するため",
        *("概要", "１　印刷\n２　発送"),
        *("体制", "責任者　総務課長\n担当　文書係長"),
    ]


VALUES = {
    "{% if 写し %}写{% else %}原本{% endif %}": "写",
    "{{ 節.目的 }}": "",
    "{% for 行 in 節.理由 %}{{ 行.番号 }}{{ 行.文 }}{% endfor %}": "委託するため",
    "{% for 行 in 節.業務 %}{{ 行.欄 | join('／') }}・{% endfor %}": (
        "概要／１　印刷\n２　発送・体制／責任者／総務課長／担当／文書係長・"
    ),
    "{% for 項 in 各節 %}{{ 項.見出し }}、{% endfor %}": "事項、理由、担当、業務、",
    "{{ 会議.年度 }}第{{ 会議.回 }}回": "令和４年度第1回",
    "{{ 別紙 }}": "",
}


def test_the_values_are_those_of_text_templates(tmp_path: Path) -> None:
    assert filled(tmp_path, sheet(list(VALUES), ())) == list(VALUES.values())


LABELLED = {
    "{{ 節.業務.概要 }}": "甲",
    "{{ 節.業務['概要'] }}": "甲",
    "{{ 節.業務.体制 }}": "責任者　総務課長",
    "{{ 節.業務.情報 }}": "",  # a row of the form that the case has not
    "{{ 節.目的.起案者 }}・{{ 節.目的.決裁区分 }}": "<甲>・部長専決",
    "{{ 節.業務[0].項目 }}": "あらまし",
}


def test_a_row_or_pair_is_had_by_its_label(tmp_path: Path) -> None:
    case = (
        CASE + "業務: {｛概要｝あらまし: 甲, 体制: {責任者: 総務課長}}\n"
        "目的:\n  - ｛値｝: {起案者: <甲>, 決裁区分: 部長専決}\n"
    )
    assert filled(tmp_path, sheet(list(LABELLED), ()), case) == list(LABELLED.values())


def test_paragraphs_are_repeated(tmp_path: Path) -> None:
    case = FULL + "目的: [甲, 乙]\n"
    lines = ["{%p for 行 in 節.目的 %}", "{{ 行.番号 }}　{{ 行.文 }}", "{%p endfor %}", "終わり"]
    assert filled(tmp_path, sheet(lines, ()), case) == ["（１）　甲", "（２）　乙", "終わり"]


def test_the_head_of_the_page_is_filled_too(tmp_path: Path) -> None:
    filled(tmp_path, sheet(header="{{ 件名 }}"))
    document = docx.Document(str(bundle(tmp_path) / "送付票.docx"))
    assert document.sections[0].header.paragraphs[0].text == "見本の業務について"


MARKUP = ["<b>&amp;", "</w:t></w:r>", "]]>", "{{ 件名 }}", "{_{ 名 }_}", "{% if %}", "'\"`", "甲\\n乙", "&#123;"]


def test_text_of_a_case_is_never_markup(tmp_path: Path) -> None:
    """Neither of Word nor of a template, in the title and in sentences."""
    title, *quoted = ["'" + text.replace("'", "''") + "'" for text in ("・".join(MARKUP), *MARKUP)]
    case = edited(FULL, "見本の業務について", title) + f"目的: [{', '.join(quoted)}]\n"
    lines = ["{{ 件名 }}", "{%p for 行 in 節.目的 %}", "{{ 行.文 }}", "{%p endfor %}"]
    assert filled(tmp_path, sheet(lines, ()), case) == ["・".join(MARKUP), *MARKUP]


def test_a_cover_in_word_lists_the_pages(tmp_path: Path) -> None:
    form = edited(
        FORM_WITH_SHEET, "送付票: {雛形: 試験/送付票.docx}", "送付票: {雛形: 試験/送付票.docx, ページ番号: なし}"
    )
    lines = ["{% for 書 in 添付資料 %}{{ 書.名 }}{{ 書.初めのページ }}{% endfor %}"]
    city_with_form(tmp_path, sheet(lines, ()), FORM=form)
    assert made(tmp_path)[1] == []
    assert words((bundle(tmp_path) / "送付票.docx").read_bytes()) == ["依頼書1"]


# What is wrong.

LOOPS = "{% for 甲 in [1,1,1,1,1,1,1,1,1,1] %}"


@pytest.mark.parametrize(
    ("line", "rule", "said"),
    [
        ("番号　{{ 件命 }}", "form-field", ["「件命」", "番号　{{ 件命 }}", "「件名」の誤りではありませんか"]),
        ("{{ 節.理油 }}", "form-field", ["「理油」", "「理由」の誤りではありませんか"]),
        ("{{ 依頼.日附 }}", "form-field", ["「日附」", "「日付」の誤りではありませんか"]),
        ("件名　{{ 件名", "form-tag", ["「{{」の相手がありません", "件名　{{ 件名"]),
        ("件名 }} 甲", "form-tag", ["「}}」の相手がありません"]),
        ("{% if 写し", "form-tag", ["「{%」の相手がありません"]),
        ("{% if 写し %}甲", "form-field", ["「{% if %}」が閉じていません"]),
        ("{% もし 写し %}", "form-field", ["「{% もし %}」"]),
        ("{{ 節.業務.概容 }}", "form-field", ["「概容」", "「概要」の誤り"]),
        ("{{ 件名 | 字間(1) }}", "form-field", ["「| 字間」"]),
        ("{{ 件名 | safe }}", "form-field", ["「| safe」"]),
        ("{% autoescape false %}{{ 件名 }}{% endautoescape %}", "form-field", ["「{% autoescape %}」"]),
        ("{{r 件名 }}", "form-tag", ["「{{r …}}」は使えません"]),
        ("{{ 依頼 }}", "form-field", ["そのまま印字できません"]),
        ("{{ 1 // 0 }}", "form-field", ["0で割っています"]),
        ("{{ 件名.__class__ }}", "form-field", ["「__class__」"]),
        ("{% include '/etc/passwd' %}", "form-field", ["ほかのファイルは読み込めません"]),
        ("{{ 'あ' * 300000000 }}", "form-field", ["計算できるのは数だけです"]),
        (LOOPS * 8 + "{% endfor %}" * 8, "form-field", ["多すぎます"]),
        (LOOPS * 4 + "{{ '" + "あ" * 9000 + "' }}" + "{% endfor %}" * 4, "form-field", ["多すぎます"]),
        ("{% for 甲 in range(9000) %}{% endfor %}", "form-field", ["「range(…)」", "値の名だけ"]),
        ("{{ lipsum() }}", "form-field", ["「lipsum(…)」"]),
        ("{% macro 甲() %}{% endmacro %}", "form-field", ["「{% macro %}」"]),
        ("{% set 甲 %}乙{% endset %}", "form-field", ["「{% set %}…{% endset %}」", "{% set 名 = 値 %}"]),
        ("{% set __tick = 件名 %}", "form-field", ["「__tick」"]),
        ("{{ 件名.encode() }}", "form-field", ["「.encode(…)」"]),
        ("{{ 件名 | attr('upper') }}", "form-field", ["「| attr」", "| join"]),
        ("{{ 件名[:2] }}", "form-field", ["「[…:…]」"]),
    ],
)
def test_a_fault_names_paper_and_field(tmp_path: Path, line: str, rule: str, said: list[str]) -> None:
    (fault,) = faults(tmp_path, sheet([line], ()))
    assert fault.rule == rule
    assert fault.place.path.endswith("templates/試験/送付票.docx")
    text = fault.reason + fault.remedy
    assert [each for each in ("書類「送付票」", *said) if each not in text] == []


def test_a_condition_that_begins_outside_a_table_is_said(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, sheet(["甲{% if not 写し %}"], [("乙{% endif %}", "丙")]))
    assert (fault.rule, "段落や表の行をまたいでいる" in fault.reason) == ("form-tag", True)


def test_every_unknown_field_and_broken_tag_is_said_at_once(tmp_path: Path) -> None:
    assert [each.rule for each in faults(tmp_path / "1", sheet(["{{ 甲 }}{{ 乙 }}", "{{ 丙 }}"], ()))] == [
        "form-field"
    ] * 3
    assert [each.rule for each in faults(tmp_path / "2", sheet(["{{ 甲", "乙 }}"], ()))] == ["form-tag"] * 2
    assert not (tmp_path / "1" / "out").exists()


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x05\x06" + bytes(18), b"\xd0\xcf\x11\xe0 .doc"])
def test_a_file_that_is_no_word_document_is_said(tmp_path: Path, data: bytes) -> None:
    assert [each.rule for each in faults(tmp_path, data)] == ["form-file"]


def _linked(document: docx.document.Document) -> None:
    document.part.relate_to("https://example.com/甲.png", RT.IMAGE, is_external=True)


def _fielded(document: docx.document.Document) -> None:
    code = f'<w:r {nsdecls("w")}><w:instrText> INCLUDETEXT "C:\\\\甲.docx" </w:instrText></w:r>'
    document.add_paragraph()._p.append(parse_xml(code))


def _split(document: docx.document.Document) -> None:
    """A code cut into runs, as Word does."""
    kind = f'<w:fldChar {nsdecls("w")} w:fldCharType="%s"/>'
    parts = [
        kind % "begin",
        *(f"<w:instrText {nsdecls('w')}>{each}</w:instrText>" for each in (" inc", "ludetext x")),
        kind % "end",
    ]
    for part in parts:
        document.add_paragraph()._p.append(parse_xml(f"<w:r {nsdecls('w')}>{part}</w:r>"))


def _computed(document: docx.document.Document) -> None:
    code = "<w:instrText>{{ 'INCLUDE' ~ 'TEXT' }} x</w:instrText>"
    document.add_paragraph()._p.append(parse_xml(f"<w:r {nsdecls('w')}>{code}</w:r>"))


def _dated(document: docx.document.Document) -> None:
    document.add_paragraph()._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" DATE "/>'))


@pytest.mark.parametrize("change", [_linked, _fielded, _split, _computed, _dated])
def test_nothing_leads_out_of_a_form(tmp_path: Path, change: Callable[[docx.document.Document], None]) -> None:
    document = blank()
    change(document)
    assert [each.rule for each in faults(tmp_path, saved(document))] == ["form-outside"]


def test_a_link_that_readers_may_follow_is_none_of_these(tmp_path: Path) -> None:
    document = blank()
    document.part.relate_to("https://example.com/", RT.HYPERLINK, is_external=True)
    assert faults(tmp_path, saved(document)) == []


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        ("{雛形: 試験/依頼書.txt}", "{雛形: 試験/依頼書.txt, ページ数: 2}", ["form-pages"]),
        ("試験/送付票.docx", "試験/送り票.docx", ["template-missing"]),
        ("試験/送付票.docx}", "試験/送付票.docx, ページ数: 0}", ["number-range"]),
    ],
)
def test_a_form_that_declares_it_wrongly_is_said(tmp_path: Path, old: str, new: str, rules: list[str]) -> None:
    city_with_form(tmp_path, FORM=edited(FORM_WITH_SHEET, old, new))
    assert [each.rule for each in made(tmp_path)[1]] == rules


def test_an_open_number_makes_a_draft_that_final_refuses(tmp_path: Path) -> None:
    city_with_form(tmp_path, cases={"案件.yaml": edited(FULL, "番号: 82, ", "")})
    lines, found = made(tmp_path)
    assert found == []
    assert [line.draft for line in lines if line.paper == "送付票"] == [True]
    assert "依頼の番号が決まっていません（送付票）" in [each.reason for each in made(tmp_path, final=True)[1]]


# Among the other papers.


@pytest.mark.pdftools
def test_without_libreoffice_it_is_word_only_and_a_slip_says_so(tmp_path: Path, bare: None) -> None:
    form = edited(FORM_WITH_SHEET, "試験/送付票.docx}", "試験/送付票.docx, ページ数: 2}")
    city_with_form(tmp_path, FORM=form)
    lines, found = made(tmp_path, ("docx", "pdf"))
    assert found == []
    assert [(line.paper, line.count, line.numbers) for line in lines][-2:] == [
        ("依頼書", 1, (1, 1)),
        ("送付票", 2, (2, 3)),
    ]
    folder = bundle(tmp_path)
    assert {each.name for each in folder.glob("送付票*")} == {"送付票.docx"}
    assert "送付票 2～3" in re.sub("‥", "", pdftools.extracted((folder / "表紙.pdf").read_bytes(), "-layout"))
    pages = office.pages((folder / "議案.pdf").read_bytes())
    assert len(pages) == 4
    assert "「送付票.docx」の２／２ページを、ここに綴じる。" in re.sub(r"\s", "", pages[3])
    assert "「送付票.docx」の２／２ページを、ここに綴じる。" in "".join(words((folder / "議案.docx").read_bytes()))
    assert "office" not in json.loads((folder / "manifest.json").read_bytes())


def test_a_pdf_that_was_asked_for_and_cannot_be_made_is_said(tmp_path: Path, bare: None) -> None:
    city_with_form(tmp_path)
    options = Options(tmp_path / "out", papers=("送付票",), formats=("pdf",))
    build([tmp_path / "cases" / "第1回"], options, None, diagnostics := Diagnostics())
    assert [(each.rule, each.severity) for each in diagnostics] == [("form-no-pdf", "warning")]


@pytest.mark.office
@pytest.mark.pdftools
def test_with_libreoffice_its_pdf_is_made_and_bound_in(tmp_path: Path) -> None:
    city_with_form(tmp_path, cases={"案件.yaml": FULL})
    assert made(tmp_path, ("docx", "pdf"))[1] == []
    folder = bundle(tmp_path)
    assert "見本の業務について" in pdftools.extracted((folder / "送付票.pdf").read_bytes())
    joined = (folder / "議案.pdf").read_bytes()
    pdftools.check(joined)
    last = office.pages(joined)[-1]
    assert "見本の業務について" in last and "綴じる" not in last
    assert last.split()[-1] == "2"  # its number among the papers
    assert json.loads((folder / "manifest.json").read_bytes())["office"].startswith("LibreOffice")


@pytest.mark.office
def test_a_page_count_that_is_not_the_declared_one_is_said(tmp_path: Path) -> None:
    city_with_form(tmp_path, sheet(pages=3))
    (fault,) = made(tmp_path, ("pdf",))[1]
    assert (fault.rule, fault.place.path.split("/")[-1]) == ("form-page-count", "form.yaml")
    assert "1とされていますが、3ページ" in fault.reason


@pytest.mark.office
def test_two_builds_are_the_same_bytes(tmp_path: Path) -> None:
    """Those of its PDF, too: what the clock and chance put into it is taken out."""
    data, results = sheet(), []
    for name in ("a", "b"):
        city_with_form(tmp_path / name, data)
        assert made(tmp_path / name, ("docx", "pdf"))[1] == []
        results.append({each.name: each.read_bytes() for each in bundle(tmp_path / name).iterdir()})
    assert results[0] == results[1]


@pytest.mark.office
def test_the_manifest_is_the_same_without_libreoffice_and_follows_the_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = []
    for case, program in ((FULL, True), (FULL, False), (edited(FULL, "[印刷, 発送]", "[印刷]"), False)):
        if not program:
            monkeypatch.setattr(Office, "program", None)
        root = city_with_form(tmp_path / str(len(pages)), cases={"案件.yaml": case})
        assert made(root, ("docx", "pdf"))[1] == []
        papers = json.loads((bundle(root) / "manifest.json").read_bytes())["papers"]
        pages.append(next(each["pages"] for each in papers if each["name"] == "送付票"))
    assert pages[0] == pages[1] != pages[2]


def test_a_packet_binds_it_in(tmp_path: Path, bare: None) -> None:
    from click.testing import CliRunner

    from kotobuki.cli import main

    city_with_form(tmp_path)
    arguments = [str(tmp_path / "cases" / "第1回"), "--out", str(tmp_path / "out")]
    ran = CliRunner().invoke(main, ["packet", *arguments])
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert "第2号議案 送付票　1ページ（2）" in ran.stdout
    with pikepdf.open(tmp_path / "out" / "第1回" / "会議資料.pdf") as pdf:
        assert len(pdf.pages) == 5


def test_its_properties_are_those_of_the_case(tmp_path: Path) -> None:
    filled(tmp_path, sheet(SHEET))
    properties = docx.Document(str(bundle(tmp_path) / "送付票.docx")).core_properties
    assert (properties.title, properties.author) == ("見本の業務について　送付票", "みなと市")
    assert HEADER in FULL
