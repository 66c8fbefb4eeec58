"""From a file to lines of clean text.

In: a path, or bytes. Out: the lines, decoded, without BOM, CRLF and CR made LF, every forbidden character replaced one
for one by U+FFFD so that columns hold. A file in another encoding is named, then read on, so that one run reports
everything that is wrong. Rule: UTF-8 without BOM; no character that cannot be seen or that prints otherwise elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from kotobuki.diagnostics import Diagnostics, Place, nearest
from kotobuki.lazy_patterns import lazy_pattern

MAX_BYTES = 5_000_000
"""Of a file: the largest sample case has 31,059, so that what is larger is no case."""
_MAX_REPORTS = 20  # of one kind in a file: a binary file must not print a million lines
_REPLACEMENT = "\ufffd"

_SAVE_AS = (
    "メモ帳で開き、［ファイル］→［名前を付けて保存］で［エンコード］を「UTF-8」（「BOM付き」ではない方）にして、"
    "UTF-8（BOMなし）で保存してください"
)
_RETYPE = "この文字を前後の文字ごと削除して、打ち直してください"

# Each kind of forbidden character: its code points, what to call it, what to do about it.
_KINDS = {
    "control": (r"\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufff9-\ufffb", "制御文字", _RETYPE),
    "bidi": (
        r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069",
        "文字の並ぶ向きを変える、目に見えない文字",
        _RETYPE,
    ),
    "bom": (
        r"\ufeff",
        "文の途中にBOM（ファイルの先頭に置く、目に見えない目印）",
        "ほかのファイルをつなぐと紛れ込むことがあります。" + _RETYPE,
    ),
    "invisible": (
        r"\xad\u200b\u2060-\u2065\u206a-\u206f\U000e0000-\U000e007f",
        "目に見えない文字",
        "ウェブページなどから写すと紛れ込むことがあります。" + _RETYPE,
    ),
    "private": (
        r"\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd",
        "外字（私用領域の文字）",
        "ほかのパソコンでは別の字になります。Unicodeにある字か、異体字セレクタを付けた字に置き換えてください",
    ),
    "noncharacter": (
        r"\ufdd0-\ufdef\ufffe\uffff" + "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(1, 17)),
        "文字として使えない符号",
        _RETYPE,
    ),
    "garbled": (
        r"\ufffd",
        "文字化けした文字",
        "元の文字は失われています。原稿を見て、正しい文字を打ち直してください",
    ),
    "broken": (
        r"\ud800-\udfff",  # also how Python's surrogateescape hands over a byte that is not UTF-8
        "UTF-8として読めない、壊れた文字",
        "壊れた文字を打ち直し、UTF-8（BOMなし）で保存してください",
    ),
}
_FORBIDDEN = lazy_pattern("|".join(f"(?P<{kind}>[{characters}]+)" for kind, (characters, _, _) in _KINDS.items()))

_BROKEN = lazy_pattern(r"[\ud800-\udfff]")

_BOMS = (  # UTF-32 first: its little-endian BOM begins with that of UTF-16
    (b"\xff\xfe\0\0", "utf-32", "UTF-32"),
    (b"\0\0\xfe\xff", "utf-32", "UTF-32"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)
_UTF8 = ("utf-8", "")
_OTHERS = (  # what else a clerk may have saved under the name of a case
    (b"PK\x03\x04", "Word・Excelなど"),
    (b"\xd0\xcf\x11\xe0", "Word・Excelなど"),
    (b"%PDF-", "PDF"),
)


def read_bytes(path: Path, shown: str, diagnostics: Diagnostics) -> bytes | None:
    """What the file holds (of one that is too large, only so much as shows it); None, with a report, if unreadable."""
    try:
        mode = path.stat().st_mode
        if S_ISDIR(mode):
            reason, remedy = "ファイルではなく、フォルダです", "フォルダの中のファイルを指定してください"
        elif not S_ISREG(mode):
            reason, remedy = "ふつうのファイルではありません", "YAMLのファイルを指定してください"
        else:
            with path.open("rb") as file:
                return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        diagnostics.error(Place(shown, 1, 1), "file-missing", "ファイルがありません", _nearest_file(path))
        return None
    except (OSError, ValueError):  # ValueError: a NUL in the name
        reason = "ファイルを開けません"
        remedy = "ほかのソフトが開いていないか、読み取りの許可があるか、名前が正しいかを確かめてください"
    diagnostics.error(Place(shown, 1, 1), "file-unreadable", reason, remedy)
    return None


def _nearest_file(path: Path) -> str:
    """What to do about a missing file: name one that is called much like it."""
    names = sorted(each.name for each in path.parent.iterdir()) if path.parent.is_dir() else []
    if near := nearest(path.name, names):
        return f"「{near}」ではありませんか。ファイルの名前を確かめてください"
    return "ファイルの名前と、あるべきフォルダを確かめてください"


def read_lines(data: bytes, shown: str, diagnostics: Diagnostics) -> tuple[str, ...] | None:
    """The lines of a file, clean; None if they cannot be told. Registers them as the source of `shown`."""
    if len(data) > MAX_BYTES:
        diagnostics.error(
            Place(shown, 1, 1),
            "file-size",
            f"ファイルが大きすぎます。読み取れるのは{MAX_BYTES // 1_000_000}MBまでです",
            "別の種類のファイルではないか確かめてください。本当に大きいときは、ファイルを分けてください",
        )
        return None
    codec, name = _sniff(data)
    if not codec:
        reason = f"{name}のファイルです" if name else "文字コードを判別できません。文字だけのファイルではないようです"
        diagnostics.error(Place(shown, 1, 1), "encoding", reason, "YAML（文字だけのファイル）を指定してください")
        return None
    text = data.decode(codec, "replace" if name else "surrogateescape").replace("\r\n", "\n").replace("\r", "\n")
    lines = tuple(text.removeprefix("\ufeff").split("\n"))
    clean = is_clean(text)
    diagnostics.sources[shown] = lines if clean else tuple(_BROKEN.sub(_REPLACEMENT, line) for line in lines)
    if name:
        diagnostics.error(
            Place(shown, 1, 1), "encoding", f"文字コードが{name}です。読み取れるのはUTF-8だけです", _SAVE_AS
        )
    elif text.startswith("\ufeff"):
        diagnostics.error(
            Place(shown, 1, 1), "bom", "ファイルの先頭にBOM（目に見えない目印、U+FEFF）があります", _SAVE_AS
        )
    emptied = tuple([line if line.strip(" \t") else "" for line in lines])  # nothing is left of what holds but blanks
    return emptied if clean else _clean(emptied, lines, shown, diagnostics)


def is_clean(text: str) -> bool:
    """Whether there is surely no forbidden character in `text`, told at once: but for U+FFFD, none of them is printable."""
    for usual in "\n\t\u3000":  # not printable in Python's eyes
        text = text.replace(usual, "")
    return text.isprintable() and _REPLACEMENT not in text


def sound_lines(data: bytes) -> tuple[str, ...]:
    """The lines of a file that has been read without an error."""
    return read_lines(data, "", Diagnostics()) or ()


def forbidden(text: str) -> tuple[str, str, str] | None:
    """The rule id, reason and remedy against the first character of `text` that must not stand in text, or None."""
    match = None if is_clean(text) else _FORBIDDEN.search(text)
    return _explain(match) if match else None


def _explain(match: re.Match[str]) -> tuple[str, str, str]:
    kind = str(match.lastgroup)
    _, what, remedy = _KINDS[kind]
    first = ord(match.group()[0])
    code = f"バイト0x{first - 0xDC00:02X}" if 0xDC80 <= first <= 0xDCFF else f"U+{first:04X}"
    return f"character-{kind}", f"{what}（{code}）があります", remedy


def _clean(emptied: tuple[str, ...], lines: tuple[str, ...], shown: str, diagnostics: Diagnostics) -> tuple[str, ...]:
    """Report forbidden characters of the lines (a run of one kind once) and replace them in those that were `emptied`."""
    seen = dict.fromkeys(_KINDS, 0)
    clean = list(emptied)
    for number, line in enumerate(lines, 1):
        for match in _FORBIDDEN.finditer(line):
            kind = str(match.lastgroup)
            seen[kind] += 1
            if seen[kind] <= _MAX_REPORTS:
                diagnostics.error(Place(shown, number, match.start() + 1), *_explain(match))
        clean[number - 1] = _FORBIDDEN.sub(lambda run: _REPLACEMENT * len(run.group()), clean[number - 1])
    for kind, count in seen.items():
        if count > _MAX_REPORTS:
            reason = f"{_KINDS[kind][1]}が、ほかに{count - _MAX_REPORTS}か所あります"
            diagnostics.error(Place(shown, 1, 1), f"character-{kind}", reason, "文字だけのファイルか確かめてください")
    return tuple(clean)


def _sniff(data: bytes) -> tuple[str, str]:
    """The codec of `data` and its name for users: no name for UTF-8, no codec for what is no text."""
    for magic, name in _OTHERS:
        if data.startswith(magic):
            return "", name
    for bom, codec, name in _BOMS:
        if data.startswith(bom):
            return codec, name
    if b"\0" in data:
        wide = (codec for codec in ("utf-16-le", "utf-16-be") if _is_plausible_utf16(data, codec))
        return next(((codec, "UTF-16") for codec in wide), _UTF8)
    if re.search(rb"\x1b\$[@B]", data) and _score(data, "iso2022_jp") > 0:
        return "iso2022_jp", "JIS（ISO-2022-JP）"
    if _is_mostly_utf8(data):
        return _UTF8
    guesses = (("cp932", "Shift_JIS（CP932）"), ("euc_jp", "EUC-JP"))
    best = max(guesses, key=lambda guess: _score(data, guess[0]))
    return best if _score(data, best[0]) > 0 else ("", "")


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether `data` is UTF-8, perhaps with a few broken characters: Shift_JIS and EUC-JP hardly ever look like it."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode(errors="surrogateescape")
    else:
        return True
    broken = len(re.findall(r"[\udc80-\udcff]", text))
    return broken == 0 or len(re.findall(r"[^\0-\x7f\udc80-\udcff]", text)) > broken


def _is_plausible_utf16(data: bytes, codec: str) -> bool:
    """Whether `data` makes sense in `codec`: line breaks or colons, nothing unassigned (as after a swap of bytes)."""
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return False
    return bool(re.search("[\n:]", text)) and not any(
        unicodedata.category(each) in ("Cc", "Cn", "Co") for each in set(text) - set("\r\n\t")
    )


def _score(data: bytes, codec: str) -> int:
    """How much `data` looks like Japanese when read in `codec`; 0 or less: not at all."""
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return 0
    unlikely = len(re.findall(r"[\0-\x08\x0e-\x1f\x7f-\xa0\uff61-\uff9f\ue000-\uf8ff]", text))
    return len(re.findall(r"[\u3041-\u30fe\u4e00-\u9fff]", text)) - 2 * unlikely
