"""What looks like a finding and is none: placeholders of documentation, identifiers, hashes, known dummies."""

import re
from functools import lru_cache

_PLACEHOLDER = re.compile(
    r"""[<\[{(%#*@_-]*\s*(?:
        [xX*•●._#-]{3,} | x{4,}[\w-]* | [\w-]*x{6,} | [*•●]+\w{0,4}
        | (?:your|my|the|insert|enter|replace|put|paste|add|example|sample|dummy|fake|placeholder|some|any)
          [\s_-][\w\s.-]*
        | (?:your|my)[\w-]*(?:key|token|secret|password|pass|here)\w*
        | redacted\w*|removed|masked|hidden|secret|token|password|passwd|pass|pwd|key|apikey|api[_-]key|value|string
        | example|sample
        | changeme|change[_-]me|todo|tbd|none|null|nil|undefined|true|false|empty|n/a|unset|default|required
        | optional|test
        | user:pass(?:word)?|username|user|\.{2,}|…|foo|bar|baz|\d{1,3}
    )\s*[>\]})%#*@_-]*""",
    re.IGNORECASE | re.VERBOSE,
)
_TEMPLATE = re.compile(
    r"\$\{|\{\{|\{%|<%|\$\(|%\(|^\$[A-Za-z_]\w*$|^%[A-Za-z_]\w*%$|^<[^<>]*>$|^\[[^\[\]]*\]$|^\{"
    r"[\w.:-]*\}$|^@[\w.]+@$"
)
_REFERENCE = re.compile(
    r"(?:process\.env|os\.environ|os\.getenv|import\.meta|getenv|env|ENV|secrets?|vars?|config"
    r"|settings|self|this|params?|args|options"
    r"|System|Environment|data|local|module|request|req|res|ctx|input|inputs|steps|github|vault"
    r"|op|ssm|arn|file)"
    r"(?:[.\[(:]|://)[\w.\[\]\"'/:()-]*"
)
_CALL = re.compile(r"[A-Za-z_][\w.]*\([^()]*\)?;?,?")
_STAND_IN_PREFIX = re.compile(r"(?:sk|pk|ghp|hf|xox[a-z]|key)[-_](?:\.{2,}|…|x{3,}|\*{3,}|your\b).*", re.IGNORECASE)
_MASKED = re.compile(r"(?:[A-Za-z]{2,8}[_-]){1,4}(?:\.{2,}|…)?|[\w-]{0,24}[*•]{4,200}[\w-]{0,8}")
"""A beginning whose rest was left out, or hidden behind asterisks."""
_ALNUM_STAND_IN = re.compile(r"x{4}|your|my|redacted|.*x{6}", re.IGNORECASE)
"""What a long stand-in of letters and digits alone begins with, or holds."""
_LONG = 10
_SEQUENCE = re.compile(r"(?:0123456789|1234567890|abcdefgh|abcd1234|deadbeef){1,}[\w]*", re.IGNORECASE)


def is_template(value: str) -> bool:
    """Whether a value is filled in later: `${TOKEN}`, `<password>`."""
    return bool(_TEMPLATE.search(value.strip()))


@lru_cache(maxsize=8192)
def is_placeholder(value: str) -> bool:
    """Whether a value only stands for a secret: `<your-key>`, `${TOKEN}`, `****`, `process.env.KEY`."""
    value = value.strip()
    if len(value) > 200:
        return False
    if len(value) >= _LONG and value.isalnum() and value.isascii() and not _ALNUM_STAND_IN.match(value):
        return len(set(value)) <= 2
    return bool(
        _PLACEHOLDER.fullmatch(value)
        or _TEMPLATE.search(value)
        or _REFERENCE.fullmatch(value)
        or _CALL.fullmatch(value)
        or _STAND_IN_PREFIX.fullmatch(value)
        or _MASKED.fullmatch(value)
        or (len(value) > 2 and len(set(value)) <= 2)
    )


_DUMMY_MAIL = re.compile(
    r".*@(?:[\w.-]+\.)?(?:example|test|invalid|localhost)(?:\.(?:com|org|net|edu|de|fr|es|it|co\.uk|local))?",
    re.IGNORECASE,
)
_DUMMY_IP = re.compile(
    r"(?:127\.|0\.0\.0\.0$|255\.255\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|224\.|239\.)|(?:::1?"
    r"|2001:0?db8:.*)$",
    re.IGNORECASE,
)
_DUMMY_CARDS = frozenset(
    [
        "4242424242424242",
        "4000056655665556",
        "5555555555554444",
        "2223003122003222",
        "5200828282828210",
        "5105105105105100",
        "378282246310005",
        "371449635398431",
        "6011111111111117",
        "6011000990139424",
        "3056930009020004",
        "36227206271667",
        "3566002020360505",
        "6200000000000005",
        "4111111111111111",
        "4012888888881881",
        "4222222222222",
        "4000000000000002",
        "30569309025904",
        "38520000023237",
        "3530111333300000",
        "5019717010103742",
        "6331101999990016",
        "4000000000003220",
        "4917610000000000",
        "6759649826438453",
    ]
)
_DUMMY_SECRET = re.compile(
    r"AKIA[A-Z0-9]*EXAMPLE|wJalrXUtnFEMI/K7MDENG/\w*EXAMPLEKEY|.*(?:EXAMPLE|DUMMY|NOT[_-]?A[_-]?REAL)"
    r"(?:KEY|TOKEN)?"
)
_DUMMY_PHONE = re.compile(
    r"(?:\+?1)?[2-9]\d{2}55501\d{2}|(?:\+?44|0)20(?:79460|7946)\d{3,4}|(?:\+?44|0)7700900\d{3}"
    r"|(?:\+?61|0)(?:4910|[2378]5550|[2378]7010)\d{4,5}"
)
_DUMMY_IDS = frozenset(
    [
        "078051120",
        "219099999",
        "457555462",
        "00000000T",
        "12345678Z",
        "111111111",
        "123456789",
        "AB123456C",
        "QQ123456C",
        "9434765919",
    ]
)
_DUMMY_IBANS = frozenset(
    [
        "GB82WEST12345698765432",
        "GB29NWBK60161331926819",
        "DE89370400440532013000",
        "FR1420041010050500013M02606",
        "ES9121000418450200051332",
        "IT60X0542811101000000123456",
        "NL91ABNA0417164300",
        "BE68539007547034",
        "CH9300762011623852957",
        "PL61109010140000071219812874",
    ]
)


