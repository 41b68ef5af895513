"""Which paths a list of patterns means: one meaning, asked of git and of Python alike.

A pattern is relative to the repository's root and case-sensitive. `*` and `?` stay within one folder, `[a-z]`
is one character, `**/` is any number of folders, `/**` is everything below, `{a,b}` is either; a plain name
also means everything in the folder of that name. A pattern that starts with `!` takes away what the others
found. These are git's `:(glob)` pathspecs; as in git, characters are bytes.

As a regular expression each piece up to the next star is matched where it fits first and never tried again: pieces
between stars have fixed lengths, so that this finds whatever there is to find, in time that the path's length bounds.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from afterword.repo.runner import to_bytes

_KEPT = 20_000
_MOST_ALTERNATIVES = 1_000
_LONGEST = 1_000
_BRACES = re.compile(r"\{([^{}/]*,[^{}/]*)\}")
_TOKEN = re.compile(
    rb"(?P<lead>(?:^|(?<=/))\*\*/)|(?P<tail>(?<=/)\*\*$)|(?P<all>^\*\*$)|(?P<star>\*+)|(?P<one>\?)"
    rb"|\[(?P<not>[!^]?)(?P<set>\]?[^\]/]*)\]|\\(?P<escaped>.)|(?P<plain>.)",
    re.DOTALL,
)


class _TooMany(Exception):
    """Braces that stand for too many patterns."""


class Globs:
    """A list of patterns; see the module for what they mean."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self.patterns = tuple(patterns)
        takes = [_normal(p) for pattern in self.patterns if not pattern.startswith("!") for p in _alternatives(pattern)]
        drops = [_normal(p) for pattern in self.patterns if pattern.startswith("!") for p in _alternatives(pattern[1:])]
        self._take = _compiled(takes)
        self._drop = _compiled(drops)
        # A history names the same files again and again.
        self._known = lru_cache(maxsize=_KEPT)(self._matches)

    def matches(self, path: str) -> bool:
        """Whether a path, relative to the root and with `/`, is meant."""
        return self._known(path)

    def _matches(self, path: str) -> bool:
        if self._take is None:
            return False
        raw = to_bytes(path)
        return self._take(raw) and not (self._drop is not None and self._drop(raw))


def check_pattern(pattern: str) -> str:
    """Return what is wrong with a pattern, or ""."""
    bare = pattern.removeprefix("!")
    if not bare.strip("/"):
        return "is empty"
    if bare.startswith("/") or ".." in bare.split("/"):
        return "must be relative to the repository's root, without '..'"
    if {"", "."} & set(bare.removesuffix("/").split("/")):
        return "has an empty part or '.' in it"
    if any("**" in part and part != "**" for part in bare.split("/")):
        return "has '**' beside other letters; it stands alone between slashes"
    if len(bare) > _LONGEST:
        return f"is longer than {_LONGEST:,} characters"
    if "[:" in bare or "\0" in bare or bare.startswith(":"):
        return "uses a form that is not supported here"
    try:
        Globs([bare])
    except re.error:
        return "has a range that runs backwards"
    except _TooMany:
        return f"stands for more than {_MOST_ALTERNATIVES:,} patterns"
    return ""


def _alternatives(pattern: str) -> list[str]:
    """Return the patterns that one with braces stands for; `_TooMany` where they are more than anybody means."""
    found: list[str] = []
    waiting = [pattern]
    while waiting:
        if len(found) + len(waiting) > _MOST_ALTERNATIVES:
            raise _TooMany
        one = waiting.pop()
        if match := _BRACES.search(one):
            waiting += [one[: match.start()] + choice + one[match.end() :] for choice in match[1].split(",")]
        else:
            found.append(one)
    return found


def _normal(pattern: str) -> str:
    return f"{pattern}**" if pattern.endswith("/") else pattern


def _compiled(patterns: list[str]) -> Callable[[bytes], bool] | None:
    """Return a test for any of these patterns; those for a name in any folder are tried on the name alone."""
    if not patterns:
        return None
    anywhere = [p for p in patterns if p.startswith("**/") and "/" not in p[3:] and re.search(r"[*?\[]", p[3:])]
    within = [p for p in patterns if p not in anywhere]
    by_name = re.compile(b"|".join(_expression(p[3:]) for p in anywhere) or b"(?!)", re.DOTALL)
    by_path = re.compile(b"|".join(map(_expression, within)) or b"(?!)", re.DOTALL)

    def test(path: bytes) -> bool:
        return bool(by_name.fullmatch(path.rpartition(b"/")[2]) or by_path.fullmatch(path))

    return test


def _expression(pattern: str) -> bytes:
    """Return a pattern as a regular expression: segments between `**/`, in them pieces between stars."""
    raw = to_bytes(pattern)
    segments = [[b""]]
    for match in _TOKEN.finditer(raw):
        if match["lead"]:
            segments.append([b""])
        elif match["star"]:
            segments[-1].append(b"")
        else:
            segments[-1][-1] += _token(match)
    *before, last = map(_segment, range(len(segments)), segments)
    found = b"".join(b"(?>" + segment + b")" for segment in before) + last
    return found if re.search(rb"[*?\[\\]", raw) else found + b"(?:/.*)?"


def _segment(number: int, pieces: list[bytes]) -> bytes:
    first, *others = pieces
    anywhere = b"(?:[^/]*/)*?" if number else b""
    settled = b"".join(b"(?>[^/]*?" + piece + b")" for piece in others[:-1])
    return anywhere + first + settled + b"".join(b"[^/]*?" + piece for piece in others[-1:])


def _token(match: re.Match[bytes]) -> bytes:
    if match["set"] is not None:
        return _set(match["not"], match["set"])
    fixed = {"tail": b".+", "all": b".+", "one": b"[^/]"}
    if match.lastgroup in fixed:
        return fixed[match.lastgroup]
    return re.escape(match["escaped"] or match["plain"] or b"")


def _set(negated: bytes, members: bytes) -> bytes:
    found = b""
    for low, high, one in re.findall(rb"(.)-(.)|(.)", members, re.DOTALL):
        found += rb"\x%02x" % ord(one) if one else rb"\x%02x-\x%02x" % (ord(low), ord(high))
    return b"(?!/)[" + (b"^" if negated else b"") + found + b"]"
