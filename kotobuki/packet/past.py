"""The packet as it was handed out: out of a record, a former output folder, or built anew from a git revision.

In: what the user gave as OLD, `LAST` where it was nothing. Out: its pages. From a revision come the cases and the templates of that time, put into a
folder of their own by git; the fonts and Kotobuki itself are those of today.
"""

from __future__ import annotations

import tempfile
from pathlib import Path, PurePosixPath

from kotobuki.build.confined import Confined
from kotobuki.build.manifest import MANIFEST
from kotobuki.build.outputs import is_unfinished
from kotobuki.diagnostics import Diagnostics, UsageError
from kotobuki.git.revisions import check_out, commit_of, refuse
from kotobuki.japanese.wareki import DateError
from kotobuki.packet.build import PacketMaker
from kotobuki.packet.issue import Issue, parse_issue, records_of
from kotobuki.packet.record import Former, formers, read_bundle_manifest, read_manifest, record_text
from kotobuki.project import CASES, ORGANIZATION, TEMPLATES

LAST = ""
"""What was handed out last."""
_BUNDLES = "第*号議案"


def former_pages(old: str, maker: PacketMaker) -> list[Former]:
    """The pages of OLD: a day they were handed out, a folder with manifests, a manifest, or a git revision.

    Raises `UsageError`.
    """
    if record := _record(old, maker.folder):
        return _read(record)
    path = Path(old)
    if path.is_file():
        return _read(path)
    if path.is_dir():
        return _of_folder(path, maker.name)
    return _of_revision(old, maker)


def issue_of(old: str, folder: Path) -> Issue | None:
    """When what OLD names was handed out; None where that is not known. Raises `UsageError`, as `former_pages`."""
    record = _record(old, folder)
    return parse_issue(record.stem) if record else None


def _record(old: str, folder: Path) -> Path | None:
    """The record that OLD names by its day; None where OLD is something else."""
    records = {each.issue: each.file for each in records_of(folder)}
    if old == LAST:
        if records:
            return list(records.values())[-1]
        raise UsageError(
            "配った資料の控えがまだありません。配るときに --issue 日付 を付けるか、"
            "--against に、配ったときの出力フォルダか git の版を書いてください"
        )
    try:
        issue = parse_issue(old)
    except DateError:
        return None
    if issue not in records and not Path(old).exists():
        known = f"（あるのは {'・'.join(each.name for each in records)}）" if records else ""
        raise UsageError(f"{issue.name} に配った資料の控えはありません{known}")
    return records.get(issue)


def _of_folder(folder: Path, name: str) -> list[Former]:
    for place in (folder, folder / name):
        bundles = sorted(place.glob(_BUNDLES))
        for each in (place, *bundles):
            if is_unfinished(Confined(each), PurePosixPath()):
                how = "書き出しの途中で止まっているため、比べられません。作り直すか、ほかの控えを指定してください"
                raise UsageError(f"「{each}」は、{how}")
        if (place / MANIFEST).is_file():
            return _read(place / MANIFEST)
        if found := [each / MANIFEST for each in bundles if (each / MANIFEST).is_file()]:
            return [page for each in found for page in _read_bundle(each)]
    raise UsageError(f"「{folder}」に {MANIFEST} がありません。前に作った出力フォルダを指定してください")


def _read(file: Path) -> list[Former]:
    try:
        return read_manifest(record_text(file))
    except ValueError:
        raise UsageError(f"「{file}」は kotobuki packet の控え（{MANIFEST}）ではありません") from None


def _read_bundle(file: Path) -> list[Former]:
    try:
        number = int(file.parent.name.removeprefix("第").removesuffix("号議案"))
        return read_bundle_manifest(record_text(file), number)
    except ValueError:
        raise UsageError(f"「{file}」は kotobuki build の控え（{MANIFEST}）ではありません") from None


def _of_revision(revision: str, maker: PacketMaker) -> list[Former]:
    root = maker.workshop.project.root.resolve()
    if not maker.folder.resolve().is_relative_to(root):
        raise UsageError(f"「{maker.folder}」が {root} の中にないため、git の版と比べられません")
    commit = commit_of(root, revision)
    with tempfile.TemporaryDirectory(prefix="kotobuki-") as name:
        folder = Path(name)
        faults = check_out(root, commit, folder)
        own = maker.folder.resolve().relative_to(root).as_posix()
        read = (own, f"{CASES}/{ORGANIZATION}", TEMPLATES)
        refuse(faults, revision, lambda fault: any(map(fault.touches, read)))
        then = folder / own
        diagnostics = Diagnostics()
        if not then.is_dir():
            raise UsageError(f"git の版「{revision}」に、会議のフォルダ「{maker.folder}」がありません")
        packet = PacketMaker(then, folder, diagnostics).make()
        if packet is None or diagnostics.errors:
            fault = diagnostics.errors[0] if diagnostics.errors else None
            where = f"{Path(fault.place.path).name}:{fault.place.line}：{fault.reason}" if fault else ""
            raise UsageError(f"git の版「{revision}」の案件に誤りがあり、比べられません（{where}）")
        return formers(packet.leaves)
