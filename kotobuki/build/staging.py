"""Outputs written aside, then renamed into place all together: whatever happens, the old output or the new one stands.

In: files as (path below the output folder, bytes). Out: those files on disk. Names that leave the output folder are
refused, links on the way too; a failure while renaming puts back what was there. A build that was killed leaves its folder
`.kotobuki-…` behind; the next build to the same place finds nobody holding its lock, puts back what was there, and removes
it: but only if the seal of this user is on its name and its plan, and only in the place of files that the killed build had
put there. What bears no such seal may be anybody's: it is left alone, and named.

A `.json` tells of the files beside it. It is taken away first and put last: where it stands, what is beside it is whole.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from kotobuki.build.confined import Confined, LinkError
from kotobuki.diagnostics import Diagnostics, OutputError, Place, reason_of
from kotobuki.digests import contents
from kotobuki.file_names import REMEDY, fault_of, fault_of_new, folded
from kotobuki.register.lock import try_lock
from kotobuki.seal import is_sealed, seal

_PREFIX, _LOCK = ".kotobuki-", ".lock"
_NEW, _OLD = PurePosixPath("new"), PurePosixPath("old")
_PLAN = "plan.json"
"""Stands in the folder aside while files are renamed: their digests, and which had something in their place before."""
_MAX_PLAN = 50_000_000
"""Bytes; 100,000 files have 15 MB."""


class Staging:
    """A folder beside the outputs, on the same disk. Another process may open it again by its two paths.

    files  what was written: the digest (SHA-256) of each
    """

    def __init__(self, out: Path, aside: Path) -> None:
        self.out, self.aside = out, aside
        self.files: dict[PurePosixPath, str] = {}
        self._folder, self._own = Confined(out), PurePosixPath(aside.name)
        self._names: dict[str, PurePosixPath] = {}

    def write(self, name: PurePosixPath, data: bytes, digest: str = "") -> None:
        """Put a file aside. Each name once, however some system may write it. `digest`: of `data`, if it is known."""
        self.adopt({name: digest or contents(data).digest})
        try:
            try:
                self._folder.write(self._own / _NEW / name, data)
            except FileExistsError:  # of a worker that was lost while it wrote this
                self._folder.unlink(self._own / _NEW / name)
                self._folder.write(self._own / _NEW / name, data)
        except OSError as error:
            raise OutputError(f"「{name}」を書けません（{reason_of(error)}）") from error

    def adopt(self, files: Mapping[PurePosixPath, str]) -> None:
        """Count in what another process has put aside here; its digests by name."""
        for name, digest in files.items():
            _check(name)
            if folded(str(name)) in self._names:
                raise OutputError(f"「{name}」という名の書類が二つあります。form.yaml の書類の名を変えてください")
            self._names[folded(str(name))] = name
            self.files[name] = digest

    def commit(self) -> None:
        """Rename everything into place; on a failure, put the old files back and raise `OutputError`."""
        records = [name for name in self.files if name.suffix == ".json"]
        papers = [name for name in self.files if name.suffix != ".json"]
        name = PurePosixPath()
        self._folder.made.clear()
        try:
            there = {name: self._stands(name) for name in self.files}
            plan = {str(name): [there[name], digest] for name, digest in self.files.items()}
            self._folder.write(self._own / "plan.new", _sealed(self._own, plan))
            self._folder.move(self._own / "plan.new", self._own / _PLAN)  # so that it is never half written
            for name in filter(there.get, records):
                self._folder.move(name, self._own / _OLD / name)
            for name in papers:
                if there[name]:
                    self._folder.move(name, self._own / _OLD / name)
                self._folder.move(self._own / _NEW / name, name)
            for name in records:
                self._folder.move(self._own / _NEW / name, name)
            self._folder.unlink(self._own / _PLAN)
        except BaseException as error:
            _put_back(self._folder, self._own)
            self._folder.remove_made()
            if isinstance(error, OSError):
                where = self.out / name
                raise OutputError(
                    f"「{where}」を置き換えられません（{reason_of(error)}）。開いているファイルを閉じてください"
                ) from error
            raise

    def part(self, files: Mapping[PurePosixPath, str]) -> Staging:
        """Some of the files, to be renamed into place by themselves."""
        part = Staging(self.out, self.aside)
        part.adopt(files)
        return part

    @property
    def is_half_done(self) -> bool:
        """Whether old files could not be put back: the folder aside has them, and nothing else may be done in it."""
        return bool(self._folder.kind(self._own / _PLAN))

    def _stands(self, name: PurePosixPath) -> bool:
        """Whether there is something in a file's place; a folder there, or a link on the way to it, is an `OutputError`."""
        try:
            kind = self._folder.kind(name)
        except LinkError as error:
            raise OutputError(
                f"「{error.filename}」はリンクです。その先が出力フォルダの外を指していても分からないため、書けません。"
                "リンクを消すか、--out に別のフォルダを書いてください"
            ) from error
        if kind == "folder":
            raise OutputError(f"「{self.out / name}」という名のフォルダがあるため、書けません")
        return bool(kind)


