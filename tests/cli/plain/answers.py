"""A whole post-mortem as the lines of a script, section by section."""

from collections.abc import Iterator

SKIP = ""
TEXT = "For two days the support agent promised refunds that policy forbids.\n\nRestoring the clause ended it."

INCIDENT = (
    "Support agent promised refunds that policy forbids",
    "2",
    "yes",
    "@support-platform",
    "@support-oncall",
    "support-agent",
    "refunds, tone",
    SKIP,
    SKIP,
)
TIMES = ("2026-03-02 14:05", "2026-03-03 08:40", "unknown", "unknown", "2026-03-03 10:20", "2026-03-03 10:55")
SUMMARY = (TEXT, ".")
IMPACT = ("y", "wrong promises", "31", "3,900 chats", "EU shop", SKIP, "support dashboard", SKIP)
NOT_AFFECTED = ("Refunds already paid.", ".")
TIMELINE = (
    "2026-03-03 08:40 detection customer: first ticket about a refused refund [ticket 8841]",
    "y",
    "2026-03-03 10:20",
    "mitigation",
    "tool",
    "refund clause restored",
    SKIP,
    SKIP,
)
CAUSE = (
    "A tone edit removed the refund clause",
    "1",
    "prompt",
    "confirmed",
    SKIP,
    "support-agent, gpt-4o-2024-08-06",
    "no",
    SKIP,
    SKIP,
    "replayed ten chats on both versions",
    "The clause went with a tone edit.",
    ".",
    SKIP,
)
NO_PROMPT = ("not applicable (no prompt took part)",)
SETTINGS = ("y", "gen_ai.request.temperature", "0.2", "0.7", "provider console", SKIP)
EVALS = ("y", "promptfoo suite", "not run", "yes", SKIP, "y", "not covered", "No case asks for it.", ".", SKIP)
NO_SAMPLE = ("not applicable (nothing was kept)",)
MITIGATION = ("The clause was restored.", ".", SKIP)
NO_CASE = ("not applicable (no runner)",)
ACTIONS = ("prevent: run the suite on every prompt change @ml-platform 2026-03-20", SKIP)
LESSONS = ("Support noticed.", ".", SKIP, SKIP, SKIP, SKIP)
SAVE = ("y", SKIP, SKIP)


def script(*parts: tuple[str, ...]) -> str:
    """Return parts as the input of a command."""
    return "".join(f"{line}\n" for part in parts for line in part)


def whole(**other: tuple[str, ...]) -> str:
    """Return a whole script; `prompts`, `settings`, `samples` and `save` may take the place of what stands here."""
    return script(*_parts(other))


def _parts(other: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    yield from (INCIDENT, TIMES, SUMMARY, IMPACT, NOT_AFFECTED, TIMELINE, CAUSE)
    yield other.get("prompts", NO_PROMPT)
    yield other.get("settings", SETTINGS)
    yield EVALS
    yield other.get("samples", NO_SAMPLE)
    yield from (MITIGATION, NO_CASE, ACTIONS, LESSONS)
    yield other.get("save", SAVE)
