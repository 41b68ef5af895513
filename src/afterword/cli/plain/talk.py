"""Questions and answers, a line each: no cursor movement, no colour, nothing that a screen reader stumbles over."""

import os
import re
import select
import sys
import time
from collections.abc import Callable

from afterword.cli.output import Output
from afterword.errors import AfterwordError
from afterword.visible import visible_line

_LONGEST = 4 * 1024 * 1024
"""Bytes of one line of an answer."""
_TERMINAL_LINE = 1023 if sys.platform == "darwin" else 4095
"""Bytes that a terminal hands over as one line; it drops what is typed beyond."""
_COMMAND = re.compile(r":(?P<name>[a-z]+)(?:\s+(?P<rest>.*))?")
_PATIENCE = 1.0
"""Seconds of typing that may be missing in the draft."""
END = "."
"""The line that ends a text of several lines."""
YES, NO = ("y", "yes"), ("", "n", "no")


class Back(Exception):
    """The author wants to answer the question before."""


class InputEnded(BaseException):
    """There is nobody left to ask: the input is at its end, or the program was told to end; `code` goes to the caller.

    Like KeyboardInterrupt it is no error of a question, so that nothing on the way takes it for one.
    """

    def __init__(self, code: int | None = None) -> None:
        super().__init__()
        self.code = code


class Talk:
    """Asks on stderr and reads lines from stdin; stdout stays free for what the command has to hand over.

    Where stdin is no terminal, a script answers: an answer that cannot be taken ends the program, because the next
    line answers the next question.
    """

    def __init__(self, out: Output) -> None:
        self._out, self._source = out, sys.stdin.buffer
        self.is_script = not sys.stdin.isatty()
        self.shows = sys.stderr.isatty()
        """Whether a person alone reads what is told; a log must not keep what is not decided yet."""
        self.commands: dict[str, Callable[[str], None]] = {}
        self.lines = 0
        """Lines that were read."""
        self._said: set[str] = set()

    # Telling

    def say(self, text: str) -> None:
        """Tell something."""
        self._out.note(text)

    def once(self, text: str) -> str:
        """Return a text the first time, "" after that: who has heard it need not hear it again."""
        is_new = text not in self._said
        self._said.add(text)
        return text if is_new else ""

    def refuse(self, said: str, hint: str = "") -> None:
        """Say why an answer cannot be taken; a script ends here, by the line of its input."""
        if self.is_script:
            raise AfterwordError(f"Line {self.lines} of the input: {said}", hint)
        self.say(f"{said} {hint}".strip())

    # Asking

    def ask(self, question: str, explain: str = "") -> str:
        """Return one line without spaces around it; `?` tells `explain`, `:word` is a command, `::` begins with `:`."""
        while True:
            text = self._line(question).strip()
            if text == "?":
                self.say(explain or "Answer in one line. :help lists the commands.")
            elif text.startswith("::"):
                return text[1:]
            elif match := _COMMAND.fullmatch(text):
                self._command(match["name"], (match["rest"] or "").strip())
            else:
                return text

    def yes(self, question: str, explain: str = "") -> bool:
        """Ask whether to do something; Enter never does it."""
        while True:
            answer = self.ask(f"{question} (y; Enter: no)", explain).lower()
            if answer in (*YES, *NO):
                return answer in YES
            self.refuse("Answer y or n.")

    def numbers(self, question: str, count: int, explain: str = "") -> list[int]:
        """Ask for some of the numbers from 1 to `count`, as in `1, 3-5` or `all`; return them from 0."""
        while True:
            answer = self.ask(question, explain).lower()
            if answer in (*NO, "none"):
                return []
            found = list(range(count)) if answer == "all" else _numbers(answer, count)
            if found:
                return found
            self.refuse(f"Write numbers from 1 to {count}, as in 1, 3-5, or all.")

    def text(self, keep: Callable[[str], object], begun: str | None = None) -> str:
        """Return lines up to the one that holds a full stop alone; `begun` is the first line, where it is known.

        `keep` is called with what there is now and then, and when the input ends in the middle.
        """
        lines, kept = [] if begun is None else [begun], time.monotonic()
        try:
            while (line := self._line("")) != END:
                lines.append(line[1:] if line.strip(".") == "" and len(line) > 1 else line)
                if time.monotonic() - kept > _PATIENCE or self._is_waiting():
                    keep("\n".join(lines))
                    kept = time.monotonic()
        except (InputEnded, KeyboardInterrupt):
            keep("\n".join(lines))
            raise
        return "\n".join(lines)

    def _command(self, name: str, rest: str) -> None:
        if name not in self.commands:
            self.refuse(f"There is no command :{name}.", ":help lists them; :: begins an answer with a colon.")
        else:
            self.commands[name](rest)

    # Reading

    def _line(self, question: str) -> str:
        while True:
            if question:
                self._out.prompt(f"{visible_line(question)}: ", ends=self.is_script)
            text = self._read()
            if text is not None:
                return text

    def _read(self) -> str | None:
        data = self._source.readline(_LONGEST)
        if not data:
            raise InputEnded
        self.lines += 1
        try:
            text = data.decode("utf-8-sig" if self.lines == 1 else "utf-8")
        except UnicodeDecodeError as error:
            self.refuse(f"Byte {error.start} of it is not UTF-8.", "Write it anew, or convert the input with iconv.")
            return None
        if len(data) >= (_LONGEST if self.is_script else _TERMINAL_LINE):
            self.refuse("The line is too long and may have been cut.", "Write it in an editor (e), or name a file.")
        return text.removesuffix("\n").removesuffix("\r")

    def _is_waiting(self) -> bool:
        """Whether a terminal has no further line at hand, as after a paste."""
        return not self.is_script and not select.select([self._source], [], [], 0)[0]


def _numbers(answer: str, count: int) -> list[int]:
    found: dict[int, None] = {}
    for word in answer.replace(",", " ").split():
        match = re.fullmatch(r"(\d{1,6})(?:-(\d{1,6}))?", word)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last <= count:
            return []
        found |= dict.fromkeys(range(first - 1, last))
    return list(found)


def terminal_editor() -> bool:
    """Whether $EDITOR can take over: it needs a terminal that shows screens."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "") not in ("", "dumb")
