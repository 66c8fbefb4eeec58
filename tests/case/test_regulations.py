"""Regulations: every number is computed, and citations follow what they cite."""

from __future__ import annotations

import re
from textwrap import indent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import faulty_content
from support.faulty_content import regulation
from support.samples import CASE, ORGANIZATION, REQUEST, compose, edited

from kotobuki.document import Paragraph

TEMPLATE = REQUEST + "{{ 別紙 }}\n"
CITED = CASE.replace("委託するため", "｛→規程｝のとおり委託するため")

LAW = """\
題名: 見本規程
制定: 2003-09-21
改正: [平成24年4月1日, 令和4年?月?日]
用語: {管理者: 見本管理者}
本則:
  - 目的: この規程は、見本について定める。
  - 定義:
      - 用語は、次の各号による。:
          - 端末｛同行｝: 机の上の機器をいう。
          - 利用者:
              - 職員
              - その他の者
      - 前項のほか、｛管理者｝が定める。｛＃委任｝
  - 管理: ｛管理者｝は、｛→定義／端末｝を管理する。
附則: この規程は、令和4年7月1日から施行する。
"""


def law(text: str = LAW, **changed: str) -> list[str]:
    """What the regulation prints, as the only annex of a case."""
    case = CITED + "別紙:\n  - 識別: 規程\n    規程:\n" + indent(text, " " * 6)
    lines = compose(case, template=TEMPLATE, **changed).lines
    return lines[lines.index("別紙") + 1 :] if "別紙" in lines else lines


def rules(text: str) -> list[str]:
    case = CITED + "別紙:\n  - 識別: 規程\n    規程:\n" + indent(text, " " * 6)
    return [each.rule for each in compose(case, template=TEMPLATE).diagnostics]


def house(style: str) -> str:
    return f"{ORGANIZATION}表記: {{規程: {style}}}\n"


def test_a_regulation_is_numbered_from_its_nesting() -> None:
    assert law() == [
        "見本規程",
        "制定 平成15年９月21日",
        "改正 平成24年４月１日",
        "改正 令和４年　月　日",
        "（目的）",
        "第１条 この規程は、見本について定める。",
        "（定義）",
        "第２条 用語は、次の各号による。",
        "（１）端末机の上の機器をいう。",
        "（２）利用者",
        "ア 職員",
        "イ その他の者",
        "２ 前項のほか、見本管理者（以下「管理者」という。）が定める。",
        "（管理）",
        "第３条 管理者は、第２条第１項第１号を管理する。",
        "附則",
        "この規程は、令和４年７月１日から施行する。",
    ]


def test_each_part_has_its_role() -> None:
    paper = compose(CITED + "別紙:\n  - 識別: 規程\n    規程:\n" + indent(LAW, " " * 6), template=TEMPLATE).paper
    assert paper is not None
    roles = [block.role for block in paper.blocks if isinstance(block, Paragraph)]
    assert roles[roles.index("別紙標示") :] == [
        *("別紙標示", "規程題名", "規程日付", "規程日付", "規程日付"),
        *("条見出し", "条", "条見出し", "条", "号", "号", "細分1", "細分1", "項", "条見出し", "条"),
        *("附則", "条本文"),
    ]


def test_a_long_text_has_its_points_below_it() -> None:
    nested = regulation("定義:\n      - 次のとおりとする。: [甲, 乙]\n      - 二項")
    below = regulation("定義:\n      - 次のとおりとする。\n      - ｛号｝: [甲, 乙]\n      - 二項")
    assert law(nested) == law(below)


def test_terms_of_a_regulation_are_its_own() -> None:
    """What the paper has defined is spelled out again, and what the regulation defines is not known outside."""
    case = CITED.replace("委託するため", "｛市｝と｛市｝")
    text = case + "別紙:\n  - 識別: 規程\n    規程:\n" + indent(regulation("目的: ｛市｝は、｛市｝とする。"), " " * 6)
    lines = compose(text, template=TEMPLATE).lines
    assert [line for line in lines if "以下「市」" in line] == [
        "別紙のとおりみなと市（以下「市」という。）と市",
        "第１条 みなと市（以下「市」という。）は、市とする。",
    ]


