"""The one way out: every request is checked, limited and retried here."""
