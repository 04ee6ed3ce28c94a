"""Findings become ranked causes, a verdict and what to do."""
