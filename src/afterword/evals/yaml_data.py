"""YAML that somebody else wrote, as data: no tag makes an object, and neither depth nor merges bring us down."""

from typing import Any

import yaml

_DEEPEST = 100
_MOST_MERGED = 10_000
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_LOADER):  # type: ignore[misc]
    """The safe loader, which refuses merges (`<<`) of merges before they have multiplied."""

    def flatten_mapping(self, node: Any) -> None:
        super().flatten_mapping(node)
        if len(node.value) > _MOST_MERGED:
            raise yaml.constructor.ConstructorError(None, None, "too many keys are merged", node.start_mark)


def read_data(text: str) -> Any:
    """Return what a YAML text holds; ValueError where it cannot be read, or is nested deeper than any suite."""
    try:
        if is_deep(text):
            raise ValueError("is nested too deeply")
        return yaml.load(text, Loader=_Loader)
    except (yaml.YAMLError, ArithmeticError, LookupError, TypeError, AttributeError, RecursionError) as error:
        # The library's own constructors fail in all these ways on values such as `!!bool maybe`.
        raise ValueError("is not valid YAML") from error


def is_deep(text: str) -> bool:
    """Whether a text is nested so deep that the library, which calls itself for each level, would crash."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            return True
    return False
