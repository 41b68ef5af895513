"""What is told of a proof before it runs: on the terminal and on the screen alike."""

from afterword.evals.proof import Plan, spoken
from afterword.repo import Repository
from afterword.repo.config_evals import EvalsConfig

COST = "It runs with your environment and keys, and may call paid models: it may cost money."


def planned(plan: Plan) -> list[tuple[str, str]]:
    """Return what a plan will run, as labels with texts of one line; values of the environment are left out."""
    config = plan.task.config
    rows = [
        ("Case", plan.task.case),
        ("Before", f"{plan.before.told}  ({plan.before.why})"),
        ("After", f"{plan.after.told}  ({plan.after.why})"),
        ("Command", plan.command),
        ("Runs", runs(config)),
        (
            "Evidence",
            "exit codes: 0 passes, 1 fails"
            if config.exit_codes
            else f"the report that the command writes ({config.report})",
        ),
    ]
    rows += [("Setup", f"{' '.join(command)}, first in each work tree") for command in config.setup]
    rows += [("Linked", f"{', '.join(config.link)}, from your checkout")] if config.link else []
    rows += [("Copied", f"{', '.join(config.bring)}, from your checkout")] if config.bring else []
    rows += [("Set", f"{', '.join(name for name, _ in config.env)}, in the environment")] if config.env else []
    return rows


def runs(config: EvalsConfig) -> str:
    """Return how often a case is run, and for how long at most."""
    most = f"{spoken(config.timeout)} at most"
    if config.repeat == 1:
        return f"once on each of two revisions, {most}"
    return f"{config.repeat} times on each of two revisions, each for {most}"


def uncommitted(repository: Repository) -> str:
    """Return the sentence on changes that neither revision has; "" where there are none."""
    if not repository.runner.run("status", "--porcelain", "--untracked-files=no").strip():
        return ""
    return "Your checkout has changes that are not committed; they are not part of either revision."
