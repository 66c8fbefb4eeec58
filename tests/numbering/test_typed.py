"""Typed blocks print what real papers print, as the block, the form or the house has it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.samples import CASE, FORM, compose, faults, lines, resolved, styled

from kotobuki.document import Table
from kotobuki.settings.house_style import ContractorStyle, DataItemStyle, HouseStyle

FIRM = "甲: {｛事業者｝: {法人名: 港株式会社, 代表者: 山田 花子, 所在地: 港町1番2号, 認証: 認証済み}}"


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (ContractorStyle(), ["港株式会社", "代表者山田 花子", "（港町１番２号）", "認証済み"]),
        (ContractorStyle(bracketed=False), ["港株式会社", "代表者山田 花子", "港町１番２号", "認証済み"]),
        (ContractorStyle(labelled=True), ["法人名港株式会社", "代表者山田 花子", "所在地港町１番２号", "認証済み"]),
        (
            ContractorStyle(labelled=True, bracketed=True),
            ["法人名港株式会社", "代表者山田 花子", "所在地（港町１番２号）", "認証済み"],
        ),
    ],
)
def test_a_firm(style: ContractorStyle, expected: list[str]) -> None:
    assert lines(FIRM, style=replace(HouseStyle(), contractors=style))[1:] == expected


def test_the_part_of_a_firm_in_a_consortium_stands_for_the_label_of_its_name() -> None:
    text = (
        "甲: {｛事業者｝: {共同事業体: 港共同体, 代表企業: {法人名: 甲社, 所在地: 乙町}, 構成企業: [{法人名: 丙社}]}}"
    )
    style = replace(HouseStyle(), contractors=ContractorStyle(labelled=True))
    assert lines(text, style=style)[1:] == ["共同事業体港共同体", "代表企業甲社", "所在地乙町", "構成企業丙社"]


GROUPS = "項目: [{利用者: [{申請: [氏名, 住所]}, {送付: [氏名, 電話, 件名]}]}, {家族: 続柄}]"


@pytest.mark.parametrize(
    ("data", "joined", "expected"),
    [
        ("{項目: [氏名, 住所, 電話]}", True, ["氏名、住所及び電話"]),
        ("{項目: [氏名, 住所, 電話]}", False, ["氏名、住所、電話"]),
        ("{項目: [氏名, 住所, 電話], 及び: いいえ}", True, ["氏名、住所、電話"]),
        ("{項目: [氏名, 住所, 電話], 及び: はい}", False, ["氏名、住所及び電話"]),
        (
            f"{{{GROUPS}, 件数: 約10件}}",
            True,
            [
                *("（１）個人情報の項目", "ア 利用者", "（ｱ）申請", "氏名及び住所", "（ｲ）送付", "氏名、電話及び件名"),
                *("イ 家族", "続柄", "（２）件数", "約10件"),
            ],
        ),
        (
            f"{{{GROUPS}}}",
            True,
            ["（１）利用者", "ア 申請", "氏名及び住所", "イ 送付", "氏名、電話及び件名", "（２）家族", "続柄"],
        ),
    ],
)
def test_data_items(data: str, joined: bool, expected: list[str]) -> None:
    style = replace(HouseStyle(), data_items=DataItemStyle(joined=joined))
    assert lines(f"甲: {{｛個人情報｝: {data}}}", style=style)[1:] == expected


@pytest.mark.parametrize(
    ("items", "rule"),
    [
        ("[氏名, {利用者: [住所]}]", "personal-item-mixed"),
        ("[{利用者: []}]", "personal-item-group"),
        ("[{利用者: [住所], 家族: [住所]}]", "personal-item-group"),
        ("[[氏名]]", "personal-item-form"),
        ("[氏名, '']", "personal-item-form"),
        ("{利用者: [[氏名]]}", "personal-item-form"),
    ],
)
def test_items_that_cannot_be_told(items: str, rule: str) -> None:
    assert [each.split()[0] for each in faults(f"甲: {{｛個人情報｝: {{項目: {items}}}}}")] == [rule]


def test_lines_of_labels_begin_where_the_text_does() -> None:
    paper = resolved("甲: [{｛値｝: {電話: 03}}, {乙: [{｛値｝: {電話: 03}}]}]").paper
    assert paper is not None
    inside = [block.inside for block in paper.blocks if isinstance(block, Table)]
    assert inside == ["節本文/項目1本文", "項目2本文/項目1本文"]


def test_a_form_prints_otherwise_than_its_house() -> None:
    case = CASE + "目的:\n  - ｛事業者｝: {法人名: 港株式会社}\n  - ｛個人情報｝: {項目: [氏名, 住所]}\n"
    house = styled("事業者: {見出し: いいえ}\n個人情報: {及び: はい}")
    plain = compose(case, organization=house).lines
    own = compose(case, organization=house, form=FORM + "事業者: {見出し: はい}\n個人情報: {及び: いいえ}\n").lines
    assert [line for line in plain if "港株式会社" in line or "住所" in line] == ["港株式会社", "氏名及び住所"]
    assert [line for line in own if "港株式会社" in line or "住所" in line] == ["法人名港株式会社", "氏名、住所"]
