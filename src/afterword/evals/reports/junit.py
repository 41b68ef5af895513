"""JUnit XML, as pytest (`--junitxml`) and many others write it.

It drops metadata, so that a case is known by its name, its file or a property. pytest calls every exception a
failure: one that no assertion raised is an error here, since the model may never have answered.
"""

import re
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from afterword.evals.reports.report import Foreign, Report, Run, Unreadable, carries, said
from afterword.record.vocabulary import Verdict

_EXCEPTION = re.compile(r"(?P<name>[A-Za-z_][\w.]*(?:Error|Exception|Timeout|Interrupt|Exit|Warning))(?::|\s*$)")
_ASSERTS = {"AssertionError", "AssertionFailedError", "AssertionException"}
_NOT_A_WORD = re.compile(r"[\W_]+")
_ENDS = re.compile(r"^test_|_test$|_py$|_test_py$")


def read(data: bytes, record_id: str) -> Report:
    """Return the test cases that carry the id."""
    root = _parsed(data)
    cases = list(root.iter("testcase"))
    if root.tag not in ("testsuites", "testsuite"):
        raise Foreign("is not JUnit XML")
    own = [case for case in cases if _is_of(case, record_id)]
    return Report(tuple(map(_run, own)), len(cases) - len(own))


def _parsed(data: bytes) -> Element:
    """Read XML without a document type: entities could make a small file a huge one, or name other files."""

    def refuse(*_: object) -> None:
        raise Unreadable("declares a document type, which JUnit XML does not have")

    builder, parser = TreeBuilder(), expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    try:
        parser.Parse(data, True)
        return builder.close()
    except (expat.ExpatError, ValueError, LookupError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable("is not XML; was it written to the end?") from error


def _is_of(case: Element, record_id: str) -> bool:
    name, places = case.get("name", ""), (case.get("classname", ""), case.get("file", ""))
    values = [part.get("value", "") for part in case.iter("property")]
    if carries(record_id, name, *values):
        return True
    wanted = _plain(record_id)
    pieces = [piece for text in (name, *places) for piece in re.split(r"\.(?!py$)|::|[\[\]/\\]", text)]
    return any(wanted == _plain(piece) for piece in pieces if piece)


def _plain(text: str) -> str:
    """Return a name as Python files spell it: `test_2026_03_02_refunds.py` and `2026-03-02-refunds` are alike."""
    plain = _NOT_A_WORD.sub("_", text.casefold()).strip("_")
    for _ in range(3):
        plain = _ENDS.sub("", plain)
    return plain


def _run(case: Element) -> Run:
    error, failure, skipped = (case.find(tag) for tag in ("error", "failure", "skipped"))
    if error is not None:
        return Run(Verdict.ERROR, _words(error))
    if skipped is not None:
        return Run(Verdict.NOT_RUN, said(skipped.get("message")))
    if failure is None:
        return Run(Verdict.PASS)
    words = _words(failure)
    raised = _EXCEPTION.match(words) or _EXCEPTION.fullmatch(failure.get("type", ""))
    is_assertion = raised is None or raised["name"].rpartition(".")[2] in _ASSERTS
    return Run(Verdict.FAIL if is_assertion else Verdict.ERROR, words)


def _words(part: Element) -> str:
    return said(part.get("message") or part.text) or said(part.get("type"))
