"""The report for a terminal, with rich."""
