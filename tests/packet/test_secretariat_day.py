"""A secretariat's day, from the first draft to the swap sheet that is handed out: by the commands alone, read on the PDFs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from support import pdftools
from support.commands import Ran, run

CITY = {
    "自治体の名称": "みなと市",
    "長の職": "みなと市長",
    "長の氏名": "海野 渚",
    "庶務を担当する部": "総務部",
    "庶務を担当する課": "総務課",
    "課の記号": "総総",
    "会議体の名称": "みなと市個人情報保護審査会",
    "会長の氏名": "山川 岬",
    "庶務担当課": "総務部総務課",
    "条例の名称": "みなと市個人情報保護条例",
}
LAST_YEAR = {
    "条項": "第14条第3項",
    "諮問理由": "講座の運営を委託することが、｛条例｝第14条第３項に該当するため",
    "実施目的": "申込みの受付を速やかにすることを目的とする。",
    "時": "2021-06",
    "事柄": "契約の締結",
    "業務の内容": "申込みを受け付ける。",
    "役割": "管理責任者",
    "職": "｛総務課長｝",
    "履行場所": "事業者の事務所",
    "対象者": "講座に申し込む者",
    "個人情報の項目": "氏名",
    "件数": "約1,000件／年",
    "外部委託に係る対策": "秘密を守ることを契約に定める。",
    "実施機関の対策": "職員に研修を行う。",
}


@dataclass(frozen=True)
class Desk:
    """A folder, and what is typed in it."""

    root: Path

    def kotobuki(self, *arguments: str, status: int = 0) -> Ran:
        """`kotobuki …`; what ends in .yaml or begins with cases/ is below the root."""
        paths = (str(self.root / each) if each.startswith("cases/") else each for each in arguments)
        out = ("--out", self.root / "output") if arguments[0] in ("build", "packet") else ()
        ran = run(*paths, *out)
        assert ran.status == status, ran.err
        return ran

    def text(self, file: str) -> str:
        return (self.root / file).read_text(encoding="utf-8")

    def fill(self, file: str, words: Mapping[str, str]) -> None:
        """Puts the words in the places of the placeholders that they answer."""
        text = re.sub(r"｛記入：([^｛｝]*)｝", lambda found: words.get(found[1], found[0]), self.text(file))
        (self.root / file).write_text(text, encoding="utf-8")

    def edit(self, file: str, old: str, new: str) -> None:
        text = self.text(file)
        assert old in text, text
        (self.root / file).write_text(text.replace(old, new), encoding="utf-8")

    def printed(self, name: str) -> str:
        """The words of a PDF of the meeting, without blanks."""
        data = (self.root / "output/r4-1" / f"{name}.pdf").read_bytes()
        pdftools.check(data)
        return re.sub(r"\s", "", pdftools.extracted(data, "-layout"))


FIRST, SECOND, MEETING = (f"cases/r4-1/{name}.yaml" for name in ("01-koza", "02-kenshu", "meeting"))
OLD = "cases/r3-1/01-koza.yaml"


@pytest.mark.pdftools
def test_from_first_draft_to_swap_sheet(tmp_path: Path) -> None:
    # The city begins, and has a case of last year.
    assert run("init", tmp_path / "みなと市").status == 0
    desk = Desk(tmp_path / "みなと市")
    desk.fill("cases/organization.yaml", CITY)
    old = ("--subject", "講座の運営の外部委託について", "--department", "総務部総務課", "--date", "2021-05-06")
    desk.kotobuki("new", "外部委託", OLD, *old)
    desk.fill(OLD, LAST_YEAR)
    assert desk.kotobuki("build", "--check", OLD).err == ""

    # This year: two cases from last year's, and the meeting that they go to.
    begun = desk.kotobuki("new", "外部委託", FIRST, "--from", OLD, "--date", "2022-05-06", "--start", "2022-06")
    assert "「# 確認：」の行" in begun.out
    desk.kotobuki("new", "外部委託", SECOND, "--from", OLD, "--subject", "研修の運営の外部委託について")
    when = ("--year", "令和4年度", "--session", "1", "--date", "2022-05-18 14:00", "--venue", "市役所")
    desk.kotobuki("new", "meeting", "cases/r4-1", *when)
    assert "  1: 01-koza.yaml\n  2: 02-kenshu.yaml\n" in desk.text(MEETING)

    # The first draft says what is open; nothing of it can be handed out.
    draft = desk.kotobuki("build", "cases/r4-1")
    assert set(draft.rules) == {"review-open"} and "  残り　｛記入｝" in draft.out
    assert "【記入：前は2021-06】" in desk.printed("第2号議案/諮問依頼書")
    refused = desk.kotobuki("packet", "cases/r4-1", "--issue", "2022-05-13", status=1)
    assert {"placeholder-open", "review-open", "final-open"} <= set(refused.rules)
    assert not (desk.root / "cases/r4-1/配付").exists()

    # A number wants a date. What is open is filled in, what was to be looked at has been looked at.
    assert desk.kotobuki("number", "take", "総総送", "--case", SECOND, status=1).rules == ["number-no-date"]
    desk.fill(SECOND, {"前は2021-06": "2022-07"})
    desk.fill(MEETING, {"諮問の日付": "2022-05-11"})
    desk.edit(FIRST, "約1,000件／年", "約1,200件／年")
    for file in (FIRST, SECOND):
        text = re.sub(r"(?m)^ *# 確認：.*\n", "", desk.text(file))
        (desk.root / file).write_text(text, encoding="utf-8")

    # Numbers: of the requests in the order of their dates, then of the inquiry.
    taken = [
        desk.kotobuki("number", "take", "総総送", "--case", file, *day).out
        for file, day in ((FIRST, ()), (SECOND, ("--date", "2022-05-09")), (MEETING, ()))
    ]
    assert taken == [f"22総総送第{number}号\n" for number in (1, 2, 3)]
    assert "依頼: {番号: 2, 日付: 2022-05-09}" in desk.text(SECOND)
    assert "令和4年度第1回みなと市個人情報保護審査会" in desk.kotobuki("number", "list", "--root", str(desk.root)).out

    # The papers are final, and say so.
    built = desk.kotobuki("build", "cases/r4-1", "--final")
    assert built.err == "" and "残り" not in built.out
    request, inquiry = desk.printed("第1号議案/諮問依頼書"), desk.printed("第1号議案/諮問書")
    assert "22総総送第１号令和４年５月６日" in request and "約1,200件／年" in request
    assert "22総総送第３号令和４年５月11日" in inquiry and "記入" not in request

    # Handed out: the record stays, whatever is built later.
    issued = desk.kotobuki("packet", "cases/r4-1", "--issue", "令和4年5月13日")
    record = desk.root / "cases/r4-1/配付/2022-05-13.json"
    assert "配ったものの控え" in issued.out and record.is_file()
    packet = desk.printed("会議資料")
    assert "令和４年度第１回みなと市個人情報保護審査会次第" in packet and "研修の運営の外部委託について" in packet
    kept = record.read_bytes()

    # A correction.
    desk.edit(FIRST, "申込みを受け付ける。", "申込みを電話で受け付ける。")
    later = desk.kotobuki("packet", "cases/r4-1")
    assert later.rules == ["issued-differs"] and record.read_bytes() == kept

    # The sheet to swap, the notice to the members, and the 正誤表.
    swap = desk.kotobuki("packet", "cases/r4-1", "--against", "--issue", "2022-05-16")
    assert swap.err == "" and "第1号議案　諮問依頼書\n  p. 2 → p. 2\n差し替え1枚、追加0枚、抜き取り0枚\n" in swap.out
    sheet = desk.printed("差し替え")
    assert sheet.startswith("差替令和４年５月16日") and "申込みを電話で受け付ける。" in sheet
    notice = desk.printed("差替えの案内")
    assert "みなと市個人情報保護審査会委員各位" in notice and "第１号議案諮問依頼書p.2p.2" in notice
    errata = desk.printed("正誤表")
    assert "頁箇所誤正p.2" in errata and "申込みを受け付ける。申込みを電話で受け付" in errata

    # Everybody holds what the files say.
    assert desk.kotobuki("packet", "cases/r4-1", "--against").out.startswith("差し替える紙はありません。")
    assert desk.kotobuki("packet", "cases/r4-1").err == ""
    assert desk.kotobuki("number", "check", "--root", str(desk.root)).err == ""
