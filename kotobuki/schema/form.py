"""The schema of a form.yaml, as `settings.form` declares it.

In: nothing: it holds for every form. Out: the schema.
"""

from __future__ import annotations

from kotobuki.case.head import HEADER
from kotobuki.reading.json_schema import Schema, document
from kotobuki.reading.records import record_schema
from kotobuki.settings.form_reading import FormFile


def form() -> Schema:
    """The whole file."""
    body = record_schema(FormFile, "form.yaml", {"先頭": HEADER[1:]})
    return document("form.yaml", "様式のこと。どんな節と行があり、どの書類を作るか", body)
