"""One spelling for the names of settings and prompts, however their files write them."""

import re

_MANY_DOTS = re.compile(r"(?<![\w\"'-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){100}")


def words_of(key: str) -> str:
    """Return a key as lower-case words joined by `_`: `maxTokens`, `MAX-TOKENS` and `max_tokens` are one."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", key)
    return re.sub(r"[^a-z0-9]+", "_", apart.lower()).strip("_")


def dotted_too_often(text: str) -> bool:
    """Whether a TOML text has a key of more than 100 parts, for which the library that reads it takes minutes."""
    return _MANY_DOTS.search(text) is not None
