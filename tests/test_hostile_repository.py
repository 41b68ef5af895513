"""A repository whose commits, dates, names and files are hostile: all is read, or said with its line."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from afterword.evals.discovery import loaded
from afterword.evals.reports import Unreadable, read_report
from afterword.record.vocabulary import Verdict
from afterword.repo import Repository
from afterword.repo.settings.formats import read_settings
from tests.evals.cases import ID
from tests.fuzz.wander import STARTS, wander
from tests.hostile import DATES, NAMES, Hostile, hostile_repository


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    """The repository; nothing in these tests changes it."""
    return hostile_repository(tmp_path_factory.mktemp("hostile") / "agent")


# Git


def test_every_commit_is_there_whatever_its_date(hostile: Hostile) -> None:
    commits = hostile.git("rev-list", "HEAD").split()
    with Repository.open(hostile.root).prompt_changes() as changes:
        found = list(changes)
    assert {change.sha for change in found} == set(commits)
    years = {str(change.committed)[:4] for change in found}
    assert years == {"1970", "2026", "9998"}, f"{len(DATES)} dates, what is none being 1970 as git shows it"


def test_names_are_read_as_git_has_them(hostile: Hostile) -> None:
    repository = Repository.open(hostile.root)
    paths = {prompt.path for prompt in repository.prompts().prompts}
    assert len(paths) == len(NAMES)
    for path in paths:
        assert repository.read_text("HEAD", path).size > 0


def test_tags_and_branches_are_read_as_git_has_them(hostile: Hostile) -> None:
    repository = Repository.open(hostile.root)
    found = repository.candidates(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC))
    assert {row.evidence for row in found if row.source == "tag"} >= {"tag deploy-\u2028x", "tag release-\udcff"}


# Files that a reader trips over


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.yaml", "model: x\na: " + "[" * 5_000, "is nested too deeply (line 2)"),
        ("a.yaml", "a: &a {b: *a}\nmodel: *a\n", "is nested too deeply, or refers to itself"),
        ("a.yaml", "model: x\n- y\n", "is not valid YAML (line 2)"),
        ("a.yaml", "model: \udc9b\n", "characters that YAML does not allow"),
        ("a.json", '{"a": ' + "9" * 5_000 + "}", "holds a number that is too long"),
        ("a.json", "[" * 100_000, "is nested too deeply"),
        ("a.toml", "a = " + "9" * 5_000, "holds a number that is too long"),
        ("a.toml", "a = " + "[" * 5_000, "is nested too deeply"),
        ("a.toml", "a." * 30_000 + "a = 1", "has a key of more than 100 parts"),
        ("a.py", "temperature = 1\nmodel = " + "9" * 5_000, "does not parse as Python (line 2)"),
    ],
)
def test_settings_that_cannot_be_read(name: str, text: str, said: str) -> None:
    with pytest.raises(ValueError) as refused:
        read_settings(name, text)
    assert said in str(refused.value)


def test_what_looks_like_a_line_end_is_none() -> None:
    (found,) = read_settings("a.toml", 'x = "a\u2028b\x85c"\nmodel = "gpt-4o"\n')
    assert (found.value, found.line) == ("gpt-4o", 2)
    (found,) = read_settings("a.yaml", 'x: "a\u2028b\x85c"\nmodel: "gpt-4o"\n')
    assert (found.value, found.line) == ("gpt-4o", 2)


def test_large_settings_are_read_in_one_go() -> None:
    text = "list = [\n" + "  [1],\n" * 20_000 + ']\nmodel = "gpt-4o"\n'
    assert [found.line for found in read_settings("a.toml", text)] == [20_003]
    pairs = ", ".join(f'"k{number}": "v"' for number in range(20_000))
    assert len(read_settings("a.json", f'{{{pairs}, "model": "gpt-4o"}}')) == 1


LAUGHS = "a0: &a0 {k: 1}\n" + "".join(
    f"a{at}: &a{at}\n  <<: [{', '.join([f'*a{at - 1}'] * 9)}]\n" for at in range(1, 12)
)


@pytest.mark.parametrize("text", [LAUGHS, "[" * 5_000, "!!bool maybe", "!!int ''", "!!timestamp x", "&a [*b]"])
def test_a_suite_that_cannot_be_read_is_none(text: str) -> None:
    assert loaded(text) is None


def test_no_tag_is_obeyed(tmp_path: Path) -> None:
    witness = tmp_path / "witness"
    text = f"!!python/object/apply:os.system ['touch {witness}']\n"
    assert loaded(text) is None
    read_settings("a.yaml", f"model: {text}")
    assert not witness.exists()


@pytest.mark.parametrize("value", ["NaN", "1" + "0" * 400, "1e999", '"nan"', "[[" * 400 + "]]" * 400, "null"])
def test_a_score_that_is_no_number_proves_nothing(tmp_path: Path, value: str) -> None:
    file = tmp_path / "log.json"
    sample = f'{{"id": "{ID}", "scores": {{"a": {{"value": {value}}}}}}}'
    file.write_text(f'{{"status": "success", "eval": {{}}, "samples": [{sample}]}}')
    try:
        (run,) = read_report("inspect", file, ID).runs
    except Unreadable:
        return
    assert run.verdict is Verdict.ERROR


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    file = tmp_path / "out.xml"
    file.write_text('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hosts">]><testsuite name="&b;"/>')
    with pytest.raises(Unreadable, match="document type"):
        read_report("junit", file, ID)


# The whole program


@pytest.mark.parametrize("start", range(2))
def test_wandering_through_it(tmp_path: Path, start: int) -> None:
    root = hostile_repository(tmp_path / "agent").root
    assert wander(root, STARTS[start], steps=60, seed=start) == ""