@contextmanager
def staging(out: Path, diagnostics: Diagnostics | None = None) -> Iterator[Staging]:
    """A `Staging` for the folder `out`, removed at the end whatever happens; `out`, too, if it is new and empty.

    `diagnostics`: who is told of what others left there.
    """
    _check_out(out)
    try:
        made = [each for each in (out, *out.parents) if not os.path.lexists(each)]
        out.mkdir(parents=True, exist_ok=True)
        folder = Confined(out)
        _sweep(folder, diagnostics or Diagnostics())
        aside = out / _name()
        release = try_lock(_lock_of(aside))  # first: a folder that is there and not locked is dead
        folder.make_folder(PurePosixPath(aside.name))
    except OSError as error:
        raise OutputError(f"出力フォルダ「{out}」に書けません（{reason_of(error)}）") from error
    try:
        yield Staging(out, aside)
    finally:
        _remove(folder, PurePosixPath(aside.name), release)
        for each in made:
            with suppress(OSError):  # that something is in it
                each.rmdir()


def is_renaming(out: Confined, aside: PurePosixPath) -> bool:
    """Whether that is a folder aside from which files are being renamed, by whomever."""
    return aside.name.startswith(_PREFIX) and out.kind(aside) == "folder" and bool(out.kind(aside / _PLAN))


def _check(name: PurePosixPath) -> None:
    """Raises `OutputError` where a name leads out of the output folder, or no file can have it."""
    if name.is_absolute() or ".." in name.parts:
        raise OutputError(f"出力先「{name}」は出力フォルダの外を指しています")
    for part in name.parts or ("",):
        if fault := fault_of(part, hidden=True):
            raise OutputError(f"「{part}」という名のファイルは書けません（{fault}）。{REMEDY}")
    if name.parts[0].startswith(_PREFIX):
        raise OutputError(f"「{name}」は Kotobuki が使う名です。別の名にしてください")


def _check_out(out: Path) -> None:
    """Raises `OutputError` where an output folder cannot be made, or is a link that came with what is worked on."""
    if fault := fault_of_new(out):
        raise OutputError(f"出力フォルダ「{out}」は作れません（{fault}）。{REMEDY}")
    here = Path.cwd().resolve()
    try:
        where = out.resolve()
    except (OSError, RuntimeError) as error:
        raise OutputError(f"出力フォルダ「{out}」がどこか分かりません（リンクをたどれません）") from error
    if not out.is_absolute() and ".." not in out.parts and not where.is_relative_to(here):
        raise OutputError(
            f"「{out}」はリンクで、{here} の外を指しています。そこに書き出すときは、--out に「{where}」と書いてください"
        )


def _sweep(folder: Confined, diagnostics: Diagnostics) -> None:
    """Remove what our builds left that were killed; what one of them was replacing is made whole first."""
    for aside in folder.names():
        if not aside.name.startswith(_PREFIX) or aside.name.endswith(_LOCK):  # a lock goes with its folder
            continue
        if not _is_ours(aside) or folder.kind(aside) != "folder":
            _tell(folder.path / aside, diagnostics)
            continue
        lock = folder.path / (aside.name + _LOCK)
        if folder.kind(PurePosixPath(lock.name)) != "file":
            continue  # without a lock nobody can tell whether it is alive
        release = try_lock(lock)
        if release is None:
            continue
        try:
            if not _put_back(folder, aside, unless_done=True):
                _tell(folder.path / aside, diagnostics)
        finally:
            _remove(folder, aside, release)


