"""Inspect's logs, as JSON or in the `.eval` archive; a sample with an error was not judged, whatever its scores."""

import io
import json
import math
import re
import zipfile
from typing import Any

from afterword.evals.reports.report import (
    Foreign,
    Report,
    Run,
    Unreadable,
    carries,
    carries_in,
    each,
    mapping,
    said,
)
from afterword.record.vocabulary import Verdict

_LARGEST = 64 * 1024 * 1024
_LARGEST_OF_ALL = 512 * 1024 * 1024
_SAMPLE = re.compile(r"samples/.*\.json", re.DOTALL)
_WORDS = {"c": 1.0, "correct": 1.0, "yes": 1.0, "true": 1.0, "p": 0.5, "i": 0.0, "incorrect": 0.0, "n": 0.0}
_WORDS |= {"no": 0.0, "false": 0.0}
_AS_JSON = "is packed in a way that this Python cannot read; write the log with --log-format json"


def read(data: Any, record_id: str) -> Report:
    """Return the samples that carry the id, each epoch as a run of its own."""
    log = mapping(data)
    if "status" not in log or "eval" not in log:
        raise Foreign("is not a log as Inspect writes it")
    samples = each(log.get("samples"))
    own = [sample for sample in samples if _is_of(sample, record_id)]
    spec = mapping(log.get("eval"))
    tool = mapping(spec.get("packages")).get("inspect_ai")
    versions = (f"inspect_ai {tool}" if tool else "", str(spec.get("model") or ""))
    runs = tuple(map(_run, own))
    if not runs and log["status"] == "error":
        runs = (Run(Verdict.ERROR, said(mapping(log.get("error")).get("message")) or "Inspect reports an error"),)
    return Report(runs, len(samples) - len(own), tuple(filter(None, versions)))


def unpacked(data: bytes) -> dict[str, Any]:
    """Return the log in an `.eval` archive; one whose run was ended has no header, and its status is `started`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            header = _member(archive, "header.json" if "header.json" in names else "_journal/start.json")
            wanted = [name for name in names if _SAMPLE.fullmatch(name)]
            if sum(archive.getinfo(name).file_size for name in wanted) > _LARGEST_OF_ALL:
                raise Unreadable(f"has more than {_LARGEST_OF_ALL // 1024 // 1024} MB of samples")
            samples = [_member(archive, name) for name in wanted]
    except Unreadable:
        raise
    except NotImplementedError as error:
        raise Unreadable(_AS_JSON) from error
    except Exception as error:
        # A broken archive fails in whatever way its kind of packing does.
        raise Unreadable("is not a log as Inspect writes it") from error
    return {"status": "started", **mapping(header), "samples": samples}


def _member(archive: zipfile.ZipFile, name: str) -> Any:
    with archive.open(name) as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise Unreadable(f"has a part larger than {_LARGEST // 1024 // 1024} MB")
    return json.loads(data)


def _is_of(sample: dict[str, Any], record_id: str) -> bool:
    return (
        sample.get("id") == record_id
        or carries(record_id, sample.get("description"))
        or carries_in(record_id, sample.get("metadata"))
    )


def _run(sample: dict[str, Any]) -> Run:
    error = sample.get("error")
    if error:
        return Run(Verdict.ERROR, said(mapping(error).get("message") or error))
    scores = mapping(sample.get("scores"))
    if not scores:
        return Run(Verdict.ERROR, "it was not scored")
    values = [_number(mapping(score).get("value")) for score in scores.values()]
    if any(value is None for value in values):
        return Run(Verdict.ERROR, "its score is neither right nor wrong")
    if all(value is not None and value >= 1 for value in values):
        return Run(Verdict.PASS)
    reasons = (mapping(score).get("explanation") for score in scores.values())
    return Run(Verdict.FAIL, said(next(filter(None, reasons), "")))


def _number(value: Any) -> float | None:
    """Return how right a score is, 1 or more being right; None where it says nothing."""
    if isinstance(value, dict | list):
        parts = [_number(part) for part in (value.values() if isinstance(value, dict) else value)]
        known = [part for part in parts if part is not None]
        return min(known) if known and len(known) == len(parts) else None
    if isinstance(value, str) and value.casefold() in _WORDS:
        return _WORDS[value.casefold()]
    try:
        number = float(value) if isinstance(value, str | int | float) else math.nan
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
