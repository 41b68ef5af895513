import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from afterword.redaction import Finding, Rules, Scan, name_model, scan, scan_apart

needs_model = pytest.mark.skipif(
    name_model() is None, reason="the extra afterword[ner] (spaCy and its model) is missing"
)
STORY = "When the agent promised Oluwaseyi Adekunbi a refund, he complained, and Ifeyinwa Okparaeze agreed with him. "


def guessed(text: str, found: Scan) -> list[str]:
    return [text[each.start : each.end] for each in found.findings if each.confidence == 0.4]


def model_children(parent: int) -> list[int]:
    listed = subprocess.run(["ps", "-A", "-ww", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True)
    rows = [line.split(None, 2) for line in listed.stdout.splitlines()]
    return [int(pid) for pid, owner, command in rows if int(owner) == parent and "child_start" in command]


def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def test_without_being_asked_nothing_is_guessed() -> None:
    found = scan(STORY)
    assert guessed(STORY, found) == []
    assert found.names_guessed is None


@pytest.mark.skipif(name_model() is not None, reason="the extra afterword[ner] is installed")
def test_without_the_extra_a_scan_says_that_nobody_guessed() -> None:
    found = scan(STORY, guess_names=True)
    assert found == scan(STORY)
    assert found.names_guessed is None


def test_asking_for_the_model_loads_neither_it_nor_its_library() -> None:
    code = "import sys; from afterword.redaction import name_model; name_model(); sys.exit('spacy' in sys.modules)"
    subprocess.run(
        [sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    )


@needs_model
def test_names_in_a_story_are_guessed_and_marked_as_guesses() -> None:
    found = scan(STORY, guess_names=True)
    assert found.names_guessed is True
    assert guessed(STORY, found) == ["Oluwaseyi Adekunbi", "Ifeyinwa Okparaeze"]
    [first, _] = found.findings
    assert first == Finding(first.start, first.end, "PERSON", 0.4, "a language model of names guessed it")


@needs_model
def test_every_other_finding_goes_before_a_guess() -> None:
    text = STORY + "My name is Ifeyinwa Okparaeze, mail ifeyinwa.okparaeze@lagos-post.ng."
    plain, found = scan(text), scan(text, guess_names=True)
    assert set(plain.findings) <= set(found.findings)
    edges = [edge for each in found.findings for edge in (each.start, each.end)]
    assert edges == sorted(edges)


@needs_model
def test_a_name_that_the_team_allows_is_not_guessed() -> None:
    found = scan(STORY, Rules(allow=("Oluwaseyi Adekunbi",)), guess_names=True)
    assert guessed(STORY, found) == ["Ifeyinwa Okparaeze"]


@needs_model
@pytest.mark.parametrize(
    "text",
    [
        "Our Grafana Loki dashboards showed nothing while Apache Kafka dropped messages.",
        "The Azure OpenAI endpoint in West Europe returned 429 and we failed over to Amazon Bedrock.",
        "from Retriever import Index\nclass Planner(Agent):\n    pass\n",
        "2026-03-03T09:14:02Z INFO worker=Fetcher status=Done",
        "Der Kunde hat die Erstattung der Lieferung nicht bekommen und die Rechnung ist falsch.",
    ],
)
def test_products_code_logs_and_german_nouns_are_left_alone(text: str) -> None:
    assert guessed(text, scan(text, guess_names=True)) == []


@needs_model
def test_hostile_texts_do_not_upset_the_model() -> None:
    for text in (
        "\x00" * 999 + STORY,
        "\ud83d\ude00 \ud800 " + STORY,
        "a " * 50_000 + STORY,
        "A" * 200_000 + " " + STORY,
    ):
        found = scan(text, guess_names=True)
        assert found.complete
        assert all(text[a.start : a.end] in STORY for a in found.findings if a.confidence == 0.4)
    assert scan("", guess_names=True).findings == ()


@needs_model
def test_a_text_scanned_apart_has_the_same_guesses() -> None:
    text = STORY * 50
    assert scan_apart(text, guess_names=True) == scan(text, guess_names=True)


@needs_model
def test_one_child_serves_all_texts_and_a_killed_one_is_replaced() -> None:
    scan(STORY, guess_names=True)
    [pid] = model_children(os.getpid())
    scan(STORY, guess_names=True)
    assert model_children(os.getpid()) == [pid]
    os.kill(pid, signal.SIGKILL)
    assert scan(STORY, guess_names=True).names_guessed is True
    assert model_children(os.getpid()) != [pid]


@needs_model
def test_a_model_without_the_time_is_missed_and_said_to_be() -> None:
    found = scan(STORY * 3000, seconds=3.0, guess_names=True)
    assert found.names_guessed is False


@needs_model
def test_the_model_does_not_outlive_its_parent() -> None:
    code = f"import time; from afterword.redaction import scan; scan({STORY!r}, guess_names=True); time.sleep(60)"
    parent = subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    until(lambda: bool(model_children(parent.pid)))
    [pid] = model_children(parent.pid)
    time.sleep(1.0)
    parent.kill()
    parent.wait()
    until(lambda: not subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True).stdout.strip(b"Z \n"))
