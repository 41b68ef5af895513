"""One field asked: what it holds now, what may be answered, and what was understood."""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from afterword.cli.plain.talk import END, Talk, terminal_editor
from afterword.errors import AfterwordError
from afterword.record.absence import Absence
from afterword.record.spoken import explain
from afterword.record.when import When
from afterword.tui.clock import Here
from afterword.tui.external import edit_in_editor
from afterword.tui.fields import ChoiceField, Field, ListField, ProseField, TimeField, TimesField
from afterword.visible import visible_line

CLEAR = "-"
_FEW = 6
"""Choices that are told with the question; more are told once, and on `?`."""
_CLEAR_OR_KEEP = "Enter keeps what is there, - clears it."


@dataclass(frozen=True)
class Slot:
    """A field with the text that it holds now; `take` takes another one, and returns why it cannot be read, or ""."""

    field: Field
    now: str
    take: Callable[[str], str]
    here: Callable[[], Here]
    guidance: str = ""
    options: Sequence[str] = ()


def fill(talk: Talk, slot: Slot, root: Path) -> None:
    """Ask until the field has an answer that can be read, or keeps what it has."""
    if isinstance(slot.field, ProseField):
        _prose(talk, slot, root)
    elif isinstance(slot.field, ChoiceField):
        _choice(talk, slot)
    else:
        _line(talk, slot)


# One line


def _line(talk: Talk, slot: Slot) -> None:
    while True:
        answer = talk.ask(_question(talk, slot), _explained(slot))
        if answer in ("", CLEAR):
            if answer == CLEAR:
                slot.take("")
            return
        error = slot.take(answer)
        if not error:
            _tell_reading(talk, slot, answer)
            return
        talk.refuse(error)


def _question(talk: Talk, slot: Slot, choices: str = "") -> str:
    now = f" [{visible_line(slot.now)}]" if slot.now and talk.shows else ""
    return f"{slot.field.label}{choices}{now}"


def _explained(slot: Slot) -> str:
    field = slot.field
    lines = [slot.guidance]
    if isinstance(field, ListField):
        lines.append("Several are separated by commas.")
    if isinstance(field, TimesField):
        lines.append("Several times are separated by semicolons.")
    if isinstance(field, TimeField) and field.absences:
        lines.append("unknown, not published, not applicable (why) and still pending are answers as well.")
    if field.hint:
        lines.append(f"For example: {field.hint}")
    return "\n".join([*filter(None, lines), f"{_CLEAR_OR_KEEP} :help lists the commands."])


def _tell_reading(talk: Talk, slot: Slot, answer: str) -> None:
    """Say how a time was understood, where it was not written as it is recorded."""
    if not isinstance(slot.field, TimeField | TimesField):
        return
    here = slot.here()
    read = slot.field.read(answer, here)
    times = [when for when in (read if isinstance(read, tuple) else (read,)) if isinstance(when, When)]
    if times and slot.field.show(read) != answer:
        talk.say("= " + "; ".join(explain(when, here.zone) for when in times))
    elif isinstance(read, Absence):
        talk.say(f"= {read}, an answer")


# One of a few words


def _choice(talk: Talk, slot: Slot) -> None:
    assert isinstance(slot.field, ChoiceField)
    options = list(slot.options or slot.field.options)
    listed = [f"{at} {word}" for at, word in enumerate(options, 1)]
    if len(options) <= _FEW:
        choices = f", {', '.join(listed)}"
    else:
        choices = f", 1 to {len(options)} or ?"
        if told := talk.once("\n".join([f"{slot.field.label} is one of:", *listed])):
            talk.say(told)
    explained = "\n".join([_explained(slot), "Answer with the number, or with the beginning of the word:", *listed])
    while True:
        answer = talk.ask(_question(talk, slot, choices), explained)
        if answer == "" or answer == slot.now:
            return
        error = _take_choice(slot, answer, options)
        if not error:
            return
        talk.refuse(error)


def _take_choice(slot: Slot, answer: str, options: Sequence[str]) -> str:
    assert isinstance(slot.field, ChoiceField)
    if answer == CLEAR:
        return f"{slot.field.label} always has one of the words." if slot.field.required else slot.take("")
    chosen = chosen_of(answer, options)
    if len(chosen) == 1:
        return slot.take(chosen[0])
    if chosen:
        return f"{slot.field.label} could be {' or '.join(chosen)}: write more of it."
    return f"{slot.field.label} is a number from 1 to {len(options)} or one of the words: {', '.join(options)}."


def chosen_of(answer: str, options: Sequence[str]) -> list[str]:
    """Return the options that an answer may mean: by number, as the whole word, or by its beginning."""
    folded = answer.casefold().replace("_", " ")
    if answer.isdecimal() and 1 <= int(answer) <= len(options):
        return [options[int(answer) - 1]]
    words = [word.casefold().replace("_", " ") for word in options]
    if folded in words:
        return [options[words.index(folded)]]
    return [option for option, word in zip(options, words, strict=True) if word.startswith(folded)]


# Paragraphs


def _prose(talk: Talk, slot: Slot, root: Path) -> None:
    if slot.now and talk.shows:
        talk.say(f"{slot.field.label}, now:\n{slot.now}")
    editor = ", e opens the editor" if terminal_editor() else ""
    how = talk.once(f"Enter keeps what is there, - clears it{editor}; a line with a full stop alone ends a text.")
    if how:
        talk.say(how)
    while True:
        answer = talk.ask(f"{slot.field.label}, text", f"{_explained(slot)}\nA line with a full stop alone ends it.")
        if answer in ("", END):
            return
        if answer == CLEAR:
            slot.take("")
            return
        if answer == "e" and editor:
            _edit(talk, slot, root)
            return
        error = slot.take(talk.text(slot.take, answer))
        if not error:
            return
        talk.refuse(error)


def _edit(talk: Talk, slot: Slot, root: Path) -> None:
    try:
        text = edit_in_editor(contextlib.nullcontext, slot.now, root, talk.say)
    except AfterwordError as error:
        talk.refuse(error.message, error.hint)
        return
    if text is not None:
        slot.take(text)
