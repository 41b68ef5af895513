"""Reads back what was decided on a text and which placeholders were given, from a draft that may be damaged."""

from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from afterword.errors import AfterwordError

Stored = TypeVar("Stored")


def restored(kind: type[Stored], state: dict[str, Any], what: str, hint: str) -> Stored:
    """Return the value whose `dump` gave a state; AfterwordError says that `what` cannot be read."""
    try:
        return TypeAdapter(kind).validate_python(state)
    except ValidationError as problem:
        raise AfterwordError(f"The stored {what} cannot be read: {problem.errors()[0]['msg']}.", hint) from problem
