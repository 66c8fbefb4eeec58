"""The shelf of rules: what Kotobuki says about values that have been read and are still not right.

A rule is a module of its own. Its docstring is its documentation; its `check` takes the rule's subject and yields a
`Diagnostic` for each fault, and does nothing else. `registry` lists the rules by their subject and runs them. What
cannot be read, on the other hand (a date that is none, an unknown key), is said by its reader.
"""
