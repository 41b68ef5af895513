"""Model settings out of the files that teams keep them in."""

import json
import textwrap
import tomllib

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from afterword.repo.settings.formats import read_tree
from afterword.repo.settings.tree import Branch, Leaf
from afterword.repo.settings.walk import settings_in
from tests.histories import History
from tests.repo.repositories import opened

MODEL, TEMPERATURE, MAX = "gen_ai.request.model", "gen_ai.request.temperature", "gen_ai.request.max_tokens"


def found(name: str, text: str) -> list[tuple[str, str, str, int]]:
    tree = read_tree(name, textwrap.dedent(text).lstrip("\n"))
    return [(one.key, one.scope, one.value, one.line) for one in settings_in(tree)]


def test_yaml_with_lines_and_scopes() -> None:
    text = """
        # models in production
        support_agent:
          model: gpt-4o-2024-08-06   # pinned
          temperature: 0.70

          maxTokens: 512
        triage: {model: "claude-sonnet-4-5", top_p: .9}
        """
    assert found("config/models.yaml", text) == [
        (MODEL, "support_agent", "gpt-4o-2024-08-06", 3),
        (TEMPERATURE, "support_agent", "0.70", 4),
        (MAX, "support_agent", "512", 6),
        (MODEL, "triage", "claude-sonnet-4-5", 7),
        ("gen_ai.request.top_p", "triage", ".9", 7),
    ]


def test_json_with_lines() -> None:
    text = (
        '{\n\t"agents": [\n\t\t{"name": "a \\"b\\"", "model":\n\t\t"m1",\n\t\t"stop": ["\\n", "END"]},\n'
        '\t\t{"model": "m2", "temperature": 1e-1}\n\t]\n}\n'
    )
    assert found("x.json", text) == [
        (MODEL, 'agents.a "b"', "m1", 4),
        ("gen_ai.request.stop_sequences", 'agents.a "b"', '"\\n", "END"', 5),
        (MODEL, "agents.1", "m2", 6),
        (TEMPERATURE, "agents.1", "1e-1", 6),
    ]


def test_toml_with_lines() -> None:
    text = '''
        title = """
        temperature = 9
        """
        [agents.support]
        model = "gpt-4o"  # temperature = 3
        params = { temperature = 0.2, top_k = 40 }
        tools = [
          "search",   # ] not yet
          "refund",
        ]
        [[models]]
        name = "cheap"
        model = 'm1'
        [[models]]
        "max_tokens" = 1_000
        [models.extra]
        seed = 7
        '''
    assert found("x.toml", text) == [
        (MODEL, "agents.support", "gpt-4o", 5),
        (TEMPERATURE, "agents.support.params", "0.2", 6),
        ("gen_ai.request.top_k", "agents.support.params", "40", 6),
        ("gen_ai.tool.definitions", "agents.support", '"search", "refund"', 7),
        (MODEL, "models.cheap", "m1", 13),
        (MAX, "models.1", "1000", 15),
        ("gen_ai.request.seed", "models.1.extra", "7", 17),
    ]


def test_env_with_lines_and_prefixes() -> None:
    text = """
        # OPENAI_MODEL=old
        export OPENAI_MODEL="gpt-4o"
        OPENAI_TEMPERATURE = 0.2 # warm
        NOTE="two
        MODEL=not-a-setting
        lines"
        SUPPORT_MODEL_NAME='claude # not a comment'
        MAX_TOKENS=100
        EMPTY_MODEL=
        """
    assert found("deploy/.env.production", text) == [
        (MODEL, "openai", "gpt-4o", 2),
        (TEMPERATURE, "openai", "0.2", 3),
        (MODEL, "support", "claude # not a comment", 7),
        (MAX, "", "100", 8),
    ]


