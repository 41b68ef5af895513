"""Patterns mean the same to Python and to git."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from afterword.repo.globs import Globs, check_pattern
from tests.examples import examples
from tests.histories import History

PATHS = (
    "a",
    "b.md",
    ".env",
    "ab/a",
    "ab/b.md",
    "ab/ba/a.md",
    "a b/ü.md",
    "prompts/a.md",
    "x/prompts/y/a.md",
    "x/y/z/w.txt",
    "a[b]/c",
    "-/d",
)
PIECES = st.sampled_from(
    ["a", "b", "/", "*", "**", "**/", "/**", "?", ".md", "[ab]", "[!a]", "[a-c]", "x", "prompts", "[*--]", "[&&||~~]"]
)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> History:
    history = History(tmp_path_factory.mktemp("globs"))
    for path in PATHS:
        if path not in ("a",):
            history.write(path, "x")
    history.write("a", "x")
    history.git("add", "--all")
    return history


@given(st.lists(PIECES, min_size=1, max_size=6).map("".join))
@settings(max_examples=examples(100, 250), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_python_and_git_agree(tree: History, pattern: str) -> None:
    if check_pattern(pattern):
        return
    globs = Globs([pattern])
    pattern += "**" if pattern.endswith("/") else ""
    listed = tree.git("-c", "core.quotepath=false", "ls-files", "-z", "--", f":(glob){pattern}").split("\0")[:-1]
    assert sorted(listed) == sorted(path for path in PATHS if globs.matches(path))


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("prompts/**", "prompts/a/b.md", True),
        ("prompts/**", "x/prompts/a.md", False),
        ("**/prompts/**", "prompts/a.md", True),
        ("**/*.j2", "a.j2", True),
        ("*.j2", "a/b.j2", False),
        ("prompts", "prompts/a/b", True),
        ("prompts/", "prompts/a/b", True),
        ("prompts", "prompts2/a", False),
        ("config/*.{yaml,yml}", "config/a.yml", True),
        ("config/*.{yaml,yml}", "config/a/b.yml", False),
        ("**/System.md", "system.md", False),
    ],
)
def test_meaning(pattern: str, path: str, expected: bool) -> None:
    assert Globs([pattern]).matches(path) is expected


def test_exclamation_mark_takes_away() -> None:
    globs = Globs(["!prompts/old/**", "prompts/**"])
    assert globs.matches("prompts/a.md") and not globs.matches("prompts/old/a.md")


def test_no_pattern_takes_long() -> None:
    for pattern in ("*a" * 12 + "b", "**/a/" * 12 + "b", "**/*a*a*a*a*a*a/" * 6 + "b", "*?" * 30 + "b", "**/*" * 9):
        if not check_pattern(pattern):
            assert not Globs([pattern]).matches("a" * 255 + "/" + "a/" * 400 + "a" * 255 + "c")


def test_a_path_is_matched_wherever_its_pieces_stand() -> None:
    assert Globs(["**/a*b/**/c*d*e"]).matches("aX/ab/x/abb/y/c/cdde")
    assert Globs(["*a*ab"]).matches("aaab") and not Globs(["*a*ab"]).matches("ab")


@pytest.mark.parametrize("pattern", ["{a,b}" * 11, "{" + "a," * 2_000 + "b}", "a" * 1_001])
def test_patterns_that_stand_for_too_much_are_refused(pattern: str) -> None:
    assert "more than" in check_pattern(pattern) or "longer than" in check_pattern(pattern)


@pytest.mark.parametrize(
    "pattern", ["", "!", "/", "/etc/**", "../x", "a/../b", ":(icase)x", "[[:alpha:]]", "[z-a]", "a\0b"]
)
def test_patterns_that_are_refused(pattern: str) -> None:
    assert check_pattern(pattern)
