"""Of lines: fields, patterns, exceptions, events."""
