"""What changed between two versions of a case: by meaning, not by line."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from support.compared import CASES, REVISION, Edits, copy, edit, listing, versions
from support.processes import git
from support.samples import CASE, edited, project

from kotobuki.cli import main
from kotobuki.compare.kinds import Kind
from kotobuki.compare.pairs import pair
from kotobuki.compare.tree import Node
from kotobuki.compare.words import words_of

FIGURE = "別紙１ 犬と猫のマイクロチップ情報登録システム…"
LAW = "別紙 江戸川区図書館オンラインシステム運用規程…"

# name, case, edits, what is listed
EDITS: list[tuple[str, str, Edits, list[str]]] = [
    (
        "an item inserted: the numbers behind it are no changes",
        "02",
        [
            (
                "        - 業務に従事する者の名簿を",
                "        - 管理責任者を定めること。\n        - 業務に従事する者の名簿を",
            )
        ],
        [
            "７ 委託における個人情報の保護対策 ＞ 外部委託に係る対策 ＞ ３ 委託業務に係る個人情報保護対策",
            "追加  （２）管理責任者を定めること。",
        ],
    ),
    (
        "an item inserted before one that is referred to: the reference is no change",
        "02",
        [("    - 委託業務に係る個人情報保護対策:\n", "    - 再委託の制限\n    - 委託業務に係る個人情報保護対策:\n")],
        ["７ 委託における個人情報の保護対策 ＞ 外部委託に係る対策", "追加  ３ 再委託の制限"],
    ),
    (
        "a heading that is referred to reworded: one change",
        "02",
        [
            ("    - 委託業務に係る個人情報保護対策:\n", "    - 受託業務に係る個人情報保護対策:\n"),
            ("｛→委託業務に係る個人情報保護対策｝", "｛→受託業務に係る個人情報保護対策｝"),
        ],
        [
            "７ 委託における個人情報の保護対策 ＞ 外部委託に係る対策",
            "変更  ３ [-委-]{+受+}託業務に係る個人情報保護対策",
        ],
    ),
    (
        "an item dropped, with what stands under it",
        "02",
        [
            (
                "    - メール又はＳＮＳを活用した情報配信業務:\n        - 配信希望者のメールアドレス等の管理\n        - メールマガジン等の送信\n",
                "",
            )
        ],
        [
            "６ 業務の内容 ＞ 業務の内容",
            "削除  ２ メール又はＳＮＳを活用した情報配信業務",
            "（１）配信希望者のメールアドレス等の管理",
            "（２）メールマガジン等の送信",
        ],
    ),
    (
        "data items, a count, a time, a post: each by itself",
        "02",
        [
            ("      - 性別\n", ""),
            ("約1,000件", "約1,200件"),
            ("2022-06: 委託業務開始", "2022-07: 委託業務開始"),
            ("運用責任者: ｛人権啓発係長｝", "運用責任者: ｛総務課長｝"),
        ],
        [
            "４ 実施時期（予定）",
            "変更  令和４年[-６-]{+７+}月　委託業務開始",
            "６ 業務の内容 ＞ 運用体制",
            "変更  運用責任者：[-人権啓発係長-]{+総務課長+}",
            "７ 委託における個人情報の保護対策 ＞ 情報の内容 ＞ 委託業務で扱う個人情報の項目",
            "削除  性別",
            "７ 委託における個人情報の保護対策 ＞ 情報の内容",
            "変更  委託処理予定件数：約[-1,000-]{+1,200+}件／年",
        ],
    ),
    (
        "the head of the case",
        "02",
        [
            ("依頼: {番号: 82, 日付: 2022-05-06}", "依頼: {番号: 83, 日付: 2022-05-09}"),
            ("第14条第3項\n依頼", "第14条第4項\n依頼"),
        ],
        [
            "案件の先頭",
            "変更  根拠：条例第14条第[-３-]{+４+}項",
            "変更  依頼の番号：第[-82-]{+83+}号",
            "変更  依頼の日付：令和４年５月[-６-]{+９+}日",
        ],
    ),
    (
        "an item moved among its neighbours",
        "02",
        [
            ("        - 事故、災害、トラブルに備え、対応の手順及び体制を定めること。\n", ""),
            (
                "        - 作業室、",
                "        - 事故、災害、トラブルに備え、対応の手順及び体制を定めること。\n        - 作業室、",
            ),
        ],
        [
            "７ 委託における個人情報の保護対策 ＞ 外部委託に係る対策 ＞ ３ 委託業務に係る個人情報保護対策",
            "移動  （１）事故、災害、トラブルに備え、対応の手順及び体制を定めること。（もとは （７））",
        ],
    ),
    (
        "an item moved under another heading, and reworded on the way",
        "02",
        [
            ("            - 参加者にアンケートを依頼し、その結果をまとめる。\n", ""),
            (
                "        - メールマガジン等の送信\n",
                "        - メールマガジン等の送信\n        - 参加者にアンケートを依頼し、その結果を集計する。\n",
            ),
        ],
        [
            "６ 業務の内容 ＞ 業務の内容 ＞ ２ メール又はＳＮＳを活用した情報配信業務",
            "移動  （３）参加者にアンケートを依頼し、その結果を[-まとめ-]{+集計す+}る。"
            "（もとは「６ 業務の内容 ＞ 業務の内容 ＞ １ 講座・講演会等の運営業務 ＞ （５）その他」の イ）",
        ],
    ),
    (
        "a term renamed: one change, however often it is used",
        "03",
        [("｛区立図書館｝", "｛図書館｝"), ("\n  区立図書館: ", "\n  図書館: ")],
        ["用語", "改称  [-区立-]図書館：江戸川区立図書館"],
    ),
    (
        "a term that means something else",
        "03",
        [("現に｛図書館システム｝の運用の委託を", "｛図書館システム｝の運用の委託を現に")],
        ["用語", "変更  委託事業者：[-現に-]図書館システムの運用の委託を{+現に+}受けている事業者"],
    ),
    (
        "a regulation: 条, 項, 号",
        "03",
        [
            (
                "        - 管理体制:\n",
                "        - 責務: ｛管理者｝は、｛システム｝を適正に管理する責務を負う。\n        - 管理体制:\n",
            ),
            ("        - 利用時の制限等:\n", "        - 利用時の制限:\n"),
            ("英数字5文字以上で", "英数字8文字以上で"),
            (
                "                - 中央図書館の管理区域にファイアウォールを置く。\n",
                "                - 中央図書館の管理区域にファイアウォールを置く。\n                - 通信の記録を保存する。\n",
            ),
        ],
        [
            LAW,
            "追加  第４条（責務）",
            "管理者は、システムを適正に管理する責務を負う。",
            f"{LAW} ＞ 第１２条（利用者ＩＤ・パスワード）",
            "変更  ４ パスワードは、利用者が英数字[-５-]{+８+}文字以上で任意に定めるものとし、…",
            LAW,
            "変更  第１３条（利用時の制限[-等-]）",
            f"{LAW} ＞ 第１６条（不正アクセス及びウイルス対策） ＞ WWWサーバへの不正なアクセス、電子メールによ…",
            "追加  （２）通信の記録を保存する。",
        ],
    ),
    (
        "a figure: its words",
        "06",
        [
            (
                "            - 個人情報保管領域 → 行政機関用ホームページ: 専用回線",
                "            - 個人情報保管領域 → 行政機関用ホームページ: 閉域網",
            )
        ],
        [
            f"{FIGURE} ＞ 江戸川区、犬と猫のマイクロチップ情報登録システ…",
            "変更  [-専用回線-]{+閉域網+}",
        ],
    ),
    (
        "a figure: where its arrows lead",
        "06",
        [
            (
                "            - 一般利用者用ホームページ ⇔ 所有者: 暗号化通信",
                "            - 一般利用者用ホームページ → 所有者: 暗号化通信",
            )
        ],
        [
            FIGURE,
            "変更  江戸川区、犬と猫のマイクロチップ情報登録システム及び犬の所有者の三者の間の情報の流れ。犬の所有者…"
            "（図、画像、添付のファイル又は体裁（線、配置、用紙の向き）の変更）",
        ],
    ),
    (
        "looks alone",
        "02",
        [
            ("  履行場所: ｛区｝の指定する場所", "  履行場所: '｛区｝の指定する場所'  # 場所"),
            ("第14条第3項\n依頼", "第１４条第３項\n依頼"),
        ],
        ["違いはありません。"],
    ),
    (
        "the revision of item 3",
        "03",
        REVISION,
        [
            "用語",
            "改称  図書館{+情報+}システム：図書館オンラインシステム",
            "全体",
            "移動  ４ 江戸川区情報セキュリティポリシーへの対応（もとは 10）",
            "９ 外部委託における業務の内容",
            "削除  履行場所",
            "区立図書館",
            "10 外部委託における個人情報の保護対策 ＞ 外部委託に係る対策 ＞ ４ 当該業務に係る個人情報保護対策",
            "追加  （４）業務に従事する者に、個人情報の保護に関する研修を毎年受けさせる。",
            f"{LAW} ＞ 第１１条（利用者ＩＤ・パスワード）",
            "変更  ４ パスワードは、利用者が英数字[-５-]{+８+}文字以上で任意に定めるものとし、…",
        ],
    ),
]


@pytest.mark.thinned
@pytest.mark.parametrize(("case", "edits", "expected"), [each[1:] for each in EDITS], ids=[each[0] for each in EDITS])
def test_what_changed_is_listed_and_nothing_else(case: str, edits: Edits, expected: list[str], tmp_path: Path) -> None:
    assert listing(*versions(tmp_path, case, edits)) == expected


# -- what is compared -----------------------------------------------------------------------------------------------


def run(*arguments: str | Path) -> Result:
    """The command as typed; its own faults are not hidden."""
    result = CliRunner().invoke(main, ["diff", *map(str, arguments)])
    assert "予期しない" not in result.output
    return result


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample project in git: 区 in 一 says A, in 二 says B, in the working files C."""
    root = copy(tmp_path / "区の 資料")
    monkeypatch.chdir(root)
    git(root, "init", "--quiet", "--initial-branch=main")
    case = root / "cases/r4-1" / CASES["02"]
    for tag, edits in (("一", []), ("二", [("      - 性別\n", "")])):
        edit(case, edits)
        git(root, "add", "-A")
        git(root, "commit", "--quiet", "--message", tag)
        git(root, "tag", tag)
    edit(case, [("      - 住所\n", "")])
    return root


