"""How names are spelled: the words of a key or an identifier."""

import re


def words_of(key: str) -> str:
    """Return a key as lower-case words joined by `_`: `maxTokens`, `MAX-TOKENS` and `max_tokens` are one."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", key)
    return re.sub(r"[^a-z0-9]+", "_", apart.lower()).strip("_")
