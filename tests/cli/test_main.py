"""Help, version, errors and what is loaded for them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from afterword import __version__
from afterword.cli import PLAINLY
from afterword.cli.parser import parser
from tests.cli.conftest import Run
from tests.histories import ISOLATION, History

COMMANDS = ("new", "edit", "list", "show", "check", "prompts", "redact", "demo")


@pytest.fixture
def run(start: Run) -> Run:
    """Every command in this file is started with nothing loaded, as a shell starts it."""
    return start


def test_help_is_a_manual_that_fits_a_small_terminal(run: Run) -> None:
    whole = run("--help", COLUMNS="80")
    assert whole.returncode == 0
    for command in COMMANDS:
        assert re.search(rf"^ +{command} +\w", whole.stdout, re.MULTILINE), command
        part = run(command, "--help", COLUMNS="80")
        assert part.returncode == 0
        assert f"usage: afterword {command}" in part.stdout
        assert all(len(line) <= 80 for line in part.stdout.splitlines()), command
    assert all(len(line) <= 80 for line in whole.stdout.splitlines())
    assert "exit codes: 0 fine; 1 problems" in whole.stdout


def test_version(run: Run) -> None:
    assert run("--version").stdout == f"afterword {__version__}\n"


@pytest.mark.parametrize("wrong", [["nonsense"], ["list", "--status", "new"], ["show"], ["check", "--format", "xml"]])
def test_wrong_use_is_exit_2_with_a_sentence(run: Run, wrong: list[str]) -> None:
    done = run(*wrong)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "usage: afterword" in done.stderr


@pytest.mark.parametrize("command", [[], ["new"], ["edit"], ["list"], ["show", "x"], ["check"], ["prompts"]])
def test_outside_a_repository_each_command_says_so(run: Run, tmp_path: Path, command: list[str]) -> None:
    done = run(*command, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    message, hint = done.stderr.splitlines()
    assert message == f"afterword: {tmp_path} is not inside a git repository."
    assert hint.startswith("  Change to the repository")


@pytest.mark.parametrize("command", [[], ["new", "Title"], ["edit"]])
def test_without_a_terminal_the_interface_does_not_start(run: Run, history: History, command: list[str]) -> None:
    done = run(*command, cwd=history.root)
    assert done.returncode == 2
    assert done.stderr.startswith("afterword: The interface needs a terminal")


def test_folder_option_and_its_mistake(run: Run, history: History, tmp_path: Path) -> None:
    done = run("-C", history.root, "list")
    assert done.returncode == 0
    assert "`afterword new` starts one" in done.stderr
    wrong = run("-C", tmp_path / "missing", "list")
    assert wrong.returncode == 2
    assert "No such file or directory" in wrong.stderr


WALKS = (["new", "Title"], ["edit"], [])


@pytest.mark.parametrize("time", ["half past never", ""])
def test_a_time_is_understood_before_anything_starts(run: Run, history: History, time: str) -> None:
    done = run("new", "--resolved", time, cwd=history.root)
    assert done.returncode == 2
    assert f"--resolved {time!r} is not a time" in done.stderr


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("missing.txt", "missing.txt cannot be read: No such file or directory."),
        (".", ". is not a regular file."),
        ("/dev/zero", "/dev/zero is not a regular file."),
        ("fifo", "fifo is not a regular file."),
        ("huge", "huge is larger than 4 MB."),
        ("latin", "latin is not UTF-8 (line 2, byte 9)."),
    ],
)
def test_a_sample_is_read_before_anything_starts(run: Run, history: History, name: str, said: str) -> None:
    os.mkfifo(history.root / "fifo")
    history.write("huge", b"x" * (4 * 1024 * 1024 + 1))
    history.write("latin", "agent:\nGrüße\n".encode("latin-1"))
    done = run("new", "--sample", name, cwd=history.root)
    assert done.returncode == 2
    message, hint = done.stderr.splitlines()
    assert message == f"afterword: {said}"
    assert hint.strip()


@pytest.mark.parametrize("command", [*WALKS, ["list"], ["check"], ["prompts"]])
def test_a_mistake_in_the_configuration_is_told_with_its_line(run: Run, history: History, command: list[str]) -> None:
    history.write(".afterword.toml", '\nprompts = "x"\n')
    done = run(*command, cwd=history.root)
    assert done.returncode == 2
    assert ".afterword.toml:2: prompts must be a list of texts. For example prompts =" in " ".join(done.stderr.split())


@pytest.mark.parametrize("command", [*WALKS, ["list"], ["check"], ["prompts"], ["show", "x"]])
def test_missing_git_is_one_sentence(run: Run, history: History, tmp_path: Path, command: list[str]) -> None:
    done = run(*command, cwd=history.root, PATH=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    message, hint = done.stderr.splitlines()
    assert message == "afterword: Git was not found on the PATH."
    assert hint.strip().startswith("Install git 2.30 or later")


BARE = {"PYTHONPATH": ":".join(sys.path), "PATH": os.environ["PATH"], **ISOLATION}
LOADED = """
import sys
from afterword.cli import main
code = main({arguments!r})
loaded = [name for name in {names!r} if name in sys.modules]
print(loaded, file=sys.stderr)
sys.exit(code)
"""


def loaded(arguments: list[str], names: list[str], cwd: Path) -> str:
    """Return which of these modules a run has loaded, as printed on its last line."""
    script = LOADED.format(arguments=arguments, names=names)
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=cwd,
        capture_output=True,
        text=True,
        env=BARE,
    )
    return done.stderr.splitlines()[-1]


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    names = [
        "textual",
        "rich",
        "pydantic",
        "git",
        "yaml",
        "markdown_it",
        "phonenumbers",
        "subprocess",
        "json",
        "dataclasses",
    ]
    assert loaded(["--help"], names, tmp_path) == "[]"


def test_the_list_is_read_without_gitpython(history: History) -> None:
    assert loaded(["list"], ["git", "afterword.redaction"], history.root) == "[]"


@pytest.mark.parametrize("command", [["list"], ["check"], ["prompts"]])
def test_reading_commands_load_no_interface(history: History, command: list[str]) -> None:
    assert loaded(command, ["textual", "rich", "phonenumbers", "stdnum"], history.root) == "[]"


@pytest.mark.parametrize("given", [[], ["edit"]])
def test_what_is_run_plainly_is_run_as_its_arguments_would_have_it(given: list[str]) -> None:
    read = vars(parser().parse_args(given))
    assert {name: read[name] for name in vars(PLAINLY) if name in read} == {
        name: value for name, value in vars(PLAINLY).items() if name in read
    }
    assert read.keys() <= {*vars(PLAINLY), "run"}


def test_an_unexpected_fault_names_place_and_not_content() -> None:
    script = (
        "import sys\nfrom afterword.cli import main, parser\n"
        "def fail():\n    secret = 'mia.k@' + 'example.net'\n    raise KeyError(secret)\n"
        "parser.parser = fail\nsys.exit(main(['list']))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=BARE)
    assert done.returncode == 2
    assert "KeyError in" in done.stderr
    assert "mia.k" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_that_leaves_early_is_no_error(history: History) -> None:
    history.commit("Many", {f"prompts/{number:04}.md": "x" * 50 for number in range(3000)})
    with subprocess.Popen(
        [sys.executable, "-m", "afterword", "prompts", "--since", "2026-01-01"],
        cwd=history.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=BARE,
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()
    assert errors == b""


def test_a_full_disk_is_one_sentence(history: History) -> None:
    command = [sys.executable, "-m", "afterword", "list", "--json"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, cwd=history.root, stdout=full, stderr=subprocess.PIPE, env=BARE)
    assert done.returncode == 2
    assert done.stderr == b"afterword: The system refused: No space left on device.\n"
