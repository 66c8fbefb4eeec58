"""Cases, meetings and municipalities begun: what is written, what a build makes of it, what is refused."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import pdftools
from support.commands import run
from support.drafts import OPEN, answered, done
from support.paths import ROOT
from support.samples import FORM, ORGANIZATION, edited, project

from kotobuki.case.head import CaseHead
from kotobuki.cli import new
from kotobuki.diagnostics import Diagnostics
from kotobuki.drafting.writing import UnwritableError, clean, fill, written
from kotobuki.reading.nodes import Mapping, Scalar
from kotobuki.reading.parse import read_text
from kotobuki.reading.records import keys_of
from kotobuki.reading.source import forbidden
from kotobuki.settings.form import KINDS
from kotobuki.settings.meeting import MeetingFile

FORMS = sorted(file.parent.name for file in (ROOT / "templates").glob("*/form.yaml"))
EVERY_KIND = (
    edited(FORM, "  - {名: 目的}\n", "  - {名: '目的: \"#1\"', 必須: はい}\n")
    + "  - 名: 種々\n    種類: 表\n    必須: はい\n    行:\n"
    + "".join(f"      - {{名: 行の{kind}, 種類: {kind}, 手引: 一つ目。二つ目。}}\n" for kind in KINDS)
    + "  - {名: 空の表, 種類: 表, 必須: はい}\n"
    + "  - {名: 指摘, 種類: 表, 列: [区分, 内容, 措置], 必須: はい}\n"
    + "  - {名: 対応, 種類: 表, 列: [項目, 手法, '条文: \"#\"'], 必須: はい, 行: [{名: 体制, 必須: はい}, {名: 行の運用}]}\n"
    + "".join(f"  - {{名: 節の{kind}, 種類: {kind}, 必須: はい}}\n" for kind in KINDS if kind != "表")
)


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """The small city, without any case."""
    root = project(tmp_path / "city")
    shutil.rmtree(root / "cases/第1回")
    return root


def open_places(text: str) -> list[tuple[int, str]]:
    """Line and name of each placeholder that is no comment."""
    rows = ((number, line) for number, line in enumerate(text.splitlines(), 1) if not line.lstrip().startswith("#"))
    return [(number, name) for number, line in rows for name in OPEN.findall(line)]


def check_draft(file: Path, out: Path, paper: str) -> None:
    """A build prints exactly the placeholders of the file; a final one refuses each by name and line."""
    places = open_places(file.read_text(encoding="utf-8"))
    built = run("build", file, "--out", out, "--format", "pdf")
    assert built.status == 0 and built.err == "", built.err
    *papers, left = built.out.splitlines()[1:]
    assert all(line.endswith("案") for line in papers) and left == f"  残り　｛記入｝{len(places)}か所"
    printed = "".join(pdftools.extracted((out / file.stem / f"{paper}.pdf").read_bytes(), "-raw").split())
    assert set(re.findall("【記入：([^】]*)】", printed)) == {"".join(name.split()) for _, name in places}
    final = run("build", file, "--out", out, "--final")
    shown = re.findall(r":(\d+):\d+: 誤り: 「(.*)」がまだ書かれていません", final.err)
    assert final.status == 1 and sorted((int(line), name) for line, name in shown) == sorted(places)


@pytest.mark.pdftools
@pytest.mark.parametrize("form", FORMS)
def test_a_fresh_case_of_every_form_builds_as_a_draft(form: str, sample_root: Path, tmp_path: Path) -> None:
    shutil.copytree(sample_root, tmp_path / "ward")
    file = tmp_path / "ward/cases/r9/案件.yaml"
    done("new", form, file)
    done("fmt", "--check", file)
    paper = re.findall(r"^ +([^:{]+): +\{雛形", (ROOT / "templates" / form / "form.yaml").read_text("utf-8"), re.M)[-1]
    check_draft(file, tmp_path / "out", paper)


@pytest.mark.pdftools
def test_rows_of_every_kind_are_written_in_their_spelling(tmp_path: Path) -> None:
    root = project(tmp_path / "city", FORM=EVERY_KIND)
    file = root / "cases/案件.yaml"
    done("new", "試験", file)
    done("fmt", "--check", file)
    check_draft(file, tmp_path / "out", "依頼書")


@pytest.mark.pdftools
def test_what_may_be_left_out_is_right_when_it_is_put_in(tmp_path: Path) -> None:
    root = project(tmp_path / "city", FORM=EVERY_KIND)
    file = root / "cases/案件.yaml"
    done("new", "試験", file)
    kept, inside = [], ""
    for line in file.read_text(encoding="utf-8").splitlines():
        indent, mark, rest = re.fullmatch(r"( *)(# )?(.*)", line).groups()  # type: ignore[union-attr]  # it always matches
        opens = mark and re.match(r"(?:事項|目的|時期|担当|業務|体制|情報|予定|概要|行の\w+):", rest)
        goes_on = mark and inside == indent + "# " and rest.startswith(" ")
        inside = indent + "# " if opens or goes_on else ""
        kept.append(indent + rest if opens or goes_on else line)
    file.write_text("\n".join(kept), encoding="utf-8")
    assert len(open_places("\n".join(kept))) > 40
    check_draft(file, tmp_path / "out", "依頼書")


def test_the_case_is_in_the_order_of_its_form_with_its_guides(tmp_path: Path) -> None:
    form = FORM.replace("{名: 理由, 必須: はい}", "{名: 理由, 必須: はい, 手引: 何に当たるか。「…ため」で結ぶ。}")
    root = project(tmp_path, FORM=form)
    done("new", "試験", root / "cases/案件.yaml")
    assert (root / "cases/案件.yaml").read_text(encoding="utf-8").split("\n\n") == [
        "# 試験\n"
        "# ｛記入：…｝の所を書き換える。残っている間は「案」と印字し、--final では作れない。\n"
        "# 「#」で始まる行は説明で、印字しない。省ける所を使うときは、行の頭の「# 」を取る。\n"
        "# 長い文章は、「見出し: >-」の次の行から字下げして書く。\n"
        "様式: 試験\n"
        "# 「…について」の形で書く。\n件名: ｛記入：件名｝\n"
        "# organization.yaml の「部課」から、部と課を続けて書く。二つ以上なら一覧にする。\n主管課: ｛記入：主管課｝\n"
        "# 例規の略称: 条項。例規は 条例・規則 から。\n根拠:\n  条例: ｛記入：条項｝\n"
        "# 番号は、取るまで書かない。\n依頼: {日付: ｛記入：依頼の日付｝}",
        "# （省ける）この案件だけの略称: 正式な名称。\n# 用語:\n#   略称: 正式な名称\n"
        "# （省ける）この案件のために作り、綴じるもの。\n# 別紙:\n#   - 題名: 別紙の題名\n#     内容: 別紙の内容\n"
        "# （省ける）今ある書類。ファイルは案件と同じフォルダに置く。\n# 別添:\n#   - {題名: 書類の題名, ファイル: 書類.pdf}",
        "# 書かなければ「｛件名｝」と印字する。\n# 事項: ｛件名｝",
        "# 何に当たるか。\n# 「…ため」で結ぶ。\n理由: ｛記入：理由｝",
        "# （省ける）\n# 目的: ｛記入：目的｝",
        "# （省ける）1行に一つ「- 時: 事柄」と書く。時は 2022-06、2022-06-01、2022-06以降、未定 など。\n"
        "# 時期:\n#   - ｛記入：時｝: ｛記入：事柄｝",
        "# 書かなければ「｛主管課｝」と印字する。\n# 担当: ｛主管課｝",
        "# （省ける）\n# 業務:\n#   概要: ｛記入：概要｝\n"
        "#   # （省ける）「役割: 職」を並べる。\n#   # 体制: {｛記入：役割｝: ｛記入：職｝}\n"
        "#   # （省ける）項目は一つずつ書く。件数は省ける。\n"
        "#   # 情報:\n#   #   項目:\n#   #     - ｛記入：個人情報の項目｝\n#   #   件数: ｛記入：件数｝\n"
        "#   # （省ける）1行に一つ「- 時: 事柄」と書く。時は 2022-06、2022-06-01、2022-06以降、未定 など。\n"
        "#   # 予定:\n#   #   - ｛記入：時｝: ｛記入：事柄｝\n",
    ]


REQUIRED = edited(FORM, "種類: 日程}\n  - {名: 担当", "種類: 日程, 必須: はい}\n  - {名: 担当")


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (["--subject", "｛市｝の業務について"], "件名: ｛市｝の業務について"),
        (["--subject", "甲: 乙"], "件名: '甲: 乙'"),
        (["--subject", " 甲の件 "], "件名: 甲の件"),
        (["--department", "総務部総務課"], "主管課: 総務部総務課"),
        (["--department", "介護課"], "主管課: 福祉局介護課"),
        (["--department", "3"], "主管課: 福祉局介護課"),
        (["--department", "人事課", "--department", "介護課"], "主管課: [総務部人事課, 福祉局介護課]"),
        (["--date", "令和4年5月6日"], "依頼: {日付: 2022-05-06}"),
        (["--start", "2022-06以降"], "  - 2022-06以降: ｛記入：事柄｝"),
        (["--start", "未定"], "  - 未定: ｛記入：事柄｝"),
    ],
)
def test_options_answer(options: list[str], line: str, tmp_path: Path) -> None:
    root = project(tmp_path, FORM=REQUIRED)
    done("new", "試験", root / "cases/新しい.yaml", *options)
    text = (root / "cases/新しい.yaml").read_text(encoding="utf-8")
    assert line in text.splitlines()
    assert run("build", root / "cases/新しい.yaml", "--out", tmp_path / "out").status == 0


def test_wrong_options_are_said_all_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    root = project(tmp_path, FORM=REQUIRED)
    options = ["--subject", "｛条例", "--department", "総務", "--date", "5月6日", "--start", "来月"]
    ran = run("new", "試験", root / "cases/r4-2/新しい.yaml", *options)
    assert (ran.status, ran.rules) == (1, ["date-format", "choice", "event-time", "brace-unclosed"])
    assert "「総務」に当たる部課が二つ以上あります" not in ran.err or "総務部総務課" in ran.err
    assert not (root / "cases/r4-2").exists()


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("", "missing-value"),
        (" ", "missing-value"),
        ("甲\n乙", "words-form"),
        ("甲\u200b乙", "character-invisible"),
        ("｛→｝", "reference-empty"),
    ],
)
def test_words_that_are_none(words: str, rule: str, city: Path) -> None:
    ran = run("new", "試験", city / "cases/a.yaml", "--subject", words)
    assert (ran.status, ran.rules) == (1, [rule])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("cases/ある.yaml", "すでにあります"),
        ("cases/folder", "フォルダです"),
        ("cases/folder.yaml", "フォルダです"),
        ("cases/新しい", ".yaml で終わる名"),
        ("cases/新しい.yml", ".yaml で終わる名"),
        ("cases/新しい.docx", ".yaml で終わる名"),
        ("新しい.yaml", "には書けません"),
        ("cases/../新しい.yaml", "には書けません"),
        ("cases/../templates/新しい.yaml", "には書けません"),
        ("cases/外/新しい.yaml", "には書けません"),
        ("cases/register/新しい.yaml", "には書けません"),
        ("cases/.隠し.yaml", "という名は使えません"),
        ("cases/.隠し/新しい.yaml", "という名は使えません"),
        ("cases/甲:乙.yaml", "という名は使えません"),
        ("cases/nul.yaml", "という名は使えません"),
        ("cases/COM1/新しい.yaml", "という名は使えません"),
        ("cases/甲./新しい.yaml", "という名は使えません"),
        ("cases/甲\u202e.yaml", "目に見えない文字"),
        (f"cases/{'あ' * 80}.yaml", "長すぎます"),
        ("cases/FOLDER/新しい.yaml", "紛れる"),
        ("cases/か\u3099/新しい.yaml", "紛れる"),
        ("cases/Organization.yaml", "自治体のことを書く"),
        ("cases/r4-2/meeting.yaml", "会議のファイルの名"),
        ("cases/ある.yaml/新しい.yaml", "フォルダではない"),
        ("cases/先のない.yaml", "すでにあります"),
    ],
)
def test_places_that_are_none(name: str, said: str, city: Path, tmp_path: Path) -> None:
    (city / "cases/folder").mkdir()
    (city / "cases/が").mkdir()
    (city / "cases/folder.yaml").mkdir()
    (city / "cases/ある.yaml").write_text("書いたもの\n", encoding="utf-8")
    (city / "cases/外").symlink_to(tmp_path, target_is_directory=True)
    (city / "cases/先のない.yaml").symlink_to(tmp_path / "nowhere")
    before = sorted(tmp_path.rglob("*"))
    ran = run("new", "試験", city / name, "--root", city)
    assert ran.status == 2 and said in ran.err
    assert sorted(tmp_path.rglob("*")) == before
    assert (city / "cases/ある.yaml").read_text(encoding="utf-8") == "書いたもの\n"


def test_a_folder_that_cannot_be_written_to(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "no", "cases/r4-2/新しい.yaml")

    monkeypatch.setattr("os.fsync", refuse)
    ran = run("new", "試験", city / "cases/r4-2/新しい.yaml")
    assert ran.status == 2 and "書けません" in ran.err
    assert not (city / "cases/r4-2").exists()


def test_a_file_that_comes_to_be_meanwhile_stays(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = city / "cases/新しい.yaml"
    monkeypatch.setattr("os.fsync", lambda _: file.write_text("ほかの人のもの", encoding="utf-8"))
    ran = run("new", "試験", file)
    assert ran.status == 2 and "すでにあります" in ran.err
    assert [each.name for each in file.parent.iterdir() if "新しい" in each.name] == ["新しい.yaml"]
    assert file.read_text(encoding="utf-8") == "ほかの人のもの"


def test_without_an_organization(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("new", "外部委託", "cases/a.yaml")
    assert ran.status == 2 and "kotobuki init" in ran.err
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases/organization.yaml").write_text("自治体: ｛\n", encoding="utf-8")
    ran = run("new", "外部委託", tmp_path / "cases/a.yaml")
    assert ran.status == 1 and "brace-unclosed" not in ran.rules and "missing-key" in ran.rules
    assert not (tmp_path / "cases/a.yaml").exists()


def test_forms_that_are_unknown_or_wrong(city: Path) -> None:
    ran = run("new", "外部委任", city / "cases/a.yaml")
    assert (ran.status, ran.rules) == (1, ["form-unknown"]) and "「外部委託」の誤り" in ran.err
    (city / "templates/試験/form.yaml").write_text(
        edited(FORM, "必須: はい}\n  - {名: 目的", "必須: 多分}\n  - {名: 目的"), "utf-8"
    )
    ran = run("new", "試験", city / "cases/a.yaml")
    assert (ran.status, ran.rules) == (1, ["choice"])
    assert not (city / "cases/a.yaml").exists()


def test_the_schema_is_named_where_there_is_one(city: Path) -> None:
    done("new", "試験", city / "cases/a.yaml")
    assert (city / "cases/a.yaml").read_text("utf-8").startswith("# 試験\n")
    for name in ("case-試験", "meeting"):
        (city / f".kotobuki/schema/{name}.schema.json").parent.mkdir(parents=True, exist_ok=True)
        (city / f".kotobuki/schema/{name}.schema.json").write_text("{}")
    done("new", "試験", city / "cases/r4-2/b.yaml")
    done("new", "meeting", city / "cases/r4-2")
    for name, schema in (("b", "case-試験"), ("meeting", "meeting")):
        first = (city / f"cases/r4-2/{name}.yaml").read_text("utf-8").splitlines()[0]
        assert first == f"# yaml-language-server: $schema=../../.kotobuki/schema/{schema}.schema.json"


TWO = ORGANIZATION.replace(
    "庶務担当課: 総務部総務課}",
    "庶務担当課: 総務部総務課}\n  審議会: {名称: 市審議会, 会長: 岬 港, 庶務担当課: 総務部人事課}",
)


@pytest.mark.pdftools
def test_of_several_committees_one_is_to_be_chosen(tmp_path: Path) -> None:
    root = project(
        tmp_path / "city",
        ORGANIZATION=TWO,
        REQUEST="本文：{{ 会議体.名称 }}\n{% for 項 in 各節 %}\n節見出し：{{ 項.見出し }}\n{{ 項.内容 }}\n{% endfor %}\n",
    )
    done("new", "試験", root / "cases/a.yaml")
    assert (5, "会議体") not in open_places((root / "cases/a.yaml").read_text("utf-8"))
    built = run("build", root / "cases/a.yaml", "--out", tmp_path / "out", "--format", "pdf")
    assert built.status == 0, built.err
    assert "【記入：会議体】" in pdftools.extracted((tmp_path / "out/a/依頼書.pdf").read_bytes(), "-raw")
    done("new", "試験", root / "cases/b.yaml", "--committee", "審議会")
    assert "会議体: 審議会" in (root / "cases/b.yaml").read_text("utf-8")
    assert run("new", "試験", root / "cases/c.yaml", "--venue", "庁舎").status == 2


def test_a_meeting_lists_the_cases_of_its_folder(city: Path, tmp_path: Path) -> None:
    for name in ("02-乙", "01-甲: 1".replace(": ", "_")):
        done("new", "試験", city / f"cases/r4-2/{name}.yaml")
    options = ["--year", "2022", "--session", "２", "--date", "2022-05-18 14:00", "--venue", "庁舎: '3'階"]
    done("new", "meeting", city / "cases/r4-2", *options)
    assert (city / "cases/r4-2/meeting.yaml").read_text("utf-8") == (
        "# 会議のこと。庶務担当課が書く。\n"
        "# ｛記入：…｝の所を書き換える。残っている間は「案」と印字し、--final では作れない。\n"
        "年度: 令和4年度\n回: 2\n日時: 2022-05-18 14:00\n場所: '庁舎: ''3''階'\n"
        "# 番号は、取るまで書かない。\n諮問: {日付: ｛記入：諮問の日付｝}\n\n"
        "# 議案番号: 案件のファイル。順を変え、会議に出さない案件の行を消す。\n"
        "議案:\n  1: 01-甲_1.yaml\n  2: 02-乙.yaml\n"
    )
    built = run("build", city / "cases/r4-2", "--out", tmp_path / "out")
    assert (built.status, built.err) == (0, "")
    again = run("new", "meeting", city / "cases/r4-2/meeting.yaml")
    assert again.status == 2 and "すでにあります" in again.err
    wrong = run("new", "meeting", city / "cases/r4-3", "--year", "去年", "--session", "0", "--date", "来週")
    assert (wrong.status, wrong.rules) == (1, ["meeting-time", "number-range", "fiscal-year"])


def test_a_letter_is_on_no_agenda(tmp_path: Path) -> None:
    root = tmp_path / "寿 市"
    done("init", root)
    folder = root / "cases/第 1 回"
    case = done("new", "外部委託", folder / "01.yaml")
    assert case.out.splitlines()[-1] == f'次は　kotobuki build "{folder / "01.yaml"}"'
    done("new", "通知・照会・回答", folder / "02.yaml")
    (folder / "03.yaml").write_text("様式: [", encoding="utf-8")
    (folder / "覚え.yaml").write_text("覚え: 会議の前に確かめる\n", encoding="utf-8")
    done("new", "meeting", folder)
    assert (folder / "meeting.yaml").read_text("utf-8").endswith("議案:\n  1: 01.yaml\n  2: 03.yaml\n")
    assert "会議に出すとき" not in done("new", "通知・照会・回答", folder / "04.yaml").out
    assert "会議に出すとき" in done("new", "外部委託", folder / "05.yaml").out


def test_a_meeting_has_a_folder_of_its_own(city: Path) -> None:
    ran = run("new", "meeting", city / "cases")
    assert ran.status == 2 and "organization.yaml のフォルダです" in ran.err


def test_a_form_may_be_called_meeting(tmp_path: Path) -> None:
    form = FORM.replace("様式: 試験", "様式: meeting")
    root = project(tmp_path / "city", FORM=form)
    done("new", "meeting", root / "cases/r4-2/a.yaml")
    done("new", "meeting", root / "cases/r4-2")
    assert "様式: meeting" in (root / "cases/r4-2/a.yaml").read_text("utf-8")
    assert "  1: a.yaml" in (root / "cases/r4-2/meeting.yaml").read_text("utf-8")
    other = project(tmp_path / "other")
    assert "kotobuki new meeting" in run("new", "meeting", other / "cases/r4-2/a.yaml").err


@pytest.mark.pdftools
def test_a_new_municipality_from_nothing_to_papers(tmp_path: Path) -> None:
    root, out = tmp_path / "寿市", tmp_path / "out"
    done("init", root)
    done("new", "meeting", root / "cases/第1回")
    done("new", "外部委託", root / "cases/第1回/01-annai.yaml")
    alone = run("build", root / "cases/第1回", "--out", out)
    assert (alone.status, alone.rules) == (0, ["agenda-open"])
    (root / "cases/第1回/meeting.yaml").unlink()
    done("new", "meeting", root / "cases/第1回")
    assert run("build", root / "cases/第1回", "--out", out).rules == ["output-stale"]  # what was made of it alone
    shutil.rmtree(out / "01-annai")
    done("build", root / "cases/第1回", "--out", out)
    done("packet", root / "cases/第1回", "--out", out)
    printed = "".join(pdftools.extracted((out / "第1回/会議資料.pdf").read_bytes(), "-raw").split())
    wanted = {
        *(name for file in (root / "cases").rglob("*.yaml") for _, name in open_places(file.read_text("utf-8"))),
    }
    # What no paper prints: the municipality's own name and the parts that the 庶務担当課 is put together from.
    unprinted = {"自治体の名称", "庶務を担当する部", "庶務を担当する課", "課の記号"}
    assert set(re.findall("【記入：([^】]*)】", printed)) == wanted - unprinted
    assert run("packet", root / "cases/第1回", "--out", out, "--final").rules.count("placeholder-open") == len(
        [1 for file in (root / "cases").rglob("*.yaml") for _ in open_places(file.read_text("utf-8"))]
    )


def test_a_municipality_with_answers_never_over_another(tmp_path: Path) -> None:
    root = tmp_path / "市"
    root.mkdir()
    (root / "README.md").write_text("前からあるもの\n", encoding="utf-8")
    answers = {
        "name": "寿: 市",
        "head-post": "寿市長",
        "head-name": "寿 太郎",
        "division": "総務部",
        "section": "[総務]課",
        "mark": "総総",
        "committee": "寿市委員会, 第1",
        "chair": "海野 渚",
        "law": "寿市 # 条例",
    }
    ran = done("init", root, *(part for key, value in answers.items() for part in (f"--{key}", value)))
    assert "README.md は、すでにあるのでそのままです" in ran.out
    assert (root / "README.md").read_text(encoding="utf-8") == "前からあるもの\n"
    text = (root / "cases/organization.yaml").read_text("utf-8")
    assert open_places(text) == []
    for line in (
        "自治体: '寿: 市'",
        "長: {職: 寿市長, 氏名: 寿 太郎}",
        "    庶務担当課: '総務部[総務]課'",
        "  条例: '寿市 # 条例'",
    ):
        assert line in text.splitlines()
    done("new", "外部委託", root / "cases/a.yaml", "--department", "[総務]課")
    again = run("init", root)
    assert again.status == 2 and "すでにあります" in again.err
    assert (root / "cases/organization.yaml").read_text("utf-8") == text
    assert run("init", root / "README.md").status == 2
    assert run("init", tmp_path / "別", "--name", "甲\n乙").rules == ["words-form"]
    assert not (tmp_path / "別").exists()


@pytest.mark.process
def test_at_a_terminal_what_is_not_given_is_asked(tmp_path: Path) -> None:
    root = project(tmp_path, FORM=REQUIRED)
    answers = ["甲: 「乙」の件", "総務", "４", "３", "5月6日", "令和4年5月6日", ""]
    ran = answered(["new", "試験", "cases/r4-2/新しい.yaml"], root, answers)
    assert ran.status == 0, ran.out
    assert " 1 総務部総務課" in ran.out and "文書係" not in ran.out
    assert "に当たる部課が二つ以上あります" in ran.out and "という部課は organization.yaml にありません" in ran.out
    assert "日付として読み取れません" in ran.out
    lines = (root / "cases/r4-2/新しい.yaml").read_text("utf-8").splitlines()
    assert {
        "件名: '甲: 「乙」の件'",
        "主管課: 福祉局介護課",
        "依頼: {日付: 2022-05-06}",
        "  - ｛記入：時｝: ｛記入：事柄｝",
    } <= set(lines)


@pytest.mark.process
def test_at_a_terminal_options_are_not_asked_for_and_faults_come_first(tmp_path: Path) -> None:
    root = project(tmp_path, FORM=REQUIRED)
    given = ["--subject", "甲", "--department", "介護課", "--date", "2022-05-06", "--start", "2022-06"]
    ran = answered(["new", "試験", "cases/新しい.yaml", *given], root, [])
    assert ran.status == 0 and "Enter" not in ran.out
    assert "Enter" not in answered(["new", "試験", "cases/新しい.yaml"], root, []).out  # for it is there already


@pytest.mark.process
def test_a_meeting_and_a_municipality_at_a_terminal(tmp_path: Path) -> None:
    answers = ["寿市", "寿市長", "寿 太郎", "総務部", "総務課", "総総", "", "海野 渚", "寿市個人情報保護条例"]
    assert answered(["init", "市"], tmp_path, answers).status == 0
    text = (tmp_path / "市/cases/organization.yaml").read_text("utf-8")
    assert [name for _, name in open_places(text)] == ["会議体の名称"]
    assert (
        answered(["new", "meeting", "cases/第1回"], tmp_path / "市", ["去年", "令和4年度", "1", "", "庁舎"]).status == 0
    )
    text = (tmp_path / "市/cases/第1回/meeting.yaml").read_text("utf-8")
    assert "年度: 令和4年度\n回: 1\n日時: ｛記入：会議の日時｝\n場所: 庁舎\n" in text


NASTY = st.text(
    alphabet=st.sampled_from("あ漢ｱ０１Ab0 　:：#＃-－[]{}｛｝,、'\"\\|>&*!%@`?？~=<.。～年\t\n記入\u3099かが")
    | st.characters(),
    max_size=20,
)


@given(NASTY)
def test_words_read_back_as_they_were_given(words: str) -> None:
    words = clean(words)
    diagnostics = Diagnostics()
    try:
        text = fill(
            "件名: ｛記入：件名｝\n組: {甲: ｛記入：件名2｝, 乙: 丙}\n", {"件名": (words,), "件名2": (words, words)}
        )
    except UnwritableError:
        lone = words and not forbidden(words) and "\n" not in words and "\t" not in words
        assert not lone or words.startswith("\u3000") or not words.strip("\u3000 "), words
        return
    node = read_text(text.encode(), "", diagnostics)
    assert isinstance(node, Mapping) and not diagnostics.found
    title, pair = node.get("件名"), node.get("組")
    assert isinstance(title, Scalar) and title.value == words
    assert isinstance(pair, Mapping) and [each.value for each in pair.get("甲").items] == [words, words]  # type: ignore[union-attr]


@given(NASTY)
def test_a_key_reads_back_too(words: str) -> None:
    words = clean(words)
    try:
        text = f"{written(words, key=True)}: 値\n"
    except UnwritableError:
        return
    diagnostics = Diagnostics()
    node = read_text(text.encode(), "", diagnostics)
    assert isinstance(node, Mapping) and not diagnostics.found
    assert [key.value for key, _ in node.entries] == [words]


def test_numbers_go_into_a_fresh_case(city: Path) -> None:
    done("new", "試験", city / "cases/a.yaml", "--department", "総務課", "--date", "2022-05-06", "--subject", "甲の件")
    done("number", "take", "総総送", "--case", city / "cases/a.yaml", "--root", city)
    assert "依頼: {番号: 1, 日付: 2022-05-06}" in (city / "cases/a.yaml").read_text("utf-8")


def test_the_options_of_new_are_those_that_keys_declare() -> None:
    declared = {
        each.draft.asked.option
        for record in (CaseHead, MeetingFile)
        for each in keys_of(record)
        if each.draft and each.draft.asked
    }
    options = {option for each in new.command.params for option in each.opts if option.startswith("--")}
    assert options - {"--help"} == declared | {
        "--start",
        "--from",
        "--root",
    }  # click adds --help when it is first asked for
