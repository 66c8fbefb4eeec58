"""Digests of all that Kotobuki puts out for the samples, so that two states of the code can be compared byte for byte.

    python tests/support/outputs.py write before.json      # on the old state (or: --checkout OLD write before.json)
    python tests/support/outputs.py compare before.json    # on the new one: lists what differs, status 1 if anything does

The commands are run as users run them, on copies of `cases` and `templates`: builds, packets, sheets to swap, schemas,
diffs in every format, new files, `fmt`, and the messages for a few hundred faults put into the samples one by one.
Whoever changes a paper on purpose finds its name in the list, and nothing else.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import chdir
from pathlib import Path

SAMPLES = ("cases/r4-1", "cases/r4-2")
FAULTS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("misspelt", lambda line: re.sub(r"^([\s-]*[^\s:#-][^\s:#]*)(?=:)", r"\1名", line)),
    ("list", lambda line: re.sub(r":.*$", ": [甲, [乙]]", line)),
    ("text", lambda line: re.sub(r":.*$", ": （１）甲｛乙", line)),
    ("blank", lambda line: re.sub(r":.*$", ":", line)),
    ("gone", lambda line: ""),
)
"""What is done to a line of YAML that has a key: name and edit."""
STEP = 11  # of the lines with a key, every 11th is spoilt in one way each


def main() -> int:
    """Write or compare; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkout", type=Path, default=Path(__file__).parents[2], help="whose code and samples")
    parser.add_argument("verb", choices=("write", "compare"))
    parser.add_argument("file", type=Path)
    asked = parser.parse_args()
    file, checkout = asked.file.resolve(), asked.checkout.resolve()
    sys.path.insert(0, str(checkout))
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        found = dict(_all(checkout, Path(folder)))
    if asked.verb == "write":
        file.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return 0
    before = json.loads(file.read_text(encoding="utf-8"))
    differing = [name for name in {**before, **found} if before.get(name) != found.get(name)]
    for name in differing:
        print(name, "" if name in found else "(gone)", "" if name in before else "(new)")
    print(f"{len(found)} outputs, {len(differing)} differ")
    return 1 if differing else 0


def _all(checkout: Path, folder: Path) -> Iterator[tuple[str, str]]:
    """Name and digest of each output."""
    os.environ["TZ"] = "UTC"
    for name in ("cases", "templates"):
        shutil.copytree(checkout / name, folder / name)
    yield from _papers(folder)
    yield from _words(folder)
    yield from _comparisons(folder)
    yield from _faults(folder)


def _papers(folder: Path) -> Iterator[tuple[str, str]]:
    for sample in (*SAMPLES, "cases/寿市/cases/r4-1"):
        yield from _ran("build", "build", sample, "--out", "built")
    letters = [file for file in sorted(folder.glob("cases/**/*.yaml")) if "様式: 通知" in file.read_text("utf-8")]
    yield from _ran("letters", "build", *map(str, (file.relative_to(folder) for file in letters)), "--out", "letters")
    for sample in SAMPLES:
        yield from _ran("packet", "packet", sample, "--out", "bound")
    case = folder / "cases/r4-1/03-toshokan-system.yaml"
    text = case.read_text("utf-8")
    case.write_text(
        re.sub(r"(\n実施目的:[^\n]*\n[^\n]*?)([^\n])\n", r"\1\2この文は後で加えた。\n", text, count=1), "utf-8"
    )
    swapped = ("packet", "cases/r4-1", "--against", "bound/r4-1", "--date", "2022-05-16", "--out", "swapped")
    yield from _ran("swap", *swapped)
    case.write_text(text, "utf-8")
    for name in ("built", "letters", "bound", "swapped"):
        yield from _files(folder / name)


