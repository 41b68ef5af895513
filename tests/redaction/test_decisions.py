import json

import pytest
from pydantic import BaseModel

from afterword.errors import AfterwordError, Exit
from afterword.redaction import (
    Finding,
    Placeholders,
    Redaction,
    Rules,
    Scan,
    UndecidedError,
    Verdict,
    apply,
    counts,
    scan,
)

from .made_up import random_text

MAIL, PHONE = "ada@lovelace.org", "+49 30 901820"
TEXT = f"write to {MAIL} or ring {PHONE}; again {MAIL}."


def decided(text: str = TEXT) -> Redaction:
    state = Redaction.of(text)
    while state.undecided:
        state = state.accept(state.findings.index(state.undecided[0]))
    return state


def test_every_finding_begins_undecided_and_blocks_the_text() -> None:
    state = Redaction.of(TEXT)
    assert [f.label for f in state.undecided] == ["EMAIL", "PHONE", "EMAIL"]
    with pytest.raises(UndecidedError) as problem:
        apply(state.accept(0), Placeholders())
    assert problem.value.code is Exit.REFUSED
    assert problem.value.message == "2 findings are undecided, the first in line 1 (PHONE)."


def test_accepting_replaces_and_keeping_leaves() -> None:
    state = Redaction.of(TEXT).accept(0).keep(1, "our own hotline").accept(2)
    assert state.is_settled
    assert apply(state, Placeholders()) == f"write to [EMAIL_1] or ring {PHONE}; again [EMAIL_1]."
    assert counts(state) == {"EMAIL": 2}
    decision = state.decision(1)
    assert decision is not None
    assert (decision.verdict, decision.why) == (Verdict.KEEP, "our own hotline")


def test_keeping_needs_a_reason() -> None:
    with pytest.raises(AfterwordError, match="only for a reason"):
        Redaction.of(TEXT).keep(0, "  ")


def test_states_do_not_change_so_that_undo_is_the_state_before() -> None:
    before = Redaction.of(TEXT)
    after = before.accept_all("EMAIL")
    assert len(before.undecided) == 3
    assert len(after.undecided) == 1
    assert after.undecide(0).undecided == after.findings[:2]


def test_everywhere_decides_all_places_with_the_same_value() -> None:
    text = f"{MAIL}, {MAIL.upper()} and {MAIL}"
    state = Redaction.of(text).everywhere(1)
    assert state.is_settled
    assert apply(state, Placeholders()) == "[EMAIL_1], [EMAIL_1] and [EMAIL_1]"
    kept = Redaction.of(text).keep(0, "public").everywhere(0)
    assert apply(kept, Placeholders()) == text


def test_a_copy_of_a_redacted_value_that_was_not_found_becomes_a_finding() -> None:
    state = Redaction.of("my password is Falcon18!x\nchat: Falcon18!x works")
    first = state.index_at(15)
    assert first is not None
    while state.undecided:
        state = state.accept(state.findings.index(state.undecided[0]))
    assert "Falcon18" not in apply(state, Placeholders())


def test_a_word_marked_by_hand_shows_its_other_places_undecided() -> None:
    text = "the project Bluebird is secret; Bluebird ships in May"
    start = text.index("Bluebird")
    state = Redaction.of(text).mark(start, start + 8, "codename")
    assert [text[f.start : f.end] for f in state.undecided] == ["Bluebird"]
    with pytest.raises(UndecidedError):
        apply(state, Placeholders())
    assert apply(state.everywhere(0), Placeholders()) == "the project [CODENAME] is secret; [CODENAME] ships in May"


def test_a_value_in_escapes_is_a_copy_too() -> None:
    text = 'the word is Größe77 and {"w": "Gr\\u00f6\\u00dfe77"}'
    start = text.index("Größe77")
    state = Redaction.of(text).mark(start, start + 7, "SECRET")
    assert [text[f.start : f.end] for f in state.undecided] == ["Gr\\u00f6\\u00dfe77"]


def test_the_parts_of_a_marked_name_are_shown_as_well() -> None:
    text = "It was Zebedee Quillfeather. Quillfeather wrote: zebedee is fine."
    state = Redaction.of(text)
    state = state.mark(7, 27, "PERSON") if not state.findings else state.accept(0)
    assert "Quillfeather" in [text[f.start : f.end] for f in state.findings[1:]]


