"""A proof: what it says when all goes well, and the sentence for each way in which it does not."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from afterword.errors import AfterwordError, Exit
from afterword.evals.process import Stopped
from afterword.evals.proof import Result, plan, prove
from afterword.record.model import EvalCase, PromptChange
from afterword.repo import Repository
from tests.evals.toy import CASE, ID, PROMPT, PYTEST, RECORD, STAND_IN, Toy
from tests.histories import History, clone


def proved(toy: Toy, before: str = "", after: str = "") -> Result:
    """Prove the toy's case; nothing is left behind, whatever came out."""
    repository = Repository.open(toy.root)
    status = toy.history.index()
    result = prove(repository, plan(repository, toy.saved, ID, before, after))
    assert toy.worktrees() == []
    assert toy.history.index() == status
    return result


def refused(toy: Toy, before: str = "", after: str = "") -> AfterwordError:
    with pytest.raises(AfterwordError) as error:
        plan(Repository.open(toy.root), toy.saved, ID, before, after)
    return error.value


def sides(result: Result) -> list[tuple[str, str, int, int, int]]:
    return [(one.side, str(one.verdict), one.passed, one.failed, one.errors) for one in result.proof.sides]


# What is proved


def test_pytest_fails_before_and_passes_after(toy: Toy, temporary: Path) -> None:
    result = proved(toy)
    assert result.is_proved and result.is_conclusive
    assert sides(result) == [("before", "fail", 0, 1, 0), ("after", "pass", 1, 0, 0)]
    assert result.sentence == f"Proved: the case fails at {toy.bad[:7]} (before) and passes at {toy.fixed[:7]} (after)."
    assert result.proof.command.endswith("{case} --junitxml={out}")
    assert list(temporary.iterdir()) == []


def test_a_recorded_promptfoo_is_proved_and_its_version_kept(toy: Toy) -> None:
    toy.stand_in("judge")
    result = proved(toy)
    assert result.is_proved
    assert result.proof.versions == "promptfoo 0.119.6, python:agent.py"


def test_each_side_is_run_as_often_as_configured(toy: Toy) -> None:
    toy.stand_in("judge", repeat=3)
    assert sides(proved(toy)) == [("before", "fail", 0, 3, 0), ("after", "pass", 3, 0, 0)]


def test_exit_codes_count_only_where_configured(toy: Toy) -> None:
    toy.configure([*toy_command("exit", "0", "1"), "nowhere"], exit_codes=True)
    assert proved(toy).is_proved
    toy.configure([*toy_command("exit", "0", "100"), "nowhere"], exit_codes=True)
    assert "ended with 100, which is neither a pass (0) nor a failure (1)." in proved(toy).sentence


def toy_command(*words: str) -> list[str]:
    return [sys.executable, str(STAND_IN), *words]


# What is not


def test_a_case_that_passes_before_would_have_caught_nothing(toy: Toy) -> None:
    toy.stand_in("both", "pass")
    result = proved(toy)
    assert sides(result) == [("before", "pass", 1, 0, 0), ("after", "not run", 0, 0, 0)]
    assert "passes at" in result.sentence and "would not have caught" in result.sentence
    assert "may import the checkout" in result.hint


def test_a_case_that_still_fails(toy: Toy) -> None:
    toy.stand_in("both", "fail")
    result = proved(toy)
    assert not result.is_proved and result.is_conclusive
    assert "Not proved" in result.sentence and "1 of 1 times" in result.sentence


def test_a_flaky_case_is_no_proof(toy: Toy) -> None:
    toy.stand_in("judge", "flaky")
    result = proved(toy)
    assert sides(result)[1] == ("after", "mixed", 4, 6, 0)
    assert not result.is_proved and "6 of 10 times" in result.sentence


