"""Of spans: origins, time, calls, tags."""
