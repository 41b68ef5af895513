"""What a repository may configure, and the sentence for what it may not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.redaction import OwnPattern, Rules
from afterword.repo.config import Config, parse_config, read_config
from afterword.repo.errors import ConfigError


def refused(text: str, name: str = ".afterword.toml", section: str = "") -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        parse_config(text.encode(), name, section)
    return caught.value


def test_nothing_configured(tmp_path: Path) -> None:
    assert read_config(tmp_path) == Config()
    (tmp_path / "pyproject.toml").write_text("[tool.other]\nx = 1\n")
    assert read_config(tmp_path) == Config()


def test_everything_configured(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.afterword]\nrecords_dir = "docs/incidents/"\nprompts = ["p/**"]\nsettings = ["c/*.yaml"]\n'
        'deploy_tags = "rollout-*"\nseverities = ["P1", "P2"]\nowners = ["@a"]\ntimezone = "Europe/Berlin"\n'
        '[tool.afterword.redaction]\nallow = ["help@acme.test"]\ninternal_hosts = ["acme.internal"]\n'
        'patterns = [{ label = "ticket", pattern = "TCK-[0-9]{6}", reason = "our tickets" }]\n'
    )
    assert read_config(tmp_path) == Config(
        records_dir="docs/incidents",
        prompts=("p/**",),
        settings=("c/*.yaml",),
        deploy_tags=("rollout-*",),
        severities=("P1", "P2"),
        owners=("@a",),
        timezone="Europe/Berlin",
        redaction=Rules(
            (OwnPattern("TICKET", "TCK-[0-9]{6}", "our tickets"),), ("help@acme.test",), ("acme.internal",)
        ),
        source="pyproject.toml",
    )


def test_own_file_goes_before_the_shared_one(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.afterword]\nrecords_dir = "a"\n')
    (tmp_path / ".afterword.toml").write_text('records_dir = "b"\n')
    assert read_config(tmp_path).records_dir == "b"


def test_unknown_key_names_file_line_and_key() -> None:
    error = refused('[tool.x]\nprompt = 1\n[tool.afterword]\n\nprompt = ["a"]\n', "pyproject.toml", "tool.afterword")
    assert error.message == "pyproject.toml:5: [tool.afterword] prompt is not a known key."
    assert "prompts" in error.hint


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("prompts = 3", ":1: prompts must be a list of texts"),
        ("redaction = 3", ":1: redaction must be a table"),
        ("[redaction]\nalow = []", ":2: [redaction] alow is not a known key"),
        ('\n[redaction]\nallow = "x"', ":3: [redaction] allow must be a list of texts"),
        ('[redaction]\nallow = ["*"]', ":2: [redaction] allow cannot be used. The allow-list entry '*' is too broad"),
        ('[redaction]\ninternal_hosts = ["a b"]', "'a b' is not a suffix of host names"),
        ('[[redaction.patterns]]\nlabel = "T"', "[redaction] patterns must have label and pattern"),
        ('[redaction]\npatterns = [{ label = "T", pattern = "(a+)+b" }]', "number 1. The redaction pattern '(a+)+b'"),
        ('[redaction]\npatterns = [{ label = "T", pattern = "(" }]', ":2: [redaction] patterns cannot be used"),
        ('prompts = [""]', "prompts must be a list of texts"),
        ('\nprompts = ["/etc/*"]', ":2: prompts has the pattern '/etc/*', which must be relative"),
        ('records_dir = "../x"', "records_dir must be a folder inside the repository"),
        ('records_dir = "/x"', "records_dir must be a folder inside the repository"),
        ('records_dir = ".git/x"', "records_dir must be a folder inside the repository"),
        ("severities = []", "severities must name at least one severity"),
        ('timezone = "Mars/Olympus"', "timezone is not a time zone: 'Mars/Olympus'"),
        ('timezone = "../../etc/passwd"', "timezone is not a time zone"),
        ("timezone = 3", "timezone is not a time zone"),
        ("prompts = [", "is not valid TOML"),
    ],
)
def test_wrong_values(text: str, words: str) -> None:
    error = refused(text)
    assert words in error.message and error.message.startswith(".afterword.toml") and error.hint


def test_not_utf8() -> None:
    with pytest.raises(ConfigError, match=r"\.afterword\.toml is not UTF-8 \(byte 1\)"):
        parse_config(b"#\xff", ".afterword.toml")


def test_section_that_is_no_table() -> None:
    assert "must be a table" in refused("[tool]\nafterword = 3\n", "pyproject.toml", "tool.afterword").message


TOML = st.text(st.sampled_from("prompts=[]\"'#\n{}.tool afterword\\1é\0"), max_size=60)


@given(st.one_of(st.binary(max_size=60), TOML.map(lambda text: text.encode("utf-8", "replace"))))
def test_never_more_than_one_sentence(data: bytes) -> None:
    try:
        parse_config(data, ".afterword.toml")
    except ConfigError as error:
        assert error.message.endswith(".")


EVALS = '[evals]\ncommand = "npx promptfoo eval -c promptfooconfig.yaml --tests {case} --output {out}"\n'


def test_how_evals_are_run() -> None:
    read = parse_config(
        (EVALS + 'setup = "npm ci"\nlink = ["node_modules"]\nrepeat = 10\n[evals.env]\nA = "{root}/b"\n').encode(),
        ".afterword.toml",
    )
    assert read is not None and read.evals is not None
    assert read.evals.command[:3] == ("npx", "promptfoo", "eval") and read.evals.report == "promptfoo"
    assert (read.evals.setup, read.evals.link, read.evals.repeat) == ((("npm", "ci"),), ("node_modules",), 10)
    assert read.evals.env == (("A", "{root}/b"),) and read.evals.timeout == 600


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("repeat = 3\n", "evals does not name the command that runs a case"),
        ('command = "pytest {case}"\n', "does not say with {out} where its report goes"),
        ('command = "run {case} {out}"\n', "does not show the format of its report"),
        ('command = "cd x && pytest {out}"\n', "needs a shell, and none reads it"),
        ('command = "pytest {cases} {out}"\n', "has the placeholder {cases}"),
        ('command = "pytest \'{out}"\n', "command has a quotation that does not end"),
        ('command = "pytest {out}"\nrepeat = 0\n', ":3: [evals] repeat must be a whole number from 1 to 1000"),
        ('command = "pytest {out}"\ntimeout = "1 h"\n', "timeout must be a whole number"),
        ('command = "pytest {out}"\nexit_codes = true\n', "contradict each other"),
        ('command = "pytest {out}"\nlink = ["../x"]\n', "not a path inside the repository"),
        ('command = "pytest {out}"\ntimeouts = 3\n', "timeouts is not a known key"),
    ],
)
def test_a_wrong_way_to_run_evals_is_refused_with_its_line(table: str, sentence: str) -> None:
    with pytest.raises(ConfigError) as error:
        parse_config(f"[evals]\n{table}".encode(), ".afterword.toml")
    assert sentence in str(error.value)
