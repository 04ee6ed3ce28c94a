"""A playbook with its queries, vocabularies and families of messages."""
