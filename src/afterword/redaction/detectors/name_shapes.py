"""What a person's name looks like, in scripts with and without capital letters."""

import re
from functools import cache

from afterword.redaction.data import listed, rows
from afterword.redaction.same_value import fold

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f]|['’`\-‐](?=[^\W\d_]))*")
_CASELESS = re.compile(
    "[\u1000-\u109f\u1200-\u137f\u1780-\u17ff\u0590-\u06ff\u0900-\u0dff\u0e00-\u0eff\u10a0-\u10ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
_HAN = re.compile(
    "[\u3400-\u9fff々]{1,4}(?:[ \u3000]?[\u3400-\u9fff々]{1,4})?|[\u3041-\u30ffー]{2,10}(?:[ \u3000・=＝]"
    "[\u3041-\u30ffー]{2,10}){0,2}"
)
_CHINESE = re.compile(
    "(?:欧阳|司马|上官|诸葛|東方|东方|慕容|皇甫|尉迟|公孙|令狐|宇文|长孙|夏侯|端木|独孤|南宫|歐陽|司馬|諸葛|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙"
    "史陶黎贺顾毛郝龚邵万钱严"
    "覃武戴莫孔向汤陳張劉楊趙吳孫馬鄭謝許鄧馮韓蕭蔣蘇呂盧鍾譚陸賈韋鄒邱閻龍賀顧龔錢嚴湯])[\u3400-\u9fff]{1,2}"
)
_HANGUL = re.compile(
    "(?:남궁|황보|제갈|[김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용])"
    "[가-힣]{1,2}"
)
_OTHER = re.compile(
    "[\u0590-\u06ff\u0900-\u0eff\u1000-\u137f\u1780-\u17ff]{2,20}"
    "(?: [\u0590-\u06ff\u0900-\u0eff\u1000-\u137f\u1780-\u17ff]{2,20})?"
)
_MOST_WORDS = 5
_NAMES = "name_words.txt"
NO_LOWER = "A-Z\u00aa-\U0010ffff"
"""The inside of a class for the first letter of a name: whatever no small letter of ASCII is."""


@cache
def not_names() -> frozenset[str]:
    """Return the capitalised words that begin sentences or name things, in lower case."""
    return frozenset(word for row in rows("not_names.txt") for word in row.split())


@cache
def _particles() -> frozenset[str]:
    return frozenset(word for kind in ("particle", "particle_written", "within") for word in listed(_NAMES, kind))


@cache
def given_names() -> frozenset[str]:
    """Return common given names, folded."""
    return frozenset(fold(word) for row in rows("given_names.txt") for word in row.split())


def is_given_name(word: str) -> bool:
    """Whether a word, or the parts of a hyphenated one, are common given names."""
    return fold(word) in given_names() or all(fold(part) in given_names() for part in re.split("[-‐]", word))


def is_name_word(word: str) -> bool:
    """Whether a word is written like part of a name: a capital first, and no everyday word."""
    folded = word.casefold().replace("’", "'")
    if not word[0].isupper() or folded in not_names() or folded.rstrip("'s") in not_names():
        return False
    return len(word) > 1 and (not word.isupper() or len(word) <= 14)


def _caseless(text: str, at: int) -> tuple[int, int]:
    letter = text[at]
    if "가" <= letter <= "힣":
        match = _HANGUL.match(text, at)
    elif letter >= "\u3040":
        match = _CHINESE.match(text, at) or _HAN.match(text, at)
    else:
        match = _OTHER.match(text, at)
    return (at, match.end()) if match else (at, at)


def name_at(text: str, at: int) -> tuple[int, int]:
    """Return the offsets of the name that begins at `at`; an empty range where there is none."""
    if at < len(text) and _CASELESS.match(text[at]):
        return _caseless(text, at)
    end, words, place = at, 0, at
    while words < _MOST_WORDS and (match := _WORD.match(text, place)):
        word = match[0]
        if is_name_word(word) and (not word.isupper() or words or len(word) <= 3 or _capitals_around(text, match)):
            end, words = match.end(), words + 1
        elif _initial(text, match) and (words or _WORD.match(text, match.end() + 2)):
            words += 1
            end = match.end() + (text[match.end() : match.end() + 1] == ".")
        elif not (word.casefold() in _particles() and words) and not (
            word.casefold() in _particles() and word[0].islower() and place == at
        ):
            break
        place = max(match.end(), end)
        if text[place : place + 1] not in (" ", "\u00a0") or not text[place + 1 : place + 2].isalpha():
            break
        place += 1
    return at, _without_possessive(text, at, end)


def _capitals_around(text: str, match: re.Match[str]) -> bool:
    following = _WORD.match(text, match.end() + 1)
    return bool(following and following[0].isupper() and len(following[0]) > 2)


def _initial(text: str, match: re.Match[str]) -> bool:
    return len(match[0]) == 1 and match[0].isupper() and text[match.end() : match.end() + 1] == "."


def _without_possessive(text: str, start: int, end: int) -> int:
    return end - 2 if end - start > 3 and text[end - 2 : end] in ("'s", "’s") else end


def words_in(text: str, start: int, end: int) -> list[str]:
    """Return the words of a name."""
    return _WORD.findall(text, start, end)


_PLACE_AFTER = re.compile(
    r"['’]s [A-Z]|(?i: (?:theatre|theater|cathedral|university|hospital|museum|theorem|theory|syndrome|disease|stadium"
    r"|award|prize|foundation|institute|airport|overture|symphony|quartet|orchestra|opera|festival|library|academy|act"
    r"|street|avenue|bridge|hotel|principle|equation|algorithm|inequality|conjecture|lemma|distribution|transform|gmbh"
    r"|ltd|inc|llc|company|station|square|palace|castle|river|island|mountains?|national|county|district)\b)"
)
_PLACE_BEFORE = re.compile(
    r"(?i:\b(?:saint|st\.|mount|lake|cape|port|fort|san|santa|hotel|opera|aria|song|novel|play|film|rue|via|calle|rua|ulica"
    r"|ul\.|avenida|avenue|chi nhánh|thành phố|tp\.|university of|branch|city of)) $"
)


def is_place(text: str, start: int, end: int) -> bool:
    """Whether words like a name belong to a place, a prize, a theorem or a firm that is called after somebody."""
    if text[start:end].lower().replace(" ", "_") in listed("anchors.txt", "PLACE"):
        return True
    after = _PLACE_AFTER.search(text, max(start, end - 60), min(len(text), end + 14))
    return bool(after and after.start() <= end) or bool(_PLACE_BEFORE.search(text, max(0, start - 16), start))


_SAID = frozenset("已把被您吗呢了为给跟让没我你他换调请很这那是的不就")
"""Letters that sentences are made of, not names."""


def _reads_like_han_name(value: str) -> bool:
    """Whether letters of Chinese script are a name, not what somebody says: a known family name, or few letters."""
    letters = value.replace(" ", "").replace("\u3000", "")
    return bool(_CHINESE.fullmatch(letters)) or (
        3 <= len(letters) <= 9 and letters.isalpha() and not _SAID & set(letters)
    )


def looks_like_full_name(value: str, strict: bool = True) -> bool:
    """Whether a whole value is a name of two to five capitalised words, or one in a script without capitals.

    Not `strict`, where the field's name says so, one of the words may be an everyday one.
    """
    if not value or len(value) > 60:
        return False
    if _CASELESS.match(value[0]):
        return (
            value not in not_names()
            and bool(re.fullmatch("[\\w \u3000・.\u0300-\u036f\u064b-\u065f-]{2,30}", value))
            and not re.search(r"\d", value)
            and not (strict and "\u3400" <= value[0] <= "\u9fff" and not _reads_like_han_name(value))
        )
    if match := re.fullmatch(r"([^,\d]{2,30}), ([^,\d]{2,30})", value):
        value = f"{match[2]} {match[1]}"
    words = value.replace(".", ". ").split()
    named = [word for word in words if word.casefold().rstrip(".") not in _particles()]
    if not 2 <= len(words) <= 6 or len(named) < 2 or not all(map(_is_capitalised, named)):
        return False
    everyday = sum(word.casefold() in not_names() for word in named)
    return everyday == 0 or (everyday == 1 and (not strict or is_given_name(named[0])))


def _is_capitalised(word: str) -> bool:
    bare = word.rstrip(".")
    return bool(_WORD.fullmatch(bare)) and bare[0].isupper()
