"""Two versions of a file that grew from one, merged entry by entry (`kotobuki merge-driver`).

In: the trees of the common ancestor and of both versions. Out: lines, and what the merged file must say if read again.
Rules: what one side alone changed is taken from it; what both changed alike, once; where both changed a list or mapping,
it is taken apart; else the entry is a conflict, and stands in both versions between git's marks. Where it cannot be known
in which order two additions or moves are meant to stand, that is a conflict, too.

Lists drawn entry by entry, `< ours = theirs >` a conflict (`tests/manuscript/test_drawn_examples.py` merges these rows):

    base     | ours       | theirs     | merged
    甲 乙 丙 | 甲い 乙 丙 | 甲 乙ろ 丙 | 甲い 乙ろ 丙           neighbours are no conflict, as they are in lines
    甲 乙 丙 | 甲い 乙 丙 | 甲い 乙 丙 | 甲い 乙 丙             both did the same
    甲 乙 丙 | 甲い 乙 丙 | 甲ろ 乙 丙 | < 甲い = 甲ろ > 乙 丙  both changed one entry, each otherwise
    甲 乙 丙 | 甲 乙      | 甲い 乙 丙 | 甲い 乙                deleted by one, what is beside it changed by the other
    甲 乙 丙 | 甲 乙      | 甲 乙 丙ろ | 甲 乙 < = 丙ろ >       deleted by one, changed by the other

In which order the entries stand: `ordering`. Which entry is which: `alignment`. With no base, whatever differs is a conflict.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Literal

from kotobuki.case.slots import ADDED, ORDER_KEY
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.manuscript.edits import Edit, edited
from kotobuki.manuscript.ordering import MergeRun, Triple, Versions, order
from kotobuki.manuscript.parse import parse
from kotobuki.manuscript.parts import Lines, Part, inner_parts, parts_of, said, said_head, shifted, texts
from kotobuki.manuscript.tree import Collection, Tree
from kotobuki.manuscript.writing import flow, write
from kotobuki.named_tuples import NamedTuple

UNORDERED = ("用語", "例規", "議案")
"""Mappings whose order says nothing."""


Said = tuple[Hashable, ...]
"""What some entries say, one by one, or some comments."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Lines, and what they say.

    ours    what they say with every conflict among them settled for ours
    theirs  the same for theirs: equal where there is no conflict
    clean   whether there is none
    marked  whether they begin with a mark of one
    """

    lines: Lines
    ours: Said
    theirs: Said
    clean: bool = True
    marked: bool = False

    @classmethod
    def of(cls, lines: Lines, said: Said) -> Merged:
        """Without a conflict."""
        return cls(lines, said, said)


@dataclass(frozen=True, slots=True)
class ConflictMarks:
    """The marks of a conflict, as git writes them: <<<<<<< ours, =======, >>>>>>> theirs. `size`: of each, in characters."""

    size: int = 7
    ours: str = "ours（今の版）"
    theirs: str = "theirs（取り込む版）"

    def around(self, ours: _Version, theirs: _Version) -> Merged:
        """Both versions between marks; blank lines and comments that both begin with stand before them."""
        return Merged(self._marked(ours.lines, theirs.lines), ours.said, theirs.said, clean=False, marked=True)

    def _marked(self, ours: Lines, theirs: Lines) -> Lines:
        same = 0
        while (
            same < min(len(ours), len(theirs)) and ours[same] == theirs[same] and ours[same].lstrip()[:1] in ("", "#")
        ):
            same += 1
        before, between, after = (sign * self.size for sign in "<=>")
        own, others = ours[same:], theirs[same:]
        return (*ours[:same], f"{before} {self.ours}", *own, between, *others, f"{after} {self.theirs}")


class _Version(NamedTuple):
    """What a version says, and its lines."""

    said: Said
    lines: Lines


def merge_trees(
    base: Tree | None, ours: Tree, theirs: Tree, marks: ConflictMarks, *, ordered: bool = False
) -> Merged | None:
    """The merged file, of divisible trees; None where the order of its entries cannot be known.

    Without `base`, whatever differs is a conflict. `ordered`: the order of the entries of the file itself says something.
    """
    own, others, old = _Divided.of(ours), _Divided.of(theirs), _Divided.of(base) if base else None
    merger = _Merger(marks)
    versions = Versions(old.parts if old else [], own.parts, others.parts, strict=base is None, ordered=ordered)
    body = merger.entries(versions, 0)
    if body is None:
        return None
    head = merger.words(old.head if old else None, own.head, others.head)
    tail = merger.words(old.tail if old else None, own.tail, others.tail)
    return Merged(
        head.lines + body.lines + tail.lines,
        (head.ours, body.ours, tail.ours),
        (head.theirs, body.theirs, tail.theirs),
        head.clean and body.clean and tail.clean,
    )


def said_tree(tree: Tree) -> Said:
    """What a file says, as `merge_trees` has it."""
    return texts(tree.head), tuple(map(said, tree.root.entries)), texts(tree.root.tail)


class _Divided(NamedTuple):
    """A file: what stands above its first entry, its entries, what stands behind the last."""

    head: _Version
    parts: list[Part]
    tail: _Version

    @classmethod
    def of(cls, tree: Tree) -> _Divided:
        """The file of a tree whose root is divisible. Blank lines at its end are no part of it."""
        end = max(index for index, line in enumerate(tree.lines) if line.strip()) + 1
        parts, tail = parts_of(tree, tree.root, end)
        head = _Version(texts(tree.head), tree.lines[: parts[0].first])
        return cls(head, parts, _Version(texts(tree.root.tail), tail))


@dataclass(frozen=True, slots=True)
class _Merger:
    """Calls itself for what is nested; `column`: where the merged entries shall stand."""

    marks: ConflictMarks

    def words(self, base: _Version | None, ours: _Version, theirs: _Version) -> Merged:
        """What stands before the first entry or behind the last, lines that cannot be taken apart: of one side, or both
        between marks.
        """
        match _side(base, ours, theirs):
            case "ours":
                return Merged.of(ours.lines, ours.said)
            case "theirs":
                return Merged.of(theirs.lines, theirs.said)
            case None:
                return self.marks.around(ours, theirs)

    def entries(self, versions: Versions, column: int) -> Merged | None:
        """The entries of a list or mapping; None where their order cannot be known."""
        runs = order(versions)
        if runs is None:
            return None
        found: list[Merged] = []
        for run in runs:
            if run.after:
                found.append(self.entry(run.after, column, versions.strict))
            found += self.run(run, column, versions)
        return Merged(
            tuple(line for each in found for line in each.lines),
            tuple(entry for each in found for entry in each.ours),
            tuple(entry for each in found for entry in each.theirs),
            all(each.clean for each in found),
            bool(found) and found[0].marked,
        )

    def entry(self, triple: Triple, column: int, strict: bool) -> Merged:
        """An entry that both sides have: of the side that changed it; taken apart where both did; else a conflict."""
        base, ours, theirs = triple.base, triple.ours, triple.theirs
        assert ours and theirs  # asked only of such
        match _side(_whole(base) if base else None, _whole(ours), _whole(theirs)):
            case "ours":
                return _placed(ours, column)
            case "theirs":
                return _placed(theirs, column)
            case None:
                return self.inside(base, ours, theirs, column, strict) or self.conflict([ours], [theirs], column)

    def inside(self, base: Part | None, ours: Part, theirs: Part, column: int, strict: bool) -> Merged | None:
        """An entry that is taken apart; None where it cannot be, or its first line is a conflict itself."""
        if not (ours.inner and theirs.inner and (strict or (base and base.inner))):
            return self.brackets(base, ours, theirs, column) if base else None
        parts = [part for part in (base, ours, theirs) if part]
        if len({(part.inner.kind, part.inner.anchor) for part in parts if part.inner}) > 1:
            return None
        side = _side(_head(base) if base else None, _head(ours), _head(theirs))
        if side is None:
            return None
        head = ours if side == "ours" else theirs
        assert head.inner
        deeper = column + head.inner.column - head.column
        (own, tail), (others, other_tail) = inner_parts(ours), inner_parts(theirs)
        old, old_tail = inner_parts(base) if base else ([], ())
        ordered = _is_ordered(ours)
        body = self.entries(Versions(old, own, others, strict, ordered), deeper)
        if body is None or not body.ours or not body.theirs:
            return None
        foot = self.words(
            _tail(base, old_tail, deeper) if base else None,
            _tail(ours, tail, deeper),
            _tail(theirs, other_tail, deeper),
        )
        lines = _joined(head, column, body)
        if lines is None:
            return None
        own_value, others_value = (
            (head.inner.kind, head.inner.anchor, *says) for says in ((body.ours, foot.ours), (body.theirs, foot.theirs))
        )
        above = said_head(head.entry)
        return Merged(lines + foot.lines, ((above, own_value),), ((above, others_value),), body.clean and foot.clean)

    def brackets(self, base: Part, ours: Part, theirs: Part, column: int) -> Merged | None:
        """A line of brackets, merged as if each of its entries stood on a line; None where that cannot be.

        [甲, 乙], [甲い, 乙] and [甲, 乙ろ] make [甲い, 乙ろ]; a conflict has no place within a line.
        """
        side = _side(*(_Version((said_head(part.entry),), part.lines) for part in (base, ours, theirs)))
        trees = [_unfolded(part) for part in (base, ours, theirs)]
        if side is None or not all(trees):
            return None
        old, own, others = trees
        assert own and others
        merged = merge_trees(old, own, others, self.marks, ordered=_is_ordered(ours))
        part = ours if side == "ours" else theirs
        value = part.entry.value
        if merged is None or not merged.clean:
            return None
        made = parse(merged.lines).root
        text = flow(made)
        if text is None or not isinstance(value, Collection) or value.start[0] != value.end[0]:
            return None
        at = value.start[0] - part.first
        lines = edited(part.lines, [Edit((at, value.start[1]), (at, value.end[1]), text)])
        says = (said_head(part.entry), (value.kind, value.anchor, tuple(map(said, made.entries)), ()))
        return Merged.of(shifted(lines, column - part.column), (says,))

    def run(self, run: MergeRun, column: int, versions: Versions) -> list[Merged]:
        """What one side alone has at one place: what it changed and the other deleted, and what was added.

        Where what one side changed gave way to something new on the other, all of it is one conflict.
        """
        ours, own_new = _alone([(each.base, each.ours) for each in run.ours])
        theirs, others_new = _alone([(each.base, each.theirs) for each in run.theirs])
        if (set(ours) - set(own_new) and others_new) or (set(theirs) - set(others_new) and own_new):
            return [self.conflict(ours, theirs, column)]
        found = [self.conflict([part], [], column) for part in ours if part not in own_new]
        found += [self.conflict([], [part], column) for part in theirs if part not in others_new]
        if [part.said for part in own_new] == [part.said for part in others_new]:
            others_new = []
        doubtful = versions.ordered or any(map(_is_placed, (*own_new, *others_new)))
        if (versions.strict and (own_new or others_new)) or (own_new and others_new and doubtful):
            return [*found, self.conflict(own_new, others_new, column)]
        return [*found, *(_placed(part, column) for part in (*own_new, *others_new))]

    def conflict(self, ours: Sequence[Part], theirs: Sequence[Part], column: int) -> Merged:
        """The entries of both versions between marks; of one that deleted them, nothing."""
        return self.marks.around(_all_placed(ours, column), _all_placed(theirs, column))


def _side(base: _Version | None, ours: _Version, theirs: _Version) -> Literal["ours", "theirs"] | None:
    """Which version holds; None: neither. Where all say the same, that whose layout was changed."""
    if ours.said == theirs.said:
        return "theirs" if base and ours.lines == base.lines else "ours"
    if base and ours.said == base.said:
        return "theirs"
    return "ours" if base and theirs.said == base.said else None


def _unfolded(part: Part) -> Tree | None:
    """What stands in a line of brackets, as a file with an entry a line."""
    value = part.entry.value
    if not isinstance(value, Collection) or not value.flow or not value.entries or value.anchor or not flow(value):
        return None
    return parse(tuple(write(Tree(Collection(kind=value.kind, start=(0, 0), entries=value.entries), ()))))


def _whole(part: Part) -> _Version:
    return _Version((part.said,), part.lines)


def _head(part: Part) -> _Version:
    return _Version((said_head(part.entry), part.beside), part.head)


def _tail(part: Part, lines: Lines, column: int) -> _Version:
    """Behind the last entry of what is in a part."""
    assert part.inner
    return _Version(texts(part.inner.tail), shifted(lines, column - part.inner.column))


def _placed(part: Part, column: int) -> Merged:
    return Merged.of(shifted(part.lines, column - part.column), (part.said,))


def _all_placed(parts: Iterable[Part], column: int) -> _Version:
    lines = tuple(line for part in parts for line in _placed(part, column).lines)
    return _Version(tuple(part.said for part in parts), lines)


def _joined(head: Part, column: int, body: Merged) -> Lines | None:
    """The lines before an entry's inner part, and those of that; None where the hyphen has nothing to stand beside."""
    above = shifted(head.head, column - head.column)
    if not head.beside:
        return above + body.lines
    first = body.lines[0]
    if body.marked or first.lstrip()[:1] in ("", "#"):
        return None
    return (*above, f"{' ' * column}-{first[column + 1 :]}", *body.lines[1:])


def _alone(parts: Iterable[tuple[Part | None, Part | None]]) -> tuple[list[Part], list[Part]]:
    """Of entries of one side, beside those of the base: all that it changed or added, and what it added."""
    found = [(base, part) for base, part in parts if part and (base is None or base.said != part.said)]
    return [part for _, part in found], [part for base, part in found if base is None]


def _is_ordered(part: Part) -> bool:
    """Whether the order of what is in a part says something."""
    key, value = part.entry.key, part.entry.value
    named = key is not None and key.text in UNORDERED
    return not (named and isinstance(value, Collection) and value.kind == "mapping")


def _is_placed(part: Part) -> bool:
    """Whether an entry says something by where it stands, even where the order of the others says nothing."""
    key = part.entry.key
    return key is not None and (key.text.startswith(f"｛{ADDED}｝") or key.text == ORDER_KEY)
