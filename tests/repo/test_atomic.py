"""Files are the old ones or the new ones."""

import errno
import os
import stat
from pathlib import Path

import pytest

from afterword.repo import atomic
from afterword.repo.errors import WriteError


def fails_with(monkeypatch: pytest.MonkeyPatch, call: str, code: int) -> None:
    def fail(*_: object, **__: object) -> int:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, call, fail)


def test_new_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    atomic.write(path, b"one")
    atomic.write(path, b"two")
    assert path.read_bytes() == b"two" and list(tmp_path.iterdir()) == [path]


def test_mode_of_an_existing_file_stays_and_a_private_one_is_private(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("x")
    path.chmod(0o664)
    atomic.write(path, b"y")
    assert stat.S_IMODE(path.stat().st_mode) == 0o664
    atomic.write(tmp_path / "b", b"y", mode=0o600)
    assert stat.S_IMODE((tmp_path / "b").stat().st_mode) == 0o600


def test_new_never_writes_over(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("theirs")
    with pytest.raises(FileExistsError):
        atomic.write(path, b"mine", new=True)
    assert path.read_text() == "theirs" and list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("call", ["write", "fsync", "open"])
@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "disk or quota is full"),
        (errno.EDQUOT, "disk or quota is full"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "read-only"),
        (errno.EIO, "input/output error"),
    ],
)
def test_failures_leave_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int, words: str
) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")
    with monkeypatch.context() as patch:
        fails_with(patch, call, code)
        with pytest.raises(WriteError) as caught:
            atomic.write(path, b"new")
    assert words in caught.value.message and str(path) in caught.value.message and caught.value.hint
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "docs").write_text("a file")
    with pytest.raises(WriteError, match="docs"):
        atomic.make_folder(tmp_path / "docs" / "postmortems")
    with pytest.raises(WriteError, match="not a folder any more"):
        atomic.write(tmp_path / "gone" / "a.md", b"x")


def test_file_system_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fails_with(monkeypatch, "link", errno.EPERM)
    path = tmp_path / "a.md"
    atomic.write(path, b"one", new=True)
    with pytest.raises(FileExistsError):
        atomic.write(path, b"two", new=True)
    assert path.read_bytes() == b"one"