def test_front_matter_of_prompts() -> None:
    prompty = (
        "---\nname: Support\nmodel:\n  api: chat\n  configuration:\n    azure_deployment: gpt-35\n"
        "  parameters:\n    max_tokens: 128\n---\nsystem:\nmodel: not this\n"
    )
    assert found("a.prompty", prompty) == [
        (MODEL, "model.configuration", "gpt-35", 6),
        (MAX, "model.parameters", "128", 8),
    ]
    dotprompt = "---\r\nmodel: googleai/gemini-2.0-flash\r\nconfig:\r\n  temperature: 0.9\r\n---\r\nHi {{name}}\r\n"
    assert found("a.prompt", dotprompt) == [
        (MODEL, "", "googleai/gemini-2.0-flash", 2),
        (TEMPERATURE, "config", "0.9", 4),
    ]
    assert found("a.prompt", "No front matter\nmodel: x\n") == []


def test_litellm_promptfoo_and_lists_of_models() -> None:
    litellm = """
        model_list:
          - model_name: gpt-4o
            litellm_params:
              model: azure/gpt-4o-eu
              api_key: os.environ/AZURE_API_KEY
              temperature: 0
        """
    assert found("litellm_config.yaml", litellm) == [
        (MODEL, "model_list.gpt-4o", "gpt-4o", 2),
        (MODEL, "model_list.gpt-4o.litellm_params", "azure/gpt-4o-eu", 4),
        (TEMPERATURE, "model_list.gpt-4o.litellm_params", "0", 6),
    ]
    promptfoo = "providers:\n  - openai:gpt-4o\n  - id: anthropic:claude\n    config:\n      temperature: 0.5\n"
    assert found("promptfooconfig.yaml", promptfoo) == [
        (MODEL, "providers.0", "openai:gpt-4o", 2),
        (MODEL, "providers.anthropic:claude", "anthropic:claude", 3),
        (TEMPERATURE, "providers.anthropic:claude.config", "0.5", 5),
    ]
    assert found("m.yaml", "models:\n  default: gpt-4o\n  cheap: gpt-4o-mini\n") == [
        (MODEL, "models.default", "gpt-4o", 2),
        (MODEL, "models.cheap", "gpt-4o-mini", 3),
    ]


def test_names_of_opentelemetry_and_a_model_as_a_mapping() -> None:
    text = "gen_ai.request.model: a\nllm:\n  name: b\n  provider: openai\n  reasoning_effort: high\n"
    assert found("x.yaml", text) == [
        (MODEL, "", "a", 1),
        (MODEL, "llm", "b", 3),
        ("gen_ai.provider.name", "llm", "openai", 4),
        ("reasoning_effort", "llm", "high", 5),
    ]


def test_inherited_values_are_read_where_they_are_written() -> None:
    text = """
        base: &base
          temperature: 0.2
          model: m1
        support:
          <<: *base
          model: m2
        """
    assert found("x.yaml", text) == [
        (TEMPERATURE, "base", "0.2", 2),
        (MODEL, "base", "m1", 3),
        (MODEL, "support", "m2", 6),
        (TEMPERATURE, "support", "0.2", 2),
    ]


def inherited(name: str, text: str) -> list[tuple[str, str, str]]:
    tree = read_tree(name, textwrap.dedent(text).lstrip("\n"))
    return [(one.scope, one.value, one.inherited) for one in settings_in(tree)]


