"""What the commits of a window did to model settings, on real histories."""

from afterword.repo.settings import SettingsStep, settings_history
from tests.histories import History, clone
from tests.repo.repositories import opened

MODEL, TEMPERATURE, MAX = "gen_ai.request.model", "gen_ai.request.temperature", "gen_ai.request.max_tokens"
YAML = "defaults: &defaults\n  temperature: 0.2\nsupport:\n  <<: *defaults\n  model: gpt-4o-2024-08-06\n"
PYTHON = "MODEL = 'gpt-4o-2024-08-06'\nllm = ChatOpenAI(model=MODEL, temperature=0.2, max_tokens=100)\n"


def steps(history: History, *commits: str) -> list[SettingsStep]:
    """Return what is yielded for these commits, for all of HEAD's, oldest first, by default."""
    repository = opened(history)
    named = commits or history.git("rev-list", "--reverse", "HEAD").split()
    return list(settings_history(repository.runner, repository.pathways.settings, named))


def told(step: SettingsStep) -> list[tuple[str, str, str, str, str]]:
    return [(one.key, one.scope, one.before, one.after, f"{one.path}:{one.line}") for one in step.changes]


def test_each_commit_with_what_it_changed(history: History) -> None:
    first = history.commit("1", {"config/models.yaml": YAML, "README.md": "temperature: 1\n"})
    history.commit("2", {"README.md": "temperature: 2\n", "src/other.py": "x = 1\n"})
    third = history.commit("3", {"config/models.yaml": YAML.replace("0.2", "0.70").replace("-2024-08-06", "")})
    history.commit("4", {"config/models.yaml": "# a comment\n" + YAML.replace("0.2", ".7").replace("-2024-08-06", "")})
    fifth = history.commit("5", {"config/models.yaml": None})
    found = steps(history)
    assert [step.sha for step in found] == [first, third, fifth]
    assert told(found[1]) == [
        (TEMPERATURE, "defaults", "0.2", "0.70", "config/models.yaml:2"),
        (MODEL, "support", "gpt-4o-2024-08-06", "gpt-4o", "config/models.yaml:5"),
        (TEMPERATURE, "support", "0.2", "0.70", "config/models.yaml:2"),
    ]
    assert [one.inherited for one in found[1].changes] == ["from `defaults` (line 1)", "", "from `defaults` (line 1)"]
    assert [one.remark[:19] for one in found[1].changes] == ["", "gpt-4o is an alias:", ""]
    assert [(one.before, one.after, one.remark) for one in found[2].changes if one.key == MODEL] == [("gpt-4o", "", "")]


def test_python_constants_and_arguments_over_time(history: History) -> None:
    history.commit("1", {"app/llm.py": PYTHON})
    history.commit("2", {"app/llm.py": "import os\n\n\n" + PYTHON.replace("0.2", "0.9")})
    history.commit("3", {"app/llm.py": "import os\n\n\n" + PYTHON.replace("0.2", "0.9").replace("08-06", "11-20")})
    assert [told(step) for step in steps(history)[1:]] == [
        [(TEMPERATURE, "llm.ChatOpenAI", "0.2", "0.9", "app/llm.py:5")],
        [(MODEL, "", "gpt-4o-2024-08-06", "gpt-4o-2024-11-20", "app/llm.py:4")],
    ]


def test_a_file_that_moved_keeps_its_settings(history: History) -> None:
    history.commit("1", {"config/models.yaml": YAML})
    history.move("config/models.yaml", "config/llm/größe 1.yaml")
    history.commit("2", {"config/llm/größe 1.yaml": YAML.replace("0.2", "0.3")})
    assert told(steps(history)[1]) == [
        (TEMPERATURE, "defaults", "0.2", "0.3", "config/llm/größe 1.yaml:2"),
        (TEMPERATURE, "support", "0.2", "0.3", "config/llm/größe 1.yaml:2"),
    ]


def test_a_merge_is_listed_only_with_what_no_parent_had(history: History) -> None:
    both = "a:\n  model: m1\n  temperature: 0.1\n\n\n\n\nb:\n  model: m2\n  temperature: 0.2\n"
    history.commit("1", {"config/models.yaml": both})
    history.branch("side")
    history.commit("2", {"config/models.yaml": both.replace("0.2", "0.8")})
    history.switch("main")
    history.commit("3", {"config/models.yaml": both.replace("0.1", "0.7")})
    merged = both.replace("0.1", "0.7").replace("0.2", "0.8")
    clean = history.merge("side")
    assert (history.root / "config/models.yaml").read_text() == merged
    assert steps(history, clean) == []
    history.git("reset", "--quiet", "--hard", "HEAD~1")
    evil = history.merge("side", files={"config/models.yaml": merged.replace("m1", "m9")})
    assert [told(step) for step in steps(history, evil)] == [[(MODEL, "a", "m1", "m9", "config/models.yaml:2")]]


