"""Wallet phrases, seeds of one-time passwords, recovery codes, PINs and answers to security questions."""

import re
from collections.abc import Iterator
from functools import cache

from afterword.redaction.candidate import CUED, HEADER, SAID, Candidate, Source
from afterword.redaction.data import listed
from afterword.redaction.detectors.cues import cue_ends, field_words
from afterword.redaction.edged import Edged
from afterword.redaction.harmless import is_placeholder

_WORD_RUN = Edged(
    "a-z",
    r"\w-",
    r"[a-z]{3,8}+(?:(?:[ \t]{1,3}|,[ \t]?|[ \t]*\n[ \t]*)(?:\d{1,2}[.):][ \t]{0,2})?[a-z]{3,8}+){11,60}"
    r"(?![\w-])",
)
_ONE = re.compile(r"[a-z]{3,8}")
_LENGTHS = (24, 21, 18, 15, 12)
_MOST_WORDS = 26
"""A phrase and a word or two before it that wallets know too: better one word too many than the last one left."""
_NUMBERED = re.compile(r"1[.):][ \t]{0,2}(?=[a-z]{3,8})")
_PHRASE_CUE = re.compile(
    r"(?:seed|mnemonic|recovery|wallet|backup|secret)(?:[ _-]?(?:phrase|words?|seed))?|wiederherstellung"
    r"|récupération|semilla"
    r"|recuperación|recuperação|recupero|助记词|助記詞|シードフレーズ|복구 구문|сид-?фраз|seed-фраз|мнемоническ",
    re.IGNORECASE,
)


@cache
def _wallet_words() -> frozenset[str]:
    return frozenset(listed("wallet_words.txt", "EN"))


def _cued(source: Source, at: int) -> bool:
    return bool(_PHRASE_CUE.search(source.text, max(0, at - 80), at))


def _longest_phrase(words: list[re.Match[str]]) -> tuple[int, int] | None:
    """Return the offsets of the run of wallet words among words, None where there are too few."""
    known = _wallet_words()
    first = next((i for i, word in enumerate(words) if word[0] in known), None)
    while first is not None:
        last = first
        while last < len(words) and words[last][0] in known:
            last += 1
        if last - first >= _LENGTHS[-1]:
            end = min(last, first + _MOST_WORDS)
            return words[first].start(), words[end - 1].end()
        first = next((i for i in range(last + 1, len(words)) if words[i][0] in known), None)
    return None


def find_wallets(source: Source) -> Iterator[Candidate]:
    """Yield twelve and more words of which wallets make recovery phrases; after a cue, any twelve words."""
    for run in _WORD_RUN.finditer(source.text):
        cued = _cued(source, run.start())
        words = list(_ONE.finditer(source.text, run.start(), run.end()))
        span = _longest_phrase(words)
        if (
            span is None
            and cued
            and len(words) in _LENGTHS
            and not set(listed("not_secrets.txt", "GRAMMAR")) & {w[0] for w in words}
        ):
            span = run.span()
        if span:
            start = span[0]
            if number := _NUMBERED.search(source.text, max(0, start - 5), start):
                start = number.start()
            yield Candidate(start, span[1], "SECRET_WALLET", 0.9, "words of a wallet's recovery phrase", HEADER)