def test_inherited_values_are_told_from_pinned_ones() -> None:
    text = """
        x-base: &base
          temperature: 0.2
          model: &m m1
        x-eu: &eu {<<: *base, top_p: 1}
        support: {<<: *eu, model: m2}
        triage: {model: *m, temperature: 0.3}
        both: {<<: [*eu, {top_k: 4}]}
        params: *base
        """
    assert inherited("x.yaml", text)[5:] == [
        ("support", "m2", ""),
        ("support", "1", "from `eu` (line 4)"),
        ("support", "0.2", "from `base` (line 1)"),
        ("triage", "m1", "from `m` (line 3)"),
        ("triage", "0.3", ""),
        ("both", "4", ""),
        ("both", "1", "from `eu` (line 4)"),
        ("both", "0.2", "from `base` (line 1)"),
        ("both", "m1", "from `base` (line 1)"),
        ("params", "0.2", "from `base` (line 1)"),
        ("params", "m1", "from `base` (line 1)"),
    ]


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        ("defaults: {model: a, top_p: 1}\nsupport: {model: b}\n", ["from `defaults` (line 1)"] * 2 + [""]),
        ("agents:\n  defaults: {model: a}\n  support: {temperature: 1}\n", ["from `defaults` (line 2)", ""]),
        ("global: {model: a, top_p: 1}\nsupport: {model: b}\n", ["from `global` (line 1)", "", ""]),
        ("defaults: {model: a, temperature: 1}\n", ["", ""]),
        ("global: {temperature: 1}\nsupport: {model: b}\n", ["", ""]),
        (
            "litellm_settings: {temperature: 1}\nmodel_list: [{litellm_params: {model: a}}]\n",
            ["from `litellm_settings` (line 1)", ""],
        ),
        (
            "providers: ['openai:gpt-4o']\ndefaultTest: {options: {provider: 'openai:gpt-4o-mini'}}\n",
            ["", "from `defaultTest` (line 2)"],
        ),
        ("model: ${OPENAI_MODEL:-gpt-4o}\ntemperature: ${T-0.1}\n", ["default of OPENAI_MODEL", "default of T"]),
    ],
)
def test_sections_of_defaults_and_defaults_of_variables_are_said(text: str, origins: list[str]) -> None:
    assert [origin for *_, origin in inherited("x.yaml", text)] == origins


def test_an_inherited_value_says_so_in_the_record(history: History) -> None:
    files = {"config/models.yaml": "defaults: &defaults\n  temperature: 0.2\nsupport:\n  <<: *defaults\n  model: m\n"}
    history.commit("1", files)
    files = {"config/models.yaml": files["config/models.yaml"].replace("0.2", "0.7")}
    sha = history.commit("2", files)[:7]
    rows = opened(history).compare_settings("HEAD~1", "HEAD").rows
    assert [(row.setting, row.before, row.after, row.read_from) for row in rows] == [
        (f"{TEMPERATURE} (defaults)", "0.2", "0.7", f"config/models.yaml:2 at {sha}, from defaults"),
        (f"{TEMPERATURE} (support)", "0.2", "0.7", f"config/models.yaml:2 at {sha}, from defaults"),
        (MODEL, "m", "m", f"config/models.yaml:5 at {sha}"),
    ]


def test_a_model_that_is_not_pinned_is_remarked_upon_but_no_deployment(history: History) -> None:
    history.commit(
        "1", {"config/models.yaml": "a: {model: gpt-4o}\nb: {azure_deployment: gpt-4o}\nc: {model: o1-2024-12-17}"}
    )
    remarks = [one.remark for one in opened(history).find_settings("HEAD").settings]
    assert remarks[0].startswith("gpt-4o is an alias") and remarks[1:] == ["", ""]


def test_words_that_mean_much_else_need_a_model_beside_them() -> None:
    assert found("x.yaml", "database:\n  provider: aws\n  seed: 3\n  system: linux\nstop: now\n") == []
    assert [key for key, *_ in found("x.yaml", "model: m\nseed: 3\n")] == [MODEL, "gen_ai.request.seed"]


def test_credentials_are_never_returned() -> None:
    secret = "sk-" + "ant-" + "a1B2c3D4e5F6g7H8i9J0"
    text = f"""
        model: m
        api_key: {secret}
        openai_api_key_model: {secret}
        secrets:
          model: {secret}
        provider: https://user:{secret}@host/
        deployment: {secret}
        tools: [{secret}]
        system_prompt: use {secret} please
        """
    for name in ("x.yaml", "y.yml"):
        assert found(name, text) == [(MODEL, "", "m", 1)]
    env = f"MODEL=m\nOPENAI_API_KEY={secret}\nSECRET_MODEL={secret}\nPROVIDER_TOKEN=1\nAUTH_PASSWORD=x\n"
    assert found(".env", env) == [(MODEL, "", "m", 1)]


