"""Widgets that know text and rows, but no screen and no app."""
