"""Find the model settings in the tree of a configuration file."""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from afterword.repo.settings.keys import MODEL, PROVIDER, is_secret, looks_secret, understand_key
from afterword.repo.settings.models import looks_like_model
from afterword.repo.settings.tree import Branch, Leaf, Node, origin
from afterword.repo.spelling import words_of

_DEEPEST = 40
_MOST = 50_000
"""Places of a tree that are visited; references to references would make it endless."""
_LONGEST = 120
_LABELS = ("name", "id", "label", "model_name", "alias", "key", "title")
_DEFAULTS = frozenset(
    {"defaults", "default_test", "default_settings", "default_params", "default_litellm_params", "litellm_settings"}
)
_COMMON = frozenset({"default", "global", "globals", "common", "shared", "base"})
"""Sections that others inherit from; those of the second list only where another one repeats the setting."""
_VARIABLE = re.compile(r"\$\{(\w{1,100}):?-([^{}]*)\}")
_MODEL_WORDS = frozenset({"model", "llm", "chat_model", "language_model"})


class Found(NamedTuple):
    """A setting in a file: its name, the place in the file that it belongs to, its value and line.

    `inherited` says where the value comes from if it is not pinned where it counts, `spelled` how the file calls it.
    """

    key: str
    scope: str
    value: str
    line: int
    inherited: str = ""
    spelled: str = ""


class _Hit(NamedTuple):
    found: Found
    place: tuple[str, ...]
    is_weak: bool


def settings_in(tree: Branch) -> list[Found]:
    """Return the settings of a file in its order; ValueError where it refers to itself without end."""
    hits = list(_Walk().hits(tree, ()))
    strong = {hit.place for hit in hits if not hit.is_weak}
    taken = [hit for hit in hits if not hit.is_weak or any(_within(hit.place, place) for place in strong)]
    lines = _default_sections(tree)
    heirs = {section: _heirs(section, taken) for section in lines}
    return [hit.found._replace(inherited=hit.found.inherited or _default(hit, heirs, lines)) for hit in taken]


_Place = tuple[str, ...]


def _heirs(section: _Place, hits: list[_Hit]) -> set[str]:
    """Return the settings that other sections have for themselves."""
    return {hit.found.key for hit in hits if hit.place[: len(section)] != section and not hit.found.inherited}


def _default(hit: _Hit, heirs: dict[_Place, set[str]], lines: dict[_Place, int]) -> str:
    """Return from which section of defaults a value comes, as far as other sections have settings."""
    for depth, name in enumerate(hit.place[:4]):
        section = hit.place[: depth + 1]
        others = heirs.get(section, ())
        if hit.found.key in others or (others and words_of(name) in _DEFAULTS):
            return origin(name, lines[section])
    return ""


def _default_sections(tree: Branch) -> dict[_Place, int]:
    """Return the lines of sections near the root whose names say that others inherit from them."""
    found: dict[_Place, int] = {}
    waiting: list[tuple[_Place, Branch]] = [((), tree)]
    for place, branch in waiting:
        for key, node in branch.items.items():
            if not isinstance(node, Branch) or len(found) > 100 or len(waiting) > 1_000:
                continue
            below = (*place, _label(key, node, branch))
            if not branch.is_list and words_of(key) in _DEFAULTS | _COMMON:
                found[below] = node.line
            if len(below) < 4:
                waiting.append((below, node))
    return found


def _within(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one of two places lies in the other."""
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]


class _Walk:
    def __init__(self) -> None:
        self._left = _MOST

    def hits(self, branch: Branch, place: tuple[str, ...], inherited: str = "") -> Iterator[_Hit]:
        if len(place) > _DEEPEST:
            raise ValueError("is nested too deeply, or refers to itself")
        for key, node in branch.items.items():
            self._left -= 1
            if self._left < 0:
                raise ValueError("has more references to references than can be followed")
            if not branch.is_list and is_secret(key):
                continue
            yield from self._node(key, node, branch, place, inherited or branch.origins.get(key, ""))

    def _node(self, key: str, node: Node, branch: Branch, place: tuple[str, ...], inherited: str) -> Iterator[_Hit]:
        named = _named(key, node, branch, place)
        if named is not None:
            value = value_of(node)
            if variable := _VARIABLE.fullmatch(value):
                value, inherited = variable[2], f"default of {variable[1]}"
            if value and not looks_secret(value):
                scope = ".".join(filter(None, (*place, named[1])))
                yield _Hit(Found(named[0], scope, value, node.line, inherited, key), place, named[2])
        # A model's own settings may stand below a key that is a setting itself: `model: {name: …,
        # temperature: …}`.
        if isinstance(node, Branch) and not (named and named[0] == "gen_ai.tool.definitions"):
            yield from self.hits(node, (*place, _label(key, node, branch)), inherited)


def _named(key: str, node: Node, branch: Branch, place: tuple[str, ...]) -> tuple[str, str, bool] | None:
    """Return the name of the setting that a key holds, the rest of its scope, and whether it is weak."""
    above = words_of(place[-1]) if place else ""
    if _is_choice(key, node, branch, above):
        return MODEL, key, False
    if branch.is_list:
        return None
    words = words_of(key)
    if isinstance(node, Leaf) and above in _MODEL_WORDS and words in ("name", "id"):
        return MODEL, "", False
    if isinstance(node, Leaf) and words == "id" and len(place) > 1 and words_of(place[-2]) == "providers":
        return MODEL, "", False
    name = understand_key(key)
    if name is not None and name.key == PROVIDER and isinstance(node, Leaf) and ":" in node.text:
        return (MODEL, "", False) if looks_like_model(node.text) else None
    return (name.key, name.prefix, name.is_weak) if name is not None else None


def _is_choice(key: str, node: Node, branch: Branch, above: str) -> bool:
    """Whether this is one of several: `models: {cheap: gpt-4o-mini}`, `providers: ['openai:gpt-4o']`."""
    listed = above == "models" or (above == "providers" and branch.is_list)
    return listed and isinstance(node, Leaf) and not _is_flag(node.text) and understand_key(key) is None


def _is_flag(text: str) -> bool:
    return text.lower() in ("true", "false", "null", "~", "") or text.replace(".", "").isdigit()


def value_of(node: Node) -> str:
    """Return a value as one line; long texts by their start, length and a mark that changes with them."""
    if isinstance(node, Leaf):
        text = node.text
    elif not node.is_list or not node.items:
        return ""
    elif all(isinstance(item, Leaf) for item in node.items.values()):
        text = ", ".join(
            json.dumps(item.text, ensure_ascii=False) for item in node.items.values() if isinstance(item, Leaf)
        )
    else:
        text = ", ".join(_title(item) or "?" for item in node.items.values())
    if len(text) <= _LONGEST and "\n" not in text:
        return text.strip()
    start = " ".join(text[:_LONGEST].split())[:60]
    mark = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:7]
    return f"{start}… ({len(text):,} characters, sha256 {mark})"


def _label(key: str, node: Branch, branch: Branch) -> str:
    """Return how a step down is called; an item of a list by its own name, else by its number."""
    return (_title(node) or key) if branch.is_list else key


def _title(node: Node) -> str:
    if isinstance(node, Leaf):
        return node.text[:60]
    for label in _LABELS:
        titled = node.items.get(label)
        if isinstance(titled, Leaf) and titled.text and not looks_secret(titled.text):
            return " ".join(titled.text.split())[:60]
    inner = node.items.get("function")
    return _title(inner) if isinstance(inner, Branch) else ""
