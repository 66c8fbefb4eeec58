"""JSON Schemas (draft-07) of organization.yaml, meeting.yaml and cases, for editors that check YAML as it is typed.

In: the organization and the forms of a project. Out: schemas as dicts, and the files that hold them (`files`). They flag
what the readers in `case` refuse, as far as a schema can say it, and never what those accept. Draft-07 is what the YAML
language server knows best; of a key it tries the names first, then the first pattern that fits, so patterns are disjoint.
"""
