"""Facts about Japanese writing that no stage of Kotobuki may decide twice: characters, numerals, dates.

Plain functions of text; nothing here knows of cases, documents or pages.
"""
