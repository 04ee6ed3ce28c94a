"""Tests of floor 2, the backends."""