def dummy(value: str, label: str) -> bool:
    """Whether a value is documented as an example: `example.com`, 127.0.0.1, a test card; suggested to be kept."""
    if label.startswith("SECRET"):
        return bool(_DUMMY_SECRET.fullmatch(value)) or is_placeholder(value)
    if label == "EMAIL":
        return bool(_DUMMY_MAIL.fullmatch(value))
    if label == "IP":
        return bool(_DUMMY_IP.match(value))
    if label not in ("CREDIT_CARD", "PHONE", "NATIONAL_ID", "IBAN"):
        return False
    bare = "".join(letter for letter in value if letter.isalnum() or letter == "+")
    if label == "CREDIT_CARD":
        return bare in _DUMMY_CARDS
    if label == "PHONE":
        return bool(_DUMMY_PHONE.fullmatch(bare))
    return bare.upper() in _DUMMY_IDS or bare.upper() in _DUMMY_IBANS


_KNOWN_ID = re.compile(
    r"""(?:chatcmpl|cmpl|toolu|msg|req|request|call|run|thread|asst|assistant|file|batch|resp|rs|fc|ws|gen|step|vs|vsfb|ft|ftjob|modr|fp
        |evt|event|msgbatch|srvtoolu|container|item|sess_id|cus|ch|pi|pm|seti|sub|prod|price|in|ii|il|txn|po|re|src|card|acct|si|cs
        |trace|span|tr|doc|node|chunk|obj|org|proj|user|usr|team|wf|job|task|build|deploy|dpl|img|sha|rev|etag|inc|dp|eval|conv|conversation
        |prompt|completion|embd|rag|idx|index|col|snap|vol|subnet|sg|i|ami|vpc|eni|rtb|igw|arn|log|cid|mid|tid|pid|rid|iid|did)[-_:]""",
    re.VERBOSE,
)
_UUID = re.compile(r"[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}")
_HEX = re.compile(r"(?:0x)?[0-9a-f]+|(?:0x)?[0-9A-F]+")
_ULID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")
_SECRETISH = re.compile(
    r"(?:^|[-_.])(?:sk|pk|pat|key|apikey|api|secret|token|live|prod|auth|oauth|access|bearer|priv"
    r"|private)(?=[-_.])",
    re.I,
)


@lru_cache(maxsize=8192)
def is_identifier(token: str) -> bool:
    """Whether a random-looking token is a known kind of identifier or hash rather than a secret."""
    if _UUID.fullmatch(token) or _HEX.fullmatch(token) or _ULID.fullmatch(token):
        return True
    return bool(_KNOWN_ID.match(token)) and not _SECRETISH.search(token[:24])


def has_secret_prefix(token: str) -> bool:
    """Whether a token begins like a credential: `acme_live_…`, `xy-pat-…`."""
    return bool(_SECRETISH.search(token[:24]))


_KINDS = {
    code: "a" if chr(code).islower() else "A" if chr(code).isupper() else "0"
    for code in range(128)
    if chr(code).isalnum()
}
_TO_KIND = {code: _KINDS.get(code) for code in range(128)}
_PAIRS = ("aA", "Aa", "a0", "0a", "A0", "0A")


def changes(token: str) -> float:
    """Return how often upper, lower case and digits alternate: 0.6 in random text, below 0.2 in words and names."""
    kinds = token.translate(_TO_KIND)
    return sum(map(kinds.count, _PAIRS)) / (len(kinds) - 1) if len(kinds) > 1 else 0.0


@lru_cache(maxsize=8192)
def looks_random(token: str, least: int = 16) -> bool:
    """Whether a token has the make-up of generated text: classes mixed, changing often, no words."""
    if len(token) < least:
        return False
    if token.isascii():
        kinds = token.translate(_TO_KIND)
        size, digits, upper, lower = len(kinds), kinds.count("0"), kinds.count("A"), kinds.count("a")
    else:
        letters = "".join(filter(str.isalnum, token))
        size, digits = len(letters), sum(map(str.isdigit, letters))
        upper, lower = sum(map(str.isupper, letters)), sum(map(str.islower, letters))
    if size < least or not digits or digits == size or _SEQUENCE.fullmatch(token):
        return False
    if upper and lower:
        return changes(token) >= 0.3
    return changes(token) >= 0.2 and len(set(filter(str.isalnum, token))) >= min(8, size // 2)
