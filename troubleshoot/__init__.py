"""troubleshoot: written troubleshooting guides as runnable playbooks."""

__version__ = "0.1.0"
