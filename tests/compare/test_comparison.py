"""新旧対照表: every real change shown, nothing else, both sides aligned by provision (conventions C5)."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from support import office
from support.compared import POLICY, REVISION, Edits, comparison_of, copy, edit, table, versions
from support.pdftools import check, extracted
from support.samples import CASE, edited, project

from kotobuki.cli import main
from kotobuki.settings.house_style import ComparisonStyle

HEAD = "改正後 | 改正前"
OF_CASE = "備考　下線を付した部分が、改めた部分である。番号だけが動いた所と、用語の略称を改めた所（用語の欄に示す。）には下線を付していない。［　］は、表の項目を示す。"
OF_LAW = "備考　下線を付した部分が、改めた部分である。"


def test_the_revision_of_item_3(tmp_path: Path) -> None:
    case, law = table(*versions(tmp_path, "03", REVISION))
    assert case == [
        HEAD,
        "［用語］図書館_情報_システム：図書館オンラインシステム | ［用語］図書館システム：図書館オンラインシステム",
        "１～３　（略） | １～３　（略）",
        "_４　江戸川区情報セキュリティポリシーへの対応_ | _10　江戸川区情報セキュリティポリシーへの対応_",
        "（略） | （略）",
        "５～８　（略） | ４～７　（略）",
        "９　外部委託における業務の内容 | ８　外部委託における業務の内容",
        "［業務の内容及び処理方法］・［運用方法］（略） | ［業務の内容及び処理方法］・［運用方法］（略）",
        "（削る） | _［履行場所］_",
        " | _区立図書館_",
        "10　外部委託における個人情報の保護対策 | ９　外部委託における個人情報の保護対策",
        "［対象者］～［管理責任体制］（略） | ［対象者］～［管理責任体制］（略）",
        "［外部委託に係る対策］ | ［外部委託に係る対策］",
        "１～３　（略） | １～３　（略）",
        "４　当該業務に係る個人情報保護対策 | ４　当該業務に係る個人情報保護対策",
        "（１）～（３）（略） | （１）～（３）（略）",
        "_（４）業務に従事する者に、個人情報の保護に関する研修を毎年受けさせる。_ | （新設）",
        "（５）・（６）（略） | （４）・（５）（略）",
        "［実施機関の対策］（略） | ［実施機関の対策］（略）",
        OF_CASE,
    ]
    assert law == [
        HEAD,
        "第１条～第１０条　（略） | 第１条～第１０条　（略）",
        "（利用者ＩＤ・パスワード） | （利用者ＩＤ・パスワード）",
        "第１１条　（略） | 第１１条　（略）",
        "２・３　（略） | ２・３　（略）",
        "４　パスワードは、利用者が英数字_８_文字以上で任意に定めるものとし、使用を許可された年度の末日まで用いる。"
        " | ４　パスワードは、利用者が英数字_５_文字以上で任意に定めるものとし、使用を許可された年度の末日まで用いる。",
        "５～８　（略） | ５～８　（略）",
        "第１２条～第１７条　（略） | 第１２条～第１７条　（略）",
        "別表第１・別表第２　（略） | 別表第１・別表第２　（略）",
        "別紙１～別紙５　（略） | 別紙１～別紙５　（略）",
        OF_LAW,
    ]


def test_provisions_behind_the_articles_are_called_by_their_name(tmp_path: Path) -> None:
    old, new = copy(tmp_path / "旧") / POLICY, copy(tmp_path / "新") / POLICY
    edit(new, [("を、見やすい所に表示", "を、表紙に表示")])
    (law,) = table(old, new)
    assert law[-3:] == ["附則　（略） | 附則　（略）", "別表　（略） | 別表　（略）", OF_LAW]


# What the table of the regulation says of edits of it, without its head and what is （略） on both sides alike.
LAW: list[tuple[str, Edits, list[str]]] = [
    (
        "an article inserted: those behind it bear other numbers, and so do the references to them",
        [
            (
                "        - 情報提供の制限: ",
                "        - 責務: ｛管理者｝は、その責務を果たす。\n        - 情報提供の制限: ",
            )
        ],
        [
            "_（責務）_ | （新設）",
            "_第７条　管理者は、その責務を果たす。_ | ",
            "_第８条～第１８条_　（略） | _第７条～第１７条_　（略）",
        ],
    ),
    (
        "an article dropped",
        [
            (
                "        - 情報セキュリティ点検: ｛管理者｝は、情報セキュリティ対策が実施されているかどうかを、定期に点検するものとする。\n",
                "",
            )
        ],
        [
            "（削る） | _（情報セキュリティ点検）_",
            " | _第１６条　管理者は、情報セキュリティ対策が実施されているかどうかを、定期に点検するものとする。_",
            "_第１６条_　（略） | _第１７条_　（略）",
        ],
    ),
    (
        "an article reworded in its heading, another whole",
        [
            ("        - 利用時の制限等:\n", "        - 利用時の制限:\n"),
            (
                "｛→機能と構成｝に掲げる情報のうち特定の個人を識別することができるものは、第三者に提供してはならない。",
                "何人も、許しなく持ち出すな。",
            ),
        ],
        [
            "（情報提供の制限） | （情報提供の制限）",
            "第７条　_何人も、許しなく持ち出すな。_ | 第７条　_第３条に掲げる情報のうち特定の個人を識別することができるものは、第三者に提供してはならない。_",
            "（利用時の制限） | （利用時の制限_等_）",
            "第１２条　（略） | 第１２条　（略）",
        ],
    ),
    (
        "a 号 inserted: the one behind it bears another number",
        [
            (
                "                - 業務端末及び運用管理サーバに",
                "                - 通信の記録を保存する。\n                - 業務端末及び運用管理サーバに",
            )
        ],
        [
            "（不正アクセス及びウイルス対策） | （不正アクセス及びウイルス対策）",
            "第１５条　（略） | 第１５条　（略）",
            "_（２）通信の記録を保存する。_ | （新設）",
            "_（３）_（略） | _（２）_（略）",
        ],
    ),
    (
        "a term: every use of it is the text of the regulation",
        [
            ("        運用者: システム運用者\n", "        運用主任: システム運用者\n"),
            ("｛運用者｝", "｛運用主任｝"),
        ],
        [
            "（管理体制） | （管理体制）",
            "第４条　（略） | 第４条　（略）",
            "３　図書館ごとのシステムの運用を管理するため、システム運用者（以下「運用_主任_」という。）を置き、各館長をこれに充てる。"
            " | ３　図書館ごとのシステムの運用を管理するため、システム運用者（以下「運用_者_」という。）を置き、各館長をこれに充てる。",
            "（職員の役割と責任） | （職員の役割と責任）",
            "第９条　（略） | 第９条　（略）",
            "（３）運用_主任_ | （３）運用_者_",
            "（４）運用担当者 | （４）運用担当者",
            "システムを運用するに当たり情報セキュリティ対策を守り、利用者が情報セキュリティに係る事故を起こさないように努め、事故又は障害があったときは、これを速やかに運用_主任_に報告すること。"
            " | システムを運用するに当たり情報セキュリティ対策を守り、利用者が情報セキュリティに係る事故を起こさないように努め、事故又は障害があったときは、これを速やかに運用_者_に報告すること。",
            "（事故・障害に対する対応） | （事故・障害に対する対応）",
            "第１０条　利用者は、個人情報の流出、そのおそれのある事故又は障害等に気付いたときは、必要に応じシステムを止める等の措置をとり、速やかに、運用_主任_を経て管理者に報告しなければならない。"
            " | 第１０条　利用者は、個人情報の流出、そのおそれのある事故又は障害等に気付いたときは、必要に応じシステムを止める等の措置をとり、速やかに、運用_者_を経て管理者に報告しなければならない。",
        ],
    ),
    (
        "the dates",
        [("改正: [平成24年4月1日, 令和4年?月?日]", "改正: [平成24年4月1日, 令和4年7月?日]")],
        ["改正　令和４年_７_月　日 | 改正　令和４年_　_月　日"],
    ),
]


@pytest.mark.thinned
@pytest.mark.parametrize(("edits", "expected"), [each[1:] for each in LAW], ids=[each[0] for each in LAW])
def test_a_regulation_is_compared_as_printed(edits: Edits, expected: list[str], tmp_path: Path) -> None:
    (law,) = table(*versions(tmp_path, "03", edits))
    # An article whose first 項 is （略） is the head of what stands under it.
    alike = re.compile(r"(?!第[０-９]+条　（略）)(.*（略）) \| \1")
    assert [row for row in law[1:-1] if not alike.fullmatch(row)] == expected


def test_the_sides_their_names_and_the_signs_are_settings(tmp_path: Path) -> None:
    style = ComparisonStyle(
        new="改正案", old="現行", new_first=False, added="", removed="（削除）", same="略", remarks=False
    )
    case, _ = table(*versions(tmp_path, "03", REVISION), style)
    assert case[0] == "現行 | 改正案"
    assert "１～３　略 | １～３　略" in case
    assert "_［履行場所］_ | （削除）" in case
    assert " | _（４）業務に従事する者に、個人情報の保護に関する研修を毎年受けさせる。_" in case
    assert not case[-1].startswith("備考")


def test_rows_stay_together_by_provision_and_the_head_is_repeated(tmp_path: Path) -> None:
    document = comparison_of(*versions(tmp_path, "03", REVISION))
    (_, found) = document.papers[1].blocks
    assert [row.head for row in found.rows][:2] == [True, False]
    assert [row.joined for row in found.rows] == [False, False, False, True, True, True, True, False, True, True, False]


def made(old: Path, new: Path, out: Path, kind: str, *options: str) -> bytes:
    arguments = ["diff", str(old), str(new), "--format", kind, "--out", str(out / f"表.{kind}"), *options]
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code, result.output) == (0, f"{out / f'表.{kind}'}\n")
    return (out / f"表.{kind}").read_bytes()


@pytest.mark.office
@pytest.mark.pdftools
def test_word_and_pdf_say_the_same_on_as_many_pages(tmp_path: Path) -> None:
    old, new = versions(tmp_path, "03", REVISION)
    docx, pdf = made(old, new, tmp_path, "docx"), made(old, new, tmp_path, "pdf")
    check(pdf)
    printed = office.to_pdf({"表": docx})["表"]
    own, words = office.pages(pdf), office.pages(printed)
    assert len(own) == len(words) == 2
    for kind in (extracted(pdf), extracted(printed)):
        assert "改 正 後" in kind or "改正後" in re.sub(r"\s", "", kind)
    assert sorted(re.sub(r"\s", "", extracted(pdf, "-raw"))) == sorted(re.sub(r"\s", "", extracted(printed, "-raw")))


def test_underlines_are_in_the_word_file(tmp_path: Path) -> None:
    docx = made(*versions(tmp_path, "03", REVISION), tmp_path, "docx", "--new-name", "改正案", "--old-name", "現行")
    body = zipfile.ZipFile(tmp_path / "表.docx").read("word/document.xml").decode()
    assert docx
    underlined = re.findall(r'<w:u w:val="single"/></w:rPr><w:t xml:space="preserve">([^<]*)', body)
    assert "情報" in underlined and "８" in underlined and "５" in underlined
    assert "改正案" in re.sub("<[^>]*>", "", body)


def test_the_same_versions_give_the_same_bytes(tmp_path: Path) -> None:
    old, new = versions(tmp_path, "03", REVISION)
    for kind in ("docx", "pdf"):
        assert made(old, new, tmp_path, kind) == made(old, new, tmp_path, kind)


def test_nothing_to_show_writes_nothing(tmp_path: Path) -> None:
    old, new = versions(tmp_path, "02", [])
    result = CliRunner().invoke(
        main, ["diff", str(old), str(new), "--format", "pdf", "--out", str(tmp_path / "表.pdf")]
    )
    assert (result.exit_code, result.output) == (0, "違いはありません。\n")
    assert not (tmp_path / "表.pdf").exists()


def test_a_text_of_signs_comes_out_as_it_is(tmp_path: Path) -> None:
    old = project(tmp_path / "旧")
    new = project(tmp_path / "新", {"案件.yaml": edited(CASE, "委託するため", "'<w:t>&委託するため'")})
    (case,) = table(old / "cases/第1回/案件.yaml", new / "cases/第1回/案件.yaml")
    assert "_<w:t>&_委託するため | 委託するため" in case
