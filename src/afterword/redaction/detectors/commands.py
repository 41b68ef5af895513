"""Keys that stand as an argument of a command, and what is typed at the prompts of commands."""

import re
from collections.abc import Iterator

from afterword.redaction.candidate import KEYED, SAID, Candidate, Source
from afterword.redaction.data import listed
from afterword.redaction.detectors.key_names import Trust, kind_of
from afterword.redaction.detectors.secret_places import generated
from afterword.redaction.detectors.secret_values import plausible, trimmed_bare
from afterword.redaction.detectors.written import key_like
from afterword.redaction.harmless import is_placeholder

_VALUE = r"[\"'`]?(?P<value>[A-Za-z0-9+/_=.~:-]{16,600})[\"'`]?(?=\s|$|[|;&)<])"
_LOGIN = re.compile(
    r"(?:login|signin|auth|authenticate|authtoken|authtokens|setapikey|activate|token|apikey|licen[cs]e|join|link"
    r"|enroll|init)[ ]{1,2}(?:--?[a-z][\w-]{1,20}[ ]){0,2}(?:(?!-)[\w.:/@-]{1,60}[ ]){0,2}" + _VALUE
)
_COMMAND_BEFORE = re.compile(
    r"(?:^|\n|&&|[;|(`])[ \t]{0,8}(?P<prompt>[\w@:~/.\[\]() -]{0,60}[$#>%❯»][ ]|(?:RUN|run:|script:|-)[ ])?[ ]{0,3}"
    r"(?:sudo[ ]|npx[ ]|uvx?[ ](?:run[ ])?|python3?[ ]-m[ ])?(?P<tool>[a-z][a-z0-9_.-]{1,30})"
    r"(?:[ ][a-z][\w:.-]{0,30}|[ ]--?[\w-]{1,30}(?:[= ][\w./:-]{1,40})?){0,3}(?:[ :-]|[ ][a-z]{1,12}[-:])$"
)
_SET = re.compile(
    r"(?:set|add|config|configure|put|create|edit)[ ]{1,2}(?:--?[\w-]{1,20}[ ]){0,2}[\"']?"
    r"(?P<key>[\w./:@-]{3,120}?)[\"']?(?:[ ]|=)[ ]?" + _VALUE
)
_ALIAS = re.compile(
    r"(?:alias[ ]set|config[ ]host[ ]add)[ ][\w-]{1,40}[ ]https?://[^\s]{3,120}[ ][\w-]{3,128}[ ]" + _VALUE
)
_PARTS = re.compile(r"[./:@]")


def find_arguments(source: Source) -> Iterator[Candidate]:
    """Yield keys given to `tool login KEY`, `tool config set NAME KEY` and their like."""
    text = source.text
    for at in source.at(*listed("anchors.txt", "ARGUMENT")):
        before = _COMMAND_BEFORE.search(text, max(0, at - 130), at)
        match = _LOGIN.match(text, at) if before else None
        if match and key_like(match["value"]) and not match["value"].startswith(("http", "/", "./")):
            yield Candidate(*match.span("value"), "SECRET_GENERIC", 0.88, "given to a command as its key", KEYED - 2)
    for at in source.at(*listed("anchors.txt", "SETTER")):
        if (match := _SET.match(text, at)) and _names_secret(match["key"]) and key_like(match["value"]):
            yield Candidate(*match.span("value"), "SECRET_GENERIC", 0.88, "given to a command as its key", KEYED - 2)
    for at in source.at("alias", "config"):
        if (match := _ALIAS.match(text, at)) and key_like(match["value"]):
            yield Candidate(*match.span("value"), "SECRET_GENERIC", 0.88, "given to a command as its key", KEYED - 2)


def _names_secret(key: str) -> bool:
    """Whether a part of the name of a setting holds a secret: `pypi-token.pypi`, `//registry.npmjs.org/:_authToken`."""
    parts = [part for part in _PARTS.split(key) if len(part) > 2]
    oauth = any(part.endswith(("-oauth", "-basic", "-bearer")) for part in parts)
    return oauth or any((kind := kind_of(part)) and kind.trust is not Trust.HINT for part in parts)


_SECRET_WORD = (
    r"(?i:key|token|secret|pass(?:word|phrase|code)?|credential|(?:authori[sz]ation|verification|device) code|pat)"
)
_PROMPT = re.compile(
    r"(?i:paste|enter|input|provide|type|insert|specify|what(?:'s| is)|your|eingeben|saisissez|entrez|introduzca"
    r"|introduce|digite|inserisci|voer|ange|skriv|podaj|zadejte|введите|введіть)\b"
    r"[^\n]{0,90}?(?<![A-Za-z])" + _SECRET_WORD + r"s?\b"
    r"[^\n]{0,110}?[:?>)\]][ ]{1,3}[\"'`]?(?P<value>[!-~]{8,600})(?=\s|$)"
)
_FOR_SITE = re.compile(
    r"(?i:password|passphrase|passcode|token|api key)(?i: for| to| of| von| für| pour| para| per| voor)[ ]"
    r"(?:[\"'`][^\n\"'`]{1,140}[\"'`]|[\w.@:/~+-]{2,140})[ ]?:[ ]{1,3}(?P<value>[!-~]{5,600})(?=\s|$)"
)


def find_prompted(source: Source) -> Iterator[Candidate]:
    """Yield what a log shows as typed at prompts such as "Paste an API key … and hit enter: "."""
    for at in source.at(*listed("anchors.txt", "PROMPT")):
        match = _PROMPT.match(source.text, at)
        value = trimmed_bare(match["value"]).rstrip("\"'`") if match else ""
        if match and "://" not in value and (key_like(value) or (generated(value) and "assword" in match[0])):
            start = match.start("value")
            yield Candidate(start, start + len(value), "SECRET_GENERIC", 0.85, "typed at a prompt for it", SAID - 4)
    for at in source.at("password", "passphrase", "passcode", "token", "api"):
        match = _FOR_SITE.match(source.text, at)
        if match and not is_placeholder(match["value"]):
            value = trimmed_bare(match["value"])
            if plausible(value, Trust.PASSWORD, quoted=False, settled=False):
                start = match.start("value")
                yield Candidate(
                    start, start + len(value), "SECRET_PASSWORD", 0.85, "typed at a prompt for it", SAID - 4
                )
