"""YAML files as trees that know the line of every value; no tag is obeyed, and references stay references."""

from collections.abc import Iterator
from typing import Any

from afterword.repo.settings.tree import Branch, Leaf, Node, rooted

_DEEPEST = 100
_MERGE = "<<"


def read_yaml(text: str, first_line: int = 1) -> Branch:
    """Read a YAML file, whose first line counts as `first_line`; ValueError says what is wrong with it.

    Several documents become a list of them.
    """
    import yaml

    # Events come without recursion; the composer written in C would overflow the stack on deep nesting.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        documents = list(_documents(yaml.parse(text, Loader=loader), first_line))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f" (line {mark.line + first_line})" if mark else ""
        raise ValueError(f"is not valid YAML{place}: {error.problem or error.context}") from error
    except yaml.YAMLError as error:
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


class _Growing:
    """One document while its events come in."""

    def __init__(self, first_line: int) -> None:
        self.root: Node | None = None
        self._first_line = first_line
        self._open: list[tuple[Branch, list[tuple[Leaf | None, Node]]]] = []
        self._key: list[Node | None] = []
        self._anchors: dict[str, Node] = {}

    def take(self, kind: str, event: Any) -> None:
        line = event.start_mark.line + self._first_line
        if kind == "ScalarEvent":
            self._put(Leaf(event.value, line), event.anchor)
        elif kind == "AliasEvent":
            self._put(self._anchored(event.anchor, line), None)
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            branch = Branch(kind == "SequenceStartEvent", line)
            self._put(branch, event.anchor)
            self._open.append((branch, []))
            self._key.append(None)
            if len(self._open) > _DEEPEST:
                raise ValueError(f"is nested too deeply (line {line})")
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            self._key.pop()
            branch, pairs = self._open.pop()
            branch.items = _items(branch, pairs)

    def _anchored(self, anchor: str, line: int) -> Node:
        if anchor not in self._anchors:
            raise ValueError(f"is not valid YAML (line {line}): nothing is called {anchor!r} before")
        return self._anchors[anchor]

    def _put(self, node: Node, anchor: str | None) -> None:
        if anchor is not None:
            self._anchors[anchor] = node
        if not self._open:
            self.root = node
            return
        branch, pairs = self._open[-1]
        key = self._key[-1]
        if branch.is_list:
            pairs.append((None, node))
        elif key is None:
            self._key[-1] = node
        else:
            self._key[-1] = None
            if isinstance(key, Leaf):
                pairs.append((key, node))


def _items(branch: Branch, pairs: list[tuple[Leaf | None, Node]]) -> dict[str, Node]:
    """Return the items of a finished branch; merged ones (`<<`) stand behind its own and give way to them."""
    if branch.is_list:
        return {str(n): node for n, (_, node) in enumerate(pairs)}
    own: dict[str, Node] = {}
    merged: dict[str, Node] = {}
    for key, node in pairs:
        assert key is not None
        if key.text == _MERGE and isinstance(node, Branch):
            sources = reversed(node.items.values()) if node.is_list else [node]
            for source in sources:
                merged |= source.items if isinstance(source, Branch) else {}
        else:
            # A block of text starts below its key; its place is where the key stands.
            own[key.text] = Leaf(node.text, key.line) if isinstance(node, Leaf) and node.line > key.line else node
    return own | {key: node for key, node in merged.items() if key not in own}
