"""The commits of the demonstration, from five weeks ago until a few hours ago."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from afterword.cli.demo import files, prompts
from afterword.cli.demo.people import INES, MIRA, TOM

SYSTEM = "prompts/support/system.md"
MODELS = "config/models.yaml"
ALIAS, PINNED = "gpt-4o", "gpt-4o-2024-08-06"


@dataclass(frozen=True)
class Step:
    """One commit: how long ago, by whom, what it says and writes; `name` is how the story refers to it."""

    ago: timedelta
    author: str
    subject: str
    files: dict[str, str] = field(default_factory=dict)
    name: str = ""
    deployed_after: timedelta | None = None


def _ago(days: float = 0, hours: float = 0, minutes: float = 0) -> timedelta:
    return timedelta(days=days, hours=hours, minutes=minutes)


_TEN = timedelta(minutes=10)

BEFORE = (
    Step(
        _ago(38, 3),
        TOM,
        "Start the support agent",
        {
            "README.md": files.README_START,
            ".gitignore": files.GITIGNORE,
            "src/agent.py": files.AGENT,
            SYSTEM: prompts.START,
            MODELS: files.models(ALIAS, "0.2"),
        },
    ),
    Step(_ago(36, 5), INES, "Add the refund policy to the system prompt", {SYSTEM: prompts.WITH_REFUNDS}),
    Step(
        _ago(33, 2),
        MIRA,
        "Hand over when a customer asks for a person",
        {"prompts/support/escalation.md": prompts.ESCALATION},
    ),
    Step(_ago(30, 6), TOM, "Pin the model to its dated version", {MODELS: files.models(PINNED, "0.2")}),
    Step(
        _ago(27, 4),
        MIRA,
        "Add a promptfoo suite with four cases",
        {"promptfooconfig.yaml": files.PROMPTFOO},
        "",
        _TEN,
    ),
    Step(_ago(21, 7), INES, "Answer in the customer's language", {SYSTEM: prompts.WITH_LANGUAGE}, "", _TEN),
    Step(
        _ago(18, 3),
        TOM,
        "Log the prompt's version with every answer",
        {"src/agent.py": files.AGENT_WITH_VERSION},
    ),
    Step(
        _ago(14, 5),
        MIRA,
        "Add warranty questions",
        {"prompts/support/warranty.md": prompts.WARRANTY},
        "",
        _TEN,
    ),
    Step(
        _ago(11, 2),
        TOM,
        "Run the suite in CI when config changes",
        {".github/workflows/evals.yml": files.WORKFLOW},
    ),
    Step(_ago(8, 6), INES, "Shorten the greeting", {SYSTEM: prompts.SHORTER}, "", _TEN),
    Step(
        _ago(4, 5),
        TOM,
        "Raise the temperature for livelier answers",
        {MODELS: files.models(PINNED, "0.7")},
        "hotter",
        _TEN,
    ),
    Step(_ago(3, 8), MIRA, "Describe how to run the suite", {"README.md": files.README_EVALS}),
    Step(_ago(2, 4), INES, "Make the tone warmer", {SYSTEM: prompts.WARMER}, "bad", _TEN),
    Step(_ago(1, 3), TOM, "Retry tool calls once", {"src/agent.py": files.AGENT_WITH_RETRY}),
    Step(
        _ago(0, 4, 5),
        TOM,
        "Restore the refund approval clause",
        {SYSTEM: prompts.RESTORED},
        "fix",
        timedelta(minutes=7),
    ),
    Step(
        _ago(0, 3, 20),
        MIRA,
        "Set the temperature back to 0.2",
        {MODELS: files.models(PINNED, "0.2")},
        "cooler",
        _TEN,
    ),
)
"""Everything but the last commit, whose notes quote the times of the others."""

_BAD_AGO = next(step.ago for step in BEFORE if step.name == "bad")
_FIX_AGO = next(step.ago for step in BEFORE if step.name == "fix")


@dataclass(frozen=True)
class Clock:
    """The incident's times around the moment at which the demonstration is made."""

    impact_started: datetime
    detected: datetime
    acknowledged: datetime
    diagnosed: datetime
    mitigated: datetime
    resolved: datetime


def clock(now: datetime) -> Clock:
    """Return the times of the incident for a demonstration made at `now`."""
    return Clock(
        impact_started=now - _BAD_AGO + _TEN,
        detected=now - _ago(hours=6, minutes=10),
        acknowledged=now - _ago(hours=6, minutes=3),
        diagnosed=now - _ago(hours=4, minutes=30),
        mitigated=now - _FIX_AGO + timedelta(minutes=7),
        resolved=now - _ago(hours=3),
    )


def steps(now: datetime) -> tuple[Step, ...]:
    """Return all commits for a demonstration made at `now`."""
    times = clock(now)
    shown = [f"{moment:%Y-%m-%d %H:%M}" for moment in vars(times).values()]
    last = Step(_ago(hours=2, minutes=40), MIRA, "Keep the on-call's notes", {"README.md": files.notes(*shown)})
    return (*BEFORE, last)
