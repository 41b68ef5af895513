import pytest

from afterword.redaction.guessing.likely import Judge, Use, is_addressed
from afterword.redaction.guessing.prose import Language, is_prose, language, passages

SENTENCE = "then the agent promised Ximena Olvera a refund"


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        f"User: {SENTENCE}.",
        f"2026-03-03 09:14:02 INFO {SENTENCE}",
        f"> - {SENTENCE}",
        f"| 09:14 | {SENTENCE} | done |",
        f'{{"role": "user", "content": "{SENTENCE}"}}',
        f"  content: '{SENTENCE}'",
        '{"body": "{\\"messages\\": [{\\"text\\": \\"' + SENTENCE + '\\"}]}"}',
        '{"text": "\\u00c9 \\ud83d\\ude00 \\n' + SENTENCE + '"}',
    ],
)
def test_prose_is_found_in_chats_logs_tables_and_json_and_leads_back_to_the_text(text: str) -> None:
    spans = []
    for passage in passages(text):
        at = passage.text.find("Ximena Olvera")
        if at >= 0:
            spans.append(passage.raw(at, at + len("Ximena Olvera")))
    assert [text[start:end] for start, end in spans] == ["Ximena Olvera"]


def test_a_letter_that_stands_for_an_escape_leads_back_to_the_escape() -> None:
    text = '{"text": "he asked \\u00c9milie Ma\\u00ebl about a refund"}'
    [passage] = passages(text)
    at = passage.text.find("Émilie Maël")
    start, end = passage.raw(at, at + len("Émilie Maël"))
    assert text[start:end] == "\\u00c9milie Ma\\u00ebl"


@pytest.mark.parametrize(
    "text",
    [
        "import Retriever from the module",
        "def promise_refund(Agent, order): return Agent.refund(order)",
        "const agent = new Agent(Config.load());",
        "step=247160 loss=0.739776 lr=6.839e-04 tok/s=37071",
        "SELECT name FROM users WHERE id = 7",
        "Ximena Olvera",
    ],
)
def test_code_data_and_bare_words_are_no_prose(text: str) -> None:
    assert not is_prose(text)


def test_languages_are_told_apart_as_far_as_names_need_it() -> None:
    assert language("The customer asked for the invoice") is Language.ENGLISH
    assert language("Der Kunde hat die Rechnung nicht erhalten") is Language.CAPITALISED
    assert language("La cliente no recibió el pedido que pidió") is Language.OTHER
    assert language("Kubernetes Redis") is Language.UNKNOWN


def names(text: str, *guesses: tuple[str, str], common: frozenset[str] = frozenset()) -> list[str]:
    """Return which of a model's guesses, (words, kind), are taken for names."""
    spans = [(text.find(words), text.find(words) + len(words), kind) for words, kind in guesses]
    use = Use(frozenset(word for word in text.split() if word.islower()))
    use.count(text, spans)
    return [text[start:end] for start, end in Judge(use, common).names(text, spans)]


def test_an_unusual_name_of_two_words_is_believed() -> None:
    assert names("The refund for Ximena Olvera was late", ("Ximena Olvera", "PERSON")) == ["Ximena Olvera"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The fix went to Grafana Loki on Friday", "Grafana Loki"),
        ("The fix went to PyTorch on Friday", "PyTorch"),
        ("The fix went to ACME on Friday", "ACME"),
        ("The fix went to Zorbix-7 on Friday", "Zorbix"),
        ("The fix went to ops@Zorbix on Friday", "Zorbix"),
        ("The fix went to Zorbix.io on Friday", "Zorbix"),
        ("Zorbix was down when we called", "Zorbix"),
        ("The zorbix is what we call the Zorbix here", "Zorbix"),
        ("Der Kunde hat die Zustellung Erstattung nicht bekommen", "Zustellung Erstattung"),
    ],
)
def test_products_identifiers_and_everyday_words_are_not(text: str, words: str) -> None:
    assert names(text, (words, "PERSON")) == []


def test_a_dictionary_word_needs_a_sign_that_a_person_is_meant() -> None:
    common = frozenset(["coder", "river"])
    assert names("We tried Qwena Coder on the old set", ("Qwena Coder", "PERSON"), common=common) == []
    assert names("We told Qwena River on Monday", ("Qwena River", "PERSON"), common=common) == ["Qwena River"]


def test_a_name_taken_for_a_company_counts_where_a_person_is_addressed() -> None:
    assert names("The refund went to Priyal Ramanan today", ("Priyal Ramanan", "ORG")) == []
    assert names("Later Priyal Ramanan complained about it", ("Priyal Ramanan", "ORG")) == ["Priyal Ramanan"]
    two = "The refunds of Ximena Olvera and Priyal Ramanan were late"
    assert names(two, ("Ximena Olvera", "PERSON"), ("Priyal Ramanan", "ORG")) == ["Ximena Olvera", "Priyal Ramanan"]


@pytest.mark.parametrize("text", ["we told *", "* never agreed", "*'s invoice", "our lawyer *", "we spoke with *"])
def test_what_shows_that_a_person_is_meant(text: str) -> None:
    at = text.find("*")
    assert is_addressed(text, at, at + 1)


def test_a_guessed_name_covers_its_other_mentions() -> None:
    text = "Olvera wrote again, and Ximena Olvera was angry; ximena-olvera-7 and Olvera@site stay."
    judge = Judge(Use(frozenset()), frozenset())
    assert [text[a:b] for a, b in judge.mentions(text, ["Ximena Olvera"])] == ["Olvera", "Ximena Olvera"]