def test_a_harmful_passage_is_replaced_by_its_category() -> None:
    text = f"he wrote: I will find you, {MAIL}, tonight. Then he left."
    start, end = text.index("I will"), text.index(" Then")
    state = Redaction.of(text).mark(start, end, "threat")
    assert state.is_settled
    assert apply(state, Placeholders()) == "he wrote: [THREAT] Then he left."
    assert counts(state) == {"THREAT": 1}


def test_a_missed_value_gets_a_numbered_placeholder() -> None:
    text = "the caller was Zork of Zorkville"
    state = Redaction.of(text).mark(15, 19, "PERSON")
    assert apply(state, Placeholders()) == "the caller was [PERSON_1] of Zorkville"


def test_a_mark_takes_in_what_it_cuts_except_what_was_kept() -> None:
    at = TEXT.index(PHONE)
    cut = Redaction.of(TEXT).mark(at - 5, at + 4, "GRAPHIC")
    assert cut.findings[1] == Finding(at - 5, at + len(PHONE), "GRAPHIC", 1.0, "marked by hand", passage=True, named=1)
    kept = Redaction.of(TEXT).keep(1, "public").mark(at - 5, at + 4, "GRAPHIC")
    assert (kept.findings[1].start, kept.findings[1].end) == (at - 5, at + 4)
    assert [f.label for f in kept.undecided] == ["EMAIL", "PHONE", "EMAIL"]


def test_unmark_brings_back_what_lay_under_the_mark() -> None:
    marked = Redaction.of(TEXT).mark(0, 30, "SLUR")
    back = marked.unmark(0)
    assert back.findings == Redaction.of(TEXT).findings
    with pytest.raises(AfterwordError, match="not marked by hand"):
        back.unmark(0)


def test_relabel_changes_finding_decision_and_placeholder() -> None:
    state = Redaction.of(TEXT).accept(1).relabel(1, "customer id")
    assert state.findings[1].label == "CUSTOMER_ID"
    assert apply(state.keep(0, "x").keep(2, "x"), Placeholders()).count("[CUSTOMER_ID_1]") == 1


def placed(*texts: Redaction) -> list[str]:
    """Settle the texts of one record, each knowing what was redacted in the others, and return them applied."""
    states, placeholders = list(texts), Placeholders()
    for index in range(len(states)):
        state = with_others(states, index).with_known(())
        while (state := with_others([*states[:index], state, *states[index + 1 :]], index)).undecided:
            state = state.accept(state.findings.index(state.undecided[0])).with_known(())
        states[index] = state.with_known(())
    return [apply(with_others(states, index), placeholders) for index in range(len(states))]


def with_others(states: list[Redaction], index: int) -> Redaction:
    others = [value for at, state in enumerate(states) if at != index for value in state.known_values()]
    return states[index].with_known(others)


def test_a_new_label_goes_with_the_value_into_the_other_texts() -> None:
    first = Redaction.of(f"I am {MAIL}").accept(0).relabel(0, "customer name")
    second = Redaction.of(f"so {MAIL.upper()} wrote; {MAIL}")
    assert {f.label for f in second.with_known(first.known_values()).findings} == {"CUSTOMER_NAME"}
    assert {f.label for f in second.findings} == {"EMAIL"}
    assert placed(first, Redaction.of(f"from {MAIL}")) == ["I am [CUSTOMER_NAME_1]", "from [CUSTOMER_NAME_1]"]


def test_a_new_label_reaches_texts_that_were_decided_before() -> None:
    first, second = Redaction.of(f"I am {MAIL}").accept(0), Redaction.of(f"from {MAIL}").accept(0)
    assert placed(first.relabel(0, "HANDLE"), second) == ["I am [HANDLE_1]", "from [HANDLE_1]"]
    assert placed(first, second.relabel(0, "HANDLE")) == ["I am [HANDLE_1]", "from [HANDLE_1]"]


def test_of_two_new_labels_for_one_value_the_later_holds_in_both_texts() -> None:
    first = Redaction.of(f"I am {MAIL}").accept(0).relabel(0, "HANDLE")
    second = Redaction.of(f"from {MAIL}").accept(0).with_known(first.known_values())
    second = second.relabel(0, "LOGIN").with_known(())
    assert placed(first, second) == ["I am [LOGIN_1]", "from [LOGIN_1]"]


