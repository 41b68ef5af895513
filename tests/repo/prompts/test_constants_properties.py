"""Generated prompts are found again, whatever surrounds them, and no text makes the reader fail."""

from hypothesis import given
from hypothesis import strategies as st

from afterword.repo.prompts import constants_in, may_hold

RULE = "You are the support agent. Never promise a refund; link the policy instead, and stay polite, always. "
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=200).map(
    lambda text: RULE + text
)
NAMES = st.builds(
    lambda start, word, end: f"{start}{word}{end}",
    st.sampled_from(["", "SUPPORT_", "my_", "x2_", "größe_"]),
    st.sampled_from(["PROMPT", "prompt", "Instructions", "SYSTEM_MESSAGE", "persona", "guidelines", "user_prompts"]),
    st.sampled_from(["", "_V2", "_de", "_text"]),
)
OTHERS = st.lists(
    st.sampled_from(
        ["import os", "x = 1", "# a prompt", "def f(a):\n    return a", "class A:\n    b = 'c'", "", "'''doc'''"]
    ),
    max_size=6,
)
FORMS = ["{name} = {value}", "{name}: str = {value}", "{name} = (\n    {value}\n)", "{name} = dedent({value})"]


@given(NAMES, TEXTS, OTHERS, OTHERS, st.sampled_from(FORMS[:3]), st.sampled_from([repr, "triple", "pieces"]))
def test_a_constant_is_found_with_its_text_name_and_lines(
    name: str, text: str, before: list[str], after: list[str], form: str, quoting: object
) -> None:
    value = _quoted(text, quoting)
    statement = form.format(name=name, value=value)
    source = "\n".join([*before, statement, *after])
    assert may_hold(source.encode())
    constants, problem = constants_in(source)
    assert problem == ""
    line = sum(part.count("\n") + 1 for part in before) + 1
    lines = value.count("\n") + (1 if form.startswith("{name} = (") else 0)
    assert [(one.name, one.text, one.line, one.end_line) for one in constants] == [(name, text, line, line + lines)]


def _quoted(text: str, quoting: object) -> str:
    if quoting == "triple":
        return '"""' + text.replace("\\", "\\\\").replace('"', '\\"') + '"""'
    if quoting == "pieces":
        return f"{text[:70]!r} + {text[70:]!r}"
    return repr(text)


@given(st.text(max_size=300))
def test_any_text_is_read_without_failing(text: str) -> None:
    constants = constants_in(text)
    assert not (constants.found and constants.problem)


SIGNS = list("=()[]{},:'f@*+%\\x \n")
WORDS = [
    "prompt",
    "SYSTEM",
    "+=",
    "if ",
    "else ",
    "lambda ",
    "return ",
    "class ",
    "def ",
    ".strip()",
    ".join",
    "content",
]
WHOLE = ["    ", '"""', RULE, f"'{RULE}'", f'"""{RULE}"""', f"prompt = '{RULE}'\n", f"A.system = '{RULE}'\n"]
MESSAGE = f"t = {{'role': 'system', 'content': '{RULE}'}}\n"
PIECES = st.lists(st.sampled_from([*SIGNS, *WORDS, *WHOLE, MESSAGE]), max_size=30).map("".join)


@given(PIECES)
def test_what_is_found_was_worth_looking_for_and_has_a_name_of_its_own(source: str) -> None:
    constants, _ = constants_in(source)
    assert not constants or may_hold(source.encode())
    assert len({one.name for one in constants}) == len(constants)
    assert all(len(one.text) >= 80 and 1 <= one.line <= one.end_line <= source.count("\n") + 1 for one in constants)
