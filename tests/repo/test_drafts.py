"""Drafts: private, never lost, never written over by another."""

import json
import os
import stat
import time
from pathlib import Path

import pytest

from afterword.errors import AfterwordError
from afterword.record.absence import Absence
from afterword.record.model import Cause, ImpactRow, PromptChange, Record, TimelineRow
from afterword.record.vocabulary import AbsenceKind
from afterword.record.when import When
from afterword.repo.claims import Claim
from afterword.repo.draft import Draft, RawSample
from afterword.repo.drafts import Drafts
from afterword.repo.errors import DraftConflict, WriteError
from afterword.repo.glimpse import waiting_draft
from tests.histories import History
from tests.repo.repositories import opened


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path / "afterword")


def full() -> Draft:
    return Draft(
        record=Record(title="Refunds promised"),
        base_path="docs/postmortems/x.md",
        base_text="text\r\n\n",
        inputs={"detected": "yester", "causes[0].story": "half a sen"},
        samples=(RawSample(title="1", text="mail ada@example.org\n\n", source="a.txt", redaction={"x": [1]}),),
        placeholders={"key": "00"},
        section="causes",
    )


def test_written_and_read_again(drafts: Drafts) -> None:
    draft = full()
    drafts.write(draft)
    read = drafts.load(draft.id)
    same = {"writer", "taken_from", "updated"}
    assert read.model_dump(exclude=same) == draft.model_dump(exclude=same)
    assert [one.id for one in drafts.list()] == [draft.id]
    found = drafts.for_record("docs/postmortems/x.md")
    assert found and found.id == draft.id and drafts.for_record("other.md") is None


def test_a_record_of_every_kind_of_part_survives(drafts: Drafts) -> None:
    record = Record(
        title="Refunds promised",
        impact_started=When.parse("2026-03-02T14:05+01:00"),
        detected=Absence(AbsenceKind.NOT_PUBLISHED, "the provider keeps it"),
        resolved=When.parse("2026-03-03~/.."),
        impact=(ImpactRow(measure="promises", value="~ 0.8 %"),),
        timeline=(TimelineRow(time=When.parse("2026-03-02"), kind="trigger", what="é\u202e"),),
        causes=(
            Cause(
                title="A tone edit",
                active=(When.parse("2026-03"),),
                prompts=(PromptChange(path="a.md", deployed=Absence(AbsenceKind.UNKNOWN), diff="-a\r\n+b"),),
                leads_to=(2,),
                absences={"evals": Absence(AbsenceKind.UNKNOWN)},
            ),
        ),
        absences={"samples": Absence(AbsenceKind.NOT_APPLICABLE, "none kept")},
    )
    draft = Draft(record=record)
    drafts.write(draft)
    assert drafts.load(draft.id).record == record


def test_only_the_author_can_read_them(drafts: Drafts) -> None:
    old = os.umask(0)
    try:
        drafts.write(full())
    finally:
        os.umask(old)
    (file,) = drafts.folder.iterdir()
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (drafts.folder.parent, drafts.folder, file)]
    assert modes == [0o700, 0o700, 0o600]


def test_they_lie_beside_gits_own_files_and_are_never_offered_for_a_commit(support: History) -> None:
    repository = opened(support)
    repository.drafts.write(full())
    assert repository.drafts.folder == support.root / ".git" / "afterword" / "drafts"
    assert support.git("status", "--porcelain", "--ignored") == ""


def test_the_one_written_last_comes_first(drafts: Drafts) -> None:
    first, second = full(), full()
    for draft in (first, second, first):
        drafts.write(draft)
        time.sleep(0.002)
    assert [draft.id for draft in drafts.list()] == [first.id, second.id]


def test_text_that_cannot_be_stored_does_not_stop_the_rest(drafts: Drafts) -> None:
    draft = full().model_copy(update={"inputs": {"summary": "a\ud800b\x00\x1b[31m"}})
    drafts.write(draft)
    assert drafts.load(draft.id).inputs["summary"] in ("a\ufffdb\x00\x1b[31m", "a?b\x00\x1b[31m")


def test_removed_with_everything_raw(drafts: Drafts) -> None:
    draft = full()
    drafts.write(draft)
    (drafts.folder / f".{draft.id}.json.1234.tmp").write_text("raw")
    drafts.remove(draft.id)
    assert list(drafts.folder.iterdir()) == []
    drafts.write(draft)
    Drafts(drafts.folder.parent).write(draft)
    assert list(drafts.folder.iterdir()) == []
    drafts.remove(draft.id)


