"""The table "Where do I add …?" of kotobuki/ARCHITECTURE.md, tried: a block kind, a mark and a key are added to a copy of the
package, in the places that their rows name and in no other.

With value and reader of a block or a mark alone, mypy names the places that are missing; with all of them it is content, and
the new words are printed. A key is declared once: reader, schema and canonical order know it by that.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.paths import ROOT

Edits = list[tuple[str, str]]
"""What is put in: (the line or words before which it stands, what is put there)."""


@dataclass(frozen=True, kw_only=True)
class Addition:
    """Something new.

    row      what the table calls it
    edits    by file of the package
    known    the edits by which it is read, but not yet printed
    unheld   files that mypy does not miss it in; the tests of the schemas do
    written  as an author writes it: a section of a paper; `printed`: as it is then printed
    """

    row: str
    edits: dict[str, Edits]
    known: Collection[str]
    unheld: Collection[str] = ()
    written: str
    printed: str


QUOTATION = Addition(
    row="a kind of block",
    edits={
        "settings/form.py": [(']\n"""The blocks that a machine', ', "引用"')],
        "case/blocks.py": [
            (
                "Typed = Pairs",
                '@dataclass(frozen=True, slots=True)\nclass Quotation:\n    """引用."""\n\n    body: Content\n\n\n',
            ),
            ('\n"""What numbering turns into', " | Quotation"),
        ],
        "case/content.py": [
            (
                "def reader_of(",
                "def read_quotation(value: Node, diagnostics: Diagnostics) -> b.Content:\n"
                '    """｛引用｝: the words of others."""\n'
                "    return (b.Quotation(read_content(value, diagnostics)),)\n\n\n",
            ),
            (
                "        case _:\n            assert_never(kind)",
                '        case "引用":\n            return read_quotation\n',
            ),
        ],
        "numbering/typed.py": [
            (
                "        case _:\n            assert_never(block)",
                '        case b.Quotation():\n            return (b.Bullets("＞", (block.body,)),)\n',
            ),
        ],
        "compare/content_tree.py": [
            (
                "            case _:\n                assert_never(block)",
                "            case b.Quotation():\n                yield from self.nodes(block.body, level, owner)\n",
            ),
        ],
        "drafting/from_form.py": [('"図" | "画像" | None', '"引用" | ')],
        "schema/content.py": [('"一覧": listing(', '"引用": mixed(),\n        ')],
        "schema/words.py": [('    "共同事業体":', '    "引用": "ほかの文書の文章",\n')],
    },
    known=("settings/form.py", "case/blocks.py", "case/content.py"),
    unheld=("schema/content.py", "schema/words.py"),
    written="[｛引用｝: 引かれた文]",
    printed="＞ 引かれた文",
)

REMARK = Addition(
    row="a ｛…｝ mark",
    edits={
        "reading/inlines.py": [
            (
                "Unframed = Text",
                '@dataclass(frozen=True, slots=True)\nclass Remark:\n    """Words in 〔 〕."""\n\n    text: str\n'
                "    place: Place = field(compare=False)\n\n\n",
            ),
            ('\n"""What is printed, or means something', " | Remark"),
            (
                '        if body == "同行":',
                '        if body.startswith("！"):\n            return Remark(body[1:], place)\n',
            ),
            (
                "        case Name():\n            return inline.name",
                "        case Remark():\n            return inline.text\n",
            ),
        ],
        "numbering/names.py": [
            (
                "            case PaperPageNumber(number=number):",
                "            case Remark():\n                words.append(f'〔{inline.text}〕')\n",
            ),
            ("    RunIn,\n", "    Remark,\n"),
        ],
        "numbering/wording.py": [
            (
                "            case Anchor():",
                "            case Remark(text=text, place=place):\n"
                '                return (WordPiece(f"〔{text}〕", frame=frame, at=((0, place),)),)\n',
            ),
            ("    RunIn,\n", "    Remark,\n"),
        ],
        "compare/wordings.py": [
            ("Name() | Ref() | Note() | NoteRef() | Placeholder():", "Remark() | "),
            (
                "            case Anchor() | RunIn():",
                "            case Remark():\n                yield from words_of(f'〔{inline.text}〕')\n",
            ),
            ("    RunIn,\n", "    Remark,\n"),
        ],
    },
    known=("reading/inlines.py",),
    written="文｛！補足｝。",
    printed="文〔補足〕。",
)


