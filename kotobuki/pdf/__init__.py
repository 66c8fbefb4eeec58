"""The PDF writer: finished pages in, the bytes of a PDF file out."""

from __future__ import annotations

from kotobuki.pdf.press import Press
from kotobuki.pdf.writer import write_pdf

__all__ = ["Press", "write_pdf"]
