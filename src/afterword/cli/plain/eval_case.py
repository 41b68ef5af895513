"""The new eval case: nothing to say, or its fields, and its file where that is wanted."""

from afterword.cli.plain.answers import CLEAR
from afterword.cli.plain.interview import Interview, guidance
from afterword.cli.plain.talk import NO, YES
from afterword.errors import AfterwordError
from afterword.record.absence import Absence
from afterword.tui.case_writing import write_case
from afterword.tui.section import Section


def ask_whether_absent(interview: Interview, section: Section) -> None:
    """Ask whether there is a case to write; its fields follow, unless an absence is the answer."""
    talk, session = interview.talk, interview.session
    explained = f"{guidance(section)}\nNo case to write: not applicable (why), unknown; - takes that back."
    while True:
        absence = session.absence(section)
        question = f"Answered: {absence} (- takes it back)" if absence else "A case to write? (Enter: yes)"
        answer = talk.ask(question, explained)
        if answer.lower() in (*YES, "") and not (absence and answer):
            return
        found = Absence.parse(answer)
        if answer == CLEAR and absence:
            interview.answer_absent(section, None)
            return
        if found and session.record.eval_case is None:
            interview.answer_absent(section, found)
            return
        if answer.lower() in NO:
            talk.refuse("Say why there is none.", "not applicable (why), unknown and still pending are answers.")
        elif found:
            talk.refuse("There is a case here already.", "Clear its fields first, each with -.")
        else:
            talk.refuse(f"{answer!r} is not one of the answers.", "Enter goes on, ? tells the others.")


def ask_case_file(interview: Interview) -> None:
    """Ask whether to write the case's file, where the case is whole."""
    talk, session = interview.talk, interview.session
    case = session.record.eval_case
    if case is None or not case.input or not case.assertion:
        return
    if not talk.yes("Write the case's file now, in the format of its runner?"):
        return
    try:
        record_id, written = write_case(session)
    except AfterwordError as error:
        talk.refuse(f"Not written: {error.message}", error.hint)
        return
    session.promise(record_id)
    for section, name, value in (("eval_case", "path", written.path), ("eval_case", "runner", written.runner)):
        session.set(f"{section}.{name}", value)
    interview.settle()
    talk.say(f"Written: {written.path}\n{written.how_to_run.strip()}")
