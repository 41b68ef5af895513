"""Records in the work tree: found, read, and saved without loss."""

import errno
import os
from pathlib import Path

import pytest

from afterword.errors import Exit
from afterword.record.document import parse, render
from afterword.record.model import Record
from afterword.repo.errors import ConflictError, RepositoryError, WriteError
from afterword.repo.store import Store
from tests.histories import History
from tests.repo.repositories import opened

ID = "2026-03-02-refunds"


def record(title: str = "Refunds promised", summary: str = "It promised refunds.") -> Record:
    return Record(title=title, summary=summary)


@pytest.fixture
def store(history: History) -> Store:
    return opened(history).records


def test_saved_and_read_again(store: Store, history: History) -> None:
    path = store.save(record(), ID)
    assert path == history.root / "docs" / "postmortems" / f"{ID}.md"
    assert path.read_bytes() == render(record()).encode("utf-8")
    (stored,) = store.list()
    assert (stored.id, stored.path, stored.text, stored.record) == (ID, path, path.read_text(), record())


def test_saved_again_over_what_the_walk_began_with(store: Store) -> None:
    path = store.save(record(), ID)
    path.chmod(0o640)
    base = path.read_text()
    store.save(record(summary="It promised refunds to 12 customers."), ID, base)
    assert parse(path.read_text()).summary == "It promised refunds to 12 customers."
    assert path.stat().st_mode & 0o777 == 0o640
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_by_hand_edited_text_stays(store: Store) -> None:
    path = store.save(record(), ID)
    base = path.read_text() + "\n## Appendix\n\nBy hand,   kept as it is.\n"
    path.write_text(base)
    store.save(record(summary="Another summary."), ID, base)
    assert "\n## Appendix\n\nBy hand,   kept as it is.\n" in path.read_text()
    assert "Another summary." in path.read_text()


def test_changed_on_disk_meanwhile(store: Store) -> None:
    path = store.save(record(), ID)
    base = path.read_text()
    path.write_text(base + "\nA colleague's line.\n")
    with pytest.raises(ConflictError, match="was changed by somebody else") as caught:
        store.save(record(summary="Mine."), ID, base)
    assert caught.value.code == Exit.REFUSED
    assert caught.value.text == path.read_text() == base + "\nA colleague's line.\n"
    assert caught.value.free_id == f"{ID}-2"


def test_deleted_on_disk_meanwhile(store: Store) -> None:
    path = store.save(record(), ID)
    base = path.read_text()
    path.unlink()
    with pytest.raises(ConflictError, match="not there any more"):
        store.save(record(), ID, base)
    assert not path.exists()


def test_a_name_that_exists_already(store: Store) -> None:
    path = store.save(record("Theirs"), ID)
    with pytest.raises(ConflictError, match="exists already") as caught:
        store.save(record("Mine"), ID)
    assert caught.value.free_id == f"{ID}-2" and caught.value.code == Exit.REFUSED
    assert parse(path.read_text()).title == "Theirs"
    store.save(record("Mine"), caught.value.free_id)
    assert store.free_id(ID) == f"{ID}-3"
    assert [stored.id for stored in store.list()] == [ID, f"{ID}-2"]


@pytest.mark.parametrize("folder", ["docs/postmortems", "docs/post-mortems", "docs/incidents", "postmortems"])
def test_folders_that_are_there_already(history: History, folder: str) -> None:
    (history.root / folder).mkdir(parents=True)
    assert opened(history).records.folder == history.root / folder


def test_configured_folder(history: History) -> None:
    (history.root / "docs" / "incidents").mkdir(parents=True)
    history.write(".afterword.toml", 'records_dir = "ops/größe 1"\n')
    path = opened(history).records.save(record(), ID)
    assert path == history.root / "ops" / "größe 1" / f"{ID}.md" and path.is_file()


def test_broken_records_are_listed_with_their_error(store: Store) -> None:
    good = store.save(record(), ID)
    folder = good.parent
    text = good.read_text()
    (folder / "2026-01-01-conflict.md").write_text(f"<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> other\n")
    (folder / "2026-01-02-yaml.md").write_text(text.replace("title:", "title: [", 1))
    (folder / "2026-01-03-latin.md").write_bytes(text.encode() + b"caf\xe9\n")
    (folder / "README.md").write_text("# Our post-mortems\n")
    (folder / "2025-01-01-old-style.md").write_text("# An older post-mortem in another form\n")
    found = {stored.id: stored for stored in store.list()}
    assert list(found) == ["2026-01-01-conflict", "2026-01-02-yaml", "2026-01-03-latin", ID]
    for broken in list(found.values())[:3]:
        assert broken.record is None and broken.error and broken.path.name in broken.error.message
    assert found[ID].error is None


def test_one_by_id_or_path(store: Store, history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    path = store.save(record(), ID)
    monkeypatch.chdir(path.parent)
    relative = path.relative_to(history.root)
    for name in (ID, f"{ID}.md", str(path), relative, path.name):
        assert store.get(name).path == path
    with pytest.raises(RepositoryError, match=f"no record 'nothing'.*{ID}"):
        store.get("nothing")


def test_none_yet(store: Store) -> None:
    assert store.list() == []
    with pytest.raises(RepositoryError, match="There are none yet"):
        store.get("x")


@pytest.mark.parametrize("bad", ["", "../x", "a/b", ".hidden", "-x", "a..b", "a\0b", "a\nb", "x" * 250])
def test_ids_are_no_paths(store: Store, bad: str) -> None:
    with pytest.raises(RepositoryError):
        store.save(record(), bad)


def test_links_that_lead_outside_are_refused(store: Store, history: History, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (history.root / "docs").mkdir()
    (history.root / "docs" / "postmortems").symlink_to(outside)
    with pytest.raises(RepositoryError, match="leads outside the work tree"):
        store.save(record(), ID)
    with pytest.raises(RepositoryError, match="leads outside the work tree"):
        store.list()
    (history.root / "docs" / "postmortems").unlink()
    (history.root / "docs" / "postmortems").symlink_to(history.root / ".git")
    with pytest.raises(RepositoryError, match="leads outside the work tree"):
        store.save(record(), ID)
    assert list(outside.iterdir()) == []


def test_a_record_that_is_a_link(store: Store, history: History, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text(render(record()))
    path = store.save(record(), ID)
    base = path.read_text()
    path.unlink()
    path.symlink_to(secret)
    with pytest.raises(RepositoryError, match="leads outside the work tree"):
        store.save(record(summary="x"), ID, base)
    inside = history.write("docs/elsewhere.md", base)
    path.unlink()
    path.symlink_to("../elsewhere.md")
    store.save(record(summary="Through the link."), ID, base)
    assert path.is_symlink() and "Through the link." in inside.read_text()


def test_a_full_disk_loses_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    path = store.save(record(), ID)
    base = path.read_text()

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(WriteError, match="disk or quota is full"):
            store.save(record(summary="new"), ID, base)
        with pytest.raises(WriteError, match="disk or quota is full"):
            store.save(record(), "2026-03-03-other")
    assert path.read_text() == base and [file.name for file in path.parent.iterdir()] == [path.name]
