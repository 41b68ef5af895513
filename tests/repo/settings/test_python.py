"""Model settings out of Python code, and what only looks like them."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.repo.settings.python import settings_in_python
from tests.histories import History, clone
from tests.repo.repositories import opened

MODEL, TEMPERATURE, MAX = "gen_ai.request.model", "gen_ai.request.temperature", "gen_ai.request.max_tokens"
SEED, STOP, SYSTEM = "gen_ai.request.seed", "gen_ai.request.stop_sequences", "gen_ai.system_instructions"


def found(source: str) -> list[tuple[str, str, str, int]]:
    return [(one.key, one.scope, one.value, one.line) for one in settings_in_python(textwrap.dedent(source))]


def test_arguments_of_calls() -> None:
    source = """\
        def answer(question):
            return client.chat.completions.create(
                model="gpt-4o",
                temperature=0.2,
                seed=4, stop=["a", "b"],
                messages=messages,
            )

        support = Agent("openai:gpt-4o", instructions="Be kind.", model_settings={"temperature": 0.0, "seed": 1})
        llm = AzureChatOpenAI(azure_deployment="eu-west", max_tokens=512, api_key="none")
        """
    scope = "answer.client.chat.completions.create"
    assert found(source) == [
        (MODEL, scope, "gpt-4o", 3),
        (TEMPERATURE, scope, "0.2", 4),
        (SEED, scope, "4", 5),
        (STOP, scope, '"a", "b"', 5),
        (MODEL, "support.Agent", "openai:gpt-4o", 9),
        (SYSTEM, "support.Agent", "Be kind.", 9),
        (TEMPERATURE, "support.Agent.model_settings", "0.0", 9),
        (SEED, "support.Agent.model_settings", "1", 9),
        (MODEL, "llm.AzureChatOpenAI", "eu-west", 10),
        (MAX, "llm.AzureChatOpenAI", "512", 10),
    ]


def test_constants_fields_parameters_and_dictionaries() -> None:
    source = """\
        MODEL = "gpt-4o"
        DEFAULT_TEMPERATURE: float = 0.7
        class Settings(BaseSettings):
            temperature: float = 0.2
            max_tokens: int = Field(default=512, gt=0)
            model_name: str = Field("our-own")
        class Client:
            def __init__(self, model="claude-3-opus-20240229", *, temperature=0.1):
                self.model = model
        CONFIG = {"support": {"model": "m", "temperature": 0}}
        MODELS = {"cheap": "gpt-4o-mini", "count": 3}
        CONFIG["model"] = "gpt-5"
        """
    assert found(source) == [
        (MODEL, "", "gpt-4o", 1),
        (TEMPERATURE, "default", "0.7", 2),
        (TEMPERATURE, "Settings", "0.2", 4),
        (MAX, "Settings", "512", 5),
        (MODEL, "Settings", "our-own", 6),
        (MODEL, "Client.__init__", "claude-3-opus-20240229", 8),
        (TEMPERATURE, "Client.__init__", "0.1", 8),
        (MODEL, "CONFIG.support", "m", 10),
        (TEMPERATURE, "CONFIG.support", "0", 10),
        (MODEL, "MODELS.cheap", "gpt-4o-mini", 11),
        (MODEL, "config", "gpt-5", 12),
    ]


def test_defaults_of_variables_and_options_say_whose_they_are() -> None:
    source = """\
        MODEL = os.environ.get("OPENAI_MODEL", "gpt-4o")
        llm = ChatOpenAI(model=os.getenv("CHEAP") or "gpt-4o-mini", temperature=float(os.getenv("TEMP", "0.3")))
        parser.add_argument("--model", default="gpt-4.1")
        start(os.getenv("OPENAI_MODEL", "gpt-5"))
        run(name, model=MODEL, temperature=0.2)
        model = model or os.getenv("OPENAI_MODEL", "gpt-4o")
        """
    told = [(one.value, one.inherited) for one in settings_in_python(textwrap.dedent(source))]
    assert told == [
        ("gpt-4o", "default of OPENAI_MODEL"),
        ("gpt-4o-mini", "default of CHEAP"),
        ("0.3", "default of TEMP"),
        ("gpt-4.1", "default of --model"),
        ("gpt-5", "default of OPENAI_MODEL"),
        ("0.2", ""),
        ("gpt-4o", "default of OPENAI_MODEL"),
    ]


def test_a_value_out_of_a_constant_with_another_name_says_from_which() -> None:
    source = "CHOSEN = 'gpt-4o'\nllm = ChatOpenAI(model=CHOSEN)\n"
    assert [(one.value, one.line, one.inherited) for one in settings_in_python(source)] == [
        ("gpt-4o", 2, "from `CHOSEN` (line 1)")
    ]


@pytest.mark.parametrize(
    "source",
    [
        "author = ForeignKey(model='User', engine='InnoDB', seed=1)",
        "class Meta:\n    model = 'auth.User'",
        "car = Car(model='Golf', provider='openai motors')",
        "sensor = Sensor(temperature=22.5)",
        "print('gpt-4o')",
        "model = load(openai)",
        "if model.startswith('gpt-4'): pass",
        "random.seed(42); SEED = 3; tools = ['openai']",
        "MODEL = 'sk-" + "a1B2c3D4e5F6g7H8i9J0'",
        "OPENAI_API_KEY = 'gpt-4o'",
        "llm = ChatOpenAI(model=settings.model)",
        "ALIASES = {'temperature': 'temperature', 'top_p': 'top_p topP', 'max_tokens': 'max_output_tokens'}",
        "HELP = {'reasoning_effort': 'how long the model thinks', 'temperature': 'gpt-'}",
        "",
    ],
)
def test_other_code_has_no_settings(source: str) -> None:
    assert found(source) == []


def test_settings_of_one_name_and_scope_are_told_apart() -> None:
    assert found("run(model='gpt-4o')\nrun(model='gpt-5')\n") == [
        (MODEL, "run", "gpt-4o", 1),
        (MODEL, "run (2)", "gpt-5", 2),
    ]


def test_a_long_instruction_is_left_to_the_prompts() -> None:
    assert found(f"a = Agent('openai:gpt-4o', instructions='{'word ' * 40}')") == [
        (MODEL, "a.Agent", "openai:gpt-4o", 1)
    ]


SOURCE = "llm = ChatOpenAI(model='gpt-4o', temperature=0.2)\n"


def test_python_files_of_a_revision_are_read_beside_configuration(history: History) -> None:
    files = {
        "app/llm.py": SOURCE,
        "app/größe 1.py": SOURCE,
        "app/broken.py": "print 'openai'\n",
        "app/plain.py": "x = 1\n",
        "tests/test_llm.py": SOURCE,
        "app/test_llm.py": SOURCE,
        "vendor/llm.py": SOURCE,
        "venv/lib/python3.11/site-packages/a.py": SOURCE,
        "config/models.yaml": "model: m\n",
    }
    history.commit("1", files)
    found = opened(history).find_settings("HEAD")
    assert sorted((one.path, one.value) for one in found.settings) == [
        ("app/größe 1.py", "0.2"),
        ("app/größe 1.py", "gpt-4o"),
        ("app/llm.py", "0.2"),
        ("app/llm.py", "gpt-4o"),
        ("config/models.yaml", "m"),
    ]
    assert [str(one) for one in found.problems] == [
        "app/broken.py does not parse as Python (line 1): "
        "Missing parentheses in call to 'print'. Did you mean print(...)?."
    ]
    history.commit("2", {"app/llm.py": SOURCE.replace("0.2", "0.9")})
    row = opened(history).compare_settings("HEAD~1", "HEAD").rows[0]
    assert (row.setting.split(" ")[0], row.before, row.after) == (TEMPERATURE, "0.2", "0.9")
    assert row.read_from.startswith("app/llm.py:1 at ")


def test_configured_paths_win_over_discovery(history: History) -> None:
    history.commit(
        "1", {"app/llm.py": SOURCE, "app/other.py": SOURCE, ".afterword.toml": 'settings = ["app/other.py"]\n'}
    )
    assert {one.path for one in opened(history).find_settings("HEAD").settings} == {"app/other.py"}


def test_a_partial_clone_is_read_as_far_as_it_goes_and_says_so(history: History) -> None:
    history.commit("1", {"app/llm.py": SOURCE, "app/other.py": f"\n{SOURCE}", "app/third.py": "x = 1\n"})
    history.commit("2", {"app/other.py": SOURCE.replace("gpt-4o", "gpt-5")})
    history.git("config", "uploadpack.allowFilter", "true")
    partial = clone(history.root, history.root.parent / "partial", "--filter=blob:none")
    found = opened(partial).find_settings("HEAD~1")
    assert {one.path for one in found.settings} == {"app/llm.py"}
    assert [str(one) for one in found.problems] == [
        "app/other.py and maybe other Python files were never fetched into this partial clone."
    ]
    assert not opened(partial).find_settings("HEAD").problems


def test_a_deep_file_is_a_sentence_and_a_long_one_is_read_to_its_end() -> None:
    with pytest.raises(ValueError, match="nested too deeply"):
        settings_in_python("x = openai" + "()" * 20_000)
    settings_in_python("".join(f"a{n} = Agent('openai:gpt-4o', temperature=0.{n})\n" for n in range(15_000)))
    settings_in_python("x = ['openai', " + "'a', " * 150_000 + "]")


@given(
    st.text(max_size=200)
    | st.lists(
        st.sampled_from(
            [
                *"=()[]{},:'x \n",
                "model",
                "temperature=0.2",
                "'gpt-4o'",
                "f",
                "os.getenv",
                "or ",
                "Agent",
                "class ",
                "def ",
                "1",
            ]
        )
    ).map("".join)
)
def test_any_text_gives_settings_or_a_sentence(text: str) -> None:
    try:
        settings = settings_in_python("temperature=0.1\n" + text)
    except ValueError as error:
        assert str(error)
    else:
        assert all(one.value for one in settings)
        assert len({(one.key, one.scope) for one in settings}) == len(settings)
