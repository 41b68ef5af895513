"""What terminals send that no key is: floods, halves, rubbish; and terminals that take nothing or change their size."""

import random
import signal
import time
from pathlib import Path

import pytest

from tests.faults_terminal import drafts, eventually, kept, summary, terminal

TEXT = "For two days the agent promised refunds."


def test_a_terminal_that_takes_nothing(root: Path) -> None:
    """Typing goes on, is written to the draft, and shows once the terminal takes it."""
    with terminal(root) as t:
        summary(t, TEXT)
        with t._lock:  # the reader takes what it has in hand, and then no more
            t.press(*["ctrl+n", "ctrl+r"] * 40).type(" Twice.")
            eventually(lambda: kept(root) == f"{TEXT} Twice.", "the draft")
            t.press(*["ctrl+n", "ctrl+r"] * 20).type(" Or more.")
            eventually(lambda: kept(root) == f"{TEXT} Twice. Or more.", "the draft")
        t.wait("What happened, to whom", "Or more.").settle()
        shown = t.screen()
        t.press("ctrl+n", "ctrl+r").settle()
        assert t.screen() == shown
        t.press("ctrl+q")
        assert t.exit_code() == 0
        assert t.modes.restored


def test_a_terminal_that_takes_nothing_and_a_signal(root: Path) -> None:
    with terminal(root) as t:
        summary(t, TEXT)
        with t._lock:
            t.press(*["ctrl+n", "ctrl+r"] * 40).type(" Twice.")
            eventually(lambda: kept(root) == f"{TEXT} Twice.", "the draft")
            t.type(" Or more.").signal(signal.SIGTERM)
            eventually(lambda: not t.is_running, "the end")
        assert t.exit_code() == 128 + signal.SIGTERM
        assert t.modes.cooked
    assert kept(root) == f"{TEXT} Twice. Or more."


RAW = "a \x1b[31mred\x1b[0m \x1b]0;title\x07\x1bP1$r\x1b\\ \x1b[200~ \x11\x03\x1a [b]bold[/b] \u202e\u200b end"


def test_a_paste_with_escapes_stays_text(root: Path) -> None:
    with terminal(root) as t:
        summary(t)
        t._write(b"\x1b[200~" + RAW.encode() + b"\x1b[201~")
        t.wait("bold[/b]").wait_until(lambda _: drafts(root) and kept(root) == RAW, "the draft, to the last escape")
        t.type("!").wait_until(lambda _: kept(root) == RAW + "!", "what is typed after it")


def test_a_paste_that_comes_in_pieces(root: Path) -> None:
    data = b"\x1b[200~" + "one ä€ two\x1b[31m three.".encode() * 3 + b"\x1b[201~"
    with terminal(root) as t:
        summary(t)
        for byte in data:
            t._write(bytes([byte]))
            time.sleep(0.002)
        eventually(lambda: drafts(root) and kept(root) == "one ä€ two\x1b[31m three." * 3, "the draft")


def test_a_paste_without_an_end(root: Path) -> None:
    with terminal(root) as t:
        summary(t)
        t._write(b"\x1b[200~" + TEXT.encode())
        t.wait("promised").wait_until(lambda _: drafts(root) and kept(root) == TEXT, "the draft")
        t.settle(1.2).type("!").wait_until(lambda _: kept(root) == TEXT + "!", "a key to be one again")
        t.type(" Twice.").press("ctrl+n").wait("How much, of what").press("ctrl+q")
        assert t.exit_code() == 0
    assert kept(root) == f"{TEXT}! Twice."


RUBBISH = {
    "mouse beyond the window": b"\x1b[<35;9999;9999M\x1b[<35;0;-3M\x1b[<99999999999999999999;1;1M",
    "mouse of the old kind": b"\x1b[M\xff\xfe\xfd\x1b[M !!",
    "mouse of urxvt": b"\x1b[32;10;10M",
    "numbers beyond all bounds": b"\x1b[99999999999999999999u\x1b[1114112u\x1b[55296u\x1b[1;99999999999999999999A",
    "unknown": b"\x1b[999;999;999Z\x1b[?62;22c\x1b[>41;0;0c\x1b[12;34$z\x1b[?1;2;3;4;5n" + b"\x1b[" + b"1;" * 40 + b"x",
    "answers": b"\x1b]11;rgb:0000/0000/0000\x07\x1b]4;1;rgb:1/2/3\x1b\\\x1bP>|tmux 3.4\x1b\\\x1b_Gi=1;OK\x1b\\",
    "focus": b"\x1b[I\x1b[O\x1b[I",
    "window reports": b"\x1b[48;24;80;0;0t\x1b[8;24;80t\x1b[?2048;0$y",
    "empty": b"\x1b[m\x1b[;;;m\x1b[?u\x1b[;H",
}


@pytest.mark.parametrize("name", RUBBISH)
def test_rubbish_types_nothing_and_ends_nothing(root: Path, name: str) -> None:
    with terminal(root) as t:
        summary(t)
        t._write(RUBBISH[name])
        t.settle().type("Fine.").wait_until(lambda _: drafts(root) and kept(root) == "Fine.", "the word alone")


def test_bytes_that_are_no_text(root: Path) -> None:
    with terminal(root) as t:
        summary(t)
        t._write(b"a\xff\xc3b\xe2\x82")
        t.settle().type("c").wait_until(lambda _: drafts(root) and kept(root) == "a��b�c", "each bad byte in sight")


def test_an_escape_and_late_what_might_have_been_its_sequence(root: Path) -> None:
    with terminal(root) as t:
        summary(t, TEXT).press("escape").wait("▸").settle(0.4)
        t.type("[").settle().press("ctrl+l").type("x").wait_until(lambda t: kept(root) == TEXT + "x", "the draft")


def test_random_bytes(root: Path) -> None:
    """Whatever comes, the program lives, and what was typed before is there."""
    seed = random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    pieces = [b"\x1b", b"[", b"?", b"200~", b"201~", b"<", b";", b"M", b"u", b"\xff", b"0", b"99", b"O", b"]", b"\x07"]
    with terminal(root) as t:
        summary(t, TEXT)
        for _ in range(40):
            t._write(b"".join(chance.choices(pieces, k=chance.randrange(1, 30))))
            time.sleep(chance.random() * 0.05)
        t.settle(1.5)
        assert t.is_running, seed
    assert TEXT in kept(root), seed


def test_a_storm_of_resizes(root: Path) -> None:
    chance = random.Random(7)
    with terminal(root) as t:
        summary(t, TEXT)
        shown = t.screen()
        for at in range(500):
            size = (
                [(1, 1), (300, 100), (2, 1), (1, 40)][at // 10 % 4]
                if at % 10 == 0
                else (chance.randrange(1, 301), chance.randrange(1, 101))
            )
            t.resize(*size)
            if at % 50 == 0:
                t.type("x")
            time.sleep(0.004)
        t.resize(80, 24).wait("xxxxxxxxxx").wait_until(lambda _: kept(root) == TEXT + "x" * 10, "the draft")
        t.press(*["backspace"] * 10).wait_until(lambda t: t.screen() == shown, "the screen as it was")
        t.press("ctrl+q")
        assert t.exit_code() == 0
