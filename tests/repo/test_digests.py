"""What lists show of records: the same whether a record was read now or before."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.checks import check
from afterword.record.document import render
from afterword.record.model import Record
from afterword.repo.digest import Digest
from afterword.repo.digests import Listed
from tests.checks.records import complete, when
from tests.histories import History
from tests.record.strategies import records
from tests.repo.repositories import opened

FOLDER = "docs/postmortems"
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
days = st.integers(-800, 800).map(lambda number: NOW + timedelta(days=number))


def listed(history: History) -> dict[str, Listed]:
    return {one.id: one for one in opened(history).digests().newest()}


def kept(history: History) -> Path:
    return history.root / ".git/afterword/cache/records.json"


@given(records, days)
@settings(max_examples=40)
def test_a_digest_counts_what_the_checks_find_at_any_time_also_once_kept(record: Record, now: datetime) -> None:
    people, severities = ("Ana Lima",), ("SEV1", "SEV2")
    digest = Digest.of(record, people, severities)
    assert Digest.read(json.loads(json.dumps(digest.values()))) == digest
    found = [problem.severity for problem in check(record, now=now, people=people, severities=severities)]
    assert digest.problems(now) == (found.count("error"), found.count("warning"))


def test_what_did_not_change_is_listed_as_before_and_what_did_is_read_anew(history: History) -> None:
    for name in ("2026-03-02-one", "2026-03-03-two", "2026-03-04-three"):
        history.write(f"{FOLDER}/{name}.md", render(complete(title=name)))
    first = listed(history)
    assert [*first] == ["2026-03-04-three", "2026-03-03-two", "2026-03-02-one"]
    assert listed(history) == first
    history.write(f"{FOLDER}/2026-03-03-two.md", render(complete(title="Second", lucky="")))
    (history.root / FOLDER / "2026-03-02-one.md").unlink()
    second = listed(history)
    assert [*second] == ["2026-03-04-three", "2026-03-03-two"]
    assert second["2026-03-04-three"] == first["2026-03-04-three"]
    changed = second["2026-03-03-two"].digest
    assert changed is not None and changed.title == "Second" and changed.problems(NOW) == (0, 1)
    assert "2026-03-02-one" not in kept(history).read_text()


def test_no_title_of_a_removed_record_stays_behind(history: History) -> None:
    path = history.write(f"{FOLDER}/2026-03-02-one.md", render(complete(title="Never to be seen again")))
    listed(history)
    assert "Never to be seen" in kept(history).read_text()
    path.unlink()
    assert listed(history) == {}
    assert "Never to be seen" not in kept(history).read_text()


def test_a_new_colleague_is_looked_for_in_records_that_did_not_change(history: History) -> None:
    text = render(complete(summary="The change by Ottokar Przybylski broke the prompt."))
    history.commit("Record", {f"{FOLDER}/2026-03-02-one.md": text}, author="Ana Lima <ana@example.org>")
    before = listed(history)["2026-03-02-one"].digest
    history.commit("Docs", {"README.md": "x\n"}, author="Ottokar Przybylski <otto@example.org>")
    after = listed(history)["2026-03-02-one"].digest
    assert before is not None and after is not None
    assert sum(after.problems(NOW)) > sum(before.problems(NOW))


def test_other_severities_in_the_configuration_count_at_once(history: History) -> None:
    history.write(f"{FOLDER}/2026-03-02-one.md", render(complete(severity="P1")))
    one = listed(history)["2026-03-02-one"].digest
    assert one is not None and one.problems(NOW)[0] == 1
    history.write(".afterword.toml", 'severities = ["P1", "P2"]\n')
    other = listed(history)["2026-03-02-one"].digest
    assert other is not None and other.problems(NOW)[0] == 0


def test_records_are_read_anew_once_a_library_was_renewed(
    history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    libraries = tmp_path / "site-packages"
    libraries.mkdir()
    monkeypatch.syspath_prepend(libraries)
    history.write(f"{FOLDER}/2026-03-02-one.md", render(complete(title="As it is")))
    listed(history)
    kept(history).write_text(kept(history).read_text().replace("As it is", "As it was"))
    as_kept = listed(history)["2026-03-02-one"].digest
    (libraries / "yaml-7.0.dist-info").mkdir()
    anew = listed(history)["2026-03-02-one"].digest
    assert as_kept is not None and as_kept.title == "As it was"
    assert anew is not None and anew.title == "As it is"


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"mark": 1}', b"\xff\xfe", b"[" * 100_000])
def test_a_damaged_file_counts_as_none(history: History, damage: bytes) -> None:
    history.write(f"{FOLDER}/2026-03-02-one.md", render(complete()))
    first = listed(history)
    whole = kept(history).read_bytes()
    kept(history).write_bytes(damage)
    assert listed(history) == first
    assert kept(history).read_bytes() == whole


def test_a_kept_digest_of_another_form_is_made_anew(history: History) -> None:
    history.write(f"{FOLDER}/2026-03-02-one.md", render(complete()))
    first = listed(history)
    data = json.loads(kept(history).read_text())
    whole = next(iter(data["digests"].values()))
    for damage in (
        {},
        {"title": "x"},
        {**whole, "title": 5},
        {**whole, "planned": "1"},
        {**whole, "due": 1},
        None,
        [1],
        "text",
    ):
        damaged = {**data, "digests": dict.fromkeys(data["digests"], damage)}
        kept(history).write_text(json.dumps(damaged))
        assert listed(history) == first
        # What could not be used has made way for what can.
        assert json.loads(kept(history).read_text()) == data


def test_a_repository_that_cannot_be_written_to_is_listed_all_the_same(history: History) -> None:
    history.write(f"{FOLDER}/2026-03-02-one.md", render(complete()))
    folder = history.root / ".git/afterword"
    folder.write_text("in the way")
    assert [*listed(history)] == ["2026-03-02-one"]


def test_a_file_that_does_not_parse_says_why_each_time(history: History) -> None:
    history.write(f"{FOLDER}/2026-03-02-one.md", render(complete()))
    history.write(f"{FOLDER}/2026-03-03-bad.md", "---\nschema: afterword/1\ntitle: a: b\n---\n\n# x\n")
    for _ in range(2):
        bad = listed(history)["2026-03-03-bad"]
        assert bad.digest is None and "line 3" in str(bad.error)


def test_a_list_that_is_broken_off_keeps_what_it_read_and_what_was_known(history: History) -> None:
    for day in range(1, 5):
        history.write(f"{FOLDER}/2026-03-0{day}-x.md", render(complete(title=f"Day {day}")))
    listed(history)
    history.write(f"{FOLDER}/2026-03-05-x.md", render(complete(title="Day 5", resolved=when("2026-03-03T11:00Z"))))
    lines = opened(history).digests().newest()
    next(lines)
    lines.close()  # type: ignore[attr-defined]
    titles = {values["title"] for values in json.loads(kept(history).read_text())["digests"].values()}
    assert titles == {f"Day {day}" for day in range(1, 6)}