def test_a_long_system_prompt_is_told_by_its_length_and_a_mark() -> None:
    (first, second) = (
        found("x.yaml", f"model: m\nsystem_prompt: |\n  You are kind.\n  {'word ' * 100}{end}\n")[1] for end in "ab"
    )
    assert first[0] == "gen_ai.system_instructions" and first[3] == 2
    assert first[2].startswith("You are kind. word word") and "characters, sha256" in first[2]
    assert first[2] != second[2] and len(first[2]) < 120


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("x.yaml", "a: [1\nb: 2\n", "is not valid YAML (line"),
        ("x.yaml", "a: *nowhere\n", "nothing is called"),
        ("x.yaml", "a: \x07\n", "is not valid YAML"),
        ("x.yaml", "<<<<<<< HEAD\nmodel: a\n=======\nmodel: b\n", "is not valid YAML"),
        ("x.yaml", "- " * 50_000, "nested too deeply"),
        ("x.yaml", "{a: " * 50_000, "nested too deeply"),
        ("x.json", '{"a": 1,}', "is not valid JSON (line 1)"),
        ("x.json", "[" * 100_000, "nested too deeply"),
        ("x.toml", "a = \n", "is not valid TOML"),
        ("x.yaml", "a: &a\n  b: *a\n", "nested too deeply, or refers to itself"),
    ],
)
def test_broken_files_are_said_in_a_sentence(name: str, text: str, words: str) -> None:
    with pytest.raises(ValueError) as caught:
        found(name, text)
    assert words in str(caught.value)


def test_references_to_references_end() -> None:
    bomb = "a0: &a0 {model: x}\n" + "".join(
        f"a{n}: &a{n} [" + ",".join([f"*a{n - 1}"] * 9) + "]\n" for n in range(1, 10)
    )
    with pytest.raises(ValueError, match="references to references"):
        found("x.yaml", bomb)


def test_tags_are_not_obeyed() -> None:
    assert found("x.yaml", "model: !!python/object/apply:os.system ['touch /tmp/x']\ntemperature: !Ref 0.5\n") == [
        (MODEL, "", '"touch /tmp/x"', 1),
        (TEMPERATURE, "", "0.5", 2),
    ]


def test_several_documents() -> None:
    assert found("x.yaml", "---\nmodel: a\n---\nmodel: b\n...\n") == [
        (MODEL, "0", "a", 2),
        (MODEL, "1", "b", 4),
    ]


def test_settings_of_a_revision_and_files_that_cannot_be_read(history: History) -> None:
    history.commit(
        "1",
        {
            "config/models.yaml": "support:\n  model: a\n",
            "config/broken.yaml": "model: [\n",
            "config/latin.yaml": b"model: caf\xe9\n",
            "config/huge.yaml": "model: x\n" + "# filler\n" * 100_000,
            "config/empty.yaml": "",
            ".env": "OPENAI_MODEL=b\n",
            "src/data.yaml": "model: no settings file\n",
        },
    )
    history.commit("2", {"config/models.yaml": "support:\n  model: later\n"})
    read = opened(history).find_settings("HEAD~1")
    assert [(one.key, one.value, one.path, one.line, one.scope) for one in read.settings] == [
        (MODEL, "b", ".env", 1, "openai"),
        (MODEL, "a", "config/models.yaml", 2, "support"),
    ]
    assert sorted(str(problem) for problem in read.problems) == [
        "config/broken.yaml is not valid YAML (line 2): did not find expected node content.",
        "config/huge.yaml is too large to be read for settings (900,009 bytes).",
        "config/latin.yaml is not UTF-8 text.",
    ]


def test_rows_for_the_record(history: History) -> None:
    before = history.commit("1", {"config/models.yaml": "m:\n  model: a\n  temperature: 0.2\n  top_p: 1\n  seed: 4\n"})
    after = history.commit("2", {"config/models.yaml": "m:\n\n  model: a\n  temperature: 0.7\n  top_p: 1.0\n"})
    rows = opened(history).compare_settings(before, after).rows
    place = "config/models.yaml"
    assert [(row.setting, row.before, row.after, row.read_from) for row in rows] == [
        (TEMPERATURE, "0.2", "0.7", f"{place}:4 at {after[:7]}"),
        ("gen_ai.request.seed", "4", "", f"{place}:5 at {before[:7]}"),
        (MODEL, "a", "a", f"{place}:3 at {after[:7]}"),
    ]


