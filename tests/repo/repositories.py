"""What several tests of `repo` share."""

from afterword.repo import Repository
from afterword.repo.history.change import Change
from tests.histories import History

PROMPT = "You are the support agent.\nYou may offer a voucher.\nNever promise a refund; link the policy instead.\n"
WARMER = "You are the friendly support agent.\nYou may offer a voucher.\n"
MODELS = "support_agent:\n  model: gpt-4o-2024-08-06\n  temperature: 0.2\n"


def opened(history: History) -> Repository:
    """Open a repository as the program does."""
    return Repository.open(history.root)


def changes(history: History, since: object = None, until: object = None) -> list[Change]:
    """Return all changes in a window, as the prompt picker gets them."""
    return list(opened(history).prompt_changes(since, until))  # type: ignore[arg-type]
