"""Floor 5: one file per command; streams, clock and settings are injected."""
