"""From a draft (what a template and a case say) to a document (what is printed): labels, notes, terms, references, digits."""
