"""Read the value that follows a name or a cue, and judge whether it can be a secret."""

import re
from functools import cache, lru_cache

from afterword.redaction.data import listed
from afterword.redaction.detectors.captions import is_caption, speaks_of_passwords
from afterword.redaction.detectors.key_names import Trust
from afterword.redaction.harmless import changes, is_identifier, is_placeholder, looks_random

_LONGEST = 600
_QUOTED = {
    quote: re.compile(rf"(?:\\.|[^{re.escape(quote)}\\\r\n]){{1,{_LONGEST}}}(?={re.escape(quote)})") for quote in "\"'`"
}
_BARE = re.compile(r"[^\s\"'`<>]{1,600}")
_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_CLOSING = {")": "(", "]": "[", "}": "{"}
_NAMED_NEXT = re.compile(r"[;,&](?=\s*[\"']?[A-Za-z_][\w.\- ]{0,40}[\"']?\s*[=:])")
_PLAIN_WORD = re.compile(r"[a-zA-Z]+(?:[_.-][a-zA-Z]+)*")
_CODE = re.compile(
    r"[A-Za-z_][A-Za-z_0-9]*(?:\.[A-Za-z_][A-Za-z_0-9]*)+(?:[\[(].*)?|[A-Za-z_]\w*[\[(].*|[A-Z]"
    r"[A-Z0-9]*(?:_[A-Z0-9]+)+"
)


def trimmed_bare(value: str) -> str:
    """Cut off what punctuation of the sentence or the code follows an unquoted value."""
    while value:
        last = value[-1]
        if last in ".,;:\\" or (last in _CLOSING and value.count(last) > value.count(_CLOSING[last])):
            value = value[:-1]
        else:
            return value
    return value


def read_value(text: str, at: int, quote: str, in_query: bool = False) -> tuple[int, int]:
    """Return the offsets of the value that begins at `at`: to the closing quote, or up to what ends a bare value."""
    if quote:
        match = _QUOTED[quote].match(text, at, at + _LONGEST)
        return (match.start(), match.end()) if match else _bare(text, at, in_query)
    return _bare(text, at, in_query)


def before_next_name(value: str) -> str:
    """Cut off what follows when another name and value begin: `;Encrypt=True`."""
    cut = _NAMED_NEXT.search(value)
    return value[: cut.start()] if cut else value


def _bare(text: str, at: int, in_query: bool) -> tuple[int, int]:
    match = _BARE.match(text, at, at + _LONGEST)
    if not match:
        return at, at
    value = before_next_name(match[0])
    if in_query:
        value = re.split(r"[&#]", value, maxsplit=1)[0]
    elif ";" in value:
        value = value.split(";", 1)[0]
    return at, at + len(trimmed_bare(value))


_UNSPOKEN = re.compile(r"(?<![A-Za-z])(?!https?|xhtml)[bcdfghjklmnpqrstvwxz]{5,30}(?![A-Za-z])")
"""A part that nobody can say, as generators make them: `kuusi-tkftr`."""


_NO_PLAIN_WORD = re.compile(r"\d|[^\w\s.,;:'\"-]|[a-z][A-Z]")


def _varied(value: str) -> bool:
    """Whether a value has what a plain word has not: digits, inner symbols, capitals inside."""
    return bool(_NO_PLAIN_WORD.search(value) or (value.count("-") >= 2 and len(value) >= 12) or _UNSPOKEN.search(value))


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(listed("not_secrets.txt", "STOP"))


_CALLS = re.compile(r"[A-Za-z_]\w{0,40}(?:\.[A-Za-z_]\w{0,40}(?:\([^()]{0,60}\))?){1,8}")
"""A chain of calls: `z.string().min(8)`."""


def _names_type(value: str) -> bool:
    """Whether a value is a type, a state or a scheme: `string`, `String!`, `&str`, `wrong`."""
    return value.lower().strip("!?[]&*;,.()") in _stop_words()


_RULES = re.compile(
    r"\[(?:A-Z|a-z|0-9|a-f|A-F)|\(\?[:=!<P]|\\[dwsbS][+*{\\)]|\b(?:required|nullable|min|max|string)[|:]"
    r"|\|(?:required|min:|max:|string)|\)\[|\[\\"
)
"""What patterns and rules of validation hold: `[A-Z]`, `(?=`, `required|min:8`."""
_POINTER = re.compile(
    r"(?:vault|op|ssm|awssm|aws-sm|gcp-sm|gcpsm|gsm|akv|keyvault|kms|keychain|keyring|secretsmanager|bws|doppler|infisical"
    r"|file|cmd|ref\+[a-z]+|env|secret|secrets|k8s|arn|projects)[:/][\w./:@#?=&,+\- ]*"
    r"|ENC[\[(].*|\{cipher\}.*|\$ANSIBLE_VAULT.*|@Microsoft\.KeyVault.*|Ag[A-C][A-Za-z0-9+/]{180,}={0,2}|resolve:.*|\{\{.*"
    r"|!(?:Ref|Sub|GetAtt|vault|ImportValue|secret|env_var|Env)\b.*"
)
"""References to where a secret is kept, and encrypted values."""


