"""Names of people: by the words around them, by e-mail addresses, by given names, and where found names recur."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from afterword.redaction.candidate import LOOSE, SHAPED, WORD, Candidate, Source
from afterword.redaction.data import rows
from afterword.redaction.detectors.cues import cue_ends
from afterword.redaction.detectors.name_shapes import (
    NO_LOWER,
    given_names,
    is_given_name,
    is_name_word,
    is_place,
    name_at,
    not_names,
    words_in,
)
from afterword.redaction.edged import Edged
from afterword.redaction.same_value import name_tokens

_GAP = re.compile(r"(?:[ \t\u3000]{1,2}|[:：,、，][ \t]{0,2})?(?:\*\*|__|[\"“‘'(*])?")
_TITLES = re.compile(
    r"(?:(?i:mr|mrs|ms|miss|mx|dr|prof|sir|herrn?|frau|hr|fr|monsieur|madame|mme|mlle|m|señora?"
    r"|señorita|sra?|srta|don|doña|dom|dona|senhora?|signora?|sig|dott|dhr|mevr"
    r"|mevrouw|heer|meneer|pani?|panu|panie|pán|paní|pane|herra|rouva|bay|bayan|domnule?|doamna"
    r"|doamnă|г-н|г-жа|господин|госпожа|пан|пані|κ|κύριε|κυρία|κα)\.?[ ]){1,3}"
)
_END_OF_NAME = re.compile(
    r"[ \t]{0,2}(?:[,.!?:;)\]}|*\"'”’\n\r<(\-–—/]|\\|$|(?:from|here|and|et|und|y|e|en|och|og|i"
    r"|a|ja|ve|и|і|at|with|on|was|is|has|asked|said)\b|[\u3000-\u9fff\uac00-\ud7af])"
)


@cache
def _cues(kind: str) -> tuple[str, ...]:
    row = next(row for row in rows("name_cues.txt") if row.startswith(kind + " "))
    return tuple(sorted(set(row.split(" ", 1)[1].split("|")), key=len, reverse=True))


@cache
def _no_names() -> frozenset[str]:
    """Return what introduces a name and so is none, and everyday words."""
    return not_names().union(_cues("SELF"), _cues("GREET"))


def _name_after(text: str, at: int) -> tuple[int, int]:
    gap = _GAP.match(text, at)
    start = gap.end() if gap else at
    if title := _TITLES.match(text, start):
        start = title.end()
    return name_at(text, start)


def _is_caseless(letter: str) -> bool:
    return letter.isalpha() and not letter.isupper() and not letter.islower()


def _credible(source: Source, start: int, end: int, kind: str) -> float:
    """Return how far a name after a cue is to be trusted; 0 where it is none."""
    words = words_in(source.text, start, end)
    if not words or end - start < 2:
        return 0.0
    known = sum(map(is_given_name, words))
    if kind == "ROLE":
        return 0.75 if known and len(words) >= 2 else 0.0
    if _is_caseless(source.text[start]):
        return 0.7 if kind in ("SELF", "TITLE") or known else 0.6
    if len(words) >= 2 or known:
        return 0.85
    return 0.7 if _END_OF_NAME.match(source.text, end) else 0.0


def find_cued(source: Source) -> Iterator[Candidate]:
    """Yield names after greetings, titles, introductions and roles."""
    text = source.text
    for kind in ("SELF", "GREET", "TITLE", "ROLE"):
        for cue_start, cue_end in cue_ends(source, _cues(kind)):
            written = text[cue_start:cue_end].rstrip(".")
            not_title = kind == "TITLE" and (
                (written.islower() and len(written) <= 3) or (written.isupper() and len(written) > 2)
            )
            if not_title or not text[cue_end : cue_end + 1]:
                continue
            start, end = _name_after(text, cue_end)
            glued = start == cue_end and text[cue_end - 1].isalnum() and not _is_caseless(text[cue_end - 1])
            named = end > start and not glued and source.low[start:end] not in _no_names()
            if named and (sure := _credible(source, start, end, kind)):
                reason = f"follows “{text[cue_start:cue_end].strip()}”"
                yield Candidate(start, end, "PERSON", sure, reason, SHAPED - 8 if kind != "ROLE" else LOOSE)
    yield from _behind(source)


_BEHIND = re.compile(
    "(?P<name>[\u3400-\u9fff々]{1,4}[ \u3000]?[\u3400-\u9fff々]{0,4}|[\u30a1-\u30ffー]{2,12}|[가-힣]{2,4}"
    "|[A-Z][a-z]{1,20}(?: [A-Z][a-z]{1,20})?)(?=[ \u3000]?(?:様|さん|さま|님|씨|先生|女士|小姐|と申します))"
)
_HONORIFICS = "様さ님씨先女小と"
"""What honorifics begin with."""
_LONGEST_BEHIND = 45
_HONOURED = frozenset(
    [
        "お客",
        "客",
        "皆",
        "奥",
        "神",
        "高客",
        "顧客",
        "고객",
        "선생",
        "사장",
        "부장",
        "팀장",
        "担当者",
        "担当",
        "王",
        "各位",
    ]
)


def _behind(source: Source) -> Iterator[Candidate]:
    """Yield names in front of honorifics."""
    stretches = source.around(_HONORIFICS, _LONGEST_BEHIND, len("と申します"))
    for match in (match for low, high in stretches for match in _BEHIND.finditer(source.text, low, high)):
        start, name = match.start("name"), match["name"]
        particle = max((name.rfind(mark) for mark in "はがをにのと、"), default=-1)
        start, name = start + particle + 1, name[particle + 1 :]
        if len(name) >= 2 and name.strip() not in _HONOURED | not_names() and not name.endswith("客"):
            yield Candidate(start, start + len(name), "PERSON", 0.75, "stands before an honorific", SHAPED - 8)


_CLOSING_LINE = re.compile(r"[,.!:،]?[ \t]{0,4}(?:\r?\n){1,3}[ \t>]{0,4}(?:[-–—~]{1,3}[ \t]?)?")


def find_signed(source: Source) -> Iterator[Candidate]:
    """Yield names under the closing words of a letter."""
    for _, cue_end in cue_ends(source, _cues("CLOSE")):
        if gap := _CLOSING_LINE.match(source.text, cue_end):
            start, end = name_at(source.text, gap.end())
            line_end = source.text.find("\n", end)
            rest = source.text[end : line_end if line_end >= 0 else len(source.text)]
            if end - start >= 2 and len(rest.strip()) <= 2 and source.low[start:end] not in not_names():
                yield Candidate(start, end, "PERSON", 0.85, "signs a letter", SHAPED - 6)


_MAIL_OPENING = re.compile(r"[\"']?\s{0,2}[<(\[]{1,2}\s?(?:mailto:)?[\w.+'-]{1,64}+$")
_DISPLAY_NAME = re.compile(r"[^\W\d_][^\n<>()\[\]{}\"@:;=|\t\d]{1,60}$")


def find_before_mail(source: Source) -> Iterator[Candidate]:
    """Yield the display name in front of an address: `Ada Lovelace <ada@site>`."""
    text = source.text
    at = text.find("@")
    while at >= 0:
        low = max(0, at - 150)
        opening = _MAIL_OPENING.search(text, max(0, at - 80), at)
        if (
            opening
            and (name := _DISPLAY_NAME.search(text, low, opening.start()))
            and (span := _last_name(text, *name.span()))
        ):
            yield Candidate(*span, "PERSON", 0.88, "stands before an e-mail address", SHAPED - 5)
        at = text.find("@", at + 1)


def _last_name(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the longest name that ends where a stretch of text ends."""
    starts = [start + m.start() for m in re.finditer(r"(?<!\S)[^\W\d_]", text[start:end])]
    for at in starts[-5:]:
        low, high = name_at(text, at)
        if high == end and high - low > 2 and len(words_in(text, low, high)) <= 5:
            return low, high
    return None


