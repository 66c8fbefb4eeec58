"""はい and いいえ, and what else is taken for them."""

from __future__ import annotations

YES = ("はい", "する", "あり", "true", "yes", "on")
NO = ("いいえ", "しない", "なし", "false", "no", "off")


def is_yes(word: str) -> bool | None:
    """Whether a word says yes, in small letters or capitals; None = it says neither (おそらく)."""
    lowered = word.lower()
    return None if lowered not in YES + NO else lowered in YES
