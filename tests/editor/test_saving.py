"""A file saved from the browser: whole or not at all, never over what others wrote, and what was there before is kept."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from support.processes import surroundings
from support.samples import CASE, edited, project
from support.serving import desk_of

from kotobuki.editor.desk import Desk
from kotobuki.editor.disk import history
from kotobuki.editor.disk.files import open_file
from kotobuki.editor.disk.history import Version, surplus
from kotobuki.editor.disk.line_ends import restored
from kotobuki.editor.disk.saving import save, version, versions
from kotobuki.editor.disk.texts import Texts, digest_of
from kotobuki.editor.refusal import RefusalError
from kotobuki.project import yaml_below
from kotobuki.reading.source import MAX_BYTES
from kotobuki.register.lock import try_lock

NAME = "cases/第1回/案件.yaml"
OURS = edited(CASE, "見本の業務", "私の業務")
THEIRS = edited(CASE, "委託するため", "外に委託するため")
ODDS = edited(CASE, "見本の業務", "人の業務")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_of(project(tmp_path / "資料", {"案件.yaml": CASE, "別件.yaml": CASE}))


@pytest.fixture
def file(desk: Desk) -> Path:
    return desk.root / NAME


def opened(desk: Desk) -> Any:  # noqa: ANN401  (JSON)
    return open_file(desk, {"file": key_of(desk)})


def key_of(desk: Desk) -> str:
    found = desk.library.id_of(desk.root / NAME)
    assert found
    return found


def saved(desk: Desk, text: str, digest: str) -> Any:  # noqa: ANN401  (JSON)
    return save(desk, {"file": key_of(desk), "text": text, "digest": digest})


def kept(desk: Desk) -> list[str]:
    """The versions that are kept, the newest first."""
    told: Any = versions(desk, {"file": key_of(desk)})
    read: Any = [version(desk, {"file": key_of(desk), "id": each["id"]}) for each in told["versions"]]
    return [each["text"] for each in read]


def test_what_is_saved_stands_and_what_stood_there_is_kept(desk: Desk, file: Path) -> None:
    file.chmod(0o640)
    first = saved(desk, OURS, opened(desk)["digest"])
    assert file.read_text(encoding="utf-8") == OURS
    assert first == {"digest": digest_of(OURS.encode())}
    assert saved(desk, THEIRS, first["digest"]) == {"digest": digest_of(THEIRS.encode())}
    assert file.stat().st_mode & 0o777 == 0o640
    assert kept(desk) == [OURS, CASE]
    told: Any = versions(desk, {"file": key_of(desk)})
    assert [(each["when"][:10], each["size"], each["changed"]) for each in told["versions"]] == [
        ("2022-05-06", len(OURS.encode()), 2),
        ("2022-05-06", len(CASE.encode()), 1),
    ]
    assert {each.name for each in file.parent.iterdir()} == {"案件.yaml", "別件.yaml", "meeting.yaml"}
    assert (desk.root / "履歴/.gitignore").read_bytes() == b"*\n"


def test_what_is_the_same_is_not_written(desk: Desk, file: Path) -> None:
    before = file.stat()
    assert saved(desk, CASE, "whatever") == {"digest": digest_of(CASE.encode())}
    assert (file.stat().st_mtime_ns, file.stat().st_ino, kept(desk)) == (before.st_mtime_ns, before.st_ino, [])


def test_what_others_wrote_meanwhile_is_merged_and_the_user_asked(desk: Desk, file: Path) -> None:
    digest = opened(desk)["digest"]
    file.write_text(THEIRS, encoding="utf-8")
    conflict = saved(desk, OURS, digest)["conflict"]
    both = edited(OURS, "委託するため", "外に委託するため")
    assert conflict == {"text": THEIRS, "digest": digest_of(THEIRS.encode()), "merged": both}
    assert (file.read_text(encoding="utf-8"), kept(desk)) == (THEIRS, [])
    assert saved(desk, both, conflict["digest"]) == {"digest": digest_of(both.encode())}
    assert (file.read_text(encoding="utf-8"), kept(desk)) == (both, [THEIRS])


def test_versions_at_odds_are_both_shown(desk: Desk, file: Path) -> None:
    digest = opened(desk)["digest"]
    file.write_text(ODDS, encoding="utf-8")
    assert saved(desk, OURS, digest)["conflict"] == {
        "text": ODDS,
        "digest": digest_of(ODDS.encode()),
        "merged": None,
    }
    assert file.read_text(encoding="utf-8") == ODDS


def test_two_tabs_on_one_case(desk: Desk, file: Path) -> None:
    one, other = opened(desk), opened(desk)
    saved(desk, THEIRS, one["digest"])
    conflict = saved(desk, OURS, other["digest"])["conflict"]
    assert conflict["text"] == THEIRS
    assert conflict["merged"] is not None
    assert file.read_text(encoding="utf-8") == THEIRS


def test_a_server_that_began_again_still_knows_what_was_opened(desk: Desk, file: Path) -> None:
    digest = opened(desk)["digest"]
    saved(desk, THEIRS, digest)
    again = desk_of(desk.root)
    assert saved(again, OURS, digest)["conflict"]["merged"] is not None  # what was opened is in 履歴 by now
    assert saved(again, OURS, "0" * 64)["conflict"]["merged"] is None


def test_a_file_that_went_away_is_not_made_again_unasked(desk: Desk, file: Path) -> None:
    digest = opened(desk)["digest"]
    file.unlink()
    assert saved(desk, OURS, digest) == {"conflict": {"text": "", "digest": "", "merged": None}}
    assert not file.exists()
    with pytest.raises(RefusalError):
        opened(desk)
    assert saved(desk, OURS, "") == {"digest": digest_of(OURS.encode())}
    assert file.read_text(encoding="utf-8") == OURS
    file.write_text(ODDS, encoding="utf-8")
    assert "conflict" in saved(desk, OURS, "")


def test_what_changes_at_the_last_moment_is_not_written_over(
    desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flush = os.fsync

    def meanwhile(descriptor: int) -> None:
        flush(descriptor)
        file.write_text(ODDS, encoding="utf-8")

    digest = opened(desk)["digest"]
    monkeypatch.setattr(os, "fsync", meanwhile)
    assert saved(desk, OURS, digest)["conflict"]["text"] == ODDS
    assert file.read_text(encoding="utf-8") == ODDS


def test_of_two_servers_one_saves_after_the_other(desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace, lock, free = os.replace, desk.root / "履歴/.lock", list[bool]()

    def meanwhile(*given: Any, **named: Any) -> None:  # noqa: ANN401  (as os.replace takes them)
        if lock.exists():
            free.append(try_lock(lock) is not None)
        replace(*given, **named)

    monkeypatch.setattr(os, "replace", meanwhile)
    digest = saved(desk, OURS, opened(desk)["digest"])["digest"]
    assert free == [False, False]  # as the version is kept, and as the file is saved
    monkeypatch.setattr(history, "_PATIENCE", 0.0)
    release = try_lock(lock)
    assert release is not None
    assert "digest" in saved(desk, CASE, digest)  # who stands still keeps nobody from saving
    release()


def test_a_full_disk_leaves_what_was_there(desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    digest = opened(desk)["digest"]
    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(RefusalError, match="ディスクがいっぱい"):
        saved(desk, OURS, digest)
    assert file.read_text(encoding="utf-8") == CASE
    assert len(list(file.parent.iterdir())) == 3
    assert not (desk.root / "履歴/.gitignore").exists()  # empty, it would keep nothing out of git


def test_what_cannot_be_kept_does_not_keep_from_saving(desk: Desk, file: Path, tmp_path: Path) -> None:
    outside = tmp_path / "外"
    outside.mkdir()
    (desk.root / "履歴").symlink_to(outside)
    found = saved(desk, OURS, opened(desk)["digest"])
    assert "残せませんでした" in found["note"]
    assert (file.read_text(encoding="utf-8"), list(outside.iterdir())) == (OURS, [])


@pytest.mark.parametrize(
    ("before", "sent", "after"),
    [
        (b"\xef\xbb\xbfa: 1\n", "a: 2\n", b"\xef\xbb\xbfa: 2\n"),
        (b"a: 1\r\nb: 1\r\n", "a: 2\r\nb: 1\r\n", b"a: 2\r\nb: 1\r\n"),
        (b"a: 1\r\nb: 1\nc: 1\r\n", "a: 1\r\nb: 1\r\nc: 2\r\n", b"a: 1\r\nb: 1\nc: 2\r\n"),
        (b"a: 1", "a: 2", b"a: 2"),
        (b"", "a: 2\n", b"a: 2\n"),
    ],
)
def test_bytes_that_were_not_touched_stay(desk: Desk, file: Path, before: bytes, sent: str, after: bytes) -> None:
    file.write_bytes(before)
    found = opened(desk)
    assert found["text"].encode() == before.removeprefix(b"\xef\xbb\xbf")
    saved(desk, sent, found["digest"])
    assert file.read_bytes() == after


@pytest.mark.parametrize(
    ("data", "end"),
    [(b"", "\n"), (b"a\n", "\n"), (b"a\r\nb\nc\r\n", "\r\n"), (b"a\rb\r", "\r"), (b"a\rb\n", "\n")],
)
def test_the_line_end_that_most_lines_have_is_told(desk: Desk, file: Path, data: bytes, end: str) -> None:
    file.write_bytes(data)
    assert opened(desk)["line_end"] == end


@pytest.mark.parametrize(
    ("text", "old", "found"),
    [
        ("a\nb\nc\n", "a\r\nb\nc\r\n", "a\r\nb\nc\r\n"),
        ("x\na\nb\ny\nc\n", "a\r\nb\nc\r\n", "x\na\r\nb\ny\nc\r\n"),
        ("a\nb", "a\r\nb\r\nc\n", "a\r\nb"),
        ("a\nb\nc", "a\rb\nc", "a\rb\nc"),
        ("a\nb\n", "a\r\nb\r\n", "a\nb\n"),
        ("", "a\r\nb\n", ""),
    ],
)
def test_line_ends_of_untouched_lines_come_back(text: str, old: str, found: str) -> None:
    assert restored(text, old) == found


def test_what_is_kept_is_nobody_elses(desk: Desk, file: Path) -> None:
    """Neither put in order nor compared with what stands in the project; what another folder of that name holds is."""
    saved(desk, f"{CASE}\n\n", opened(desk)["digest"])
    (file.parent / "履歴").mkdir()
    found = {each.relative_to(desk.root).parts[0] for each in yaml_below(desk.root)}
    assert found == {"cases", "templates"}
    (file.parent / "履歴/案件.yaml").write_text(CASE, encoding="utf-8")
    assert file.parent / "履歴/案件.yaml" in yaml_below(desk.root)
    assert kept(desk) == [CASE]


def test_what_is_no_text_is_not_opened(desk: Desk, file: Path) -> None:
    file.write_bytes("件名: 甲".encode("cp932"))
    with pytest.raises(RefusalError, match="UTF-8"):
        opened(desk)


def test_what_is_too_large_is_not_opened(desk: Desk, file: Path) -> None:
    file.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(RefusalError, match="大きすぎる"):
        opened(desk)


def test_versions_are_found_by_their_id_alone(desk: Desk, file: Path) -> None:
    saved(desk, OURS, opened(desk)["digest"])
    folder = desk.root / "履歴" / NAME
    (folder / "メモ.yaml").write_text("a", encoding="utf-8")
    (folder / "9999-99-99_00-00-00.000000_0123456789abcdef.yaml").write_text("a", encoding="utf-8")
    (folder / "2022-05-06_09-01-00.000001_0123456789abcdef.yaml").symlink_to(file)
    assert kept_ids(desk) == [next(each.stem for each in folder.glob("2022*09-01-00.000000*"))]
    for key in ("", "メモ", "../../../cases/organization", str(file)):
        with pytest.raises(RefusalError):
            version(desk, {"file": key_of(desk), "id": key})


def kept_ids(desk: Desk) -> list[str]:
    told: Any = versions(desk, {"file": key_of(desk)})
    return [each["id"] for each in told["versions"]]


def test_of_many_versions_the_old_ones_that_are_close_go() -> None:
    begun = datetime(2022, 5, 6, 9)
    minutes = [0, 1, 2, 600, 601, 1200, 1800, 1801, 1802, 1803]
    found = [Version(begun + timedelta(minutes=each), f"{each:016x}") for each in reversed(minutes)]
    gone = [int(each.digest, 16) for each in surplus(found, 6)]
    assert len(gone) == 4
    assert not {0, 1801, 1802, 1803} & set(gone)  # the first, and the newest
    assert {1, 601} <= set(gone) or {1, 600} <= set(gone)
    assert surplus(found, 10) == []


def test_states_are_kept_as_far_as_there_is_room() -> None:
    texts = Texts(most=10)
    one, two = texts.put(b"12345"), texts.put(b"1234")
    assert (texts.find(one), texts.put(b"12345")) == (b"12345", one)
    texts.put(b"123")
    assert (texts.find(two), texts.find(one)) == (None, b"12345")


KILLED = """
import os, shutil, signal, sys
from datetime import datetime
from pathlib import Path
from kotobuki.editor.desk import Desk
from kotobuki.editor.disk.files import open_file
from kotobuki.editor.disk.saving import save