def _words(folder: Path) -> Iterator[tuple[str, str]]:
    """What commands say, and the small files that they write."""
    commands = ("build", "packet", "diff", "new", "schema", "fmt", "forms", "init", "number", "git")
    for command in commands:
        yield from _ran(f"help {command}", command, "--help")
    yield from _ran("schema", "schema", "--out", "schema", "--vscode")
    yield from _ran("forms", "forms")
    yield from _ran("forms.json", "forms", "--format", "json")
    yield from _ran("fmt", "fmt", "--check", "cases")
    forms = sorted(file.parent.name for file in folder.glob("templates/*/form.yaml"))
    for form in forms:
        yield from _ran(f"forms {form}", "forms", form)
        yield from _ran(f"new {form}", "new", form, f"cases/new/{form}.yaml", "--subject", "見本の件")
        yield from _ran(f"built {form}", "build", f"cases/new/{form}.yaml", "--out", "new-built")
    yield from _ran("new meeting", "new", "meeting", "cases/r4-9", "--year", "令和4年度", "--session", "9")
    for old in sorted(folder.glob("cases/r4-?/0*.yaml")):
        yield from _ran(f"renewed {old.name}", "new", "--from", str(old.relative_to(folder)), f"cases/new/{old.name}")
    yield from _ran("init", "init", "municipality", "--name", "みなと市")
    for name in ("schema", ".vscode", "cases/new", "cases/r4-9", "new-built", "municipality"):
        yield from _files(folder / name)
    for name in ("cases/new", "cases/r4-9", ".vscode", "schema"):
        shutil.rmtree(folder / name, ignore_errors=True)


def _comparisons(folder: Path) -> Iterator[tuple[str, str]]:
    """Each case of a meeting against the one edited in several places, and the organization."""
    old = folder / "old"
    shutil.copytree(folder / "cases", old / "cases")
    shutil.copytree(folder / "templates", old / "templates")
    for file in sorted(folder.glob("cases/r4-?/*.yaml")):
        text = file.read_text("utf-8")
        lines = text.split("\n")
        texts = [at for at, line in enumerate(lines) if line.rstrip().endswith("。")]
        for at in texts[2::5]:
            lines[at] = lines[at].rstrip()[:-1].replace("する", "行う") + "（令和５年度から）。"
        if len(texts) > 8:
            del lines[texts[8]]
        file.write_text("\n".join(lines), "utf-8")
        name = str(file.relative_to(folder))
        for form in ("text", "json", "md", "html"):
            yield from _ran(f"diff.{form} {name}", "diff", f"old/{name}", name, "--format", form)
        for form, ending in (("docx", "docx"), ("pdf", "pdf"), ("redline", "redline.docx")):
            out = f"compared/{file.parent.name}/{file.stem}.{ending}"
            yield from _ran(f"diff.{form} {name}", "diff", f"old/{name}", name, "--format", form, "--out", out)
    yield from _ran("diff cases", "diff", "old/cases", "cases")
    yield from _files(folder / "compared")
    for file in sorted(old.glob("cases/r4-?/*.yaml")):
        shutil.copy(file, folder / file.relative_to(old))
    shutil.rmtree(old)


def _faults(folder: Path) -> Iterator[tuple[str, str]]:
    """The messages for faults put into the samples: of each file, one line spoilt at a time."""
    spoilt = [*sorted(folder.glob("cases/r4-?/*.yaml")), *sorted(folder.glob("templates/*/*.yaml"))]
    for file in (folder / "cases/organization.yaml", *spoilt):
        text = file.read_text("utf-8")
        lines = text.split("\n")
        keyed = [at for at, line in enumerate(lines) if re.match(r"\s*(- )?[^#\s][^#]*?:( |$)", line)]
        target = str((file if file.parent.name.startswith("r4-") else folder / "cases/r4-1").relative_to(folder))
        if file.name == "meeting.yaml":
            target = str(file.parent.relative_to(folder))
        for count, (name, edit) in enumerate(FAULTS):
            for at in keyed[count * 2 :: STEP]:
                file.write_text("\n".join([*lines[:at], edit(lines[at]), *lines[at + 1 :]]), "utf-8")
                yield from _ran(f"fault {name} {file.relative_to(folder)}:{at + 1}", "build", "--check", target)
        file.write_text(text, "utf-8")


def _ran(name: str, *arguments: str) -> Iterator[tuple[str, str]]:
    """The exit status and all that a command says."""
    from click.testing import CliRunner

    from kotobuki.cli import main as kotobuki

    result = CliRunner().invoke(kotobuki, list(arguments))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    here = str(Path.cwd())
    said = f"{result.exit_code}\n{result.output}".replace(here, "")
    yield name, hashlib.sha256(said.encode()).hexdigest()


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            name = file.relative_to(folder.parent).as_posix()
            yield name, hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
