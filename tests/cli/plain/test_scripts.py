"""Plain mode answered by a script: the whole record, what is refused, what is kept."""

import json

from afterword.record.when import When
from tests.cli.plain import answers
from tests.cli.plain.answers import SKIP, script, whole
from tests.cli.plain.conftest import Plain

KEY = "sk-" + "proj-" + "9fQ2" * 12
MAIL = "henrike.vossberg" + "@" + "post-larkfeld" + ".net"


def test_a_whole_record_comes_out_of_a_script(plain: Plain) -> None:
    done = plain(whole())
    record = plain.record(done)
    assert record.title == answers.INCIDENT[0]
    assert record.severity == "SEV2"
    assert record.summary == answers.TEXT
    assert [row.actor for row in record.timeline] == ["customer", "tool"]
    assert record.causes[0].role == "root cause"
    assert str(record.causes[0].absences["prompt"]) == "not applicable (no prompt took part)"
    assert record.causes[0].settings[0].after == "0.7"
    assert record.actions[0].due == When.parse("2026-03-20")
    assert str(record.absences["eval_case"]) == "not applicable (no runner)"
    assert done.stdout == "docs/postmortems/2026-03-02-support-agent-promised-refunds-policy-forbids.md\n"
    assert plain.drafts() == []


def test_nothing_is_committed_unless_it_is_asked_for(plain: Plain) -> None:
    before = plain.history.git("rev-parse", "HEAD")
    plain.record(plain(whole()))
    assert plain.history.git("rev-parse", "HEAD") == before


def test_a_commit_that_is_asked_for_takes_the_record_alone(plain: Plain) -> None:
    plain.history.write("half.py", "# half done\n")
    plain.history.git("add", "half.py")
    done = plain(whole(save=("y", SKIP, "y", "Write it up")))
    assert plain.history.git("show", "--name-only", "--format=%s", "HEAD").split("\n\n") == [
        "Write it up",
        done.stdout.strip(),
    ]


def test_stderr_has_no_escape_and_stdout_the_path_alone(plain: Plain) -> None:
    done = plain(whole(), term="xterm-256color")
    assert "\x1b" not in done.stderr + done.stdout
    assert "\r" not in done.stderr
    assert len(done.stdout.splitlines()) == 1


def test_every_section_says_where_it_stands(plain: Plain) -> None:
    told = plain(whole()).stderr
    assert "Incident, 1 of 14, open." in told
    assert "Summary, 3 of 14, open." in told
    assert "Lessons, 14 of 14, open." in told


def test_what_cannot_be_read_ends_the_script_by_the_line_of_its_input(plain: Plain) -> None:
    done = plain(script(answers.INCIDENT, ("yesterdayish",)))
    assert done.returncode == 2
    assert "Line 10 of the input: " in done.stderr
    assert "yesterdayish" in done.stderr
    assert "The draft is kept in" in done.stderr
    kept = json.loads(plain.drafts()[0].read_text())
    assert kept["inputs"] == {"impact_started": "yesterdayish"}


def test_the_end_of_the_input_keeps_the_draft_and_says_so(plain: Plain) -> None:
    done = plain(script(answers.INCIDENT))
    assert (done.returncode, done.stdout) == (2, "")
    assert "The input ended after line 9, before the record was saved." in done.stderr
    assert json.loads(plain.drafts()[0].read_text())["record"]["owner"] == "@support-platform"


def test_a_text_whose_end_never_comes_is_kept_as_far_as_it_is(plain: Plain) -> None:
    plain(script(answers.INCIDENT, answers.TIMES, ("One.", "Two.")))
    assert json.loads(plain.drafts()[0].read_text())["record"]["summary"] == "One.\nTwo."


def test_a_draft_goes_on_where_it_was_left(plain: Plain) -> None:
    begun = plain(script(answers.INCIDENT, (":quit",)))
    assert begun.returncode == 0
    rest = whole().removeprefix(script(answers.INCIDENT))
    done = plain(rest, "edit", "--plain", plain.draft_id(begun))
    assert plain.record(done).owner == "@support-platform"
    assert plain.record(done).summary == answers.TEXT


def test_leaving_at_once_leaves_nothing_behind(plain: Plain) -> None:
    done = plain(":quit\n")
    assert done.returncode == 0
    assert "no draft is kept" in done.stderr
    assert plain.drafts() == []


