"""Floor 1: files to model, and every mistake people make in them."""
