"""Files spoilt by chance, as a typist, another program or an enemy would: text by its structure, bytes as they come.

In: a random source and the bytes of a file. Out: other bytes. The same source gives the same bytes.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from random import Random

NASTY = [
    *("", " ", "　", "\t", "~", "null", "はい", "いいえ", "0", "-1", "1e999", "99999999999999999999", "0x10", "1_000", ".inf", "'", '"'),
    *("1873-01-01", "1873-03-31", "1872-12-31", "1912-07-30", "1926-12-25", "1989-01-07", "2019-04-30", "9999-12-31", "2022-02-30"),
    *("明治6年1月1日", "令和元年", "令和0年", "令和99年度", "2019年度", "令和4年13月1日", "｛記入：日付｝", "# 確認：甲"),
    *("{}", "[]", "[[]]", "{甲: }", "[甲, ", "{甲: 乙", "- ", "? 甲", ": ", "甲: 乙", "- - 甲", "&甲 乙", "*甲", "<<: *甲", "!!python/object:os", "!甲"),
    *("|", ">-", "|+2", "---", "...", "%YAML 1.1", "# ", "@甲", "`甲", "\x00", "\x1b[2J", "\u202e", "\ufeff", "\u2028", "\U0001f600", "葛\U000e0100", "\ue000"),
    *("｛", "｝", "｛｛", "｛｝", "｛件名｝", "｛根拠｝", "｛※甲｝", "｛※｝", "｛→理由｝", "｛→別紙１｝", "｛＝甲｝", "｛図｝", "｛表｝", "｛値｝", "｛（１）｝", "｛追加｝", "｛順序｝", "｛同行｝"),
    *("- ｛図｝: {種類: 流れ図, 説明: 図, 手順: [甲, {乙: {次: 甲}}]}", "- ｛表｝: {列: [甲, 乙], 行: [[丙, 丁]]}", "- ｛図｝: {種類: 画像, ファイル: e.png, 説明: 図}"),
    *("{{ 件名 }}", "{{", "{% if 写し %}", "{% endif %}", "{% for 甲 in 各節 %}", "{{ 件名.__class__ }}", "{{ 節 }}", "{{ 1 // 0 }}", "{# ", "本文：", "節見出し："),
    *("../../外.yaml", "/etc/passwd", "CON", "nul.txt", "甲.", "甲 ", "a" * 300, "あ" * 3000, "a" * 3000, "第１条", "（１）", "１ ", "ア ", "別紙", "以下「甲」という。"),
]  # fmt: skip


def spoilt_text(random: Random, data: bytes, other: bytes) -> bytes:
    """A text of lines changed in one to four places; `other`: a file to take lines from."""
    text = data.decode("utf-8", errors="surrogateescape")
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        text = _changed(random, text, other.decode("utf-8", errors="replace"))
    if random.random() < 0.03:
        text = text.replace("\n", random.choice(("\r\n", "\r", "\n\n")))
    if random.random() < 0.02:
        return text.encode(random.choice(("utf-16", "utf-8-sig", "cp932")), errors="replace")
    return text.encode("utf-8", errors="replace")


def _changed(random: Random, text: str, other: str) -> str:
    lines = text.split("\n")
    at = random.randrange(len(lines))
    line = lines[at]
    match random.randrange(14):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, line)
        case 2:
            with_line = random.randrange(len(lines))
            lines[at], lines[with_line] = lines[with_line], line
        case 3:
            lines[at] = " " * random.randrange(5) + line.lstrip()
        case 4 | 5 if ":" in line or "：" in line:
            mark = ":" if ":" in line else "："
            lines[at] = f"{line.split(mark)[0]}{mark} {random.choice(NASTY)}"
        case 6 if ":" in line:
            lines[at] = f"{random.choice(NASTY)}:{line.split(':', 1)[1]}"
        case 7:
            lines.insert(at, " " * (len(line) - len(line.lstrip())) + random.choice(NASTY))
        case 8:
            lines.insert(at, random.choice(other.split("\n")))
        case 9:
            start = random.randrange(len(lines))
            return "\n".join([*lines[:at], *other.split("\n")[start : start + random.randrange(8)], *lines[at:]])
        case 10:
            lines[at] = line[: random.randrange(len(line) + 1)]
        case 11:
            lines[at] = "".join(random.sample(line, len(line)))
        case 12:
            lines[at] = random.choice(("[", "{", "- ", "- - ", "? ", '"', "'")) * random.choice((1, 1, 1, 60)) + line
        case _:
            place = random.randrange(len(line) + 1)
            lines[at] = line[:place] + random.choice(NASTY) + line[place + random.randrange(3) :]
    return "\n".join(lines)


def spoilt_bytes(random: Random, data: bytes) -> bytes:
    """Bytes turned, taken away, put in or said twice."""
    found = bytearray(data)
    for _ in range(random.choice((1, 1, 3, 20))):
        at = random.randrange(len(found) + 1)
        size = random.choice((1, 1, 4, 200))
        match random.randrange(5):
            case 0:
                found[at : at + size] = random.randbytes(size)
            case 1:
                del found[at : at + size]
            case 2:
                found[at:at] = random.choice((b"\xff" * size, bytes(size), random.randbytes(size)))
            case 3:
                found[at:at] = found[at : at + size]
            case _:
                number = random.choice((b"0", b"-1", b"99999999999", b"/x", b"null", b"[]", b"<<>>", b"1e99"))
                found[at : at + len(number)] = number
        if not found:
            break
    return bytes(found[: random.randrange(len(found) + 1)] if random.random() < 0.1 else found)


def spoilt_package(random: Random, data: bytes) -> bytes:
    """A Word file, one of whose parts is spoilt, lacking or there twice; or its bytes."""
    if random.random() < 0.3:
        return spoilt_bytes(random, data)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = random.choice(sorted(parts))
    match random.randrange(5):
        case 0:
            del parts[name]
        case 1:
            parts[name] = random.choice((b"", b"<a/>", b"<a", bytes(100), parts[random.choice(sorted(parts))]))
        case 2:
            parts[name] = spoilt_bytes(random, parts[name])
        case 3:
            words = parts[name].split(b"<")
            at = random.randrange(len(words))
            parts[name] = b"<".join([*words[:at], *words[at + random.randrange(3) :]])
        case _:
            parts[name] = parts[name].replace(b"}}", random.choice(NASTY).encode() + b"}}", 1)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in parts.items():
            archive.writestr(each, content)
    return out.getvalue()