def test_a_saved_record_keeps_what_is_not_answered_anew_to_the_byte(plain: Plain) -> None:
    path = plain.history.root / plain(whole()).stdout.strip()
    path.write_text(before := path.read_text().replace("## Lessons", "## Our own heading\n\nKept.\n\n## Lessons"))
    done = plain(":go summary\nOnly this.\n.\n:save\n\n\n", "edit", "--plain", "support")
    assert done.returncode == 0, done.stderr
    assert path.read_text() == before.replace(answers.TEXT, "Only this.")


# Going about


def test_back_asks_the_question_before_and_clears_with_a_dash(plain: Plain) -> None:
    done = plain(script(("First title", ":back", "Second title", "2", "yes", "@team", ":back", "-", ":save", "", "")))
    record = plain.record(done)
    assert (record.title, record.owner) == ("Second title", "")


def test_back_from_a_first_question_leads_to_the_section_before(plain: Plain) -> None:
    plain(script((":go times", ":back", "reviewed", ":quit")))
    assert json.loads(plain.drafts()[0].read_text())["record"]["status"] == "reviewed"


def test_sections_are_listed_and_one_is_gone_to_by_number(plain: Plain) -> None:
    done = plain(script(("A title", ":sections", "3", "The summary.", ".", ":quit")))
    assert "3: Summary, open" in done.stderr
    assert json.loads(plain.drafts()[0].read_text())["record"]["summary"] == "The summary."


def test_a_question_mark_explains_and_asks_again(plain: Plain) -> None:
    done = plain(script(("?", "A title", ":help", ":quit")))
    assert "Name the effect, not a person" in done.stderr
    assert ":back       the question before" in done.stderr
    assert json.loads(plain.drafts()[0].read_text())["record"]["title"] == "A title"


def test_a_colon_can_begin_an_answer(plain: Plain) -> None:
    plain(script(("::quit is no way out", ":quit")))
    assert json.loads(plain.drafts()[0].read_text())["record"]["title"] == ":quit is no way out"


def test_a_command_that_does_not_exist_is_not_taken_for_an_answer(plain: Plain) -> None:
    done = plain(":quti\n")
    assert done.returncode == 2
    assert "There is no command :quti." in done.stderr


def test_the_points_that_are_open_lead_to_their_question(plain: Plain) -> None:
    begun = plain(script((":go save", ":quit")))
    at = next(line.partition(":")[0] for line in begun.stderr.splitlines() if ": Summary, " in line)
    plain(script((":go save", at, "Now there is one.", ".", ":quit")))
    assert json.loads(plain.drafts()[0].read_text())["record"]["summary"] == "Now there is one."


def test_without_a_title_nothing_is_saved(plain: Plain) -> None:
    done = plain(script((SKIP, SKIP, SKIP, "@team", ":save")))
    assert done.returncode == 3
    assert "Not saved: Incident: " in done.stderr
    assert not (plain.history.root / "docs").exists()


# Rows


def test_rows_are_changed_moved_and_removed_by_number(plain: Plain) -> None:
    three = ("y", "one", *[SKIP] * 5, "y", "two", *[SKIP] * 5, "y", "three", *[SKIP] * 5)
    done = plain(script((":go impact",), three, ("remove 2", "move 2 to 1", "2", "ONE", *[SKIP] * 5, SKIP, ":quit")))
    rows = json.loads(plain.drafts()[0].read_text())["record"]["impact"]
    assert [row["measure"] for row in rows] == ["three", "ONE"], done.stderr


def test_a_row_that_lacks_what_it_needs_is_not_taken_and_not_lost(plain: Plain) -> None:
    done = plain(script((":go timeline", "y", SKIP, SKIP, "tool", "it broke", SKIP)))
    assert done.returncode == 2
    assert "Time is needed." in done.stderr
    kept = json.loads(plain.drafts()[0].read_text())["inputs"]["timeline[0]"]
    assert json.loads(kept)["what"] == "it broke"


def test_several_causes_are_asked_one_after_the_other(plain: Plain) -> None:
    second = ("The gate was skipped", "contributing", *[SKIP] * 9, SKIP)
    done = plain(script((":go root",), answers.CAUSE[:-1], ("y",), second, (":go prompt",), (":quit",)))
    causes = json.loads(plain.drafts()[0].read_text())["record"]["causes"]
    assert [cause["role"] for cause in causes] == ["root cause", "contributing"], done.stderr
    assert "Cause 1 of 2: A tone edit removed the refund clause." in done.stderr


# From git


