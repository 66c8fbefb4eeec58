"""The redline: two versions of a paper in one, as Word tracks changes; accepted it is the new one, rejected the old one.

In: two papers, settled for print. Out: one paper whose paragraphs and rows carry `revised` and `revision`, or the bytes
of its .docx. The one rule behind it all: what ends a stretch of paragraphs for good (a cell, a section, the paper) is
the end of the last paragraph, which Word can neither insert nor delete; so that one is kept and changes its look.
"""

from __future__ import annotations

from kotobuki.compare.redline.papers import redline_docx, redlined

__all__ = ["redline_docx", "redlined"]
