"""The prompts of a repository at any commit: files by their paths, and constants in Python files."""

from pathlib import Path
from typing import TYPE_CHECKING

from afterword.repo.blobs import Blobs, files_at
from afterword.repo.prompts.constants import Constants, constants_in, may_hold
from afterword.repo.prompts.known import Discovered, Held, Known, Prompt
from afterword.repo.runner import Runner
from afterword.repo.texts import decode

if TYPE_CHECKING:
    from afterword.repo.history.pathways import Pathways


def discover(runner: Runner, pathways: "Pathways", sha: str, kept: Path | None = None) -> Discovered:
    """Find the prompts at commit `sha`; what Python files hold is kept in the file `kept` for the next time.

    A prompt file that is Python counts by its constants where it has any.
    """
    known = Known(kept)
    mark = f"{runner.line('rev-parse', f'{sha}^{{tree}}')} {pathways.mark}"
    found = known.tree(mark)
    if found is None:
        files = [(path, blob) for path, blob in files_at(runner, sha) if pathways.may_hold(path)]
        held = _held(runner, known, {blob for path, blob in files if pathways.is_source(path)})
        found = _discovered(files, held, pathways)
        known.keep(mark, found, held)
    return found


def _held(runner: Runner, known: Known, wanted: set[str]) -> dict[str, Held]:
    """Return what Python files hold, by their texts' names."""
    held = {blob: before for blob in wanted if (before := known.blobs.get(blob)) is not None}
    with Blobs(runner) as blobs:
        for blob, data in blobs.many(sorted(wanted - held.keys())):
            if data is None:
                held[blob] = Held(problem="was never fetched into this partial clone")
            else:
                found = constants_in(decode(data, "")[0]) if may_hold(data) else Constants(())
                held[blob] = Held(tuple((one.name, one.line) for one in found.found), found.problem)
    return held


def _discovered(files: list[tuple[str, str]], held: dict[str, Held], pathways: "Pathways") -> Discovered:
    prompts: list[Prompt] = []
    problems: list[str] = []
    for path, blob in files:
        inside = held[blob] if blob in held and pathways.is_source(path) else Held()
        prompts += [Prompt(path, name, line, blob) for name, line in inside.names]
        if not inside.names and pathways.prompts.matches(path):
            prompts.append(Prompt(path, "", 1, blob))
            if inside.problem:
                problems.append(f"{path} {inside.problem}.")
    return Discovered(tuple(prompts), tuple(problems))
