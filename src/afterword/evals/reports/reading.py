"""Reads the report that a runner left: one file, or every file of a folder."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from afterword.evals.reports import inspect, junit, promptfoo
from afterword.evals.reports.report import Foreign, Report, Run, Unreadable
from afterword.repo.regular import read_regular

_LARGEST = 256 * 1024 * 1024
_READERS: dict[str, Callable[[bytes, str], Report]] = {
    "promptfoo": lambda data, record_id: promptfoo.read(_json(data), record_id),
    "junit": junit.read,
    "inspect": lambda data, record_id: inspect.read(_log(data), record_id),
}


def read_report(kind: str, out: Path, record_id: str) -> Report:
    """Return what the report at `out` says of the case; Unreadable where it says nothing.

    `kind` is promptfoo (JSON), junit (XML) or inspect (a log, or the folder of logs).
    """
    reports: list[Report] = []
    foreign: Foreign | None = None
    for file in _files(out):
        try:
            reports.append(_READERS[kind](_bytes(file), record_id))
        except Foreign as error:
            # Runners put other files beside their logs: lists of them, settings, coverage.
            foreign = foreign or error
        except RecursionError as error:
            raise Unreadable("is nested too deeply") from error
    if not reports:
        raise foreign or Unreadable("was not written")
    runs: tuple[Run, ...] = tuple(run for report in reports for run in report.runs)
    versions = dict.fromkeys(version for report in reports for version in report.versions)
    return Report(runs, sum(report.others for report in reports), tuple(versions))


def _files(out: Path) -> Iterator[Path]:
    if out.is_file():
        yield out
    elif out.is_dir():
        yield from sorted(path for path in out.rglob("*") if path.suffix in (".json", ".eval", ".xml"))


def _bytes(file: Path) -> bytes:
    try:
        if file.stat().st_size > _LARGEST:
            raise Unreadable(f"is larger than {_LARGEST // 1024 // 1024} MB")
        data = read_regular(file, _LARGEST)
    except OSError as error:
        raise Unreadable(f"could not be read: {error.strerror}") from error
    if not data.strip():
        raise Unreadable("is empty")
    return data


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Unreadable("is not JSON; was it written to the end?") from error


def _log(data: bytes) -> Any:
    return inspect.unpacked(data) if data.startswith(b"PK") else _json(data)
