"""発信: a letter (通知, 照会, 回答 …) — its kind, number and date, who sends it and to whom.

In: the 発信 mapping of a case. Out: a `Letter`. Rules (C3): an office is addressed 御中, a post or a person as the house
style has it (殿, 様), many at once 各位 and nothing besides; where it cannot be told which it is, the case says so.
"""

from __future__ import annotations

from dataclasses import field, replace
from datetime import date
from typing import Any

from kotobuki.diagnostics import Diagnostics, Place, guessed, mistyped
from kotobuki.japanese.wareki import format_date
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading import json_schema
from kotobuki.reading.inlines import plain_text
from kotobuki.reading.json_schema import Schema
from kotobuki.reading.kinds import AnyText, Anything, Date, Described, Known, Open, Words, YesNo, one_of
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.reading.placeholders import Placeholder, placeholder_of
from kotobuki.reading.records import Record, keyed, names_of, read_record, record_schema, spliced, where
from kotobuki.settings.issued import Issued, IssuedKeys
from kotobuki.settings.organization import Organization

TO_OFFICES = "御中"
TO_MANY = "各位"
_HONORIFICS = ("殿", "様", "御中", "先生", "宛て", "あて")


@dataclass(frozen=True, slots=True)
class Addressee:
    """One addressee: an office, a post, a person, or all of them; "" = not named. `honorific` "" = none is printed."""

    office: str = ""
    post: str = ""
    person: str = ""
    honorific: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """来文: the letter that this one answers, its number as it has it ("" = none) and its date."""

    number: str = keyed("文書番号", Words(), "答える相手の文書番号（書いてあるとおり）", default="")
    date: date | None = keyed("日付", Date(), "答える相手の文書の日付", required=True)
    place: Place = where()

    @property
    def text(self) -> str:
        """As 令和4年7月1日付け4環第12号."""
        return (f"{format_date(self.date)}付け" if self.date else "") + self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """発信.

    kind      as its title ends: 通知, 照会 …; "" where the form has no kinds
    sender    a post, "" = the heads of the divisions that draft it
    sealed    False: （公印省略） is printed under the sender
    answered  None: it answers no letter
    """

    issued: Issued = field(default_factory=Issued)
    kind: str = ""
    sender: str = ""
    addressees: tuple[Addressee, ...] = ()
    sealed: bool = True
    answered: Answered | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _AddresseeKeys:
    """An addressee that is told by its parts."""

    office: str = keyed("名称", Words(), "組織の名称", default="")
    post: str = keyed("職", Words(), "職", default="")
    person: str = keyed("氏名", Words(), "氏名", default="")
    honorific: str = keyed("敬称", Words(), "この宛先の敬称", default="")


