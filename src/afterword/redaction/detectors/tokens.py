"""Secrets that show by their form alone: token forms of providers, JSON web tokens."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from afterword.redaction.candidate import BLOCK, TOKEN, Candidate, Source
from afterword.redaction.data import rows
from afterword.redaction.edged import Edged
from afterword.redaction.harmless import looks_random

_LONGEST = 8192


class Form(NamedTuple):
    """How a provider's tokens look; `common` beginnings need a random-looking rest."""

    label: str
    beginning: str
    rest: re.Pattern[str]
    common: bool


@cache
def _forms() -> tuple[Form, ...]:
    forms = []
    for row in rows("providers.txt"):
        name, beginning, rest = row.split(" ", 2)
        beginning = beginning.replace("\\x20", " ")
        forms.append(Form(f"SECRET_{name.rstrip('?')}", beginning, re.compile(rest, re.ASCII), name.endswith("?")))
    return tuple(forms)


def _follows_word(text: str, at: int) -> bool:
    return (
        at > 0
        and text[at - 1].isascii()
        and (text[at - 1].isalnum() or (text[at - 1] in "_-" and text[at - 2 : at - 1].isalnum()))
    )


def _stand_in(rest: str) -> bool:
    """Whether the rest of a token is a documentation's stand-in: `xxxx`, `…`, `your-key-here`."""
    low = rest.lower()
    return len(set(low)) <= 3 or low.startswith(("your", "xxxx", "example", "placeholder")) or "xxxxxxxx" in low


def _with_scheme(text: str, at: int) -> int:
    """Return where a web address begins whose host begins at `at`."""
    return next(
        (at - len(scheme) for scheme in ("https://", "http://") if text.endswith(scheme, max(0, at - 8), at)), at
    )


_FIRST_WORD = re.compile(r"([A-Za-z0-9]+)[^A-Za-z0-9]")


@cache
def _by_word() -> tuple[dict[str, tuple[Form, ...]], tuple[Form, ...]]:
    """Return the forms by the word with which they begin, and those that go on within their first word."""
    worded: dict[str, tuple[Form, ...]] = {}
    others = []
    for form in _forms():
        if word := _FIRST_WORD.match(form.beginning):
            worded[word[1].lower()] = (*worded.get(word[1].lower(), ()), form)
        else:
            others.append(form)
    return worded, tuple(others)


@cache
def _other_beginnings() -> Edged:
    """Return a pattern for the beginnings that go on within their first word."""
    beginnings = [form.beginning for form in _by_word()[1]]
    first = "".join(sorted({re.escape(beginning[0]) for beginning in beginnings}))
    return Edged(first, "A-Za-z0-9", "|".join(map(re.escape, beginnings)))


def _beginnings(source: Source) -> Iterator[tuple[Form, list[int]]]:
    """Yield where each form may begin: at a word of the text, or else wherever the literal stands."""
    text, words = source.text, source.words
    worded, others = _by_word()
    for word in worded.keys() & words.keys():
        for form in worded[word]:
            yield form, [place for place in words[word] if text.startswith(form.beginning, place)]
    places = [match.start() for match in _other_beginnings().finditer(text)]
    for form in others if places else ():
        yield form, [place for place in places if text.startswith(form.beginning, place)]


def _form_matches(text: str, form: Form, places: list[int]) -> Iterator[tuple[int, int]]:
    done = 0
    for at in places:
        rest = at + len(form.beginning)
        if at < done or _follows_word(text, at) or not (match := form.rest.match(text, rest, rest + _LONGEST)):
            continue
        done = match.end()
        if not _stand_in(match[0]) and (not form.common or looks_random(match[0], 14)):
            yield _with_scheme(text, at) if "/" in form.beginning else at, match.end()


def find_forms(source: Source) -> Iterator[Candidate]:
    """Yield tokens whose beginning names their provider."""
    for form, places in _beginnings(source):
        for start, end in _form_matches(source.text, form, places):
            reason = f"begins with `{form.beginning.strip()}`, as tokens of this provider do"
            yield Candidate(start, end, form.label, 0.8 if form.common else 0.97, reason, TOKEN)


class Sight(NamedTuple):
    """A token known by its whole shape: a literal in it, how far before the literal it can begin, and the shape."""

    literals: tuple[str, ...]
    before: int
    pattern: re.Pattern[str]
    label: str
    reason: str
    rank: int = TOKEN


def _sight(literals: str, before: int, shape: str, provider: str, reason: str, rank: int = TOKEN) -> Sight:
    edged = re.compile(rf"(?<![A-Za-z0-9]){shape}")
    return Sight(tuple(literals.split()), before, edged, f"SECRET_{provider}", reason, rank)