@pytest.mark.parametrize(
    ("style", "tenth"), [("{}", "第10条"), ("{条の数字: 全角}", "第１０条"), ("{条の数字: 半角}", "第10条")]
)
def test_the_width_of_article_numbers_is_the_houses(style: str, tenth: str) -> None:
    text = regulation(*(f"見出し{n}: 本文" for n in range(1, 10)), "十: 本文", "十一: ｛→十｝による。10人")
    lines = law(text, organization=house(style))
    assert f"{tenth} 本文" in lines
    assert lines[-1].endswith(f"{tenth}による。10人")


def test_labels_of_points_are_the_houses() -> None:
    text = regulation("定義:\n      - 次による。:\n          - 甲: [子]")
    assert law(text, organization=house('{号: ["(1)", (ア)]}'))[-2:] == ["(1) 甲", "(ア) 子"]


def test_chapters_and_branches() -> None:
    text = regulation(
        "｛章｝総則:\n      - 目的: 一\n      - ｛枝｝趣旨: 二\n      - ｛枝｝定義: ｛→趣旨｝、｛→罰則：番号と題名｝",
        "｛章｝雑則:\n      - ｛節｝通則:\n          - 罰則: 三\n      - 削除",
    )
    assert law(text)[1:] == [
        "第１章 総則",
        *("（目的）", "第１条 一", "（趣旨）", "第１条の２ 二"),
        *("（定義）", "第１条の３ 第１条の２、第２条（罰則）"),
        "第２章 雑則",
        "第１節 通則",
        *("（罰則）", "第２条 三"),
        "第３条 削除",
    ]


def test_several_supplementary_provisions_are_numbered() -> None:
    text = (
        regulation("目的: 本文")
        + "附則:\n  - 施行期日: 公布の日から施行する。\n  - 経過措置: ｛→施行期日｝の日による。\n"
    )
    assert law(text)[-5:] == [
        "附則",
        "（施行期日）",
        "１ 公布の日から施行する。",
        "（経過措置）",
        "２ 第１項の日による。",
    ]


def test_what_is_attached_is_numbered_by_kind_and_names_its_articles() -> None:
    text = (
        regulation("目的: 料金（｛→料金表｝）", "申請: ｛→料金表｝の申請は、申請書（｛→申請書｝）による。")
        + "別表: [{題名: 料金表, 内容: 百円}, {題名: 期間, 添付省略: はい}]\n様式: [{題名: 申請書, 内容: 申請します。}]\n"
    )
    assert law(text)[2:] == [
        "第１条 料金（別表第１）",
        "（申請）",
        "第２条 別表第１の申請は、申請書（様式）による。",
        *("別表第１（第１条、第２条関係）", "料金表", "百円"),
        *("様式（第２条関係）", "申請書", "申請します。"),
    ]


def test_the_same_heading_means_the_one_nearby() -> None:
    case = CITED + "目的:\n  - 端末: 本文の端末\n  - ｛文｝: ｛→端末｝、｛→規程／端末｝\n"
    text = case + "別紙:\n  - 識別: 規程\n    規程:\n" + indent(LAW, " " * 6)
    lines = compose(text, template=TEMPLATE).lines
    assert "（１）、別紙第２条第１項第１号" in lines
    assert lines[-3] == "第３条 管理者は、第２条第１項第１号を管理する。"


@pytest.mark.parametrize(
    ("text", "rule"),
    faulty_content.REGULATIONS,
)
def test_faults_are_explained(text: str, rule: str) -> None:
    assert rule in rules(text)


# -- citations ------------------------------------------------------------------------------------------------------

Path = tuple[int, ...]
shapes = st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=3), min_size=1, max_size=4)
"""Articles as lists of 項, each with so many 号."""


def provisions(shape: list[list[int]]) -> list[Path]:
    """Each provision by its numbers: (条, 項) or (条, 項, 号)."""
    return [
        (article, paragraph, *point)
        for article, paragraphs in enumerate(shape, 1)
        for paragraph, points in enumerate(paragraphs, 1)
        for point in ((), *((number,) for number in range(1, points + 1)))
    ]


