"""What the parsers of all stores share."""
