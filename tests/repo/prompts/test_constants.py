"""Prompts in Python files: which are found, as what, with which text and lines."""

import warnings
from textwrap import dedent

import pytest

from afterword.repo.prompts import Constant, constants_in, may_hold

RULE = "You are the support agent. Never promise a refund; link the policy instead, and stay polite with everybody."


def found(source: str) -> dict[str, Constant]:
    """Return the constants of a file by name; the cheap test beforehand must never miss one."""
    constants, problem = constants_in(source)
    assert problem == ""
    assert may_hold(source.encode()) or not constants_in(source).found or not constants
    assert len({one.name for one in constants}) == len(constants)
    return {one.name: one for one in constants}


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ('SYSTEM_PROMPT = "{}"', "SYSTEM_PROMPT"),
        ('SYSTEM_PROMPT: Final[str] = "{}"', "SYSTEM_PROMPT"),
        ('systemPrompt = "{}"', "systemPrompt"),
        ('PERSONA = ("{}")', "PERSONA"),
        ('ANSWER_TEMPLATE = "{}"', "ANSWER_TEMPLATE"),
        ('class Agent:\n    instructions = "{}"', "Agent.instructions"),
        ('class Prompts(str, Enum):\n    SUPPORT = "{}"', "Prompts.SUPPORT"),
        ('class Agent:\n    def __init__(self):\n        self.system_prompt = "{}"', "Agent.system_prompt"),
        ('def build():\n    template = "{}"', "build.template"),
        ('async def build_prompt(order):\n    text = "{}"\n    return text.format(order)', "build_prompt.text"),
        ('def get_system_prompt():\n    return "{}"', "get_system_prompt()"),
        ('class Agent:\n    def system_prompt(self):\n        return "{}"', "Agent.system_prompt()"),
        ('def ask(question, *, system_prompt="{}"): ...', "ask(system_prompt=)"),
        ('PROMPTS = {{"support": "{}"}}', "PROMPTS['support']"),
        ('PROMPTS = {{"support": {{"system": "{}"}}}}', "PROMPTS['support']['system']"),
        ('CONFIG = {{"model": "gpt-4o", "system_prompt": "{}"}}', "CONFIG['system_prompt']"),
        ('PROMPTS["support"] = "{}"', "PROMPTS['support']"),
        ('PROMPTS = {{Kind.SUPPORT: "{}"}}', "PROMPTS[Kind.SUPPORT]"),
        ('SYSTEM_PROMPTS = ["{}", "no"]', "SYSTEM_PROMPTS[0]"),
        ('agent = Agent(instructions="{}")', "Agent(instructions=)"),
        ('run(messages=[{{"role": "system", "content": "{}"}}])', "messages.system"),
        ('def f():\n    return [{{"role": "user", "content": "{}"}}]', "f.messages.user"),
        ('history = [{{"role": "developer", "content": "{}"}}]', "history.developer"),
        ('history = [("system", "{}"), ("human", question)]', "history.system"),
        ('prompt = ChatPromptTemplate.from_messages([("system", "{}")])', "prompt.system"),
        ('chain = PromptTemplate.from_template("{}") | model', "PromptTemplate.from_template(…)"),
        ('SUPPORT_PROMPT = PromptTemplate.from_template("{}")', "SUPPORT_PROMPT"),
        ('chain = PromptTemplate(template="{}", input_variables=[])', "PromptTemplate(template=)"),
        ('messages = [SystemMessage(content="{}")]', "SystemMessage(content=)"),
        ('turns = [ChatMessage(role=MessageRole.SYSTEM, content="{}")]', "turns.system"),
        ('ask(Message(role="user", content="{}"))', "messages.user"),
        ('client.messages.create(system="{}")', "client.messages.create(system=)"),
        ('parser.add_argument("--system-prompt", default="{}")', "parser.add_argument('--system-prompt')"),
        ('class C(BaseModel):\n    system_prompt: str = Field(default="{}", description="x")', "C.system_prompt"),
        ('INSTRUCTIONS = os.getenv("INSTRUCTIONS", "{}")', "INSTRUCTIONS"),
        ('prompt = custom or "{}"', "prompt"),
        ('system, user = "{}", question', "system"),
    ],
)
def test_a_prompt_is_found_and_named_as_a_reader_would_say_it(source: str, name: str) -> None:
    constants = found(source.format(RULE))
    assert [(one.name, one.text) for one in constants.values()] == [(name, RULE)]


