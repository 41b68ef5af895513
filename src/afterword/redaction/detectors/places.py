"""Postal addresses around a postcode: from it, words and numbers are walked through to both sides."""

import re
from collections.abc import Iterator

from afterword.redaction.candidate import SHAPED, Candidate, Source
from afterword.redaction.data import listed
from afterword.redaction.detectors.address_shapes import CAPITAL
from afterword.redaction.detectors.name_shapes import is_given_name
from afterword.redaction.edged import Edged

_POSTCODE = Edged(
    "A-Z0-9",
    r"\w.,/+#-",
    r"(?:(?P<strong>(?:[A-Z]{1,3}-)\d{4,6}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d["
    r"A-Z][ -]?\d[A-Z]\d)"
    r"|(?P<weak>\d{5}-\d{3}|\d{5}(?:-\d{4})?|\d{6}|\d{2}-\d{3}|\d{3} \d{2,3}|\d{4} [A-Z]{2}|\d{4}(?:-\d{3})?))"
    r"(?![\w/@]|[.,:-]\d| ?[%€$£])",
)
_BEFORE_WORD = re.compile(r"(?:.*[\s,;])?", re.DOTALL)
"""All but the last word of a stretch of text."""
_PARTICLES = frozenset(listed("anchors.txt", "IN_ADDRESS"))
_MOST = 130
_ADDRESSY = re.compile(rf"[(\"]?(?:{CAPITAL}|#|№|\d)[\w'’./()#ºª°&-]{{0,30}}$")
_NUMBER = re.compile(r"(?<![\d.-])\d{1,5}[A-Za-zА-Яа-я]?(?![\d%])")
_CITY = (
    rf"{CAPITAL}[\w'’.\-]{{1,30}}(?: (?:(?:de|del|la|el|di|do|da|am|an der|sur|sul|i|nad|an|en)(?= ))?"
    rf" ?{CAPITAL}[\w'’.\-]{{0,30}}){{0,3}}"
)
_AFTER = re.compile(
    rf",?(?:[ \u00a0]|[ \t]{{0,2}}\n[ \t>|]{{0,8}})(?P<city>{_CITY})(?: \({CAPITAL}[^()\n]{{1,2"
    rf"0}}\))?(?: [A-Z]{{2}}(?!\w))?"
)
_ONWARD = re.compile(
    rf"(?:,? (?:(?:г|м|гор|с)\. ?)?{_CITY})?,?(?: |\n[ ]{{0,8}})(?P<street>[^\n,;:\"|<>\d]{{2,40}}?)[ ,]{{1,2}}"
    rf"(?:(?:д|дом|буд|No|nr)\.? ?)?\d{{1,4}}[A-Za-zА-Яа-яі]?(?:/\d{{1,4}})?"
    rf"(?:,? ?(?:кв|корп|оф|стр|под|эт|em|fszt|ajtó|sz)\.? ?\d{{0,4}}){{0,3}}(?![\w%])"
)
_STREET = re.compile(
    r"(?:^|[\s.])(?:utca|út|útja|tér|tere|krt|körút|köz|sor|fasor|вул|вулиця|ул|улица|просп|проспект|пр|пр-т"
    r"|пр-кт|бул|бульв"
    r"|бульвар|пер|переулок|пров|провулок|наб|шоссе|ш|пл|площадь|площа|ulica|ul|str|көшесі|street|st)(?:[\s.]|$)"
)
_MOST_NUMBERS = 4
"""House, floor, door and block; a list of numbers is no address."""
_STRANGE = frozenset(listed("anchors.txt", "NOT_IN_ADDRESS"))


def find_places(source: Source) -> Iterator[Candidate]:
    """Yield addresses that hold a postcode and a place: `Ermou 35, 26221 Patra`, `32a Mill Way, Leeds LS2 7EQ`."""
    text, done = source.text, 0
    for code in _POSTCODE.finditer(text):
        if code.start() < done or (len(code[0]) == 4 and code[0].startswith(("19", "20"))):
            continue
        start = _walk_back(text, code.start(), done)
        onward = _ONWARD.match(text, code.end())
        if onward and _STREET.search(onward["street"]) and not _NUMBER.search(text, start, code.start()):
            done = onward.end()
            yield Candidate(start, done, "ADDRESS", 0.78, "postcode, place and street", SHAPED - 4)
            continue
        after = _AFTER.match(text, code.end())
        before = text[start : code.start()]
        if not _is_street(before, code, bool(after)):
            continue
        start += _length_of_name(before)
        end = after.end() if after and not _place_before(before) else code.end()
        value = text[start:end].rstrip(" ,.-\n")
        done = start + len(value)
        yield Candidate(start, done, "ADDRESS", 0.78, "street, number and postcode", SHAPED - 4)


def _walk_back(text: str, at: int, least: int) -> int:
    """Return where the words begin that may belong to the address in front of a postcode."""
    low = max(least, at - _MOST)
    start = end = at
    numbers = 0
    while end > low and numbers < _MOST_NUMBERS:
        gap = end
        while gap > low and text[gap - 1] in " \u00a0,\t":
            gap -= 1
        if gap > low and text[gap - 1] == "\n":
            if _NUMBER.search(text, start, at):
                break
            gap -= 1
            while gap > low and text[gap - 1] in " ,\t\r|>":
                gap -= 1
        word_end = gap - text.startswith("\n", gap - 1)
        before = _BEFORE_WORD.match(text, max(low, gap - 40), word_end)
        word = text[before.end() if before else word_end : word_end]
        if not word or not _belongs(word, text[gap : gap + 1]):
            break
        if text.startswith(("   ", "\t\t"), word_end):
            break
        start = end = word_end - len(word)
        numbers += word.isdigit()
        if word[0] in '("':
            return start + 1
    return start


def _belongs(word: str, following: str) -> bool:
    bare = word.strip(".,'’").lower()
    if bare in _STRANGE or word.endswith((":", "!", "?", "=")) or "@" in word:
        return False
    if word.endswith(".") and len(bare) > 6:
        return False
    return bool(_ADDRESSY.match(word)) or bare in _PARTICLES or bool(re.fullmatch(r"\d{1,2}[a-zªº]{1,2}\.?", bare))


def _place_before(before: str) -> bool:
    """Whether the place stands in front of the postcode: the last word has no digit."""
    word = before.rstrip().rpartition(" ")[2]
    return word[:1].isupper() and not any(map(str.isdigit, word)) and not word.endswith(",")


def _is_street(before: str, code: re.Match[str], has_city: bool) -> bool:
    words = [word for word in re.findall(r"[^\W\d_]{3,}", before) if word[0].isupper() or word in _PARTICLES]
    if not words or len(before) < 6:
        return False
    if code["strong"]:
        return len(before) >= 8 and (" " in before.strip())
    if not _NUMBER.search(before):
        return False
    if has_city and not _place_before(before):
        return True
    return _place_before(before) and len(code[0]) >= 5 and ("," in before or "\n" in before)


def _length_of_name(before: str) -> int:
    """Return how long a person's name in front of the street is, with the comma or line break after it."""
    match = re.match(r"(?P<name>[^\d,\n]{3,40})[,\n]\s{0,12}(?=.)", before)
    words = match["name"].split() if match else []
    named = 1 < len(words) <= 4 and any(is_given_name(word) for word in words[:1])
    return match.end() if match and named else len(before) - len(before.lstrip(" ,\n\t"))