_CAPITALISED = Edged(
    NO_LOWER, r"A-Za-z0-9_\u00c0-\u058f@.", r"(?<![^\W\d_]{2}[-'’])[^\W\d_]{2,24}(?:[-'’][^\W\d_]{2,24})*"
)
_LOCAL_PART = re.compile(r"[\w.+'-]{3,64}+$")


_PLAIN: dict[int, str | int | None] = {
    **str.maketrans("łøđı", "lodi", "'’-"),
    **{ord("æ"): "ae", ord("œ"): "oe", ord("ß"): "ss"},
}


def _folded(word: str) -> str:
    """Return a word as people write it in addresses: no diacritics, no case."""
    word = word.casefold().translate(_PLAIN)
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


@lru_cache(maxsize=4096)
def _spellings(word: str) -> set[str]:
    german = word.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    return {_folded(word), _folded(german)}


def _mail_locals(text: str) -> set[str]:
    locals_ = set()
    at = text.find("@")
    while at >= 0:
        if match := _LOCAL_PART.search(text, max(0, at - 64), at):
            locals_.add(match[0].split("+")[0].rstrip("0123456789").casefold())
        at = text.find("@", at + 1)
    return locals_


def _fits_mail(first: str, second: str, locals_: set[str]) -> bool:
    for a in _spellings(first):
        for b in _spellings(second):
            forms = {a + b, b + a, a[0] + b, a + b[0], b + a[0]}
            forms |= {x + sep + y for sep in "._-" for x, y in ((a, b), (b, a), (a[0], b), (a, b[0]), (b, a[0]))}
            if forms & locals_ or (len(a) >= 4 and a in locals_):
                return True
    return False


