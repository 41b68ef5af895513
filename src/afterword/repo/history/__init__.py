"""What happened to prompts and settings, read from git's history alone."""
