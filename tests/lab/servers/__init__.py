"""Installing, starting, filling and stopping the three real servers."""
