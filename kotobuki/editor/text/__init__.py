"""本文: what is offered and explained while a text is written."""
