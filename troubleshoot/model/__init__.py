"""Floor 0: frozen values. No I/O, no clock."""
