"""References: which target a ｛→…｝ means, and how it reads.

In: the targets of a paper. Out: the words to print. Rules: no target is an error, so are two; a section reads
「６ 見出し」, an item by its label (with the labels of the items around it that the reference does not share), a row
「見出し」, an annex 別紙１; neighbours join as （１）（２）, １及び２ or １から４まで.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kotobuki.case.inlines import Inlines, Ref
from kotobuki.diagnostics import Diagnostics, nearest
from kotobuki.numbering.flat import Target

Title = Callable[[Inlines], str]


class References:
    """Finds and words the references of one paper. `title` prints a heading's words."""

    def __init__(self, targets: Sequence[Target], title: Title, diagnostics: Diagnostics) -> None:
        self.targets, self.title, self.diagnostics = targets, title, diagnostics

    def words(self, refs: Sequence[Ref], owner: Target | None) -> str:
        """What a run of adjacent references prints in a paragraph that belongs to `owner`."""
        found = [(ref, target) for ref in refs if (target := self._find(ref)) is not None]
        if not found:
            return ""
        labels = [self._one(ref, target, owner) for ref, target in found]
        targets = [target for _, target in found]
        if len(labels) > 2 and _consecutive(targets):
            return f"{labels[0]}から{labels[-1]}まで"
        if len(labels) > 1 and all(_bracketed(label) for label in labels):
            return "".join(labels)
        return "、".join(labels[:-1]) + ("及び" if len(labels) > 1 else "") + labels[-1]

    def _find(self, ref: Ref) -> Target | None:
        found = _distinct([target for target in self.targets if _matches(target, ref.path)])
        if len(found) == 1:
            return found[0]
        shown = "／".join(ref.path)
        if not found:
            known = [name for target in self.targets for name in target.names]
            close = nearest(ref.path[-1], known)
            hint = f"「{close}」の誤りではありませんか。" if close else ""
            self.diagnostics.error(
                ref.place,
                "reference-target",
                f"参照先「{shown}」がこの書類にありません",
                f"{hint}見出しのとおりに書くか、参照先に｛＃名前｝を付けて｛→名前｝で引いてください",
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

    def _one(self, ref: Ref, target: Target, owner: Target | None) -> str:
        title = self.title(target.title)
        label = self._label(target, owner)
        match target.kind, ref.show:
            case _, "題名":
                return title
            case "annex", "番号と題名":
                return f"{label}「{title}」"
            case "annex", _:
                return label
            case "item", "番号と題名":
                return f"「{label}{'' if _bracketed(label) else ' '}{title}」"
            case "section", "番号":
                return target.label
            case "section", _:
                return f"「{target.label}{'' if _bracketed(target.label) else ' '}{title}」"
            case "item", _:
                return label
            case _:
                return f"「{title}」"

    def _label(self, target: Target, owner: Target | None) -> str:
        """The label, preceded by those of the items around it which do not also stand around the reference."""
        around = (*owner.parents, owner) if owner else ()
        outer = [each for each in target.parents if each.kind == "item" and each not in around]
        return "".join(each.label for each in (*outer, target))


def _matches(target: Target, path: tuple[str, ...]) -> bool:
    """Whether the last name is the target's and the others are names of targets around it, outer first."""
    if path[-1] not in target.names:
        return False
    parents = list(target.parents)
    if path[0] == "":
        return target.kind == "section" if len(path) == 2 else _matches(target, path[1:])
    for name in reversed(path[:-1]):
        while parents and name not in parents[-1].names:
            parents.pop()
        if not parents:
            return False
        parents.pop()
    return True


def _distinct(targets: list[Target]) -> list[Target]:
    """Targets at different places: an identifier and a heading of one item are the same target."""
    return list({target.place: target for target in targets}.values())


def _consecutive(targets: list[Target]) -> bool:
    first = targets[0]
    return all(
        target.kind == "item" and target.series == first.series and target.index == first.index + step
        for step, target in enumerate(targets)
    )


def _bracketed(label: str) -> bool:
    return label[-1:] in "）)］]〕】"
