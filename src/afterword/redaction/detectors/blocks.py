"""Private keys in blocks: PEM, PGP, PuTTY, WireGuard; unterminated ones too."""

import re
from collections.abc import Iterator

from afterword.redaction.candidate import BLOCK, KEYED, Candidate, Source

_BEGIN = re.compile(
    r"-{4,5} ?BEGIN (?P<kind>[A-Z0-9 ]{0,40}(?:PRIVATE KEY|SECRET KEY|PRIVATE KEY BLOCK|ENCRYPTED "
    r"FILE|MESSAGE))(?P<block> BLOCK)? ?-{4,5}"
)
_BODY = re.compile(
    r"(?:(?:\\+[rn]|[\s>|│+*#\"',]|\x1b\[[0-9;]{0,12}m)+|(?:Proc-Type|DEK-Info|Comment|Version"
    r"|Charset|Hash): [^\\\n\"]{1,100}|[A-Za-z0-9+/=]{1,120})*"
)
_PUTTY = re.compile(r"PuTTY-User-Key-File-\d: [^\n]{1,80}\n(?:[^\n]{0,120}\n){1,80}?Private-MAC: [0-9a-f]{20,}")
_WIREGUARD = re.compile(r"(?i:private|preshared)key[ \t]{0,3}=[ \t]{0,3}(?P<value>[A-Za-z0-9+/]{42,43}={0,2})")
_LONGEST = 20_000
_LEAST_BODY = 24


def _block_end(text: str, match: re.Match[str]) -> int | None:
    """Return where a block ends: at its END line, or with the last line that is still base64."""
    limit = min(len(text), match.end() + _LONGEST)
    closing = re.compile(rf"-{{4,5}} ?END {re.escape(match['kind'])}(?: BLOCK)? ?-{{4,5}}(?:\\{{1,4}}[nr]){{0,4}}")
    following = text.find("BEGIN ", match.end(), limit)
    limit = following if following >= 0 else limit
    if end := closing.search(text, match.end(), limit):
        return end.end()
    body = _BODY.match(text, match.end(), limit)
    if body is None or sum(map(str.isalnum, body[0])) < _LEAST_BODY:
        return None
    return match.end() + _last_base64(body[0])


def _last_base64(body: str) -> int:
    """Return how much of an unterminated body is base64: words of prose at its end do not count."""
    end = 0
    for run in re.finditer(r"[A-Za-z0-9+/=]{16,}", body):
        if end and run.start() - end > 200:
            break
        end = run.end()
    tail = re.match(r"(?:\\+[rn]|\s){1,8}[A-Za-z0-9+/]{1,15}={1,2}", body[end:])
    return end + (tail.end() if tail else 0)


def find_blocks(source: Source) -> Iterator[Candidate]:
    """Yield private keys from their BEGIN line to their end."""
    for match in _BEGIN.finditer(source.text):
        if match["kind"].endswith(("MESSAGE", "ENCRYPTED FILE")):
            continue
        if end := _block_end(source.text, match):
            yield Candidate(match.start(), end, "SECRET_PRIVATE_KEY", 0.99, "a private key block", BLOCK)
    for match in _PUTTY.finditer(source.text):
        yield Candidate(*match.span(), "SECRET_PRIVATE_KEY", 0.99, "a PuTTY private key", BLOCK)
    for match in _WIREGUARD.finditer(source.text):
        yield Candidate(*match.span("value"), "SECRET_PRIVATE_KEY", 0.95, "a WireGuard key", KEYED + 1)
