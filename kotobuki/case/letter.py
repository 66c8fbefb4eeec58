"""発信: a letter (通知, 照会, 回答 …) — its kind, number and date, who sends it and to whom.

In: the 発信 mapping of a case. Out: a `Letter`. Rules (C3): an office is addressed 御中, a post or a person as the house
style has it (殿, 様), many at once 各位 and nothing besides; where it cannot be told which it is, the case says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from kotobuki.diagnostics import Diagnostics, Place, mistyped
from kotobuki.japanese.wareki import format_date
from kotobuki.reading.fields import Fields
from kotobuki.reading.inlines import plain_text
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.reading.placeholders import placeholder_of
from kotobuki.settings.issued import Issued, read_issued
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


@dataclass(frozen=True, slots=True)
class Answered:
    """来文: the letter that this one answers, its number as it has it ("" = none) and its date."""

    number: str
    date: date | None
    place: Place = field(compare=False)

    @property
    def text(self) -> str:
        """As 令和4年6月1日付け4環第12号."""
        return (f"{format_date(self.date)}付け" if self.date else "") + self.number


@dataclass(frozen=True, slots=True)
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


def read_letter(
    node: Mapping | None, kinds: tuple[str, ...], organization: Organization, diagnostics: Diagnostics
) -> Letter:
    """The letter; what is missing or wrong has been reported. `kinds`: those of the form."""
    if node is None:
        return Letter()
    fields = Fields(node, diagnostics, "発信")
    open_kind = fields.placeholder("種別") if kinds else None
    kind = open_kind.text if open_kind else fields.choice("種別", kinds, required=True) if kinds else None
    issued = read_issued(node, "発信", organization, diagnostics, fields)
    sender, honorific = fields.text("発信者"), fields.text("敬称")
    to = fields.node("宛先", required=True, example="総務部長")
    omitted, answered = fields.boolean("公印省略"), _answered(fields.mapping("来文"), diagnostics)
    fields.finish()
    if sender:
        _check_post(sender, organization, diagnostics)
    usual = plain_text(honorific, diagnostics)
    entries = to.items if isinstance(to, Sequence) else (to,) if to else ()
    if isinstance(to, Sequence) and not entries:
        diagnostics.error(to.place(), "missing-value", "「宛先」の一覧に何もありません", "例：宛先: 総務部長")
    found = tuple(_addressee(each, usual, organization, diagnostics) for each in entries)
    return Letter(issued, kind or "", plain_text(sender, diagnostics), found, not omitted, answered)


def _answered(node: Mapping | None, diagnostics: Diagnostics) -> Answered | None:
    if node is None:
        return None
    fields = Fields(node, diagnostics, "来文")
    number, day = fields.text("文書番号"), fields.date("日付", required=True)
    fields.finish()
    return Answered(plain_text(number, diagnostics), day, node.place())


def _check_post(post: Scalar, organization: Organization, diagnostics: Diagnostics) -> None:
    """A sender need not be in organization.yaml; but one that is there with a slip is a slip."""
    known = [organization.head_post, *_posts(organization)]
    if post.value not in known and (meant := mistyped(post.value, known)):
        reason = f"発信者「{post.value}」は organization.yaml にありません"
        diagnostics.error(post.place(), "sender-mistyped", reason, f"「{meant}」の誤りではありませんか")


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
