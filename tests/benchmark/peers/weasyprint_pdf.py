# mypy: disable-error-code="import-not-found,import-untyped"
# The peers are an extra, and not all of them are typed.
"""WeasyPrint: all cases as one HTML, put together as text, and one PDF. Arguments: words.json, the PDF."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any

from weasyprint import HTML

_STYLE = """
@page { size: A4; margin: 20mm; @bottom-center { content: counter(page); font-size: 10.5pt } }
body { font: 12pt/18pt "BIZ UDMincho", "IPAexMincho"; text-align: justify; margin: 0 }
p { margin: 0 }
.page { break-before: page }
.right { text-align: right } .center { text-align: center }
.large { font-size: 16pt; line-height: 28pt; margin: 90pt 0 72pt }
h2 { font-size: 12pt; font-weight: normal; margin: 9pt 0 0; break-after: avoid }
table { border-collapse: collapse; width: 100%; line-height: 16pt }
td, th { border: .5pt solid; padding: 0 5.4pt; vertical-align: top; font-weight: normal }
td:first-child { width: 8em }
.l0 { text-indent: 1em } .l1 { margin-left: 1em; text-indent: -1em }
.l2 { margin-left: 2em; text-indent: -2em } .l3 { margin-left: 3em; text-indent: -1em }
"""
Words = dict[str, Any]  # as `cases.Case.words` makes them


def page(cases: Iterable[Words]) -> str:
    papers = "".join(part for case in cases for part in (cover(case), consultation(case), request(case)))
    return f"<html lang=ja><title>議案</title><style>{_STYLE}</style><body>{papers}</body></html>"


def cover(case: Words) -> str:
    return (
        f"<div class=page><p class=right>{escape(case['number'])}</p>"
        "<p class='center large'>令和９年度第１回<br>寿市個人情報保護審査会資料</p>"
        f"<p class=large>件名：「{escape(case['title'])}」<br>主管課：{escape(case['department'])}</p>"
        "<p>〈添付資料〉</p><p>(1) 諮問書</p><p>(2) 諮問依頼書（写）</p></div>"
    )


def consultation(case: Words) -> str:
    sections = {
        "１　諮問事項": case["title"],
        "２　諮問理由": case["reason"],
        "３　諮問関係資料": "別紙諮問依頼書（写）のとおり",
        "４　担当部課": case["department"],
    }
    body = "".join(section({"heading": key, "lines": [{"level": 0, "text": text}]}) for key, text in sections.items())
    return (
        "<div class=page><p class=right>9総総送第1号<br>令和９年５月11日</p>"
        "<p>寿市個人情報保護審査会<br>会長　羽衣　千鳥　殿</p><p class=right>寿市長　高砂　松風</p>"
        "<p class=center>寿市個人情報保護条例の規定による諮問について（諮問）</p>"
        "<p class=l0>寿市個人情報保護条例の規定に基づき、下記の事項について意見を求めます。</p>"
        f"<p class=center>記</p>{body}</div>"
    )


def request(case: Words) -> str:
    return (
        f"<div class=page><p class=right>{escape(case['document_number'])}<br>令和９年５月６日</p><p>総務部長　殿</p>"
        f"<p class=right>{escape(case['department'])}</p>"
        "<p class=center>寿市個人情報保護審査会への諮問について（依頼）</p>"
        "<p class=l0>寿市個人情報保護条例の規定に基づき、下記の事項について寿市個人情報保護審査会に諮問願います。</p>"
        f"<p class=center>記</p>{''.join(map(section, case['sections']))}</div>"
    )


def section(each: Words) -> str:
    heading = f"<h2>{escape(each['heading'])}</h2>"
    if "rows" not in each:
        return heading + "".join(lines(each["lines"]))
    rows = "".join(f"<tr><td>{escape(row['name'])}<td>{''.join(lines(row['lines']))}" for row in each["rows"])
    return f"{heading}<table><thead><tr><th>項目<th>内容<tbody>{rows}</table>"


def lines(found: list[Words]) -> Iterator[str]:
    for line in found:
        yield f"<p class=l{line['level']}>{escape(line['text'])}</p>"


words, pdf = map(Path, sys.argv[1:])
HTML(string=page(json.loads(words.read_text(encoding="utf-8")))).write_pdf(pdf)
