"""YAML and templates, each mistake at its place."""
