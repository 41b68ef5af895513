"""The text of a prompt at a revision."""

import pytest

from afterword.repo.errors import RepositoryError
from afterword.repo.texts import LIMIT
from tests.histories import History
from tests.repo.repositories import PROMPT, WARMER, opened


def test_before_and_after(support: History) -> None:
    repository = opened(support)
    before, after = (repository.read_text(rev, "prompts/support.md") for rev in ("HEAD~1", "HEAD"))
    assert (before.text, after.text) == (PROMPT, WARMER)
    assert before.data == PROMPT.encode() and before.size == len(PROMPT)
    assert before.encoding_problem is None and not before.truncated


@pytest.mark.parametrize(
    "data", [b"a\r\nb\r\n", b"no newline at the end", b"\n\n\n", b"", b"tail\n\n", "ünï😀\n".encode()]
)
def test_every_byte_is_kept(history: History, data: bytes) -> None:
    history.commit("1", {"prompts/a.md": data})
    read = opened(history).read_text("HEAD", "prompts/a.md")
    assert read.data == data and read.text == data.decode()


@pytest.mark.parametrize(
    ("data", "text", "words"),
    [
        (b"caf\xe9\n", "caf\ufffd\n", "is not UTF-8 (line 1, byte 3)"),
        (b"one\ntwo \xff\n", "one\ntwo \ufffd\n", "is not UTF-8 (line 2, byte 8)"),
        (b"\x00\x01", "", "is not a text file"),
        ("hé\n".encode("utf-16"), "hé\n", "is UTF-16"),
        (b"version https://git-lfs.github.com/spec/v1\noid x\n", "version", "Git LFS"),
    ],
)
def test_what_is_not_utf8_is_said(history: History, data: bytes, text: str, words: str) -> None:
    history.commit("1", {"prompts/a.md": data})
    read = opened(history).read_text("HEAD", "prompts/a.md")
    assert read.text.startswith(text) and read.data == data
    assert (
        read.encoding_problem and words in read.encoding_problem and read.encoding_problem.startswith("prompts/a.md ")
    )


def test_byte_order_mark_is_not_shown(history: History) -> None:
    history.commit("1", {"prompts/a.md": b"\xef\xbb\xbfhi\n"})
    read = opened(history).read_text("HEAD", "prompts/a.md")
    assert (read.text, read.data) == ("hi\n", b"\xef\xbb\xbfhi\n")


def test_a_prompt_of_two_megabytes_is_read_and_one_of_five_is_cut(history: History) -> None:
    history.commit("1", {"prompts/a.md": "line of text\n" * 160_000, "prompts/b.md": "é" * 2_500_001})
    repository = opened(history)
    assert len(repository.read_text("HEAD", "prompts/a.md").text) == 13 * 160_000
    cut = repository.read_text("HEAD", "prompts/b.md")
    assert cut.truncated and cut.size == 5_000_002 and len(cut.data) == LIMIT and "\ufffd" not in cut.text
    assert cut.encoding_problem and "the first 4,000,000 are shown" in cut.encoding_problem


def test_link_folder_and_nothing(history: History) -> None:
    (history.root / "prompts").mkdir()
    (history.root / "prompts" / "link.md").symlink_to("../a.md")
    history.commit("1", {"prompts/sub/a.md": "x\n", "prompts/*.md": "star\n"})
    repository = opened(history)
    assert "symbolic link to ../a.md" in (repository.read_text("HEAD", "prompts/link.md").encoding_problem or "")
    assert repository.read_text("HEAD", "prompts/*.md").text == "star\n"
    for path, words in {
        "prompts/sub": "is a folder",
        "prompts/other.md": "There is no prompts/other.md at",
        "../../etc/passwd": "outside",
        "": "There is no",
        "prompts/x\0": "NUL",
    }.items():
        with pytest.raises(RepositoryError, match=words):
            repository.read_text("HEAD", path)
