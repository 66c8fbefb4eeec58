"""A small city that has everything, as files, and commands of every kind to be run on them."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

import pikepdf
from click.testing import CliRunner, Result
from support.samples import CASE, COVER, REQUEST, edited, project
from support.word_forms import FORM_WITH_SHEET, sheet

from kotobuki.cli import main

CASE_OF_ALL = (
    edited(CASE, "理由: 委託するため\n", "理由: 委託する｛※期間は１年｝ため、｛→業務｝による。\n")
    + """\
目的:
  - 名簿を提出すること。
  - 期限: [届出, '1,200件']
  - ｛図｝: {種類: 流れ図, 説明: 手順, 手順: [受付, {審査: {次: 通知}}, {通知: {形: 終了}}]}
  - ｛画像｝: {ファイル: e.png, 説明: 写真}
  - ｛表｝: {列: [区分, 件数], 行: [[甲, '1'], [乙, '2']]}
  - ｛値｝: {起案者: 総務課, 決裁: 部長}
時期: [2022-05-01: 契約, 2022-06: 開始]
業務:
  概要: [印刷, 発送]
  体制: {責任者: 総務課長, 担当: 文書係長}
  情報: {項目: [氏名, 住所], 件数: 約100件}
別紙:
  - 規程:
      題名: 運用規程（案）
      制定: 平成15年9月21日
      本則:
        - 目的: この規程は、定める。
        - 定義: [{次による。: [{機器: 甲をいう。}, {利用者: [乙, 丙]}]}, 前項のほか、定める。]
      附則: この規程は、令和4年7月1日から施行する。
  - {題名: 経過, 内容: [一, 二]}
別添:
  - {題名: 評価書, ファイル: hyoka.pdf}
"""
)
COMMANDS = [
    "build {meeting} --out {out}",
    "build {meeting} --out {out}",
    "build {case} --out {out} --format docx",
    "build {case} --out {out} --final",
    "build {meeting} --check",
    "build {cases}/organization.yaml --check",
    "packet {meeting} --out {out}",
    "packet {meeting} --out {out} --format pdf",
    "fmt {cases}",
    "fmt --diff {root}",
    "diff {before} {case}",
    "diff --format html {case} {before}",
    "diff --format json {before} {case}",
    "diff --format md {before} {case}",
    "diff --format docx --out {out}/甲.docx {before} {case}",
    "diff --format redline --out {out}/甲.docx {before} {case}",
    "textconv {case}",
    "schema --root {root}",
    "schema 試験 --root {root}",
    "forms --root {root}",
    "forms 試験 --format json --root {root}",
    "new 試験 {cases}/新.yaml",
    "new --from {case} 試験 {meeting}/新.yaml",
    "status {meeting} --out {out}",
    "number list --root {root}",
    "number check --root {root}",
    "number take 総総送 --subject 件 --date 2022-05-20 --root {root}",
    "number take 総総送 --case {case} --date 2022-05-20 --root {root}",
    "number show 22総総送第1号 --root {root}",
    "merge-driver {before} {case} {other} 案件.yaml",
]


def files_of_a_city(folder: Path) -> dict[str, bytes]:
    """The files of a small city that has everything, by their paths."""
    from PIL import Image

    root = project(
        folder,
        {"案件.yaml": CASE_OF_ALL},
        FORM=FORM_WITH_SHEET,
        COVER=COVER,
        REQUEST=REQUEST + "{{ 別紙 }}\n",
    )
    folder = root / "cases" / "第1回"
    (root / "templates" / "試験" / "送付票.docx").write_bytes(sheet())
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(folder / "hyoka.pdf")
    Image.new("RGB", (40, 30), "gray").save(picture := BytesIO(), "PNG")
    (folder / "e.png").write_bytes(picture.getvalue())
    for at in range(3):
        day = ["--subject", "件", "--date", f"2022-05-0{at + 1}", "--root", str(root)]
        assert CliRunner().invoke(main, ["number", "take", "総総送", *day]).exit_code == 0
    (folder / "before.yaml").write_text(CASE_OF_ALL, encoding="utf-8")
    (folder / "other.yaml").write_text(edited(CASE_OF_ALL, "約100件", "約200件"), encoding="utf-8")
    return {str(file.relative_to(root)): file.read_bytes() for file in root.rglob("*") if file.is_file()}


def ran(files: dict[str, bytes], root: Path, command: str) -> Result:
    """What came of a command in a new folder of these files."""
    shutil.rmtree(root, ignore_errors=True)
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    names = {"root": root, "cases": root / "cases", "meeting": root / "cases" / "第1回", "out": root / "out"}
    more = {
        "case": root / "cases" / "第1回" / "案件.yaml",
        "before": root / "cases" / "第1回" / "before.yaml",
        "other": root / "cases" / "第1回" / "other.yaml",
    }
    return CliRunner().invoke(main, [part.format(**names, **more) for part in command.split()])
