"""Elements and numbers of an SVG file; the one place where text becomes markup."""

from __future__ import annotations

import re

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2


def escaped(text: str) -> str:
    """Text as it stands in an element, or in an attribute in "…"."""
    text = _NO_XML.sub("\ufffd", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def number(value: float) -> str:
    """A length in pt: to a thousandth, which is what positions on a page are rounded to."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


def element(name: str, content: str = "", **attributes: str | float | None) -> str:
    """An element with content that is markup already. An attribute None is left out; `font_size` is font-size."""
    parts = [name]
    for key, value in attributes.items():
        if value is not None:
            shown = number(value) if isinstance(value, float | int) else escaped(value)
            parts.append(f'{key.replace("_", "-")}="{shown}"')
    return f"<{' '.join(parts)}>{content}</{name}>" if content else f"<{' '.join(parts)}/>"
