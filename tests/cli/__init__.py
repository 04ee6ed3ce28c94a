"""The command line: what it prints and what it exits with."""
