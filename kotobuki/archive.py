"""The zip file behind a .docx or .xlsx, unpacked with suspicion: nothing is believed that it says of itself.

In: a path, or bytes. Out: the parts by name, all of them read and within the limits; or a `PackageError` that says why not.
Parts are unpacked piece by piece, and no longer than the limits of `kotobuki.limits` allow, whatever size they claim. Refused
is what no office program writes, and what two readers may take for two things: names twice, names that lead out, links, ciphers.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Collection, Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from struct import Struct

from kotobuki.diagnostics import reason_of
from kotobuki.limits import FILE_BYTES, PARTS, UNPACKED_BYTES

_PIECE = 1 << 16  # bytes unpacked at a time
_ENTRY = b"PK\x01\x02"  # opens the line of a part in the table of contents
_ENCRYPTED = 0x1 | 0x40 | 0x2000  # flags: a password, a strong one, a hidden table of contents
WORD = "Word 文書（.docx）"
EXCEL = "Excel ブック（.xlsx）"
_LOCAL, _CENTRAL, _END = (Struct(f"<4s{rest}") for rest in ("5H3L2H", "6H3L5H2L", "4H2LH"))
_VERSION = 20  # of the format that is needed: 2.0; made on the system 0, the same on every system
_DAY = 1 << 5 | 1  # 1 January 1980, the earliest date that a zip file can hold
_UTF_8 = 0x800  # flag: what the name of a part is written in
_MODE = 0o600 << 16


class PackageError(Exception):
    """The file is no package that can be read; the message says why, in Japanese."""


def read_file(path: Path) -> bytes:
    """The bytes of a file of no more than `FILE_BYTES`. Raises `PackageError`."""
    try:
        with path.open("rb") as file:
            data = file.read(FILE_BYTES + 1)
    except FileNotFoundError:
        raise PackageError("ファイルがありません") from None
    except OSError as error:
        raise PackageError(f"ファイルを読めません（{reason_of(error)}）") from None
    if len(data) > FILE_BYTES:
        raise PackageError(f"ファイルが大きすぎます（{FILE_BYTES // 1_000_000}MBまで）")
    return data


def unpacked(data: bytes, what: str = WORD) -> dict[str, bytes]:
    """The parts by their names in the archive, in its order; `what` it should be. Raises `PackageError`."""
    if data.count(_ENTRY) > PARTS:
        raise PackageError(f"中の部品が多すぎます（{PARTS:,}個まで）")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            for member in members:
                _check(member)
            names = [member.filename.casefold() for member in members]
            if twice := next((name for name in names if names.count(name) > 1), None):
                raise PackageError(f"同じ名の部品（{twice}）が二つあります")
            return _read(archive, [member for member in members if not member.is_dir()])
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError):
        raise PackageError(f"{what}ではないか、壊れているか、パスワードがかかっています") from None


def _check(member: zipfile.ZipInfo) -> None:
    name, mode = member.filename, member.external_attr >> 16
    strange = any(not character.isprintable() or character in '\\:*?"<>|' for character in name)
    if strange or name != member.orig_filename or {"", ".", ".."} & set(name.removesuffix("/").split("/")):
        raise PackageError(f"中の部品の名（{name[:40]!a}）が、フォルダの外を指すか、ふつうではありません")
    if member.flag_bits & _ENCRYPTED:
        raise PackageError("パスワードがかかっています")
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise PackageError(f"中の部品（{name[:40]}）が、ファイルではなくリンクです")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise PackageError(f"中の部品（{name[:40]}）の縮め方が、ふつうではありません")


def _read(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    if sum(member.file_size for member in members) > UNPACKED_BYTES:  # what it says; then, what it holds
        raise _too_much()
    parts, left = {}, UNPACKED_BYTES
    for member in members:
        pieces = []
        with archive.open(member) as part:
            while piece := part.read(_PIECE):
                pieces.append(piece)
                left -= len(piece)
                if left < 0:
                    raise _too_much()
        parts[member.filename] = b"".join(pieces)
    return parts


def _too_much() -> PackageError:
    return PackageError(f"中身を広げると大きすぎます（合わせて{UNPACKED_BYTES // 1_000_000}MBまで）")


def packed(parts: Mapping[str, bytes], shared: Collection[str] = ()) -> bytes:
    """An archive of these parts, in this order and of one fixed date: same parts, same bytes.

    `shared`: names of parts that are the same in many archives, so that they are deflated once a process. `zipfile` cannot
    take what is deflated already; what is written is APPNOTE.TXT 4.3.7 (before each part), 4.3.12 and 4.3.16 (the contents).
    """
    written: list[bytes] = []
    contents: list[bytes] = []
    offset = 0
    for name, data in parts.items():
        checksum, deflated = _deflated_once(data) if name in shared else _deflated(data)
        key, flag = name.encode(), 0 if name.isascii() else _UTF_8
        about = (flag, zipfile.ZIP_DEFLATED, 0, _DAY, checksum, len(deflated), len(data), len(key), 0)
        written += (_LOCAL.pack(b"PK\3\4", _VERSION, *about), key, deflated)
        contents += (_CENTRAL.pack(_ENTRY, _VERSION, _VERSION, *about, 0, 0, 0, _MODE, offset), key)
        offset += _LOCAL.size + len(key) + len(deflated)
    length = sum(map(len, contents))
    end = _END.pack(b"PK\5\6", 0, 0, len(parts), len(parts), length, offset, 0)
    return b"".join((*written, *contents, end))


def _deflated(data: bytes) -> tuple[int, bytes]:
    """The checksum of a part, and the part deflated without zlib's own head."""
    deflate = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return zlib.crc32(data), deflate.compress(data) + deflate.flush()


_deflated_once = lru_cache(maxsize=32)(_deflated)