desk, key, file = Desk.at(Path(sys.argv[1]), lambda: datetime(2022, 5, 6)), sys.argv[2], Path(sys.argv[3])
for last in range(int(sys.argv[4])):
    shutil.rmtree(desk.root / "履歴", ignore_errors=True)
    before, after = file.read_bytes(), b"%d" % last * 50_000
    if not (child := os.fork()):
        steps = 0
        def step():
            global steps
            steps += 1
            if steps > last:
                os.kill(os.getpid(), signal.SIGKILL)
        def counted(call):
            def counting(*given, **named):
                step()
                call(*given, **named)
                step()
            return counting
        os.fsync, os.replace = counted(os.fsync), counted(os.replace)
        save(desk, {"file": key, "text": after.decode(), "digest": open_file(desk, {"file": key})["digest"]})
        os._exit(0)
    ended = os.waitpid(child, 0)[1]
    print(ended, {before: "old", after: "new"}.get(file.read_bytes(), "spoilt"), flush=True)
"""


@pytest.mark.process
@pytest.mark.skipif(sys.platform == "win32", reason="kills by a signal")
def test_a_kill_in_the_middle_of_a_save_leaves_the_old_or_the_new(desk: Desk, file: Path) -> None:
    """Before and after each time that something is flushed or renamed: first in 履歴, then the file."""
    command = [sys.executable, "-c", KILLED, str(desk.root), key_of(desk), str(file), "13"]
    found = subprocess.run(command, capture_output=True, env=surroundings(), check=True, text=True).stdout
    assert found.splitlines() == [*["9 old"] * 11, "9 new", "0 new"]
    assert kept(desk) == ["11" * 50_000]
    saved(desk, OURS, opened(desk)["digest"])
    assert file.read_text(encoding="utf-8") == OURS