_SEED = re.compile(
    r"(?i:totp|2fa|mfa|otp|authenticator|two-factor|one-time|google auth|setup|manual entry"
    r"|einrichtungs)\w{0,3}[^\n:=]{0,30}?"
    r"(?i:secret|seed|key|setup|code|schlüssel|clé|clave|chave)[^\n:=]{0,30}[:=—–is ]{1,4}[\"'`]{0,2}"
    r"(?P<value>(?:[A-Z2-7]{4}[ -]?){4,16}[A-Z2-7]{0,4}={0,6}|(?:[a-z2-7]{4}[ -]){3,16}[a-z2-7]{1,4}"
    r"|[a-z2-7]{16,64})(?![A-Za-z0-9])"
)
_SEED_WORDS = (
    "totp",
    "2fa",
    "mfa",
    "otp",
    "authenticator",
    "two",
    "one",
    "google",
    "setup",
    "manual",
    "einrichtungsschlüssel",
)
_CODE = r"(?:[A-Za-z0-9]{4,10}(?:-[A-Za-z0-9]{4,10}){1,7}|[A-Za-z0-9]{8,12}|\d{4} \d{4})"
_RECOVERY = re.compile(
    r"(?i:recovery|backup|scratch|rescue|wiederherstellungs|emergency|codes? de (?:secours|récupération)"
    r"|códigos? de)[ -]?"
    r"(?i:codes?|keys?|recuperación|recuperação|respaldo)?[^\n]{0,40}?[:\n][ \t]{0,4}\n?"
    rf"(?P<codes>(?:(?:[\s,;*•-]|\d{{1,2}}[.)]){{0,8}}{_CODE}(?![A-Za-z0-9])){{1,16}})"
)
_LISTED_AFTER = re.compile(
    r"[^\n\d]{0,70}?(?:[:：=]|\r?\n|(?<=\s)(?:are|is|were|sind|lauten|sont|son|sono|são|zijn|är|er|ovat|on|to|jsou|sú|sunt|са)(?=\s)"
    r"|είναι|هي|הם|हैं|là|adalah|คือ|是|は|는|은)[ \t\"'`([]{0,3}(?:\r?\n){0,2}"
    rf"(?P<codes>(?:[\s*•·-]|\d{{1,2}}[.):]){{0,8}}{_CODE}(?![A-Za-z0-9])(?:(?:[\s,;*•·|/\"'`、，-]|\d{{1,2}}[.):]|(?:and|und|et|y|e|en|och|og|ja|i|a|és|și|и|та"
    rf"|και|ve|و|dan|và|和|と)[ ]){{1,8}}{_CODE}(?![A-Za-z0-9])){{0,24}})"
)
"""A list of codes after the words for them: on a line, numbered, one a line, joined with "and"."""
_RECOVERY_WORDS = (
    "código",
    "códigos",
    "recovery",
    "backup",
    "scratch",
    "rescue",
    "wiederherstellungs",
    "emergency",
    "wiederherstellungscodes",
    "code",
    "codes",
)


def _matches(source: Source, pattern: re.Pattern[str], words: tuple[str, ...]) -> Iterator[re.Match[str]]:
    for at in source.at(*words):
        if match := pattern.match(source.text, at):
            yield match


def find_seeds(source: Source) -> Iterator[Candidate]:
    """Yield seeds of one-time passwords and lists of recovery codes."""
    for match in _matches(source, _SEED, _SEED_WORDS):
        value = match["value"]
        if any(map(str.isdigit, value)) or value.isupper():
            yield Candidate(*match.span("value"), "SECRET_TOTP", 0.9, "a one-time-password seed", SAID)
    named = (_LISTED_AFTER.match(source.text, end) for _, end in cue_ends(source, field_words("RECOVERY")))
    for match in (*_matches(source, _RECOVERY, _RECOVERY_WORDS), *filter(None, named)):
        for code in re.finditer(_CODE, match["codes"]):
            if sum(map(str.isdigit, code[0])) >= (1 if "-" in code[0] else 2):
                start = match.start("codes") + code.start()
                yield Candidate(start, start + len(code[0]), "SECRET_TOTP", 0.8, "a recovery code", CUED)