def test_what_cannot_be_read_is_told_once_and_hides_nothing_else(history: History) -> None:
    bomb = "a0: &a0 {model: x}\n" + "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))
    bad = {
        "config/binary.yaml": b"model: \0\1\n",
        "config/bomb.yaml": bomb,
        "config/broken.yaml": "model: [\n",
        "config/large.yaml": "model: m\n" + "# " + "x" * 10_000_000,
        "config/latin.yaml": "model: größe\n".encode("latin-1"),
        "app/old.py": "print 'openai'\n",
    }
    good = {"config/models.yaml": YAML, "config/two.yaml": "---\nmodel: a\n---\nmodel: b\n"}
    history.commit("1", {**bad, **good})
    history.commit("2", {"config/broken.yaml": "model: [[\n", "config/two.yaml": "---\nmodel: a\n---\nmodel: c\n"})
    history.commit("3", {"config/broken.yaml": "model: m\n", "config/bomb.yaml": "# more\n" + bomb})
    first, second = steps(history)
    assert [str(problem) for problem in first.problems] == [
        "app/old.py does not parse as Python (line 1): "
        "Missing parentheses in call to 'print'. Did you mean print(...)?.",
        "config/binary.yaml is not UTF-8 text.",
        "config/bomb.yaml has more references to references than can be followed.",
        "config/broken.yaml is not valid YAML (line 2): did not find expected node content.",
        "config/large.yaml is too large to be read for settings (10,000,011 bytes).",
        "config/latin.yaml is not UTF-8 text.",
    ]
    assert {one.path for one in first.changes} == {"config/models.yaml", "config/two.yaml"}
    assert second.problems == ()
    assert told(second) == [(MODEL, "1", "b", "c", "config/two.yaml:4")]


def test_formats_that_teams_use(history: History) -> None:
    before = {
        "prompts/a.prompty": "---\nmodel:\n  api: chat\n  configuration:\n    type: azure_openai\n"
        "    azure_deployment: gpt-35\n  parameters:\n    max_tokens: 1\n---\nsystem:\n",
        "prompts/b.prompt": "---\nmodel: googleai/gemini-1.5-pro\nconfig:\n  temperature: 1\n---\nHi\n",
        "promptfooconfig.yaml": "providers:\n  - id: openai:gpt-4o\n    config:\n      maxTokens: 1\n",
        "litellm_config.yaml": "model_list:\n  - model_name: cheap\n    litellm_params:\n      num_predict: 1\n",
        "config/llm.toml": "[support]\nmax_output_tokens = 1\n",
        ".env.production": "SUPPORT_MODEL=m1\n",
        "config/agents.json": '{"support": {"model": "m", "maxCompletionTokens": 1}}',
    }
    history.commit("1", before)
    changed = {
        path: text.replace(": 1\n", ": 2\n").replace("= 1", "= 2").replace("=m1", "=m2").replace(": 1}", ": 2}")
        for path, text in before.items()
    }
    history.commit("2", changed)
    assert [(one[0], one[1], one[2], one[3]) for one in told(steps(history)[1])] == [
        ("gen_ai.request.model", "support", "m1", "m2"),
        (MAX, "support", "1", "2"),
        (MAX, "support", "1", "2"),
        (MAX, "model_list.cheap.litellm_params", "1", "2"),
        (MAX, "providers.openai:gpt-4o.config", "1", "2"),
        (MAX, "model.parameters", "1", "2"),
        (TEMPERATURE, "config", "1", "2"),
    ]


def test_a_partial_clone_says_which_texts_it_lacks(history: History) -> None:
    history.commit("1", {"config/models.yaml": YAML, "config/llm.yaml": "model: a\n"})
    history.commit("2", {"config/models.yaml": YAML.replace("0.2", "0.3")})
    history.commit("3", {"config/llm.yaml": "model: b\n", "config/new.yaml": "model: c\n"})
    history.git("config", "uploadpack.allowFilter", "true")
    partial = clone(history.root, history.root.parent / "partial", "--filter=blob:none")
    lacking = "was never fetched into this partial clone"
    found = steps(partial)
    assert [(problem.path, problem.sentence) for step in found for problem in step.problems] == [
        ("config/llm.yaml", lacking),
        ("config/models.yaml", lacking),
    ]
    assert [told(step) for step in found if step.changes] == [[(MODEL, "", "", "c", "config/new.yaml:1")]]


def test_a_shallow_clone_begins_with_its_oldest_commit(history: History) -> None:
    history.commit("1", {"config/models.yaml": YAML})
    history.commit("2", {"config/models.yaml": YAML.replace("0.2", "0.3")})
    history.commit("3", {"config/models.yaml": YAML.replace("0.2", "0.4")})
    shallow = clone(history.root, history.root.parent / "shallow", "--depth=2")
    assert [len(step.changes) for step in steps(shallow)] == [3, 2]


def test_nothing_is_asked_of_git_for_no_commit(history: History) -> None:
    history.commit("1", {})
    assert steps(history) == []
