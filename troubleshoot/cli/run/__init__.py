"""What the commands that run a playbook share."""