def _addressees_schema(known: Known) -> Schema:
    one = record_schema(_AddresseeKeys, "宛先", known, minProperties=1)
    text = json_schema.text(plain=True)
    return json_schema.texts({**one, **text, "type": [*json_schema.SCALAR, "object"]}, minItems=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterKeys:
    """発信 as it is written. 種別 is a key only where the form has kinds of letter."""

    kind: str | Placeholder | None = keyed(
        "種別", Open(one_of()), "手紙の種別（例：通知）。件名の後に（ ）で印字する", required=True
    )
    issued: IssuedKeys = spliced(IssuedKeys)
    sender: Scalar | None = keyed(
        "発信者", Described(AnyText(), Words().schema), "発信者の職。主管課の部長と違うときだけ"
    )
    honorific: str = keyed("敬称", Words(), "どの宛先にも付ける敬称。省けば宛先に応じて付く", default="")
    addressees: Node | None = keyed(
        "宛先", Anything(_addressees_schema), "宛先。複数なら一覧", required=True, example="総務部長"
    )
    unsealed: bool = keyed("公印省略", YesNo(), "はい なら（公印省略）と印字する", default=False)
    answered: Answered | None = keyed("来文", Record(Answered, "来文"), "答える相手の文書。回答のときに書く")


def letter_schema(known: Known) -> Schema:
    """発信, its kinds those that are known as 種別."""
    kinds = tuple(known["種別"])
    return record_schema(LetterKeys, "発信", known, **_of_form(kinds))


def _of_form(kinds: tuple[str, ...]) -> Any:  # noqa: ANN401  (keyword arguments of `read_record` and `record_schema`)
    return {"kinds": {"種別": Open(one_of(*kinds))}} if kinds else {"without": ("種別",)}


def read_letter(
    node: Mapping | None, kinds: tuple[str, ...], organization: Organization, diagnostics: Diagnostics
) -> Letter:
    """The letter; what is missing or wrong has been reported. `kinds`: those of the form."""
    if node is None:
        return Letter()
    written = read_record(LetterKeys, node, diagnostics, "発信", **_of_form(kinds))
    if written.sender:
        _check_post(written.sender, organization, diagnostics)
    to, kind = written.addressees, written.kind
    entries = to.items if isinstance(to, Sequence) else (to,) if to else ()
    if isinstance(to, Sequence) and not entries:
        diagnostics.error(to.place(), "missing-value", "「宛先」の一覧に何もありません", "例：宛先: 総務部長")
    return Letter(
        issued=written.issued.issued(organization, diagnostics),
        kind=kind.text if isinstance(kind, Placeholder) else kind or "",
        sender=plain_text(written.sender, diagnostics),
        addressees=tuple(_addressee(each, written.honorific, organization, diagnostics) for each in entries),
        sealed=not written.unsealed,
        answered=written.answered,
    )


def _check_post(post: Scalar, organization: Organization, diagnostics: Diagnostics) -> None:
    """A sender need not be in organization.yaml; but one that is there with a slip is a slip."""
    known = [organization.head_post, *_posts(organization)]
    if post.value not in known and (meant := mistyped(post.value, known)):
        reason = f"発信者「{post.value}」は organization.yaml にありません"
        hint, fix = guessed(post.value, meant)
        diagnostics.error(post.place(), "sender-mistyped", reason, hint.removesuffix("。"), fix)


def _posts(organization: Organization) -> dict[str, None]:
    """The heads of divisions and 課, these also without the division, as they sign."""
    sections = (each.section for each in organization.departments if each.section)
    names = (*(each.name for each in organization.departments if each.section), *sections)
    return dict.fromkeys([*(each.head for each in organization.departments), *(f"{name}長" for name in names)])


def _addressee(node: Node, usual: str, organization: Organization, diagnostics: Diagnostics) -> Addressee:
    """One addressee, `usual` the honorific of all that have none of their own."""
    if placeholder := placeholder_of(node):
        return Addressee(placeholder.text)
    if isinstance(node, Mapping):
        written = read_record(_AddresseeKeys, node, diagnostics, "宛先")
        if {name.value for name, _ in node.entries} - set(names_of(_AddresseeKeys)):
            return Addressee()  # a misspelt key, which has been reported
        found = Addressee(written.office, written.post, written.person)
        usual_here = organization.style.honorific if written.post or written.person else TO_OFFICES
        own = written.honorific or usual or usual_here
    elif isinstance(node, Scalar) and node.value.strip():
        found, own = _named(plain_text(node, diagnostics), organization)
        own = usual or own
    else:
        found, own = Addressee(), ""
    return _addressed(found, own, node.place(), organization, diagnostics)


def _named(name: str, organization: Organization) -> tuple[Addressee, str]:
    """An addressee written as one name, and its honorific; "" where it cannot be told what it is."""
    if name in _posts(organization):
        return Addressee(post=name), organization.style.honorific
    if name in {each.name for each in organization.departments} | {each.name for each in organization.committees}:
        return Addressee(name), TO_OFFICES
    return Addressee(name), ""


def _addressed(
    found: Addressee, honorific: str, place: Place, organization: Organization, diagnostics: Diagnostics
) -> Addressee:
    """The addressee with its honorific, of which there is one and no more."""
    words = found.person or found.post or found.office
    if not words:
        diagnostics.error(place, "addressee-empty", "宛先の名がありません", "例：宛先: {名称: ○○株式会社, 敬称: 御中}")
    elif words.endswith(TO_MANY):
        return found
    elif written := next((each for each in _HONORIFICS if words.endswith(each)), ""):
        remedy = f"宛先は「{words.removesuffix(written).rstrip()}」とし、「敬称: {written}」と分けて書いてください"
        diagnostics.error(place, "honorific-twice", f"宛先の名に、敬称「{written}」が書かれています", remedy)
    elif not honorific:
        reason = f"「{words}」の敬称が決まりません"
        known = [*_posts(organization), *(each.name for each in organization.departments)]
        meant = mistyped(words, known)
        remedy = f"「{meant}」の誤りではありませんか。" if meant else ""
        remedy += "「敬称: 御中」（団体や課）、「敬称: 様」「敬称: 殿」（職や個人）のどれかを、発信に書いてください"
        diagnostics.error(place, "honorific-missing", reason, remedy)
    return replace(found, honorific=honorific)