@pytest.mark.git
@pytest.mark.parametrize(
    ("arguments", "gone"),
    [
        (["一"], ["住所", "性別"]),
        (["二"], ["住所"]),
        (["一", "二"], ["性別"]),
        (["一..二"], ["性別"]),
        (["一.."], ["性別"]),
        (["main", "--", "cases/r4-1"], ["住所"]),
        (["main", "cases/r4-1/02-jinken-keihatsu.yaml"], ["住所"]),
        (["一", "二", "--", "cases/r4-1/02-jinken-keihatsu.yaml"], ["性別"]),
        (["一", "--", "cases/r4-1/03-toshokan-system.yaml"], []),
    ],
)
def test_revisions_of_git(repository: Path, arguments: list[str], gone: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 0
    assert [line.split("削除  ")[1] for line in result.output.splitlines() if "削除  " in line] == gone


@pytest.mark.git
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["無い版"], "「無い版」というファイルもフォルダも、git の版もありません"),
        (["cases/r4-1", "cases/r9-9"], "「cases/r9-9」というファイルもフォルダもありません"),
        (["cases/r9-9", "cases/r4-1/無い"], "「cases/r9-9」というファイルもフォルダも"),
        (["cases/r4-1", "main"], "kotobuki diff 版 -- cases/r4-1 と書きます"),
        (["main", "--", "cases/r9-9"], "「cases/r9-9」が、どちらの版にもありません"),
        (["main", "--", "/tmp"], "比べられません"),
        (["cases/r4-1"], "と比べるもの"),
        (["cases/r4-1", "cases/organization.yaml"], "ファイルとフォルダです"),
        (["一...二"], "「..」で二つの版を"),
        (["一", "二", "main"], "比べるのは二つまでです"),
        ([], "OLD"),
    ],
)
def test_what_cannot_be_compared_is_said_in_a_sentence(repository: Path, arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.output.count("\n")) == (2, 1)
    assert said in result.output


