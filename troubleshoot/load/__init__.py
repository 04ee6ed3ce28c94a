"""Floor 1: files become model values."""
