"""The demonstration: believable, complete, and free of the planted values but for the samples."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

from afterword.cli.demo.making import make_demo
from afterword.cli.demo.samples import planted_values
from afterword.repo import Repository
from tests.cli.conftest import Run
from tests.histories import History

NOW = datetime(2026, 3, 3, 14, 0, tzinfo=UTC)


def everything(root: Path) -> bytes:
    """Return the content of all files below a folder and of all git objects."""
    objects = subprocess.run(
        ["git", "cat-file", "--batch-all-objects", "--batch"], cwd=root, capture_output=True, check=True
    ).stdout
    return objects + b"".join(path.read_bytes() for path in root.rglob("*") if path.is_file())


def test_demo_prints_the_path_and_the_next_command(start: Run, tmp_path: Path) -> None:
    done = start("demo", tmp_path / "agent")
    assert done.returncode == 0
    assert done.stdout == f"{tmp_path / 'agent'}\n"
    assert f"afterword new --sample {tmp_path / 'agent-samples' / 'chat.txt'}" in done.stderr
    assert (tmp_path / "agent/prompts/support/system.md").is_file()


def test_demo_makes_a_folder_of_its_own(run: Run, tmp_path: Path) -> None:
    done = run("demo", TMPDIR=str(tmp_path))
    assert Path(done.stdout.strip()).is_relative_to(tmp_path)
    assert Repository.open(done.stdout.strip()).has_commits


def test_demo_refuses_a_folder_that_holds_something(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "file").write_text("x")
    done = run("demo", tmp_path / "mine")
    assert done.returncode == 2
    assert f"{tmp_path / 'mine'} is not empty." in done.stderr
    assert [path.name for path in tmp_path.rglob("*")] == ["mine", "file"]


def test_the_story_is_in_the_history(tmp_path: Path) -> None:
    demo = make_demo(tmp_path / "agent", NOW)
    repository = Repository.open(demo.path)
    history = History.at(demo.path)
    assert history.git("status", "--porcelain") == ""
    assert history.git("fsck") == ""
    assert 12 <= int(history.git("rev-list", "--count", "HEAD")) <= 20
    diff = repository.diff(f"{demo.bad_commit}~", demo.bad_commit, "prompts/support/system.md")
    assert "-- Never promise a refund. Every refund needs approval by the service desk:" in diff
    fixed = repository.read_text(demo.fix_commit, "prompts/support/system.md").text
    assert "Never promise a refund" in fixed
    rows = repository.compare_settings(f"{demo.settings_commit}~", demo.settings_commit).rows
    assert any((row.before, row.after) == ("0.2", "0.7") for row in rows)
    assert demo.impact_started < demo.resolved < NOW
    assert f"deploy-{demo.impact_started:%Y%m%d-%H%M}" in history.git("tag", "--points-at", demo.bad_commit)


def test_the_window_shows_the_changes(run: Run, tmp_path: Path) -> None:
    demo = make_demo(tmp_path / "agent", datetime.now(UTC))
    done = run("prompts", cwd=demo.path)
    assert "Make the tone warmer" in done.stdout
    assert "Raise the temperature" in done.stdout
    assert "Start the support agent" not in done.stdout


def test_planted_values_are_in_the_samples_and_nowhere_else(tmp_path: Path) -> None:
    demo = make_demo(tmp_path / "agent", NOW)
    samples = "".join(path.read_text() for path in demo.samples)
    content = everything(demo.path)
    sources = b"".join(path.read_bytes() for path in Path(make_demo.__code__.co_filename).parent.glob("*.py"))
    for planted in planted_values():
        assert planted.value in samples, planted.label
        assert planted.value.encode() not in content, planted.label
        if planted.value != "Henrike":
            assert planted.value.encode() not in sources, planted.label


def test_the_same_moment_makes_the_same_commits(tmp_path: Path) -> None:
    first, second = make_demo(tmp_path / "one", NOW), make_demo(tmp_path / "two", NOW)
    assert (first.bad_commit, first.fix_commit) == (second.bad_commit, second.fix_commit)
    assert [path.read_text() for path in first.samples] == [path.read_text() for path in second.samples]


def test_a_surrounding_git_command_does_not_lead_astray(run: Run, tmp_path: Path) -> None:
    outer = History(tmp_path / "outer")
    head = outer.commit("First", {"a": "b"})
    done = run(
        "demo",
        tmp_path / "agent",
        GIT_DIR=str(outer.root / ".git"),
        GIT_INDEX_FILE=str(outer.root / ".git/index"),
    )
    assert done.returncode == 0
    assert outer.head() == head
    assert outer.git("status", "--porcelain") == ""
    assert (tmp_path / "agent" / "README.md").is_file()
