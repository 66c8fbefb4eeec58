"""別添 and other PDFs that others made, bound as they are; the only home of pikepdf.

In: files. Out: their pages as values (`pages`), what is in them besides pages and whether they last (`inspection`), and
PDFs of ours with these pages put into their places (`underlay`), tags and all where they have them (`tags`).
"""

from __future__ import annotations

import logging

from kotobuki.build.foreign.pages import ForeignPage, archivable, insets, read_attachment, sizes
from kotobuki.build.foreign.underlay import underlay

__all__ = ["ForeignPage", "archivable", "insets", "read_attachment", "sizes", "underlay"]

logging.getLogger("pikepdf").addHandler(logging.NullHandler())
"""What it says of spoilt files, tracebacks and all, is said by our diagnostics, and nothing of it on the terminal."""
