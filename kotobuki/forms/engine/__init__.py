"""Templates: read with Jinja's parser, and run by an interpreter that knows what papers need and nothing else.

In: a template's source and the values that it may print. Out: its text (`text`), or the XML of a Word form (`word`); or
every fault of it. `syntax` reads, `allowed` refuses before anything runs, `evaluation` runs, with the `functions` it has.
Jinja compiles nothing: no name of a template reaches an attribute of Python, and each step is counted outside its reach.
"""
