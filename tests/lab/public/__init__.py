"""Incidents of others: public, with their truth, in the lab's real servers."""