@pytest.mark.parametrize(
    "source",
    [
        'GREETING = "{}"',
        'SYSTEM_PROMPT = "too short"',
        'print("{}")',
        '"""{}"""',
        'def prompt_for_password():\n    message = "{}"',
        'PAGE_TEMPLATE = "<html><body><p>{}</p></body></html>"',
        "PAGE_TEMPLATE = \"{{% extends 'base.html' %}} {}\"",
        'MAIL_TEMPLATE = "Dear {{name}}, {}"',
        'QUERY_TEMPLATE = "SELECT id, name FROM orders WHERE customer = %s AND refunded AND total > 0 ORDER BY date"',
        'POLICY = \'{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Action": "s3:GetObject"}}]}}\'',
        'URL_TEMPLATE = "https://support.example.org/{{tenant}}/orders/{{order}}/refunds/{{refund}}/policy?lang={{language}}"',
        'ERROR_TEMPLATE = "{}"',
        'PROMPTS = {{"support": {{"description": "{}"}}}}',
        'system_prompt = f"{{one_very_long_name_of_a_function()}}{{another_very_long_name_of_a_function_in_here()}}"',
        'prompt = b"{}"',
    ],
)
def test_what_no_name_calls_a_prompt_and_what_is_a_page_a_query_or_a_mail_is_none(source: str) -> None:
    assert found(source.format(RULE)) == {}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("f'{RULE} Ask {user.name!r} about {order:>10}.'", RULE + " Ask {user.name!r} about {order:>10}."),
        ("f'{RULE} {{json}} {a[0]} {f(x, y=1)}'", RULE + " {json} {a[0]} {f(x, y=1)}"),
        ("('{RULE}'\n   ' More.'\n   f' And {x}.')", RULE + " More. And {x}."),
        ("'{RULE}' + '\\n' + TONE + unknown + str(n)", RULE + "\nBe kind.{unknown}{str(n)}"),
        ("BASE + Texts.END", RULE + " Bye."),
        ("'{RULE} %s' % name", RULE + " %s"),
        ("'{RULE} {order}'.format(order=1).strip()", RULE + " {order}"),
        ("'  {RULE}\\n\\n'.strip()", RULE),
        ("textwrap.dedent('''\\\n    {RULE}\n      - a\n    ''').rstrip()", RULE + "\n  - a"),
        ("inspect.cleandoc('''{RULE}\n    - a\n    ''')", RULE + "\n- a"),
        ("'\\n'.join(['{RULE}', 'Second.', third])", RULE + "\nSecond.\n{third}"),
        ("['{RULE}', 'Second line of them, in a list.']", RULE + "\nSecond line of them, in a list."),
        (r"r'{RULE} \d+'", RULE + r" \d+"),
    ],
)
def test_the_text_is_what_the_model_gets_as_far_as_the_file_tells(value: str, text: str) -> None:
    before = f"TONE = 'Be kind.'\nBASE = '{RULE}'\nclass Texts:\n    END = ' Bye.'\n"
    constants = found(before + "INSTRUCTIONS = " + value.replace("{RULE}", RULE))
    assert constants["INSTRUCTIONS"].text == text
    assert constants["INSTRUCTIONS"].line == 5


def test_lines_run_from_the_name_to_the_end_of_the_text() -> None:
    source = dedent(f'''\
        import os

        SYSTEM_PROMPT = (
            "{RULE}"
            " More."
        )
        agent = Agent(
            name="support",
            instructions="""
        {RULE}
        """,
        )
        ''')
    lines = {one.name: (one.line, one.end_line) for one in found(source).values()}
    assert lines == {"SYSTEM_PROMPT": (3, 5), "Agent(instructions=)": (9, 11)}


def test_what_is_added_to_a_prompt_belongs_to_it() -> None:
    source = dedent(f"""\
        def build(vip):
            prompt = "{RULE}"
            if vip:
                prompt += " Offer a voucher."
            prompt = prompt + f" Order {{order}}."
            return prompt
        """)
    constants = found(source)
    assert list(constants) == ["build.prompt"]
    assert constants["build.prompt"].text == RULE + " Offer a voucher. Order {order}."
    assert (constants["build.prompt"].line, constants["build.prompt"].end_line) == (2, 5)


def test_a_prompt_that_is_only_handed_on_is_listed_once_under_its_name() -> None:
    source = f"SUPPORT_PROMPT = '{RULE}'\nagent = Agent(instructions=SUPPORT_PROMPT.strip())\nprompt = SUPPORT_PROMPT"
    assert list(found(source)) == ["SUPPORT_PROMPT"]
    unnamed = f"TEXT = '{RULE}'\n\nagent = Agent(instructions=TEXT)"
    assert found(unnamed)["Agent(instructions=)"].line == 1


