"""What goes out with swapped sheets: the notice to the members, and the 正誤表 with what changed in words."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from support import office, pdftools
from support.packets import Edit, packet, project, settings

from kotobuki.cli import main
from kotobuki.packet.corrections import Correction, corrections
from kotobuki.packet.errata import _quoted
from kotobuki.packet.record import Former
from kotobuki.packet.words import passage_of


def page(number: int, *passages: str, paper: str = "依頼書", agenda: int = 2) -> Former:
    """A page with these passages as a record has them; its digest is that of its words."""
    words = tuple(map(passage_of, passages))
    return Former(
        agenda=agenda,
        paper=paper,
        number=str(number),
        running="",
        position="",
        digest="/".join(passages),
        words=words,
    )


def shown(found: Correction) -> str:
    old, new = found.pages
    return f"{old}→{new} {found.where}: {found.old}→{found.new}{f' ({found.about})' if found.about else ''}"


FIRST = page(1, "#１ 目的", "-甲乙丙を委託する。", "#２ 内容", "|概要", "-氏名を扱")
SECOND = page(2, "+い、住所を扱う。", "-（１）別に定める。")


@pytest.mark.parametrize(
    ("now", "rows"),
    [
        ([FIRST, SECOND], []),
        # words: the paragraph as a whole, with its section and row
        (
            [page(1, "#１ 目的", "-甲乙丁を委託する。", "#２ 内容", "|概要", "-氏名を扱"), SECOND],
            ["p. 1→p. 1 １ 目的: 甲乙丙を委託する。→甲乙丁を委託する。"],
        ),
        # the changed words stand on the second page, though the paragraph begins on the first
        (
            [FIRST, page(2, "+い、電話を扱う。", "-（１）別に定める。")],
            ["p. 2→p. 2 ２ 内容　概要: 氏名を扱い、住所を扱う。→氏名を扱い、電話を扱う。"],
        ),
        # what merely moved to another page is no correction
        ([page(1, "#１ 目的", "-甲乙丙を委託する。"), page(2, "#２ 内容", "|概要", "-氏名を扱い、住所を扱う。", "-（１）別に定める。")], []),
        # added and dropped
        (
            [page(1, "#１ 目的", "-甲乙丙を委託する。", "-期間は一年とする。", "#２ 内容", "|概要", "-氏名を扱"), page(2, "+い、住所を扱う。")],
            ["→p. 1 １ 目的: →期間は一年とする。", "p. 2→ ２ 内容　概要: （１）別に定める。→"],
        ),
        ([page(1, "#１ 目的等", *[each.written for each in (FIRST.words or ())[1:]]), SECOND], ["p. 1→p. 1 見出し: １ 目的→１ 目的等"]),
        # whole papers
        ([FIRST, SECOND, page(3, "-付", paper="別紙")], ["→p. 3 全体: → (added)"]),
        ([page(1, "-付", paper="諮問書")], ["→p. 1 全体: → (added)", "p. 1～p. 2→ 全体: → (dropped)"]),
    ],
)  # fmt: skip
def test_what_changed_in_words(now: list[Former], rows: list[str]) -> None:
    unmoved = [each for each in map(shown, corrections([FIRST, SECOND], now)) if "(looks)" not in each]
    assert unmoved == rows


def test_what_has_changed_without_a_word_is_said() -> None:
    drawn = Former(agenda=2, paper="別添", number="", running="- 9 -", position="9", digest="a", words=())
    other = Former(agenda=2, paper="別添", number="", running="- 9 -", position="9", digest="b", words=())
    assert list(map(shown, corrections([drawn], [other]))) == ["別添（- 9 -）→別添（- 9 -） 全体: → (looks)"]
    redrawn, reworded = (
        replace(SECOND, digest="図"),
        page(1, "#１ 目的", "-甲乙丁を委託する。", "#２ 内容", "|概要", "-氏名を扱"),
    )
    assert list(map(shown, corrections([FIRST, SECOND], [reworded, redrawn]))) == [
        "p. 1→p. 1 １ 目的: 甲乙丙を委託する。→甲乙丁を委託する。",
        "p. 2→p. 2 全体: → (looks)",
    ]
    assert list(corrections([FIRST, SECOND], [FIRST, replace(SECOND, number="3")])) == []


@given(st.lists(st.tuples(st.text("甲乙丙", max_size=40), st.booleans()), max_size=8))
def test_a_quotation_keeps_every_changed_word(parts: list[tuple[str, bool]]) -> None:
    runs = _quoted(parts)
    assert [run.text for run in runs if run.underlined] == [text for text, same in parts if text and not same]
    whole = sum(len(text) for text, _ in parts) <= 80
    assert not whole or "".join(run.text for run in runs) == "".join(text for text, _ in parts)


def swapped(folder: Path, tmp_path: Path, *edits: tuple[str, Edit], options: tuple[str, ...] = ()) -> Path:
    """The folder of what is made for these edits of a packet that was handed out."""
    handed_out = packet(folder, tmp_path / "old", ("pdf",))
    for name, edit in edits:
        (file,) = folder.glob(f"{name}*.yaml")
        file.write_text(edit(file.read_text(encoding="utf-8")), encoding="utf-8")
    arguments = ["packet", str(folder), "--out", str(tmp_path / "new"), "--against", str(handed_out), *options]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    return tmp_path / "new" / folder.name


def words_of(file: Path) -> str:
    data = file.read_bytes()
    pdftools.check(data)
    return re.sub(r"\s", "", pdftools.extracted(data, "-layout"))


@pytest.mark.pdftools
def test_the_papers_that_go_with_the_sheets(sample_root: Path, tmp_path: Path) -> None:
    folder = project(sample_root, tmp_path, meeting=settings("通し番号: はい", "枝番: はい"))
    long = "に該当するため" + "、また、参加者の個人情報を取り扱うため" * 60
    made = swapped(
        folder,
        tmp_path,
        ("02", lambda text: text.replace("に該当するため", long, 1)),
        ("03", lambda text: text.replace("三菱電機", "四菱電機", 1)),
        ("meeting", lambda text: re.sub(r"(?m)^  6: .*$", "  6: 欠番", text)),
        options=("--date", "2022-05-16"),
    )
    notice = words_of(made / "差替えの案内.pdf")
    assert notice.startswith("令和４年５月16日")
    assert "審査会委員各位" in notice and "総務部総務課会議資料の差替えについて" in notice
    assert "改めた所は、別添の正誤表のとおりです。" in notice
    assert "第２号議案諮問書－p.1の2（-4の2-）（p.1（-4-）の次に加える）" in notice
    assert re.search(r"第６号議案諮問書p\.1（-\d+-）－（抜き取るだけ）", notice)
    table = words_of(made / "正誤表.pdf")
    assert "頁箇所誤正" in table and "正誤表" in table
    assert re.search(r"三菱電機\S*四菱電機", table)
    assert re.search(r"第６号議案諮問依頼書頁箇所誤正p\.2\S{,9}全体（この資料の全部）（この資料を抜き取る。）", table)
    assert {each.name for each in made.glob("*.docx")} == {"差替えの案内.docx", "正誤表.docx"}


@pytest.mark.office
@pytest.mark.pdftools
def test_word_has_the_same_pages(sample_root: Path, tmp_path: Path) -> None:
    folder = project(sample_root, tmp_path)
    made = swapped(folder, tmp_path, ("03", lambda text: text.replace("三菱電機", "四菱電機")))
    names = ("差替えの案内", "正誤表")
    printed = office.to_pdf({name: (made / f"{name}.docx").read_bytes() for name in names})
    for name in names:
        # by characters: LibreOffice begins no line with a small kana
        pages = [sorted("".join(each.split())) for each in office.pages(printed[name])]
        assert pages == [sorted("".join(each.split())) for each in office.pages((made / f"{name}.pdf").read_bytes())]


def test_against_a_record_without_words_there_is_no_errata(sample_root: Path, tmp_path: Path) -> None:
    from kotobuki.build.pipeline import Options, build
    from kotobuki.diagnostics import Diagnostics

    folder = project(sample_root, tmp_path, items="3")
    build([folder], Options(tmp_path / "built", formats=("pdf",)), None, Diagnostics())
    (file,) = folder.glob("03*.yaml")
    file.write_text(file.read_text(encoding="utf-8").replace("三菱電機", "四菱電機", 1), encoding="utf-8")
    arguments = ["--out", str(tmp_path / "new"), "--against", str(tmp_path / "built" / folder.name)]
    done = CliRunner().invoke(main, ["packet", str(folder), *arguments])
    assert done.exit_code == 0 and "[errata-unknown]" in done.output
    assert not (tmp_path / "new" / folder.name / "正誤表.pdf").exists()
    assert (tmp_path / "new" / folder.name / "差替えの案内.pdf").exists()
