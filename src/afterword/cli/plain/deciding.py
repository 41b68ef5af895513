"""A decision on every finding of a text, one by one."""

from collections.abc import Callable

from afterword.cli.plain.interview import Interview
from afterword.cli.plain.talk import NO
from afterword.cli.redact import masked
from afterword.errors import AfterwordError
from afterword.redaction import LABELS, PASSAGES, Redaction, Verdict
from afterword.redaction.same_value import occurrences
from afterword.tui.finding_words import described
from afterword.tui.subjects import Subject
from afterword.visible import visible_line

_AROUND = 60
"""Characters of a line that are told on each side of a finding."""
_EXPLAINED = """\
r redacts this one; all redacts every undecided one of its kind; same redacts every place with the same value.
k keeps it, and asks why; k why keeps it at once; keepall why keeps every undecided one of its kind.
l LABEL calls it something else. m marks a value that was missed. s leaves it undecided for now.
u takes the last decision back. text tells the whole text. Nothing undecided is ever saved."""


def decide(interview: Interview, subject: Subject) -> bool:
    """Have every finding decided; return whether all are."""
    deciding = Deciding(interview, subject)
    deciding.look_through()
    deciding.go_through()
    deciding.ask_for_missed()
    return deciding.is_settled


_NOT_READ = "The name model did not read all of it; beyond that, names were found by the rules alone."


