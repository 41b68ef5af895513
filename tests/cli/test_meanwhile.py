"""Commands that write into a record while others do: nothing of theirs is lost, and they are told."""

from pathlib import Path

import pytest

from afterword.repo import Repository
from afterword.repo.draft import Draft
from tests.cli.conftest import Run
from tests.evals.toy import RECORD, Toy


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Toy:
    """The toy repository, whose runner changes the record while it runs."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    return Toy(tmp_path / "agent")


def meanwhile(toy: Toy, before: str, after: str) -> None:
    """Have somebody replace words of the record while the case runs."""
    script = toy.root.parent / "colleague.sh"
    script.write_text(f"sed -i 's/{before}/{after}/' '{toy.root / RECORD}'\n")
    toy.stand_in("judge", setup=[f"sh {script}"])


def test_the_proof_goes_into_a_record_that_changed_elsewhere(run: Run, toy: Toy) -> None:
    meanwhile(toy, "^severity: .*", "severity: SEV1")
    done = run("prove", "refunds", "--yes", cwd=toy.root)
    assert done.returncode == 0, done.stderr
    assert "was changed by somebody else in the meantime; what they wrote is kept." in done.stderr
    assert toy.proof is not None and "\nseverity: SEV1\n" in toy.text


def test_a_proof_of_another_case_is_not_recorded(run: Run, toy: Toy) -> None:
    meanwhile(toy, "links the policy", "links no policy")
    done = run("prove", "refunds", "--yes", cwd=toy.root)
    assert done.returncode == 3 and "its eval case too." in done.stderr, done.stderr
    assert "Nothing was written into it" in done.stderr
    assert toy.proof is None and "links no policy" in toy.text


def test_a_waiting_draft_is_told_of(run: Run, toy: Toy) -> None:
    toy.stand_in("judge")
    repository = Repository.open(toy.root)
    (stored,) = repository.records.list()
    assert stored.record is not None
    repository.drafts.write(Draft(record=stored.record, base_path=RECORD, base_text=stored.text))
    done = run("prove", "refunds", "--yes", cwd=toy.root)
    assert done.returncode == 0 and "A draft of this record waits" in done.stderr
