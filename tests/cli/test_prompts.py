"""The changes in a window, one line each."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.cli.conftest import Run
from tests.histories import History, clone


def test_each_change_is_a_line_newest_first(start: Run, history: History) -> None:
    history.commit(
        "Add the agent",
        {"prompts/system.md": "one\ntwo\n", "config/models.yaml": "model: x\n"},
        at="2026-03-01T10:00:00+00:00",
    )
    history.commit("Warmer tone", {"prompts/system.md": "one\nthree\nfour\n"}, at="2026-03-02T13:58:07+01:00")
    history.commit("Unrelated", {"src/app.py": "x = 1\n"}, at="2026-03-03T10:00:00+00:00")
    done = start("prompts", "--since", "2026-03-01", "--until", "2026-03-04", cwd=history.root)
    assert done.returncode == 0 and done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines[0].split()[1:] == ["2026-03-02", "12:58Z", "+2", "-1", "prompts/system.md", "Warmer", "tone"]
    assert lines[1] == "    on main 2026-03-02T12:58Z; no deploy tag"
    assert [line.split()[5:7] for line in (lines[2], lines[4])] == [
        ["added", "prompts/system.md"],
        ["added", "config/models.yaml"],
    ]
    assert "Model settings" in lines[6:]
    inside = start("prompts", "--since", "2026-03-02", "--until", "2026-03-02", cwd=history.root)
    assert len(inside.stdout.splitlines()) == 2


def test_json_has_every_change_with_its_revisions(run: Run, history: History) -> None:
    first = history.commit("Add", {"prompts/system.md": "one\n"}, at="2026-03-01T10:00:00+00:00")
    second = history.commit(
        "Move", {"prompts/system.md": None, "prompts/main.md": "one\n"}, at="2026-03-02T10:00:00+00:00"
    )
    data = json.loads(run("prompts", "--since", "2026-02", "--json", cwd=history.root).stdout)
    assert data["schema"] == "afterword/prompts/1"
    added, moved = data["changes"]
    assert (moved["commit"], moved["before"], moved["after"]) == (second, first, second)
    assert (moved["path"], moved["path_before"], moved["kind"]) == (
        "prompts/main.md",
        "prompts/system.md",
        "moved",
    )
    assert (added["kind"], added["before"], added["committed"]) == ("added", "", "2026-03-01T10:00Z")


def test_why_a_change_stands_where_it_does_and_its_diff(run: Run, history: History) -> None:
    history.commit("Add", {"prompts/system.md": "one\n"}, at="2026-03-01T10:00:00+00:00")
    history.commit("Promise", {"prompts/system.md": "two\n"}, at="2026-03-02T10:00:00+00:00")
    history.tag("deploy-3", at="2026-03-02T11:00:00+00:00", message="Deploy")
    history.commit("Fix", {"prompts/system.md": "one\n"}, at="2026-03-03T10:00:00+00:00")
    history.branch("open")
    history.commit("Not merged", {"prompts/other.md": "x\n"}, at="2026-03-03T11:00:00+00:00")
    history.switch("main")
    window = ("prompts", "--since", "2026-03-02", "--until", "2026-03-04", "--impact", "2026-03-02T12:00Z")
    out = run(*window, "--diff", cwd=history.root).stdout
    assert out.index("Promise") < out.index("Fix") and "Not merged" not in out
    assert (
        "    2 h before the impact started; on main 2026-03-02T10:00Z; first in deploy-3 (2026-03-02T11:00Z)\n" in out
    )
    assert "22 h after the impact started: the fix may be here; on main 2026-03-03T10:00Z; no deploy tag\n" in out
    assert "\n-one\n+two\n" in out
    data = json.loads(run(*window, "--all", "--json", cwd=history.root).stdout)
    found = {change["subject"]: change for change in data["changes"]}
    assert found["Promise"]["deployed"] == {"tag": "deploy-3", "time": "2026-03-02T11:00Z"}
    assert found["Not merged"]["arrived"] == {"branch": "main", "time": None, "merge": ""}
    assert found["Promise"]["reasons"] == ["2 h before the impact started"] and "diff" not in found["Promise"]


def test_settings_as_history_with_where_they_were_read(run: Run, history: History) -> None:
    models = "agent:\n  model: gpt-4o-2024-08-06\n  temperature: 0.2\n"
    history.commit("Add", {"config/models.yaml": models}, at="2026-03-01T10:00:00+00:00")
    history.commit(
        "Newer model",
        {"config/models.yaml": models.replace("-2024-08-06", "").replace("0.2", "0.9")},
        at="2026-03-02T10:00:00+00:00",
    )
    history.commit("Code", {"src/llm.py": 'MODEL = "gpt-4o-mini"\n'}, at="2026-03-03T10:00:00+00:00")
    done = run("prompts", "--since", "2026-03-02", "--until", "2026-03-04", cwd=history.root)
    told = done.stdout[done.stdout.index("Model settings") :]
    assert (
        "gen_ai.request.model (agent)  gpt-4o-2024-08-06 → gpt-4o\n    config/models.yaml:2; gpt-4o is an alias" in told
    )
    assert "gen_ai.request.temperature (agent)  0.2 → 0.9\n    config/models.yaml:3\n" in told
    assert "gen_ai.request.model  (none) → gpt-4o-mini\n    src/llm.py:1; " in told
    data = json.loads(run("prompts", "--since", "2026-03-02", "--json", cwd=history.root).stdout)
    (heat,) = [one for one in data["settings"] if one["setting"] == "gen_ai.request.temperature"]
    assert (heat["before"], heat["after"], heat["path"], heat["line"]) == ("0.2", "0.9", "config/models.yaml", 3)
    assert heat["committed"] == "2026-03-02T10:00Z"


def test_the_last_fourteen_days_are_the_window_without_options(run: Run, history: History) -> None:
    now = datetime.now(UTC)
    history.commit("Old", {"prompts/system.md": "one\n"}, at=(now - timedelta(days=15)).isoformat())
    history.commit("New", {"prompts/system.md": "two\n"}, at=(now - timedelta(days=13)).isoformat())
    assert [line.split()[-1] for line in run("prompts", cwd=history.root).stdout.splitlines()[::2]] == ["New"]


def test_what_is_missing_is_said_on_stderr(run: Run, history: History, tmp_path: Path) -> None:
    empty = run("prompts", cwd=history.root)
    assert (empty.returncode, empty.stdout) == (0, "")
    assert "no commit yet" in empty.stderr
    history.commit("Code only", {"src/app.py": "x = 1\n"})
    none = run("prompts", cwd=history.root)
    assert none.returncode == 0
    assert "No prompt was found at HEAD. Searched: **/" in none.stderr
    assert "[tool.afterword] prompts" in none.stderr
    history.commit("Add", {"prompts/system.md": "one\n"}, at="2026-01-01T10:00:00+00:00")
    assert "No prompt or setting changed from" in run("prompts", cwd=history.root).stderr
    shallow = clone(history.root, tmp_path / "shallow", "--depth=1")
    done = run("prompts", "--since", "2026-01-01", cwd=shallow.root)
    assert "shallow" in done.stderr
    assert "Add" in done.stdout


def test_times_that_make_no_window_are_refused(run: Run, history: History) -> None:
    done = run("prompts", "--since", "2026-03-04", "--until", "2026-03-01", cwd=history.root)
    assert done.returncode == 2
    assert "ends before it begins" in done.stderr
    assert "--since 'soonish' is not a time" in run("prompts", "--since", "soonish", cwd=history.root).stderr


def test_foreign_subjects_stay_raw_in_a_pipe_and_on_one_line(run: Run, history: History) -> None:
    history.commit("Überwachung \x1b[31mrot", {"prompts/ü berblick.md": "one\n"})
    line, _ = run("prompts", "--since", "2026-01-01", cwd=history.root).stdout.splitlines()
    assert "prompts/ü berblick.md" in line
    assert "Überwachung" in line
