"""Recorded runs, written and read."""
