"""A sample case edited, and what the comparison says: what the tests of reviewing share."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from support.paths import ROOT
from support.samples import edited

from kotobuki.compare.comparison import comparison
from kotobuki.compare.files import compared
from kotobuki.compare.listing import listed
from kotobuki.compare.renderings import plainly, terminal
from kotobuki.document import Document, Paragraph, Run, Table
from kotobuki.settings.house_style import ComparisonStyle

CASES = {"02": "02-jinken-keihatsu.yaml", "03": "03-toshokan-system.yaml", "06": "06-microchip.yaml"}
POLICY = "cases/r4-2/01-bunrui.yaml"
Edits = Sequence[tuple[str, str]]

# A realistic revision of item 3: an item inserted in the middle, a term renamed, an article changed, a row dropped, a
# section moved. The form lets the row go.
FORM = "templates/システム変更及び外部委託/form.yaml"
OPTIONAL_ROW = ("{名: 履行場所, 必須: はい", "{名: 履行場所")
REVISION: Edits = (
    (
        "        - 業務に従事する者に必ず名札を着けさせる。\n",
        "        - 業務に従事する者に、個人情報の保護に関する研修を毎年受けさせる。\n        - 業務に従事する者に必ず名札を着けさせる。\n",
    ),
    ("｛図書館システム｝", "｛図書館情報システム｝"),
    ("\n  図書館システム: ", "\n  図書館情報システム: "),
    ("利用者が英数字5文字以上で", "利用者が英数字8文字以上で"),
    ("  履行場所: ｛区立図書館｝\n", ""),
    ("\n諮問理由: >-", "\n｛順序｝: [諮問事項, 諮問理由, 実施目的, 情報セキュリティポリシーへの対応]\n\n諮問理由: >-"),
)


def copy(folder: Path) -> Path:
    """The project's cases, and the form that tests edit: the others are those that come with Kotobuki, read once."""
    for name in ("cases", "templates/共通", str(Path(FORM).parent)):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def _copied_anew(folder: Path) -> Path:
    """The same in the place of what the test before has left there: what a process keeps of a file goes by its path, too."""
    shutil.rmtree(folder, ignore_errors=True)
    return copy(folder)


def edit(file: Path, edits: Edits) -> Path:
    """A file edited in place; a mark of a term is changed wherever it stands, anything else must stand there once."""
    text = file.read_text(encoding="utf-8")
    for old, new in edits:
        text = text.replace(old, new) if old.startswith("｛") else edited(text, old, new)
    file.write_text(text, encoding="utf-8")
    return file


def versions(folder: Path, case: str, edits: Edits) -> tuple[Path, Path]:
    """A sample case (its number, or where its file is) as it is, and edited."""
    old, new = (_copied_anew(folder.parent / name) for name in ("compared-old", "compared-new"))
    for root in (old, new):
        edit(root / FORM, [OPTIONAL_ROW])
    name = f"cases/r4-1/{CASES[case]}" if case in CASES else case
    return old / name, edit(new / name, edits)


def listing(old: Path | str, new: Path | str, paths: Sequence[Path] = (), root: Path | None = None) -> list[str]:
    """What a terminal without colours shows, without the name of the file and the summary."""
    with compared(str(old), str(new), paths, root) as found:
        shown = list(terminal(list(listed(found)), plainly))
    return [line.strip() for line in shown[1:-1]] if len(shown) > 1 else shown


def table(old: Path, new: Path, style: ComparisonStyle | None = None) -> list[list[str]]:
    """The 新旧対照表: for each paper its rows as `new | old`, what is underlined between _ and _."""
    document = comparison_of(old, new, style)
    return [
        [line for block in paper.blocks if isinstance(block, Table) for line in rows(block)]
        for paper in document.papers
    ]


def comparison_of(old: Path, new: Path, style: ComparisonStyle | None = None) -> Document:
    with compared(str(old), str(new), (), None, literal=True) as found:
        document = comparison(found, style or ComparisonStyle())
    assert document is not None
    return document


def rows(found: Table) -> list[str]:
    return [
        " | ".join(
            "／".join(marked(block) for block in cell.blocks if isinstance(block, Paragraph)) for cell in row.cells
        )
        for row in found.rows
    ]


def marked(paragraph: Paragraph) -> str:
    gap = "　" if paragraph.tab else ""
    words = "".join(
        f"_{run.text}_" if isinstance(run, Run) and run.underlined else run.text for run in paragraph.inlines
    )
    return f"{paragraph.label}{gap}{words}".replace("__", "")
