"""What a style amounts to: the styles part in, the properties of each style with everything inherited out.

Inheritance is Word's: document defaults, then the chain of `basedOn`; indents, spacing and fonts attribute by attribute,
tab stops added up, all else as a whole.
"""

from __future__ import annotations

from dataclasses import field

from lxml import etree

from kotobuki.lazy_dataclasses import dataclass
from kotobuki.word.markup import word

SIDES = {"start": "left", "end": "right"}
"""The two spellings of a side, the newer one first."""

_MERGED = {"ind", "spacing", "rFonts"}
_FIRST_LINE = {"firstLine", "hanging"}

Attributes = dict[str, str]


@dataclass(slots=True)
class Properties:
    """Properties merged along a chain of styles: element name → attributes; `tabs` as they stand in the file."""

    paragraph: dict[str, Attributes] = field(default_factory=dict)
    character: dict[str, Attributes] = field(default_factory=dict)
    tabs: frozenset[str] = frozenset()

    def under(self, holder: etree._Element) -> Properties:
        """These properties with those of a style (or of the document defaults) put over them."""
        merged = Properties(dict(self.paragraph), dict(self.character), self.tabs)
        for character in holder.iterchildren(word("rPr")):
            _merge(merged.character, character)
        for paragraph in holder.iterchildren(word("pPr")):
            _merge(merged.paragraph, paragraph)
            for tab in paragraph.iterfind(f"{word('tabs')}/{word('tab')}"):
                stop = {tab.get(word("pos"), "0")}
                merged.tabs = merged.tabs - stop if tab.get(word("val")) == "clear" else merged.tabs | stop
        return merged


class Inheritance:
    """The styles of a document by their ids, given by the root of their part."""

    def __init__(self, root: etree._Element) -> None:
        self.elements = {each.get(word("styleId"), ""): each for each in root.iterfind(word("style"))}
        defaults = Properties()
        for holder in root.iterfind(f"{word('docDefaults')}/*"):
            defaults = defaults.under(holder)
        self._resolved = {"": defaults}

    def properties(self, key: str) -> Properties:
        """What the style of this id amounts to: its own properties over those of the style it is based on."""
        if key not in self._resolved:
            self._resolved[key] = self._resolved[""]  # all that a style based on itself inherits
            element = self.elements.get(key)
            if element is not None:
                self._resolved[key] = self.properties(value_of(element, "basedOn")).under(element)
        return self._resolved[key]

    def chain(self, key: str) -> list[etree._Element]:
        """The style of this id and those it is based on, the most general first. A circle is cut."""
        chain: list[etree._Element] = []
        found = self.elements.get(key)
        while found is not None and found not in chain:
            chain.insert(0, found)
            found = self.elements.get(value_of(found, "basedOn"))
        return chain


def value_of(element: etree._Element, child: str) -> str:
    """The w:val of a child element, "" if there is none."""
    found = next(element.iterchildren(word(child)), None)
    return "" if found is None else found.get(word("val"), "")


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _merge(into: dict[str, Attributes], properties: etree._Element) -> None:
    for element in properties.iterchildren("*"):
        name = local_name(element)
        attributes = {str(key).rpartition("}")[2]: str(value) for key, value in element.items()}
        if name in _MERGED:
            inherited = into.get(name, {})
            if name == "ind":
                attributes = {SIDES.get(key, key): value for key, value in attributes.items()}
                if attributes.keys() & _FIRST_LINE:  # one property with two spellings: either replaces the other
                    inherited = {key: value for key, value in inherited.items() if key not in _FIRST_LINE}
            attributes = inherited | attributes
        into[name] = attributes
