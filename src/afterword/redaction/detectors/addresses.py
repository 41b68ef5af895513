"""Postal addresses: by the shapes that countries write them in, and after words that announce one."""

import re
from collections.abc import Iterator
from functools import cache

from afterword.redaction.candidate import SHAPED, Candidate, Source
from afterword.redaction.detectors.address_shapes import (
    CITY,
    ENDINGS,
    ENGLISH_STREETS,
    NUMBER,
    REGION,
    SEP,
    STREET_WORDS,
    TAIL,
    TITLE,
    UNIT,
)
from afterword.redaction.detectors.cues import after_cue, cue_ends, field_words
from afterword.redaction.edged import Edged

Spans = Iterator[tuple[int, int]]


@cache
def _numbered() -> tuple[Edged, ...]:
    """Addresses that begin with the house number, as in English-speaking countries and India."""
    unit = rf"(?:{SEP}{UNIT})?"
    return (
        Edged(
            "0-9",
            r"\w#.\-/",
            rf"\d{{1,6}}[A-Za-z]?(?:[-/]\d{{1,5}})?,? (?:{TITLE} ){{1,4}}(?:{ENGLISH_STREETS})\b\.?{unit}"
            rf"(?:{SEP}{CITY})?{TAIL}?",
        ),
        Edged(
            "0-9FSAU",
            r"\w#.\-/",
            rf"(?:(?:Flat|Studio|Apartment|Unit) ?\w{{1,4}}|\d{{1,4}}[A-Z]?){SEP}"
            rf"(?:\d{{1,4}}[A-Z]?[ ,]{{1,2}})?(?:{TITLE}[ "
            rf",\n]{{1,2}}){{1,8}}(?:GIR ?0AA|[A-Z]{{1,2}}\d[A-Z\d]? ?\d[A-Z]{{2}})(?!\w)",
        ),
        Edged(
            "0-9HPF",
            r"\w#.\-/",
            rf"(?:(?:H\.? ?No\.?|House No\.?|Plot No\.?|Flat No\.?) ?\d[\w/-]{{0,6}}|\d{{1,4}}"
            rf"(?:/\d{{1,4}})?),? (?:{TITLE}[ ,]{{1,2}}){{1,7}}{TITLE}(?: ?[-–] ?| )\d{{6}}(?!\d)",
        ),
    )


_BEFORE_NUMBER = re.compile(r"\s(?=\d)(?:(?<=[^\W\d_].)|(?<=[^\W\d_]\..))", re.DOTALL)
_STREET_NAME = re.compile(rf"(?<![\w-])(?:{TITLE}[ -]){{0,3}}[\w.\-]{{1,40}}$")
_AFTER_STREET = re.compile(rf"\s{NUMBER}(?:{SEP}{UNIT})?(?P<tail>{TAIL}{REGION})?")
_WHOLE_STREETS = frozenset(
    [
        "straße",
        "strasse",
        "str.",
        "weg",
        "platz",
        "allee",
        "gasse",
        "ring",
        "damm",
        "ufer",
        "laan",
        "straat",
        "plein",
        "kade",
        "út",
        "utca",
        "tér",
        "körút",
        "gata",
        "gate",
        "vei",
    ]
)


def _street_then_number(source: Source) -> Spans:
    """Yield addresses whose street's last word says so, then the number: `Lindenstraße 5, 10969 Berlin`."""
    text = source.text
    for match in _BEFORE_NUMBER.finditer(text):
        at = match.end() - 1
        word = source.low[max(0, at - 40) : at].rsplit(None, 1)
        if not word or not word[-1].endswith(ENDINGS):
            continue
        name, after = _STREET_NAME.search(text, max(0, at - 100), at), _AFTER_STREET.match(text, at)
        if (
            name
            and after
            and (
                after["tail"]
                or word[-1] in _WHOLE_STREETS
                or word[-1].endswith(("straße", "strasse", "straat", "gatan", "utca"))
            )
        ):
            yield name.start(), after.end()


@cache
def _street_words() -> tuple[str, ...]:
    first = (re.match(r"[^\W_]+", word.replace("\\", "").lower()) for word in STREET_WORDS.split("|"))
    return tuple(sorted({match[0] for match in first if match}))


