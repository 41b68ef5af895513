"""What a prompt's text has of a template: variables, branches, loops, includes, and on which branch each line stands.

Read by bounded patterns, not by the template's own engine: Jinja and dotprompt, Mustache and Handlebars, Python's
format strings, `${name}`. Whatever is no such thing is text; nothing here raises.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

_MOST = 2_000_000
"""Characters that are read."""
_MOST_LINES = 50_000
_DEPTH = 100

_TAG = re.compile(r"\{%[-+~]?\s{0,20}([^%{}]{0,300}?)\s{0,20}[-+~]?%\}|\{\{\{?[-~]?([^{}]{1,300}?)[-~]?\}?\}\}|\{#")
_EXPRESSION = re.compile(
    r"\s{0,20}([A-Za-z_]\w{0,80}(?:\.\w{1,80}|\[[^\]]{1,40}\]){0,8})\s{0,20}(\|.{1,200}|\(.{0,200}\))?\s{0,20}"
)
_FORMAT = re.compile(
    r"(?<![\w\\}{^$])\{([A-Za-z_]\w{0,80}(?:\.[A-Za-z_]\w{0,80}|\[\w{1,40}\]){0,8})(?:![rsa])?"
    r"(?::[<>=^+\-#,. _0-9]{0,12}[a-zA-Z%]?)?\}(?!\})"
)
_DOLLAR_BRACES = re.compile(r"(?<![\\$])\$\{([A-Za-z_]\w{0,80})\}")
_DOLLAR = re.compile(r"(?<![\\$\w])\$([a-z_][a-z0-9_]{1,80})\b(?![(\[=])")
_FENCE = re.compile(r"[ \t]{0,12}(?:`{3,}|~{3,})[ \t]{0,4}([\w+#.-]{0,20})")
_PLAIN_FENCES = {"", "text", "txt", "markdown", "md", "xml", "json", "yaml"}
_NO_VARIABLES = {"true", "false", "none", "null", "this", "else", "loop", "super", "self", "undefined"}
_FOR = re.compile(r"for\s{1,9}([\w\s,()]{1,120}?)\s{1,9}in\s")
_SET = re.compile(r"(?:set|macro|import|call)\s{1,9}(\w{1,80})")
_CONDITION_WORDS = re.compile(r"\s{1,20}")
_OPENERS = {"if": "branch", "for": "loop", "block": "block", "macro": "macro", "call": "call", "filter": "filter"}
_OPENERS |= {"unless": "branch", "each": "loop", "with": "block", "role": "role", "set": ""}
_TARGETS = {"include", "extends", "import", "from"}


class Branch(NamedTuple):
    """A tag that opens what stands below it: `{% if premium %}`; `of` is the tag that an else belongs to."""

    tag: str
    line: int
    kind: str
    of: "Branch | None" = None
    parent: "Branch | None" = None

    @property
    def path(self) -> tuple[str, ...]:
        """The tags around a line, outermost first, without their places."""
        tags: list[str] = []
        at: Branch | None = self
        while at is not None and len(tags) < _DEPTH:
            tags += [at.tag, at.of.tag] if at.of else [at.tag]
            at = at.parent
        return tuple(reversed(tags))


class Place(NamedTuple):
    """Where a line stands: its number, from 1, and the innermost branch around it."""

    line: int
    branch: Branch | None


@dataclass
class Template:
    """What was read; `variables` maps a name to the filters it goes through, `targets` a kind to what it names."""

    variables: dict[str, set[str]] = field(default_factory=dict)
    branches: list[Branch] = field(default_factory=list)
    targets: list[tuple[str, str]] = field(default_factory=list)
    lines: dict[str, list[Place]] = field(default_factory=dict)


def read_template(text: str) -> Template:
    """Return what a text has of a template."""
    text = text[:_MOST].replace("\r\n", "\n")
    reading = _Reading(text)
    reading.read()
    return reading.template


class _Reading:
    def __init__(self, text: str) -> None:
        self.template = Template()
        self._text = text
        self._stack: list[Branch] = []
        self._bound: set[str] = set()
        self._has_double = False
        self._inside: list[tuple[int, Branch | None]] = []
        """From which line on which branch holds."""

    def read(self) -> None:
        line, at = 1, 0
        for start, tag, block, expression in self._tags():
            line += self._text.count("\n", at, start)
            at = start
            if block is not None:
                self._block(block, tag, line)
            elif expression is not None:
                self._expression(expression, tag, line)
        for name in self._bound:
            self.template.variables.pop(name, None)
        if not self._has_double:
            self._single_braces()
        self._place_lines()

    def _tags(self) -> Iterator[tuple[int, str, str | None, str | None]]:
        """Yield where each tag starts, its text, and what is in it; comments and raw text are left out."""
        at = 0
        while match := _TAG.search(self._text, at):
            at = match.end()
            if match[0] == "{#":
                end = self._text.find("#}", at)
                if end < 0:
                    self._text = self._text.replace("{#", "  ")  # no comment ends any more, so none begins
                    continue
                at = end + 2
                continue
            if match[1] == "raw":
                end = self._text.find("endraw", at)
                at = end if end >= 0 else len(self._text)
                continue
            yield match.start(), match[0], match[1], match[2]

    def _block(self, inner: str, tag: str, line: int) -> None:
        words = _CONDITION_WORDS.split(inner.strip())
        self._bind(inner)
        self._take(words[0], words, inner, _shown(tag), line, closing=words[0].startswith("end"))

    def _expression(self, inner: str, tag: str, line: int) -> None:
        """Read `{{ … }}`: a variable, or one of Handlebars' tags."""
        sign, rest = inner[:1], inner[1:].strip()
        if sign == "!":
            return
        if sign in ("#", "^", "/", ">") or inner.strip() == "else":
            self._has_double = True
            word = (_CONDITION_WORDS.split(rest) or [""])[0] if sign != "e" else "else"
            if sign == ">":
                self.template.targets.append(("include", rest))
            elif inner.strip() == "else" or (sign == "^" and not rest):
                self._take("else", ["else"], "else", _shown(tag), line)
            else:
                kind = word if word in _OPENERS else "if"
                self._take(kind, [word], rest, _shown(tag), line, closing=sign == "/")
            return
        match = _EXPRESSION.fullmatch(inner.strip())
        if match is None or match[1].casefold() in _NO_VARIABLES:
            return
        self._has_double = True
        if not (match[2] or "").startswith("("):
            filters = "|".join(part.strip() for part in (match[2] or "").split("|"))
            self.template.variables.setdefault(match[1], set()).add(filters.strip("|"))

    def _take(self, word: str, words: list[str], inner: str, tag: str, line: int, closing: bool = False) -> None:
        """Follow a tag: open, turn to an else, close, or note what it includes."""
        self._has_double = True
        if closing:
            if self._stack:
                self._stack.pop()
        elif word in ("else", "elif", "elseif") and self._stack:
            top = self._stack.pop()
            first = top.of or top
            self._open(Branch(tag, line, "else", first, top.parent))
        elif word in _TARGETS:
            self.template.targets.append((word, inner.removeprefix(word).strip(" \"'")))
        elif _OPENERS.get(word) and len(self._stack) < _DEPTH:
            self._open(Branch(tag, line, _OPENERS[word], None, self._stack[-1] if self._stack else None))
        self._inside.append((line, self._stack[-1] if self._stack else None))

    def _open(self, branch: Branch) -> None:
        self._stack.append(branch)
        self.template.branches.append(branch)

    def _bind(self, inner: str) -> None:
        """Remember names that the template gives values to itself."""
        if match := _FOR.match(inner):
            self._bound.update(re.findall(r"\w+", match[1]))
        elif match := _SET.match(inner):
            self._bound.add(match[1])

    def _single_braces(self) -> None:
        """Read `{name}` and `${name}`, where no tag with two braces says that the text is another kind of template."""
        text = _without_code(self._text)
        for match in _FORMAT.finditer(text):
            self.template.variables.setdefault(match[1], set()).add("")
        dollars = [match[1] for match in _DOLLAR_BRACES.finditer(text)]
        if dollars:
            dollars += [match[1] for match in _DOLLAR.finditer(text)]
        for name in dollars:
            self.template.variables.setdefault(f"${name}", set()).add("")

    def _place_lines(self) -> None:
        """Note for each line that says something on which branch it stands."""
        changes, branch, at = self._inside, None, 0
        for number, line in enumerate(self._text.split("\n")[:_MOST_LINES], 1):
            key = " ".join(_TAG.sub("", line).split()) if "{%" in line or "{{#" in line else " ".join(line.split())
            branch_before = branch
            while at < len(changes) and changes[at][0] <= number:
                branch = changes[at][1]
                at += 1
            if sum(map(str.isalpha, key[:200])) >= 12:
                held = branch if branch is not None and branch.line < number else branch_before or branch
                self.template.lines.setdefault(key, []).append(Place(number, held))


def _without_code(text: str) -> str:
    """Leave out what stands in fences of a programming language."""
    kept, inside = [], False
    for line in text.split("\n"):
        match = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if match is not None:
            inside = not inside and match[1].lower() not in _PLAIN_FENCES
        elif not inside:
            kept.append(line)
    return "\n".join(kept)


def _shown(tag: str) -> str:
    """Return a tag as a sentence shows it, white space settled."""
    settled = " ".join(tag.replace("{%-", "{%").replace("-%}", "%}").split())
    return settled if len(settled) <= 60 else f"{settled[:59]}…"
