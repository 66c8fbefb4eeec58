"""CodeMirror as it was built: nothing else is handed to the browser, and what went into it says under which licence."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from pathlib import Path

import pytest
from support.paths import ROOT

VENDOR = ROOT / "kotobuki" / "editor" / "web" / "vendor"
PINNED = ROOT / ".ci" / "web" / "package-lock.json"


def text(name: str) -> str:
    """A file with the line ends it was built with, whatever git makes of them."""
    return (VENDOR / name).read_bytes().replace(b"\r\n", b"\n").decode()


def test_what_is_shipped_is_what_was_built() -> None:
    said = dict(reversed(line.split("  ")) for line in text("digests.txt").splitlines())
    assert said == {name: hashlib.sha256(text(name).encode()).hexdigest() for name in said}
    assert {"codemirror.js", "LICENSES.txt"} == set(said)


@pytest.mark.process
def test_building_it_again_gives_the_same(tmp_path: Path) -> None:
    there = ROOT / ".tools" / "web" / "node_modules" / ".pinned"
    if not there.is_file() or there.read_bytes() != PINNED.read_bytes():
        pytest.skip("not installed: what CodeMirror is built with")
    subprocess.run(["bash", ROOT / ".ci" / "web" / "build", tmp_path], check=True, timeout=120)
    assert (tmp_path / "digests.txt").read_text(encoding="utf-8") == text("digests.txt")


def test_all_that_it_says_is_said_in_japanese() -> None:
    bundle = text("codemirror.js")
    asks = re.search(r"function (\w+)\(\w+,\w+\)\{return \w+\.state\.phrase\(\w+\)\}", bundle)
    assert asks is not None
    said = re.findall(rf'(?:\bphrase\(|\b{asks[1]}\(\w+,)"([^"]+)"', bundle)
    page = (VENDOR.parent / "source.js").read_text(encoding="utf-8")
    told = re.findall(r'^  "?([^":]+)"?: "[^"]+",$', page, re.MULTILINE)
    assert len(said) > 20
    assert set(said) <= set(told)


def test_licences_are_those_of_pinned_packages() -> None:
    pinned = json.loads(PINNED.read_text(encoding="utf-8"))["packages"]
    told = re.findall(r"^(\S+) (\d+\.\d+\.\d+) \((MIT|ISC|BSD-[23]-Clause)\)$", text("LICENSES.txt"), re.M)
    assert told
    assert {name: version for name, version, _ in told}.items() <= {
        name.removeprefix("node_modules/"): package.get("version") for name, package in pinned.items()
    }.items()
    own = set(pinned[""]["dependencies"])
    assert own <= {name for name, _, _ in told}
