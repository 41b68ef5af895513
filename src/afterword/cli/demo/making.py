"""Make the demonstration: one stream of commits for git, and the samples beside the repository."""

import re
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from afterword.cli.demo.history import Step, clock, steps
from afterword.cli.demo.people import ON_CALL
from afterword.cli.demo.samples import write_samples
from afterword.errors import AfterwordError
from afterword.repo.runner import Runner, failure


@dataclass(frozen=True)
class Demo:
    """A demonstration: its repository, the samples beside it, and the commits of the story by full name."""

    path: Path
    samples: tuple[Path, ...]
    bad_commit: str
    fix_commit: str
    settings_commit: str
    impact_started: datetime
    resolved: datetime


def fresh_folder() -> Path:
    """Return a folder of its own below the system's folder for temporary files."""
    return Path(tempfile.mkdtemp(prefix="afterword-demo-")) / "support-agent"


def make_demo(folder: Path, now: datetime) -> Demo:
    """Make the demonstration in an empty or new folder; all its dates are relative to `now`."""
    folder = folder.absolute()
    beside = folder.with_name(f"{folder.name}-samples")
    for place in (folder, beside):
        _claim(place)
    now = now.replace(second=0, microsecond=0)
    runner = Runner(folder, _places(folder))
    _git(runner, "init", "--quiet", "--template=")
    _git(runner, "symbolic-ref", "HEAD", "refs/heads/main")
    name, mail = ON_CALL
    for key, value in (
        ("user.name", name),
        ("user.email", mail),
        ("commit.gpgSign", "false"),
        ("core.autocrlf", "false"),
        ("core.hooksPath", ".git/hooks"),
    ):
        _git(runner, "config", key, value)
    runner.run("fast-import", "--quiet", "--date-format=raw", stdin=_stream(steps(now), now))
    _git(runner, "reset", "--hard", "--quiet", "main")
    times = clock(now)
    named = _named(runner, now)
    return Demo(
        path=folder,
        samples=write_samples(beside, times.detected),
        bad_commit=named["bad"],
        fix_commit=named["fix"],
        settings_commit=named["hotter"],
        impact_started=times.impact_started,
        resolved=times.resolved,
    )


def _places(folder: Path) -> dict[str, str]:
    """Return variables that keep git here: those of a surrounding git command, a hook say, lead elsewhere."""
    own = folder / ".git"
    return {
        "GIT_DIR": str(own),
        "GIT_COMMON_DIR": str(own),
        "GIT_WORK_TREE": str(folder),
        "GIT_INDEX_FILE": str(own / "index"),
        "GIT_OBJECT_DIRECTORY": str(own / "objects"),
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": "",
    }


def _claim(folder: Path) -> None:
    """Make a folder, or refuse one that holds something."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        taken = any(folder.iterdir())
    except OSError as error:
        raise AfterwordError(
            f"{folder} cannot be made: {error.strerror}.", "Give another folder, or none for a fresh one."
        ) from error
    if taken:
        raise AfterwordError(f"{folder} is not empty.", "Give an empty or new folder, or none for a fresh one.")


def _git(runner: Runner, *arguments: str) -> None:
    done = runner.write(*arguments)
    if done.status != 0:
        raise failure(arguments[0], done.err)


def _stream(commits: tuple[Step, ...], now: datetime) -> bytes:
    """Return the whole history in the form that `git fast-import` reads."""
    parts: list[bytes] = []
    for step in commits:
        at = now - step.ago
        signed = f"{step.author} {int(at.timestamp())} +0000"
        parts.append(f"commit refs/heads/main\nauthor {signed}\ncommitter {signed}\n".encode())
        parts.append(_data(step.subject + "\n"))
        for path, text in step.files.items():
            parts += [f"M 100644 inline {path}\n".encode(), _data(text)]
        if step.deployed_after is not None:
            deployed = at + step.deployed_after
            tagger = f"Larkfield Deploy <deploy@larkfield.example> {int(deployed.timestamp())} +0000"
            tag = f"tag deploy-{deployed:%Y%m%d-%H%M}"
            parts.append(f"{tag}\nfrom refs/heads/main\ntagger {tagger}\n".encode())
            parts.append(_data(f"Deployed to production: {step.subject}\n"))
    return b"".join(parts)


def _data(text: str) -> bytes:
    data = text.encode()
    return b"data %d\n%s\n" % (len(data), data)


def _named(runner: Runner, now: datetime) -> dict[str, str]:
    """Return the commits that the story names, by name."""
    names = {step.subject: step.name for step in steps(now) if step.name}
    log = runner.run("log", "--format=%H %s", "main").decode()
    found = (re.fullmatch(r"(\S+) (.*)", line) for line in log.splitlines())
    return {names[match[2]]: match[1] for match in found if match and match[2] in names}
