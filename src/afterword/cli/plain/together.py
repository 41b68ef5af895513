"""What plain mode does when others write as well: the saved file is brought together, a draft is kept apart."""

from afterword.cli.plain.interview import Interview
from afterword.repo.errors import ConflictError
from afterword.tui.comparing import about, shown, title
from afterword.tui.meeting import Meeting
from afterword.visible import visible

_EXPLAINED = (
    "What only one of you changed is taken. Where both did: m takes what you wrote, t takes theirs; "
    "what is not taken is kept in a file of its own."
)


def bring_together(interview: Interview, error: ConflictError) -> bool:
    """Take what somebody else wrote into the file, asking where both changed the same; False where the author stops.

    AfterwordError where their file cannot be read.
    """
    talk, session = interview.talk, interview.session
    meeting = Meeting.with_file(session.draft, error.text or "")
    talk.say(f"{meeting.name} was changed on disk since you began.")
    for difference in meeting.comparison.left:
        talk.say(visible(f"{title(difference)}. {about(difference)}\n{shown(difference)}".rstrip()))
        while (answer := talk.ask("Take which? (m: yours, t: theirs; Enter: another file name)", _EXPLAINED)) != "":
            if answer.lower() in ("m", "t"):
                meeting.comparison.choose([difference.key], "mine" if answer.lower() == "m" else "theirs")
                break
            talk.refuse(f"{answer!r} is not one of the answers.", "m takes yours, t takes theirs.")
        if not answer:
            return False
    meeting.keep_rest(session.root)
    session.adopt(meeting.outcome())
    interview.settle()
    talk.say(visible(meeting.said + meeting.kept))
    return True
