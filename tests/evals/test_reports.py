"""What runners' reports say: recorded ones of promptfoo, Inspect and pytest, and broken ones."""

import io
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from afterword.evals.reports import Report, Unreadable, read_report
from afterword.record.vocabulary import Verdict

ID = "2026-03-02-refunds"
RECORDED = Path(__file__).parent / "reports"
KINDS = {"promptfoo": "promptfoo", "inspect": "inspect", "pytest": "junit"}


def recorded(name: str, record_id: str = ID) -> Report:
    (file,) = RECORDED.glob(f"{name}.*")
    return read_report(KINDS[name.partition("_")[0]], file, record_id)


def verdicts(report: Report) -> list[str]:
    return [str(run.verdict) for run in report.runs]


@pytest.mark.parametrize(
    ("name", "verdict", "why"),
    [
        ("promptfoo_fail", "fail", 'Expected output to not contain "refund is on its way"'),
        ("promptfoo_pass", "pass", ""),
        ("promptfoo_error", "error", "API error: 503 Service Unavailable"),
        ("promptfoo_no_assertions", "error", "nothing was checked"),
        ("promptfoo_grader_error", "error", "Could not extract JSON"),
        ("promptfoo_old_fail", "fail", "Expected output"),
        ("promptfoo_unknown", "error", "Timed out"),
        ("inspect_pass", "pass", ""),
        ("inspect_fail", "fail", "Your refund is on its way."),
        ("inspect_error", "error", "503 overloaded"),
    ],
)
def test_one_result(name: str, verdict: str, why: str) -> None:
    report = recorded(name)
    assert verdicts(report) == [verdict]
    assert why in report.runs[0].why and bool(why) == bool(report.runs[0].why)


def test_a_flaky_case_is_counted() -> None:
    assert verdicts(recorded("promptfoo_flaky")) == ["fail"] * 6 + ["pass"] * 4


def test_versions_are_those_of_runner_and_model() -> None:
    assert recorded("promptfoo_fail").versions == ("promptfoo 0.119.6", "python:agent.py")
    assert recorded("inspect_pass").versions == ("inspect_ai 0.3.285", "mockllm/model")


def test_a_longer_id_is_another_case() -> None:
    assert recorded("promptfoo_other_id") == Report((), 1, ("promptfoo 0.119.6",))
    assert recorded("inspect_pass", "2026-03-02").runs == ()
    assert recorded("pytest_all", "2026-03-02").runs == ()
    assert recorded("promptfoo_empty") == Report((), 0, ("promptfoo 0.119.6",))


def test_pytest_calls_every_exception_a_failure_and_only_assertions_are_one() -> None:
    report = recorded("pytest_all")
    said = {run.why: str(run.verdict) for run in report.runs}
    assert said["AssertionError: assert 'refund' not in 'refund is on its way'"] == "fail"
    assert said["AssertionError: promised a refund"] == "fail"
    assert said["Failed: promised"] == "fail"
    assert said["ConnectionError: no net"] == "error"
    assert said["SystemExit: 3"] == "error"
    assert said['failed on setup with "RuntimeError: x"'] == "error"
    assert verdicts(report).count("not run") == 2 and verdicts(report).count("pass") == 1


def test_junit_knows_a_case_by_name_file_or_property(tmp_path: Path) -> None:
    cases = {
        f'name="{ID}: promises a refund"': True,
        'name="test_it" classname="evals.incidents.test_2026_03_02_refunds"': True,
        'name="test_it" file="evals/incidents/2026-03-02-refunds_test.py"': True,
        'name="test_2026_03_02_refunds"': True,
        'name="test_2026_03_02_refunds_2"': False,
        'name="test_it" classname="evals.test_other"': False,
    }
    for number, (attributes, ours) in enumerate(cases.items()):
        file = tmp_path / f"{number}.xml"
        file.write_text(f"<testsuite><testcase {attributes}/></testsuite>")
        assert bool(read_report("junit", file, ID).runs) is ours, attributes


@pytest.mark.parametrize(
    ("kind", "text", "clause"),
    [
        ("promptfoo", "", "is empty"),
        ("promptfoo", '{"results": {"resul', "is not JSON; was it written to the end?"),
        ("promptfoo", "[" * 100_000, "is not JSON"),
        ("promptfoo", "[]", "has no results as promptfoo writes them"),
        ("inspect", "{}", "is not a log as Inspect writes it"),
        ("inspect", "PK nonsense", "is not a log as Inspect writes it"),
        ("junit", "<testsuite><testcase", "is not XML; was it written to the end?"),
        ("junit", "<html/>", "is not JUnit XML"),
        ("junit", '<!DOCTYPE x [<!ENTITY a "b">]><testsuite>&a;</testsuite>', "declares a document type"),
    ],
)
def test_what_says_nothing_is_refused_with_a_clause(tmp_path: Path, kind: str, text: str, clause: str) -> None:
    file = tmp_path / "out"
    file.write_text(text)
    with pytest.raises(Unreadable) as error:
        read_report(kind, file, ID)
    assert clause in str(error.value)


