"""Prompts as the repository keeps them: named constants in Python."""

from afterword.repo.prompts.constants import Constant, Constants, constants_in, may_hold

__all__ = ["Constant", "Constants", "constants_in", "may_hold"]