def test_a_flaky_case_may_fail_before(toy: Toy) -> None:
    toy.stand_in("both", "flaky")
    assert sides(proved(toy, "HEAD~1", "HEAD"))[0] == ("before", "mixed", 4, 6, 0)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("crash",), "The command ended with 70, and its report was not written."),
        (("killed",), "The command was killed by signal 11."),
        (("silent",), "The command ended with 0, and its report was not written."),
        (("both", "nothing"), "its report is empty."),
        (("both", "broken"), "its report is not JSON; was it written to the end?"),
        (("both", "empty"), f"The report has no case at all; none carries {ID}."),
        (("both", "other_id"), f"The report has 1 case; none carries {ID}."),
        (("both", "no_assertions"), "nothing was checked; is `assert` spelled right?"),
        (("both", "error"), "The case was not judged: API error: 503 Service Unavailable."),
    ],
)
def test_what_finds_nothing_out_before(toy: Toy, words: tuple[str, ...], sentence: str) -> None:
    toy.stand_in(*words)
    result = proved(toy)
    assert not result.is_conclusive and result.after is None
    assert result.sentence.startswith(f"Nothing was found out at {toy.bad[:7]} (before). ")
    assert sentence in result.sentence
    assert sides(result)[0][1] == "error"


def test_a_crash_shows_the_last_words(toy: Toy) -> None:
    toy.stand_in("crash")
    assert "the runner has a fault" in proved(toy).before.tail


def test_a_providers_error_after_is_no_proof(toy: Toy) -> None:
    toy.stand_in("judge", "error")
    result = proved(toy)
    assert not result.is_proved and not result.is_conclusive
    assert result.sentence.startswith(f"The case fails at {toy.bad[:7]} (before), but nothing was found out at")
    assert "503 Service Unavailable" in result.sentence


def test_after_an_error_nothing_more_is_paid_for(toy: Toy) -> None:
    toy.stand_in("both", "error", repeat=10)
    assert sides(proved(toy))[0] == ("before", "error", 0, 0, 1)


def test_a_command_that_is_not_there(toy: Toy) -> None:
    toy.configure([".venv/bin/promptfoo", "{out}"])
    assert "The command could not be started (no such file or directory)." in proved(toy).sentence


def test_a_test_that_was_skipped_was_not_run(toy: Toy) -> None:
    toy.history.write(CASE, 'import pytest\npytestmark = pytest.mark.skip("no key")\n\ndef test_a(): pass\n')
    assert "The case was skipped: no key." in proved(toy).sentence


def test_an_exception_is_not_a_failed_assertion(toy: Toy) -> None:
    toy.history.write(CASE, "def test_a(): raise ConnectionError('no route')\n")
    assert "The case was not judged: ConnectionError: no route." in proved(toy).sentence


def test_a_run_that_takes_too_long_is_ended(toy: Toy, tmp_path: Path) -> None:
    toy.stand_in("hang", str(tmp_path / "pid"), timeout=1)
    assert "The command took longer than 1 s and was ended." in proved(toy).sentence
    assert (tmp_path / "pid").exists()


def test_a_command_that_prints_without_end_is_ended(toy: Toy) -> None:
    toy.configure(["yes", "{out}"], report="junit")
    assert "The command printed more than 256 MB and was ended." in proved(toy).sentence


def test_a_setup_that_fails(toy: Toy) -> None:
    toy.configure(PYTEST, setup=["false"])
    assert "The setup command `false` ended with 1." in proved(toy).sentence
    toy.configure(PYTEST, setup=["no-such-installer --now"])
    assert "The setup command `no-such-installer --now` could not be started" in proved(toy).sentence


# What the work tree has