def written(shape: list[list[int]], owner: Path, cited: list[Path]) -> str:
    """A regulation of that shape in which `owner` cites `cited`."""
    marks = "".join(f"｛→{'-'.join(map(str, each))}｝" for each in cited)

    def text(path: Path) -> str:
        return f"文{'〈' + marks + '〉' if path == owner else ''}｛＃{'-'.join(map(str, path))}｝"

    articles = []
    for a, paragraphs in enumerate(shape, 1):
        lines = [f"見出し{a}:"]
        for p, points in enumerate(paragraphs, 1):
            lines.append(f"      - {text((a, p))}")
            if points:
                lines.append(f"      - ｛号｝: [{', '.join(text((a, p, n)) for n in range(1, points + 1))}]")
        articles.append("\n".join(lines))
    return regulation(*articles)


def understood(words: str, owner: Path, shape: list[list[int]]) -> Path:
    """What a reader takes a citation for, by the rules of citation: what is not said is as where it stands."""
    plain = words.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    if plain in ("この条", "この項", "この号"):
        return owner
    near = re.match("(前|次)(条|項|号)", plain)
    parts: dict[str, int] = {unit: int(number) for number, unit in re.findall("第([0-9]+)(条|項|号)", plain)}
    here = dict(zip("条項号", owner, strict=False))
    if near:
        parts[near[2]] = here[near[2]] + (1 if near[1] == "次" else -1)
    found = []
    said = False
    for unit in "条項号":
        if unit in parts:
            found.append(parts[unit])
            said = True
        elif not said:
            found.append(here.get(unit, 0))
        elif unit == "項":
            assert len(shape[found[0] - 1]) == 1, f"{words} does not say which 項"
            found.append(1)
    return tuple(found)


def citation(shape: list[list[int]], owner: Path, cited: list[Path], style: str) -> str:
    printed = next(line for line in law(written(shape, owner, cited), organization=house(style)) if "〈" in line)
    return printed[printed.index("〈") + 1 : printed.index("〉")]


@pytest.mark.parametrize("style", ["{引用: 番号}", "{引用: 近称}"])
@given(data=st.data(), shape=shapes)
def test_a_reader_finds_what_is_cited(style: str, data: st.DataObject, shape: list[list[int]]) -> None:
    owner, target = (data.draw(st.sampled_from(provisions(shape))) for _ in range(2))
    words = citation(shape, owner, [target], style)
    found = understood(words, owner, shape)
    assert found[: len(target)] == target, words
    assert ("前" in words or "次" in words) <= (style == "{引用: 近称}")


@pytest.mark.parametrize(
    ("owner", "cited", "number", "nearest"),
    [
        ((3, 1), [(2, 1)], "第２条", "前条"),
        ((1, 1), [(2, 1)], "第２条", "次条"),
        ((1, 1), [(2, 1, 1)], "第２条第１号", "次条第１号"),
        ((3, 2), [(3, 1)], "第１項", "前項"),
        ((3, 3), [(3, 1)], "第１項", "第１項"),
        ((3, 2), [(3, 1, 2)], "第１項第２号", "前項第２号"),
        ((3, 1, 2), [(3, 1, 1)], "第１号", "前号"),
        ((2, 1, 1), [(2, 1)], "この条", "この条"),
        ((3, 1), [(3, 1)], "この項", "この項"),
        ((1, 1), [(3, 1), (3, 2)], "第３条第１項及び第２項", "第３条第１項及び第２項"),
        ((1, 1), [(3, 1), (3, 2), (3, 3)], "第３条第１項から第３項まで", "第３条第１項から第３項まで"),
        ((1, 1), [(2, 1), (3, 1)], "第２条及び第３条第１項", "次条及び第３条第１項"),
        ((3, 1), [(1, 1), (3, 2)], "第１条及び第３条第２項", "第１条及び第３条第２項"),
    ],
)
def test_citations_by_the_book(owner: Path, cited: list[Path], number: str, nearest: str) -> None:
    shape = [[0], [2], [2, 0, 0]]
    assert citation(shape, owner, cited, "{引用: 番号}") == number
    assert citation(shape, owner, cited, "{引用: 近称}") == nearest


def test_one_citation_may_be_nearest() -> None:
    text = regulation("目的:\n      - 甲｛＃甲｝\n      - ｛→甲：近称｝、｛→甲｝")
    assert law(text)[-1] == "２ 前項、第１項"


def test_articles_moved_are_cited_anew() -> None:
    text = regulation("甲: 本文", "乙: ｛→甲｝")
    assert law(text)[-1] == "第２条 第１条"
    assert law(edited(text, "  - 甲: 本文\n", "  - 前: 本文\n  - 甲: 本文\n"))[-1] == "第３条 第２条"
