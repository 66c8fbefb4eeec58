"""The content of a case: its head, its sections and rows against the form, and everything that may stand in them."""
