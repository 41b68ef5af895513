"""Who holds what: dead processes, reused numbers and other machines never lock anybody out."""

import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from afterword.record.document import parse, render
from afterword.record.model import Record
from afterword.repo.aside import keep_aside
from afterword.repo.claims import Claim, in_words
from afterword.repo.errors import ConflictError
from afterword.repo.holders import Holder
from afterword.repo.turns import turn
from tests.histories import History
from tests.repo.repositories import opened


@pytest.fixture
def dead() -> Holder:
    """A process that has ended."""
    command = [sys.executable, "-c", "from afterword.repo.holders import Holder; print(Holder.me().dump().decode())"]
    done = subprocess.run(command, capture_output=True, check=True)
    holder = Holder.parse(done.stdout)
    assert holder is not None and holder.is_here and not holder.is_alive
    return holder


def parent() -> Holder:
    """Another process that runs: the one above this."""
    me = Holder.me()
    began = Path(f"/proc/{os.getppid()}/stat").read_bytes().rpartition(b")")[2].split()[19].decode()
    return replace(me, pid=os.getppid(), began=began)


def claimed(path: Path, holder: Holder, age: float = 0) -> Claim:
    path.with_suffix(".open").write_bytes(holder.dump())
    moment = time.time() - age
    os.utime(path.with_suffix(".open"), (moment, moment))
    return Claim(path)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_draft_that_is_open_elsewhere(tmp_path: Path, dead: Holder) -> None:
    draft, me = tmp_path / "x.json", Holder.me()
    other = replace(me, host="jump-2", boot="1")
    assert claimed(draft, parent()).holder() == parent()
    assert claimed(draft, replace(parent(), began="1")).holder() is None, "a number that was given out again"
    assert claimed(draft, dead).holder() is None
    assert claimed(draft, me).holder() is None
    assert claimed(draft, other, age=20).holder() == other and in_words(other) == f"process {me.pid} on jump-2"
    assert claimed(draft, other, age=600).holder() is None, "no sign of life"
    assert claimed(draft, replace(me, boot="before"), age=600).holder() is None, "the machine was started anew"
    for damaged in (b"", b"{", b'{"host": 1}', b"\xff"):
        draft.with_suffix(".open").write_bytes(damaged)
        assert Claim(draft).holder() is None


def test_a_claim_is_taken_renewed_and_given_back(tmp_path: Path, dead: Holder) -> None:
    claim = claimed(tmp_path / "x.json", dead)
    claim.renew()
    assert Holder.parse((tmp_path / "x.open").read_bytes()) == dead, "there is no draft yet"
    (tmp_path / "x.json").write_text("{}")
    claim.renew()
    assert Holder.parse((tmp_path / "x.open").read_bytes()) == Holder.me()
    os.utime(tmp_path / "x.open", (0, 0))
    claim.renew()
    assert (tmp_path / "x.open").stat().st_mtime > 1_000_000
    claim.release()
    assert [path.name for path in tmp_path.iterdir()] == ["x.json"]
    other = claimed(tmp_path / "x.json", replace(Holder.me(), host="jump-2"))
    other.release()
    assert (tmp_path / "x.open").exists(), "another's mark stays"


def test_a_turn_that_a_dead_process_left(tmp_path: Path, dead: Holder) -> None:
    lock = tmp_path / ".x.turn"
    lock.write_bytes(dead.dump())
    with turn(lock):
        assert Holder.parse(lock.read_bytes()) == Holder.me()
    assert not lock.exists()
    lock.write_bytes(replace(dead, host="jump-2").dump())
    os.utime(lock, (0, 0))
    with turn(lock):
        assert Holder.parse(lock.read_bytes()) == Holder.me()


def test_turns_follow_one_another(tmp_path: Path) -> None:
    inside: list[int] = []
    most: list[int] = []

    def work() -> None:
        for _ in range(5):
            with turn(tmp_path / ".x.turn"):
                inside.append(1)
                most.append(len(inside))
                time.sleep(0.002)
                inside.pop()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 20


def test_of_many_who_save_at_once_one_does_and_the_others_are_told(history: History) -> None:
    store = opened(history).records
    base = store.save(Record(title="One"), "one").read_text()
    told: list[str] = []

    def save(number: int) -> None:
        try:
            opened(history).records.save(Record(title=f"Number {number}"), "one", base)
            told.append(f"Number {number}")
        except ConflictError:
            told.append("conflict")

    threads = [threading.Thread(target=save, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (saved,) = [one for one in told if one != "conflict"]
    assert told.count("conflict") == 5 and parse(store.get("one").text).title == saved
    assert not list((history.root / ".git/afterword").iterdir())


def test_a_change_at_the_last_moment_is_seen(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    store = opened(history).records
    path = store.save(Record(title="One"), "one")
    base, theirs = path.read_text(), render(Record(title="Theirs"))
    fsync = os.fsync

    def meanwhile(handle: int) -> None:
        path.write_text(theirs)
        fsync(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", meanwhile)
        with pytest.raises(ConflictError):
            store.save(Record(title="Mine"), "one", base)
    assert path.read_text() == theirs and len(list(path.parent.iterdir())) == 1


def test_what_is_kept_aside_is_private_and_goes_after_a_month(tmp_path: Path) -> None:
    left = [("Summary", "mine", "Mine.\ud800")]
    first, second = keep_aside(tmp_path, "one.md", left), keep_aside(tmp_path, "one.md", left)
    assert first != second and first.stat().st_mode & 0o777 == 0o600 and first.parent.stat().st_mode & 0o777 == 0o700
    assert "## Summary (mine)\n\nMine." in first.read_text()
    os.utime(first, (0, 0))
    keep_aside(tmp_path, "two.md", left)
    assert not first.exists() and second.exists()
