"""The merge of two versions of a YAML file, for `git merge`, `git rebase` and the like.

In: the bytes of the common ancestor and of both versions. Out: the merged bytes and whether they are without conflict.
What cannot be read as YAML, git merges by lines. What was merged by entries is read again, and must say what it is meant to;
else it is git's merge by lines as well, and a conflict in any case: a merge is never wrong in silence.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from kotobuki.git.run import ran
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.manuscript.merging import ConflictMarks, Merged, Said, merge_trees, said_tree
from kotobuki.manuscript.parse import read_tree
from kotobuki.manuscript.parts import is_divisible
from kotobuki.manuscript.strays import strays
from kotobuki.manuscript.tree import Tree, entries_of


@dataclass(frozen=True, slots=True)
class Outcome:
    """A merged file.

    doubtful  it was merged by lines because a merge by entries did not stand the test
    strays    texts that one version deleted or moved, and the other moved: no conflict of an entry, but not clean either
    """

    data: bytes
    clean: bool
    doubtful: bool = False
    strays: Sequence[str] = ()


def merge(base: bytes, ours: bytes, theirs: bytes, size: int = 7) -> Outcome:
    """The merged file; `size`: of the marks of a conflict, in characters. Raises `CommandError` where git is missing."""
    marks = ConflictMarks(size)
    own, others = read_tree(ours), read_tree(theirs)
    old = read_tree(base) if base.strip() else None
    if own is None or others is None or (base.strip() and old is None):
        return _by_lines(base, ours, theirs, marks)
    if not all(is_divisible(tree, tree.root) for tree in (old, own, others) if tree):
        return _by_lines(base, ours, theirs, marks)
    merged = merge_trees(old, own, others, marks)
    settled = _settled(merged, marks) if merged else None
    if merged is None or settled is None:
        return Outcome(_by_lines(base, ours, theirs, marks).data, clean=False, doubtful=True)
    text = "".join(f"{line}\n" for line in merged.lines)
    found = strays(old, own, others, settled) if old else []
    data = text.replace("\n", _line_end(ours)).encode()
    return Outcome(data, clean=merged.clean and not found, strays=found)


def _settled(merged: Merged, marks: ConflictMarks) -> list[Tree] | None:
    """The merged file read again, with its conflicts settled for either side; None where it does not say what it is meant to."""
    meant = [merged.ours] if merged.clean else [merged.ours, merged.theirs]
    trees = [_read_as(said, _one_side(merged.lines, marks, side)) for side, said in enumerate(meant)]
    return None if None in trees else [tree for tree in trees if tree]


def _read_as(meant: Said, lines: Sequence[str]) -> Tree | None:
    tree = read_tree("\n".join(lines).encode())
    return tree if tree and said_tree(tree) == meant and not _anchored_twice(tree) else None


def _one_side(lines: Sequence[str], marks: ConflictMarks, side: int) -> list[str]:
    """The lines with every conflict settled for ours (0) or theirs (1)."""
    signs = [f"{'<' * marks.size} {marks.ours}", "=" * marks.size, f"{'>' * marks.size} {marks.theirs}"]
    found, within = [], -1
    for line in lines:
        if line in signs:
            within = (0, 1, -1)[signs.index(line)]
        elif within in (-1, side):
            found.append(line)
    return found


def _anchored_twice(tree: Tree) -> bool:
    """Whether two things have one anchor: an alias would mean another one than before."""
    names = [each.anchor for entry in entries_of(tree.root) for each in (entry.key, entry.value) if each]
    return any(count > 1 for name, count in Counter(names).items() if name)


def _line_end(data: bytes) -> str:
    return "\r\n" if data.count(b"\r\n") * 2 > data.count(b"\n") else "\n"


def _by_lines(base: bytes, ours: bytes, theirs: bytes, marks: ConflictMarks) -> Outcome:
    """git's own merge, by lines; ours, and no merge, where it refuses (binary files)."""
    with tempfile.TemporaryDirectory(prefix="kotobuki-") as name:
        files = [Path(name, each) for each in ("ours", "base", "theirs")]
        for file, data in zip(files, (ours, base, theirs), strict=True):
            file.write_bytes(data)
        labels = [part for label in (marks.ours, "base", marks.theirs) for part in ("-L", label)]
        done = ran(Path(name), "merge-file", "-p", f"--marker-size={marks.size}", *labels, *map(str, files))
        if done.returncode < 0 or done.returncode > 127:  # as of binary files: nothing was merged
            return Outcome(ours, clean=False)
        return Outcome(done.stdout, done.returncode == 0)