class Deciding:
    """The decisions on one text."""

    def __init__(self, interview: Interview, subject: Subject) -> None:
        self._interview, self._subject, self._talk = interview, subject, interview.talk
        self._skipped: set[int] = set()
        self._before: list[Redaction] = []

    @property
    def _state(self) -> Redaction:
        state = self._subject.redaction()
        assert state is not None  # it was looked through
        return state

    @property
    def is_settled(self) -> bool:
        """Whether every finding was decided upon, in a text that was looked through to its end."""
        return self._state.is_settled

    def look_through(self) -> None:
        """Look for secrets and personal data, where that was not done to the end."""
        state = self._subject.redaction()
        if state is None or not state.complete:
            self._talk.say("Looking for secrets and personal data.")
            text, found = self._subject.text, None
            for found in self._subject.look(text):
                self._subject.scanned(text, found)
            if found is not None and found.names_guessed is False:
                self._talk.say(_NOT_READ)
            self._interview.settle()
        count = len(self._state.findings)
        self._talk.say(f"{count} finding{'s' * (count != 1)}, {len(self._state.undecided)} undecided.")
        if not self._state.complete:
            self._talk.refuse("The text could not be looked through to its end.", "Shorten it: nothing of it is saved.")

    def go_through(self) -> None:
        """Ask about each undecided finding, in the order of the text."""
        while (at := self._next()) is not None:
            self._tell(at)
            self._obey(at, self._talk.ask("Redact it? (r, k why, all, l, m, s, ?)", _EXPLAINED))

    def _next(self) -> int | None:
        state = self._state
        return next(
            (
                at
                for at, finding in enumerate(state.findings)
                if state.decision(at) is None and finding.start not in self._skipped
            ),
            None,
        )

    def _tell(self, at: int) -> None:
        state = self._state
        finding, text = state.findings[at], state.text
        start = text.rfind("\n", 0, finding.start) + 1
        end = text.find("\n", finding.end)
        line = text.count("\n", 0, start) + 1
        self._talk.say(f"Finding {at + 1} of {len(state.findings)}, line {line}: {visible_line(described(state, at))}")
        value = text[finding.start : finding.end]
        if not self._talk.shows:
            self._talk.say(f"Value: {masked(value)}")
            return
        before = text[max(start, finding.start - _AROUND) : finding.start]
        after = text[finding.end : min(end if end >= 0 else len(text), finding.end + _AROUND)]
        self._talk.say(
            f"Value: {visible_line(value)}\nIn: {visible_line(before)}>>{visible_line(value)}<<{visible_line(after)}"
        )

    def _obey(self, at: int, answer: str) -> None:
        word, _, rest = answer.partition(" ")
        label, rest = self._state.findings[at].label, rest.strip()
        does: dict[str, Callable[[], None]] = {
            "r": lambda: self._take(lambda state: state.accept(at)),
            "all": lambda: self._take(lambda state: state.accept_all(label)),
            "same": lambda: self._take(lambda state: state.everywhere(at)),
            "k": lambda: self._keep(rest, lambda why: self._take(lambda state: state.keep(at, why))),
            "keepall": lambda: self._keep(rest, lambda why: self._take(lambda state: state.keep_all(label, why))),
            "l": lambda: self._relabel(at, rest),
            "m": lambda: self._mark(rest),
            "s": lambda: self._skipped.add(self._state.findings[at].start),
            "u": self._undo,
            "text": lambda: self._talk.say(self._state.text if self._talk.shows else "It is told on a terminal only."),
        }
        word = {"redact": "r", "keep": "k", "label": "l", "mark": "m", "skip": "s"}.get(word.lower(), word.lower())
        if word in does and not (rest and word in ("r", "all", "same", "s", "u", "text")):
            does[word]()
        else:
            self._talk.refuse("That is no decision.", "r redacts, k keeps for a reason, ? tells the others.")

    # Deciding

    def _take(self, change: Callable[[Redaction], Redaction]) -> None:
        state = self._state
        try:
            changed = change(state)
        except AfterwordError as error:
            self._talk.refuse(error.message, error.hint)
            return
        self._before.append(state)
        self._subject.decide(changed)
        self._interview.settle()

    def _keep(self, why: str, take: Callable[[str], None]) -> None:
        why = why or self._talk.ask(
            "Why may it be published? (Enter: leave it undecided)", "A reason is needed to keep it."
        )
        if why:
            take(why)

    def _undo(self) -> None:
        if self._before:
            self._subject.decide(self._before.pop())
            self._interview.settle()
        else:
            self._talk.refuse("Nothing was decided here yet.")

    def _relabel(self, at: int, label: str) -> None:
        known = ", ".join([*list(LABELS)[:8], *PASSAGES])
        label = label or self._talk.ask("What is it? (a label; Enter: as it is)", f"{known}, or a word of your own.")
        if label:
            self._take(lambda state: state.relabel(at, label))

    def _mark(self, value: str) -> None:
        """Redact every place of a value that was not found."""
        value = value or self._talk.ask("Which value was missed? (Enter: none)", "Write it as it stands in the text.")
        if not value:
            return
        label = self._talk.ask("What is it? (a label such as PERSON; Enter: PERSON)") or "PERSON"
        state = self._state
        places = sorted(occurrences(state.text, value, label.upper())) or _plain_places(state.text, value)
        if not places:
            self._talk.refuse("The text does not hold that value.", "Write it as it stands there.")
            return

        def mark(state: Redaction) -> Redaction:
            for start, end in places:
                covered = any(each.start <= start and end <= each.end for each in state.redacted)
                state = state if covered else state.mark(start, end, label)
            return state

        self._take(mark)
        self._talk.say(f"Marked in {len(places)} place{'s' * (len(places) != 1)}.")

    def ask_for_missed(self) -> None:
        """Ask for values that were missed, until there is none; a mark may bring copies to decide upon."""
        self._report()
        while True:
            answer = self._talk.ask("Was a value missed? Write it (Enter: no)", "It is redacted wherever it stands.")
            if answer.lower() in NO:
                return
            self._mark(answer)
            self.go_through()

    def _report(self) -> None:
        state = self._state
        verdicts = [decision.verdict for decision in state.decided]
        redacted, kept = verdicts.count(Verdict.REDACT), verdicts.count(Verdict.KEEP)
        self._talk.say(f"{redacted} redacted, {kept} kept, {len(state.undecided)} undecided.")


def _plain_places(text: str, value: str) -> list[tuple[int, int]]:
    found, at = [], text.find(value)
    while at >= 0:
        found.append((at, at + len(value)))
        at = text.find(value, at + len(value))
    return found