def test_a_prompt_change_is_picked_from_a_numbered_list(plain: Plain) -> None:
    prompts = ("y", "diff 1", "1", SKIP, "2026-03-02 14:05", SKIP, "mark 1", "1", SKIP)
    done = plain(whole(prompts=prompts))
    assert "1: prompts/support.md, changed, 2026-03-02T13:58Z" in done.stderr
    assert "-Never promise a refund; link the policy instead." in done.stderr
    change = plain.record(done).causes[0].prompts[0]
    diff = plain.history.git("diff", "HEAD~1", "HEAD", "--", "prompts/support.md")
    assert change.diff == diff
    assert str(change.deployed) == "2026-03-02T14:05Z"
    assert plain.record(done).causes[0].offending[0].text == "You may offer a voucher."


def test_settings_are_offered_and_taken_by_number(plain: Plain) -> None:
    prompts = ("y", "1", SKIP, SKIP, SKIP, SKIP)
    record = plain.record(plain(whole(prompts=prompts, settings=("git", "all", SKIP))))
    rows = {row.setting: (row.before, row.after) for row in record.causes[0].settings}
    assert rows["gen_ai.request.temperature"] == ("0.2", "0.7")


def test_what_the_model_received_is_pasted_and_traced(plain: Plain) -> None:
    prompts = ("paste", "trace 7f3a", "no", "You may offer a voucher.\nA line from nowhere.", ".", "trace 1", "y", SKIP)
    record = plain.record(plain(whole(prompts=prompts)))
    origins = [row.origin for row in record.causes[0].effective[0].origins]
    assert "prompts/support.md" in origins[0]
    assert "never" in origins[1]


# Samples


def sample(*decisions: str) -> tuple[str, ...]:
    """A pasted sample with two findings, and what is decided about them."""
    text = f"user: write to {MAIL}, the key is {KEY}"
    return ("y", text, ".", "promises a refund", "gpt-4o", "2026-03-03 07:12", "4", "10", SKIP, *decisions, SKIP, SKIP)


def test_a_pasted_sample_is_saved_with_every_finding_decided(plain: Plain) -> None:
    done = plain(whole(samples=sample("r", "r")))
    saved = plain.record(done).samples[0]
    assert saved.text == "user: write to [EMAIL_1], the key is [SECRET_OPENAI_1]"
    assert (saved.failed, saved.trials, saved.redactions and saved.redactions.total) == (4, 10, 2)


def test_a_finding_is_kept_for_a_reason_named_anew_and_taken_with_its_kind(plain: Plain) -> None:
    done = plain(whole(samples=sample("k our public address", "l SECRET_OTHER", "all")))
    assert plain.record(done).samples[0].text == f"user: write to {MAIL}, the key is [SECRET_OTHER_1]"


def test_a_value_that_was_missed_is_redacted_wherever_it_stands(plain: Plain) -> None:
    text = "the Larkspur plan costs 9\nLarkspur is gone"
    samples = ("y", text, ".", *[SKIP] * 6, "Larkspur", "CUSTOMER_ID", SKIP, SKIP)
    assert plain.record(plain(whole(samples=samples))).samples[0].text == (
        "the [CUSTOMER_ID_1] plan costs 9\n[CUSTOMER_ID_1] is gone"
    )


def test_nothing_undecided_is_ever_saved(plain: Plain) -> None:
    done = plain(whole(samples=sample("r", "s")))
    assert done.returncode == 3
    assert "undecided" in done.stderr
    assert not (plain.history.root / "docs").exists()


def test_a_log_of_a_script_holds_no_raw_value(plain: Plain) -> None:
    done = plain(whole(samples=sample("text", "r", "s")))
    assert MAIL not in done.stderr + done.stdout
    assert KEY not in done.stderr + done.stdout


def test_a_secret_in_ones_own_words_is_decided_upon_before_saving(plain: Plain) -> None:
    summary = f"The key {KEY} was in the log."
    text = whole(save=("y", "r", SKIP, SKIP, SKIP)).replace(answers.TEXT, summary)
    assert plain.record(plain(text)).summary == "The key [SECRET_OPENAI_1] was in the log."


def test_a_sample_file_is_decided_upon_where_samples_are_asked_for(plain: Plain) -> None:
    file = plain.history.root.parent / "trace.txt"
    file.write_text(f"write to {MAIL}")
    samples = (*[SKIP] * 6, "r", SKIP, SKIP)
    done = plain(whole(samples=samples), "new", "--plain", "--sample", str(file))
    assert plain.record(done).samples[0].text == "write to [EMAIL_1]"


def test_input_that_is_not_utf_8_is_refused_by_its_line(plain: Plain) -> None:
    done = plain(b"A title\n\n\n\xff\xfe\n")
    assert done.returncode == 2
    assert "Line 4 of the input: Byte 0 of it is not UTF-8." in done.stderr
    assert len(plain.drafts()) == 1
