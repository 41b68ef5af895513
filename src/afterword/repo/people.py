"""Who works here, for the check that a post-mortem names nobody."""

import re
from collections import Counter

from afterword.repo.runner import Runner

_COMMITS = 2000
_BOT = re.compile(r"\[bot\]|\bbots?\b|^(dependabot|renovate|github-actions|web-flow)\b|^github$", re.IGNORECASE)
_NO_HANDLE = frozenset(
    [
        "admin",
        "build",
        "ci",
        "contact",
        "dev",
        "devops",
        "email",
        "git",
        "github",
        "gitlab",
        "hello",
        "help",
        "home",
        "info",
        "it",
        "localhost",
        "mail",
        "me",
        "no-reply",
        "noreply",
        "none",
        "nobody",
        "office",
        "ops",
        "root",
        "support",
        "team",
        "test",
        "user",
        "webmaster",
        "work",
    ]
)


def is_bot(name: str, mail: str) -> bool:
    """Whether an author is a program, as far as its name tells."""
    return bool(_BOT.search(name) or _BOT.search(mail.partition("@")[0]))


def recent_people(runner: Runner) -> tuple[str, ...]:
    """Return names and handles of those who wrote the last 2,000 commits, the most frequent first."""
    log = runner.attempt(
        "log", "-z", f"-n{_COMMITS}", "--no-show-signature", "--format=%aN%x00%aE%x00%cN%x00%cE", "HEAD"
    )
    if log.status != 0:
        return ()
    words = log.out.decode("utf-8", "replace").split("\0")
    seen: Counter[str] = Counter()
    for name, mail in zip(words[::2], words[1::2], strict=False):
        if not is_bot(name, mail):
            seen.update(_names(name, mail))
    return tuple(name for name, _ in seen.most_common())


def _names(name: str, mail: str) -> set[str]:
    # GitHub hides an address as 12345+handle@users.noreply.github.com.
    handle = (
        mail.partition("@")[0].rpartition("+")[2] if "noreply" in mail else mail.partition("@")[0].partition("+")[0]
    )
    usable = len(handle) >= 3 and not handle.isdigit() and handle.lower() not in _NO_HANDLE
    return {found for found in (name.strip(), handle if usable else "") if found}
