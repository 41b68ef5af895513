"""The prompt changes of a cause, picked from a numbered list; what the model received, pasted and traced."""

import re
from collections.abc import Callable
from datetime import timedelta
from itertools import islice
from typing import Any

from afterword.cli.plain.interview import Interview, guidance
from afterword.cli.plain.listing import Listing, listed, told
from afterword.cli.plain.rows import ask_row
from afterword.cli.plain.talk import NO, YES
from afterword.errors import AfterwordError
from afterword.record.model import EffectivePrompt, PromptChange
from afterword.repo import Repository
from afterword.repo.history.ranking import Group, Ranked, journey, ranked
from afterword.repo.history.sides import sides
from afterword.tui.following import follow
from afterword.tui.gathering import impact_of, shallow_note, window
from afterword.tui.offending import markable, marked_lines, place, with_marks
from afterword.tui.prompt_changes import as_recorded
from afterword.tui.prompt_rows import CHANGE, EFFECTIVE
from afterword.tui.section import Section
from afterword.tui.session import Session

_WIDER = timedelta(days=30)
_MOST = 200
"""Changes that are listed; more would be read out for minutes."""
_DIFF = re.compile(r"d(?:iff)? (?P<at>\d{1,5})")


def ask_prompts(interview: Interview, section: Section) -> None:
    """Ask which prompts changed, until the author wants no other."""
    Prompts(interview, section).run()


class Prompts(Listing):
    """The changes from history and the pasted prompts of the current cause."""

    title = "Prompts"
    already = ("There is something here already.", "Remove it first: remove 1.")
    others = "y picks one, Enter goes on, ? tells the rest."

    def __init__(self, interview: Interview, section: Section) -> None:
        super().__init__(interview, section)
        self._paths = [interview.path(section, name) for name in ("prompts", "effective")]

    @property
    def _changes(self) -> tuple[PromptChange, ...]:
        return self._interview.items(self._paths[0])

    @property
    def _items(self) -> tuple[Any, ...]:
        return (*self._changes, *self._interview.items(self._paths[1]))

    @property
    def count(self) -> int:
        """All of them."""
        return len(self._items)

    @property
    def rows(self) -> list[str]:
        """The changes from history, then the pasted prompts."""
        return [told((CHANGE if isinstance(item, PromptChange) else EFFECTIVE).cells(item)) for item in self._items]

    @property
    def ways(self) -> dict[str, Callable[[], None]]:
        """From history, or pasted."""
        return dict.fromkeys((*YES, "git"), self._pick) | {"paste": self._paste}

    def question(self) -> str:
        """Ask for another prompt."""
        another = "Another prompt change" if self._items else "A prompt change"
        return f"{another}? (y picks from git, paste; Enter: no)"

    def explained(self) -> str:
        """Tell the ways, and what can be done by number."""
        return (
            f"{guidance(self._section)}\ny lists the changes of prompts in the incident's window; paste takes a prompt"
            " as the model received it.\nchange 1 says what a change was and when it went live; mark 1 marks lines that"
            " must not come back;\ntrace 2 finds where the lines of a pasted prompt came from; remove 1 removes it.\n"
            "No prompt took part: not applicable (why), unknown, not published; - takes that back."
        )

    # What is done

    def _put(self, items: tuple[Any, ...], **more: Any) -> None:
        def waiting(items: Any, at: int) -> str:
            changes = sum(isinstance(item, PromptChange) for item in items)
            return f"{self._paths[0]}[{at}]" if at < changes else f"{self._paths[1]}[{at - changes}]"

        changes = tuple(item for item in items if isinstance(item, PromptChange))
        effective = tuple(item for item in items if isinstance(item, EffectivePrompt))
        follow(self._session, waiting, self._items, items)
        self._interview.put(self._section, dict(zip(self._paths, (changes, effective), strict=True)) | more)

    def _pick(self) -> None:
        change = pick(self._interview)
        if change is None:
            return
        at = len(self._changes)
        self._put((*self._changes, change, *self._items[at:]))
        if not change.diff:
            self._talk.say("Git shows no difference of text between these revisions.")
        self._edit(at)

    def _paste(self) -> None:
        self._edit(len(self._items))

    def _edit(self, at: int) -> None:
        items = self._items
        item = items[at] if at < len(items) else None
        is_change = isinstance(item, PromptChange)
        number = at if is_change else at - len(self._changes)
        waiting = f"{self._paths[0 if is_change else 1]}[{number}]"
        row: Any = ask_row(self._interview, self._section, CHANGE if is_change else EFFECTIVE, item, waiting)
        if row is None:
            return
        if isinstance(item, EffectivePrompt) and item.origins and item.text != row.text:
            self._talk.say("The text changed, so its traced lines were removed; trace traces it again.")
            row = row.changed(origins=())
        self._put((*items[:at], row, *items[at + 1 :]))

    def obey(self, what: str, at: int, to: int) -> None:
        """Change or remove one, mark lines of a change, trace those of a pasted prompt."""
        item = self._items[at]
        if what == "change":
            self._edit(at)
        elif what == "remove":
            self._put((*self._items[:at], *self._items[at + 1 :]))
            self.tell()
        elif what == "mark" and isinstance(item, PromptChange):
            self._mark(item)
        elif what == "trace" and isinstance(item, EffectivePrompt):
            self._trace(at, item)
        else:
            self._talk.refuse("That is not possible with this one.", "Lines are marked in a change, traced in a paste.")

    def _mark(self, change: PromptChange) -> None:
        path = self._interview.path(self._section, "offending")
        offending = self._interview.items(path)
        marked = marked_lines(change, offending)
        lines = markable(change, marked)
        if not lines:
            self._talk.say("This change shows no line to mark.")
            return
        marks = [f"{'marked, ' if line.text in marked else ''}{line.sign}{line.text}" for line in lines]
        listed(self._talk, " at ".join(filter(None, place(change))), marks)
        chosen = self._talk.numbers("Which must never come back (numbers; Enter: none)", len(lines))
        marks_now = with_marks(offending, change, [lines[at].text for at in chosen])
        self._put(self._items, **{path: marks_now})

    def _trace(self, at: int, prompt: EffectivePrompt) -> None:
        from afterword.repo.history.origins import counted, is_versioned, rows, runs, trace_in

        self._talk.say("Reading the files at HEAD and the history.")
        with trace_in(self._interview.repository, prompt.text) as trace:
            for _ in trace:
                pass
            origins, notes = trace.origins, trace.notes
        for run in runs(origins):
            self._talk.say(f"{run.first.line}{run.others}: {run.sentence}")
        self._talk.say(" ".join([f"{counted(origins)}.", *notes]))
        if self._talk.yes("Take this into the record?"):
            row = prompt.changed(origins=rows(origins), versioned=is_versioned(origins))
            self._put((*self._items[:at], row, *self._items[at + 1 :]))


