"""The wheel, built and installed elsewhere: the style sheets and all data travel in it, and the app starts from it."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from afterword import __version__
from tests.terminal import Terminal

CHECKOUT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, CHECKOUT]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, installed into an environment of its own; only what afterword depends on is lent to it."""
    folder = tmp_path_factory.mktemp("elsewhere") / "env"
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    command = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    # A path file adds a folder without reading the path files in it: an editable install there stays out of sight.
    lent = next(folder.glob("lib/python*/site-packages")) / "lent.pth"
    lent.write_text("\n".join(dict.fromkeys([sysconfig.get_path("purelib"), sysconfig.get_path("platlib")])) + "\n")
    return folder / "bin" / "afterword"


def environment() -> dict[str, str]:
    """An environment in which nothing leads to the checkout."""
    return {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}


def run(program: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the installed command."""
    return subprocess.run([program, *arguments], cwd=cwd, env=environment(), capture_output=True, text=True)


def test_the_wheel_holds_everything_and_nothing_else(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    source = CHECKOUT / "src"
    files = [path for path in source.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    wanted = {path.relative_to(source).as_posix() for path in files}
    wanted |= {f"afterword/styles/{path.name}" for path in (CHECKOUT / "styles").iterdir()}
    assert wanted <= held
    assert {name.split("/")[0] for name in held - wanted} == {f"afterword-{__version__}.dist-info"}
    assert any(name.endswith("licenses/LICENSE") for name in held)


def test_the_installed_package_is_the_one_that_runs(program: Path, tmp_path: Path) -> None:
    assert run(program, "--version", cwd=tmp_path).stdout == f"afterword {__version__}\n"
    script = "import afterword; print(afterword.__file__)"
    python = program.with_name("python")
    where = subprocess.run([python, "-c", script], cwd=tmp_path, env=environment(), capture_output=True, text=True)
    assert where.stdout.startswith(str(program.parents[1] / "lib"))


def test_the_demonstration_and_the_app_start_from_another_folder(program: Path, tmp_path: Path) -> None:
    folder = tmp_path / "demonstration"
    done = run(program, "demo", str(folder), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    with Terminal([str(program)], cwd=folder, env={"PYTHONPATH": None, "VIRTUAL_ENV": None}) as terminal:
        terminal.wait("Afterword", "No post-mortems yet", "n New").press("n").wait("What shall we call it")
        terminal.press("ctrl+q").wait("n New").press("ctrl+q")
        assert terminal.exit_code() == 0
        assert terminal.modes.restored


def test_the_data_of_the_redaction_travels_with_it(program: Path, tmp_path: Path) -> None:
    sample = tmp_path / "sample.txt"
    sample.write_text("My name is Maria Hoffmann, write to maria.hoffmann@" + "posthalter.net please.\n")
    done = run(program, "redact", str(sample), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "EMAIL" in done.stdout and "PERSON" in done.stdout