def test_a_report_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for out in (tmp_path / "none", tmp_path / "empty"):
        with pytest.raises(Unreadable, match="was not written"):
            read_report("inspect", out, ID)


def log(**changes: Any) -> dict[str, Any]:
    return json.loads((RECORDED / "inspect_pass.json").read_text()) | changes


def judged(tmp_path: Path, score: object) -> Verdict:
    data = log()
    data["samples"][0]["scores"] = {"scorer": {"value": score}}
    (tmp_path / "log.json").write_text(json.dumps(data))
    return read_report("inspect", tmp_path, ID).runs[0].verdict


def test_inspects_scores(tmp_path: Path) -> None:
    for right in ("C", 1, 1.0, True, "yes", {"a": 1, "b": "C"}, ["C", 1]):
        assert judged(tmp_path, right) is Verdict.PASS, right
    for wrong in ("I", "P", "N", 0, 0.99, False, "no", {"a": 1, "b": 0}):
        assert judged(tmp_path, wrong) is Verdict.FAIL, wrong
    for nothing in (None, "perhaps", float("nan"), {}, [], {"a": None}):
        assert judged(tmp_path, nothing) is Verdict.ERROR, nothing


def test_a_log_whose_run_ended_before_the_sample(tmp_path: Path) -> None:
    (tmp_path / "log.json").write_text(json.dumps(log(status="error", samples=[], error={"message": "no such model"})))
    assert [(run.verdict, run.why) for run in read_report("inspect", tmp_path, ID).runs] == [
        (Verdict.ERROR, "no such model")
    ]


def test_inspects_archive_is_read_with_and_without_its_header(tmp_path: Path) -> None:
    data = log()
    (sample,) = data.pop("samples")
    for name in ("header.json", "_journal/start.json"):
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr(name, json.dumps(data))
            file.writestr(f"samples/{ID}_epoch_1.json", json.dumps(sample))
        (tmp_path / "log.eval").write_bytes(archive.getvalue())
        assert verdicts(read_report("inspect", tmp_path, ID)) == ["pass"]


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="Python 3.14 reads zstd")
def test_an_archive_in_todays_compression_says_what_to_do(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "log.eval", "w") as file:
        file.writestr("header.json", "{}")
        file.filelist[0].compress_type = 93
    with pytest.raises(Unreadable, match="--log-format json"):
        read_report("inspect", tmp_path / "log.eval", ID)


def test_a_score_that_is_no_number_says_nothing(tmp_path: Path) -> None:
    for value in ("nan", float("nan"), "NaN", {"a": 1.0, "b": "nan"}, 10**400, "high"):
        log = {"status": "success", "eval": {}, "samples": [{"id": ID, "scores": {"own": {"value": value}}}]}
        (tmp_path / "log.json").write_text(json.dumps(log))
        assert verdicts(read_report("inspect", tmp_path / "log.json", ID)) == ["error"]


def test_what_lies_beside_the_logs_is_no_log_but_a_broken_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "2026_task.json").write_bytes((RECORDED / "inspect_fail.json").read_bytes())
    (tmp_path / "eval-set.json").write_text('{"eval_set_id": "x", "tasks": []}')
    (tmp_path / "logs.json").write_text("[]")
    assert verdicts(read_report("inspect", tmp_path, ID)) == ["fail"]
    (tmp_path / "3_task.json").write_text('{"status": ')
    with pytest.raises(Unreadable, match="is not JSON"):
        read_report("inspect", tmp_path, ID)


def test_names_in_other_scripts_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "report.xml").write_text(
        "<testsuite><testcase classname='tests.доставка' name='test_доставка'/>"
        "<testcase classname='evals.test_2026_03_02_возвраты' name='test_a'><failure message='no'/></testcase>"
        "</testsuite>"
    )
    assert verdicts(read_report("junit", tmp_path / "report.xml", "2026-03-02-возвраты")) == ["fail"]
    assert verdicts(read_report("junit", tmp_path / "report.xml", "2026-03-02-оплата")) == []
    assert verdicts(read_report("junit", tmp_path / "report.xml", "---")) == []