@cache
def _sights() -> tuple[Sight, ...]:
    azure = "has the form of an Azure key"
    return (
        _sight(
            "eyJ",
            0,
            r"eyJ[A-Za-z0-9_-]{8,4096}\.{1,2}[A-Za-z0-9_-]{4,8192}(?:\.[A-Za-z0-9_-]{0,4096}){0,3}",
            "JWT",
            "parts of base64 JSON, a web token",
            BLOCK - 1,
        ),
        _sight(
            "AKIA ASIA ABIA ACCA AROA AIDA AGPA ANPA APKA AIPA",
            0,
            r"A[A-Z]{3}[A-Z0-9]{12,28}(?![A-Za-z0-9])",
            "AWS_ID",
            "has the form of an AWS access key id",
        ),
        _sight(
            "IQoJb3JpZ2lu FwoGZXIvYXdz FQoGZXIvYXdz FQoDYXdz",
            0,
            r"[FI]Q?w?o[A-Za-z0-9+/=%]{60,2400}",
            "AWS_KEY",
            "begins like an AWS session token",
        ),
        _sight("Q~", 4, r"[A-Za-z0-9_~.]{3}\dQ~[A-Za-z0-9_~.-]{28,40}", "AZURE", azure),
        _sight("JQQJ99 AZDO", 60, r"[A-Za-z0-9]{40,60}(?:JQQJ99|AZDO)[A-Za-z0-9+/]{4,40}={0,2}", "AZURE", azure),
        _sight(
            "AzSe AzCa AzFu ACDb +ASt +AMC +AEh +ARm APIM AIoT",
            90,
            r"[A-Za-z0-9+/]{30,90}(?:AzSe|AzCa|AzFu|ACDb|\+ASt|\+AMC|\+AEh|\+ARm|APIM|AIoT)[A-Za-z0-9+/]{4"
            r",8}={1,2}",
            "AZURE",
            azure,
        ),
        _sight(
            ":AA",
            10,
            r"\d{8,10}:AA[A-Za-z0-9_-]{30,36}(?![A-Za-z0-9_-])",
            "TELEGRAM",
            "has the form of a Telegram bot token",
        ),
        _sight(
            ".atlasv1.",
            14,
            r"[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{40,90}",
            "TERRAFORM",
            "has the form of a Terraform Cloud token",
        ),
        _sight("-us", 32, r"[0-9a-f]{32}-us\d{1,2}(?![A-Za-z0-9])", "MAILCHIMP", "has the form of a Mailchimp key"),
        _sight(
            "_mmk", 36, r"[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk(?![A-Za-z0-9])", "MAXMIND", "has the form of a MaxMind key"
        ),
    )


_DISCORD = re.compile(r"\.(?=[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27})(?<=[A-Za-z0-9_-]{22}.)")
_DISCORD_TOKEN = re.compile(
    r"(?<![A-Za-z0-9_.-])[A-Z][A-Za-z0-9_-]{22,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,45}(?!"
    r"[A-Za-z0-9_-])"
)
_MAILGUN = re.compile(r"-[0-9a-f]{8}-[0-9a-f]{8}(?![A-Za-z0-9-])(?<=(?<![A-Za-z0-9-])[0-9a-f]{32}.{18})")
_ZHIPU = re.compile(r"\.[A-Za-z0-9]{16}(?![A-Za-z0-9.])(?<=(?<![A-Za-z0-9.])[0-9a-f]{32}.{17})")
_GHOST = re.compile(r":[0-9a-f]{64}(?![A-Za-z0-9:])(?<=(?<![A-Za-z0-9:])[0-9a-f]{24}.{65})")
_FAL = re.compile(r":[0-9a-f]{32}(?![A-Za-z0-9:])(?<=(?<![A-Za-z0-9:-])[0-9a-f-]{36}.{33})")
_DEEPL = re.compile(r":fx(?![\w:])(?<=(?<![A-Za-z0-9-])[0-9a-f]{8}-[0-9a-f-]{27}.{3})")
_TAILS = (
    (_DEEPL, 36, "SECRET_DEEPL", "has the form of a DeepL key"),
    (_MAILGUN, 32, "SECRET_MAILGUN", "has the form of a Mailgun key"),
    (_ZHIPU, 32, "SECRET_ZHIPU", "has the form of a Zhipu key"),
    (_GHOST, 24, "SECRET_GHOST", "has the form of a Ghost key"),
    (_FAL, 36, "SECRET_FAL", "has the form of a fal.ai key"),
)
"""Ends of tokens, how much stands before them, and what they are."""
_WIF = re.compile(r"[5KL](?<![A-Za-z0-9].)[1-9A-HJ-NP-Za-km-z]{50,51}(?![A-Za-z0-9])")


def _sighted(text: str, sight: Sight) -> Iterator[tuple[int, int]]:
    for literal in sight.literals:
        at = text.find(literal)
        while at >= 0:
            end = at + len(literal)
            match = (
                sight.pattern.match(text, at)
                if not sight.before
                else sight.pattern.search(text, max(0, at - sight.before), at + _LONGEST)
            )
            if match and match.start() <= at < match.end():
                yield match.span()
                end = match.end()
            at = text.find(literal, end)


def find_shapes(source: Source) -> Iterator[Candidate]:
    """Yield tokens whose whole shape names their provider."""
    text = source.text
    for sight in _sights():
        for start, end in _sighted(text, sight):
            random = looks_random(text[start:end], 14) or end - start == 20
            if sight.label != "SECRET_AWS_ID" or random:
                yield Candidate(start, end, sight.label, 0.95, sight.reason, sight.rank)
    for match in _DISCORD.finditer(text):
        token = _DISCORD_TOKEN.search(text, max(0, match.start() - 28), match.end() + 60)
        if token and token.start() < match.start() and looks_random(token[0], 20):
            yield Candidate(*token.span(), "SECRET_DISCORD", 0.95, "has the form of a Discord bot token", TOKEN)
    for tail, before, label, reason in _TAILS:
        for match in tail.finditer(text):
            yield Candidate(match.start() - before, match.end(), label, 0.88, reason, TOKEN)
    for match in _WIF.finditer(text):
        if looks_random(match[0], 20):
            yield Candidate(*match.span(), "SECRET_BITCOIN", 0.8, "has the form of a Bitcoin private key", TOKEN - 20)
