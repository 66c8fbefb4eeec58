"""項目: a file as a form. Its values as fields, and a field changed as edits of the text that change nothing else."""
