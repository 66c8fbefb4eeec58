"""How much of what others made is taken in: one figure a kind, in one place.

Each is far beyond what a paper needs, and small enough that a file made with evil intent is refused within five seconds
and 300 MB of memory. What is limited is always the sum of what a file holds, never a part of it alone.
"""

from __future__ import annotations

FILE_BYTES = 20_000_000
"""Of a Word form, a picture: as it lies on the disk."""

PARTS = 1_000
"""In a Word form."""

UNPACKED_BYTES = 64_000_000
"""All parts of a Word form."""

XML_BYTES = 6_000_000
"""All of its parts that are XML: a tree takes twenty times as much memory."""

XML_TAGS = 200_000
"""In all of these parts."""

STREAM_BYTES = 64_000_000
"""A stream of a PDF, unpacked, that is no image: the content of a page, a font."""

STREAMS_BYTES = 256_000_000
"""All streams of a PDF, unpacked, that are no images."""

IMAGE_BYTES = 128_000_000
"""An image of a PDF, unpacked: A4 in colour at 600 dpi."""

IMAGES_BYTES = 800_000_000
"""All images of a PDF, unpacked piece by piece: 30 pages of A4 in colour at 300 dpi."""

OBJECTS_BYTES = 16_000_000
"""All streams of objects, and tables of objects, of a PDF, unpacked: they take twenty times as much memory."""

PDF_PAGES = 2_000
"""In a PDF that is bound."""

SHEET_BYTES = 5_000_000
"""Of a CSV or .xlsx file with the rows of a table: as it lies on the disk."""

SHEET_ROWS = 5_000
"""In the rows of a table from a file, and in all of them:"""

SHEET_CELLS = 50_000

TAG_STEPS = 150_000
"""Elements, marks and attributes looked at when the tags of a PDF are carried over: 600 pages of text have as many."""

TAG_DEPTH = 100
"""Elements in one another, and values in an attribute of one."""

REQUEST_HEAD_BYTES = 16_384
"""The first line and the headers of a request of the browser: one of Chromium's has 900."""

REQUEST_HEADERS = 64
"""Lines of headers."""

REQUEST_BYTES = 8_388_608
"""What a request brings: the largest file that is read as YAML has 5,000,000 bytes."""

REQUEST_SECONDS = 10.0
"""From the first byte of a request to its last; and for an answer to be taken."""

CONNECTION_SECONDS = 90.0
"""That a connection may rest between two requests."""

CONNECTIONS = 64
"""Open at once: a browser keeps six."""

REQUESTS = 32
"""Answered at once."""

STREAMS = 4
"""Of events, open at once: each takes one of the six connections that a browser keeps for all of its tabs."""

KEPT_BYTES = 64_000_000
"""States of files that a server keeps because browsers have them open; and papers that it keeps in memory alone."""

OUTPUT_BYTES = 1_000_000_000
"""A made file that is fetched: it is read as a whole."""

VERSIONS = 100
"""Of a file, kept in 履歴."""
