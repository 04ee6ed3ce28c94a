"""The report for a postmortem, as GitHub-flavoured Markdown."""
