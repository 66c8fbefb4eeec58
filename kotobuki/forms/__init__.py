"""From a case, a meeting and the templates of a form to draft papers."""