@pytest.mark.git
def test_without_git_a_revision_is_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project(tmp_path))
    assert "git で管理されていません" in run("main").output


@pytest.mark.git
def test_a_version_that_a_shallow_clone_lacks(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{repository}", "浅い")
    monkeypatch.chdir(tmp_path / "浅い")
    assert "git fetch --unshallow" in run("HEAD~1").output
    assert run("HEAD").output == "違いはありません。\n"


@pytest.mark.git
def test_a_case_that_is_gone_has_no_paper_and_that_is_said(repository: Path) -> None:
    (repository / "cases/r4-1" / CASES["02"]).unlink()
    assert "（ファイルの削除）" in run("main").output
    assert "この形式で示せる違いはありません" in run("main", "--format", "pdf").output


@pytest.mark.git
def test_a_term_of_the_organization_is_told_once_where_its_file_is_compared(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "cases")
    edit(repository / "cases/organization.yaml", [("  区: 江戸川区\n", "  区: 特別区江戸川区\n")])
    assert run("main").output.count("変更  区：{+特別区+}江戸川区") == 1
    users = [file for file in (repository / "cases/r4-1").glob("0*.yaml") if "｛区｝" in file.read_text("utf-8")]
    assert run("main", "--", "cases/r4-1").output.count("変更  区：{+特別区+}江戸川区") == len(users) == 6


def test_files_that_come_go_and_change_their_names(tmp_path: Path) -> None:
    other = edited(CASE, "見本の業務について", "まるで別の案件のことについて").replace(
        "委託するため", "同じ文が一つもないようにしたため"
    )
    old = project(tmp_path / "旧", {"案件.yaml": CASE, "去る.yaml": "図書: 旧い\n"})
    new = project(tmp_path / "新", {"改名.yaml": edited(CASE, "委託するため", "委託するため等"), "来る.yaml": other})
    lines = run(old / "cases", new / "cases").output.splitlines()
    assert [line.split("/")[-1] for line in lines if ".yaml" in line] == [
        "改名.yaml （ファイルの名の変更（もとは 案件.yaml））",
        "来る.yaml （新しいファイル）",
        "去る.yaml （ファイルの削除）",
    ]


def test_a_file_that_is_no_case_is_compared_by_its_keys(tmp_path: Path) -> None:
    old, new = (
        project(tmp_path / "旧"),
        project(tmp_path / "新", MEETING="会議体: 審査会\n年度: 令和4年度\n回: 2\n議案: {2: 案件.yaml}\n"),
    )
    assert listing(old / "cases/第1回/meeting.yaml", new / "cases/第1回/meeting.yaml") == [
        "変更  回：[-1-]{+2+}",
        "削除  諮問",
        "番号：80",
        "日付：2022-05-11",
    ]


def test_a_case_with_errors_is_compared_by_its_keys_and_that_is_said(tmp_path: Path) -> None:
    old = project(tmp_path / "旧")
    new = project(tmp_path / "新", {"案件.yaml": edited(CASE, "理由: 委託するため", "理油: 委託するため")})
    result = run(old / "cases/第1回/案件.yaml", new / "cases/第1回/案件.yaml")
    assert "YAMLのキーと一覧として比べました" in result.output
    assert "追加  理油：委託するため" in result.output


def test_papers_of_a_case_with_errors(tmp_path: Path) -> None:
    old = project(tmp_path / "旧")
    new = project(tmp_path / "新", {"案件.yaml": edited(CASE, "理由: 委託するため", "理油: |-\n  一行目\n  二行目")})
    sides = (old / "cases/第1回/案件.yaml", new / "cases/第1回/案件.yaml")
    redline = run(*sides, "--format", "redline", "--out", tmp_path / "見え消し.docx")
    assert redline.exit_code == 1
    assert "案件.yaml:6:1: 誤り: 「理油」は、この様式の節にありません" in redline.output
    table = run(*sides, "--format", "docx", "--out", tmp_path / "対照表.docx")
    assert table.exit_code == 0
    assert "注意: 様式のとおりに読めない所があるため" in table.output
    assert not (tmp_path / "見え消し.docx").exists()
    assert (tmp_path / "対照表.docx").exists()


def test_a_redline_is_of_a_case(tmp_path: Path) -> None:
    old = project(tmp_path / "旧")
    new = project(tmp_path / "新", MEETING="会議体: 審査会\n年度: 令和4年度\n回: 2\n議案: {2: 案件.yaml}\n")
    result = run(old / "cases", new / "cases", "--format", "redline", "--out", tmp_path / "見え消し.docx")
    assert result.exit_code == 2
    assert "meeting.yaml）は、両方の版にある案件ではない" in result.output


@pytest.mark.git
def test_a_picture_has_changed_if_its_file_has(repository: Path) -> None:
    folder = repository / "cases/r4-1"
    edit(folder / CASES["03"], [("諮問理由: >-", "別添:\n  - {題名: 評価書, ファイル: a.pdf}\n\n諮問理由: >-")])
    for name in ("a.pdf", "図.png"):
        (folder / name).write_bytes(b"1")
    picture = "- ｛画像｝: {ファイル: 図.png, 説明: 窓口の配置}"
    edit(folder / CASES["06"], [("\n諮問理由: >-", f"\n｛追加｝配置:\n  {picture}\n\n諮問理由: >-")])
    git(repository, "add", "-A")
    git(repository, "commit", "--quiet", "--message", "三")
    assert run("main").output == "違いはありません。\n"
    (folder / "図.png").write_bytes(b"2")
    assert "変更  窓口の配置（図、画像、" in run("main").output
    (folder / "a.pdf").write_bytes(b"2")
    assert "変更  別添 評価書（図、画像、" in run("main").output


@pytest.mark.git
def test_what_a_table_leaves_out_is_said(repository: Path) -> None:
    (repository / "cases/r4-1" / CASES["06"]).unlink()
    edit(repository / "cases/r4-1" / CASES["03"], [("  履行場所: ｛区立図書館｝\n", "")])
    both = run("二", "--format", "docx", "--out", "対照表.docx")
    assert both.exit_code == 0
    assert "03-toshokan-system.yaml: 注意: 様式のとおりに読めない所があるため、新旧対照表に載せて" in both.output
    assert "06-microchip.yaml: 注意: なくなったファイルなので、新旧対照表に載せていません" in both.output
    gone = run("二", "--format", "docx", "--", f"cases/r4-1/{CASES['06']}")
    assert "この形式で示せる違いはありません" in gone.output and "なくなったファイル" in gone.output


@pytest.mark.git
def test_a_municipality_within_another_has_an_organization_of_its_own(repository: Path) -> None:
    edit(repository / "cases/寿市/cases/r4-1/01-koza.yaml", [("に申し込めるようにする", "に申し込める様にする")])
    assert "3 実施目的\n" in run("二").output
    git(repository, "commit", "--all", "--quiet", "--message", "三")
    assert "3 実施目的\n" in run("二", "main").output


@pytest.mark.git
def test_a_fault_of_a_revision_is_called_by_it(repository: Path) -> None:
    file = repository / "cases/r4-1/meeting.yaml"
    whole = file.read_text(encoding="utf-8")
    file.write_text("議案: [\n", encoding="utf-8")
    git(repository, "commit", "--all", "--quiet", "--message", "三")
    file.write_text(whole, encoding="utf-8")
    assert "main:cases/r4-1/meeting.yaml:1:" in run("main").output


def test_a_letter_has_the_numbers_that_it_prints(tmp_path: Path) -> None:
    old, new = copy(tmp_path / "旧") / "cases", copy(tmp_path / "新") / "cases"
    edit(new / "r4-2/kaisai-tsuchi.yaml", [("午後2時から", "午後3時から"), ("      - 諮問依頼書の写し\n", "")])
    assert listing(old / "r4-2/kaisai-tsuchi.yaml", new / "r4-2/kaisai-tsuchi.yaml") == [
        "記",
        "変更  １ 日時　令和４年８月24日（水）午後[-２-]{+３+}時から",
        "記 ＞ ４ 持参するもの",
        "削除  （１）諮問依頼書の写し",
    ]


def test_a_file_that_is_no_yaml_is_an_error_with_its_place(tmp_path: Path) -> None:
    old = project(tmp_path / "旧")
    new = project(tmp_path / "新", {"案件.yaml": CASE + "　理由2: [\n"})
    result = run(old / "cases", new / "cases")
    assert result.exit_code == 1
    assert "案件.yaml:" in result.output and "誤り" in result.output


# -- forms of the listing -------------------------------------------------------------------------------------------


@pytest.fixture
def hostile(tmp_path: Path) -> tuple[Path, Path]:
    text = "<b>&*_太_*`[x](y)\\"
    old = project(tmp_path / "旧")
    return old / "cases", project(tmp_path / "新", {"案件.yaml": edited(CASE, "委託するため", f"'{text}'")}) / "cases"


def test_json_tells_everything(hostile: tuple[Path, Path]) -> None:
    (file,) = json.loads(run(*hostile, "--format", "json").output)["files"]
    (change,) = file["changes"]
    assert (change["kind"], change["path"]) == ("changed", ["２ 理由"])
    assert (change["old"]["text"], change["new"]["text"]) == ("委託するため", "<b>&*_太_*`[x](y)\\")
    assert change["new"]["line"] == 6


def test_text_never_becomes_markup(hostile: tuple[Path, Path]) -> None:
    page = run(*hostile, "--format", "html").output
    assert "<ins>&lt;b&gt;&amp;*_太_*`[x](y)\\</ins>" in page
    comment = run(*hostile, "--format", "md").output
    assert r"<ins>&lt;b&gt;&amp;\*\_太\_\*\`\[x\]\(y\)\\</ins>" in comment


def test_colours_mark_the_changed_characters(hostile: tuple[Path, Path]) -> None:
    assert "\x1b[32m" in run(*hostile, "--color", "always").output
    assert "\x1b" not in run(*hostile).output  # no terminal


def test_a_file_is_written_whole(hostile: tuple[Path, Path], tmp_path: Path) -> None:
    assert run(*hostile, "--format", "html", "--out", tmp_path / "差分.html").exit_code == 0
    assert (tmp_path / "差分.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


# -- the pairing ----------------------------------------------------------------------------------------------------

words = st.text(alphabet="甲乙丙丁戊己庚辛", min_size=1, max_size=8).map(lambda text: tuple(words_of(text)))
nodes = st.recursive(
    st.builds(Node, kind=st.just(Kind.ITEM), words=words),
    lambda inner: st.builds(
        Node, kind=st.just(Kind.ITEM), words=words, children=st.lists(inner, max_size=4).map(tuple)
    ),
    max_leaves=12,
)


@given(nodes)
def test_nothing_differs_from_itself(node: Node) -> None:
    assert not pair(node, node).changed


@given(nodes, nodes)
def test_every_part_of_both_versions_has_its_place(old: Node, new: Node) -> None:
    found = pair(old, new)
    pairs = [found]
    for each in pairs:
        pairs += each.children
    assert sorted(id(each.new) for each in pairs if each.new) == sorted(map(id, new.walk()))
    staying = [each for each in pairs if each.old and not (each.moved and each.new is None)]
    assert sorted(id(each.old) for each in staying) == sorted(map(id, old.walk()))


# -- the redline ----------------------------------------------------------------------------------------------------


def test_a_redline_tracks_the_changes_of_the_paper_that_the_department_makes(tmp_path: Path) -> None:
    old, new = versions(tmp_path, "03", REVISION)
    out = tmp_path / "見え消し.docx"
    result = run(old, new, "--format", "redline", "--out", out, "--author", "文化課", "--date", "令和4年5月16日")
    assert (result.exit_code, result.output) == (0, f"{out}\n")
    body = zipfile.ZipFile(out).read("word/document.xml").decode()
    assert 'w:author="文化課" w:date="2022-05-16T00:00:00Z"' in body
    assert "<w:ins " in body and "<w:del " in body


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--paper", "諮問害"], "--paper に書けるのは 諮問依頼書 です"),
        (["--date", "きのう"], "--date の"),
    ],
)
def test_what_no_redline_can_be_made_of_is_said(options: list[str], said: str, tmp_path: Path) -> None:
    old, new = versions(tmp_path, "03", REVISION)
    result = run(old, new, "--format", "redline", "--out", tmp_path / "見え消し.docx", *options)
    assert result.exit_code == 2 and said in result.output
    assert not (tmp_path / "見え消し.docx").exists()


@pytest.mark.git
def test_a_redline_is_of_one_case(repository: Path) -> None:
    edit(repository / "cases/r4-1" / CASES["03"], [("英数字5文字以上で", "英数字8文字以上で")])
    result = run("main", "--format", "redline")
    assert result.exit_code == 2 and "変わった案件が2件あります" in result.output
    assert run("main", "--format", "redline", "--", f"cases/r4-1/{CASES['03']}").exit_code == 0
    assert run("main", "main", "--format", "redline").output == "違いはありません。\n"


@pytest.mark.git
def test_what_is_wrong_with_a_paper_is_an_error_with_its_place(repository: Path) -> None:
    edit(repository / "cases/r4-1" / CASES["02"], [("｛区｝の指定する場所", "｛区々｝の指定する場所")])
    for kind in ("redline", "text"):
        result = run("main", "--format", kind)
        assert (result.exit_code, "｛区々｝" in result.output) == (1 if kind == "redline" else 0, True)
    assert not (repository / "output").exists()
