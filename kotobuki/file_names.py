"""Names that become files: one rule for every system, so that what is made on one can be copied to any other.

In: one part of a path (no folders). Out: what is wrong with it, in Japanese, or how systems compare it. Rules: those of
Windows, which are the strictest (Microsoft, Naming Files, Paths, and Namespaces): its signs and devices, no blank or dot at
the end; 255 bytes, as on Linux, less room for an ending and for the name that a file is written aside under.
"""

from __future__ import annotations

import os
import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from kotobuki.visible import is_unseen

RULE = "file-name"
"""The rule id of a diagnostic about such a name."""
REMEDY = (
    '記号（/ \\ : * ? " < > |）や目に見えない文字を含まず、点や空白で始まりも終わりもしない、'
    "80字までの名にしてください（CON、NUL、COM1 のような名も使えません）"
)
MAX_BYTES = 240
FONT_ENDINGS = (".ttf", ".ttc")
"""How the names of font files end, in lower case."""

_SIGNS = re.compile(r'[/\\:*?"<>|]')
_DEVICES = re.compile(r"(?:CON|PRN|AUX|NUL|CLOCK\$|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])", re.IGNORECASE)


@lru_cache(maxsize=1024)  # asked again and again of the names that papers have
def fault_of(name: str, *, hidden: bool = False) -> str:
    """Why no file can have this name, to stand in a sentence; "" = it can. `hidden`: it may begin with a dot."""
    if not name or name in (".", ".."):
        return "ファイルの名になりません"
    if sign := _SIGNS.search(name):
        return f"ファイルの名に使えない記号「{sign[0]}」があります"
    if unseen := next(filter(is_unseen, name), ""):
        return f"目に見えない文字（U+{ord(unseen):04X}）があります"
    if name != name.strip() or name.endswith("."):
        return "空白で始まるか、空白か点で終わっています"
    if name.startswith(".") and not hidden:
        return "点で始まっています"
    if _DEVICES.fullmatch(name.split(".")[0].rstrip()):
        return "Windows が装置を呼ぶのに使う名です"
    if len(name.encode()) > MAX_BYTES:
        return "長すぎます"
    return ""


def fault_of_new(path: Path) -> str:
    """As `fault_of`, naming it, of the parts of a path that are not there yet and so are to be made."""
    for each in (*reversed(path.parents), path):
        if not os.path.lexists(each) and (fault := fault_of(each.name, hidden=True)):
            return f"「{each.name}」は、{fault}"
    return ""


def folded(name: str) -> str:
    """The name, or a path, as it is compared by systems that tell neither case nor NFC from NFD."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())
