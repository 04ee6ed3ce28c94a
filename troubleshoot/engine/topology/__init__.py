"""Who calls whom, and whose trouble is whose."""