_TAG = re.compile(r"![a-z_]{2,40}")
"""A tag of YAML, which says how to read what follows."""


_EXPRESSION = re.compile(r"->|::|\(\)|^[&*:][A-Za-z_.]+$|^%[sd]$|\|\|")
_VARIABLE = re.compile(r"[:@$#%]\{?[A-Za-z_][\w.]*\}?")


def _stands_for_another(value: str, quoted: bool) -> bool:
    """Whether a value is a rule, a reference or an expression, which holds no secret itself."""
    if _RULES.search(value) or _POINTER.fullmatch(value):
        return True
    if not quoted and _EXPRESSION.search(value) and not looks_random(value, 12):
        return True
    return bool(_VARIABLE.fullmatch(value)) and speaks_of_passwords(value)


_WORDS_AND_NUMBER = re.compile(r"(?:[A-Z][a-z]{2,}[._]?){2,6}\d{2,8}")
"""A password of words with a number at its end, which looks like a chain of names: `Tulip.Rocket.Harbor2041`."""


_SELDOM_IN_NAMES = 0.4


def _is_code(value: str, quoted: bool) -> bool:
    """Whether a value is an expression of a program: `settings.db.password`, `z.string().min(8)`."""
    if _WORDS_AND_NUMBER.fullmatch(value) or (any(map(str.isdigit, value)) and changes(value) >= _SELDOM_IN_NAMES):
        return False
    return bool(_CALLS.fullmatch(value) or (not quoted and _CODE.fullmatch(value) and not looks_random(value, 12)))


_NO_VALUE = re.compile(
    r"[-+]?\d{1,3}[.,]\d{1,6}%?|[^\W\d_]+\?|[{\[][A-Za-z_]*|(?:\\+u[0-9a-fA-F]{4})+|[a-z]{2,20}(?:/[a-z_-]{2,20}){1,6}"
)
"""A measure (`pass@1` stands above it), the last word of a question, the beginning of a mapping, an escape, a path."""


_ADDRESS_OR_PATH = re.compile(r"[a-z][a-z0-9+.-]{1,20}://|(?:\.{0,2}/|~/|[A-Z]:\\)[\w./-]+$")
_LETTERS = re.compile(r"[A-Za-z_]+")


@lru_cache(maxsize=8192)
def plausible(value: str, trust: Trust, *, quoted: bool, settled: bool) -> bool:
    """Whether a value can be the secret that its name announces; `settled` means a line of plain configuration."""
    if _NO_VALUE.fullmatch(value):
        return False
    if len(value) < 3 or is_placeholder(value.rstrip("!")) or _names_type(value) or _TAG.fullmatch(value):
        return False
    if _stands_for_another(value, quoted):
        return False
    if trust is Trust.HINT:
        return _plausible_hint(value)
    if _is_code(value, quoted):
        return False
    if _ADDRESS_OR_PATH.match(value):
        return looks_random(value, 20) and len(value) < 120
    if trust is Trust.PASSWORD:
        if is_caption(value) or (not quoted and _LETTERS.fullmatch(value) and speaks_of_passwords(value)):
            return False
        return _varied(value) or (
            (quoted or settled) and len(value) >= 4 and value.isprintable() and " is " not in value
        )
    return _plausible_secret(value, quoted)


def _plausible_secret(value: str, quoted: bool) -> bool:
    if not value.isascii() and not any(map(str.isdigit, value)):
        return False
    if len(value) < 6 or (value.isdigit() and len(value) < 10) or (" " in value and not looks_random(value, 20)):
        return False
    if _PLAIN_WORD.fullmatch(value) and not re.search(r"[a-z][A-Z].*[a-z][A-Z]|[A-Z]{2}.*[a-z].*[A-Z]", value):
        return len(value) >= 20 and len(set(value)) >= 12 and not re.search(r"[_.-]", value)
    return len(value) >= 8 or quoted or _varied(value)


def _plausible_hint(value: str) -> bool:
    compact = value.split(" ")[-1]
    if "/" in compact and re.search(r"\.[a-z][a-z0-9]{1,4}$", compact):
        return False
    if _UUID.search(compact):
        return looks_random(_UUID.sub("", compact), 14)
    if re.fullmatch(r"[0-9a-f]{32,}|[0-9A-F]{32,}", compact):
        return True
    return looks_random(compact, 14) and not is_identifier(compact)
