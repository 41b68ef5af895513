"""How a team's evals are run, from the table `evals` of the configuration."""

import shlex
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from string import Formatter
from typing import Any

from afterword.repo.errors import InTable
from afterword.repo.globs import check_pattern

REPORTS = ("promptfoo", "junit", "inspect")
PLACEHOLDERS = ("case", "out", "id", "root", "tree")
_SHELL = {"&&", "||", "|", ";", "&", ">", ">>", "<", "2>&1"}
_LONGEST = 86_400

Words = tuple[str, ...]
"""A command as the list of its words; no shell reads it."""


@dataclass(frozen=True)
class EvalsConfig:
    """How the new eval case is run.

    `command` may name `{case}` (the case's file, relative), `{out}` (where the report goes), `{id}` (the record),
    `{root}` (the user's checkout) and `{tree}` (the work tree). `setup` runs first, once a work tree. `link` names
    what the checkout has and git does not track; `bring` are patterns of files that come from the checkout as well.
    `timeout` is in seconds, a run.
    """

    command: Words
    report: str = ""
    setup: tuple[Words, ...] = ()
    link: tuple[str, ...] = ()
    bring: tuple[str, ...] = ()
    env: tuple[tuple[str, str], ...] = ()
    version: Words = ()
    repeat: int = 1
    timeout: int = 600
    exit_codes: bool = False


def read_evals(table: Any) -> EvalsConfig:
    """Return what the table states; InTable says which of its keys is wrong."""
    if not isinstance(table, dict):
        raise ValueError("must be a table")
    for key in table:
        if key not in _KEYS:
            raise InTable(key, "is not a known key", f"Known keys: {', '.join(_KEYS)}.")
    if "command" not in table:
        raise ValueError("does not name the command that runs a case")
    config = EvalsConfig(command=())
    for key, value in table.items():
        try:
            config = replace(config, **{key: _KEYS[key](value)})
        except ValueError as error:
            raise InTable(key, str(error), _HINTS[key]) from error
    return _with_evidence(config)


def _with_evidence(config: EvalsConfig) -> EvalsConfig:
    """Refuse a command of which nothing could be learned, and name the report's format where the command does."""
    writes = any("{out}" in word for word in config.command)
    if config.exit_codes and writes:
        raise InTable("exit_codes", "and {out} in the command contradict each other", "Leave one of them out.")
    if config.exit_codes:
        return config
    if not writes:
        hint = "Exit codes prove nothing; let the command write its report to {out}, or set exit_codes = true."
        raise InTable("command", "does not say with {out} where its report goes", hint)
    report = config.report or _report_of(config.command)
    if not report:
        raise InTable("command", "does not show the format of its report", _HINTS["report"])
    return replace(config, report=report)


def _report_of(command: Words) -> str:
    named = " ".join(command).lower()
    by_tool = {"promptfoo": "promptfoo", "pytest": "junit", "deepeval": "junit", "junit": "junit", "inspect": "inspect"}
    return next((report for tool, report in by_tool.items() if tool in named), "")


def _command(value: Any) -> Words:
    if isinstance(value, str):
        try:
            words = shlex.split(value)
        except ValueError as error:
            raise ValueError("has a quotation that does not end") from error
        if _SHELL & set(words):
            raise ValueError("needs a shell, and none reads it")
    elif isinstance(value, list) and all(isinstance(each, str) and "\0" not in each for each in value):
        words = list(value)
    else:
        raise ValueError("must be a text or a list of texts")
    if not words or not words[0].strip():
        raise ValueError("must name a command")
    if not isinstance(value, list):
        _check_placeholders(words)
    return tuple(words)


def _check_placeholders(words: list[str]) -> None:
    for word in words:
        for _, name, _, _ in Formatter().parse(word):
            if name is not None and name.isidentifier() and name not in PLACEHOLDERS:
                known = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
                raise ValueError(f"has the placeholder {{{name}}}, and there are {known} only")


def _setup(value: Any) -> tuple[Words, ...]:
    return (_command(value),) if isinstance(value, str) else tuple(_command(each) for each in _list(value))


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("must be a text or a list")
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
        raise ValueError("must be a list of texts")
    return tuple(value)


def _paths(value: Any) -> tuple[str, ...]:
    for text in _texts(value):
        path = PurePosixPath(text)
        if path.is_absolute() or ".." in path.parts or ".git" in path.parts or "\0" in text or not path.parts:
            raise ValueError(f"has {text!r}, which is not a path inside the repository")
    return tuple(str(PurePosixPath(text)) for text in value)


def _patterns(value: Any) -> tuple[str, ...]:
    for pattern in _texts(value):
        wrong = check_pattern(pattern)
        if wrong:
            raise ValueError(f"has the pattern {pattern!r}, which {wrong}")
    return tuple(value)


def _env(value: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict) or not all(isinstance(each, str) and "\0" not in each for each in value.values()):
        raise ValueError("must be a table of texts")
    return tuple(value.items())


def _report(value: Any) -> str:
    if value not in REPORTS:
        raise ValueError(f"must be one of {', '.join(REPORTS)}")
    return str(value)


def _count(most: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
            raise ValueError(f"must be a whole number from 1 to {most}")
        return value

    return read


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


_KEYS: dict[str, Callable[[Any], Any]] = {
    "command": _command,
    "report": _report,
    "setup": _setup,
    "link": _paths,
    "bring": _patterns,
    "env": _env,
    "version": _command,
    "repeat": _count(1_000),
    "timeout": _count(_LONGEST),
    "exit_codes": _yes_or_no,
}
_HINTS = {
    "command": 'For example command = "pytest {case} --junitxml={out}", or ["sh", "-c", "..."] for a shell.',
    "report": 'For example report = "promptfoo" (JSON), "junit" (XML) or "inspect" (log).',
    "setup": 'For example setup = "npm ci".',
    "link": 'For example link = [".venv", "node_modules", ".env"].',
    "bring": 'For example bring = ["evals/scorers/**"].',
    "env": 'For example env = { PYTHONPATH = "src" }.',
    "version": 'For example version = "pytest --version".',
    "repeat": "For example repeat = 10.",
    "timeout": "For example timeout = 600 (seconds).",
    "exit_codes": "For example exit_codes = true: 0 is a pass, 1 a failure, anything else an error.",
}