def find_like_mail(source: Source) -> Iterator[Candidate]:
    """Yield pairs of capitalised words that make up an e-mail address of the same text."""
    locals_ = _mail_locals(source.text)
    if not locals_:
        return
    before: re.Match[str] | None = None
    for match in _CAPITALISED.finditer(source.text):
        if not match[0][0].isupper() or match[0].casefold() in not_names():
            before = None
            continue
        near = before is not None and source.text[before.end() : match.start()] in (" ", "\u00a0", ", ", "  ")
        if before is not None and near and _fits_mail(before[0], match[0], locals_):
            yield Candidate(
                before.start(), match.end(), "PERSON", 0.85, "fits an e-mail address of the text", SHAPED - 7
            )
        before = match


def find_given(source: Source) -> Iterator[Candidate]:
    """Yield a common given name followed by further capitalised words."""
    done = 0
    names = given_names()
    for at in source.at(*(word for word in source.words if word in names)):
        if (
            at >= done
            and source.text[at].isupper()
            and source.text[max(0, at - 1) : at] not in ("@", ".", "_", "/", "-")
        ):
            start, end = name_at(source.text, at)
            done = end
            words = words_in(source.text, start, end)
            before = source.text[max(0, at - 3) : at]
            titled = is_place(source.text, start, end) or before in (', "', ", “") or before.endswith(("«", "„"))
            if len(words) >= 2 and not titled and any(len(word) > 1 for word in words[1:]):
                yield Candidate(start, end, "PERSON", 0.72, "begins with a common given name", LOOSE + 2)


def _mentions(text: str, parts: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield where names or parts of them stand as whole words, or anywhere in scripts without capitals."""
    by_word: dict[str, list[str]] = {}
    for part in parts:
        if (word := WORD.match(part)) and not _is_caseless(part[0]):
            by_word.setdefault(word[0], []).append(part)
            continue
        for match in re.finditer(re.escape(part), text):
            if word or _is_whole(text, *match.span()):
                yield match.span()
    for match in WORD.finditer(text) if by_word else ():
        for part in by_word.get(match[0], ()):
            at, end = match.start(), match.start() + len(part)
            if text.startswith(part, at) and _is_whole(text, at, end):
                yield at, end


def _is_whole(text: str, start: int, end: int) -> bool:
    around = text[start - 1 : start] + text[end : end + 1]
    return not any(letter.isalnum() or letter in "_@" for letter in around)


def _parts(name: str) -> Iterator[str]:
    """Yield the name and those of its words that can stand for it."""
    yield name
    telling = set(name_tokens(name))
    for word in re.split(r"[\s,.]+", name):
        if len(word) >= 3 and word.casefold() in telling and is_name_word(word):
            yield word


def spread(text: str, found: Iterable[Candidate], known_names: Iterable[str]) -> Iterator[Candidate]:
    """Yield further mentions of the names found here or known from other texts, in full or in part."""
    names = {text[c.start : c.end] for c in found if c.label == "PERSON" and c.confidence >= 0.6}
    parts = {part for name in [*names, *known_names] if len(name) < 80 for part in _parts(name) if len(part) > 1}
    for start, end in _mentions(text, sorted(parts)[:5000]):
        yield Candidate(start, end, "PERSON", 0.7, "part of a name found elsewhere", LOOSE + 1)