def named(row: str) -> set[str]:
    """The files of the package that a row of the table names."""
    text = (ROOT / "kotobuki" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    (places,) = re.findall(rf"^\| {re.escape(row)} \| (.*) \|$", text, re.MULTILINE)
    return set(re.findall(r"`([\w/]+\.py)`", places))


def add(edits: Edits, file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    for before, new in edits:
        assert text.count(before) == 1, f"{file.name} has {before!r} {text.count(before)} times"
        text = text.replace(before, new + before)
    file.write_text(text, encoding="utf-8")


def missed(project: Path) -> set[str]:
    """The files of the package in which mypy finds a fault."""
    ran = subprocess.run(
        [sys.executable, "-m", "mypy", "-p", "kotobuki"],
        cwd=project,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode in (0, 1), ran.stdout + ran.stderr
    faults = (line for line in ran.stdout.splitlines() if ": error: " in line)
    return {line.split(":")[0].replace("\\", "/").removeprefix("kotobuki/") for line in faults}


def said_by(script: str, project: Path) -> list[str]:
    """What a script prints that uses the package of the project, and the samples of the tests."""
    path = os.pathsep.join((str(project), str(ROOT / "tests")))
    ran = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script],
        cwd=project,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return ran.stdout.splitlines()


def printed(written: str, project: Path) -> list[str]:
    """What a section prints by the package of the project."""
    section = f"目的: {written}"
    return said_by(f"from support.samples import lines\nprint(*lines({section!r}), sep='\\n')", project)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the package, with what mypy knows of it already."""
    for name in ("kotobuki", ".mypy_cache"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy2(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.process
@pytest.mark.parametrize("addition", [QUOTATION, REMARK], ids=lambda addition: addition.row)
def test_what_is_added_where_the_table_says_is_printed(addition: Addition, project: Path) -> None:
    assert named(addition.row) == set(addition.edits)
    package = project / "kotobuki"
    for name in addition.known:
        add(addition.edits[name], package / name)
    rest = set(addition.edits) - set(addition.known)
    assert missed(project) == rest - set(addition.unheld)
    for name in rest:
        add(addition.edits[name], package / name)
    assert missed(project) == set()
    assert printed(addition.written, project)[1:] == [addition.printed]


SUBTITLE: dict[str, Edits] = {
    "case/head.py": [
        (
            "    departments: tuple[Scalar, ...] = keyed(",
            '    subtitle: Scalar | None = keyed("副題", AnyText(), "件名に続けて印字する副題")\n',
        ),
    ],
    "case/case.py": [
        (
            " if head.title else (),",
            " + (parse_line(head.subtitle, diagnostics) if head.subtitle else ())",
        ),
    ],
}
USES = """
from support.samples import CASE, city, compose, edited, kind
from kotobuki.case.head import HEADER
from kotobuki.schema.files import schemas

case = edited(CASE, "主管課: 総務部総務課", "副題: （試みとして）\\n主管課: 総務部総務課")
result = compose(case)
print(result.faults, [line for line in result.lines if "（試みとして）" in line][-1].strip())
print(schemas(city(), [kind()])["case-試験"]["properties"]["副題"]["description"])
print("・".join(HEADER[:4]))
"""


@pytest.mark.process
def test_a_key_is_said_once_and_read_described_ordered_and_printed(project: Path) -> None:
    assert named("a key at the head of a case") == set(SUBTITLE)
    for name, edits in SUBTITLE.items():
        add(edits, project / "kotobuki" / name)
    assert missed(project) == set()
    assert said_by(USES, project) == [
        "[] 見本の業務について（試みとして）",
        "件名に続けて印字する副題",
        "様式・件名・副題・主管課",
    ]
