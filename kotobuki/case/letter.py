"""発信: a letter (通知, 照会, 回答 …) — its kind, number and date, who sends it and to whom.

In: the 発信 mapping of a case. Out: a `Letter`. Rules (C3): an office is addressed 御中, a post or a person as the house
style has it (殿, 様), many at once 各位 and nothing besides; where it cannot be told which it is, the case says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kotobuki.case.fields import Fields
from kotobuki.case.inlines import plain_text
from kotobuki.case.issued import Issued, read_issued
from kotobuki.case.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.case.organization import Organization
from kotobuki.diagnostics import Diagnostics, Place

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


@dataclass(frozen=True, slots=True)
class Letter:
    """発信.

    kind    as its title ends: 通知, 照会 …; "" where the form has no kinds
    sender  a post, "" = the heads of the divisions that draft it
    sealed  False: （公印省略） is printed under the sender
    """

    issued: Issued = field(default_factory=Issued)
    kind: str = ""
    sender: str = ""
    addressees: tuple[Addressee, ...] = ()
    sealed: bool = True


def read_letter(
    node: Mapping | None, kinds: tuple[str, ...], organization: Organization, diagnostics: Diagnostics
) -> Letter:
    """The letter; what is missing or wrong has been reported. `kinds`: those of the form."""
    if node is None:
        return Letter()
    fields = Fields(node, diagnostics, "発信")
    kind = fields.choice("種別", kinds, required=True) if kinds else None
    issued = read_issued(node, "発信", organization, diagnostics, fields)
    sender, honorific = fields.text("発信者"), fields.text("敬称")
    to = fields.node("宛先", required=True, example="総務部長")
    omitted = fields.boolean("公印省略")
    fields.finish()
    usual = plain_text(honorific, diagnostics)
    entries = to.items if isinstance(to, Sequence) else (to,) if to else ()
    if isinstance(to, Sequence) and not entries:
        diagnostics.error(to.place(), "missing-value", "「宛先」の一覧に何もありません", "例：宛先: 総務部長")
    found = tuple(_addressee(each, usual, organization, diagnostics) for each in entries)
    return Letter(issued, kind or "", plain_text(sender, diagnostics), found, not omitted)


def _addressee(node: Node, usual: str, organization: Organization, diagnostics: Diagnostics) -> Addressee:
    """One addressee, `usual` the honorific of all that have none of their own."""
    if isinstance(node, Mapping):
        fields = Fields(node, diagnostics, "宛先")
        office, post, person, honorific = (
            plain_text(fields.text(key), diagnostics) for key in ("名称", "職", "氏名", "敬称")
        )
        fields.finish()
        if {key.value for key, _ in node.entries} - set(fields.known):
            return Addressee()  # a misspelt key, which has been reported
        found = Addressee(office, post, person)
        own = honorific or usual or (organization.style.honorific if post or person else TO_OFFICES)
    elif isinstance(node, Scalar) and node.value.strip():
        found, own = _named(plain_text(node, diagnostics), organization)
        own = usual or own
    else:
        found, own = Addressee(), ""
    return _addressed(found, own, node.place(), diagnostics)


def _named(name: str, organization: Organization) -> tuple[Addressee, str]:
    """An addressee written as one name, and its honorific; "" where it cannot be told what it is."""
    if name in {post for each in organization.departments for post in (each.head, f"{each.name}長")}:
        return Addressee(post=name), organization.style.honorific
    if name in {each.name for each in organization.departments} | {each.name for each in organization.committees}:
        return Addressee(name), TO_OFFICES
    return Addressee(name), ""


def _addressed(found: Addressee, honorific: str, place: Place, diagnostics: Diagnostics) -> Addressee:
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
        remedy = "「敬称: 御中」（団体や課）、「敬称: 様」「敬称: 殿」（職や個人）のどれかを、発信に書いてください"
        diagnostics.error(place, "honorific-missing", reason, remedy)
    return replace(found, honorific=honorific)
