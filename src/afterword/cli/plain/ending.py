"""How plain mode ends: what is still open, the file, and a commit where it is asked for."""

from contextlib import suppress
from dataclasses import dataclass

from afterword.checks import Problem
from afterword.cli.plain.deciding import decide
from afterword.cli.plain.interview import Interview
from afterword.cli.plain.talk import NO, YES
from afterword.cli.plain.together import bring_together
from afterword.errors import AfterwordError, Exit
from afterword.repo.errors import CommitError, ConflictError, WriteError
from afterword.tui.own_words import OwnWords, look_for_exposed
from afterword.tui.saving import SaveResult, commit_record, proposal, write_record
from afterword.tui.sections import SECTIONS, section_index
from afterword.tui.still_open import OWN_WORDS
from afterword.visible import visible, visible_line

_TITLES = {section.id: section.title for section in SECTIONS}
_HOOK_LINES = 3


@dataclass
class Go(Exception):
    """The author goes to another section, to the question about `part`."""

    index: int
    part: str = ""


def open_points(interview: Interview) -> list[Problem]:
    """Return everything that is still open, what keeps the record from being saved first."""
    blocking = interview.session.blocking()
    return [*blocking, *(problem for problem in interview.session.problems() if problem not in blocking)]


def tell_open(interview: Interview, points: list[Problem]) -> None:
    """List what is open, each with its section."""
    blocking = interview.session.blocking()
    if not points:
        interview.talk.say("Nothing is open.")
        return
    lines = [f"Still open: {len(points)}."]
    for at, point in enumerate(points, 1):
        weight = "must be settled: " if point in blocking else "" if point.severity == "error" else "advice: "
        told = visible_line(f"{weight}{point.message} {point.hint}".strip())
        lines.append(f"{at}: {_TITLES.get(point.section, point.section)}, {told}")
    interview.talk.say("\n".join(lines))


def ask_end(interview: Interview) -> SaveResult | None:
    """Tell what is open and ask whether to save; None where the author stops without saving. `Go` leads to a point."""
    session = interview.session
    session.take_exposed(session.draft, look_for_exposed(session))
    points = open_points(interview)
    tell_open(interview, points)
    explained = "y saves the record into the work tree; a number goes to that point; Enter leaves, the draft is kept."
    while True:
        which = ", number goes there" if points else ""
        answer = interview.talk.ask(f"Save? (y{which}; Enter: keep the draft)", explained).lower()
        if answer in NO:
            return None
        if answer in YES:
            saved = save(interview)
            if saved is not None:
                return saved
        elif answer.isdecimal() and 1 <= int(answer) <= len(points):
            point = points[int(answer) - 1]
            raise Go(section_index(point.section), point.part)
        else:
            interview.talk.refuse(f"{answer!r} is not one of the answers.", "y saves, Enter keeps the draft.")


def save(interview: Interview) -> SaveResult | None:
    """Save the record, and commit it where that is asked for; None where something must be settled first."""
    blocked = [point for point in interview.session.blocking() if point.code not in OWN_WORDS]
    if blocked:
        title = _TITLES.get(blocked[0].section, blocked[0].section)
        _refuse(interview, AfterwordError(f"Not saved: {title}: {blocked[0].message}", blocked[0].hint))
        return None
    own_words = OwnWords.gather(interview.session)
    if own_words is not None:
        interview.talk.say("In your own words:")
        is_settled = decide(interview, own_words)
        own_words.done()
        interview.settle()
        if not is_settled:
            left = len(own_words.undecided)
            said = f"Not saved: {left} value{'s are' if left > 1 else ' is'} undecided in your own words."
            _refuse(interview, AfterwordError(said, "Save again to decide."))
            return None
    interview.saved = _write(interview)
    interview.saved = _commit(interview, interview.saved)
    return interview.saved


def _refuse(interview: Interview, error: AfterwordError) -> None:
    """Say why nothing was saved; a script ends with the code for data that is protected."""
    if interview.talk.is_script:
        raise AfterwordError(error.message, error.hint, Exit.REFUSED)
    interview.talk.say(visible_line(str(error)))


def _write(interview: Interview) -> SaveResult:
    session, talk = interview.session, interview.talk
    path = session.draft.base_path or proposal(session.draft, session.root)
    while True:
        answer = talk.ask(f"File [{path}]", "Enter takes this file; another name in the same folder may be written.")
        try:
            with suppress(WriteError):  # without room for a draft, the record is the best place for the text
                interview.keep()
            saved = write_record(session, session.root, answer or path)
        except ConflictError as error:
            if talk.is_script or error.text is None:
                raise
            path = _after_conflict(interview, error, path)
        except AfterwordError as error:
            if error.code is Exit.REFUSED and talk.is_script:
                raise
            talk.refuse(error.message, error.hint)
        else:
            interview.discard()
            return saved


def _after_conflict(interview: Interview, error: ConflictError, path: str) -> str:
    """Bring this record and what somebody else wrote together, or propose another name; return the name."""
    if bring_together(interview, error):
        return path
    return f"{path.rpartition('/')[0]}/{error.free_id}.md" if error.free_id else path


def _commit(interview: Interview, saved: SaveResult) -> SaveResult:
    """Commit the saved file where the author says so; a failing hook leaves it saved."""
    talk, session = interview.talk, interview.session
    talk.say(f"Saved: {saved.path}")
    verb = "Update" if session.draft.base_path else "Add"
    message = f"{verb} post-mortem: {session.record.title}"
    while talk.yes("Commit this file alone?", "What you have staged stays staged."):
        message = talk.ask(f"Message [{message}]") or message
        try:
            return commit_record(saved, session.root, message)
        except CommitError as error:
            said = "\n".join(error.output.strip().splitlines()[-_HOOK_LINES:])
            talk.say(visible(f"{error.message} {error.hint}\n{said}".strip()))
            if talk.is_script:
                raise
    return saved
