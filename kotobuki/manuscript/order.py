"""The order of the keys of a file: as they are declared; of a case, as its form has it.

In: a tree, and what kind of file it is. Out: its mappings with their entries reordered, comments along with them. What
stands in the order of writing for a reason stays: everything deeper, what is listed under ｛順序｝, and an added section
behind the one it was written after.
"""

from __future__ import annotations

from kotobuki.case.content import FORM_BLOCK
from kotobuki.case.head import HEADER
from kotobuki.case.slots import ORDER_KEY, in_order, slot_name
from kotobuki.case.table_settings import SETTINGS
from kotobuki.manuscript.tree import Collection, Entry, Leaf, Tree, has_aliases
from kotobuki.reading.records import names_of
from kotobuki.settings.form import Form, SectionForm
from kotobuki.settings.form_reading import FormFile
from kotobuki.settings.meeting import MeetingFile
from kotobuki.settings.organization_reading import OrganizationFile

MEETING_KEYS = names_of(MeetingFile)
ORGANIZATION_KEYS = names_of(OrganizationFile)
FORM_KEYS = names_of(FormFile)


def order_keys(tree: Tree, keys: tuple[str, ...]) -> None:
    """The keys of a file that is no case; one that is not known stays behind the one it was written after."""
    names = [_name(entry) for entry in tree.root.entries]
    if not has_aliases(tree):
        _sort(tree.root, in_order(names, [key for key in keys if key in names]))


def order_case(tree: Tree, form: Form) -> None:
    """A case: its head, its sections, and the rows of its tables."""
    if has_aliases(tree):  # what is repeated must come before that which repeats it
        return
    root = tree.root
    head = [entry for entry in root.entries if _name(entry) in HEADER]
    sections = Collection(kind="mapping", start=root.start, entries=[each for each in root.entries if each not in head])
    slots = {each.name: each for each in form.sections}
    _order_slots(sections, list(slots), [each.name for each in form.sections if each.default is not None])
    root.entries = [*head, *sections.entries]
    for entry in sections.entries:
        slot = slots.get(slot_name(_name(entry)))
        if slot and slot.kind == "表":
            _order_rows(entry.value, slot)
    ordered = Collection(kind="mapping", start=root.start, entries=head)
    _sort(ordered, list(HEADER))
    root.entries = [*ordered.entries, *sections.entries]


def set_apart(tree: Tree) -> None:
    """One blank line above each section of a case."""
    for index, entry in enumerate(tree.root.entries):
        if index and _name(entry) not in (*HEADER, ORDER_KEY) and entry.above[:1] != [""]:
            entry.above.insert(0, "")


def _order_rows(value: Leaf | Collection, slot: SectionForm) -> None:
    """The rows of a form's table, which may stand among other content."""
    if not isinstance(value, Collection):
        return
    if value.kind == "mapping":
        inner = value.entries[0].value if len(value.entries) == 1 else None
        if inner and _name(value.entries[0]) == f"｛{FORM_BLOCK}｝":
            _order_rows(inner, slot)
        else:
            _order_slots(value, [row.name for row in slot.rows], [])
        return
    for entry in value.entries:
        if isinstance(entry.value, Collection) and entry.value.kind == "mapping":
            for each in entry.value.entries:
                if _name(each) == f"｛{FORM_BLOCK}｝":
                    _order_rows(each.value, slot)


def _order_slots(collection: Collection, slots: list[str], derived: list[str]) -> None:
    """Sections or rows in the order in which they are printed; `derived`: those that are printed even if not written."""
    first = [entry for entry in collection.entries if _name(entry) in (*SETTINGS, ORDER_KEY)]
    rest = [entry for entry in collection.entries if entry not in first]
    names = [slot_name(_name(entry)) for entry in rest]
    ordered = Collection(kind="mapping", start=collection.start, entries=rest)
    if not any(_name(entry) == ORDER_KEY for entry in first) and len(set(names)) == len(names):
        _sort(ordered, in_order(names, [name for name in slots if name in names or name in derived]))
    collection.entries = [*first, *ordered.entries]


def _sort(collection: Collection, names: list[str]) -> None:
    """Entries by name; unknown ones stay behind the known."""
    places = {name: index for index, name in enumerate(names)}
    collection.entries.sort(key=lambda entry: places.get(slot_name(_name(entry)), len(places)))


def _name(entry: Entry) -> str:
    return entry.key.text if entry.key else ""
