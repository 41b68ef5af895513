"""Where in a file a name stands, how a reader would say it, and what earlier names stand for."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from afterword.repo.prompts.literals import Known
from afterword.repo.prompts.names import Says, describes


@dataclass(slots=True)
class Scope:
    """A module, a class or a function; `own` says what its own name says of the texts directly in it."""

    name: str = ""
    above: "Scope | None" = None
    is_class: bool = False
    own: Says = Says.NOTHING
    known: dict[str, Known] = field(default_factory=dict)

    def qualified(self, name: str) -> str:
        """Return a name in this scope as a reader would say it: `Agent.instructions`."""
        return f"{self.name}.{name}" if self.name else name

    def inner(self, name: str, is_class: bool, own: Says) -> "Scope":
        """Return the scope of a class or function defined in this one."""
        return Scope(self.qualified(name), self, is_class, own)

    def learn(self, name: str, known: Known | None) -> None:
        """Remember what a name stands for from here on, or that nobody can tell."""
        for scope in self._seeing():
            full = f"{self.name}.{name}" if scope is not self else name
            if known is None:
                scope.known.pop(full, None)
            else:
                scope.known[full] = known

    def look_up(self, name: str) -> Known | None:
        """Return what a name stands for."""
        scope: Scope | None = self
        while scope is not None and name:
            if name in scope.known:
                return scope.known[name]
            scope = scope.above
        return None

    def around_class(self) -> "Scope | None":
        """Return the class whose method this is, for what is assigned to `self`."""
        scope: Scope | None = self
        while scope is not None and not scope.is_class:
            scope = scope.above
        return scope

    def _seeing(self) -> Iterator["Scope"]:
        """Yield this scope and, for a class, the module: that says `Agent.instructions`."""
        yield self
        if self.is_class:
            scope = self
            while scope.above is not None:
                scope = scope.above
            yield scope


class Place(NamedTuple):
    """What a value is given to: a name as a reader would say it, "" where it is given to nothing.

    `group` is what the messages of a list belong to, `hint` tells several of one name apart.
    """

    scope: Scope
    name: str = ""
    says: Says = Says.NOTHING
    line: int = 0
    group: str = ""
    hint: str = ""

    def neutral(self) -> "Place":
        """Return the place of what only stands inside."""
        return Place(self.scope, hint=self.hint)

    def item(self, key: object, says: Says, line: int) -> Self:
        """Return the place of an entry of a dictionary or a list."""
        name = f"{self.name or self.scope.name}[{key!r}]"
        kind = Says.NOTHING if isinstance(key, str) and describes(key) else max(says, self.says)
        return self._replace(name=name, says=kind, line=line, group=name)