def pick(interview: Interview) -> PromptChange | None:
    """List the changes of the incident's window and let the author take one; None where none is taken."""
    talk, session, repository = interview.talk, interview.session, interview.repository
    since, until = window(session.record, session.here.now())
    everywhere = False
    while True:
        talk.say(f"Reading the history from {since:%Y-%m-%d} to {until:%Y-%m-%d}{', all branches' * everywhere}.")
        try:
            found, arrivals = _found(repository, session, since, until, everywhere)
        except AfterwordError as error:
            talk.refuse(error.message, error.hint)
            return None
        listed(talk, "Changes", [_row(one) for one in found])
        if note := shallow_note(repository).strip():
            talk.say(note)
        answer = _choose(interview, found, arrivals)
        if answer == "older":
            since -= _WIDER
        elif answer == "branches":
            everywhere = not everywhere
        elif isinstance(answer, int):
            change = found[answer].change
            return as_recorded(repository, *sides(change), change)
        else:
            return None


def _found(
    repository: Repository, session: Session, since: Any, until: Any, everywhere: bool
) -> tuple[list[Ranked], Any]:
    started, ended = impact_of(session.record)
    with repository.prompt_changes(since, until, everywhere) as changes:
        found = list(islice(changes, _MOST))
        arrivals = changes.arrivals
        return ranked(found, started, ended, arrivals), arrivals


def _row(one: Ranked) -> str:
    change = one.change
    sign = "settings" if change.is_settings else str(change.kind)
    after = "after it began, " if one.group is Group.AFTER else ""
    lines = change.uncounted or f"{change.added} added, {change.removed} removed"
    return told((change.names, f"{after}{sign}", str(change.committed), change.short, change.subject, lines))


def _choose(interview: Interview, found: list[Ranked], arrivals: Any) -> int | str:
    """Return the place of the change that was taken, another window to look at, or ""."""
    talk = interview.talk
    explained = (
        "The number takes a change. diff 2 tells the second one's diff and why it stands there. "
        "older looks 30 days further back, branches looks at all branches or at the one again."
    )
    while True:
        answer = talk.ask("Which (number, diff NUMBER, older, branches; Enter: none)", explained).lower()
        diff = _DIFF.fullmatch(answer)
        if answer in (*NO, "none"):
            return ""
        if answer in ("older", "branches"):
            return answer
        if answer.isdecimal() and 1 <= int(answer) <= len(found):
            return int(answer) - 1
        if diff and 1 <= int(diff["at"]) <= len(found):
            one = found[int(diff["at"]) - 1]
            talk.say("; ".join([*one.reasons, journey(one.change, arrivals).sentence]))
            talk.say(interview.repository.diff_of(one.change))
        else:
            talk.refuse(f"{answer!r} is not one of the answers.", f"Write a number from 1 to {len(found)}, or Enter.")