def test_setup_env_links_and_fixtures_bridge_what_a_work_tree_lacks(toy: Toy) -> None:
    toy.history.write(".env", "KEY=1\n")
    toy.history.write("models/weights", "1\n")
    toy.history.write("evals/conftest.py", "import os\nassert os.environ['PLACE'].endswith('support agent/x')\n")
    toy.history.write("evals/scorers/one.txt", "1\n")
    paths = "('.env', 'models/weights', 'set-up', 'evals/scorers/one.txt', 'evals/conftest.py')"
    toy.history.write(
        CASE,
        "import pathlib\nfrom agent import answer\n"
        f"def test_a():\n    missing = [one for one in {paths} if not pathlib.Path(one).exists()]\n"
        "    if missing: raise RuntimeError(missing)\n    assert 'on its way' not in answer('x')\n",
    )
    toy.configure(
        PYTEST,
        setup=["touch set-up"],
        link=[".env", ".venv", "models"],
        bring=["evals/scorers/**"],
        env={"PLACE": "{root}/x"},
    )
    result = proved(toy)
    assert result.is_proved, result.sentence
    assert result.before.remarks == (".venv is to be linked, and is not in the checkout.",)
    assert not (toy.root / "set-up").exists()
    assert (toy.root / "models/weights").read_text() == "1\n"


def test_what_the_command_names_comes_from_the_checkout_but_never_a_prompt(toy: Toy) -> None:
    toy.history.write("evals/options.ini", "[pytest]\naddopts = -q\n")
    toy.configure([*PYTEST, "-c", "evals/options.ini", "--rootdir=.", "--ignore=prompts/support.txt"])
    assert proved(toy).is_proved


def test_the_checkout_is_left_alone(toy: Toy) -> None:
    toy.history.write(PROMPT, "half written\n")
    toy.history.write("notes.txt", "mine\n")
    toy.stand_in("touch")
    assert proved(toy).is_proved
    assert (toy.root / PROMPT).read_text() == "half written\n"
    assert not (toy.root / "left.txt").exists()


def test_a_folder_where_the_checkout_has_a_file_is_told(toy: Toy) -> None:
    folder = toy.history.commit("A folder", {"evals/options.ini/one.txt": "1\n"})
    toy.history.commit("No folder", {"evals/options.ini/one.txt": None})
    (toy.root / "evals/options.ini").rmdir()
    toy.history.write("evals/options.ini", "[pytest]\n")
    toy.configure([*PYTEST, "-c", "evals/options.ini"])
    repository = Repository.open(toy.root)
    with pytest.raises(AfterwordError, match=r"evals/options.ini could not be brought .*: Is a directory"):
        prove(repository, plan(repository, toy.saved, ID, folder, "main"))
    assert toy.worktrees() == []


def test_a_checkout_with_a_newline_in_its_name(tmp_path: Path) -> None:
    toy = Toy(tmp_path / "two\nlines and spaces")
    toy.stand_in("judge")
    assert proved(toy).is_proved


def test_where_no_work_tree_can_be_made_it_is_said(toy: Toy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(toy.root / "agent.py"))
    with pytest.raises(AfterwordError, match=r"No temporary work tree can be made: .*Not a directory"):
        proved(toy)
    assert toy.worktrees() == []


def test_hooks_do_not_run(toy: Toy, tmp_path: Path) -> None:
    toy.stand_in("judge")
    toy.history.hook("post-checkout", f"touch '{tmp_path}/hooked'")
    assert proved(toy).is_proved
    assert not (tmp_path / "hooked").exists()


