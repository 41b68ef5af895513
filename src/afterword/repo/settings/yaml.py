"""YAML files as trees that know the line of every value; no tag is obeyed, and references stay references."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from afterword.repo.settings.tree import Branch, Leaf, Node, origin, rooted

_DEEPEST = 100
_MERGE = "<<"


def read_yaml(text: str, first_line: int = 1) -> Branch:
    """Read a YAML file, whose first line counts as `first_line`; ValueError says what is wrong with it.

    Several documents become a list of them.
    """
    import yaml

    # YAML's own line ends are more than those by which anybody counts lines.
    text = re.sub("\r(?!\n)|[\x85\u2028\u2029]", " ", text)

    # Events come without recursion; the composer written in C would overflow the stack on deep nesting.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        documents = list(_documents(yaml.parse(text, Loader=loader), first_line))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f" (line {mark.line + first_line})" if mark else ""
        raise ValueError(f"is not valid YAML{place}: {error.problem or error.context}") from error
    except (yaml.YAMLError, UnicodeError) as error:
        raise ValueError("is not valid YAML: it holds characters that YAML does not allow") from error
    if len(documents) == 1:
        return rooted(documents[0])
    return Branch(True, first_line, {str(n): document for n, document in enumerate(documents)})


def _documents(events: Iterator[Any], first_line: int) -> Iterator[Node]:
    growing = _Growing(first_line)
    for event in events:
        kind = type(event).__name__
        if kind == "DocumentStartEvent":
            growing = _Growing(first_line)
        elif kind == "DocumentEndEvent" and growing.root is not None:
            yield growing.root
        else:
            growing.take(kind, event)


class _Pair(NamedTuple):
    """An item while its branch grows; `written` says where, if that is elsewhere."""

    key: Leaf | None
    node: Node
    written: str


class _Growing:
    """One document while its events come in."""

    def __init__(self, first_line: int) -> None:
        self.root: Node | None = None
        self._first_line = first_line
        self._open: list[tuple[Branch, list[_Pair]]] = []
        self._key: list[Node | None] = []
        self._anchors: dict[str, tuple[Node, int]] = {}

    def take(self, kind: str, event: Any) -> None:
        line = event.start_mark.line + self._first_line
        if kind == "ScalarEvent":
            self._put(Leaf(event.value, line), line, event.anchor)
        elif kind == "AliasEvent":
            node, anchored = self._anchored(event.anchor, line)
            self._put(node, line, None, origin(event.anchor, anchored))
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            branch = Branch(kind == "SequenceStartEvent", line)
            self._put(branch, line, event.anchor)
            self._open.append((branch, []))
            self._key.append(None)
            if len(self._open) > _DEEPEST:
                raise ValueError(f"is nested too deeply (line {line})")
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            self._key.pop()
            branch, pairs = self._open.pop()
            _fill(branch, pairs)

    def _anchored(self, anchor: str, line: int) -> tuple[Node, int]:
        if anchor not in self._anchors:
            raise ValueError(f"is not valid YAML (line {line}): nothing is called {anchor!r} before")
        return self._anchors[anchor]

    def _put(self, node: Node, line: int, anchor: str | None, written: str = "") -> None:
        if anchor is not None:
            self._anchors[anchor] = node, line
        if not self._open:
            self.root = node
            return
        branch, pairs = self._open[-1]
        key = self._key[-1]
        if branch.is_list:
            pairs.append(_Pair(None, node, written))
        elif key is None:
            self._key[-1] = node
        else:
            self._key[-1] = None
            if isinstance(key, Leaf):
                pairs.append(_Pair(key, node, written))


def _fill(branch: Branch, pairs: list[_Pair]) -> None:
    """Give a finished branch its items; merged ones (`<<`) stand behind its own and give way to them."""
    if branch.is_list:
        branch.items = {str(n): pair.node for n, pair in enumerate(pairs)}
        branch.origins = {str(n): pair.written for n, pair in enumerate(pairs) if pair.written}
        return
    merged: dict[str, _Pair] = {}
    for key, node, written in pairs:
        assert key is not None
        if key.text == _MERGE and isinstance(node, Branch):
            for pair in _merged(node, written):
                merged[_text(pair)] = pair
            continue
        # A block of text starts below its key; its place is where the key stands, unless it is written elsewhere.
        below = isinstance(node, Leaf) and node.line > key.line and not written
        branch.items[key.text] = Leaf(node.text, key.line) if below and isinstance(node, Leaf) else node
        if written:
            branch.origins[key.text] = written
    for name, pair in merged.items():
        if name not in branch.items:
            branch.items[name] = pair.node
            branch.origins[name] = pair.written


def _merged(node: Branch, written: str) -> Iterator[_Pair]:
    """Yield what a merge brings, the strongest last; what was merged before keeps saying from where."""
    sources = [(node, written)]
    if node.is_list:
        sources = [(one, node.origins.get(key, "")) for key, one in node.items.items() if isinstance(one, Branch)][::-1]
    for source, place in sources:
        for name, item in source.items.items():
            yield _Pair(Leaf(name, source.line), item, source.origins.get(name) or place)


def _text(pair: _Pair) -> str:
    return pair.key.text if pair.key is not None else ""
