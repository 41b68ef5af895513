"""The instruments that the other tests trust."""

import os
import signal
import sys
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Static

from tests.pictures import characters, compare, normalised
from tests.terminal import Terminal

PROGRAM = """
import sys
from textual.app import App
from textual.widgets import Input, Static
class Small(App):
    def compose(self):
        yield Static("ready 日本語", markup=False)
        yield Input(id="in")
    def on_input_submitted(self, event):
        self.exit(return_code=len(event.value))
    def on_key(self, event):
        if event.key in ("f5", "shift+tab", "ctrl+up", "escape"):
            self.query_one(Static).update(f"pressed {event.key}")
print("before")
app = Small()
app.run()
sys.exit(app.return_code)
"""


@pytest.fixture
def program(tmp_path: Path) -> list[str]:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM, encoding="utf-8")
    return [sys.executable, str(path)]


def test_a_program_is_typed_into_and_leaves_the_terminal_as_it_was(program: list[str]) -> None:
    with Terminal(program) as terminal:
        terminal.wait("ready 日本語")
        assert terminal.modes.alternate_screen
        assert terminal.modes.mouse
        assert not terminal.modes.cursor_shown
        terminal.type("wörld").wait("wörld").press("enter")
        assert terminal.exit_code() == 5
        assert terminal.modes.restored
        assert "before" in terminal.main_screen()
        assert not any("wörld" in line for line in terminal.main_screen())
        assert "wörld".encode()[:2] in terminal.bytes_seen


@pytest.mark.parametrize("key", ["f5", "shift+tab", "ctrl+up", "escape"])
def test_keys_arrive_by_their_names(program: list[str], key: str) -> None:
    with Terminal(program) as terminal:
        terminal.wait("ready").press(key).wait(f"pressed {key}")


def test_paste_and_resize(program: list[str]) -> None:
    with Terminal(program) as terminal:
        terminal.wait("ready").paste("pasted text").wait("pasted text")
        terminal.resize(50, 10).settle()
        assert len(terminal.screen()) == 10
        assert max(map(len, terminal.screen())) == 50


def test_a_killed_program_leaves_its_modes_and_its_signal(program: list[str]) -> None:
    with Terminal(program) as terminal:
        terminal.wait("ready")
        assert terminal.kill() == -signal.SIGKILL
        assert terminal.modes.alternate_screen
        assert not terminal.modes.restored


def test_a_hang_up_ends_a_program() -> None:
    with Terminal([sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]) as terminal:
        terminal.wait("up").hang_up()
        assert terminal.exit_code() == -signal.SIGHUP


def test_what_is_waited_for_in_vain_is_told_with_the_screen(program: list[str]) -> None:
    with Terminal(program) as terminal:
        terminal.wait("ready")
        with pytest.raises(AssertionError, match=r"in vain for 'nothing'[\s\S]*ready"):
            terminal.wait("nothing", timeout=0.2)


def test_a_program_that_ends_is_not_waited_for() -> None:
    with Terminal([sys.executable, "-c", "print('bye'); raise SystemExit(3)"]) as terminal:
        with pytest.raises(AssertionError, match=r"ended while waiting[\s\S]*code 3"):
            terminal.wait("hello", timeout=10)
        assert terminal.exit_code() == 3
        assert terminal.screen()[0] == "bye"


def test_the_environment_can_be_set_and_unset() -> None:
    code = "import os; print(os.environ.get('A'), os.environ.get('TERM'), os.environ.get('HOME'))"
    with Terminal([sys.executable, "-c", code], env={"A": "b", "TERM": "screen", "HOME": None}) as terminal:
        terminal.exit_code()
        assert terminal.screen()[0] == "b screen None"
    assert "A" not in os.environ


class Words(App[None]):
    """Two lines of text."""

    def __init__(self, words: str, style: str = "") -> None:
        super().__init__()
        self.words, self.style = words, style

    def compose(self) -> ComposeResult:
        yield Static(f"first\n  {self.words}", markup=False)

    def on_mount(self) -> None:
        if self.style:
            self.query_one(Static).styles.text_style = self.style


async def shot(app: App[None]) -> str:
    async with app.run_test(size=(30, 4)) as pilot:
        await pilot.pause()
        return app.export_screenshot()


async def test_a_picture_is_the_same_from_run_to_run(tmp_path: Path) -> None:
    compare(await shot(Words("[same] 日本")), "words", tmp_path, tmp_path / "new", write=True)
    compare(await shot(Words("[same] 日本")), "words", tmp_path, tmp_path / "new")
    kept = (tmp_path / "words.svg").read_text(encoding="utf-8")
    assert characters(kept)[:2] == ["first", "  [same] 日本"]
    assert "font-face" not in kept
    assert "http" not in kept.replace("http://www.w3.org", "").replace("https://www.textualize.io", "")
    assert normalised(kept).count("clip") == 0


async def test_other_characters_are_told_line_by_line(tmp_path: Path) -> None:
    compare(await shot(Words("old words")), "words", tmp_path, tmp_path / "new", write=True)
    with pytest.raises(pytest.fail.Exception) as failure:
        compare(await shot(Words("new words")), "words", tmp_path, tmp_path / "new")
    message = str(failure.value)
    assert "-  old words" in message
    assert "+  new words" in message
    assert str(tmp_path / "new" / "words.svg") in message
    assert (tmp_path / "new" / "words.svg").exists()


async def test_other_styles_are_told_as_such(tmp_path: Path) -> None:
    compare(await shot(Words("words")), "words", tmp_path, tmp_path / "new", write=True)
    with pytest.raises(pytest.fail.Exception, match="colours or styles differ"):
        compare(await shot(Words("words", "reverse")), "words", tmp_path, tmp_path / "new")


async def test_a_missing_picture_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match="AFTERWORD_PICTURES=write"):
        compare(await shot(Words("words")), "words", tmp_path, tmp_path / "new")
