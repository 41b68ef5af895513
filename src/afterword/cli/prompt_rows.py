"""A change of a prompt as `afterword prompts` prints it."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from afterword.cli.output import Output, cells, cut
from afterword.visible import visible_line

if TYPE_CHECKING:
    from datetime import datetime

    from afterword.repo.history.ranking import Journey, Ranked
    from afterword.repo.settings import SettingChange, SettingsStep

_PATH_SHARE = 0.45
_INDENT = 4


def print_change(one: "Ranked", went: "Journey", diff: str | None, out: Output) -> None:
    """Print one change; what does not fit a terminal is cut, the path from its left. Reasons stand below it."""
    change = one.change
    counts = change.uncounted or f"+{change.added} -{change.removed}"
    start = f"{change.short}  {change.committed.earliest:%Y-%m-%d %H:%M}Z  "
    kind = "" if str(change.kind) == "changed" else f"{change.kind}  "
    path, subject = visible_line(change.name), visible_line(change.subject)
    if out.width:
        room = out.width - cells(start) - max(8, cells(counts)) - cells(kind) - 4
        path = cut(path, max(12, int(room * _PATH_SHARE), room - cells(subject)), keep_end=True)
        subject = cut(subject, max(1, room - cells(path)))
    out.row((start, "yellow"), (f"{counts:<8}  ", "dim"), (kind, "cyan"), (path, "bold"), (f"  {subject}", ""))
    for line in _folded("; ".join((*one.reasons, went.sentence)), out.width):
        out.row((" " * _INDENT + line, "dim"))
    if diff is not None:
        out.data(diff)


def _folded(text: str, width: int | None) -> list[str]:
    if width is None:
        return [text]
    from textwrap import wrap

    return wrap(text, max(20, width - _INDENT)) or [text]


def values(one: "Ranked", went: "Journey", diff: str | None) -> dict[str, Any]:
    """Return one change as JSON has it."""
    change, arrival, deployment = one.change, went.arrival, went.deployment
    found = {
        "commit": change.sha,
        "committed": change.committed.text,
        "authored": change.authored.text,
        "author": change.author,
        "subject": change.subject,
        "path": change.path,
        "path_before": "" if change.path_before == change.path else change.path_before,
        "constant": change.constant,
        "constant_before": "" if change.constant_before == change.constant else change.constant_before,
        "submodule": change.submodule,
        "kind": str(change.kind),
        "group": one.group.name.lower(),
        "reasons": list(one.reasons),
        "settings": change.is_settings,
        "merge": change.is_merge,
        "added": change.added,
        "removed": change.removed,
        "uncounted": change.uncounted,
        "before": change.before_rev,
        "after": change.after_rev,
        "arrived": {
            "branch": arrival.branch,
            "time": arrival.time.text if arrival.time else None,
            "merge": arrival.merge,
        }
        if arrival
        else None,
        "deployed": {"tag": deployment.tag, "time": deployment.time.text} if deployment else None,
    }
    return found if diff is None else found | {"diff": diff}


def print_settings(
    steps: "Sequence[SettingsStep]", times: "Mapping[str, datetime]", short: Callable[[str], str], out: Output
) -> None:
    """Print what each commit did to model settings, newest first, with where it was read."""
    changes = [change for step in steps for change in step.changes]
    if changes:
        out.row(("", ""))
        out.row(("Model settings", "bold"))
    for change in changes:
        start = f"{short(change.sha)}  {times[change.sha]:%Y-%m-%d %H:%M}Z  "
        name = visible_line(f"{change.key} ({change.scope})" if change.scope else change.key)
        went = visible_line(f"  {change.before or '(none)'} → {change.after or '(none)'}")
        out.row((start, "yellow"), (name, "bold"), (went, ""))
        about = (f"{change.path}:{change.line}", change.inherited, change.remark)
        for line in _folded("; ".join(filter(None, about)), out.width):
            out.row((" " * _INDENT + line, "dim"))


def settings_values(steps: "Sequence[SettingsStep]", times: "Mapping[str, datetime]") -> list[dict[str, Any]]:
    """Return what commits did to model settings as JSON has it."""
    return [_setting(change, times) for step in steps for change in step.changes]


def _setting(change: "SettingChange", times: "Mapping[str, datetime]") -> dict[str, Any]:
    return {
        "commit": change.sha,
        "committed": f"{times[change.sha]:%Y-%m-%dT%H:%MZ}",
        "setting": change.key,
        "scope": change.scope,
        "before": change.before,
        "after": change.after,
        "path": change.path,
        "line": change.line,
        "inherited": change.inherited,
        "remark": change.remark,
    }
