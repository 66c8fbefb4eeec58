"""Words of Japanese text as its script shows them: what a label in a narrow box should not be broken within.

In: a text. Out: where a line may end without parting a word. No dictionary is asked: a word ends where hiragana ends
(particles and endings follow their word), where 漢字, 片仮名 and letters meet, behind を, and beside marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from kotobuki.lazy_patterns import lazy_pattern

_KANJI = r"\u3400-\u9fff\uf900-\ufaff々〇〆ヶ"
_WORD = lazy_pattern(
    rf"""(?:(?:お|ご)(?=[{_KANJI}]))?        # お知らせ
    (?: [{_KANJI}]*[0-9０-９][0-9０-９,.／]*(?:[かカヵ](?=[所月国年]))?[{_KANJI}]*(?:／[{_KANJI}]+)?  # 第14条, 2か所, 9件／年
      | [{_KANJI}]{{2,}}?等 | [{_KANJI}]+                # 本人同意等|利用根拠
      | [）」』】〉》〕](?=[ぁ-ゖ])              # ）に
      | [\u30a1-\u30f5\u30fc-\u30fe]+等?     # 片仮名
      | [A-Za-zＡ-Ｚａ-ｚ][!-~Ａ-Ｚａ-ｚ]* )?
    (?: (?!(?:お|ご)[{_KANJI}])[ぁ-ゖ] )*?   # endings and particles
    (?: を | (?=[^ぁ-ゖ]|(?:お|ご)[{_KANJI}]) | $ )""",
    re.VERBOSE,
)
_NOUN = lazy_pattern("(?<=[ぁ-ゖ])(?:とき|こと|もの|ため|ところ)")  # 死亡した|とき
_LONG = lazy_pattern(rf"(?P<kanji>[{_KANJI}]{{4,}})(?:[ぁ-ゖ]{{1,2}}$)?|[\u30a1-\u30f5\u30fc-\u30fe]{{2,}}")


_MANY = 3  # places between words of two 漢字: then four of these stand together
_SUFFIXES = "者的性化等済"  # 対象者, 諮問済


@cache
def words(text: str) -> tuple[tuple[int, int], ...]:
    """Where each word begins and ends; marks stand between words.

    >>> [text[start:end] for text in ["インターネット接続端末を利用する。"] for start, end in words(text)]
    ['インターネット', '接続端末を', '利用する']
    """
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        match = _WORD.match(text, at)
        end = match.end() if match else at
        edges = [at, *(at + noun.start() for noun in _NOUN.finditer(text[at:end])), end]
        found += [(start, stop) for start, stop in pairwise(edges) if stop - start > 1]
        at = max(end, at + 1)
    return tuple(found)


def parts(word: str) -> Iterator[tuple[int, int]]:
    """What a word too long for its line should be broken between: a run of 漢字 mostly holds words of two of them.

    Two such words of four or more stay together, and so do 片仮名, but for their particles.

    >>> [("個人情報保護審査会")[start:end] for start, end in parts("個人情報保護審査会")]
    ['個人情報', '保護審査会']
    """
    for run in _LONG.finditer(word):
        inner = list(_between(word, *run.span("kanji"))) if run["kanji"] else []
        if len(inner) >= _MANY:
            inner = inner[1::2]
        yield from pairwise([run.start(), *inner, run.end()])


def _between(word: str, start: int, end: int) -> Iterator[int]:
    """Where the words in a run of 漢字 are likely to meet."""
    at = start + 2
    while at < end - 1:
        at += word[at] in _SUFFIXES
        yield at
        at += 2
