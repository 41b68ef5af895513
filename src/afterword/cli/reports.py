"""The forms in which problems are reported: text, JSON, GitHub annotations, JUnit."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from afterword.checks import Problem
from afterword.cli.output import Output
from afterword.visible import visible, visible_line

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


@dataclass(frozen=True)
class Checked:
    """A file with its problems, those of the upper lines first."""

    id: str
    path: str
    problems: list[Problem]


def as_text(checked: list[Checked], out: Output) -> None:
    """Print `path:line: error: message [code]`, the better way to say it below; the sum goes to stderr."""
    for one in checked:
        for problem in one.problems:
            colour = "red" if problem.severity == "error" else "yellow"
            out.row(
                (f"{visible_line(_where(one, problem))}: ", "bold"),
                (problem.severity, colour),
                (f": {visible_line(problem.message)}", ""),
                (f" [{problem.code}]", "dim"),
            )
            if problem.hint:
                out.row((f"    {visible_line(problem.hint)}", ""))
    if checked:
        out.note(_sum(checked))


def _sum(checked: list[Checked]) -> str:
    severities = [problem.severity for one in checked for problem in one.problems]
    records = _count(len(checked), "record")
    if not severities:
        return f"No problems in {records}."
    errors, warnings = severities.count("error"), severities.count("warning")
    return f"{_count(errors, 'error')}, {_count(warnings, 'warning')} in {records}."


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def as_json(checked: list[Checked], out: Output) -> None:
    """Print one object with all problems."""
    out.json(
        "afterword/check/1",
        records=[{"id": one.id, "path": one.path} for one in checked],
        problems=[_values(one, problem) for one in checked for problem in one.problems],
    )


def _values(one: Checked, problem: Problem) -> dict[str, Any]:
    keys = ("line", "section", "part", "code", "severity", "message", "hint", "excerpt")
    return {"id": one.id, "path": problem.path or one.path, **{key: getattr(problem, key) for key in keys}}


def as_github(checked: list[Checked], out: Output) -> None:
    """Print workflow commands that GitHub shows beside the lines of the file."""
    for one in checked:
        for problem in one.problems:
            place = f"file={_property(problem.path or one.path)}" + (f",line={problem.line}" if problem.line else "")
            text = _escaped(f"{problem.message} {problem.hint}".strip())
            out.data(f"::{problem.severity} {place},title={_property(f'afterword {problem.code}')}::{text}")


def _escaped(text: str) -> str:
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def as_junit(checked: list[Checked], out: Output) -> None:
    """Print a JUnit report: a suite a record, a failed case an error; warnings are the suite's output."""
    from xml.etree.ElementTree import Element, indent, tostring

    total = Element("testsuites", name="afterword")
    for one in checked:
        total.append(_suite(one))
    indent(total)
    out.data('<?xml version="1.0" encoding="utf-8"?>\n' + tostring(total, encoding="unicode"))


def _suite(one: Checked) -> "Element":
    from xml.etree.ElementTree import Element, SubElement

    errors = [problem for problem in one.problems if problem.severity == "error"]
    warnings = [problem for problem in one.problems if problem.severity == "warning"]
    counts = {"tests": str(max(1, len(errors))), "failures": str(len(errors))}
    suite = Element("testsuite", {"name": _xml(one.id), **counts})
    common = {"classname": _xml(one.id), "file": _xml(one.path)}
    for problem in errors:
        place = {**common, "file": _xml(problem.path or one.path)}
        case = SubElement(suite, "testcase", {"name": _xml(f"{problem.code}: {problem.message}"), **place})
        failure = SubElement(case, "failure", type=problem.code, message=_xml(problem.message))
        failure.text = _xml(f"{_where(one, problem)}\n{problem.hint}")
    if not errors:
        SubElement(suite, "testcase", {"name": "record", **common})
    if warnings:
        lines = (f"{_where(one, problem)}: {problem.message} {problem.hint}" for problem in warnings)
        SubElement(suite, "system-out").text = _xml("\n".join(lines))
    return suite


def _where(one: Checked, problem: Problem) -> str:
    path = problem.path or one.path
    return f"{path}:{problem.line}" if problem.line else path


def _xml(text: str) -> str:
    """Make a text one that XML may hold."""
    return visible(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


REPORTS: dict[str, Callable[[list[Checked], Output], None]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "junit": as_junit,
}
