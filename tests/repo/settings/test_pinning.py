"""Which names of models are remarked upon because they may change their meaning, and which are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.repo.settings.models import looks_like_model
from afterword.repo.settings.pinning import unpinned


@pytest.mark.parametrize(
    ("model", "form"),
    [
        ("gpt-4o", "gpt-4o-YYYY-MM-DD"),
        ("gpt-4.1-mini", "gpt-4.1-mini-YYYY-MM-DD"),
        ("gpt-5", "gpt-5-YYYY-MM-DD"),
        ("o3-mini", "o3-mini-YYYY-MM-DD"),
        ("o1", "o1-YYYY-MM-DD"),
        ("gpt-4", "gpt-4-MMDD"),
        ("gpt-4-turbo-preview", "gpt-4-MMDD"),
        ("gpt-3.5-turbo", "gpt-3.5-turbo-MMDD"),
        ("openai/gpt-4o-mini", "gpt-4o-mini-YYYY-MM-DD"),
        ("openai:gpt-4o", "gpt-4o-YYYY-MM-DD"),
        ("openai:chat:gpt-4o", "gpt-4o-YYYY-MM-DD"),
        ("openrouter/openai/gpt-4o", "gpt-4o-YYYY-MM-DD"),
        ("claude-3-5-sonnet-latest", "claude-3-5-sonnet-YYYYMMDD"),
        ("claude-sonnet-4-5", "claude-sonnet-4-5-YYYYMMDD"),
        ("claude-opus-4-0", "claude-opus-4-0-YYYYMMDD"),
        ("anthropic/claude-3.5-sonnet", "claude-3.5-sonnet-YYYYMMDD"),
        ("gemini-1.5-pro", "gemini-1.5-pro-001"),
        ("models/gemini-1.5-flash", "gemini-1.5-flash-001"),
        ("vertex_ai/gemini-2.0-flash", "gemini-2.0-flash-001"),
        ("mistral-large-latest", "mistral-large-YYMM"),
        ("mistral/mistral-small", "mistral-small-YYMM"),
        ("command-r-plus", "command-r-plus-MM-YYYY"),
        ("grok-4", "grok-4-MMDD"),
        ("qwen-max", "qwen-max-YYYY-MM-DD"),
    ],
)
def test_an_alias_is_remarked_upon_with_the_form_that_would_be_pinned(model: str, form: str) -> None:
    assert unpinned(model) == (
        f"{model} is an alias: what it means may change without a commit; a name of the form {form} would be pinned"
    )


@pytest.mark.parametrize("model", ["chatgpt-4o-latest", "gemini-flash-latest", "deepseek-chat", "command-nightly"])
def test_no_form_is_made_up_where_none_is_known(model: str) -> None:
    assert unpinned(model) == f"{model} is an alias: what it means may change without a commit"


@pytest.mark.parametrize(
    "model",
    [
        "gpt-4o-2024-08-06",
        "gpt-4-0613",
        "gpt-4-1106-preview",
        "gpt-3.5-turbo-16k-0613",
        "ft:gpt-4o-2024-08-06:acme::abc123",
        "gpt-oss-120b",
        "text-embedding-3-small",
        "o3-2025-04-16",
        "claude-3-5-sonnet-20241022",
        "claude-3-5-sonnet@20240620",
        "claude-sonnet-4-6",
        "claude-opus-4.7",
        "anthropic.claude-v2:1",
        "anthropic.claude-3-5-sonnet-20240620-v1:0",
        "bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0",
        "bedrock:us.meta.llama3-2-90b-instruct-v1:0",
        "gemini-1.5-pro-002",
        "gemini-2.5-pro",
        "gemini-2.5-flash-preview-09-2025",
        "gemini-2.5-pro-preview-05-06",
        "mistral-large-2411",
        "command-r-08-2024",
        "command-a-03-2025",
        "grok-4-0709",
        "azure/gpt-4o",
        "azure/our-deployment",
        "our-own-model",
        "ollama/llama3@sha256:abcdef",
        "meta-llama/Llama-3.1-8B-Instruct",
        "",
    ],
)
def test_what_is_pinned_or_unknown_is_not_remarked_upon(model: str) -> None:
    assert unpinned(model) == ""


def test_tags_and_routers_are_remarked_upon() -> None:
    assert unpinned("llama3:latest").startswith("llama3:latest is the tag 'latest', which may be moved")
    assert unpinned("ollama/llama3").startswith("ollama/llama3 is the tag 'latest'")
    assert unpinned("ollama:chat:llama3:8b").startswith("ollama:chat:llama3:8b is the tag '8b'")
    assert unpinned("openrouter/auto").startswith("openrouter/auto chooses a model for each request")


@pytest.mark.parametrize(
    ("value", "is_model"),
    [
        *[
            (name, True)
            for name in ("gpt-4o", "claude-3-opus-20240229", "openai:gpt-4o", "openai/our-model", "o1", "o3-mini")
        ],
        *[(name, True) for name in ("meta-llama/Llama-3-8b", "ollama/our-tune", "llama3:8b", "models/gemini-1.5-pro")],
        *[
            (name, False)
            for name in ("User", "auth.User", "app.models.Order", "T-Ford", "user", "gptUser", "", "a b", "x/y")
        ],
        *[(name, False) for name in ("http://example.org/gpt-4", "Falcon", "nova", "o2", "order")],
    ],
)
def test_a_value_that_names_a_model_is_told_from_other_values(value: str, is_model: bool) -> None:
    assert looks_like_model(value) is is_model


@given(st.text(max_size=80) | st.from_regex(r"(?:[a-z0-9]+[-:/@.]){0,8}[a-z0-9]*", fullmatch=True))
def test_any_name_gets_a_remark_that_names_it_or_none(model: str) -> None:
    remark = unpinned(model)
    assert not remark or remark.startswith(model.strip())
    looks_like_model(model)
