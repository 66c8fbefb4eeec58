"""YAML as text with positions, and every mistake in it explained.

`source` turns bytes into clean lines, `parse` turns lines into `nodes`, `scalars` holds the rule by which lines join into
text, `mistakes` and `syntax` explain what a typist got wrong, `fields` reads typed values from a mapping, `inlines` takes
the ｛…｝ marks of a text apart.
"""
