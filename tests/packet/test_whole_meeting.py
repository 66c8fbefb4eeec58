"""The sample meeting as a whole: seven items of the length that they have in public, each fact equal wherever it stands."""

from __future__ import annotations

import json
import re
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from support import office
from support.agenda import AGENDA, COMMITTEE, Item
from support.packets import packet

ITEMS = pytest.mark.parametrize(("number", "item"), AGENDA.items(), ids=map(str, AGENDA))
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def words(bundle: Path, paper: str) -> str:
    """What a paper says, without its spaces."""
    body = docx.Document(str(bundle / f"{paper}.docx")).element.body
    return re.sub(r"\s", "", "".join(text.text or "" for text in body.iter(qn("w:t"))))


def section(text: str, heading: str, following: str) -> str:
    """What stands below a heading."""
    return text.partition(heading)[2].partition(following)[0]


def test_every_item_is_on_the_agenda(bundles: Path) -> None:
    assert sorted(folder.name for folder in bundles.iterdir()) == [f"第{number}号議案" for number in AGENDA]


@ITEMS
def test_an_item_is_as_long_as_in_public_and_its_cover_says_so(bundles: Path, number: int, item: Item) -> None:
    bundle = bundles / f"第{number}号議案"
    papers = json.loads((bundle / "manifest.json").read_bytes())["papers"]
    pages = {paper["name"]: [page["number"] for page in paper["pages"]] for paper in papers}
    assert pages["諮問書"] == [1]
    assert pages["諮問依頼書"] == [*range(2, item.last + 1)]
    assert item.public in (None, item.last)
    assert words(bundle, "表紙").endswith(
        f"〈添付資料〉(1)諮問書{'‥' * 14}p.1(2)諮問依頼書{'‥' * 12}p.2～p.{item.last}"
    )


@ITEMS
def test_what_stands_in_two_papers_is_equal(bundles: Path, number: int, item: Item) -> None:
    bundle = bundles / f"第{number}号議案"
    cover, inquiry, request = (words(bundle, paper) for paper in ("表紙", "諮問書", "諮問依頼書"))
    wide = str(number).translate(WIDE)
    assert cover.startswith(
        f"令和４年度第{wide}号議案令和４年度第１回{COMMITTEE}資料件名：「{item.subject}」主管課：{item.department}"
    )
    assert inquiry.startswith(
        f"22総総送第80号令和４年５月11日{COMMITTEE}会長村島章惠殿江戸川区長斉藤猛{item.law}の規定による諮問について（諮問）"
        f"{item.law}{item.provision}の規定に基づき、下記の事項について意見を求めます。記１諮問事項{item.subject}２諮問理由"
    )
    assert inquiry.endswith(f"３諮問関係資料別紙諮問依頼書（写）のとおり４担当部課{item.department}")
    assert request.startswith(f"写{item.number}{item.day}総務部長殿")
    assert (
        f"{COMMITTEE}への諮問について（依頼）{item.law}{item.provision}の規定に基づき、下記の事項について{COMMITTEE}"
        in request
    )
    assert section(request, "記１諮問事項", "２諮問理由") == item.subject
    reason = section(request, "２諮問理由", "３再実施" if "３再実施" in request else "３実施目的")
    assert [each for each in item.provision.split("及び") if each not in reason] == []


@pytest.mark.parametrize(
    ("number", "fact", "times"),
    [
        (4, "株式会社パソナライフケア", 4),  # 委託候補事業者, 別紙, and its figure, which Word has as words too
        (4, "7,000人", 5),
        (4, "令和２年４月２日", 2),
        (4, "令和４年４月１日", 2),
        (5, "江戸川区任意予防接種等実施要綱に基づく予防接種事務の追加", 2),
        (5, "新型コロナウイルス感染症対策に係る予防接種事務の内容変更", 2),
    ],
)
def test_what_a_request_says_again_is_equal(bundles: Path, number: int, fact: str, times: int) -> None:
    assert words(bundles / f"第{number}号議案", "諮問依頼書").count(fact) == times


@pytest.mark.pdftools
def test_the_packet_numbers_its_pages_and_lists_every_item_with_its_first(sample_root: Path, tmp_path: Path) -> None:
    bound = packet(sample_root / "cases" / "r4-1", tmp_path) / "会議資料.pdf"
    pages = [re.sub(r"\s", "", page) for page in office.pages(bound.read_bytes())]
    assert [page.endswith(f"-{at}-") for at, page in enumerate(pages, 1)] == [False] + [True] * (len(pages) - 1)
    first = 3  # behind the front page and the 次第
    for number, item in AGENDA.items():
        assert f"-{first}-" in pages[1]
        assert pages[first - 1].startswith(f"令和４年度第{str(number).translate(WIDE)}号議案")
        first += 1 + item.last  # its cover has no number of its own
    assert len(pages) == first - 1