def test_what_a_killed_process_left_is_swept(drafts: Drafts) -> None:
    drafts.write(full())
    old, new = drafts.folder / ".x.json.1.tmp", drafts.folder / ".x.json.2.tmp"
    for path in (old, new):
        path.write_text("raw")
    os.utime(old, (0, 0))
    drafts.list()
    assert not old.exists() and new.exists()


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"null", b'{"schema": "afterword-draft/1"}', b"\xff\xfe", b"[" * 99_999]
)
def test_a_damaged_draft_is_set_aside_and_reported(drafts: Drafts, data: bytes) -> None:
    good = full()
    drafts.write(good)
    (drafts.folder / "bad.json").write_bytes(data)
    found, problems = drafts.scan()
    assert [draft.id for draft in found] == [good.id]
    (problem,) = problems
    assert "bad.json was damaged and is set aside" in problem.message
    (aside,) = drafts.folder.glob("*.damaged")
    assert aside.read_bytes() == data and str(aside) in problem.message
    again = drafts.scan()[1]
    assert [problem.path for problem in again] == [aside]


def test_a_draft_of_a_later_version_is_left_alone(drafts: Drafts) -> None:
    drafts.write(full())
    path = drafts.folder / "later.json"
    path.write_text(json.dumps({"schema": "afterword-draft/9", "new": True}))
    found, problems = drafts.scan()
    assert len(found) == 1 and "another version of afterword (afterword-draft/9)" in problems[0].message
    assert path.exists()


def test_fields_of_a_later_version_survive(drafts: Drafts) -> None:
    draft = full()
    drafts.write(draft)
    path = drafts.folder / f"{draft.id}.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"mood": "calm"}))
    drafts.write(drafts.load(draft.id).model_copy(update={"section": "impact"}))
    assert json.loads(path.read_text())["mood"] == "calm"


def test_two_processes_on_one_draft(drafts: Drafts) -> None:
    draft = full()
    drafts.write(draft)
    ours, theirs = drafts.load(draft.id), drafts.list()[0]
    drafts.write(ours)
    drafts.write(ours.model_copy(update={"section": "impact"}))
    with pytest.raises(DraftConflict, match="Another afterword is writing this draft"):
        drafts.write(theirs)
    assert drafts.load(draft.id).section == "impact"
    drafts.write(theirs, over=True)
    drafts.write(theirs)
    with pytest.raises(DraftConflict):
        drafts.write(ours)


def test_a_draft_that_grew_since_it_was_loaded(drafts: Drafts) -> None:
    draft = full()
    drafts.write(draft)
    later = drafts.load(draft.id)
    drafts.write(draft.model_copy(update={"section": "impact"}))
    with pytest.raises(DraftConflict):
        drafts.write(later)


def test_a_draft_that_another_process_finished(drafts: Drafts) -> None:
    draft = full()
    drafts.write(draft)
    loaded = drafts.load(draft.id)
    (drafts.folder / f"{draft.id}.json").unlink()
    with pytest.raises(DraftConflict, match="saved or removed by another"):
        drafts.write(loaded)
    with pytest.raises(AfterwordError, match="There is no draft"):
        drafts.load(draft.id)


def test_ids_are_no_paths(drafts: Drafts) -> None:
    for bad in ("../x", "a/b", "", ".x", "a" * 80):
        with pytest.raises(AfterwordError):
            drafts.load(bad)


def test_a_folder_that_cannot_be_written(drafts: Drafts) -> None:
    drafts.folder.parent.parent.mkdir(exist_ok=True)
    drafts.folder.parent.write_text("in the way")
    with pytest.raises(WriteError):
        drafts.write(full())


def test_reading_costs_no_damage_when_the_folder_is_missing(drafts: Drafts) -> None:
    assert drafts.list() == [] and not drafts.folder.exists()
    drafts.remove("nothing")


@pytest.mark.timeout(20)
def test_nobody_waits_for_a_pipe_where_a_draft_or_its_mark_should_be(drafts: Drafts) -> None:
    draft = full()
    drafts.folder.mkdir(parents=True)
    os.mkfifo(drafts.path(draft.id))
    os.mkfifo(drafts.path(draft.id).with_suffix(".open"))
    assert waiting_draft(drafts.folder) is None
    assert not drafts.is_elses(draft)
    claim = Claim(drafts.path(draft.id))
    assert claim.holder() is None
    claim.renew()
    claim.release()
    other = full()
    drafts.write(other)
    assert drafts.load(other.id).record == other.record
