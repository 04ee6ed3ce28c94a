"""The house itself: which floor may know which."""
