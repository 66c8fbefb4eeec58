"""The schema of cases/organization.yaml, as `settings.organization_reading` declares it.

In: nothing: it holds for every municipality. Out: the schema.
"""

from __future__ import annotations

from kotobuki.reading.json_schema import Schema, document
from kotobuki.reading.records import record_schema
from kotobuki.settings.organization_reading import OrganizationFile


def organization() -> Schema:
    """The whole file."""
    body = record_schema(OrganizationFile, "organization.yaml", {})
    return document("organization.yaml", "自治体のこと。一度書けば、どの会議・案件でも使う", body)
