"""What happened to prompts and settings, read from git's history alone."""

from afterword.repo.history.changes import Change, Changes, Pathways, when

__all__ = ["Change", "Changes", "Pathways", "when"]
