"""The packet as it was handed out: out of a former output folder, or built anew from a git revision.

In: what the user gave as OLD. Out: its pages. From a revision come the cases and the templates of that time, put into a
folder of their own by git; the fonts and Kotobuki itself are those of today.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

from kotobuki.diagnostics import Diagnostics
from kotobuki.packet.build import PacketMaker
from kotobuki.packet.record import Former, former, read_bundle_manifest, read_manifest
from kotobuki.workshop import UsageError

MANIFEST = "manifest.json"
_BUNDLES = "第*号議案"
_KEPT = ("cases", "templates")


def former_pages(old: str, maker: PacketMaker) -> list[Former]:
    """The pages of OLD: a folder with manifests, a manifest, or a git revision. Raises `UsageError`."""
    path = Path(old)
    if path.is_file():
        return _read(path)
    if path.is_dir():
        return _of_folder(path, maker.name)
    return _of_revision(old, maker)


def _of_folder(folder: Path, name: str) -> list[Former]:
    for place in (folder, folder / name):
        if (place / MANIFEST).is_file():
            return _read(place / MANIFEST)
        if bundles := sorted(place.glob(f"{_BUNDLES}/{MANIFEST}")):
            return [page for bundle in bundles for page in _read_bundle(bundle)]
    raise UsageError(f"「{folder}」に {MANIFEST} がありません。前に作った出力フォルダを指定してください")


def _read(file: Path) -> list[Former]:
    try:
        return read_manifest(file.read_text(encoding="utf-8"))
    except ValueError:
        raise UsageError(f"「{file}」は kotobuki packet の控え（{MANIFEST}）ではありません") from None


def _read_bundle(file: Path) -> list[Former]:
    number = int(file.parent.name.removeprefix("第").removesuffix("号議案"))
    try:
        return read_bundle_manifest(file.read_text(encoding="utf-8"), number)
    except ValueError:
        raise UsageError(f"「{file}」は kotobuki build の控え（{MANIFEST}）ではありません") from None


def _of_revision(revision: str, maker: PacketMaker) -> list[Former]:
    root = maker.workshop.project.root.resolve()
    if not maker.folder.resolve().is_relative_to(root):
        raise UsageError(f"「{maker.folder}」が {root} の中にないため、git の版と比べられません")
    commit = _commit(root, revision)
    with tempfile.TemporaryDirectory(prefix="kotobuki-") as name:
        folder = Path(name)
        _check_out(root, commit, folder)
        then = folder / maker.folder.resolve().relative_to(root)
        diagnostics = Diagnostics()
        if not then.is_dir():
            raise UsageError(f"git の版「{revision}」に、会議のフォルダ「{maker.folder}」がありません")
        packet = PacketMaker(then, folder, diagnostics).make()
        if packet is None or diagnostics.errors:
            fault = diagnostics.errors[0] if diagnostics.errors else None
            where = f"{Path(fault.place.path).name}:{fault.place.line}：{fault.reason}" if fault else ""
            raise UsageError(f"git の版「{revision}」の案件に誤りがあり、比べられません（{where}）")
        return [former(leaf) for leaf in packet.leaves]


def _commit(root: Path, revision: str) -> str:
    if not _git(root, "rev-parse", "--is-inside-work-tree").strip():
        raise UsageError(f"「{revision}」というフォルダはなく、{root} は git で管理されていません")
    found = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if not found.strip():
        raise UsageError(f"「{revision}」というフォルダも、git の版もありません")
    return found.decode().strip()


def _check_out(root: Path, commit: str, folder: Path) -> None:
    """The cases and templates of a commit, as git keeps them."""
    there = _git(root, "ls-tree", "--name-only", "-z", commit, *_KEPT).decode().split("\0")
    names = [name for name in _KEPT if name in there]
    if not names:
        raise UsageError(f"git の版「{commit[:10]}」に cases がありません")
    data = _git(root, "-c", "core.autocrlf=false", "archive", "--format=tar", commit, *names)
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        archive.extractall(folder, filter="data")


def _git(root: Path, *arguments: str) -> bytes:
    """What git prints; nothing if it fails."""
    git = shutil.which("git")
    if git is None:
        raise UsageError("git が見つかりません。前に作った出力フォルダを指定してください")
    command: Sequence[str] = (git, "-C", str(root), *arguments)
    done = subprocess.run(command, capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else b""
