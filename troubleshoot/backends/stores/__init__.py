"""The kinds of backend, a folder each: its client, and how its answers are read."""
