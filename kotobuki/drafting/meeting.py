"""A meeting begun: its meeting.yaml, with the cases that are in the folder.

In: the names of the cases' files. Out: the text, every value a placeholder.
"""

from __future__ import annotations

from collections.abc import Sequence

from kotobuki.drafting.writing import blank, written


def draft_meeting(cases: Sequence[str], *, several: bool) -> str:
    """The text, but for the line that is for editors. `several`: there are committees to choose from."""
    lines = [
        "# 会議のこと。庶務担当課が書く。",
        "# ｛記入：…｝の所を書き換える。残っている間は「案」と印字し、--final では作れない。",
        *([f"会議体: {blank('会議体')}"] if several else []),
        f"年度: {blank('年度')}",
        f"回: {blank('回')}",
        f"日時: {blank('会議の日時')}",
        f"場所: {blank('会議の場所')}",
        "# 番号は、取るまで書かない。",
        f"諮問: {{日付: {blank('諮問の日付')}}}",
        "",
        "# 議案番号: 案件のファイル。順を変え、会議に出さない案件の行を消す。",
    ]
    if cases:
        lines += ["議案:", *(f"  {number}: {written(name)}" for number, name in enumerate(cases, 1))]
    else:
        lines += [f"議案: {blank('議案番号と案件のファイル')}", "# 例：", "# 議案:", "#   1: 01-annai.yaml"]
    return "\n".join(lines) + "\n"
