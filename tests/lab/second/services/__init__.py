"""What each of the seven services does with a request."""