def _tell(aside: Path, diagnostics: Diagnostics) -> None:
    reason = "ここに残っているものは、この kotobuki が残したものと確かめられないため、触れていません"
    remedy = (
        "ほかの人が書き出している間であれば、終わってから作り直してください。"
        f"誰も使っていなければ、消してください（途中で止まった書き出しの、前の書類が {_OLD} にあることがあります）"
    )
    diagnostics.warning(Place(str(aside)), "output-left", reason, remedy)


def _put_back(folder: Confined, aside: PurePosixPath, *, unless_done: bool = False) -> bool:
    """What was there before `commit` began, as the plan has it; False if there is a plan that is not ours.

    `unless_done`: but not if all was renamed already. What has come into the place of a file since, stays.
    """
    if not folder.kind(aside / _PLAN):
        return True  # nothing was renamed yet, or all was
    plan = _read_plan(folder, aside)
    if plan is None:
        return False
    if not unless_done or any(folder.kind(aside / _NEW / name) for name in plan):
        try:
            for name in sorted(plan, key=lambda each: each.suffix == ".json"):
                _put_back_file(folder, aside, name, *plan[name])
        except OSError as error:
            raise OutputError(
                f"「{error.filename}」を元に戻せません（{reason_of(error)}）。開いているファイルを閉じて、もう一度実行してください。"
                f"前の出力は「{folder.path / aside / _OLD}」にあります"
            ) from error
    folder.unlink(aside / _PLAN)
    return True


def _put_back_file(folder: Confined, aside: PurePosixPath, name: PurePosixPath, there: bool, digest: str) -> None:
    ours = not folder.kind(name) or folder.digest(name) == digest
    if there and ours and folder.kind(aside / _OLD / name):
        folder.move(aside / _OLD / name, name)
    elif not there and ours and not folder.kind(aside / _NEW / name):
        folder.unlink(name)


def _read_plan(folder: Confined, aside: PurePosixPath) -> dict[PurePosixPath, tuple[bool, str]] | None:
    """The plan of a folder aside; None if it is not as we write it, or not by us."""
    try:
        digits, _, words = folder.read(aside / _PLAN, _MAX_PLAN).partition(b"\n")
        if not is_sealed(aside.name.encode() + words, digits.decode("ascii")):
            return None
        found = {PurePosixPath(name): _planned(words) for name, words in json.loads(words).items()}
        for name in found:
            _check(name)
    except (OSError, ValueError, AttributeError, RecursionError, OutputError):
        return None
    return found


def _planned(words: object) -> tuple[bool, str]:
    match words:
        case [bool(there), str(digest)]:
            return there, digest
        case _:
            raise ValueError(words)


def _sealed(aside: PurePosixPath, plan: Mapping[str, object]) -> bytes:
    words = json.dumps(plan).encode()
    return seal(aside.name.encode() + words).encode() + b"\n" + words


def _name() -> str:
    """The name of a new folder aside, which bears our seal."""
    token = secrets.token_hex(6)
    return f"{_PREFIX}{token}-{seal(token.encode())[:16]}"


def _is_ours(aside: PurePosixPath) -> bool:
    token, _, digits = aside.name.removeprefix(_PREFIX).partition("-")
    return is_sealed(os.fsencode(token), digits)  # a name of others may be of any bytes


def _remove(folder: Confined, aside: PurePosixPath, release: Callable[[], None] | None) -> None:
    """Remove a folder aside and its lock; but where a plan is left, old files could not be put back: they are all there is."""
    if not folder.kind(aside / _PLAN):
        folder.remove_tree(aside)
    if release:
        release()
    if not folder.kind(aside):
        with suppress(OSError):  # that another has it already
            folder.unlink(PurePosixPath(aside.name + _LOCK))


def _lock_of(aside: Path) -> Path:
    return aside.with_name(aside.name + _LOCK)
