"""What metrics nobody has explained may mean, by their names, labels and behaviour."""
