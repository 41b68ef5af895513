"""Afterword walks an engineer through the post-mortem of an AI incident, inside the git repository."""

__version__ = "0.1.0"
