"""Systems that nobody designed: drawn from a seed, with a way of telling of their own."""
