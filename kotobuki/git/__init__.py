"""Kotobuki as git's helper: what `git merge` runs for cases, and how a repository is told of it."""
