"""｛記入：…｝: printed where it stands, in every kind of place; the paper is a draft, and a final one is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.samples import CASE, HEADER, MEETING, ORGANIZATION, compose, edited, faults, lines, project, read

from kotobuki.build.command import Options
from kotobuki.build.pipeline import build
from kotobuki.diagnostics import Diagnostics, InputError
from kotobuki.packet.build import build_packet
from kotobuki.packet.command import PacketOptions
from kotobuki.reading.inlines import Note, Text, parse_inlines, plain
from kotobuki.reading.nodes import Scalar
from kotobuki.reading.openings import placeholders_in
from kotobuki.reading.placeholders import Placeholder, placeholder_of


def scalar(text: str) -> Scalar:
    return Scalar(text, "案件.yaml", ((0, 1, 1),))


@pytest.mark.parametrize(
    ("text", "inlines"),
    [
        ("｛記入：件名｝", [Placeholder("件名")]),
        ("｛ 記入 ： 件名 ｝", [Placeholder("件名")]),
        ("｛記入｝", [Placeholder("")]),
        ("｛記入：｝", [Placeholder("")]),
        ("約｛記入：件数｝件", [Text("約"), Placeholder("件数"), Text("件")]),
        ("｛記入：甲：乙｝", [Placeholder("甲：乙")]),
        ("｛記入：甲｝｛記入：乙｝", [Placeholder("甲"), Placeholder("乙")]),
    ],
)
def test_the_mark_is_read(text: str, inlines: list[object]) -> None:
    diagnostics = Diagnostics()
    (found,) = parse_inlines(scalar(text), diagnostics)
    assert (list(found), list(diagnostics)) == (inlines, [])


def test_a_note_may_hold_one() -> None:
    ((note,),) = parse_inlines(scalar("｛※｛記入：年月｝諮問答申済み｝"), Diagnostics())
    assert isinstance(note, Note) and plain(note.inlines) == "【記入：年月】諮問答申済み"


@given(st.text(alphabet="記入：｛｝＝※→あ、 \n", max_size=24))
def test_none_is_missed_and_none_is_made_up(text: str) -> None:
    """What a file is refused for is what its texts print."""
    found = list(placeholders_in(scalar(text)))
    inlines = [inline for line in parse_inlines(scalar(text), Diagnostics()) for inline in line]
    within = [inner for each in inlines for inner in (each.inlines if isinstance(each, Note) else (each,))]
    assert found == [each for each in within if isinstance(each, Placeholder)]
    alone = placeholder_of(scalar(text))
    if alone:
        assert found == [alone]


@pytest.mark.parametrize(
    ("sections", "printed"),
    [
        ("理由: ｛記入：理由｝", ["１ 理由", "【記入：理由】"]),
        ("理由: [｛記入：一つ目｝]", ["１ 理由", "（１）【記入：一つ目】"]),
        ("理由:\n  - ｛記入：見出し｝: 文", ["１ 理由", "（１）【記入：見出し】", "文"]),
        ("理由:\n  - ｛日程｝: ｛記入：日程｝", ["１ 理由", "【記入：日程】"]),
        ("理由:\n  - ｛日程｝:\n      - ｛記入：時｝: ｛記入：事柄｝", ["１ 理由", " | 【記入：時】 | 【記入：事柄】"]),
        ("理由:\n  - ｛体制｝: {｛記入：役割｝: ｛記入：職｝}", ["１ 理由", "【記入：役割】： | 【記入：職】"]),
        ("理由:\n  - ｛事業者｝: {法人名: ｛記入：法人名｝}", ["１ 理由", "【記入：法人名】"]),
        ("理由:\n  - ｛個人情報｝: {項目: [氏名, ｛記入：甲、乙｝]}", ["１ 理由", "氏名及び【記入：甲、乙】"]),
        ("理由:\n  - ｛表｝: {列: [｛記入：列｝], 行: [[｛記入：欄｝]]}", ["１ 理由", "【記入：列】", "【記入：欄】"]),
    ],
)
def test_it_stands_wherever_text_may(sections: str, printed: list[str]) -> None:
    assert [line.replace("  ", " ") for line in lines(sections)] == printed


@pytest.mark.parametrize(
    ("key", "value", "printed"),
    [
        ("件名", "｛記入：件名｝", "１ 事項 【記入：件名】"),
        ("主管課", "｛記入：主管課｝", "【記入：主管課】"),
        ("主管課", "[総務部総務課, ｛記入：主管課｝]", "総務部総務課及び【記入：主管課】"),
        ("根拠", "｛記入：根拠｝", "【記入：根拠】の規定に基づき"),
        ("根拠", "{条例: ｛記入：条項｝}", "みなと市個人情報保護条例【記入：条項】の規定に基づき"),
        ("根拠", "{｛記入：例規｝: 第1条}", "【記入：例規】第１条の規定に基づき"),
        ("根拠", "{条例: [第1条, ｛記入：条項｝]}", "第１条及び【記入：条項】の規定"),
        ("依頼", "{番号: ｛記入：番号｝, 日付: 2022-05-06}", "22総総送第【記入：番号】号"),
        ("依頼", "{番号: 82, 日付: ｛記入：日付｝}", "総総送第82号 【記入：日付】"),
        ("依頼", "{発信者: ｛記入：発信者｝, 宛先: ｛記入：宛先｝}", "【記入：宛先】殿 【記入：発信者】"),
    ],
)
def test_a_value_of_the_head_may_be_one(key: str, value: str, printed: str) -> None:
    rows = [row for row in HEADER.splitlines() if not row.startswith(f"{key}:")]
    case = "\n".join([*rows, f"{key}: {value}", "理由: 理由"])
    template = "文書番号：{{ 依頼.文書番号 }}\n日付：{{ 依頼.日付 }}\n宛先：{{ 依頼.宛先 }}{{ 依頼.敬称 }}\n"
    template += "{% for 職 in 依頼.発信者 %}\n発信者：{{ 職 }}\n{% endfor %}\n本文：{{ 根拠 }}の規定に基づき、{{ 会議体.名称 }}に諮問する。\n"
    template += "{% for 項 in 各節 %}\n節見出し：{{ 項.見出し }}\n{{ 項.内容 }}\n{% endfor %}\n"
    result = compose(case, template=template)
    assert printed in " ".join(result.lines)
    assert result.paper is not None and result.paper.draft


@pytest.mark.parametrize(
    ("old", "new", "printed"),
    [
        ("令和4年度", "｛記入：年度｝", "【記入：年度】第２号議案"),
        ("回: 1", "回: ｛記入：回｝", "第【記入：回】回"),
        ("番号: 80", "番号: ｛記入：番号｝", "22総総送第【記入：番号】号"),
        ("2022-05-11", "｛記入：諮問の日付｝", "【記入：諮問の日付】"),
        ("会議体: 審査会", "会議体: ｛記入：会議体｝", "【記入：会議体】"),
    ],
)
def test_a_value_of_the_meeting_may_be_one(old: str, new: str, printed: str) -> None:
    template = "議案番号：{{ 会議.年度 }}第{{ 議案.番号 }}号議案\n会議回次：第{{ 会議.回 }}回{{ 会議体.名称 }}\n"
    template += "文書番号：{{ 諮問.文書番号 }}\n日付：{{ 諮問.日付 }}\n"
    result = compose(CASE, meeting=edited(MEETING, old, new), template=template)
    assert printed in " ".join(result.lines)
    assert result.paper is not None and result.paper.draft


def test_a_value_of_the_organization_may_be_one() -> None:
    city = edited(ORGANIZATION, "氏名: 海野 渚", "氏名: ｛記入：長の氏名｝").replace(
        "庶務担当課: 総務部総務課", "庶務担当課: ｛記入：庶務担当課｝"
    )
    city = city.replace("条例: みなと市個人情報保護条例\n", "条例: ｛記入：条例の名称｝\n")
    result = compose(organization=city, template="発信者：{{ 長.氏名 }}\n宛先：{{ 依頼.宛先 }}\n本文：{{ 根拠 }}\n")
    assert result.lines == ["【記入：長の氏名】", "【記入：庶務担当課】", "【記入：条例の名称】第14条第３項"]
    assert result.paper is not None and result.paper.draft


@pytest.mark.parametrize(
    ("sections", "fault"),
    [
        ("理由:\n  - ｛日程｝:\n      - 2022-｛記入：月｝: 文", "event-time 3:9"),
        ("理由:\n  - ｛図｝: {種類: ｛記入：種類｝, 説明: 文}", "choice 2:15"),
    ],
)
def test_where_nothing_could_be_printed_it_is_no_value(sections: str, fault: str) -> None:
    assert fault in faults(sections)


def test_forms_and_templates_cannot_have_one(tmp_path: Path) -> None:
    form = "様式: 試験\n書類:\n  依頼書: {雛形: 試験/依頼書.txt}\n節:\n  - {名: 理由, 内容: ｛記入：理由｝}\n"
    root = project(tmp_path, {"案件.yaml": CASE}, FORM=form, REQUEST="本文：｛記入：本文｝\n")
    for text in (form, form.replace("内容: ｛記入：理由｝", "必須: はい")):
        (root / "templates/試験/form.yaml").write_text(text, encoding="utf-8")
        diagnostics = Diagnostics()
        with pytest.raises(InputError):
            build([root / "cases/第1回/案件.yaml"], Options(tmp_path / "out"), None, diagnostics)
        assert "placeholder-in-form" in {each.rule for each in diagnostics}


RULE = "placeholder-open"
OPEN = edited(CASE, "見本の業務について", "｛記入：件名｝")


def test_a_final_build_and_packet_refuse_each_by_name_and_line(tmp_path: Path) -> None:
    root = project(
        tmp_path, {"案件.yaml": OPEN + "目的: 約｛記入：件数｝件\n"}, MEETING=edited(MEETING, "80", "｛記入：番号｝")
    )
    folder, out = root / "cases/第1回", tmp_path / "out"
    expected = [
        ("meeting.yaml", 4, "「番号」がまだ書かれていません"),
        ("案件.yaml", 2, "「件名」がまだ書かれていません"),
        ("案件.yaml", 7, "「件数」がまだ書かれていません"),
    ]
    for run in (
        lambda found: build([folder], Options(out, final=True), None, found),
        lambda found: build_packet(folder, PacketOptions(out, final=True), None, found),
    ):
        diagnostics = Diagnostics()
        with pytest.raises(InputError):
            run(diagnostics)
        assert [
            (Path(each.place.path).name, each.place.line, each.reason) for each in diagnostics if each.rule == RULE
        ] == expected
        assert not out.exists()


@pytest.mark.office
@pytest.mark.pdftools
def test_a_draft_prints_it_in_word_and_pdf(tmp_path: Path) -> None:
    from support import office, pdftools

    root = project(tmp_path, {"案件.yaml": OPEN})
    diagnostics = Diagnostics()
    found = build([root / "cases/第1回"], Options(tmp_path / "out"), None, diagnostics)
    assert list(diagnostics) == [] and all(line.draft for line in found.lines)
    stem = tmp_path / "out/第1回/第2号議案/依頼書"
    printed = office.to_pdf({"依頼書": stem.with_suffix(".docx").read_bytes()})["依頼書"]
    for data in (printed, stem.with_suffix(".pdf").read_bytes()):
        words = "".join(pdftools.extracted(data).split())
        assert "【記入：件名】" in words and "案" in words


def test_a_meeting_without_any_agenda_builds_its_cases_alone(tmp_path: Path) -> None:
    root = project(
        tmp_path, {"案件.yaml": CASE}, MEETING=edited(MEETING, "{2: 案件.yaml}", "｛記入：議案番号とファイル名｝")
    )
    diagnostics = Diagnostics()
    found = build([root / "cases/第1回"], Options(tmp_path / "out"), None, diagnostics)
    assert [line.paper for line in found.lines] == ["依頼書"]
    assert [each.rule for each in diagnostics] == ["agenda-open"]
    with pytest.raises(InputError):
        build_packet(root / "cases/第1回", PacketOptions(tmp_path / "out"), None, diagnostics)


def test_a_number_is_taken_for_no_placeholder(tmp_path: Path) -> None:
    from support.registers import CASE_FILE, city

    town = city(tmp_path)
    town.write(CASE_FILE, OPEN.replace("番号: 82, ", ""))
    assert town.run("take", "総総送", *town.case()).rules == ["words-missing"]
    assert read(town.text(CASE_FILE), Diagnostics())
    town.write(CASE_FILE, CASE.replace("番号: 82, ", "").replace("総務部総務課", "｛記入：主管課｝"))
    ran = town.run("take", "総総送", *town.case())
    assert ran.rules == ["series-other"] and "主管課がまだ書かれていない" in ran.err
    town.write(CASE_FILE, CASE.replace("番号: 82", "番号: ｛記入：番号｝"))
    assert town.take(*town.case()) == "22総総送第1号"
    assert "依頼: {番号: 1, 日付" in town.text(CASE_FILE)
