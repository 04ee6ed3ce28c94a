"""``python -m troubleshoot``."""

from troubleshoot.cli.main import main

main()
