"""Two versions of one record brought together: what only one side changed is taken, the rest is chosen."""

from afterword.record.combining.combine import Combined, combine
from afterword.record.combining.difference import Difference, Side

__all__ = ["Combined", "Difference", "Side", "combine"]
