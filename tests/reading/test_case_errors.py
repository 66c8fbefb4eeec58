"""The head of a case, and bad input of every kind: diagnostics at their places, never a traceback."""

from __future__ import annotations

import copy
import shutil
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from support import faulty_settings
from support.oddities import KEYS, ODD, VALUES, nodes
from support.paths import ROOT
from support.properties import tries
from support.samples import CASE, ORGANIZATION, compose, edited, marked

from kotobuki.build.command import Options
from kotobuki.build.pipeline import build
from kotobuki.diagnostics import Diagnostics, InputError

HEAD = """\
様式: 試験
件名: 見本の業務について
主管課: 総務部総務課
根拠: {条例: 第14条第3項}
依頼: {番号: 82, 日付: 2022-05-06}
理由: 委託するため
"""


def test_the_head_used_here_is_that_of_the_samples() -> None:
    assert HEAD == CASE


@pytest.mark.parametrize(
    ("old", "new", "printed"),
    [
        ("主管課: 総務部総務課", "主管課: [総務部総務課, 総務部人事課]", "総務部総務課及び人事課"),
        ("主管課: 総務部総務課", "主管課: [総務部総務課, 福祉局介護課]", "総務部総務課及び福祉局介護課"),
        (
            "主管課: 総務部総務課",
            "主管課: [福祉局介護課, 総務部総務課, 総務部人事課]",
            "福祉局介護課、総務部総務課及び人事課",
        ),
        ("主管課: 総務部総務課", "主管課: 福祉局", "福祉局"),
    ],
)
def test_several_departments_are_joined_and_a_repeated_division_is_printed_once(
    old: str, new: str, printed: str
) -> None:
    case = edited(edited(HEAD, old, new), "{番号: 82", "{記号: 総総, 番号: 82")
    assert compose(case).lines[-2:] == ["３ 担当", printed]


def test_each_division_sends_once() -> None:
    case = edited(HEAD, "主管課: 総務部総務課", "主管課: [総務部総務課, 福祉局介護課, 総務部人事課]")
    assert compose(case, template="{% for 職 in 依頼.発信者 %}\n発信者：{{ 職 }}\n{% endfor %}\n").lines == [
        *("総務部長", "福祉局長"),
    ]


@pytest.mark.parametrize(
    ("bases", "printed"),
    [
        ("{条例: 第14条第3項}", "みなと市個人情報保護条例第14条第３項"),
        ("{条例: [第14条第2項, 第3項]}", "みなと市個人情報保護条例第14条第２項及び第３項"),
        ("{条例: [第1条, 第2条, 第3条]}", "みなと市個人情報保護条例第１条、第２条及び第３条"),
        (
            "{条例: [第9条, 第9条の2第1項, 第2項第3号, 第4号]}",
            "みなと市個人情報保護条例第９条、第９条の２第１項、第２項第３号及び第４号",
        ),
        ("{条例: [第９条ただし書, 第１０条]}", "みなと市個人情報保護条例第９条ただし書及び第10条"),
        ("{条例: [第9条, 附則第2項]}", "みなと市個人情報保護条例第９条及び附則第２項"),
        ("{条例: 第1条, 規則: 第2条}", "みなと市個人情報保護条例第１条及びみなと市個人情報保護条例施行規則第２条"),
        (
            "{条例: [第1条, 第2条], 規則: 第3条}",
            "みなと市個人情報保護条例第１条及び第２条並びにみなと市個人情報保護条例施行規則第３条",
        ),
    ],
)
def test_provisions_are_joined_by_level(bases: str, printed: str) -> None:
    case = edited(HEAD, "{条例: 第14条第3項}", bases)
    assert compose(case, template="本文：{{ 根拠 }}\n").lines == [printed]


def test_three_ordinances_are_a_list() -> None:
    city = edited(ORGANIZATION, "  規則:", "  要綱: みなと市要綱\n  規則:")
    case = edited(HEAD, "{条例: 第14条第3項}", "{条例: 第1条, 規則: 第2条, 要綱: 第3条}")
    (line,) = compose(case, organization=city, template="標題：{{ 根拠例規 }}\n").lines
    assert line == "みなと市個人情報保護条例、みなと市個人情報保護条例施行規則及びみなと市要綱"


