"""Signals become findings."""
