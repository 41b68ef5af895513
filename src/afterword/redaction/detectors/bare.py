"""Random-looking tokens that nothing announces and that are no known kind of identifier."""

import re
from collections.abc import Iterator

from afterword.redaction.candidate import LOOSE, Candidate, Source
from afterword.redaction.harmless import changes, has_secret_prefix, is_identifier, is_placeholder, looks_random
from afterword.redaction.public import announced_as_public, is_public

_RUN = re.compile(r"(?<![A-Za-z0-9+/_=.\-@#%])[A-Za-z0-9+/_\-.~]{19,400}={0,2}(?![A-Za-z0-9+/_=@])")
_ID_BEFORE = re.compile(
    r"(?:(?<![a-z])(?:[a-z_.-]{0,30}(?:id|ids|uuid|guid|hash|digest|sha|sha1|sha256|sha512|md5"
    r"|checksum|etag|fingerprint|integrity|commit|rev|revision|version"
    r"|name|model|path|file|filename|image|tag|ref|url|uri|href|host|cursor|nonce|trace|span|request"
    r"|seed|data|content|embedding|base64|b64|thumbprint|pod|node"
    r"|container|layer|blob|bucket|arn|object|signature_version|public[_ -]?key|cert|certificate"
    r"|modulus|src|build|snapshot|job|run|chunk|system_fingerprint))"
    r"[\"'`]?\s{0,2}(?:[:=(]|=>|\bis\b)\s{0,2}[\"'`]?|sha\d{1,3}[-:=]|base64,|index |@|#|://[^\s]{0,200}|/)$"
)
_WORDS = re.compile(r"[A-Za-z]{4,}")
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{4}", re.IGNORECASE)
_CURVE = re.compile(r"\"[xyne]\"\s{0,2}:\s{0,2}\"$")
"""The field of a JSON web key that holds a public number."""
_LEAST = 28
_PUBLIC = re.compile(
    r"ssh-(?:rsa|ed25519|dss)|ecdsa-sha2|-----BEGIN (?:CERTIFICATE|PUBLIC)|BEGIN [A-Z ]{0,30}"
    r"(?:CERTIFICATE|PUBLIC KEY|SIGNATURE|MESSAGE)"
)


def _wordy(token: str) -> bool:
    """Whether a token is made of words: a path, a name with hyphens, an identifier in a program."""
    words = [word for word in _WORDS.findall(token) if changes(word) < 0.25]
    return sum(map(len, words)) > 0.5 * len(token)


def _compact(token: str) -> str:
    """Return the longest part without dots and tildes, which separate host names, versions and files."""
    return max(re.split(r"[.~]", token), key=len)


_PREFIXED = re.compile(r"[A-Za-z][A-Za-z0-9]{1,9}(?:[_-](?:[a-z]{2,8}|v?\d{1,2})){0,2}[_-](?P<rest>[A-Za-z0-9]{16,})")
"""A token of a provider nobody listed: `acme_…`, `xy-v1-…`; the rest of few characters must mix all classes."""
_SURELY_RANDOM, _LONG_REST = 0.42, 20


def _prefixed(token: str) -> bool:
    match = _PREFIXED.fullmatch(token)
    rest = match["rest"] if match else ""
    mixed = any(map(str.islower, rest)) and any(map(str.isupper, rest)) and sum(map(str.isdigit, rest)) >= 2
    known = is_identifier(token)
    return mixed and not known and changes(rest) >= (0.36 if len(rest) >= _LONG_REST else _SURELY_RANDOM)


def _random_enough(token: str) -> bool:
    if _prefixed(token):
        return True
    core = _compact(token)
    if len(core) < (20 if has_secret_prefix(token) else _LEAST) or is_identifier(core) or is_identifier(token):
        return False
    pieces = re.split(r"[-_/+]", core)
    if max(map(len, pieces)) < 10 and len(pieces) > 4 and core == core.lower():
        return False
    has_both = core != core.lower() and core != core.upper()
    return looks_random(core, 20) and not _wordy(core) and (has_both or (changes(core) >= 0.3 and len(core) >= 32))


def _is_base64_data(source: Source, start: int, end: int) -> bool:
    """Whether a token is a line of a longer base64 body or a public key or certificate."""
    around = source.text[max(0, start - 200) : start]
    if _PUBLIC.search(around):
        return True
    before = source.text[max(0, start - 2) : start]
    after = source.text[end : end + 2]
    if end - start >= 60 and (before.endswith("\n") and after.startswith("\n")):
        return True
    low, high = source.line_around(start, 260)
    alone = source.text[low:high].strip(" \t\r\\\"',|>") == source.text[start:end]
    lines = (_line(source, low - 1), _line(source, high + 1))
    return alone and any(len(line) >= 56 and _BODY_LINE.fullmatch(line) for line in lines)


_BODY_LINE = re.compile(r"[A-Za-z0-9+/=]+")


def _line(source: Source, at: int) -> str:
    """Return the line at an offset, without what surrounds a line of a quoted or indented body."""
    low, high = source.line_around(max(0, min(at, len(source.text))), 260)
    return source.text[low:high].strip(" \t\r\\\"',|>")


def _runs(text: str) -> Iterator[tuple[int, str]]:
    """Yield runs of token characters and where they begin; of web addresses and paths the parts between slashes."""
    for match in _RUN.finditer(text):
        if match[0].startswith(("/", "~", ".")) or _UUID.search(match[0]):
            for part in re.finditer(r"[^/~]{20,}", match[0]):
                yield match.start() + part.start(), part[0].rstrip(".-")
        else:
            yield match.start(), match[0].rstrip(".-")


def find_bare(source: Source) -> Iterator[Candidate]:
    """Yield random-looking tokens of 28 characters and more, shorter ones with a prefix like `live_` or `sk-`."""
    for start, token in _runs(source.text):
        if not _random_enough(token) or is_placeholder(token) or len(token) > 200:
            continue
        prefixed, before = has_secret_prefix(token), source.before(start, 60)
        if is_public(token) or _CURVE.search(before) or _is_base64_data(source, start, start + len(token)):
            continue
        if not prefixed and (_ID_BEFORE.search(before) or announced_as_public(before)):
            continue
        sure = 0.7 if prefixed else 0.55
        reason = "random-looking, and no known kind of identifier"
        yield Candidate(start, start + len(token), "SECRET_BARE", sure, reason, LOOSE)
