"""What happened to prompts and settings, read from git's history alone."""

from afterword.repo.history.arrivals import Arrival, Arrivals, Deployment
from afterword.repo.history.change import Change
from afterword.repo.history.changes import Changes
from afterword.repo.history.pathways import Pathways
from afterword.repo.history.times import when

__all__ = ["Arrival", "Arrivals", "Change", "Changes", "Deployment", "Pathways", "when"]
