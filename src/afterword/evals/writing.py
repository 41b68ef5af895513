"""The case's own file: in the form that the team's runner reads, made where nothing stands yet."""

import shlex
from dataclasses import replace
from pathlib import Path, PurePosixPath

from afterword.errors import AfterwordError, Exit
from afterword.evals.case import Case
from afterword.evals.discovery import Runner, runners_in
from afterword.evals.formats import FOLDER, FORMATS, Written, form_by_ending, format_of, promptfoo, pytest
from afterword.evals.inserting import variables_in
from afterword.evals.tree import Tree
from afterword.record.model import EvalCase
from afterword.repo import Repository, atomic
from afterword.repo.regular import read_regular, real

_ENDINGS = {".yaml": (".yaml", ".yml"), ".jsonl": (".jsonl",), ".csv": (".csv",), ".py": (".py",)}


def own_file(
    case: Case, repository: Repository, recorded: EvalCase | None = None, chosen: str | None = None
) -> Written:
    """Return a case as a file of its own, under the name that the record has for it; nothing is written.

    The form is the `chosen` one, else that of the runner in the record, of a name given by hand, or the one that the
    repository shows at HEAD; AfterwordError where there is none, and where a name given by hand does not fit it.
    """
    tree = Tree(repository)
    suites = runners_in(tree)
    by_hand = recorded.path if recorded and not is_own_name(case, recorded.path) else ""
    named = format_of(recorded.runner) if recorded else None
    form = chosen or named or form_by_ending(by_hand) or _of_repository(suites)
    if form == "promptfoo":
        configs = [one.path for one in suites if one.kind == "promptfoo" and one.path.endswith((".yaml", ".yml"))]
        written = promptfoo.write(case, *variables_in(tree.text(configs[0]) or "" if configs else ""))
    else:
        written = FORMATS[form](case)
    return _renamed(written, by_hand, is_strict=chosen is None) if by_hand else written


def is_own_name(case: Case, path: str) -> bool:
    """Whether a path is the one that Afterword gives to a case, in whatever form, or none at all."""
    plain = PurePosixPath(path)
    return not path or (str(plain.parent) == FOLDER and plain.stem in (case.id, pytest.module_of(case.id)))


def _renamed(written: Written, path: str, is_strict: bool) -> Written:
    """Return a file under the name that its author gave it; AfterwordError where its runner would not take it."""
    plain = PurePosixPath(path)
    wanted = PurePosixPath(written.path).suffix
    fits = plain.suffix in _ENDINGS[wanted] and (wanted != ".py" or pytest.is_test_file(path))
    if fits and not plain.is_absolute() and not {"..", ".git"} & {*plain.parts} and "://" not in path:
        how = written.how_to_run.replace(f"file://{FOLDER}/*.yaml", f"file://{path}")
        how = how.replace(f'"{written.path}"', f'"{path}"').replace(written.path, shlex.quote(path))
        return replace(written, path=path, how_to_run=how)
    if not is_strict:
        return written
    form = "test_….py" if wanted == ".py" else f"….{wanted[1:]}"
    raise AfterwordError(
        f"{path} is no name for a file of {written.runner} in this repository.",
        f"Call it {form}, or leave File empty: it is {written.path} then.",
    )


def _of_repository(suites: tuple[Runner, ...]) -> str:
    found = next((form for one in suites if (form := format_of(one.kind))), None)
    if found is None:
        raise AfterwordError(
            "No eval suite was found at HEAD: no promptfoo configuration, Inspect task, DeepEval or pytest eval.",
            f"Name it under Runner in the record, or with --format: {', '.join(FORMATS)}.",
        )
    return found


def stands(written: Written, root: Path) -> bool:
    """Whether a file says what was written; OSError where it is not there or cannot be read."""
    return read_regular(root / written.path) == written.text.encode("utf-8")


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
            "Compare it with what `afterword case --print` shows. `afterword case ID --into FILE` puts the case into a "
            "list; a file of its own is written where none stands.",
            Exit.REFUSED,
        ) from error
