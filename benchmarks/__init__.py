"""How fast, how much: ``python -m benchmarks [BUNDLE]`` prints one table in Markdown."""
