"""The second system: a box office for tickets, with other names and conventions than the shop."""