_NUMBER_FIRST = re.compile(rf"(?<![\w.]){NUMBER}(?: ?(?:bis|ter|quater))?,? $")
_STREET_FIRST = re.compile(
    rf"(?:{STREET_WORDS})[ ]?(?:(?:de la|de l'|des|du|de|d'|del|della|delle|dei|degli|di|do|da"
    rf"|dos|das|e|los|las|el|la|le|les|lo|san|santa|of)[ ]?){{0,3}}"
    rf"{TITLE}(?:[ ](?:{TITLE}|de|del|da|do|di|la|dos|das|e|y|i|von|van)){{0,5}}(?:,?\s(?:n[.º°o]{{0,2}}\s"
    rf"?|No\.? ?|nr\.? ?|№ ?|д\. ?|буд\. ?|κ\. )?(?!\d{{5}}(?!\d)){NUMBER})?"
    rf"(?:(?:{SEP}(?:Piso|piso|Piano|Puerta|Apt\.?|apt\.|apto\.?|Apto\.?|m\.|кв\.|Esc\.|sc\.|ap\.|bl\.|et\."
    rf"|interno|Appartamento|Appt|bât\.|lok\.|app\.|bureau|suite|unité|logement"
    rf"|[Dd]e?pto\.?|[Oo]f\.|[Oo]ficina|[Ii]nt\.?"
    rf"|[Tt]orre|[Cc]asa|[Bb]loque|[Bb]loco|[Ss]ala|[Ll]ocal|офис|оф\.|корп\.|под\.)"
    rf" ?[\w-]{{1,6}}){{1,3}}(?:, {CITY}(?: ?\([^()\n]{{2,25}}\))?){{0,2}})?"
    rf"{TAIL}?{REGION}"
)


_DIGIT = re.compile(r"\d")


def _street_word_first(source: Source) -> Spans:
    """Yield addresses that begin with a word for street: `12, rue de la Paix`, `Calle Mayor 5`, `ul. Długa 7`."""
    for at in source.at(*_street_words()):
        if _DIGIT.search(source.text, max(0, at - 14), at + 120) and (match := _STREET_FIRST.match(source.text, at)):
            number = _NUMBER_FIRST.search(source.text, max(0, at - 14), at)
            yield (number.start() if number else at), match.end()


_TURKISH_WORDS = ("mah", "mahallesi", "sokağı", "sokak", "sok", "sk", "caddesi", "cad", "cd", "bulvarı", "blv")
_TURKISH = re.compile(r"(?i:\w{2,10})\.?[^\n\"<>|]{0,60}?(?:No ?[:.]? ?)?\d{1,5}[^\n\"<>|.]{0,40}")
_TITLES_BEFORE = re.compile(rf"(?<![\w-])(?:\d{{5}} )?(?:{TITLE} ){{1,3}}$")
_MILITARY = re.compile(
    rf"(?:PSC|Unit|USCGC|USNS|USNV|USS) [\w ]{{2,20}}?(?:,? Box \d{{1,5}})?{SEP}(?:APO|FPO|DPO),? "
    rf"(?:AA|AE|AP) \d{{5}}(?:-\d{{4}})?"
)
_BOX = re.compile(
    rf"(?:P\.? ?O\.? Box|Postfach|BP|Apartado|Casella Postale|Caixa Postal|Postbus|skr\. poczt\.) "
    rf"\d{{2,6}}{TAIL}"
)


def _anchored(source: Source) -> Spans:
    """Yield Turkish and military addresses and boxes of post offices."""
    for at in source.at(*_TURKISH_WORDS):
        before, match = _TITLES_BEFORE.search(source.text, max(0, at - 80), at), _TURKISH.match(source.text, at)
        if before and match:
            yield before.start(), match.end()
    for pattern, words in (
        (_MILITARY, ("psc", "unit", "uscgc", "usns", "usnv", "uss")),
        (_BOX, ("p", "po", "postfach", "bp", "apartado", "casella", "caixa", "postbus", "skr")),
    ):
        for at in source.at(*words):
            if match := pattern.match(source.text, at):
                yield match.span()


_JAPANESE = re.compile(
    "(?:東京都|北海道|京都府|大阪府|[\u4e00-\u9fff]{2,3}県)"
    "[\u4e00-\u9fff\u3041-\u30ff"
    "ー々ヶ]{1,20}"
    "[0-9０-９丁目番地号町\\-−－ー]{0,20}(?:[ \u3000]?[\u30a1-\u30ffー\u4e00-\u9fff]{2,15}[0-9０-９]{1,5}号?室?)?"
)
_JAPANESE_POSTCODE = re.compile("〒? ?\\d{3}[-−]\\d{4}[ \u3000]?$")
_CHINESE = re.compile(
    "(?:[\u4e00-\u9fff]{2,7}(?:省|自治区|自治區))?[\u4e00-\u9fff]{2,7}(?:市|州|县|縣)[\u4e00-\u9fff]{1,12}"
    "(?:路|街|道|巷|弄|村|大道|胡同|段|里)"
    "[0-9０-９一二三四五六七八九十甲乙]{0,6}(?:号|號|座|楼|室|单元)?[0-9A-Za-z\u4e00-\u9fff-]{0,14}(?: \\d{6})?"
)
_KOREAN = re.compile(
    r"(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충청[남북]|전라[남북]|경상[남북]|제주)(?:특별자치시|특별자치도|특별시|광역시|시|도|북도|남도)?\s"
    r"(?:[가-힣]{1,10}(?:시|군|구|읍|면)\s){0,3}[가-힣0-9]{1,14}(?:로|길|동|가)\s?(?:\d{1,4}(?:-\d{1,4})?)?"
    r"(?:\s?\([^()\n]{1,30}\))?"
)


