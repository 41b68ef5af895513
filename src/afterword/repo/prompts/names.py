"""Which names say that a text is a prompt, and which texts a name that says it only perhaps must not have."""

import re
from enum import IntEnum

from afterword.repo.spelling import words_of


class Says(IntEnum):
    """What a name says of its text: that it is a prompt, that it may be one, or nothing."""

    NOTHING = 0
    PERHAPS = 1
    PROMPT = 2


ROLES = frozenset({"system", "developer", "user", "assistant", "human", "ai"})
"""Who speaks in a message that is sent to a model."""

_SPEAKER = "system|developer|user|assistant|human|ai"
_SPOKEN = "messages?|msg|role|content|text|context"
_PLAIN = (
    *("prompt", "instruction", "persona", "guideline", "preamble", "backstory", "sysmsg", "sys_msg"),
    *('"role"', "'role'", '"content"', "'content'", "role="),
)
_INVOLVED = (
    rf"(?:{_SPEAKER})\w{{0,60}}(?:{_SPOKEN})|message\w{{0,60}}(?:{_SPEAKER})"
    r"|(?:system|sys|templat|polic|guardrail|few_?shot)\w{0,60}[\"']?\s{0,3}\]?\s{0,3}[=:({,)]"
)
_PLAIN_BYTES = tuple(map(str.encode, _PLAIN))
_INVOLVED_BYTES = re.compile(_INVOLVED.encode())
_HINT = re.compile("|".join((*_PLAIN, _INVOLVED)), re.ASCII)

_PROMPT = frozenset({"instruction", "instructions", "persona", "personas", "backstory"})
_GUIDELINE = frozenset({"guideline", "guidelines"})
_DESCRIBING = frozenset({"description", "help", "help_text", "title", "summary", "url", "doc", "schema", "css"})
"""Keys whose text is about the prompt beside it."""
_REPORTING = frozenset({"error", "exception", "warning", "deprecation", "log", "logging", "docs", "doc", "help", "css"})
_PERHAPS = frozenset(
    {"system", "sys", "preamble", "template", "templates", "policy", "policies", "guardrail", "guardrails"}
)
_OF_A_SYSTEM = frozenset({"message", "msg", "messages", "role", "content", "text", "context"})
_PLURAL = frozenset({"prompts", "templates", "personas", "messages", "policies"})


def may_say(data: bytes) -> bool:
    """Whether any name in a file can say that its text is a prompt."""
    small = data.lower()
    # Looking for plain words is a hundred times quicker than for a pattern.
    return any(word in small for word in _PLAIN_BYTES) or _INVOLVED_BYTES.search(small) is not None


def hinted_lines(source: str) -> list[int]:
    """Return the numbers of the lines with a name that can say so, in order."""
    lines: list[int] = []
    at, number = 0, 1
    # Ignoring case would make the search five times as slow.
    source = source.lower().replace("\r\n", "\n").replace("\r", "\n")
    for match in _HINT.finditer(source):
        number += source.count("\n", at, match.start())
        at = match.start()
        if not lines or lines[-1] != number:
            lines.append(number)
    return lines


def says(name: str) -> Says:
    """Return what an identifier, a dotted name or the key of a dictionary says."""
    words = _words(name)
    kinds = set(words)
    if kinds & (_PROMPT | _GUIDELINE) or any(word.endswith(("prompt", "prompts")) for word in words):
        return Says.PROMPT
    if "sysmsg" in kinds or (kinds & {"system", "sys"} and kinds & _OF_A_SYSTEM):
        return Says.PROMPT
    if kinds & {"message", "messages"} and kinds & ROLES:
        return Says.PROMPT
    if kinds & _REPORTING:
        return Says.NOTHING
    if kinds & (_PERHAPS - {"system", "sys"}) or {"few", "shot"} <= kinds or "fewshot" in kinds:
        return Says.PERHAPS
    return Says.PERHAPS if words in (["system"], ["sys"]) else Says.NOTHING


def ends_in_prompt(name: str) -> bool:
    """Whether a name means the prompt itself: `build_prompt`, not `prompt_for_password`."""
    words = _words(name)
    return bool(words) and says(words[-1]) is Says.PROMPT


def describes(key: str) -> bool:
    """Whether the key of an entry means a text about a prompt."""
    return words_of(key) in _DESCRIBING


def means_several(name: str) -> bool:
    """Whether a list of this name holds texts of their own: `prompts`; the lines of `instructions` are one text."""
    words = _words(name)
    return bool(words) and words[-1] in _PLURAL


def _words(name: str) -> list[str]:
    return words_of(name).split("_")


_MACHINERY = re.compile(
    r"\s*(?:<!doctype|<\?xml|<html|#!/|subject:|from:\s\S+@|(?:dear|hi|hello)\s*[,{%$]"
    r"|(?:select|insert\s+into|update|delete\s+from|create\s+(?:or\s+replace\s+)?(?:table|view|index)|alter\s+table"
    r"|with\s+\w+\s+as)\s|\{%-?\s*(?:extends|block|load)\b|version:\s|apiversion:|FROM\s+\S+:\S+\n"
    r"|[\[{]\s*[\"'\]}])",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"</?(?:a|b|body|br|button|div|form|h[1-6]|head|html|img|input|li|p|script|span|style|table|td|tr|ul)\b"
)
_WORD = re.compile(r"(?<![\w.\-/{%$])[^\W\d_]{2,}(?![\w\-/(=}])")


def is_prose(text: str) -> bool:
    """Whether a text reads like something told to a model; a page, a query, a mail or a format does not."""
    start = text[:20_000]
    if _MACHINERY.match(start) or len(_TAG.findall(start)) > 3:
        return False
    words = _WORD.findall(start)
    letters = sum(map(len, words))
    foreign = sum(not char.isascii() and char.isalpha() for char in start)
    return (len(words) >= 8 or foreign >= 30) and letters >= 0.55 * len("".join(start.split()))
