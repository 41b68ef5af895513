"""A case goes into a promptfoo file by text alone: every other byte stays, or the text to paste is handed out."""

import difflib
import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from afterword.errors import Exit
from afterword.evals.formats import promptfoo
from afterword.evals.inserting import NotInserted, insert, variables_in
from tests.evals.cases import HOSTILE, ID, case

FILES = sorted((Path(__file__).parent / "promptfoo").glob("*.yaml"))
REFUSED = {
    "14-reference-to-file": "refers to its tests (file://tests/*.yaml)",
    "15-flow-list": "flow style",
    "16-anchored-list": "an anchor",
    "17-generated": "generated",
    "18-templated": "template",
    "19-clipped-block-at-eof": "read differently",
    "20-two-documents": "exactly one YAML document",
}
TAKEN = [file for file in FILES if file.stem not in REFUSED]


def text_of(file: Path) -> str:
    return file.read_bytes().decode("utf-8")


def suite_of(text: str) -> list[object]:
    data = yaml.safe_load(text)
    found = data if isinstance(data, list) else data["tests"]
    assert isinstance(found, list)
    return found


def test_there_are_twenty_shapes() -> None:
    assert len(FILES) == 20


@pytest.mark.parametrize("file", TAKEN, ids=lambda file: file.stem)
def test_only_lines_are_added_and_the_rest_reads_as_before(file: Path) -> None:
    before = text_of(file)
    after = insert(before, case(), file.name)
    added = len(after) - len(before)
    start = next(
        at
        for at in range(len(before) + 1)
        if after[:at] == before[:at] and after[at + added :] == before[at:] and ID in after[at : at + added]
    )
    assert before == after[:start] + after[start + added :]
    compared = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    assert {line[0] for line in compared} <= {"+", " "}
    old, new = suite_of(before), suite_of(after)
    assert new[:-1] == old
    assert new[-1] == promptfoo.test_of(case(), variables_in(before)[0])
    whole, whole_before = yaml.safe_load(after), yaml.safe_load(before)
    if isinstance(whole, dict):
        assert {**whole, "tests": old} == whole_before
    assert ("\r\n" in before) == ("\r\n" in after) and after.count("\r") in (0, after.count("\n"))


@pytest.mark.parametrize("file", [file for file in FILES if file.stem in REFUSED], ids=lambda file: file.stem)
def test_what_cannot_be_proved_is_refused_with_the_text_to_paste(file: Path) -> None:
    with pytest.raises(NotInserted) as refused:
        insert(text_of(file), case(), file.name)
    assert REFUSED[file.stem] in refused.value.message
    assert refused.value.code is Exit.REFUSED
    (pasted,) = yaml.safe_load(refused.value.paste)
    assert pasted["description"].startswith(ID)


@pytest.mark.parametrize("file", TAKEN, ids=lambda file: file.stem)
def test_hostile_texts_go_in_unharmed(file: Path) -> None:
    before = text_of(file)
    for text in HOSTILE:
        hostile = case(value=text, input=text, expected=text, title=text)
        last = suite_of(insert(before, hostile, file.name))[-1]
        assert last == promptfoo.test_of(hostile, variables_in(before)[0])


def test_the_variable_is_the_one_that_the_tests_give() -> None:
    assert variables_in(text_of(FILES[0])) == ("question", ())
    assert variables_in("prompts: ['{{ lang }} {{user_input | trim}} {{ env.X }}']") == ("user_input", ("lang",))
    assert variables_in(text_of(next(file for file in FILES if file.stem.startswith("13")))) == ("input", ("context",))
    assert variables_in("tests: file://x.yaml") == ("input", ())
    assert variables_in("{{") == ("input", ())


def test_the_comment_of_the_last_test_stays_with_it() -> None:
    after = insert(text_of(next(file for file in FILES if file.stem.startswith("03"))), case(), "x.yaml")
    assert after.index("#   threshold: 2000") < after.index(ID) < after.index("# What every test has to hold.")


