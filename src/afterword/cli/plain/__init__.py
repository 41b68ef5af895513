"""Plain mode: the sections of the walk as plain questions, for screen readers, simple terminals and scripts."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from afterword.cli.output import Output
from afterword.cli.plain.interview import Interview
from afterword.cli.plain.questions import Questions
from afterword.cli.plain.talk import InputEnded, Talk
from afterword.errors import AfterwordError, Exit
from afterword.repo import Repository
from afterword.tui.session import Session


def interview(out: Output, repository: Repository, session: Session) -> int:
    """Ask for a record until it is saved or the author leaves; return the exit code.

    The saved file's path is the only thing on stdout.
    """
    talk = Talk(out)
    asked = Interview(talk, session, repository)
    code = int(Exit.FINE)
    try:
        with _told_to_end():
            _greet(talk, session)
            Questions(asked).run()
    except InputEnded as ended:
        code = ended.code or (int(Exit.USAGE) if talk.is_script and asked.saved is None else int(Exit.FINE))
        before = "" if asked.saved else ", before the record was saved"
        with suppress(OSError, ValueError):  # the terminal may be gone
            talk.say(f"\nThe input ended after line {talk.lines}{before}.")
    except (AfterwordError, KeyboardInterrupt):
        _end(out, talk, asked)
        raise
    _end(out, talk, asked)
    return code


def _greet(talk: Talk, session: Session) -> None:
    title = f": {session.record.title}" if session.record.title and talk.shows else ""
    talk.say(f"Post-mortem{title}. {session.clock()}".rstrip())
    talk.say("Enter keeps what is there, ? explains, :help lists the commands, :quit leaves and keeps the draft.")


def _end(out: Output, talk: Talk, asked: Interview) -> None:
    """Say where everything is: the file, or the draft."""
    if asked.saved is not None:
        out.data(asked.saved.path)
        with suppress(OSError, ValueError):
            talk.say("\n".join(asked.saved.told))
        return
    told = _kept(asked)
    with suppress(OSError, ValueError):
        talk.say(told)


def _kept(asked: Interview) -> str:
    session = asked.session
    if not session.draft_is_worth_keeping:
        asked.discard()
        return "Nothing was written, so no draft is kept."
    try:
        asked.keep()
    except AfterwordError as error:
        return f"The last answers could not be kept: {error}"
    place = asked.repository.drafts.folder / f"{session.draft.id}.json"
    return f"The draft is kept in {place}. Go on with: afterword edit --plain {session.draft.id}"


@contextmanager
def _told_to_end() -> Iterator[None]:
    """Let the terminal's end and a request to end be like the end of the input."""

    def end(number: int, frame: FrameType | None) -> None:
        raise InputEnded(128 + number)

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
