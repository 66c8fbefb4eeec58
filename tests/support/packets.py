"""Packets of the sample meeting, its files edited."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from kotobuki.diagnostics import Diagnostics
from kotobuki.packet.build import build_packet
from kotobuki.packet.command import PacketOptions

Edit = Callable[[str], str]


def project(sample_root: Path, tmp_path: Path, *, items: str = "236", **edits: Edit) -> Path:
    """A copy of the sample project with files of the meeting edited; the keys are the beginnings of their names.

    `items`: what stays on its agenda. Three of the seven are as a rule enough: what is tested is bound twice, and all
    seven take their time. The packet has no settings.
    """
    root = tmp_path / "project"
    shutil.copytree(sample_root, root)
    folder = root / "cases" / "r4-1"
    meeting = folder / "meeting.yaml"
    text = re.sub(rf"(?m)^  [^{items}]: .*\n", "", meeting.read_text(encoding="utf-8"))
    meeting.write_text(re.sub(r"(?ms)^\n(#[^\n]*\n)*資料:.*", "", text), encoding="utf-8")
    for name, edit in edits.items():
        (file,) = folder.glob(f"{name.removeprefix('case')}*.yaml")
        text = file.read_text(encoding="utf-8")
        assert edit(text) != text
        file.write_text(edit(text), encoding="utf-8")
    return folder


def settings(*lines: str) -> Edit:
    """The edit of meeting.yaml that adds these lines under 資料."""
    return lambda text: text + "資料:\n" + "".join(f"  {line}\n" for line in lines)


def packet(folder: Path, out: Path, formats: tuple[str, ...] = ("docx", "pdf")) -> Path:
    """The folder below `out` into which the packet of a meeting was bound without a diagnostic, but that of a plain 別添."""
    diagnostics = Diagnostics()
    build_packet(folder, PacketOptions(out, formats=formats), None, diagnostics)
    assert {each.rule for each in diagnostics} <= {"attachment-plain"}
    return out / folder.name
