"""Find any action by name: the keys table as a command palette."""

from collections.abc import Iterator
from contextlib import suppress
from functools import partial

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.widgets import Input

from afterword.tui.keys import KEYS, Key
from afterword.visible import SHOWN


class Palette(CommandPalette):
    """The palette; its line, which is Textual's own, takes nothing that a terminal would obey."""

    def on_mount(self) -> None:
        """Keep out what does not show: the line draws what is pasted as it is."""
        self.query_one(Input).restrict = SHOWN

    def _action_command_list(self, action: str) -> None:
        # Textual's list fails where nothing is laid out in it, such as while the first letters are looked for.
        with suppress(LookupError):
            super()._action_command_list(action)


class Actions(Provider):
    """The actions that the screen below the palette offers, each with its key."""

    async def discover(self) -> Hits:
        """Offer everything before anything is typed."""
        for key in self._offered():
            yield DiscoveryHit(_shown(key), partial(self._call, key), text=key.label, help=key.help)

    async def search(self, query: str) -> Hits:
        """Offer what matches, by label or by sentence."""
        matcher = self.matcher(query)
        for key in self._offered():
            score = max(matcher.match(key.label), matcher.match(key.help))
            if score > 0:
                yield Hit(
                    score,
                    matcher.highlight(_shown(key)),
                    partial(self._call, key),
                    text=key.label,
                    help=key.help,
                )

    def _offered(self) -> Iterator[Key]:
        seen = set()
        for key in KEYS:
            if key.action == "command_palette" or key.action in seen:
                continue
            if self._owner(key) is not None:
                seen.add(key.action)
                yield key

    def _owner(self, key: Key) -> object | None:
        """Return the widget, screen or app, from the focus outwards, that has this action."""
        at: object | None = self.focused or self.screen
        while at is not None:
            own = getattr(type(at), "BINDINGS", ())
            if any(getattr(binding, "action", "") == key.action for binding in own):
                return at
            at = getattr(at, "parent", None)
        return None

    async def _call(self, key: Key) -> None:
        owner = self._owner(key)
        if owner is not None:
            await self.app.run_action(key.action, owner)  # type: ignore[arg-type]


def _shown(key: Key) -> str:
    return f"{key.label}  {key.shown}"
