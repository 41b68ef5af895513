"""A team's redaction rules, from the table `redaction` of the configuration."""

from dataclasses import replace
from typing import Any

from afterword.errors import AfterwordError
from afterword.redaction.rules import OwnPattern, Rules
from afterword.repo.errors import InTable

_HINTS = {
    "allow": 'For example allow = ["support@acme.com", "*.docs.acme.io"].',
    "internal_hosts": 'For example internal_hosts = ["corp.acme.io"].',
    "patterns": 'For example patterns = [{ label = "TICKET", pattern = \'TCK-[0-9]{6}\', reason = "our tickets" }].',
}
_KEYS_OF_A_PATTERN = {"label", "pattern", "reason"}


def read_rules(table: Any) -> Rules:
    """Return the rules that the table states; InTable says which of its keys is wrong."""
    if not isinstance(table, dict):
        raise ValueError("must be a table")
    for key in table:
        if key not in _HINTS:
            raise InTable(key, "is not a known key", f"Known keys: {', '.join(_HINTS)}.")
    rules = Rules()
    for key in table:
        value: Any = _patterns(table[key]) if key == "patterns" else _texts(key, table[key])
        try:
            rules = replace(rules, **{key: value})
        except AfterwordError as error:
            raise InTable(key, f"cannot be used. {error.message.rstrip('.')}", error.hint) from error
    return rules


def _texts(key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
        raise InTable(key, "must be a list of texts", _HINTS[key])
    return tuple(value)


def _patterns(value: Any) -> tuple[OwnPattern, ...]:
    if not isinstance(value, list):
        raise InTable("patterns", "must be a list of tables", _HINTS["patterns"])
    return tuple(_pattern(number, each) for number, each in enumerate(value, 1))


def _pattern(number: int, value: Any) -> OwnPattern:
    texts = isinstance(value, dict) and all(isinstance(each, str) for each in value.values())
    if not texts or not {"label", "pattern"} <= set(value) <= _KEYS_OF_A_PATTERN:
        wrong = f"must have label and pattern, and may have reason; number {number} does not"
        raise InTable("patterns", wrong, _HINTS["patterns"])
    try:
        return OwnPattern(value["label"], value["pattern"], value.get("reason", ""))
    except AfterwordError as error:
        wrong = f"cannot be used: number {number}. {error.message.rstrip('.')}"
        raise InTable("patterns", wrong, error.hint) from error
