"""Environments: files, variables, and who owns a secret."""
