"""紙面: the pages of what is written, and where their words are written."""
