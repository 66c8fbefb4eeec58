"""A case begun from its form: every section and row of it, in its order, with what to write there as comments.

In: a form and the organization. Out: the text of a YAML in which every value that the form asks for is a placeholder;
what may be left out is commented out. It is in the layout of `kotobuki fmt`, which a test holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import assert_never

from kotobuki.case.head import LETTER_DATE, REQUEST_DATE, CaseHead
from kotobuki.drafting.writing import blank, sentences, written
from kotobuki.reading.records import Key, keys_of
from kotobuki.settings.form import Form, RowForm, SectionForm, typed_block
from kotobuki.settings.organization import Organization

TITLE, OFFICE, LAWS, TIME = "件名", "主管課", "根拠", "時"
DATES = {"依頼": REQUEST_DATE, "発信": LETTER_DATE}
"""What placeholders are called that the command has an answer to; the date by the key that it stands under."""

_NOTICE = (
    "｛記入：…｝の所を書き換える。残っている間は「案」と印字し、--final では作れない。",
    "「#」で始まる行は説明で、印字しない。省ける所を使うときは、行の頭の「# 」を取る。",
    "長い文章は、「見出し: >-」の次の行から字下げして書く。",
)
_KIND_GUIDES = {
    "日程": "1行に一つ「- 時: 事柄」と書く。時は 2022-06、2022-06-01、2022-06以降、未定 など。",
    "体制": "「役割: 職」を並べる。",
    "個人情報": "項目は一つずつ書く。件数は省ける。",
    "事業者": "一つずつ書く。どれも省ける。",
    "値": "「見出し: 値」を並べる。",
    "表": "行は、1行ずつ欄の一覧にする。",
}


def draft_case(form: Form, organization: Organization) -> str:
    """The text, but for the line that is for editors."""
    purpose = f"：{form.purpose}" if form.purpose else ""
    lines = [f"# {form.name}{purpose}", *(f"# {each}" for each in _NOTICE), f"様式: {written(form.name)}"]
    head = [line for key in keys_of(CaseHead) for line in _head(key, form, organization)]
    stands = max((at for at, line in enumerate(head, 1) if not line.startswith("#")), default=0)
    lines += [*head[:stands], *([""] if head[stands:] else []), *head[stands:]]
    for section in form.sections:
        lines += ["", *_section(section)]
    if form.free:
        lines += ["", "# ほかの節は、見出しを付けて、印字する順に書き足す。", "# 節の見出し: 節の内容"]
    return "\n".join(lines) + "\n"


def _head(key: Key, form: Form, organization: Organization) -> Iterator[str]:
    """A key at the head of the case, as it is declared and as the form has it."""
    if key.draft is None or not form.uses(key.name):
        return
    known = {**organization.known(), "種別": form.letters}
    body, guide = key.draft.lines(known, partial(written, key=True)), key.draft.guide(known)
    if form.requires(key.name) or (body and key.draft.stands):
        yield from ([f"# {guide}"] if guide else [])
        yield from (body or (f"{key.name}: {blank(key.name)}",))
    elif body:
        yield f"# （省ける）{guide}"
        yield from _commented(body)


def _section(section: SectionForm) -> Iterator[str]:
    key = written(section.name, key=True)
    if section.default is not None:
        guide = section.guide or f"書かなければ「{section.default.value}」と印字する。"
        yield from (f"# {each}" for each in sentences(guide))
        yield from _commented([f"{key}: {written(section.default.value)}"])
        return
    body = [f"{key}:", *_indented(_rows(section))] if section.kind == "表" else _typed(key, section.name, section.kind)
    yield from _guided(section, body)


def _rows(section: SectionForm) -> Iterator[str]:
    """The rows of a table; one at least stands."""
    if not section.rows and section.width > 2:
        yield f"- [{', '.join(_cells(section))}]"
    elif not section.rows:
        yield f"｛追加｝{blank('項目')}: {blank('内容')}"
    stands = section.rows[0] if section.rows and not any(row.required for row in section.rows) else None
    for row in section.rows:
        key = written(row.name, key=True)
        cells = f"[{', '.join(_cells(section)[1:])}]"
        body = [f"{key}: {cells}"] if section.width > 2 else _typed(key, row.name, row.kind)
        yield from _guided(row, body, stands=row is stands)


def _cells(section: SectionForm) -> list[str]:
    """A row of a table with several columns, cell by cell."""
    return [written(blank(name)) for name in section.columns]


def _guided(slot: SectionForm | RowForm, body: list[str], *, stands: bool = False) -> Iterator[str]:
    """A section or row with its guide above it, commented out if it may be left out."""
    guides = sentences(slot.guide)
    of_form = isinstance(slot, SectionForm) and slot.kind == "表" and (slot.width == 2 or slot.rows)
    if hint := _KIND_GUIDES.get("" if of_form else slot.kind):
        guides.append(hint)
    if slot.required or stands:
        yield from (f"# {each}" for each in guides)
        yield from body
    else:
        yield from (f"# {each}" for each in [f"（省ける）{guides[0] if guides else ''}", *guides[1:]])
        yield from _commented(body)


def _typed(key: str, name: str, kind: str) -> list[str]:
    """A key and its value in the spelling of its kind; a kind that is drawn is a text until it is."""
    match typed_block(kind):
        case "日程":
            return [f"{key}:", f"  - {blank(TIME)}: {blank('事柄')}"]
        case "体制":
            return [f"{key}: {{{blank('役割')}: {blank('職')}}}"]
        case "個人情報":
            return [f"{key}:", "  項目:", f"    - {blank('個人情報の項目')}", f"  件数: {blank('件数')}"]
        case "事業者":
            firm = ", ".join(f"{each}: {blank(each)}" for each in ("法人名", "代表者", "所在地"))
            return [f"{key}:", f"  - {{{firm}}}"]
        case "値":
            return [f"{key}: {{{blank('見出し')}: {blank('値')}}}"]
        case "表":
            return [f"{key}:", f"  列: [{blank('列の名')}]", "  行:", f"    - [{blank('欄の内容')}]"]
        case "図" | "画像" | None:
            return [f"{key}: {written(blank(name))}"]
        case other:
            assert_never(other)


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


def _commented(lines: Iterable[str]) -> Iterator[str]:
    return (f"# {line}" for line in lines)
