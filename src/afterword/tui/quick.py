"""Rows typed in one line: a timeline event, an action item."""

import re

from afterword.record.model import ActionItem, Record, TimelineRow
from afterword.record.paths import new_action
from afterword.record.spoken import understand
from afterword.record.vocabulary import ActionType, ActorKind, EventKind, words
from afterword.record.when import When
from afterword.tui.clock import Here

_LONGEST_TIME = 6
"""Words that a spoken time may take: "last friday 14:05 to 15:10 utc"."""
_EVIDENCE = re.compile(r"\s+\[(?P<evidence>[^\[\]]+)\]$")
_HEAD = re.compile(r"(?P<head>[^:]{1,80}?):\s+(?P<rest>.*)", re.DOTALL)
_ACTOR = re.compile(rf"(?P<actor>(?:{'|'.join(words(ActorKind))})(?: \([^)]*\))?(?:,? unverified)?)", re.IGNORECASE)


def timeline_row(text: str, here: Here) -> TimelineRow:
    """Read `TIME [kind] [actor]: what happened [evidence]`; ValueError says what is missing."""
    when, rest = _leading_time(text.split(), here)
    if not rest:
        raise ValueError("Say what happened after the time.")
    kind, actor, what = _head(rest)
    evidence = ""
    if match := _EVIDENCE.search(what):
        what, evidence = what[: match.start()], match["evidence"]
    return TimelineRow(time=when, kind=kind, actor=actor, what=what, evidence=evidence)


def _leading_time(tokens: list[str], here: Here) -> tuple[When, str]:
    if not tokens:
        raise ValueError("Begin with the time: 14:05, yesterday 14:05, 2026-03-02.")
    problem: ValueError | None = None
    for count in range(min(_LONGEST_TIME, len(tokens)), 0, -1):
        try:
            when = understand(" ".join(tokens[:count]), here.now(), here.zone, here.reference)
        except ValueError as error:
            problem = error
            continue
        # Words that add nothing to the time ("14:05 the page came") belong to what happened.
        while count > 1 and _reads_as(" ".join(tokens[: count - 1]), here) == when:
            count -= 1
        return when, " ".join(tokens[count:])
    assert problem is not None
    raise problem


def _reads_as(text: str, here: Here) -> When | None:
    try:
        return understand(text, here.now(), here.zone, here.reference)
    except ValueError:
        return None


def _head(text: str) -> tuple[str, str, str]:
    """Split off a kind and an actor, where everything before the first colon is made of them."""
    match = _HEAD.fullmatch(text)
    if match is None:
        return "", "", text
    head, kind, actor = match["head"].strip(), "", ""
    first, _, others = head.partition(" ")
    if first.rstrip(",").lower() in words(EventKind):
        kind, head = first.rstrip(",").lower(), others.strip()
    if found := _ACTOR.fullmatch(head):
        actor, head = found["actor"], ""
    return (kind, actor, match["rest"]) if not head else ("", "", text)


def action_item(text: str, here: Here, record: Record) -> ActionItem:
    """Read `[type:] action @owner DATE`; owner and date may be left out for now."""
    kind = ""
    if (match := _HEAD.fullmatch(text.strip())) and match["head"].lower() in words(ActionType):
        kind, text = match["head"].lower(), match["rest"]
    tokens = [] if text.strip().removesuffix(":").lower() in words(ActionType) else text.split()
    owners = [token for token in tokens if token.startswith("@") and len(token) > 1]
    owner = owners[-1].rstrip(",;.") if owners else ""
    if owners:
        at = len(tokens) - 1 - tokens[::-1].index(owners[-1])
        del tokens[at]
    due, tokens = _trailing_due(tokens, here)
    if not tokens:
        raise ValueError("Say what will be done, then @owner and the date.")
    return new_action(record, type=kind, action=" ".join(tokens), owner=owner, due=due)


def _trailing_due(tokens: list[str], here: Here) -> tuple[When | None, list[str]]:
    for count in range(min(4, len(tokens) - 1), 0, -1):
        tail = tokens[-count:]
        try:
            due = due_date(" ".join(tail), here)
        except ValueError:
            continue
        left = tokens[:-count]
        if left and left[-1].lower().rstrip(":") in ("due", "by", "until"):
            left = left[:-1]
        return due, left
    return None, tokens


_DEADLINE = re.compile(
    r"[~\d+].*|today|tomorrow|in \d+ .*|(?:next |on )?(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*",
    re.IGNORECASE | re.DOTALL,
)
"""What may be meant as a deadline at the end of a line; other words that name a time ("now", "may") may not."""


def due_date(text: str, here: Here) -> When:
    """Read a deadline as people say it: `2026-03-20`, `friday`, `tomorrow`, `in 2 weeks`."""
    said = text.strip().removeprefix("+")
    if not _DEADLINE.fullmatch(text.strip()) or ":" in said:
        raise ValueError("Write the deadline as 2026-03-20, friday, or in 2 weeks.")
    said = f"in {said}" if text.strip().startswith("+") else said
    when = understand(said, here.now(), here.zone, None, ahead=True)
    if when.precision == "year":
        raise ValueError("Write the deadline as a day: 2026-03-20.")
    return when