def test_a_case_is_not_put_in_twice() -> None:
    once = insert(text_of(FILES[0]), case(), "x.yaml")
    with pytest.raises(NotInserted, match="holds the id 2026-03-02-refunds already"):
        insert(once, case(), "x.yaml")
    assert len(suite_of(insert(once, case(id="2026-03-02"), "x.yaml"))) == 4


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "exactly one YAML document"),
        ("just words\n", "no promptfoo configuration"),
        ("- bug\n- feature\n", "not of promptfoo tests"),
        ("jobs:\n  - run: x\n", "has no list of tests"),
        ("tests:\n  - run: pytest\n", "not of promptfoo tests"),
        ("prompts: [a]\ntests:\n", "has no list of tests"),
        ("tests:\n - vars: {a: b}\ntests:\n - vars: {a: b}\n", "several lists"),
        ("x: &t [1]\nprompts: [a]\ntests: *t\n", "from an anchor"),
        ("prompts: [a\n", "not valid YAML"),
        ("tests:\n\t- vars: {a: b}\n", "not valid YAML"),
        ("prompts: [a]\r\ntests:\n  - vars: {a: b}\n", "mixes line ends"),
        ("prompts: [a]\ntests: !include tests.yaml\n", "refers to its tests"),
        ("prompts: [a]\ntests:\n  a: b\n", "has no list of tests"),
        ("[" * 5000, "nested too deeply"),
        ("a: " + "x" * 1_000_001, "too large"),
    ],
)
def test_other_files_are_refused(text: str, why: str) -> None:
    with pytest.raises(NotInserted) as refused:
        insert(text, case(), "suite.yaml")
    assert why in refused.value.message


def test_other_kinds_of_files_get_json_to_paste() -> None:
    with pytest.raises(NotInserted, match="is not YAML") as refused:
        insert("module.exports = {tests: []}", case(), "promptfooconfig.js")
    assert json.loads(refused.value.paste)["metadata"]["incident"] == ID


def test_a_line_is_added_to_a_dataset_in_the_form_of_its_lines() -> None:
    plain = '{"input": "a", "expected": "b"}\n'
    after = insert(plain, case(), "data.jsonl")
    assert after.startswith(plain) and json.loads(after.splitlines()[1])["metadata"]["incident"] == ID
    inspect = '{"input": "a", "target": "b", "id": 1}'
    after = insert(inspect, case(), "data.jsonl")
    assert after.startswith(inspect + "\n") and not after.endswith("\n")
    assert json.loads(after.splitlines()[1])["id"] == ID
    for text in (after, "{]\n", '["a"]\n', '{"inputs": {}}\n', plain.replace("\n", "\r\n")):
        with pytest.raises(NotInserted):
            insert(text, case(), "data.jsonl")


words = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12) | st.sampled_from(HOSTILE[:16])
leaves = words | st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False)
values = st.recursive(leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3))
suites = st.lists(st.fixed_dictionaries({"vars": st.dictionaries(words, values, max_size=3)}), min_size=1, max_size=3)


@given(suites, values, st.sampled_from((2, 4, 7)), st.sampled_from((None, "'", '"', "|", ">")), words)
def test_any_suite_takes_a_case_or_refuses_it(
    tests: list[object], more: object, indent: int, style: str | None, text: str
) -> None:
    for data in ({"prompts": ["p"], "tests": tests, "zzz": more}, {"providers": more, "tests": tests}, tests):
        flow = None if style is None else False
        before = yaml.safe_dump(
            data, indent=indent, default_style=style, default_flow_style=flow, allow_unicode=True, sort_keys=False
        )
        try:
            after = insert(before, case(value=text or "x", input=text), "suite.yaml")
        except NotInserted:
            continue
        assert suite_of(after)[:-1] == suite_of(before)
        assert suite_of(after)[-1]["metadata"]["incident"] == ID  # type: ignore[index]
        start = next(at for at in range(len(after)) if after[at : at + 1] != before[at : at + 1])
        added = len(after) - len(before)
        # What was added may begin with letters that followed before: the cut may lie some letters further left.
        assert any(before == after[:at] + after[at + added :] for at in range(max(0, start - added), start + 1))
