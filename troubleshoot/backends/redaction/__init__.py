"""The one choke point that secrets do not pass."""
