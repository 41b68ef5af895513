"""A team's own rules: patterns to find, values to leave alone, suffixes of internal host names.

A pattern runs on stretches of a line that are the shorter the more open repeats it has, so that its worst case stays
small; repeated groups that can match in many ways are refused. So no pattern can hang a scan.
"""

import re
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from afterword.errors import AfterwordError
from afterword.redaction.labels import settle_label

_MOST_PATTERNS = 200
_LONGEST_PATTERN = 400
_LONGEST_ENTRY = 400
_STRETCH = {0: 4096, 1: 1024, 2: 128, 3: 64}
_OPEN_FROM = 40
_REPEAT = re.compile(r"[*+?]|\{(\d*)(?:(,)(\d*))?\}")
_HOST_SUFFIX = re.compile(r"\.?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,8}", re.IGNORECASE)


def _complaint(pattern: str, what: str) -> AfterwordError:
    return AfterwordError(
        f"The redaction pattern {pattern!r} cannot be used: {what}.",
        "Write it without repeats inside repeats, with limits such as {1,20}.",
    )


def _spread(match: re.Match[str]) -> int:
    """How many lengths a repeat can match: 1 for a fixed one, a large number for an open one."""
    if match[0] == "?":
        return 2
    if match[0] in "*+":
        return _OPEN_FROM + 1
    low = int(match[1] or 0)
    high = (int(match[3]) if match[3] else low + _OPEN_FROM) if match[2] else low
    return high - low + 1


class _Shape:
    """What a pattern's source says about its worst case: the number of open repeats."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.open_repeats = 0
        self.choices = 1
        self._groups: list[bool] = []
        self._last_group_varies = False
        self._walk()

    def _walk(self) -> None:
        at = 0
        while at < len(self.source):
            at = self._step(at)

    def _step(self, at: int) -> int:
        letter = self.source[at]
        if letter == "\\":
            if self.source[at + 1 : at + 2].isdigit():
                raise _complaint(self.source, "it refers back to a group")
            self._last_group_varies = False
            return at + 2
        if letter == "[":
            self._last_group_varies = False
            return self._class_end(at)
        if letter == "(":
            return self._open(at)
        if letter == ")":
            self._last_group_varies = self._groups.pop() if self._groups else False
            if self._last_group_varies and self._groups:
                self._groups[-1] = True
            return at + 1
        if letter == "|" and self._groups:
            self._groups[-1] = True
        repeat = _REPEAT.match(self.source, at)
        if repeat and at and repeat[0] != "{}":
            return self._repeat(repeat)
        self._last_group_varies = False
        return at + 1

    def _open(self, at: int) -> int:
        if re.match(r"\(\?(?:P=|\()", self.source[at:]):
            raise _complaint(self.source, "it refers back to a group")
        self._groups.append(False)
        special = re.match(r"\(\?(?:P<\w+>|<?[=!]|:|[aimsx-]+[:)])?", self.source[at:])
        return at + (special.end() if special else 1)

    def _class_end(self, at: int) -> int:
        end = at + 2 if self.source[at + 1 : at + 2] != "^" else at + 3
        while end < len(self.source) and self.source[end] != "]":
            end += 2 if self.source[end] == "\\" else 1
        return end + 1

    def _repeat(self, repeat: re.Match[str]) -> int:
        spread = _spread(repeat)
        most = int(repeat[3] or 99) if repeat[2] else int(repeat[1] or 99) if repeat[1] else 99
        if self._last_group_varies and repeat[0] != "?" and most > 1:
            raise _complaint(self.source, "a repeated group can match in more than one way")
        if spread > _OPEN_FROM:
            self.open_repeats += 1
        else:
            self.choices *= spread
        if spread > 1 and self._groups:
            self._groups[-1] = True
        self._last_group_varies = False
        end = repeat.end()
        return end + 1 if self.source[end : end + 1] in ("?", "+") else end


@dataclass(frozen=True, slots=True)
class OwnPattern:
    """A regular expression of the team and the label of what it finds; checked when made."""

    label: str
    regex: str
    reason: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", settle_label(self.label))
        if not self.regex or len(self.regex) > _LONGEST_PATTERN:
            raise _complaint(self.regex[:40], f"it must have 1 to {_LONGEST_PATTERN} characters")
        try:
            compiled = re.compile(self.regex)
        except (re.error, OverflowError, RecursionError) as problem:
            raise _complaint(self.regex, str(problem)) from problem
        if compiled.match("") and compiled.fullmatch(""):
            raise _complaint(self.regex, "it matches the empty text")
        shape = _Shape(self.regex)
        if shape.open_repeats not in _STRETCH or shape.choices > 2000:
            raise _complaint(self.regex, "it has too many open repeats")

    @property
    def stretch(self) -> int:
        """The longest piece of a line, in characters, that the pattern is tried on at a time."""
        shape = _Shape(self.regex)
        return max(32, _STRETCH[shape.open_repeats] // (1 if shape.choices < 50 else 4))


@dataclass(frozen=True, slots=True)
class Rules:
    """A team's configuration of the engine.

    `allow` holds values that are never findings, in which `*` stands for any text; a secret is only let through when it
    is there letter by letter. `internal_hosts` are suffixes such as `corp.acme.io`. Errors name the entry.
    """

    patterns: tuple[OwnPattern, ...] = ()
    allow: tuple[str, ...] = ()
    internal_hosts: tuple[str, ...] = ()
    _folded: tuple[str, ...] = field(init=False, default=(), repr=False)

    def __post_init__(self) -> None:
        if len(self.patterns) > _MOST_PATTERNS or len(self.allow) > 2000 or len(self.internal_hosts) > 500:
            raise AfterwordError("There are too many redaction rules.", f"Keep to {_MOST_PATTERNS} patterns.")
        for entry in self.allow:
            if not entry.strip("* ") or len(entry) > _LONGEST_ENTRY or entry.count("*") > 3:
                raise AfterwordError(
                    f"The allow-list entry {entry[:40]!r} is too broad or too long.",
                    "Write the value, with at most three *.",
                )
        for suffix in self.internal_hosts:
            if not _HOST_SUFFIX.fullmatch(suffix):
                raise AfterwordError(f"{suffix!r} is not a suffix of host names.", "Write it like corp.acme.io.")
        object.__setattr__(self, "_folded", tuple(entry.casefold() for entry in self.allow))

    def allows(self, value: str, label: str) -> bool:
        """Whether the team said that this value is no finding."""
        if not self.allow:
            return False
        if label.startswith("SECRET"):
            return value in self.allow
        folded = value.casefold()
        literal = [entry.replace("[", "[[]").replace("?", "[?]") for entry in self._folded]
        return any(fnmatchcase(folded, entry) for entry in literal)
