"""`kotobuki serve`: cases written in a browser, their papers beside them.

A server for one person on one machine: files of one project, each by an id of its own; all that is shown is made by the
same code as a build. `web/` is what the browser runs.
"""
