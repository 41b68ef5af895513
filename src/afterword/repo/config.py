"""What a repository says about itself: `[tool.afterword]` in pyproject.toml, or `.afterword.toml`."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from afterword.record.vocabulary import SEVERITIES
from afterword.repo.defaults import DEPLOY_TAGS, PROMPTS, SETTINGS
from afterword.repo.errors import ConfigError, InTable
from afterword.repo.globs import check_pattern
from afterword.repo.regular import read_regular
from afterword.repo.spelling import dotted_too_often

if TYPE_CHECKING:
    from afterword.redaction import Rules
    from afterword.repo.config_evals import EvalsConfig

OWN_FILE = ".afterword.toml"
SHARED_FILE = "pyproject.toml"
_SECTION = "tool.afterword"
_LARGEST = 2_000_000


@dataclass(frozen=True)
class Config:
    """The configuration of one repository; `source` names the file it was read from, "" for the defaults.

    `prompts`, `settings` and `deploy_tags` are patterns as in `globs`; given ones replace the defaults.
    `redaction` holds the team's rules, `evals` how its evals are run; None where it has not said so.
    """

    records_dir: str | None = None
    prompts: tuple[str, ...] = PROMPTS
    settings: tuple[str, ...] = SETTINGS
    deploy_tags: tuple[str, ...] = DEPLOY_TAGS
    severities: tuple[str, ...] = SEVERITIES
    owners: tuple[str, ...] = ()
    timezone: str | None = None
    redaction: "Rules | None" = None
    evals: "EvalsConfig | None" = None
    source: str = ""


def read_config(root: Path) -> Config:
    """Read the configuration that lies in the work tree; `.afterword.toml` goes before pyproject.toml."""
    for name, section in ((OWN_FILE, ""), (SHARED_FILE, _SECTION)):
        try:
            data = read_regular(root / name, _LARGEST)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            raise ConfigError(f"{name} could not be read: {error.strerror}.", "Make it readable.") from error
        found = parse_config(data, name, section)
        if found is not None:
            return found
    return Config()


def config_around(folder: Path) -> Config:
    """Read the configuration of the repository around a folder without asking git; the defaults outside of one."""
    folder = folder.absolute()
    root = next((each for each in (folder, *folder.parents) if (each / ".git").exists()), None)
    return read_config(root) if root else Config()


def parse_config(data: bytes, name: str, section: str = "") -> Config | None:
    """Read a TOML file's configuration, or return None where it has no such section."""
    import tomllib

    try:
        text = data.decode("utf-8")
        if dotted_too_often(text):
            raise ConfigError(f"{name} has a key of more than 100 parts.", "Take it out.")
        table: Any = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise ConfigError(f"{name} is not UTF-8 (byte {error.start}).", "Save it as UTF-8.") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{name} is not valid TOML: {error}.", "Correct that line.") from error
    except ValueError as error:
        raise ConfigError(f"{name} holds a number that cannot be read: {error}.", "Write a smaller one.") from error
    for step in filter(None, section.split(".")):
        table = table.get(step) if isinstance(table, dict) else None
        if table is None:
            return None
    return _Reading(name, section, text).config(table)


class _Reading:
    """One file being read; knows how to say where something is wrong."""

    def __init__(self, name: str, section: str, text: str) -> None:
        self.name = name
        self.section = section
        self.text = text

    def config(self, table: Any) -> Config:
        if not isinstance(table, dict):
            raise ConfigError(f"{self.name}: {self.section} must be a table.", f"Write [{self.section}].")
        config = Config(source=self.name)
        for key, value in table.items():
            read = _KEYS.get(key)
            if read is None:
                raise self.error(key, "is not a known key", f"Known keys: {', '.join(_KEYS)}.")
            try:
                config = replace(config, **{key: read(value)})
            except InTable as error:
                raise self.error(error.key, str(error), error.hint or _HINTS[key], key) from error
            except ValueError as error:
                raise self.error(key, str(error), _HINTS[key]) from error
        return config

    def error(self, key: str, wrong: str, hint: str, table: str = "") -> ConfigError:
        section = ".".join(filter(None, (self.section, table)))
        line = self._line(key, section) or (self._line(table, self.section) if table else None)
        place = f"{self.name}:{line}" if line else self.name
        within = f"[{section}] " if section else ""
        return ConfigError(f"{place}: {within}{key} {wrong}.", hint)

    def _line(self, key: str, section: str) -> int | None:
        """Return the line of a key written in the plain way, within its section; or of a table's heading."""
        inside = not section
        for number, line in enumerate(self.text.split("\n"), 1):
            if line.lstrip().startswith("["):
                heading = re.sub(r"[\s\[\]\"']", "", line.partition("#")[0])
                if heading == f"{section}.{key}".lstrip("."):
                    return number
                inside = heading == section
            elif inside and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[.=]", line):
                return number
        return None


def _words(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise ValueError("must be a list of texts")
    return tuple(value)


def _severities(value: Any) -> tuple[str, ...]:
    words = _words(value)
    if not words:
        raise ValueError("must name at least one severity")
    return words


def _patterns(value: Any) -> tuple[str, ...]:
    patterns = _words(value)
    for pattern in patterns:
        wrong = check_pattern(pattern)
        if wrong:
            raise ValueError(f"has the pattern {pattern!r}, which {wrong}")
    return patterns


def _one_or_more_patterns(value: Any) -> tuple[str, ...]:
    return _patterns([value] if isinstance(value, str) else value)


def _folder(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be a text")
    path = PurePosixPath(value)
    if path.is_absolute() or ".." in path.parts or ".git" in path.parts or "\0" in value or not path.parts:
        raise ValueError("must be a folder inside the repository, relative to its root")
    return str(path)


def _zone(value: Any) -> str:
    import zoneinfo

    try:
        zoneinfo.ZoneInfo(value)
    except (TypeError, ValueError, OSError, zoneinfo.ZoneInfoNotFoundError) as error:
        raise ValueError(f"is not a time zone: {value!r}") from error
    return str(value)


def _redaction(value: Any) -> "Rules":
    from afterword.repo.config_redaction import read_rules

    return read_rules(value)


def _evals(value: Any) -> "EvalsConfig":
    from afterword.repo.config_evals import read_evals

    return read_evals(value)


_KEYS: dict[str, Callable[[Any], Any]] = {
    "records_dir": _folder,
    "prompts": _patterns,
    "settings": _patterns,
    "deploy_tags": _one_or_more_patterns,
    "severities": _severities,
    "owners": _words,
    "timezone": _zone,
    "redaction": _redaction,
    "evals": _evals,
}
_HINTS = {
    "records_dir": 'For example records_dir = "docs/postmortems".',
    "prompts": 'For example prompts = ["prompts/**", "**/*.j2"].',
    "settings": 'For example settings = ["config/**/*.yaml"].',
    "deploy_tags": 'For example deploy_tags = ["deploy-*"].',
    "severities": 'For example severities = ["SEV1", "SEV2", "SEV3"].',
    "owners": 'For example owners = ["@support-platform"].',
    "timezone": 'For example timezone = "Europe/Berlin".',
    "redaction": 'For example allow = ["support@acme.com"].',
    "evals": 'For example command = "pytest {case} --junitxml={out}".',
}
