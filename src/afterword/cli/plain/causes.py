"""The causes of an incident, one after the other."""

import re

from afterword.cli.plain.interview import Interview, guidance
from afterword.cli.plain.talk import NO, YES
from afterword.tui.section import Section
from afterword.visible import visible_line

_REMOVE = re.compile(r"remove (?P<number>\d{1,3})")


def tell_cause(interview: Interview, cause: int, always: bool = False) -> None:
    """Say which cause the next questions are about, where there is more than one."""
    causes = interview.session.record.causes
    interview.session.cause = cause
    if always or len(causes) > 1:
        title = causes[cause].title if cause < len(causes) else ""
        told = f"Cause {cause + 1} of {max(len(causes), cause + 1)}"
        interview.talk.say(f"{told}: {visible_line(title)}." if title else f"{told}.")


def ask_another(interview: Interview, section: Section) -> bool:
    """Ask whether there is another cause; begin it where there is."""
    talk, session = interview.talk, interview.session
    explained = f"{guidance(section)}\ny begins another cause, remove 2 removes the second one and all of it."
    while True:
        count = len(session.record.causes)
        answer = talk.ask("Another cause? (y; Enter: no)", explained).lower()
        gone = _REMOVE.fullmatch(answer)
        if answer in NO:
            return False
        if answer in YES:
            if count:
                session.turn_to(count)
                interview.settle()
            return True
        if gone and 1 <= int(gone["number"]) <= count:
            session.cause = int(gone["number"]) - 1
            title = visible_line(session.record.causes[session.cause].title) or f"cause {session.cause + 1}"
            if talk.yes(f"Remove {title}, with its prompt diffs, settings and eval gaps?"):
                session.remove_cause()
                interview.settle()
        else:
            talk.refuse(f"{answer!r} is not one of the answers.", "y begins another cause, Enter goes on.")