def _east_asian(source: Source) -> Spans:
    text = source.text
    if text.isascii():
        return
    for low, high in source.around("都道府県", 4, 70):
        for match in _JAPANESE.finditer(text, low, high):
            code = _JAPANESE_POSTCODE.search(text, max(0, match.start() - 12), match.start())
            yield code.start() if code else match.start(), match.end()
    for low, high in source.around("市州县縣", 20, 50):
        yield from (match.span() for match in _CHINESE.finditer(text, low, high))
    if any(mark in text for mark in "로길동가"):
        yield from (match.span() for match in _KOREAN.finditer(text))


_STREET_ONLY = re.compile(
    r"(?:am|an der|im|zum|zur|via|largo|vial|plaza|place|square|passage|boulevard|avenue|alte"
    r"|neue|rua|r\.|parque|park|jardim)\b",
    re.IGNORECASE,
)


_LOCALE = re.compile(r"[A-Z]\.(?:UTF|ISO|utf|iso)")
"""`LANG=C.UTF-8`, where C is no abbreviation of a word for street."""


def _is_address(text: str) -> bool:
    """Whether a match has a house number and, for streets whose first word is everyday, a postcode too."""
    if not re.search("[0-9０-９一二三四五六七八九十]", text) or _LOCALE.match(text):
        return False
    return not _STREET_ONLY.match(text) or bool(re.search(r"\d{4,5}|\d{2}-\d{3}|\d,|\d\n", text))


def find_shaped(source: Source) -> Iterator[Candidate]:
    """Yield addresses by street words, house numbers and postcodes."""
    spans = [match.span() for edged in _numbered() for match in edged.finditer(source.text)]
    for finder in (_street_then_number, _street_word_first, _anchored, _east_asian):
        spans += finder(source)
    for start, end in spans:
        value = source.text[start:end].rstrip(" ,.\n")
        if _is_address(value):
            yield Candidate(start, start + len(value), "ADDRESS", 0.78, "street, number and place", SHAPED - 4)


_ADDRESS_END = re.compile(
    r"[\"<>{}|;`\t]|\\|[.。!?！？](?=\s|$)|\n(?!\s{0,4}(?:[A-Z]{0,2}-?\d{3,6}\b(?!-\d\d-)|[A-Z][\w'. "
    r"-]{1,40}(?:,|\n|\.|$)))|\s(?:and|is|was|by|but|because|und|et|y|e|for|veranlasst|geliefert"
    r"|verzonden|wurde|zostanie|on)\s|[、，](?=[^0-9]{4})|です|に|へ|으로|로 "
)
_MOST = 120


def find_cued(source: Source) -> Iterator[Candidate]:
    """Yield what follows words such as “shipping address” or “ship to”, if it has a number and capital letters."""
    text = source.text
    for cue_start, cue_end in cue_ends(source, field_words("ADDRESS")):
        at = after_cue(text, cue_end)
        stop = _ADDRESS_END.search(text, at, at + _MOST)
        end = stop.start() if stop else min(len(text), at + _MOST)
        value = text[at:end].rstrip(" ,.\n")
        if at == cue_end or not _reads_like_address(value):
            continue
        yield Candidate(at, at + len(value), "ADDRESS", 0.75, f"follows “{text[cue_start:cue_end]}”", SHAPED - 5)


def _reads_like_address(value: str) -> bool:
    first = value[:1]
    if first.islower() or not first.isalnum():
        return False
    if "@" in value or "://" in value or not len(value) >= 8 or not re.search(r"\d", value):
        return False
    words = re.findall(r"[^\W\d_]{2,}", value)
    capital = [word for word in words if not word.islower()]
    lone = re.fullmatch(r"[#A-Za-z-]{0,8}[\d., -]+", value)
    return (
        bool(words)
        and not lone
        and len(capital) * 2 >= len(words)
        and not re.match(r"(?:0x|HTTP/|\d{4}-\d\d-\d\d|\d+\.\d+\.\d+)", value)
    )
