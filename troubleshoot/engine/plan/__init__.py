"""What is asked: checks become requests, as values."""
