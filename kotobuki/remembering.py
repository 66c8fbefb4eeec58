"""What was worked out from the text of a file, remembered from one command to the next: a form, a template, the organization, base.docx.

In: a function that goes by its arguments alone. Out: the same, asked once for the same arguments, as long as Kotobuki,
Python and their packages are the same (`stamp`); by one process, and by those that come after it. To read the forms and
base.docx took as long as to make three cases, and most commands read what the one before them read.

What is remembered stands in the user's own folder for such things, as bytes of `pickle`, which runs what it is told when
it is read: so nothing is read there that is not the user's own file and does not bear the seal of this user on this computer
(`seal`). The folder may be removed at any time. Where nothing can be kept, all is worked out each time.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, lru_cache, wraps
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any, ParamSpec, TypeVar, cast

from kotobuki import __version__
from kotobuki.lazy_patterns import lazy_pattern
from kotobuki.seal import is_sealed, seal

_P = ParamSpec("_P")
_T = TypeVar("_T")

_MOST = 300
"""Files that are kept, of 1 to 60 KB each: those of some fifteen towns. Those that were used longest ago go first."""
_LARGEST = 1_000_000
"""Bytes of a value that is kept: the folder stays small, whatever is read."""
_SEAL = 64  # digits
_OURS = lazy_pattern("[0-9a-f]{64}|new-[0-9a-f]{16}")
"""The names of our files: of values, and of those that are still being written (or whose writer was killed)."""
_NONE = (
    *(OSError, pickle.PickleError, EOFError, AttributeError, ImportError, LookupError, TypeError, ValueError),
    RecursionError,
)
"""What reading or writing a value fails with that was not kept, or is not as we write it."""


def remembered(make: Callable[_P, _T]) -> Callable[_P, _T]:
    """Decorates a function of bytes, texts and flags, given by their places, whose value nobody changes."""

    call: Callable[..., _T] = make

    @lru_cache(maxsize=64)
    @wraps(make)
    def found(*given: bytes | str | bool) -> _T:
        name = _name(f"{make.__module__}.{make.__qualname__}", given)
        with suppress(*_NONE):
            kept: _T = _read(name)
            return kept
        value = call(*given)
        with suppress(*_NONE):
            _keep(name, value)
        return value

    return cast("Callable[_P, _T]", found)


def cache_folder() -> Path:
    """Where Kotobuki keeps for a user what can be made again; of one without a home, where nothing can be kept."""
    try:
        home = Path.home()
    except RuntimeError:
        home = Path(os.devnull)
    match sys.platform:
        case "win32":
            folder = Path(os.environ.get("LOCALAPPDATA") or home / "AppData/Local")
        case "darwin":
            folder = home / "Library/Caches"
        case _:
            told = Path(os.environ.get("XDG_CACHE_HOME", ""))
            folder = told if told.is_absolute() else home / ".cache"
    return folder / "kotobuki"


@cache
def stamp() -> str:
    """A digest of what works all out: this version, its own files, Python and its packages.

    Where its own files are not to be seen (in an archive), nobody could tell that they changed: each process has another then.
    """
    own = sorted(_own_files(os.path.dirname(__file__)))  # noqa: PTH120 - of 300 files, at every start
    about = [__version__, sys.version, *(own or [token_hex(32)])]
    told = {os.path.abspath(each) for each in os.environ.get("PYTHONPATH", "").split(os.pathsep) if each}  # noqa: PTH100
    for folder in sys.path:
        if not (folder.endswith("-packages") or folder in told):
            continue
        with suppress(OSError):  # the time of a folder changes when a package comes or goes
            about.append(f"{folder} {os.stat(folder).st_mtime_ns}")  # noqa: PTH116
    return sha256("\n".join(about).encode(errors="surrogateescape")).hexdigest()


def _own_files(folder: str) -> Iterator[str]:
    """The files of code below a folder: their paths, and by what each is known from another.

    A file that is put in the place of another may bear its time and have its size, but not be put there at the same time.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for each in entries:
            if each.is_dir(follow_symlinks=False):
                yield from _own_files(each.path) if each.name != "__pycache__" else ()
            elif each.name.endswith((".py", ".pyc")):
                with suppress(OSError):  # a link that leads nowhere
                    status = os.stat(each.path)  # noqa: PTH116
                    yield f"{each.path} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_size}"


def _name(function: str, given: tuple[bytes | str | bool, ...]) -> str:
    """A name for the value of a function of these arguments. Each counts with its type and length: none runs into the next."""
    whole = sha256(f"{stamp()} {function}".encode())
    for each in given:
        data = each if isinstance(each, bytes) else str(each).encode(errors="surrogatepass")
        whole.update(f" {type(each).__name__} {len(data)} ".encode())
        whole.update(data)
    return whole.hexdigest()


def folder() -> Path:
    """Where values are kept, each in a file.

    Raises `OSError` where it would be below the working folder (of a relative HOME): what comes of a clone or an archive
    there is the user's own file, and may bear a key of its own.
    """
    where = cache_folder() / "read"
    if not where.is_absolute():
        raise FileNotFoundError(where)
    return where


def _read(name: str) -> Any:  # noqa: ANN401  (whatever was kept)
    """What was kept under a name. Raises one of `_NONE`."""
    path = folder() / name
    with path.open("rb") as file:
        if not _is_own(os.fstat(file.fileno())):
            raise PermissionError(name)
        words = file.read()
    data = words[_SEAL:]
    if not is_sealed(name.encode() + data, words[:_SEAL].decode("ascii")):
        raise ValueError(name)
    with suppress(OSError):  # where nothing can be written, nothing goes
        os.utime(path)  # a command that reads another version leaves what nobody asks for again: that goes first
    return pickle.loads(data)  # written by this user's Kotobuki, as the seal says


def _is_own(status: os.stat_result) -> bool:
    """Whether a file is this user's: who knows the key may be another, whose folder this one was given (sudo -E)."""
    return not hasattr(os, "geteuid") or status.st_uid == os.geteuid()


def _keep(name: str, value: object) -> None:
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    if len(data) > _LARGEST:
        return
    where = folder()
    where.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = where / f"new-{token_hex(8)}"
    try:
        new.write_bytes(seal(name.encode() + data).encode() + data)
        new.replace(where / name)
    finally:
        new.unlink(missing_ok=True)  # of a full disk
    _forget_oldest(where)


def _forget_oldest(where: Path) -> None:
    """Of too many files, a quarter goes; nothing but what is ours, wherever a link may have led."""
    ours = [name for name in os.listdir(where) if _OURS.fullmatch(name)]  # noqa: PTH208 - at each file that is written
    if len(ours) <= _MOST:
        return
    by_age = sorted(((where / name).stat().st_mtime_ns, name) for name in ours)
    for _, name in by_age[: -_MOST * 3 // 4]:
        with suppress(OSError):  # another was faster
            (where / name).unlink()
