"""promptfoo's results, as `promptfoo eval --output out.json` writes them.

`failureReason` tells a failed assertion (1) from a call that went wrong (2); a test whose assertions promptfoo did
not see, for a typo in `assert`, passes with the reason "No assertions".
"""

from typing import Any

from afterword.evals.reports.report import Foreign, Report, Run, carries, carries_in, each, mapping, said
from afterword.record.vocabulary import Verdict

_FAILED, _WENT_WRONG = 1, 2
_NOTHING_CHECKED = "its assertions were not seen, so that nothing was checked; is `assert` spelled right?"


def read(data: Any, record_id: str) -> Report:
    """Return the results of the tests that carry the id in description or metadata."""
    summary = mapping(data).get("results")
    results = mapping(summary).get("results")
    if not isinstance(results, list):
        raise Foreign("has no results as promptfoo writes them")
    rows = each(results)
    own = [row for row in rows if _is_of(row, record_id)]
    version = mapping(mapping(data).get("metadata")).get("promptfooVersion")
    models = (mapping(row.get("provider")).get("id") for row in own)
    versions = [f"promptfoo {version}"] if version else []
    versions += [str(model) for model in models if model]
    return Report(tuple(map(_run, own)), len(rows) - len(own), tuple(dict.fromkeys(versions)))


def _is_of(row: dict[str, Any], record_id: str) -> bool:
    test = mapping(row.get("testCase"))
    return (
        carries(record_id, test.get("description"), row.get("description"))
        or carries_in(record_id, test.get("metadata"))
        or carries_in(record_id, row.get("metadata"))
    )


def _run(row: dict[str, Any]) -> Run:
    grading, reason = mapping(row.get("gradingResult")), row.get("failureReason")
    components = each(grading.get("componentResults"))
    error = row.get("error") or mapping(row.get("response")).get("error")
    if reason == _WENT_WRONG:
        return Run(Verdict.ERROR, said(error) or "promptfoo reports an error")
    if any(mapping(part.get("metadata")).get("graderError") for part in components):
        return Run(Verdict.ERROR, said(grading.get("reason")) or "the grader failed")
    if row.get("success") is True:
        return Run(Verdict.PASS) if _was_checked(grading, components) else Run(Verdict.ERROR, _NOTHING_CHECKED)
    # An older promptfoo gives no reason: only an assertion that said no is evidence.
    if row.get("success") is False and (reason == _FAILED or (reason is None and grading.get("pass") is False)):
        return Run(Verdict.FAIL, said(grading.get("reason") or error))
    return Run(Verdict.ERROR, said(error) or "promptfoo does not say why it failed")


def _was_checked(grading: dict[str, Any], components: list[dict[str, Any]]) -> bool:
    return bool(components) and grading.get("reason") != "No assertions"
