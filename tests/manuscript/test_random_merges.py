"""Whatever two people do to one file, each edit is in the merged file or in a conflict. `--examples 2000`: many more pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.branches import Editor, twice, words
from support.paths import ROOT
from support.properties import tries

from kotobuki.git import merge as merging
from kotobuki.git.merge import Outcome, merge
from kotobuki.manuscript.merging import ConflictMarks, said_tree
from kotobuki.manuscript.parse import read_tree

LIST = """# 素案
一覧:
  - 鍵は二人で管理する。
  # 庁内で決めた
  - 入退室の記録を残すこと。  # 様式は別
  - 委託する業務:
      - 講座の申込みを受け付けること。
      - 会場を設けること。
  - 媒体は廃棄の前に壊す。
節:
  見出し: 令和4年6月に契約する
  周知:
    - 広報紙に載せる
    - 窓口で配る冊子に書く
用語:
  本区: 江戸川区
  本人: 講座を受ける者
依頼: {番号: 82, 日付: 2022-05-06}
# 終わり
"""
FLAT = "件名: 図書館の開館時間を延ばすことについて\n主管課: 教育委員会図書館課\n時期: 令和4年10月から実施する\n"
SETTINGS = [ROOT / "cases" / "organization.yaml", ROOT / "cases" / "r4-1" / "meeting.yaml"]
FILES = [LIST, FLAT, *(file.read_text(encoding="utf-8") for file in SETTINGS)]
MARKS = ConflictMarks()


@pytest.fixture(autouse=True, scope="module")
def by_lines() -> Iterator[None]:
    """What is merged by lines is git's, and always a conflict."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merging, "_by_lines", lambda *_: Outcome(b"", clean=False))
        yield


def said(text: str) -> object:
    tree = read_tree(text.encode())
    assert tree, text
    return said_tree(tree)


def settled(found: Outcome, side: int) -> str:
    """A merged file with its conflicts settled for ours (0) or theirs (1)."""
    return "\n".join(merging._one_side(found.data.decode().split("\n"), MARKS, side))


def lost(base: str, ours: str, theirs: str, found: Outcome) -> list[str]:
    """The words that do not stand in the merged file as often as whoever changed that has them, nor in a conflict."""
    old, own, others = (Counter(words(each)) for each in (base, ours, theirs))
    results = [Counter(words(settled(found, side))) for side in (0, 1)]
    conflicts = "".join(part.partition(">>>>>>>")[0] for part in found.data.decode().split("<<<<<<<")[1:])
    missing = []
    for word in {*old, *own, *others}:
        counts = old[word], own[word], others[word]
        one = own[word] if others[word] == old[word] else others[word]  # of whoever changed it
        all_in_all = own[word] + others[word] - old[word]  # both did, and perhaps alike
        least, most = min(result[word] for result in results), max(result[word] for result in results)
        once = max(counts) == 1 or not old[word]  # what is copied and deleted at once cannot be counted
        astray = min(one, all_in_all) > most or max(one, all_in_all) < least
        if once and astray and word not in conflicts:
            missing.append(f"{word}: {counts} → {least}–{most}")
    return missing


@tries(60)
@given(st.integers(0, 1_000_000))
def test_every_edit_is_in_the_merged_file_or_in_a_conflict(seed: int) -> None:
    random = Random(seed)
    base, shared, spot = random.choice(FILES), random.choice((0.0, 0.0, 0.5)), random.random()
    editors = [Editor(random, name, shared, spot) for name in "甲乙"]
    ours, theirs = (editor.edited(base, random.choice((1, 2))) for editor in editors)
    found, mirrored = (merge(base.encode(), *map(str.encode, pair)) for pair in ((ours, theirs), (theirs, ours)))
    assert (found.clean, found.doubtful) == (mirrored.clean, mirrored.doubtful)
    for one, other in ((base, ours), (ours, base), (ours, ours)):
        same = merge(base.encode(), one.encode(), other.encode())
        assert same.clean and said(same.data.decode()) == said(ours)
    if found.strays:  # only of what was moved into another list or mapping
        assert any("carry" in editor.made for editor in editors), found.strays
    if found.doubtful or found.strays:
        return
    assert lost(base, ours, theirs, found) == []
    for side in (0, 1):
        tree = read_tree(settled(found, side).encode())
        assert tree and not twice(tree)
        assert Counter(words(settled(found, side))) == Counter(words(settled(mirrored, 1 - side)))
