"""`Page`s as SVG, for a screen: what the PDF writer draws, drawn by a browser."""

from __future__ import annotations

from kotobuki.svg.fonts import ScreenFont, screen_font
from kotobuki.svg.page import page_svg

__all__ = ["ScreenFont", "page_svg", "screen_font"]
