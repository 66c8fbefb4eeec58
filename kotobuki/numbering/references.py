"""References: which target a ｛→…｝ means, and how it reads.

In: the targets of a paper. Out: the words to print. Rules: no target is an error, so are two; a section reads
「６ 見出し」, a row 「見出し」, an annex 別紙１, a provision as `citations` says, an item by its label; before it stands what the
reader's own place does not say: the annex, the row or section and the items around it, as in 「業務の内容」の（２）ア. Neighbours
join as （１）（２）, １及び２ or １から４まで. Digits of any width name the same target; a name that recurs means the target of the
annex that the reference stands in, or of the paper's text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import assert_never

from kotobuki.diagnostics import Diagnostics, Fix, guess
from kotobuki.japanese.widths import to_half
from kotobuki.numbering.citations import cite, cite_all
from kotobuki.numbering.targets import Target, TargetKind
from kotobuki.reading.inlines import Ref

Title = Callable[[Target], str]


class References:
    """Finds and words the references of one paper; `cited` are the targets found.

    `title` prints a target's heading; `nearest`: provisions next door are 前条, 次項.
    """

    def __init__(
        self, targets: Sequence[Target], title: Title, diagnostics: Diagnostics, *, nearest: bool = False
    ) -> None:
        self.title, self.diagnostics, self.nearest = title, diagnostics, nearest
        self.targets = targets
        self.cited: list[Target] = []

    @cached_property
    def by_name(self) -> Mapping[str, list[Target]]:
        """The targets by what references may call them; gathered at the first reference, which few papers have."""
        found: dict[str, list[Target]] = {}
        for target in self.targets:
            for name in target.names:
                found.setdefault(to_half(name), []).append(target)
        return found

    def words(self, refs: Sequence[Ref], owner: Target | None, said: Sequence[Target] = ()) -> str:
        """What a run of adjacent references prints in a paragraph that belongs to `owner`, behind the targets just `said`."""
        found = [(ref, target) for ref in refs if (target := self._find(ref, owner)) is not None]
        self.cited += [target for _, target in found]
        if not found:
            return ""
        if all(target.traits.provision and ref.show in ("", "番号", "近称") for ref, target in found):
            nearest = (self.nearest or found[0][0].show == "近称") and found[0][0].show != "番号"
            return cite_all([target for _, target in found], owner, nearest=nearest)
        around = (*owner.parents, owner, *said) if owner else tuple(said)
        labels = []
        for ref, target in found:
            labels.append(self._one(ref, target, around, owner))
            around = (*around, *target.parents)  # １（１）及び（２）: what they share is said once
        if len(labels) > 2 and _consecutive(found):
            return f"{labels[0]}から{labels[-1]}まで"
        if len({target.mark.series for _, target in found}) == 1 and all(map(_is_bracketed, labels)):
            return "".join(labels)
        return "、".join(labels[:-1]) + ("及び" if len(labels) > 1 else "") + labels[-1]

    def _find(self, ref: Ref, owner: Target | None) -> Target | None:
        path = tuple(map(to_half, ref.path))
        found = _distinct([target for target in self.by_name.get(path[-1], ()) if _matches(target, path)])
        if not found:
            found = _distinct(self.by_name.get("／".join(path), []))  # a heading that holds the sign of a path
        found = [target for target in found if not target.implied] or found
        if len(found) > 1:
            here = owner if owner is None or owner.kind is TargetKind.ANNEX else owner.annex
            found = [target for target in found if target.annex is here] or found
        if len(found) == 1:
            return found[0]
        shown = "／".join(ref.path)
        if not found:
            hint, fix = guess(path[-1], list(self.by_name))
            if fix:
                fix = Fix(fix.label, f"｛→{shown}｝", f"｛→{'／'.join([*ref.path[:-1], fix.text])}｝")
            self.diagnostics.error(
                ref.place,
                "reference-target",
                f"参照先「{shown}」がこの書類にありません",
                f"{hint}見出しのとおりに書くか、参照先に｛＃名前｝を付けて｛→名前｝で引いてください",
                fix,
            )
        else:
            lines = "、".join(f"{target.place.line}行目" for target in found)
            self.diagnostics.error(
                ref.place,
                "reference-ambiguous",
                f"参照先「{shown}」が{len(found)}か所にあります（{lines}）",
                "｛→節の名／見出し｝と上から書くか、参照先に｛＃名前｝を付けてください。節そのものは｛→／節の名｝と書きます",
            )
        return None

    def _one(self, ref: Ref, target: Target, around: tuple[Target, ...], owner: Target | None) -> str:
        title = self.title(target)
        label = _label(target, around)
        if ref.show == "題名":
            return title
        with_title = ref.show == "番号と題名"
        match target.kind:
            case TargetKind.ANNEX | TargetKind.ATTACHMENT:
                return f"{label}「{title}」" if with_title else label
            case (
                TargetKind.ARTICLE
                | TargetKind.PARAGRAPH
                | TargetKind.POINT
                | TargetKind.SUBPOINT
                | TargetKind.SUPPLEMENT
            ):
                words = cite(target, owner, nearest=self.nearest)
                return f"{words}（{title}）" if with_title and title else words
            case TargetKind.CHAPTER:
                return f"{label}（{title}）" if with_title else label
            case TargetKind.ITEM if ref.show == "番号":
                return label
            case TargetKind.ITEM:
                return self._outside(target, around) + (_quoted(label, title) if with_title else label)
            case TargetKind.SECTION:
                return label if ref.show == "番号" else _quoted(label, title)
            case TargetKind.TABLE | TargetKind.ROW:
                return f"「{title}」"
            case _:
                assert_never(target.kind)

    def _outside(self, item: Target, around: Sequence[Target]) -> str:
        """The annex, and the innermost row, table or section, that an item stands in and its reader does not, each with の."""
        annexes = [each for each in item.parents if each.traits.attached]
        inner = [each for each in item.parents if not each.traits.attached and each.kind is not TargetKind.ITEM][-1:]
        return "".join(f"{self._place(each)}の" for each in (*annexes, *inner) if each not in around)

    def _place(self, target: Target) -> str:
        if target.traits.attached:
            return target.label
        return _quoted(target.label, self.title(target))


def _quoted(label: str, title: str) -> str:
    return f"「{label}{'' if _is_bracketed(label) or not label else ' '}{title}」"


def _label(target: Target, around: tuple[Target, ...]) -> str:
    """The label, preceded by those of the items around it which do not also stand around the reference."""
    outer = [each for each in target.parents if each.kind is TargetKind.ITEM and each not in around]
    return "".join(each.label for each in (*outer, target))


def _matches(target: Target, path: tuple[str, ...]) -> bool:
    """Whether the last name, which is the target's, stands below the others, outer first."""
    parents = list(target.parents)
    if path[0] == "":
        return target.kind is TargetKind.SECTION if len(path) == 2 else _matches(target, path[1:])
    for name in reversed(path[:-1]):
        while parents and name not in map(to_half, parents[-1].names):
            parents.pop()
        if not parents:
            return False
        parents.pop()
    return True


def _distinct(targets: list[Target]) -> list[Target]:
    """Different targets: one that is named by its heading and by an identifier is the same."""
    return list(
        {(each.kind, each.place, each.parents, each.mark.series, each.mark.index): each for each in targets}.values()
    )


def _consecutive(found: Sequence[tuple[Ref, Target]]) -> bool:
    """Whether they are numbers of one list that follow each other."""
    first = found[0][1]
    return all(
        (target.kind, target.mark.series) == (first.kind, first.mark.series)
        and target.mark.index == first.mark.index + step
        and (ref.show == "番号" or (ref.show == "" and target.kind is TargetKind.ITEM))
        for step, (ref, target) in enumerate(found)
    )


def _is_bracketed(label: str) -> bool:
    return label[-1:] in tuple("）)］]〕】")
