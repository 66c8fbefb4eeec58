"""`kotobuki forms`: the list, one form in full, and both as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.commands import run
from support.drafts import done
from support.paths import ROOT
from support.samples import FORM, edited, project

from kotobuki.spreadsheets.columns import aligned, columns


@pytest.fixture
def root(tmp_path: Path) -> Path:
    form = FORM.replace("様式: 試験\n", "様式: 試験\n説明: 試しに使う様式\n先頭: {根拠: なし, 会議体: 必須}\n")
    return project(
        tmp_path, FORM=edited(form, "{名: 理由, 必須: はい}", "{名: 理由, 必須: はい, 手引: 何に当たるかを書く。}")
    )


def test_the_list_names_purpose_and_source(root: Path) -> None:
    lines = done("forms", "--root", root).out.splitlines()
    assert lines[0].split() == ["試験", "試しに使う様式", f"（{root.as_posix()}/templates/試験/form.yaml）"]
    assert any(line.startswith("外部委託 ") and line.endswith("（Kotobuki に付属）") for line in lines)
    (at,) = {columns(line[: line.index("（Kotobuki")]) for line in lines if "（Kotobuki" in line}
    assert at == columns(lines[0][: lines[0].index("（")])


def test_one_form_in_full(root: Path) -> None:
    assert done("forms", "試験", "--root", root).out.splitlines()[1:] == [
        "  試しに使う様式",
        "書類",
        "  表紙    会議のときだけ",
        "  依頼書",
        "先頭のキー",
        *(f"  {key}{' ' * (8 - columns(key))}{use}" for key, use in HEAD.items()),
        "節と行",
        "  事項    自動  内容      書かなければ「｛件名｝」と印字する。",
        "  理由    必須  内容      何に当たるかを書く。",
        "  目的    任意  内容",
        "  時期    任意  日程",
        "  担当    自動  内容      書かなければ「｛主管課｝」と印字する。",
        "  業務    任意  表",
        "    概要  必須  内容",
        "    体制  任意  体制",
        "    情報  任意  個人情報",
        "    予定  任意  日程",
    ]


def test_the_columns_of_a_table_of_several_are_shown(tmp_path: Path) -> None:
    root = project(tmp_path, FORM=FORM + "  - {名: 指摘, 種類: 表, 列: [区分, 内容, 措置], 手引: 漏れなく書く。}\n")
    assert done("forms", "試験", "--root", root).out.splitlines()[-1].endswith("漏れなく書く。列は、区分・内容・措置。")
    one = json.loads(done("forms", "試験", "--format", "json", "--root", root).out)
    assert one["節"][-1]["列"] == ["区分", "内容", "措置"]


HEAD = {
    "様式": "必須",
    "件名": "必須",
    "主管課": "必須",
    "依頼": "任意",
    "会議体": "必須",
    "用語": "任意",
    "文言": "任意",
    "別紙": "任意",
    "別添": "任意",
    "組版": "任意",
}


def test_as_json(root: Path) -> None:
    every = json.loads(done("forms", "--format", "json", "--root", root).out)
    one = json.loads(done("forms", "試験", "--format", "json", "--root", root).out)
    assert every[0] == one and len(every) > 3
    assert one["先頭"]["根拠"] == "なし" and one["先頭"]["会議体"] == "必須"
    assert one["節"][1] == {"名": "理由", "種類": "内容", "必須": True, "手引": "何に当たるかを書く。"}
    assert one["節"][5]["行"][1] == {"名": "体制", "種類": "体制", "必須": False, "手引": ""}
    assert [each["名"] for each in one["書類"]] == ["表紙", "依頼書"]


def test_a_form_that_is_unknown_and_one_that_is_wrong(root: Path) -> None:
    ran = run("forms", "試練", "--root", root)
    assert (ran.status, ran.rules) == (1, ["form-unknown"]) and "「試験」の誤り" in ran.err
    (root / "templates/試験/form.yaml").write_text("様式: 試験\n", encoding="utf-8")
    ran = run("forms", "--root", root)
    assert (ran.status, ran.rules) == (1, ["missing-key", "missing-key"]) and "外部委託" in ran.out


def test_without_a_project_the_forms_that_come_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "外部委託" in done("forms").out and "templates" not in done("forms").out


def test_columns_stand_under_each_other() -> None:
    assert list(aligned([("甲", "a", "末"), ("ab", "乙乙", ""), ("か\u3099", "", "x")])) == [
        "甲  a     末",
        "ab  乙乙",
        "か\u3099        x",
    ]


def test_a_missing_template_is_said_by_forms_and_new(root: Path) -> None:
    (root / "templates/試験/依頼書.txt").unlink()
    for arguments in (("forms",), ("forms", "試験"), ("new", "試験", root / "cases/a.yaml")):
        found = run(*arguments, "--root", root)
        assert (found.status, found.rules) == (1, ["template-missing"]), arguments
    assert not (root / "cases/a.yaml").exists()
    assert run("forms", "外部委託", "--root", root).status == 0


def test_a_form_is_copied_with_its_templates_and_is_ones_own_then(root: Path) -> None:
    said = done("forms", "--copy", "外部委託", "--root", root).out
    own = root / "templates"
    assert [line.removeprefix(f"{own.as_posix()}/") for line in said.splitlines()] == [
        "外部委託/form.yaml を書きました。",
        *(f"共通/{name}.txt を書きました。" for name in ("表紙", "諮問書", "諮問依頼書")),
    ]
    assert (own / "外部委託/form.yaml").read_bytes() == (ROOT / "templates/外部委託/form.yaml").read_bytes()
    assert "（Kotobuki に付属）" not in done("forms", "外部委託", "--root", root).out.splitlines()[0]


def test_nothing_is_copied_over_another_file(root: Path) -> None:
    mine = root / "templates/共通/表紙.txt"
    mine.parent.mkdir()
    mine.write_text("標題：私の表紙\n", encoding="utf-8")
    lines = done("forms", "--copy", "外部委託", "--root", root).out.splitlines()
    assert [line.rpartition("/")[2] for line in lines][-1] == "表紙.txt はすでにあるので、そのままにしました。"
    assert mine.read_text(encoding="utf-8") == "標題：私の表紙\n" and len(lines) == 4
    assert len(done("forms", "--copy", "外部委託", "--root", root).out.splitlines()) == 4


def test_a_copy_may_have_a_name_of_its_own(root: Path) -> None:
    done("forms", "--copy", "外部委託", "--as", "委託（簡易）", "--root", root)
    assert done("forms", "委託（簡易）", "--root", root).out.startswith("委託（簡易）（")
    assert "外部委託（Kotobuki に付属）" in done("forms", "外部委託", "--root", root).out
    done("forms", "--copy", "試験", "--as", "試験2", "--root", root)  # one's own, too
    assert done("new", "試験2", root / "cases/a.yaml", "--root", root).status == 0


def test_the_templates_that_a_form_of_ones_own_lacks_are_brought(root: Path) -> None:
    form = root / "templates/試験/form.yaml"
    form.write_text(
        form.read_text(encoding="utf-8").replace("試験/依頼書.txt", "共通/諮問依頼書.txt"), encoding="utf-8"
    )
    assert run("forms", "試験", "--root", root).rules == ["template-missing"]
    done("forms", "--copy", "試験", "--root", root)
    assert done("forms", "試験", "--root", root).err == ""


@pytest.mark.parametrize("name", ["会議資料", "base.docx"])
def test_what_is_no_form_can_be_copied_too(root: Path, name: str) -> None:
    before = set(root.rglob("*"))
    done("forms", "--copy", name, "--root", root)
    new = {each.name for each in {*root.rglob("*")} - before if each.is_file()}
    assert new == (
        {"base.docx"} if name == "base.docx" else {each.name for each in (ROOT / "templates/会議").iterdir()}
    )


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("--copy", "外部依託"), 1),
        (("--copy", "外部委託", "--as", "試験"), 2),
        (("--copy", "外部委託", "--as", "CON"), 1),
        (("--copy", "外部委託", "--as", "../外"), 1),
        (("--copy", "base.docx", "--as", "別"), 2),
        (("--as", "別"), 2),
        (("試験", "--copy", "外部委託"), 2),
    ],
)
def test_copies_that_cannot_be(root: Path, arguments: tuple[str, ...], status: int) -> None:
    before = set(root.rglob("*"))
    found = run("forms", *arguments, "--root", root)
    assert found.status == status and found.err
    assert set(root.rglob("*")) == before


def test_nothing_is_copied_through_a_link_that_leads_out(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (root / "templates/共通").symlink_to(outside, target_is_directory=True)
    assert run("forms", "--copy", "外部委託", "--root", root).status == 2
    assert [*outside.iterdir()] == [] and not (root / "templates/外部委託").exists()
