"""One value of every kind is pasted as a sample, decided upon, saved and committed; then each is looked for."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from afterword.record.document import parse
from afterword.tui.sections import section_index
from tests.histories import History
from tests.program import AFTERWORD
from tests.redaction.made_up import ALNUM, random_text
from tests.redaction.test_secrets import TOKENS
from tests.terminal import Terminal


def encoded(text: str) -> str:
    """Return base64 as in a web token, without padding."""
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def planted() -> dict[str, tuple[str, str]]:
    """Return for each kind the raw value, and the line of the sample in which it stands."""
    own = {provider: make() for provider, make in TOKENS.items()}
    found = {kind: (value, f"tool: used {value} for the call") for kind, value in own.items()}
    jwt = ".".join([encoded('{"alg":"HS256"}'), encoded('{"sub":"4711","iat":1516239022}'), random_text(43)])
    pem = "\n".join(random_text(64, ALNUM + "+/") for _ in range(8))
    dashes = "-" * 5
    others = {
        "private key": (
            pem.split("\n")[3],
            f"{dashes}BEGIN RSA PRIVATE KEY{dashes}\n{pem}\n{dashes}END RSA PRIVATE KEY{dashes}",
        ),
        "web token": (jwt, f"Authorization: Bearer {jwt}"),
        "password": (word := "Vy" + random_text(9) + "!", f"DB_PASSWORD={word}"),
        "said password": (word := "tulip" + "-47-" + "Harbour", f"user: my password is {word}, please log in for me"),
        "connection": (word := random_text(18), f"dsn: postgresql://agent:{word}@db7.prod.internal:5432/support"),
        "basic auth": (word := random_text(16), f"curl -u agent:{word} https://api.acme-shop.io/orders"),
        "bearer": (word := random_text(40), f"headers: {{'Authorization': 'Bearer {word}'}}"),
        "cookie": (word := random_text(32), f"Cookie: theme=dark; sessionid={word}"),
        "secret in a URL": (word := random_text(24), f"GET https://api.acme-shop.io/v1?access_token={word}&page=2"),
        "secret setting": (word := random_text(40), json.dumps({"client_secret": word, "retries": 3})),
        "bare token": (word := random_text(44), f"then it printed {word} and stopped"),
        "mail": (word := "mia.kruse@" + "posthalter.net", f"user: write to {word}"),
        "phone": (word := "+49 30 " + "90182076", f"user: call me on {word}"),
        "IBAN": (word := "DE89 3704 0044 " + "0532 0130 00", f"user: refund to {word}"),
        "card": (word := "4539 1488 " + "0343 6467", f"user: I paid with {word}"),
        "address": (word := "10.20." + "31.7", f"log: client {word} connected"),
        "date of birth": (word := "1987-" + "04-12", f"user: date of birth: {word}"),
        "customer": (word := "K-" + "88213-44", f"user: my customer number is {word}"),
        "name": (word := "Ottilie " + "Wagenbrenner", f"user: My name is {word} and I want my money back."),
    }
    return found | others


VALUES = planted()


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[History, Terminal]]:
    """The sample walked through the real program, decided kind by kind, saved and committed."""
    folder = tmp_path_factory.mktemp("leaks")
    history = History(folder / "agent")
    history.commit("Begin", {"prompts/system.md": "Be kind.\n"}, at="2026-03-01T10:00:00+00:00")
    sample = folder / "trace.txt"
    sample.write_text("\n".join(line for _, line in VALUES.values()) + "\n")
    command = [*AFTERWORD, "new", "Agent printed its keys", "--sample", str(sample)]
    with Terminal(command, cwd=history.root, size=(100, 30)) as terminal:
        terminal.wait("What shall we call it")
        terminal.press(*["ctrl+n"] * section_index("samples")).wait("What did the model say")
        terminal.press("enter").wait("undecided: r redacts")
        terminal.press(*["A"] * len(VALUES)).wait("All are decided")
        terminal.press("escape").wait("decided").press("ctrl+s").wait("Save the post-mortem")
        terminal.press("right").wait("[yes]").press("enter").wait("Saved and committed")
        assert terminal.exit_code() == 0
        yield history, terminal


def record_file(history: History) -> Path:
    """The record that was saved."""
    return next((history.root / "docs/postmortems").glob("*.md"))


@pytest.mark.parametrize("kind", VALUES)
def test_a_raw_value_is_in_no_file_no_object_and_not_in_the_terminal(
    saved: tuple[History, Terminal], kind: str
) -> None:
    history, terminal = saved
    value = VALUES[kind][0].encode()
    assert value not in b"".join(path.read_bytes() for path in history.root.rglob("*") if path.is_file())
    assert value not in history.raw("cat-file", "--batch-all-objects", "--batch", "--unordered")
    assert value not in "\n".join(terminal.main_screen()).encode()
    assert value not in "".join(terminal.main_screen()).encode()


def test_the_record_says_what_was_replaced_and_nothing_is_left_in_the_drafts(saved: tuple[History, Terminal]) -> None:
    history, _ = saved
    (sample,) = parse(record_file(history).read_text()).samples
    assert sample.redactions is not None and sample.redactions.total >= len(VALUES)
    assert "[SECRET_ANTHROPIC_1]" in sample.text and "[PERSON_1]" in sample.text
    assert not [path for path in (history.root / ".git/afterword").rglob("*") if path.is_file()]
