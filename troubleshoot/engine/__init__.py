"""Floor 3: plan, collect, judge, rank. Knows the backend protocol, no concrete backend."""
