"""The case's own file: in the form that the team's runner reads, made where nothing stands yet."""

from pathlib import Path

from afterword.errors import AfterwordError, Exit
from afterword.evals.case import Case
from afterword.evals.discovery import Runner, runners_in
from afterword.evals.formats import FORMATS, Written, format_of, promptfoo
from afterword.evals.inserting import variables_in
from afterword.evals.tree import Tree
from afterword.repo import Repository, atomic
from afterword.repo.regular import read_regular, real


def own_file(case: Case, repository: Repository, named: str = "", chosen: str | None = None) -> Written:
    """Return a case as a file of its own; nothing is written.

    The form is the `chosen` one, else that of the runner `named` in the record, else the one that the repository shows
    at HEAD; AfterwordError where there is none.
    """
    tree = Tree(repository)
    suites = runners_in(tree)
    form = chosen or format_of(named) or _of_repository(suites)
    if form != "promptfoo":
        return FORMATS[form](case)
    configs = [one.path for one in suites if one.kind == "promptfoo" and one.path.endswith((".yaml", ".yml"))]
    return promptfoo.write(case, *variables_in(tree.text(configs[0]) or "" if configs else ""))


def _of_repository(suites: tuple[Runner, ...]) -> str:
    found = next((form for one in suites if (form := format_of(one.kind))), None)
    if found is None:
        raise AfterwordError(
            "No eval suite was found at HEAD: no promptfoo configuration, Inspect task, DeepEval or pytest eval.",
            f"Name it under Runner in the record, or with --format: {', '.join(FORMATS)}.",
        )
    return found


def create(written: Written, root: Path, earlier: Written | None = None) -> None:
    """Write a new file; one that says the same already is left, and one that says what `earlier` said is replaced.

    AfterwordError where the file says something else.
    """
    file, data = root / written.path, written.text.encode("utf-8")
    if not real(file).is_relative_to(real(root)):
        raise AfterwordError(f"{written.path} leads outside the work tree.", "Replace the link by a folder.")
    atomic.make_folder(file.parent)
    try:
        atomic.write(file, data, new=True)
    except FileExistsError as error:
        present = read_regular(file)
        if present == data:
            return
        if earlier is not None and (earlier.path, earlier.text.encode("utf-8")) == (written.path, present):
            atomic.write(file, data)
            return
        raise AfterwordError(
            f"{written.path} exists already and says something else.",
            "Compare it with what `afterword case --print` shows; remove it to have it written anew.",
            Exit.REFUSED,
        ) from error
