"""E-mail addresses and phone numbers."""

import re
from collections.abc import Iterator

from afterword.redaction.candidate import CHECKED, CUED, SHAPED, Candidate, Source
from afterword.redaction.detectors.cues import after_cue, cue_ends, field_words
from afterword.redaction.edged import Edged

_LOCAL = r"A-Za-z0-9._%+\-'\u00c0-\u024f\u0370-\u03ff\u0400-\u052f"
_LOCAL_PART = re.compile(r"[A-Za-z0-9_\u00c0-\u024f\u0370-\u03ff\u0400-\u052f][" + _LOCAL + r"]{0,63}+$")
_DOMAIN = re.compile(
    r"[@＠](?:[A-Za-z0-9\u00c0-\u024f\u0400-\u052f\u3040-\u30ff\u4e00-\u9fff](?:[A-Za-z0-9\u00c0-\u024f\u04"
    r"00-\u052f\-]{0,61}[A-Za-z0-9\u00c0-\u024f\u0400-\u052f])?\.){1,6}"
    r"(?:[A-Za-z]{2,24}|xn--[a-z0-9-]{2,30}|рф|укр|中国)(?![A-Za-z0-9_])"
)
_SPELLED = re.compile(
    r"[\[({<]\s?(?:at|AT|@|ät|arroba)\s?[\])}>]\s?"
    r"[A-Za-z0-9-]{1,63}(?:(?:\s?[\[({<]\s?(?:dot|DOT|\.|punkt|punto|point)\s?[\])}>]\s?|\.)[A-Za-z0-9-]{1"
    r",63}){1,4}"
)
_NO_MAIL = re.compile(
    r"\.(?:png|jpe?g|gif|svg|js|ts|css|py|md|json|ya?ml|tgz|whl|service|timer|socket|target|mount"
    r"|slice)$",
    re.IGNORECASE,
)
_PRIVATE = re.compile(r"\.(?:internal|local|corp|lan|intra|intranet|localdomain)$", re.IGNORECASE)
_REMOTE_USERS = frozenset({"git", "hg", "svn"})


def find_emails(source: Source) -> Iterator[Candidate]:
    """Yield e-mail addresses, in non-Latin text too, and spelled ones: `name [at] site [dot] org`."""
    for domain in _DOMAIN.finditer(source.text):
        local = _LOCAL_PART.search(source.text, max(0, domain.start() - 64), domain.start())
        if not local:
            continue
        is_remote = local[0] in _REMOTE_USERS and source.text[domain.end() : domain.end() + 1] == ":"
        short_number = local[0].isdigit() and len(local[0]) < 5
        is_machine = domain[0].count(".") > 1 and _PRIVATE.search(domain[0])
        if not is_machine and not is_remote and not short_number and not _NO_MAIL.search(domain[0]):
            yield Candidate(local.start(), domain.end(), "EMAIL", 0.97, "has the form of an e-mail address", CHECKED)
    for match in _SPELLED.finditer(source.text):
        local = re.search(
            r"[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}\s?$", source.text[max(0, match.start() - 65) : match.start()]
        )
        if local:
            yield Candidate(
                match.start() - len(local[0]),
                match.end(),
                "EMAIL",
                0.85,
                "an e-mail address with “at” in words",
                CHECKED,
            )


EXTENSION = (
    r"(?:,?\s?(?:ext\.?|x|poste|durchwahl|dw|anexo|ramal|int\.?|доб\.|вн\.|wew\.|ankn\.|anknytning|alanr\.?|toestel|linka|mellék"
    r"|εσωτ\.?|interno|extensión|interne|内線|分机|分機|내선)\s?\d{1,6})"
)
"""The number of a desk behind that of a house."""
_DIGIT = "0-9\uff10-\uff19\u0660-\u0669\u06f0-\u06f9\u0966-\u096f"
_GAP = r"(?:[ \u00a0\u2009\u202f]?[().\-/\u2010-\u2015·–][ \u00a0]?|[ \u00a0\u2009\u202f])?"
_INTERNATIONAL = re.compile(
    rf"[+＋0](?:(?<=[+＋])(?<![{_DIGIT}A-Za-z_+.-].)|(?<=0)(?<![{_DIGIT}A-Za-z_+./=:-].)(?:0(?="
    rf"[1-9])|11[ -](?=[1-9])))"
    rf"(?:\(?[{_DIGIT}]\)?{_GAP}){{7,17}}(?![{_DIGIT}])"
)
_NATIONAL = re.compile(
    rf"(?<![{_DIGIT}A-Za-z_+-])\(?[{_DIGIT}](?:{_GAP}\(?[{_DIGIT}]\)?){{5,14}}(?:(?i:{EXTENSION})"
    rf"|\s?#\s?\d{{1,6}})?(?![{_DIGIT}A-Za-z_@]|[.,]\d)"
)
_NORTH_AMERICAN = Edged(
    "(1-9",
    r"0-9A-Za-z_+.\-=/",
    r"(?:1[ .-]?)?(?:\([2-9]\d{2}\)[ .-]?|[2-9]\d{2}[.-])[2-9]\d{2}[.-]\d{4}(?:\s?(?:x|ext\.?)\s?\d{1,6})?"
    r"(?![0-9A-Za-z_-])",
)
_TRUNK = Edged(
    "0",
    "0-9A-Za-z_+.,:/=#-",
    r"0[1-9]\d{0,3}(?P<sep>[ /-])(?:\d{2}(?P=sep)\d{2}(?P=sep)\d{2}(?:(?P=sep)\d{2})?|\d{3,4}"
    r"(?P=sep)\d{3,4}|\d{5,8}|\d{3}(?P=sep)\d{2}(?P=sep)\d{2})(?![0-9A-Za-z_]|[.,:-]\d)",
)
_TEL_URI = re.compile(
    r":(?i:(?<=(?<![a-z])tel:)|(?<=(?<![a-z])sms:)|(?<=callto:)|(?<=whatsapp:))(?P<value>\+?[0-9]"
    r"[0-9().\- ]{5,18}[0-9])"
)
DATE_LIKE = re.compile(
    r"(?:19|20)\d{2}[-./](?:0?[1-9]|1[0-2])[-./]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d{2}"
    r"|\d{1,3}(?:\.\d{1,3}){3}$"
)


