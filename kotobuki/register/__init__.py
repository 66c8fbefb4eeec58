"""The register of document numbers (文書番号台帳): every number is issued once, and who has it is on record.

`entries` are the values and their rules, `ledger` the files and the lock, `papers` what a YAML says of its number,
`edits` a number written into a YAML, `operations` taking, reserving and voiding, `checks` what build and `check` refuse.
"""
