"""The look of a line of a 新旧対照表: which role it has, how it bears its number, what stands for several parts.

In: nodes and runs. Out: paragraphs of the roles for tables of small type.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from kotobuki.compare.changes import said
from kotobuki.compare.kinds import Kind
from kotobuki.compare.tree import Node
from kotobuki.compare.words import Stretch
from kotobuki.document import Paragraph, Run
from kotobuki.roles import LEVELS, Role, RoleFamily, RoleName

TEXT = Role(RoleFamily.SMALL_TABLE, RoleName.PHRASE)
HANGING = Role(RoleFamily.SMALL_TABLE, RoleName.ITEM, 1)
CAPTION = Role(RoleFamily.SMALL_TABLE, RoleName.BODY)
"""Of （見出し） above an article."""
HEAD = Role(RoleFamily.SMALL_TABLE, RoleName.HEAD)
NOTE = Role(RoleFamily.SMALL_TABLE, RoleName.NOTE)
_SHORT_LABEL = 2  # characters, as in 10 and ア; 別紙１ is longer


def role_of(node: Node, level: int) -> Role:
    """The role of a part's own line; `level`: of the item it stands under, 0 = none."""
    if node.level:
        return _item(node.level)
    match standing := node.kind.traits.line:
        case "hanging":
            return HANGING
        case "running":
            return body_role(level)
        case "note":
            return NOTE
        case "plain":
            return TEXT
        case _:
            assert_never(standing)


def body_role(level: int) -> Role:
    """The role of a paragraph under an item of that level."""
    return _item(level).beneath if level else CAPTION


def _item(level: int) -> Role:
    """The role of an item, those too deep for a style as the deepest."""
    return Role(RoleFamily.SMALL_TABLE, RoleName.ITEM, min(level, LEVELS))


def line(node: Node, level: int, runs: tuple[Run, ...], *, marked: bool, origin: str = "") -> Paragraph:
    """A part's own words; `marked`: what stands before them, such as its number, is underlined too. `origin`: the numbers
    of what it stood under, before its own.
    """
    role = role_of(node, level)
    if node.kind.traits.bracketed and node.name:
        return Paragraph(
            role=role.style, inlines=(Run(text="［", underlined=marked), *runs, Run(text="］", underlined=marked))
        )
    if node.kind is Kind.TERM:
        return Paragraph(role=role.style, inlines=(Run(text="［用語］"), *runs))
    if node.kind.traits.entry:
        return Paragraph(
            role=role.style, inlines=(Run(text=f"{node.name}：" if runs else node.name, underlined=marked), *runs)
        )
    label = origin + node.label
    if not label:
        return Paragraph(role=role.style, inlines=runs)
    is_closed = label[-1] in "）)］"
    if marked or (
        not is_closed and len(label) > _SHORT_LABEL
    ):  # a label takes no underline and a fixed place, a run neither
        return Paragraph(
            role=role.style, inlines=(Run(text=label if is_closed else f"{label}　", underlined=marked), *runs)
        )
    return Paragraph(role=role.style, inlines=runs, label=node.label, tab=not is_closed)


def words(stretches: Sequence[Stretch], *, is_new: bool, marked: bool = False) -> tuple[Run, ...]:
    """The words of one side, what changed underlined; all of it if `marked`."""
    sides = ((each.new if is_new else each.old, each.same) for each in stretches)
    return tuple(Run(text=text, underlined=marked or not same) for text, same in sides if text)


def alone(node: Node) -> tuple[Stretch, ...]:
    """The words of a part that one version alone has, for either side."""
    return (Stretch(node.text, node.text, same=False),)


def caption(stretches: Sequence[Stretch], *, is_new: bool, marked: bool) -> Paragraph:
    """（見出し） of an article, a line of its own above 第３条; what changed of it underlined."""
    inner = words(stretches, is_new=is_new, marked=marked)
    return Paragraph(
        role=CAPTION.style, inlines=(Run(text="（", underlined=marked), *inner, Run(text="）", underlined=marked))
    )


def behind(label: str, paragraph: Paragraph | None, *, marked: bool) -> Paragraph:
    """The first line of an article behind its number, 第３条."""
    inlines = paragraph.inlines if paragraph else ()
    return Paragraph(role=HANGING.style, inlines=(Run(text=label, underlined=marked), Run(text="　"), *inlines))


def omitted(nodes: Sequence[Node], level: int, same: str, *, marked: bool) -> Paragraph:
    """（１）～（３）（略）: parts that are not printed; `marked`: their numbers are underlined."""
    first = nodes[0]
    label = _range(nodes)
    gap = "　" if label and label[-1] not in "）)］" else ""
    named = (Run(text=label, underlined=marked),) if label else ()
    role = TEXT if first.kind.traits.division else role_of(first, level)
    return Paragraph(role=role.style, inlines=(*named, Run(text=gap + same)))


def whole(node: Node, level: int) -> Iterator[Paragraph]:
    """A part and all that stands under it, everything underlined."""
    if node.kind is Kind.ARTICLE:
        yield from _whole_article(node)
        return
    if node.text or node.label:
        yield line(node, level, (Run(text=node.text, underlined=True),) if node.text else (), marked=True)
    for child in node.children:
        yield from whole(child, node.level or level)


def _whole_article(node: Node) -> Iterator[Paragraph]:
    if node.text:
        yield Paragraph(role=CAPTION.style, inlines=(Run(text=f"（{node.text}）", underlined=True),))
    for at, child in enumerate(node.children):
        label = node.label if at == 0 else child.label
        yield Paragraph(role=HANGING.style, inlines=(Run(text=f"{label}　{child.text}", underlined=True),))
        for point in child.children:
            yield from whole(point, 0)


def _range(nodes: Sequence[Node]) -> str:
    """What a run of parts is called: （１）～（３）, １・２, ［対象者］; "" where they cannot be called."""
    names = [node.label or _called(node) for node in nodes]
    if len(names) == 1 or not all(names):
        return names[0] if len(names) == 1 else ""
    if len(set(names)) == 1:  # the sign of bullets
        return names[0]
    return "・".join(names) if len(names) == 2 else f"{names[0]}～{names[-1]}"


def _called(node: Node) -> str:
    """What a part without a number is called by."""
    if node.kind is Kind.SUPPLEMENT:
        return node.text
    return f"［{said(node)}］" if node.kind.traits.bracketed and node.name else ""
