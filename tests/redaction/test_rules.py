import time

import pytest

from afterword.errors import AfterwordError
from afterword.redaction import OwnPattern, Rules, scan

from .made_up import random_text


def test_a_team_finds_what_only_it_knows() -> None:
    rules = Rules((OwnPattern("ticket", r"TCK-\d{4,}", "our ticket numbers"),), internal_hosts=("acme.dev",))
    text = "see TCK-88123 on build7.acme.dev, not acme.devil"
    findings = scan(text, rules).findings
    assert [(text[f.start : f.end], f.label) for f in findings] == [
        ("TCK-88123", "TICKET"),
        ("build7.acme.dev", "HOSTNAME"),
    ]
    assert findings[0].reason == "our ticket numbers"


def test_what_the_team_allows_is_no_finding() -> None:
    text = "support@acme.dev, jane@acme.dev, +49 30 901820"
    rules = Rules(allow=("Support@acme.dev", "+49 30 *"))
    assert [text[f.start : f.end] for f in scan(text, rules).findings] == ["jane@acme.dev"]


def test_a_wildcard_lets_no_secret_through() -> None:
    token = "gh" + "p_" + random_text(36)
    assert scan(token, Rules(allow=("gh*",))).findings
    assert not scan(token, Rules(allow=(token,))).findings


@pytest.mark.parametrize(
    "regex", [r"(a+)+b", r"(a|aa)+b", r"(?:x*y?)*z", r"(.*)*", r"((ab)*c*)*d", r"a*a*a*a*b", r"(\w+)\1"]
)
def test_patterns_that_could_hang_are_refused(regex: str) -> None:
    with pytest.raises(AfterwordError, match="cannot be used"):
        OwnPattern("X", regex)


@pytest.mark.parametrize("regex", ["", "(", "a{2", "x" * 500, "a*", "[z-a]"])
def test_patterns_that_make_no_sense_are_refused(regex: str) -> None:
    if regex == "a{2":
        assert OwnPattern("X", regex).regex == regex
        return
    with pytest.raises(AfterwordError, match="cannot be used"):
        OwnPattern("X", regex)


@pytest.mark.parametrize(
    "regex", [r"TCK-\d+", r"(?:EU|US)-\w{2,10}-\d+", r"[A-Z]{3}\d{6}(?:-[a-z])?", r"(?i)acme-\S+", r"x\)\(+y"]
)
def test_usual_patterns_are_taken(regex: str) -> None:
    assert OwnPattern("X", regex).stretch >= 32


def test_the_slowest_pattern_that_is_taken_stays_bounded() -> None:
    rules = Rules((OwnPattern("X", r"a*a*a*b"),))
    started = time.monotonic()
    result = scan("a" * 60_000, rules)
    assert time.monotonic() - started < 15
    assert result.complete or result.stopped_at == 0


@pytest.mark.parametrize("rules", [{"allow": ("*",)}, {"allow": ("a*b*c*d*e",)}, {"internal_hosts": ("not a host",)}])
def test_rules_that_are_too_broad_are_refused(rules: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(AfterwordError):
        Rules(**rules)  # type: ignore[arg-type]
