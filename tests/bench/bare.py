"""The floor: a Textual application of one text area, and nothing else. Run as a program of its own."""

from textual.app import App, ComposeResult
from textual.widgets import TextArea


class Bare(App[None]):
    """One text area in a new application, as Textual comes."""

    def compose(self) -> ComposeResult:
        yield TextArea("Ready to type.")


if __name__ == "__main__":
    Bare().run()
