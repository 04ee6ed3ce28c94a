"""Floor 0: frozen values."""
