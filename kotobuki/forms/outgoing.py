"""What templates print of an outgoing paper: its number and date (依頼, 諮問, 発信); of a letter, who sends it and to whom.

In: what the case or the meeting says of it. Out: values by the names that templates use.
"""

from __future__ import annotations

from kotobuki.case.case import Case
from kotobuki.case.letter import Letter
from kotobuki.diagnostics import Place
from kotobuki.forms import numbers
from kotobuki.forms.values import Registry, Value
from kotobuki.japanese.characters import natural_width_em
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.inlines import Spread, Text
from kotobuki.settings.issued import Issued
from kotobuki.settings.organization import Organization


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An outgoing paper: `what` it is (依頼, 諮問, 発信), its number and date, where they are to be given.

    mark  of the office that issues it, where `issued` gives none
    year  the fiscal year, where its date is open
    """

    what: str
    issued: Issued
    mark: str
    place: Place
    year: int | None = None


def issued_values(outgoing: Outgoing, registry: Registry) -> dict[str, Value]:
    """Number and date spread to one width, so that both lines share their edges (A3)."""
    issued, year, style = outgoing.issued, outgoing.year, registry.names.style
    number_open = issued.number is None and not issued.number_words
    date_open = issued.date is None and not issued.date_words
    texts = (
        ("文書番号", "番号", numbers.document_number(issued, outgoing.mark, style, year), number_open),
        ("日付", "日付", numbers.document_date(issued, year), date_open),
    )
    places = {"番号": issued.number_place, "日付": issued.date_place}
    width = max(natural_width_em(style.digits.set_text(text)) for _, _, text, _ in texts)
    return {
        name: Value(
            registry,
            (Spread((words_at(text, places[key] if places[key].line else outgoing.place),), fit_em=width),),
            (f"{outgoing.what}の{key}", outgoing.place) if is_open else None,
        )
        for name, key, text, is_open in texts
    }


def words_at(text: str, place: Place) -> Text:
    """Words that stand for what is said at a place of a file, if any."""
    return Text(text, at=((0, place),) if place.line else ())


def senders(given: str, case: Case) -> list[str]:
    """The posts that send the paper: the one given, else the head of each division that drafts it, once."""
    return [given] if given else list(dict.fromkeys(each.head for each in case.departments))


def letter_values(letter: Letter, case: Case, organization: Organization, registry: Registry) -> dict[str, object]:
    """発信. The head of the municipality signs with the name, every other post without (C3)."""

    place = letter.issued.place if letter.issued.place.path else case.place

    def words(text: str) -> Value:
        return Value(registry, (words_at(text, place),) if text else ())

    posts = senders(letter.sender, case)
    heads = {organization.head_post: organization.head_name}
    mark = case.departments[0].mark if case.departments else ""
    return {
        **issued_values(Outgoing("発信", letter.issued, mark, place), registry),
        "種別": words(letter.kind),
        "発信者": [{"職": words(post), "氏名": words(heads.get(post, ""))} for post in posts],
        "宛先": [
            {
                "名称": words(each.office),
                "職": words(each.post),
                "氏名": words(each.person),
                "敬称": words(each.honorific),
            }
            for each in letter.addressees
        ],
        "来文": words(letter.answered.text if letter.answered else ""),
        "公印省略": not letter.sealed,
    }
