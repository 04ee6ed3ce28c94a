"""Floor 4: what people and programs read of a run."""
