"""根拠: the provisions of ordinances that a case rests on.

In: the mapping 根拠. Out: `Basis` values. Rule: a provision is 第14条の2第3項第1号, its parts in this order; a later one of a
list may leave out what it shares with the one before it (第3項), and must come after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kotobuki.diagnostics import Diagnostics, guess
from kotobuki.japanese.widths import to_half
from kotobuki.lazy_dataclasses import dataclass
from kotobuki.reading.inlines import plain_text
from kotobuki.reading.nodes import Mapping, Node, Scalar, Sequence
from kotobuki.reading.placeholders import Placeholder, placeholder_of
from kotobuki.settings.organization import Organization

_BRANCHES = r"((?:の[0-9]+)*)"
PROVISION = re.compile(
    rf"(附則)?(?:第([0-9]+)条{_BRANCHES})?(?:第([0-9]+)項)?(?:第([0-9]+)号{_BRANCHES})?(前段|後段|本文|ただし書)?"
)
_EXAMPLE = "例：条例: 第14条第3項 又は 条例: [第14条第2項, 第3項]"
_ProvisionNumbers = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """Provisions of one ordinance (its short name), joined by 及び. `open`: which one is still to be written, and `law` says so."""

    law: str
    provisions: tuple[str, ...]
    open: Placeholder | None = None


def read_bases(
    node: Mapping | Placeholder | None, organization: Organization, diagnostics: Diagnostics
) -> tuple[Basis, ...]:
    """The ordinances in the order written. A placeholder stands for all of it."""
    if isinstance(node, Placeholder):
        return (Basis(node.text, (), node),)
    if node and not node.entries:
        diagnostics.error(node.place(), "basis-empty", "根拠が一つもありません", "例：根拠: {条例: 第14条第3項}")
    return tuple(
        Basis(found.text if (found := placeholder_of(key)) else key.value, _provisions(value, diagnostics), found)
        for key, value in (node.entries if node else ())
        if _is_known(key, organization, diagnostics)
    )


def _is_known(key: Scalar, organization: Organization, diagnostics: Diagnostics) -> bool:
    if key.value in organization.laws or placeholder_of(key):
        return True
    hint, fix = guess(key.value, list(organization.laws))
    diagnostics.error(
        key.place(),
        "law-unknown",
        f"「{key.value}」という例規は organization.yaml にありません",
        f"{hint}「例規」にある略称（{'・'.join(organization.laws)}）を書いてください",
        fix,
    )
    return False


def _provisions(value: Node, diagnostics: Diagnostics) -> tuple[str, ...]:
    nodes = value.items if isinstance(value, Sequence) else (value,)
    scalars = [each for each in nodes if isinstance(each, Scalar) and each.value.strip()]
    if not scalars or len(scalars) != len(nodes):
        diagnostics.error(value.place(), "provision-form", "根拠の条項は文字で書きます", _EXAMPLE)
        return tuple(each.value for each in scalars)
    before: tuple[_ProvisionNumbers, ...] = ()
    words = tuple(plain_text(scalar, diagnostics) for scalar in scalars)
    for scalar in scalars:
        parts = tuple(_parts(scalar.value, before))
        if not parts and "｛" not in scalar.value:
            _report_form(scalar, diagnostics)
        elif parts and before and parts <= before:
            fault = "二度書かれています" if parts == before else "番号の順になっていません"
            reason = f"根拠の「{scalar.value}」が、{fault}"
            diagnostics.error(scalar.place(), "provision-order", reason, "条項を一度ずつ、番号の順に並べてください")
        before = parts or before
    return words


def _report_form(scalar: Scalar, diagnostics: Diagnostics) -> None:
    reason = f"根拠の「{scalar.value}」は、条項として読み取れません"
    remedy = "「第14条第3項」のように、第…条から数字で書いてください（同じ条の二つ目からは「第3項」と書けます）。"
    diagnostics.error(scalar.place(), "provision-form", reason, remedy + _EXAMPLE)


def _parts(text: str, before: tuple[_ProvisionNumbers, ...]) -> Iterator[_ProvisionNumbers]:
    """附則, 条, 項, 号 and what is behind, to be compared; what a later one leaves out is that `before` it. None: no provision."""
    match = PROVISION.fullmatch(to_half(text))
    if match is None or not text:
        return
    supplement, article, branches, paragraph, point, points, rest = match.groups()
    whole = supplement or article
    if not whole and not (before and (paragraph or point)):
        return
    yield (1,) if supplement else before[0] if not article and before else (0,)
    yield _number(article, branches) if whole else before[1]
    yield _number(paragraph) if whole or paragraph else before[2]
    yield _number(point, points)
    yield (("", "本文", "前段", "ただし書", "後段").index(rest or ""),)


def _number(number: str | None, branches: str | None = "") -> _ProvisionNumbers:
    """第3条の2 as (3, 2); () for none."""
    return tuple(map(int, re.findall("[0-9]+", (number or "") + (branches or ""))))
