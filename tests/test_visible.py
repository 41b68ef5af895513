"""No text reaches the terminal that the terminal would obey."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.cli import main
from afterword.visible import escaped, visible, visible_line
from tests.histories import History
from tests.hostile import FORMS, SURROGATES, hostile_repository, obeyed, one_line
from tests.terminal import Terminal

OBEYED = [*range(0x20), *range(0x7F, 0xA0), 0x200B, 0x202E, 0x2066, 0xFEFF, 0xE0041, 0x3164, 0x1D173]


@given(st.text())
def test_nothing_a_terminal_obeys_is_left(text: str) -> None:
    shown = visible_line(text)
    assert not {ord(character) for character in shown} & set(OBEYED)


@given(st.text())
def test_it_is_stable_and_keeps_lines(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    assert visible(text).count("\n") == text.count("\n")


@given(st.recursive(st.text(), lambda inner: st.lists(inner, max_size=3)))
def test_json_on_a_terminal_says_the_same(value: object) -> None:
    text = json.dumps(value, ensure_ascii=False)
    assert json.loads(escaped(text)) == value
    assert not obeyed(escaped(text).encode("utf-8", "surrogatepass"))


def test_plain_text_stays_and_controls_show() -> None:
    assert visible("Grüße, 東京 👋\n\tok") == "Grüße, 東京 👋\n\tok"
    assert visible("\x1b[31mred") == "␛[31mred"
    assert visible("a\u202eb") == "a<U+202E>b"
    assert visible_line("a\nb") == "a␊b"


def test_marks_stay_as_many_as_languages_need_and_storms_are_counted() -> None:
    for written in ("Nguyễ\u0302\u0303n", "שָׁלוֹם", "ที่", "葛\U000e0100", "❤\ufe0f", "e\u0301"):
        assert visible(written) == written
    assert visible("Z" + "\u0301" * 1000) == "Z" + "\u0301" * 8 + "<+992 marks>"
    assert visible("x\ufe01\ufe02") == "x\ufe01<U+FE02>"


# The whole program, with a repository in which every text is hostile

ARGUMENTS: dict[str, Callable[[str], list[str]]] = {
    "a command": lambda form: [form],
    "a word too many": lambda form: ["list", form],
    "an option": lambda form: ["list", f"--{form}"],
    "a status": lambda form: ["list", "--status", form],
    "an id": lambda form: ["show", form],
    "a record to edit": lambda form: ["edit", f"x{form}"],
    "a folder": lambda form: ["-C", f"x{form}", "list"],
    "a time": lambda form: ["prompts", "--since", form],
    "a sample": lambda form: ["new", "--sample", f"x{form}"],
    "a file to redact": lambda form: ["redact", f"x{form}"],
    "a path to check": lambda form: ["check", f"x/{form}.md"],
    "a format": lambda form: ["case", "2026", "--format", form],
    "a revision": lambda form: ["culprit", "2026-03-01-form", "--good", form],
}
ALL = " ".join(one_line(form)[:60] for form in {**FORMS, **SURROGATES}.values())


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> History:
    """The repository; nothing in these tests changes it."""
    return hostile_repository(tmp_path_factory.mktemp("hostile") / "agent")


RUNNER = """
import json, sys
from afterword.cli import main
for arguments in json.load(open(sys.argv[1])):
    print(f"ended with {main(arguments)}", flush=True)
"""


def told(commands: list[list[str]], cwd: Path, **environment: str) -> str:
    """Run commands on one terminal, one after the other; none crashes or sends what a terminal would obey."""
    listed = cwd.parent / "commands.json"
    listed.write_text(json.dumps(commands))
    command = [sys.executable, "-c", RUNNER, str(listed)]
    with Terminal(command, cwd=cwd, env=environment, size=(120, 24), timeout=90) as terminal:
        assert terminal.exit_code() == 0
        said = "".join(terminal.main_screen())
        assert said.count("ended with ") == len(commands)
        assert "fault of afterword" not in said and "Traceback" not in said
        assert obeyed(terminal.bytes_seen) == []
        return said


def test_arguments(hostile: History) -> None:
    said = told([make(ALL) for make in ARGUMENTS.values()], hostile.root)
    assert said.count("ended with 2") == len(ARGUMENTS)


COMMANDS = [
    *(["list"], ["list", "--json"], ["show", "2026-03-07", "--json"], ["show", "2026-03-01"], ["prompts", "--json"]),
    *(["prompts", "--since", "2026-03-02"], ["case", "2026-03-01", "--print"], ["culprit", "2026-03-01"]),
    *(["check", "2026-03-0", "2026-04", "--format", form] for form in ("text", "json", "github", "junit")),
]


def test_commands_on_a_terminal(hostile: History) -> None:
    said = told(COMMANDS, hostile.root)
    assert "␛]52;c;cHduZWQ=␇" in said and "<U+202E>" in said


def test_what_commands_narrate_in_a_pipe(
    hostile: History, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(hostile.root)
    for arguments in (
        ["list"],
        ["show", "nothing"],
        ["prompts", "--since", "2026-03-02"],
        ["list", ALL],
        ["case", ALL],
    ):
        main(arguments)
        said = capsys.readouterr().err
        assert obeyed(said.encode("utf-8", "replace")) == [] and "fault of" not in said


def test_the_environment(hostile: History) -> None:
    words = dict.fromkeys(("USER", "GIT_AUTHOR_NAME", "EDITOR", "VISUAL", "LANG", "LC_ALL", "HOME", "TZ"), ALL)
    told([["edit", "2026-03-01"], ["list"], ["prompts"]], hostile.root, TERM="dumb", **words)
    told([["list"]], hostile.root, **{**words, "PATH": ALL, "NO_COLOR": ALL})


LINES = [
    *(f"{key} = {value}\n" for key in ("prompts", "timezone", "records_dir", "x") for value in ("{0}", "[{0}]")),
    *("{0} = 1\n", "[redaction]\nallow = {0}\n", "[redaction]\npatterns = [{{ label = {0}, pattern = {0} }}]\n"),
    *("[evals]\ncommand = {0}\n", "[evals]\ncommand = 'x {{out}} junit'\nbring = [{0}]\n", "[{0}]\nx = 1\n"),
]


def test_the_configuration(tmp_path: Path) -> None:
    history = History(tmp_path / "agent")
    folders = []
    for number, line in enumerate(LINES):
        folder = History(tmp_path / "agent" / str(number))
        folder.write(".afterword.toml", line.format(json.dumps(ALL.encode("utf-8", "replace").decode())))
        folders.append(["-C", str(folder.root), "list"])
    said = told(folders, history.root)
    assert said.count("ended with 2") == len(LINES)
    assert said.count(".afterword.toml") == len(LINES)
