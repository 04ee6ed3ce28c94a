"""The tests of troubleshoot, and the lab they run against."""