def test_a_new_label_holds_wherever_the_value_stands_in_the_text() -> None:
    state = decided().relabel(0, "HANDLE")
    assert apply(state, Placeholders()) == "write to [HANDLE_1] or ring [PHONE_1]; again [HANDLE_1]."
    assert {each.label for each in state.decided} == {"HANDLE", "PHONE"}


def test_a_label_marked_by_hand_holds_for_what_the_engine_finds_elsewhere() -> None:
    marked = Redaction("I am " + MAIL).mark(5, 5 + len(MAIL), "CUSTOMER_ID")
    assert placed(marked, Redaction.of(f"from {MAIL}")) == ["I am [CUSTOMER_ID_1]", "from [CUSTOMER_ID_1]"]


def test_a_new_label_outlives_a_second_scan() -> None:
    state = decided().relabel(0, "HANDLE")
    assert state.rescan(scan(TEXT)).findings == state.findings
    text = f"New first line.\n{TEXT}"
    again = state.rescan(scan(text), text)
    assert again.is_settled
    assert [f.label for f in again.findings] == ["HANDLE", "PHONE", "HANDLE"]


@pytest.mark.parametrize("label", ["", "1ST", "EMAIL_1", "x" * 50, "BAD]LABEL"])
def test_labels_that_would_confuse_placeholders_are_refused(label: str) -> None:
    with pytest.raises(AfterwordError, match="is not a label"):
        Redaction.of(TEXT).relabel(0, label)


def test_all_of_a_kind() -> None:
    state = Redaction.of(TEXT).accept_all("EMAIL").keep_all("PHONE", "our hotline")
    assert state.is_settled
    assert (len(state.redacted), len(state.kept)) == (2, 1)


def test_a_value_redacted_in_one_sample_is_a_finding_in_the_next() -> None:
    text = "the project Bluebird"
    first = Redaction.of(text).mark(12, 20, "CODENAME")
    second = Redaction.of("Bluebird is late").with_known(first.known_values())
    assert [f.label for f in second.undecided] == ["CODENAME"]
    assert second.with_known(()).findings == ()


def test_an_incomplete_scan_blocks_the_text() -> None:
    state = Redaction.from_scan("one\ntwo\nthree", Scan((), complete=False, stopped_at=5))
    assert not state.is_settled
    with pytest.raises(UndecidedError, match="only up to line 2"):
        apply(state, Placeholders())


def test_a_second_scan_keeps_the_decisions() -> None:
    state = Redaction.of(TEXT).accept(0).keep(1, "public").mark(0, 5, "SLUR")
    again = state.rescan(scan(TEXT, Rules(internal_hosts=("acme.dev",))))
    assert again == state


def test_decisions_follow_their_values_into_a_changed_text() -> None:
    state = Redaction.of(TEXT).accept_all("EMAIL").keep(1, "public")
    text = f"New first line.\n{TEXT} And bob@lovelace.org"
    again = state.rescan(scan(text), text)
    assert [text[f.start : f.end] for f in again.undecided] == ["bob@lovelace.org"]
    marked = Redaction.of("a dull word").mark(2, 6, "SLUR")
    moved = marked.rescan(scan("such a dull word"), "such a dull word")
    assert apply(moved, Placeholders()) == "such a [SLUR] word"


def test_the_state_survives_json() -> None:
    class Holder(BaseModel):
        redaction: Redaction

    state = Redaction.of(TEXT + random_text(5)).accept(0).keep(1, "public").mark(0, 5, "SLUR")
    state = state.with_known(Redaction.of("x").mark(0, 1, "CODENAME").known_values())
    assert Redaction.load(json.loads(json.dumps(state.dump()))) == state
    holder = Holder(redaction=state)
    assert Holder.model_validate_json(holder.model_dump_json()) == holder
    with pytest.raises(AfterwordError, match="cannot be read"):
        Redaction.load({"text": 5})


def test_lone_surrogates_do_not_reach_the_draft() -> None:
    state = Redaction.of("a\ud800b")
    assert state.text == "a?b"
    json.dumps(state.dump()).encode()
