"""Recovery phrases of wallets in any language: twelve to twenty-four words after the words that announce them."""

import re
from collections.abc import Iterator

from afterword.redaction.candidate import HEADER, Candidate, Source
from afterword.redaction.data import listed
from afterword.redaction.detectors.cues import cue_ends, field_words

_LENGTHS = (12, 15, 18, 21, 24)
_WORD = r"(?:[^\W\d_][\u3099\u309a]{0,2}){1,12}"
_ON_LINE = r"(?:[ \u3000]{1,2}|,[ ]?)"
_NUMBERED = r"(?:[ ]{0,2}(?:,|\r?\n)?[ ]{0,4}\d{1,2}[.):][ ]{0,2}|[ \u3000]{1,2}|[ ]?\r?\n[ ]{0,4})"


def _phrase(gap: str) -> re.Pattern[str]:
    """Return what stands between the words for a phrase and its words, and those, with a gap between any two."""
    return re.compile(
        r"[^\n:：=]{0,40}?(?:[:：=]|(?<=\s)(?:is|are|ist|sind|est|sont|es|son|é|são|è|sono|jest|je|jsou|to)(?=\s)"
        r"|是|は|은|는|\r?\n)[\s\"'“「`(\[]{0,6}(?:1[.):][ ]{0,2})?"
        rf"(?P<value>{_WORD}(?:{gap}{_WORD}){{11,23}})(?=[ ]{{0,2}}(?:[\"'”」`.()\]\\<–—-]|\r?\n|$))"
    )


_LISTED = re.compile(
    rf"[\"'\s:=]{{1,8}}\[\s{{0,8}}(?P<value>[\"']{_WORD}[\"'](?:,\s{{0,8}}[\"']{_WORD}[\"']){{11,23}})\s{{0,8}}\]"
)
_WAYS = (_phrase(_ON_LINE), _phrase(_NUMBERED), _LISTED)
_ONE = re.compile(_WORD)
_LEAST_DIFFERENT = 9
_FEW_LETTERS = 2


def _of_wallet(words: list[str]) -> bool:
    """Whether words can be a phrase: as many as wallets take, few twice, all lower-case, none that sentences need."""
    if len(words) not in _LENGTHS or len(set(words)) < _LEAST_DIFFERENT or any(word != word.lower() for word in words):
        return False
    grammar = set(listed("not_secrets.txt", "GRAMMAR"))
    return not any(word in grammar or (len(word) <= _FEW_LETTERS and word[0] < "\u2e80") for word in words)


def find_phrases(source: Source) -> Iterator[Candidate]:
    """Yield what follows "seed phrase" and the like, if it is a list of words without a sentence's small ones."""
    for _, end in cue_ends(source, field_words("WALLET")):
        matches = (way.match(source.text, end, end + 700) for way in _WAYS)
        match = next((match for match in matches if match and _of_wallet(_ONE.findall(match["value"]))), None)
        if match:
            yield Candidate(*match.span("value"), "SECRET_WALLET", 0.88, "words of a wallet's recovery phrase", HEADER)
