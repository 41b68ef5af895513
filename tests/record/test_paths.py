"""Reaching into a record by path."""

import pytest

from afterword.record.model import Cause, EvalCase, Record
from afterword.record.paths import get, replace


def test_what_does_not_exist_reads_as_none() -> None:
    assert get(Record(), "causes[0].story") is None
    assert get(Record(), "eval_case.runner") is None
    assert get(Record(title="T"), "title") == "T"


def test_setting_a_field_brings_its_part_into_being() -> None:
    record = replace(Record(), "causes[0].story", "It began.")
    record = replace(record, "causes[1].title", "Second")
    record = replace(record, "eval_case.runner", "promptfoo")
    assert record.causes == (Cause(story="It began."), Cause(title="Second"))
    assert record.eval_case == EvalCase(runner="promptfoo")


def test_only_the_named_value_changes() -> None:
    before = Record(title="T", causes=(Cause(title="a", story="s"), Cause(title="b")))
    after = replace(before, "causes[0].title", "c")
    assert after == before.changed(causes=(Cause(title="c", story="s"), Cause(title="b")))


def test_values_are_validated() -> None:
    with pytest.raises(ValueError, match="status"):
        replace(Record(), "status", "finished")
    with pytest.raises(ValueError, match="not a path"):
        replace(Record(), "Causes!", "x")