def test_a_link_of_the_old_revision_is_not_written_through(toy: Toy, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (toy.root / "evals").rename(toy.root / "kept")
    (toy.root / "evals").symlink_to(tmp_path / "outside")
    toy.history.git("checkout", "-q", "-b", "side", toy.bad)
    toy.history.git("add", "evals")
    toy.history.git("commit", "-qm", "Link")
    linked = toy.history.head()
    toy.history.git("checkout", "-q", "main")
    (toy.root / "evals").unlink(missing_ok=True)
    (toy.root / "kept").rename(toy.root / "evals")
    repository = Repository.open(toy.root)
    with pytest.raises(AfterwordError, match="leads out of the work tree"):
        prove(repository, plan(repository, toy.saved, ID, linked, "main"))
    assert toy.worktrees() == [] and list((tmp_path / "outside").iterdir()) == []


def test_submodules_are_checked_out_from_the_users_own_clones(toy: Toy, tmp_path: Path) -> None:
    library = History(tmp_path / "library")
    library.commit("One", {"words.py": "WAY = 'on its way'\n"})
    allow = ("-c", "protocol.file.allow=always")
    toy.history.git(*allow, "submodule", "--quiet", "add", str(library.root), "lib/words")
    (toy.root / PROMPT).write_text("You are friendly.\n")
    bad = toy.history.commit("Bad again")
    good = toy.history.commit("Good again", {PROMPT: "Never promise a refund.\n"})
    toy.history.write(
        CASE,
        "import sys\nsys.path.insert(0, 'lib/words')\nfrom words import WAY\nfrom agent import answer\n"
        "def test_a():\n    assert WAY not in answer('x')\n",
    )
    result = proved(toy, bad, good)
    assert result.is_proved, result.sentence
    assert len(toy.history.git("-C", "lib/words", "worktree", "list").splitlines()) == 1

    here = clone(toy.root, tmp_path / "clone")
    here.write(".afterword.toml", (toy.root / ".afterword.toml").read_text())
    here.write(CASE, (toy.root / CASE).read_text())
    repository = Repository.open(here.root)
    result = prove(repository, plan(repository, toy.saved, ID, bad, good))
    assert result.before.remarks == ("The submodule lib/words is not in this clone; its folder stays empty.",)
    assert "No module named 'words'" in result.before.why or result.before.errors


# Which revisions


def test_without_a_recorded_fix_it_is_head(toy: Toy) -> None:
    toy.record(PromptChange(path=PROMPT, before=toy.good, after=toy.bad))
    planned = plan(Repository.open(toy.root), toy.saved, ID)
    assert (planned.before.sha, planned.before.why) == (toy.bad, f"live in the incident, from {PROMPT}")
    assert (planned.after.sha, planned.after.why) == (toy.fixed, "HEAD, since the record names no fix")
    planned = plan(Repository.open(toy.root), toy.saved, ID, before="HEAD~2", after="HEAD~1")
    assert (planned.before.sha, planned.after.sha) == (toy.good, toy.bad)


def test_a_revision_that_no_longer_exists(toy: Toy) -> None:
    toy.record(PromptChange(path=PROMPT, after="feed123"))
    error = refused(toy)
    assert f"The record names feed123 (live in the incident, from {PROMPT}), and no commit here" in error.message
    assert "--before REV" in error.hint
    assert "No commit here is called 'gone'." in refused(toy, after="gone", before="HEAD").message


def test_no_revision_is_recorded(toy: Toy) -> None:
    toy.record(PromptChange(path=PROMPT))
    assert "does not say which revision was live" in refused(toy).message


def test_both_sides_alike(toy: Toy) -> None:
    assert "a fix cannot be what was live" in refused(toy, "HEAD", "main").message


# What is needed


def test_no_configuration(toy: Toy) -> None:
    (toy.root / ".afterword.toml").unlink()
    error = refused(toy)
    assert "does not say how its evals are run" in error.message
    assert error.hint.startswith("Say so in pyproject.toml, for example:\n\n  [tool.afterword.evals]\n  command = ")


PROMPTFOO = "prompts: [p.txt]\nproviders: [echo]\ntests: []\n"
INSPECT = "from inspect_ai import task\n\n@task\ndef refunds(dataset):\n    pass\n"


@pytest.mark.parametrize(
    ("files", "case", "runner", "shown"),
    [
        ({}, CASE, "", "pytest {case} --junitxml={out}"),
        ({"src/a.py": "", ".venv/x": ""}, CASE, "deepeval", 'env = { PYTHONPATH = "src" }'),
        ({"my evals/promptfooconfig.yaml": PROMPTFOO}, "a.yaml", "", "eval -c 'my evals/promptfooconfig.yaml' --tests"),
        ({"evals/one.py": INSPECT}, "a.jsonl", "inspect", "inspect eval evals/one.py@refunds -T dataset="),
        ({}, "a.csv", "", "csv_dataset(dataset)"),
        ({}, "a.jsonl", "braintrust", "of yours that writes JUnit XML"),
        ({"evals/one.py": INSPECT}, "", "", "--log-dir {out}"),
    ],
)
@pytest.mark.parametrize("own", [False, True])
def test_the_example_is_for_the_runner_found_and_can_be_pasted(
    toy: Toy, files: dict[str, str], case: str, runner: str, shown: str, own: bool
) -> None:
    toy.history.commit("Suite", files)
    (toy.root / ".afterword.toml").unlink()
    if own:
        toy.history.write(".afterword.toml", "owners = ['@a']\n")
    record = toy.saved.changed(eval_case=EvalCase(path=case, runner=runner))
    with pytest.raises(AfterwordError) as error:
        plan(Repository.open(toy.root), record, ID)
    said = error.value.hint
    assert shown in said.replace(" \\\n    ", " ")  # where a line of TOML goes on in the next
    file = toy.root / (".afterword.toml" if own else "pyproject.toml")
    assert file.name in said
    with file.open("a") as handle:
        handle.write(said.partition("\n\n")[2])
    assert Repository.open(toy.root).config.evals is not None


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("", "The record has no eval case yet."),
        ("evals/gone.yaml", "The eval case evals/gone.yaml is not there."),
        ("../../etc/passwd", "lies outside of the repository."),
    ],
)
def test_no_case(toy: Toy, path: str, sentence: str) -> None:
    toy.record(case=path)
    assert sentence in refused(toy).message


