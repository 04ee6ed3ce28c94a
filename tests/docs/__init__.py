"""Pages of docs/ that are made from what ships, and checked so that they cannot rot."""
