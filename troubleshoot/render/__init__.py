"""Floor 4: a Report becomes text. No clock, no exit code, no decisions."""