def test_sender_and_addressee_may_be_others_than_the_usual() -> None:
    case = edited(HEAD, "{番号: 82", "{発信者: 副市長, 宛先: 市長, 番号: 82")
    assert compose(case).lines[2:4] == ["市長殿", "副市長"]


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    faulty_settings.HEADS,
)
def test_a_faulty_head_is_said_where_it_stands(old: str, new: str, rules: str) -> None:
    text = edited(HEAD, old, new)
    plain, expected = marked(text if "▼" in text else "▼" + text, rules)
    assert sorted(compose(plain).faults) == sorted(expected)


@pytest.mark.parametrize(
    ("old", "new", "meant"),
    [
        ("様式: 試験", "様式: 試検", "試験"),
        ("様式: 試験", "様武: 試験", "様式"),
        ("主管課: 総務部総務課", "主管課: 総部総務課", "総務部総務課"),
        ("{条例: 第", "{条令: 第", "条例"),
        ("番号: 82", "番合: 82", "番号"),
        ("番号: 82", "番号: 82, 記号: 総相", "総総"),
    ],
)
def test_what_is_misspelt_is_told_the_nearest(old: str, new: str, meant: str) -> None:
    remedies = [each.remedy for each in compose(edited(HEAD, old, new)).diagnostics]
    assert any(f"「{meant}」の誤りではありませんか" in remedy for remedy in remedies)


def test_a_case_is_a_mapping() -> None:
    assert compose("- 様式").faults == ["case-form 1:1"]


def test_everything_is_said_at_once_though_the_form_is_misspelt() -> None:
    case = "様式: 試検\n主管課: 総務課\n根拠: {条令: 第1条}\n依頼: {日付: 2022-02-30}\n理由: ｛市\n目的: [｛→乙｝, {}]\n目釣: 甲\n"
    assert [fault.split()[0] for fault in compose(case).faults] == [
        *("missing-key", "form-unknown", "department-unknown", "law-unknown", "date-impossible"),
        *("brace-unclosed", "reference-target", "item-empty", "key-unknown"),
    ]


# Bad input of every kind: the sample case with its text or its structure changed at random.

SAMPLE = ROOT / "cases" / "r4-1" / "06-microchip.yaml"
LINES = SAMPLE.read_text(encoding="utf-8").split("\n")
TREE = yaml.load(SAMPLE.read_text(encoding="utf-8"), yaml.BaseLoader)


@st.composite
def mistyped(draw: st.DrawFn) -> str:
    """The lines of the sample with some deleted, doubled, swapped, or something odd typed into them."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        match draw(st.integers(0, 5)):
            case 0:
                lines[at : at + 1] = []
            case 1:
                lines.insert(at, line)
            case 2:
                lines[at] = line[draw(st.integers(0, 8)) :]
            case 3:
                lines[at] = line.split(":")[0] + ": " + draw(st.sampled_from(ODD))
            case 4:
                lines[at - 1], lines[at] = lines[at], lines[at - 1]
            case _:
                column = draw(st.integers(0, len(line)))
                lines[at] = line[:column] + draw(st.sampled_from(ODD)) + line[column:]
    return "\n".join(lines)


@st.composite
def misused(draw: st.DrawFn) -> str:
    """The sample with some of its nodes replaced by others, moved, wrapped or dropped."""
    tree = copy.deepcopy(TREE)
    for _ in range(draw(st.integers(1, 3))):
        parent, key = draw(st.sampled_from(list(nodes(tree))))
        match draw(st.integers(0, 4)):
            case 0:
                del parent[key]
            case 1:
                parent[key] = [parent[key]]
            case 2:
                parent[key] = {draw(st.sampled_from(KEYS)): parent[key]}
            case 3 if isinstance(parent, dict):
                parent[draw(st.sampled_from(KEYS))] = parent.pop(key)
            case _:
                parent[key] = draw(VALUES)
    text: str = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=10**6)
    return text


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project to try bad cases in."""
    root = tmp_path_factory.mktemp("desk")
    (root / "cases").mkdir()
    shutil.copy(ROOT / "cases" / "organization.yaml", root / "cases")
    return root


@tries(60, suppress_health_check=[HealthCheck.too_slow])
@given(text=mistyped() | misused())
def test_no_case_gives_a_traceback(desk: Path, text: str) -> None:
    file, out, diagnostics = desk / "cases" / "案件.yaml", desk / "out", Diagnostics()
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        build([file], Options(out), None, diagnostics)
    except InputError as error:
        assert error.diagnostics
        assert all(each.place.path and each.reason and each.remedy for each in error.diagnostics)
        assert not out.exists()
    else:
        made = sorted(each.name for each in (out / "案件").iterdir())
        assert made == ["manifest.json", "諮問依頼書.docx", "諮問依頼書.pdf"]
        shutil.rmtree(out)
