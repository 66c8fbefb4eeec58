"""Two versions compared: what changed in a case, item by item, and how that is shown to reviewers."""
