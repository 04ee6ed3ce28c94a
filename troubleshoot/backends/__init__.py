"""Floor 2: the only network code, one file per store."""
