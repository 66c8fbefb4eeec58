"""Tables as values, and as people take them away: in a terminal, as CSV, JSON and .xlsx."""
