"""What the simulated shop emits, and how it is written for the three servers."""
