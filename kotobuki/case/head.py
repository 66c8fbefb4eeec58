"""The head of a case: the keys that are not sections of its form, each declared once.

In: nothing. Out: `CaseHead`, which `case` reads from the head of a file; `HEADER`, its keys in canonical order; `USUAL`,
whether a case must have them, unless its form says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping as Dictionary

from kotobuki.case.basis import PROVISION
from kotobuki.case.letter import letter_schema
from kotobuki.case.wordings import wordings_schema
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading import json_schema
from kotobuki.reading.ecma import PLACEHOLDER, as_typed
from kotobuki.reading.json_schema import Schema
from kotobuki.reading.kinds import AnyText, Described, Known, Named, Open, Raw, Several, Words, YesNo
from kotobuki.reading.nodes import Mapping, Scalar, Sequence
from kotobuki.reading.placeholders import Placeholder
from kotobuki.reading.records import Asked, Draft, Record, Spell, drafted, keyed, keys_of, spliced
from kotobuki.settings.form import Use
from kotobuki.settings.issued import IssuedKeys
from kotobuki.settings.meeting import COMMITTEE_ASKED, committee_drafted
from kotobuki.settings.terms import TERMS


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestKeys:
    """依頼."""

    issued: IssuedKeys = spliced(IssuedKeys)
    sender: str = keyed("発信者", Words(), "発信者の職。主管課の部長などと違うときだけ", default="")
    addressee: str = keyed("宛先", Words(), "宛先の職。庶務担当課の部長などと違うときだけ", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutKeys:
    """組版."""

    squeeze: bool | None = keyed("詰め", YesNo(), "はい なら、約物を詰めて1字多く入れる")
    hang_in_cells: bool | None = keyed(
        "表のぶら下げ", YesNo(), "はい なら、表の欄でも、行末の「、」「。」を欄の幅の外に置く"
    )


def _form_schema(known: Known) -> Schema:
    return {"type": ["string"], "enum": [*known["様式"]]}


def _departments_schema(known: Known) -> Schema:
    """One or several, each once."""
    one = json_schema.choice(known["部課"])
    return {"anyOf": [*one["anyOf"], {"type": "array", "items": one, "minItems": 1, "uniqueItems": True}]}


def _bases_schema(known: Known) -> Schema:
    """Provisions by ordinance. The first of a list stands by itself; later ones may leave out the article."""
    provision = as_typed(PROVISION)
    said = "「第14条第3項」のように、第…条から数字で書きます"
    first, later = (json_schema.matching(f"^(?={start}){provision}$", said) for start in ("附則|第.+条", "."))
    whole = {name: first[name] for name in ("pattern", "patternErrorMessage")}
    value = {**json_schema.texts(later, minItems=1, uniqueItems=True), **whole}
    value["allOf"] = [{"items": [first]}]
    pairs = "根拠は「例規の略称: 条項」の組で書きます"
    bases = json_schema.by_name(value, pairs, names=PLACEHOLDER, minProperties=1)
    return {**bases, "properties": dict.fromkeys(known["例規"], value)}


def _bases_drafted(known: Known, spell: Spell) -> tuple[str, ...]:
    law = next(iter(known["例規"]), "")
    return ("根拠:", f"  {spell(law) if law else '｛記入：例規の略称｝'}: ｛記入：条項｝")


def _bases_guide(known: Known) -> str:
    laws = "・".join(known["例規"])
    return f"例規の略称: 条項。例規は {laws} から。" if laws else "例規の略称: 条項。"


def _letter_drafted(known: Known, _: Spell) -> tuple[str, ...]:
    kinds = "・".join(known["種別"])
    return (
        "発信:",
        *((f"  種別: ｛記入：種別｝  # {kinds} のどれか",) if kinds else ()),
        f"  日付: ｛記入：{LETTER_DATE}｝",
        "  宛先: {名称: ｛記入：宛先｝, 敬称: ｛記入：御中、様、殿など｝}",
    )


REQUEST_DATE, LETTER_DATE = "依頼の日付", "発信の日付"
"""What the placeholders of the dates are called."""


def _dated(name: str) -> Asked:
    return Asked(name, "--date", name, "2022-05-06")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHead:
    """What a case says before its sections."""

    form: Scalar | None = keyed(
        "様式", Described(AnyText(), _form_schema), "案件の種類。節と行はこれで決まる", required=True
    )
    title: Scalar | None = keyed(
        "件名",
        AnyText(),
        "案件の件名。どの書類にもこのまま入る",
        required=True,
        draft=drafted(
            "件名: ｛記入：件名｝",
            guide="「…について」の形で書く。",
            asked=Asked("件名", "--subject", example="○○システムの更新について"),
        ),
    )
    departments: tuple[Scalar, ...] = keyed(
        "主管課",
        Described(Several(Named("部課")), _departments_schema),
        "部と課の名を続けて（例：総務部総務課）。複数なら一覧",
        default=(),
        required=True,
        draft=drafted(
            "主管課: ｛記入：主管課｝",
            guide="organization.yaml の「部課」から、部と課を続けて書く。二つ以上なら一覧にする。",
            asked=Asked("主管課", "--department"),
        ),
    )
    bases: Mapping | Placeholder | None = keyed(
        "根拠",
        Open(Raw(Mapping, _bases_schema)),
        "例規の略称: 条項（例：条例: 第14条第3項）",
        required=True,
        draft=Draft(lines=_bases_drafted, guide=_bases_guide),
    )
    request: RequestKeys = keyed(
        "依頼",
        Record(RequestKeys, "依頼"),
        "諮問依頼書の番号と日付。決まっていなければ書かない",
        default=RequestKeys(),
        draft=drafted(
            f"依頼: {{日付: ｛記入：{REQUEST_DATE}｝}}",
            guide="番号は、取るまで書かない。",
            stands=True,
            asked=_dated(REQUEST_DATE),
        ),
    )
    letter: Mapping | None = keyed(
        "発信",
        Raw(Mapping, letter_schema),
        "手紙（例：通知、照会）の番号、日付、宛先",
        draft=Draft(
            lines=_letter_drafted, guide=lambda _: "番号は、取るまで書かない。", stands=True, asked=_dated(LETTER_DATE)
        ),
    )
    committee: Scalar | None = keyed(
        "会議体",
        Named("会議体"),
        "会議体が二つ以上あるときに、その略称",
        draft=Draft(lines=committee_drafted, stands=True, asked=COMMITTEE_ASKED),
    )
    terms: Mapping | None = keyed(
        "用語",
        TERMS,
        "この案件だけの用語。略称: 正式な名称",
        draft=drafted("用語:", "  略称: 正式な名称", guide="この案件だけの略称: 正式な名称。"),
    )
    wordings: Mapping | None = keyed(
        "文言", Raw(Mapping, wordings_schema), "様式の文に代える、この案件の文。書類の名: {役割: 文}"
    )
    annexes: Sequence | None = keyed(
        "別紙",
        Raw(Sequence),
        "この案件のために作り、書類に綴じるもの",
        draft=drafted(
            "別紙:", "  - 題名: 別紙の題名", "    内容: 別紙の内容", guide="この案件のために作り、綴じるもの。"
        ),
    )
    existing: Sequence | None = keyed(
        "別添",
        Raw(Sequence),
        "今ある書類。会議資料にはそのPDFを綴じる",
        draft=drafted(
            "別添:",
            "  - {題名: 書類の題名, ファイル: 書類.pdf}",
            guide="今ある書類。ファイルは案件と同じフォルダに置く。",
        ),
    )
    layout: LayoutKeys = keyed(
        "組版", Record(LayoutKeys, "組版"), "この案件だけの組み方。普段は要らない", default=LayoutKeys()
    )


HEADER = tuple(each.name for each in keys_of(CaseHead))
"""The keys of a case that are not sections of its form."""
_OF_LETTERS = ("発信",)
USUAL: Dictionary[str, Use] = {
    each.name: "required" if each.required else "none" if each.name in _OF_LETTERS else "optional"
    for each in keys_of(CaseHead)
}
"""What the cases of a form say at their head, unless the form has it otherwise."""