def test_rows_of_several_models_can_be_told_apart(history: History) -> None:
    before = history.commit(
        "1", {"config/a.yaml": "x: {model: a}\ny: {model: b}\n", "config/b.yaml": "x: {model: c}\n"}
    )
    after = history.commit(
        "2", {"config/a.yaml": "x: {model: a2}\ny: {model: b2}\n", "config/b.yaml": "x: {model: c2}\n"}
    )
    rows = opened(history).compare_settings(before, after).rows
    assert [(row.setting, row.before, row.after) for row in rows] == [
        (f"{MODEL} (config/a.yaml: x)", "a", "a2"),
        (f"{MODEL} (y)", "b", "b2"),
        (f"{MODEL} (config/b.yaml: x)", "c", "c2"),
    ]


def test_a_settings_file_that_moved_is_paired(history: History) -> None:
    before = history.commit("1", {"config/a.yaml": "model: a\ntemperature: 1\n"})
    history.move("config/a.yaml", "config/eu/b.yaml")
    after = history.commit("2", {"config/eu/b.yaml": "model: a\ntemperature: 0\n"})
    rows = opened(history).compare_settings(before, after).rows
    assert [(row.before, row.after) for row in rows] == [("1", "0"), ("a", "a")]


def test_nothing_before_the_first_revision(support: History) -> None:
    rows = opened(support).compare_settings("", "HEAD").rows
    assert [(row.before, row.after) for row in rows] == [("", "gpt-4o-2024-08-06"), ("", "0.2")]


SCALARS = st.one_of(
    st.integers(-9, 99),
    st.floats(0, 2).map(lambda x: round(x, 2)),
    st.text("ab: #-'\"é\\", max_size=8),
    st.booleans(),
)
KEYS = st.sampled_from(["model", "temperature", "agents", "maxTokens", "api_key", "name", "x y", "#", "é"])
TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(KEYS, TREES, max_size=4)


def plain(node: object) -> object:
    """Return our tree as nested lists and mappings of texts."""
    if isinstance(node, Leaf):
        return node.text
    assert isinstance(node, Branch)
    return (
        [plain(item) for item in node.items.values()]
        if node.is_list
        else {key: plain(item) for key, item in node.items.items()}
    )


def as_texts(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): as_texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_texts(item) for item in value]
    return json.dumps(value) if isinstance(value, bool | int | float) else value


@given(DOCUMENTS, st.sampled_from([None, 1, 4, "\t"]))
def test_json_trees_hold_what_json_holds(document: dict[str, object], indent: int | str | None) -> None:
    text = json.dumps(document, indent=indent)
    assert plain(read_tree("x.json", text)) == as_texts(document)
    assert_lines(read_tree("x.json", text), text)


@given(DOCUMENTS, st.booleans())
def test_yaml_trees_hold_what_yaml_holds(document: dict[str, object], flow: bool) -> None:
    text = yaml.safe_dump(document, default_flow_style=flow, allow_unicode=True)
    assert plain(read_tree("x.yaml", text)) == as_texts(document)


@given(
    st.text(st.sampled_from("model=temperature\n [].{}\"'#:-1\\,é\t&*<|>!"), max_size=80),
    st.sampled_from([".env", "a.yaml", "a.json", "a.toml", "a.prompty"]),
)
def test_any_text_gives_settings_or_a_sentence(text: str, name: str) -> None:
    try:
        tree = read_tree(name, text)
        settings_in(tree)
    except ValueError:
        return
    if name == "a.toml":
        assert plain(tree) == _toml_texts(tomllib.loads(text))


def _toml_texts(value: object) -> object:
    if isinstance(value, dict):
        return {key: _toml_texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_toml_texts(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def assert_lines(node: Branch, text: str) -> None:
    lines = text.split("\n")
    for item in node.items.values():
        if isinstance(item, Leaf):
            assert item.text in lines[item.line - 1] or json.dumps(item.text)[1:-1] in lines[item.line - 1]
        else:
            assert_lines(item, text)