def digits_of(value: str) -> str:
    """Return the digits of a number in any script, as ASCII."""
    if value.isascii():
        return "".join(filter(str.isdecimal, value))
    return "".join(str(int(letter)) for letter in value if letter.isdecimal())


def _valid_international(value: str, *, assigned: bool = False) -> bool:
    """Whether a number can be one of its country; `assigned` asks for one of a range that is in use."""
    import phonenumbers

    digits = digits_of(value)
    for prefix in ("011", "00"):
        if not value.startswith(("+", "＋")) and digits.startswith(prefix):
            digits = digits.removeprefix(prefix)
            break
    try:
        number = phonenumbers.parse("+" + digits.replace("+", ""), None)
        return phonenumbers.is_valid_number(number) if assigned else phonenumbers.is_possible_number(number)
    except phonenumbers.NumberParseException:
        return False


def _without_trunk_zero(value: str) -> str:
    return re.sub(r"\(0\)", "", value)


def _end(text: str, start: int, end: int) -> int:
    while end > start and not text[end - 1].isdecimal():
        end -= 1
    return end + 1 if text[end : end + 1] == ")" and text.count("(", start, end) > text.count(")", start, end) else end


_REST_OF_NUMBER = re.compile(r"\r?\n[ \t>|]{0,6}(?P<rest>\d[\d -]{0,10}\d)(?![\w/-])")


def _over_break(text: str, start: int, end: int) -> int:
    """Return where a number ends that a line break cut in two, when only both parts make one of its country."""
    rest = _REST_OF_NUMBER.match(text, end) if text[start] in "+＋" else None
    if not rest or _valid_international(_without_trunk_zero(text[start:end]), assigned=True):
        return end
    joined = _without_trunk_zero(text[start:end]) + rest["rest"]
    return rest.end("rest") if _valid_international(joined, assigned=True) else end


def find_phones(source: Source) -> Iterator[Candidate]:
    """Yield phone numbers: international ones anywhere, some national ones by shape, the rest after a cue."""
    text = source.text
    for match in _INTERNATIONAL.finditer(text):
        start, end = match.start(), _over_break(text, match.start(), _end(text, *match.span()))
        value = _without_trunk_zero(text[start:end])
        plus = value[0] in "+＋"
        if 8 <= len(digits_of(value)) <= 17 and (
            plus or len(value) > len(digits_of(value)) or len(digits_of(value)) >= 11
        ):
            if _valid_international(value):
                sure = 0.95 if plus else 0.8
                yield Candidate(
                    start, end, "PHONE", sure, "a possible number of its country", SHAPED + (8 if plus else 0)
                )
            elif plus:
                yield Candidate(start, end, "PHONE", 0.6, "begins with + as phone numbers do", SHAPED)
    for match in _NORTH_AMERICAN.finditer(text):
        yield Candidate(*match.span(), "PHONE", 0.8, "has the form of a North American number", SHAPED)
    for match in _TRUNK.finditer(text):
        if 9 <= len(digits_of(match[0])) <= 11:
            yield Candidate(
                *match.span(), "PHONE", 0.65, "a zero and groups of digits, as national numbers are written", SHAPED - 2
            )
    for match in _TEL_URI.finditer(text):
        yield Candidate(*match.span("value"), "PHONE", 0.95, "a telephone link", CUED)
    yield from _cued_phones(source)


def _cued_phones(source: Source) -> Iterator[Candidate]:
    text = source.text
    for _, word_end in cue_ends(source, field_words("PHONE")):
        match = _NATIONAL.match(text, after_cue(text, word_end))
        if match and plausible_phone(match[0]):
            start = match.start() - (text[match.start() - 1] == "(" and ")" in match[0])
            yield Candidate(start, _end(text, start, match.end()), "PHONE", 0.85, "follows a word for phone", CUED)


def plausible_phone(value: str) -> bool:
    """Whether digits after a cue can be a phone number: 6 to 15 of them, and no date or IP address."""
    return 6 <= len(digits_of(value)) <= 15 and not DATE_LIKE.match(value)
