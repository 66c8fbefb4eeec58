"""What a request asks for, taken out of its JSON value by value; what is not of the kind is refused."""

from __future__ import annotations

from collections.abc import Mapping

from kotobuki.editor.refusal import RefusalError

Asked = Mapping[str, object]
WRONG = "画面とサーバーの版が合いません"
RELOAD = "画面を再読み込みしてください"


def text(asked: Asked, key: str, default: str | None = None) -> str:
    """A text; `default` where it is not there."""
    found = asked.get(key, default)
    if not isinstance(found, str):
        raise RefusalError(WRONG, RELOAD)
    return found


def integer(asked: Asked, key: str, default: int | None = None) -> int:
    """A whole number."""
    found = asked.get(key, default)
    if not isinstance(found, int) or isinstance(found, bool):
        raise RefusalError(WRONG, RELOAD)
    return found


def flag(asked: Asked, key: str) -> bool:
    """Yes or no; no where it is not there."""
    found = asked.get(key, False)
    if not isinstance(found, bool):
        raise RefusalError(WRONG, RELOAD)
    return found


def texts(asked: Asked, key: str) -> tuple[str, ...]:
    """Several texts; none where they are not there."""
    found = asked.get(key, [])
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise RefusalError(WRONG, RELOAD)
    return tuple(found)
