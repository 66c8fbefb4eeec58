"""The head of a case, and bad input of every kind: diagnostics at their places, never a traceback."""

from __future__ import annotations

import copy
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.paths import ROOT
from support.samples import CASE, ORGANIZATION, compose, edited, marked

from kotobuki.build.pipeline import Options, build
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
    [
        ("様式: 試験\n", "", "missing-key"),
        ("様式: 試験", "様式: ▼試検", "form-unknown"),
        ("様式: 試験", "様式: ▼[試験]", "wrong-type"),
        ("様式: 試験", "▼様武: 試験", "unknown-key"),
        ("件名: 見本の業務について\n", "", "missing-key"),
        ("件名: 見本の業務について", "▼件名:", "missing-value"),
        ("件名: 見本の業務について", "件名: ▼[見本]", "wrong-type"),
        ("件名: 見本の業務について", "件名: ▼{見本: }", "wrong-type"),
        ("件名: 見本の業務について", "件名: 見本▼｛市について", "brace-unclosed"),
        ("件名: 見本の業務について", "件名: ▼｛件名｝について", "term-circular"),
        ("件名: 見本の業務について", "件名: 見本▼｛※注｝について", "note-not-here"),
        ("件名: 見本の業務について", '件名: "見本\\n▼について"', "text-one-paragraph"),
        ("主管課: 総務部総務課", "主管課: ▼総務課", "department-unknown"),
        ("主管課: 総務部総務課", "主管課: [総務部総務課, ▼総務部総務課]", "department-twice"),
        ("主管課: 総務部総務課", "主管課: [総務部総務課, ▼{福祉局: 介護課}]", "wrong-type"),
        ("主管課: 総務部総務課", "主管課: ▼福祉局", "department-no-mark"),
        ("根拠: {条例: 第14条第3項}", "根拠: ▼条例第14条第3項", "wrong-type"),
        ("根拠: {条例: 第14条第3項}", "根拠: ▼{}", "basis-empty"),
        ("根拠: {条例: 第14条第3項}", "根拠: {▼条令: 第14条第3項}", "law-unknown"),
        ("根拠: {条例: 第14条第3項}", "根拠: {条例: ▼}", "provision-form"),
        ("根拠: {条例: 第14条第3項}", "根拠: {条例: ▼[]}", "provision-form"),
        ("根拠: {条例: 第14条第3項}", "根拠: {条例: ▼[第1項, [第2項]]}", "provision-form"),
        ("根拠: {条例: 第14条第3項}", "根拠: {条例: 第14条▼｛市｝}", "mark-not-here"),
        ("根拠: {条例: 第14条第3項}", "根拠: {条例: ▼14条第3項}", "provision-form"),
        ("根拠: {条例: 第14条第3項}", "根拠: {条例: ▼第3項}", "provision-form"),
        ("根拠: {条例: 第14条第3項}", "根拠: {条例: ▼第3項第14条}", "provision-form"),
        ("根拠: {条例: 第14条第3項}", "根拠: {条例: ▼第14条3項}", "provision-form"),
        ("根拠: {条例: 第14条第3項}", "根拠: {条例: [第14条第2項, ▼3項]}", "provision-form"),
        ("根拠: {条例: 第14条第3項}", "根拠: {条例: [第14条第3項, ▼第14条第3項]}", "provision-order"),
        ("根拠: {条例: 第14条第3項}", "根拠: {条例: [第14条第3項, ▼第２項]}", "provision-order"),
        ("根拠: {条例: 第14条第3項}", "根拠: {条例: [第14条第3項, ▼第14条]}", "provision-order"),
        ("根拠: {条例: 第14条第3項}", "根拠: {条例: [附則第3項, ▼第14条]}", "provision-order"),
        ("依頼: {番号: 82, 日付: 2022-05-06}", "依頼: ▼82", "wrong-type"),
        ("番号: 82", "番号: ▼82号", "number-format"),
        ("番号: 82", "番号: 82, ▼記合: 総総", "unknown-key"),
        ("番号: 82", "番号: 82, 記号: ▼総送", "mark-of-no-department"),
        ("番号: 82", "番号: 82, 発信者: ▼｛総務課長｝", "mark-not-here"),
        ("番号: 82", "番号: 82, 宛先: ▼[市長]", "wrong-type"),
        ("2022-05-06", "▼2022-02-29", "date-impossible"),
        ("2022-05-06", "▼5月6日", "date-format"),
        ("2022-05-06", "▼昭和97年5月6日", "date-era"),
        ("理由: 委託", "会議体: ▼審議会\n理由: 委託", "committee-unknown"),
        ("理由: 委託", "用語: ▼[甲]\n理由: 委託", "wrong-type"),
        ("理由: 委託", "用語: {▼件名: 甲}\n理由: 委託", "term-name"),
        ("理由: 委託", "用語: {甲: ▼}\n理由: 委託", "term-form"),
        ("理由: 委託", "別紙: ▼甲\n理由: 委託", "wrong-type"),
        ("理由: 委託", "別紙: [▼甲]\n理由: 委託", "annex-form"),
        ("理由: 委託", "別紙: [{▼題目: 甲}]\n理由: 委託", "unknown-key"),
        ("理由: 委託", "別紙: [{題名: 甲, 内容: 文}, ▼{題名: 甲, 内容: 文}]\n理由: 委託", "annex-twice"),
        ("理由: 委託", "別紙: [{題名: 甲, 内容: 文}]\n別添: [▼{題名: 乙, 識別: 甲}]\n理由: 委託", "annex-twice"),
        ("理由: 委託", "組版: {詰め: ▼少し}\n理由: 委託", "choice"),
        ("理由: 委託", "組版: {▼行間: はい}\n理由: 委託", "unknown-key"),
        ("理由: 委託するため\n", "", "section-missing"),
        ("件名: 見本", "▼件各: 見本", "key-unknown"),  # misspelt, and not missing besides
        ("理由: 委託", "▼里由: 委託", "key-unknown"),
        ("理由: 委託", "▼｛里由｝事由: 委託", "key-unknown"),
        ("理由: 委託", "▼里由: 甲\n理由: 委託", "key-unknown"),
    ],
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
ODDITIES = """~ [] {} -  ： : ｛ ｝ ｛→ ｛※ ｛＃ ｛｝ ｛同行｝ ｛件名｝ {a:b} [a,b] " ' & &a *a !x | >- # -1 nan 1e999 2022-13-45
<b>&amp; {{x}} {%if%} \u202e \x00 \ufeff 𠮷 葛\U000e0100 か\u3099 \U0001f600"""
ODD = [*ODDITIES.split(" "), "", "　", "\t", "\n\n", ": ", " #", "9" * 30, "あ" * 300, "a" * 300]
MARKS = """見出し 見出し｛同行｝ 2022-05 ｛追加｝甲 ｛順序｝ ｛文｝ ｛※｝ ｛※甲｝ ｛（１）｝ ｛ア｝ ｛①｝ ｛・｝ ｛値｝ ｛表｝ ｛日程｝ ｛体制｝
｛個人情報｝ ｛事業者｝ ｛様式の内容｝ ｛年｝ 項目 件数 行 列 列幅 法人名 共同事業体 代表企業 構成企業 番号 題名 ｛実施目的｝目的"""
KEYS = MARKS.split()
TEXTS = "文である。 ｛区｝の｛条例｝ ｛→実施目的｝｛→運用方法｝ 甲｛※乙｛条例｝｝丙 ｛※→甲｝ ｛＃甲｝乙 2022-05 1 第14条第3項"
TEXT = [*(each for each in ODD if each), *TEXTS.split()]
VALUES = st.recursive(
    st.sampled_from(TEXT) | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=2),
    max_leaves=5,
)


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
        parent, key = draw(st.sampled_from(list(_nodes(tree))))
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


def _nodes(tree: Any) -> Any:  # noqa: ANN401  (whatever YAML holds)
    for key in tree if isinstance(tree, dict) else range(len(tree)):
        yield tree, key
        if isinstance(tree[key], dict | list):
            yield from _nodes(tree[key])


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project to try bad cases in."""
    root = tmp_path_factory.mktemp("desk")
    (root / "cases").mkdir()
    shutil.copy(ROOT / "cases" / "organization.yaml", root / "cases")
    return root


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
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
