"""起案: new files to begin with — a case from its form or from last year's, a meeting, the folder of a municipality."""
