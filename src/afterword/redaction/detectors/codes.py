"""One-time codes in the messages that carry them, and read out in the answers to requests for them."""

import re
from collections.abc import Iterator

from afterword.redaction.candidate import SAID, Candidate, Source
from afterword.redaction.detectors.cues import cue_ends, field_words
from afterword.redaction.edged import Edged

_CODE_WORD = (
    r"(?i:code|passcode|\botp|\bpin|\btan|password|passwort|mot de passe|código|codigo|codice|kode|koden|kod|koda|koodi"
    r"|kód|код|пароль|senha|contraseña|wachtwoord|κωδικός)"
)
_SENT = Edged(
    "0-9A-Z",
    r"\w.,:/-",
    r"(?P<value>\d{4,8}|\d{3}[ -]\d{3}|[A-Z]{1,3}-\d{5,8})[\"'*]{0,2}[ ]"
    r"(?:(?i:is|ist|est|es|è|é|är|er|on|to|jest|je|este|это|це|είναι)|[—–-])[ ]"
    r"(?:(?i:your|the|dein|deine|ihr|votre|ton|le|tu|su|el|il tuo|il|o seu|seu|uw|je|din|ditt|twój|váš|vaš|codul|ваш"
    r"|твой|το|ο|tu|sinun|an)[ ]){1,2}[^\n.!?\d]{0,40}?" + _CODE_WORD + r"(?![^\W_])",
)
_READ_OUT = re.compile(
    r"[^\n]{0,160}?(?:(?:\r?\n){1,2}[^\n\d]{0,120}){1,2}(?<=[:：>][ ])"
    r"(?P<value>\d{3}[ -]?\d{3})(?=[ ,.!?]|\r?\n|$)(?![ ]?[€$£%]|[.,]\d|[ ]\d)"
)


def find_sent(source: Source) -> Iterator[Candidate]:
    """Yield codes in "123456 is your … code", and at the head of a turn after one that is about such a code."""
    for match in _SENT.finditer(source.text):
        yield Candidate(*match.span("value"), "SECRET_PASSWORD", 0.85, "said to be a one-time code", SAID - 2)
    for _, end in cue_ends(source, field_words("ONE_TIME")):
        if read := _READ_OUT.match(source.text, end, end + 420):
            yield Candidate(*read.span("value"), "SECRET_PASSWORD", 0.75, "read out as a one-time code", SAID - 4)