def test_a_secret_in_the_command_is_not_recorded(toy: Toy) -> None:
    toy.configure([*PYTEST, "--key", "sk-" + "proj-" + "Zq7" * 16])
    error = refused(toy)
    assert "looks like a secret" in error.message and error.code is Exit.REFUSED


def test_the_record_is_not_written_by_proving_alone(toy: Toy) -> None:
    before = toy.text
    toy.stand_in("judge")
    proved(toy)
    assert toy.text == before and (toy.root / RECORD).exists()


# Where it is called from


def test_the_caller_can_stop_it(toy: Toy, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    toy.stand_in("hang", str(mark))
    repository = Repository.open(toy.root)
    with pytest.raises(Stopped):
        prove(repository, plan(repository, toy.saved, ID), stop=mark.exists)
    assert toy.worktrees() == []


def test_a_thread_may_prove(toy: Toy) -> None:
    toy.stand_in("judge")
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(proved, toy).result().is_proved


def test_from_a_linked_work_tree(toy: Toy, tmp_path: Path) -> None:
    toy.stand_in("judge")
    toy.history.git("worktree", "add", "--quiet", str(tmp_path / "linked"), "-b", "side")
    for path in (".afterword.toml", CASE):
        target = tmp_path / "linked" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((toy.root / path).read_bytes())
    repository = Repository.open(tmp_path / "linked")
    assert prove(repository, plan(repository, toy.saved, ID)).is_proved
    assert len(toy.worktrees()) == 1 and list((toy.root / ".git/afterword/worktrees").iterdir()) == []


def test_another_work_tree_that_is_missing_is_not_forgotten(toy: Toy, tmp_path: Path) -> None:
    toy.stand_in("judge")
    toy.history.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "away"))
    (tmp_path / "away").rename(tmp_path / "unplugged")
    repository = Repository.open(toy.root)
    assert prove(repository, plan(repository, toy.saved, ID)).is_proved
    assert len(toy.worktrees()) == 1


def test_gits_own_variables_do_not_reach_the_command(toy: Toy, monkeypatch: pytest.MonkeyPatch) -> None:
    toy.history.write(
        CASE,
        "import subprocess\nfrom agent import answer\n"
        "def test_a():\n"
        "    place = subprocess.run(['git', 'rev-parse', '--show-toplevel'], capture_output=True, text=True).stdout\n"
        "    if 'afterword-' not in place: raise RuntimeError(place)\n"
        "    assert 'on its way' not in answer('x')\n",
    )
    repository = Repository.open(toy.root)
    planned = plan(repository, toy.saved, ID)
    monkeypatch.setenv("GIT_PREFIX", "sub/")
    assert prove(repository, planned).is_proved
