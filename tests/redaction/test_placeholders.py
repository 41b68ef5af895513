import json

import pytest

from afterword.errors import AfterwordError
from afterword.redaction import Placeholders, Redaction, apply


def settled(text: str) -> Redaction:
    state = Redaction.of(text)
    while state.undecided:
        state = state.accept(state.findings.index(state.undecided[0]))
    return state


@pytest.mark.parametrize(
    ("label", "one", "other"),
    [
        ("EMAIL", "Ada@Lovelace.org", "ada@lovelace.ORG"),
        ("PHONE", "+49 30 901820", "+4930-901820"),
        ("CREDIT_CARD", "5496 2679 1447 2423", "5496267914472423"),
        ("IBAN", "DE89 3704 0044 0532 0130 00", "de89370400440532013000"),
        ("MAC", "00:1B:44:11:3A:B7", "00-1b-44-11-3a-b7"),
        ("PERSON", "Natasza Świerad", "Natasza \\u015awierad"),
        ("PERSON", "Swierad, Natasza", "Natasza Swierad"),
        ("PERSON", "Dr. Natasza Swierad", "natasza swierad"),
    ],
)
def test_spellings_of_one_value_share_a_placeholder(label: str, one: str, other: str) -> None:
    placeholders = Placeholders()
    assert placeholders.placeholder(label, one) == placeholders.placeholder(label, other) == f"[{label}_1]"


def test_secrets_differ_in_case() -> None:
    placeholders = Placeholders()
    assert placeholders.placeholder("SECRET", "aB1") != placeholders.placeholder("SECRET", "Ab1")


def test_numbers_follow_first_appearance_per_label() -> None:
    text = "b@x.org, a@x.org, b@x.org, +49 30 901820"
    assert apply(settled(text), Placeholders()) == "[EMAIL_1], [EMAIL_2], [EMAIL_1], [PHONE_1]"


def test_the_same_value_has_the_same_placeholder_in_all_samples() -> None:
    placeholders = Placeholders()
    apply(settled("mail a@x.org"), placeholders)
    assert apply(settled("mail b@x.org and A@x.org"), placeholders) == "mail [EMAIL_2] and [EMAIL_1]"


def test_full_given_and_family_name_are_one_person() -> None:
    placeholders = Placeholders()
    full = placeholders.placeholder("PERSON", "Ottoline van Brackwater")
    assert placeholders.placeholder("PERSON", "Ottoline") == full
    assert placeholders.placeholder("PERSON", "Brackwater") == full
    assert placeholders.placeholder("PERSON", "Mr Brackwater") == full
    assert placeholders.placeholder("PERSON", "Ottilie") != full


def test_a_given_name_that_fits_two_people_stands_alone() -> None:
    placeholders = Placeholders()
    lopez, gomez = placeholders.placeholder("PERSON", "Maria Lopez"), placeholders.placeholder("PERSON", "Maria Gomez")
    assert len({lopez, gomez, placeholders.placeholder("PERSON", "Maria")}) == 3


def test_the_given_name_may_come_first() -> None:
    text = "Hi Ottoline, thanks. I'm Ottoline Brackwater."
    assert apply(settled(text), Placeholders()) == "Hi [PERSON_1], thanks. I'm [PERSON_1]."


def test_new_numbers_start_above_those_of_the_record() -> None:
    placeholders = Placeholders.after(["see [EMAIL_3]", "and [EMAIL_12], [PHONE_1]"])
    assert placeholders.placeholder("EMAIL", "a@x.org") == "[EMAIL_13]"
    assert placeholders.placeholder("IP", "10.0.0.1") == "[IP_1]"


def test_what_looks_like_a_placeholder_in_the_raw_text_is_not_handed_out() -> None:
    assert apply(settled("[EMAIL_1] is a@x.org"), Placeholders()) == "[EMAIL_1] is [EMAIL_2]"


def test_a_placeholder_in_use_is_not_mistaken_for_one_in_a_later_text() -> None:
    placeholders = Placeholders()
    apply(settled("a@x.org"), placeholders)
    text = apply(settled("they typed [EMAIL_1] to b@x.org"), placeholders)
    assert text == "they typed [EMAIL_1 in the original] to [EMAIL_2]"


def test_the_stored_state_has_no_raw_value_and_continues() -> None:
    placeholders = Placeholders()
    apply(settled("I'm Ottoline Brackwater, a@x.org"), placeholders)
    stored = json.dumps(placeholders.dump())
    for raw in ("a@x.org", "Ottoline", "ottoline", "Brackwater", "brackwater"):
        assert raw not in stored
    again = Placeholders.load(json.loads(stored))
    assert again.placeholder("EMAIL", "a@x.org") == "[EMAIL_1]"
    assert again.placeholder("PERSON", "Brackwater") == "[PERSON_1]"
    assert again.placeholder("EMAIL", "b@x.org") == "[EMAIL_2]"


def test_two_drafts_hash_alike_values_differently() -> None:
    states = [Placeholders(), Placeholders()]
    for state in states:
        state.placeholder("EMAIL", "a@x.org")
    assert set(states[0].assigned).isdisjoint(states[1].assigned)


def test_a_preview_on_a_copy_uses_up_no_numbers() -> None:
    placeholders = Placeholders()
    apply(settled("a@x.org"), placeholders.copy())
    assert apply(settled("b@x.org"), placeholders) == "[EMAIL_1]"


def test_an_empty_state_starts_anew_and_a_broken_one_is_refused() -> None:
    assert Placeholders.load({}).placeholder("IP", "10.0.0.1") == "[IP_1]"
    with pytest.raises(AfterwordError, match="cannot be read"):
        Placeholders.load({"numbers": "x"})