_PIN_PLACE = (
    r"(?:door|gate|alarm|entry|entrance|garage|locker|safe|vault|lock|keypad|building|office|depot|elevator|lift"
    r"|parking|card|sim"
    r"|voicemail|security|access|unlock|debit|atm|phone|screen|parental|tür|haus|tor|tresor|schließfach|alarmanlagen)"
)
_PIN = re.compile(
    rf"(?i:(?:{_PIN_PLACE}[ -]?){{1,2}}(?:codes?|pins?|combination|combo|kombination|passcode)|puk\d?|sim[ -]pin)"
    r"(?:[ \t]{1,2}[\w'’-]{1,20}){0,6}?[ \t]{0,2}(?:[:=#—–-]|\b(?i:is|ist|was|are|to"
    r"|now)\b)[ \t]{0,2}[\"'`*]{0,2}(?P<value>\d{4,10}|\d{2}-\d{2}-\d{2}"
    r"|(?=[A-Z]{0,5}\d)(?=\d{0,5}[A-Z])[A-Z0-9]{4,8}|[*#]?\d{3,8}[#*])"
    r"(?![\w-])|(?i:alarm|door|gate|sim|voicemail|card)[ ](?i:pin|code)[ ](?P<plain>\d{4,8})(?![\w-])"
)
_PIN_WORDS = (*re.sub(r"[(?:)]", "", _PIN_PLACE).split("|"), "puk", "puk1", "puk2", "türcode", "alarmcode")
_DOOR = re.compile(
    r"(?i:codice|code|código|koden?|kod|kód|koodi|код|пін|пин)[ ]"
    r"(?i:d[eu]l?|della|dell['’]|de la|de l['’]|do|da|til|till|van|för|for|od|ke?|от|для|до"
    r"|към|за|al|alla)[ ]?(?i:de |het |den |det |l['’])?"
    r"(?i:cancello|portone|porta|allarme|cassaforte|portail|porte|alarme|immeuble|garage|coffre|puerta|portal|alarma|garaje"
    r"|caja|portão|cofre|deur|alarm|poort|kluis|dörr|larm|port|grind|dør|alarm|safe|drzwi|bramy"
    r"|sejfu|furtki|dveř|brán|trezor|двер"
    r"|сейф|домофон|сигнализац|ворот|подъезд|врат|аларм)[^\W\d_]{0,6}[^\n\d:=]{0,24}?"
    r"(?:[:=–—-]|(?<=\s)(?i:è|est|es|é|is|är|er|to|je|е|теперь|ora|now|nu|ist))[ ]{1,2}(?P<value>\d{4,8})(?![\w-])"
)
_DOOR_WORDS = ("codice", "code", "código", "kode", "koden", "kod", "kód", "koodi", "код", "пін", "пин")
_QUESTION = re.compile(
    r"security question|sicherheitsfrage|question (?:secrète|de sécurité)|pregunta (?:secreta|de seguridad)"
    r"|pergunta (?:secreta|de segurança)|domanda (?:segreta|di sicurezza)|secret question|beveiligingsvraag"
)
_ANSWER = re.compile(
    r"\b(?i:answer|antwort|réponse|respuesta|resposta|risposta|antwoord)[\"'*]{0,2}[ \t]{0,2}"
    r"(?:[:=—–-]|(?i:is|ist|est|es|è))[ \t]{1,2}[\"'`*]{0,2}"
    r"(?P<value>[^\W\d_][\w'’-]{2,40}(?: [A-Z][\w'’-]{1,20}){0,3})"
)
_ANSWER_REACH = 200
_ANSWER_WORDS = (
    "security",
    "sicherheitsfrage",
    "question",
    "pregunta",
    "pergunta",
    "domanda",
    "secret",
    "beveiligingsvraag",
)


def find_pins(source: Source) -> Iterator[Candidate]:
    """Yield door codes and PINs, and the answers to security questions."""
    for match in _matches(source, _PIN, _PIN_WORDS):
        group = "value" if match["value"] else "plain"
        yield Candidate(*match.span(group), "SECRET_PASSWORD", 0.8, "a PIN or the code of a lock", SAID - 3)
    for match in _matches(source, _DOOR, _DOOR_WORDS):
        yield Candidate(*match.span("value"), "SECRET_PASSWORD", 0.8, "a PIN or the code of a lock", SAID - 3)
    for at in source.at(*_ANSWER_WORDS):
        asked = _QUESTION.match(source.low, at)
        answer = _ANSWER.search(source.text, asked.end(), asked.end() + _ANSWER_REACH) if asked else None
        if answer and not is_placeholder(answer["value"]):
            yield Candidate(
                *answer.span("value"), "SECRET_PASSWORD", 0.8, "the answer to a security question", SAID - 3
            )
