"""Model settings as the repository keeps them: in configuration files, front matter and Python, at any revision."""

from afterword.repo.settings.comparison import Comparison, compare_settings
from afterword.repo.settings.finding import Setting, SettingsFound, SettingsProblem, find_settings

__all__ = ["Comparison", "Setting", "SettingsFound", "SettingsProblem", "compare_settings", "find_settings"]