def test_prompts_of_one_name_are_told_apart() -> None:
    agents = f"support = Agent(instructions='{RULE}')\nbilling = Agent(instructions='{RULE} 2')"
    assert list(found(agents)) == ["support = Agent(instructions=)", "billing = Agent(instructions=)"]
    branches = f"if vip:\n    prompt = '{RULE}'\nelse:\n    prompt = '{RULE} 2'"
    assert list(found(branches)) == ["prompt", "prompt (2)"]


def test_a_name_means_what_stands_nearest_before_it() -> None:
    source = dedent(f"""\
        END = "Outer."
        def one():
            END = "Inner."
            prompt = "{RULE} " + END
        def two():
            prompt = "{RULE} " + END
        def three(END):
            prompt = "{RULE} " + LATER
        LATER = "later"
        """)
    ends = [one.text.removeprefix(RULE).strip() for one in found(source).values()]
    assert ends == ["Inner.", "Outer.", "{LATER}"]


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("SYSTEM_PROMPT = 'a'\nprint 'x'", "does not parse as Python (line 2): Missing parentheses"),
        ("SYSTEM_PROMPT = '''never closed", "does not parse as Python (line 1): unterminated triple-quoted"),
        ("SYSTEM_PROMPT = {{ cookiecutter.prompt }", "does not parse as Python (line 1)"),
        ("SYSTEM_PROMPT = '\0'", "does not parse as Python"),
        ("SYSTEM_PROMPT = '\ud800'", "does not parse as Python: it holds characters that Python does not allow"),
        ("SYSTEM_PROMPT = " + "-" * 100_000 + "1", "is nested too deeply to be parsed as Python"),
        ("SYSTEM_PROMPT = " + "+".join(["'a'"] * 20_000), "is nested too deeply to be parsed as Python"),
        ("SYSTEM_PROMPT = a" + "()" * 20_000, "is nested too deeply to be parsed as Python"),
        ("SYSTEM_PROMPT = " + "(" * 300, "does not parse as Python (line 1)"),
        ("SYSTEM_PROMPT = 1" + "0" * 5_000, "does not parse as Python (line 1)"),
        ("SYSTEM_PROMPT = '" + "a" * 5_000_000 + "'", "is too large to be parsed as Python (5,000,018 characters)"),
    ],
)
def test_a_file_that_does_not_parse_gets_a_sentence(source: str, problem: str) -> None:
    constants = constants_in(source)
    assert constants.found == ()
    assert constants.problem.startswith(problem)
    assert constants.problem.endswith("; its text is used")


@pytest.mark.parametrize(
    "source",
    [
        "\ufeffSYSTEM_PROMPT = '{}'",
        "# -*- coding: latin-1 -*-\nSYSTEM_PROMPT = '{}'",
        "# -*- coding: no-such-thing -*-\nSYSTEM_PROMPT = '{}'",
        "import os\r\nSYSTEM_PROMPT = '{}'\r\n",
        "x = '\\d'\nSYSTEM_PROMPT = '{}'",
        "x = " + "+".join(["'a'"] * 900) + "\nSYSTEM_PROMPT = '{}'",
        "x = " + "[" * 90 + "]" * 90 + "\nSYSTEM_PROMPT = '{}'",
    ],
)
def test_oddities_of_a_file_do_not_stand_in_the_way_and_warn_nobody(source: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert found(source.format(RULE))["SYSTEM_PROMPT"].text == RULE


@pytest.mark.parametrize(
    "source",
    [
        "\n".join(["A0 = 'prompt ' * 1 + 'x'", *(f"A{n} = A{n - 1} + A{n - 1}" for n in range(1, 60))])
        + "\nPROMPT = A59",
        "prompt = 'a'\n" + "prompt += 'b' * 1 + 'cdefghijkl'\n" * 40_000,
        "prompt = 'a'\n" + "prompt = prompt + 'bcdefghijkl'\n" * 30_000,
        "prompt = f'" + "{a.b}" * 150_000 + "text'",
        "PROMPTS = {" + "'a': {'b': '" + "x" * 100 + "'}," * 1 + "**{'c': 'd'}, " * 50_000 + "}",
        "BIG = '" + "a b " * 50_000 + "'\n" + "".join(f"PROMPT_{n} = BIG + '{n}'\n" for n in range(20_000)),
        "systemsystem" * 80_000,
        "system" + " " * 900_000,
    ],
)
def test_what_is_found_in_a_hostile_file_is_bounded(source: str) -> None:
    assert sum(len(constant.text) for constant in constants_in(source).found) <= 20 * len(source)
    assert may_hold(source.encode()) or not constants_in(source).found


def test_a_file_of_utf_16_is_parsed_to_be_sure() -> None:
    assert may_hold(f"SYSTEM_PROMPT = '{RULE}'".encode("utf-16"))
    assert not may_hold(b"def add(a, b):\n    return a + b\n")
