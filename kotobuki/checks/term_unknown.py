"""term-unknown (誤り): a name in ｛ ｝ that means nothing here.

Names are the terms of the organization, of the case and of a regulation, 部課 and posts, and the fields of a case.

Flagged::

    ｛条令｝第14条

Use instead::

    ｛条例｝第14条

To print it as it stands: ｛｛条令｝｝.
"""

from __future__ import annotations

from collections.abc import Iterator

from kotobuki.checks.subjects import NameInPaper
from kotobuki.diagnostics import Diagnostic, guess
from kotobuki.lazy_patterns import lazy_pattern

_OFFICE = lazy_pattern("(.+(?:係|担当|グループ|班))長")
"""The head of what a 課 is divided into: organization.yaml lists these."""


def check(name: NameInPaper) -> Iterator[Diagnostic]:
    """A name that is none of those known."""
    called = name.use.name
    if called in name.known:
        return
    hint, fix = guess(called, list(name.known), "｛{}｝")
    office = _OFFICE.fullmatch(called)
    listed = f"organization.yaml の「部課」で、その課の「係」に「{office[1]}」を並べるか、" if office else ""
    yield Diagnostic(
        place=name.use.place,
        reason=f"「｛{called}｝」という用語はありません",
        remedy=f"{hint}{listed}案件の「用語」に「{called}: 正式な名称」を加えるか、"
        "文字としての括弧であれば｛｛ ｝｝と重ねてください",
        rule="term-unknown",
        fix=fix,
    )
