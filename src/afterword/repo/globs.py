"""Which paths a list of patterns means: one meaning, asked of git and of Python alike.

A pattern is relative to the repository's root and case-sensitive. `*` and `?` stay within one folder, `[a-z]`
is one character, `**/` is any number of folders, `/**` is everything below, `{a,b}` is either; a plain name
also means everything in the folder of that name. A pattern that starts with `!` takes away what the others
found. These are git's `:(glob)` pathspecs; as in git, characters are bytes.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from afterword.repo.runner import to_bytes

_KEPT = 20_000
_BRACES = re.compile(r"\{([^{}/]*,[^{}/]*)\}")
_TOKEN = re.compile(
    rb"(?P<lead>(?:^|(?<=/))\*\*/)|(?P<tail>(?<=/)\*\*$)|(?P<all>^\*\*$)|(?P<star>\*+)|(?P<one>\?)"
    rb"|\[(?P<not>[!^]?)(?P<set>\]?[^\]/]*)\]|\\(?P<escaped>.)|(?P<plain>.)",
    re.DOTALL,
)


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
    if "[:" in bare or "\0" in bare or bare.startswith(":"):
        return "uses a form that is not supported here"
    try:
        Globs([bare])
    except re.error:
        return "has a range that runs backwards"
    return ""


def _alternatives(pattern: str) -> list[str]:
    match = _BRACES.search(pattern)
    if match is None:
        return [pattern]
    head, tail = pattern[: match.start()], pattern[match.end() :]
    return [whole for choice in match[1].split(",") for whole in _alternatives(head + choice + tail)]


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
    raw = to_bytes(pattern)
    found = b"".join(_token(match) for match in _TOKEN.finditer(raw))
    return found if re.search(rb"[*?\[\\]", raw) else found + b"(?:/.*)?"


def _token(match: re.Match[bytes]) -> bytes:
    if match["set"] is not None:
        return _set(match["not"], match["set"])
    fixed = {"lead": b"(?:.*/)?", "tail": b".+", "all": b".+", "star": b"[^/]*", "one": b"[^/]"}
    if match.lastgroup in fixed:
        return fixed[match.lastgroup]
    return re.escape(match["escaped"] or match["plain"] or b"")


def _set(negated: bytes, members: bytes) -> bytes:
    inner = members.replace(b"\\", b"\\\\").replace(b"[", b"\\[").replace(b"]", b"\\]").replace(b"^", b"\\^")
    inner = inner.replace(b"&&", b"&\\&").replace(b"||", b"|\\|").replace(b"~~", b"~\\~")
    return b"(?!/)[" + (b"^" if negated else b"") + inner + b"]"
