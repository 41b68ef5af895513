"""What model settings are called: OpenTelemetry's names, and the ways configuration files write them."""

import re
from typing import NamedTuple

from afterword.repo.spelling import words_of

MODEL = "gen_ai.request.model"
TEMPERATURE = "gen_ai.request.temperature"
PROVIDER = "gen_ai.provider.name"
SYSTEM = "gen_ai.system_instructions"

_ALIASES = {
    MODEL: "model model_name model_id model_slug deployment deployment_name deployment_id azure_deployment engine",
    TEMPERATURE: "temperature",
    "gen_ai.request.top_p": "top_p",
    "gen_ai.request.top_k": "top_k",
    "gen_ai.request.max_tokens": "max_tokens max_output_tokens max_completion_tokens max_new_tokens "
    "max_tokens_to_sample max_token_count max_gen_len num_predict n_predict",
    "gen_ai.request.frequency_penalty": "frequency_penalty",
    "gen_ai.request.presence_penalty": "presence_penalty",
    "gen_ai.request.stop_sequences": "stop stop_sequences",
    "gen_ai.request.seed": "seed random_seed",
    "gen_ai.request.choice.count": "candidate_count num_completions num_generations",
    PROVIDER: "provider model_provider llm_provider provider_name custom_llm_provider gen_ai_system",
    SYSTEM: "system system_prompt system_message system_instruction system_instructions instructions",
    "gen_ai.tool.definitions": "tools",
    "prompt_version": "prompt_version system_prompt_version prompt_id prompt_label",
    "min_p": "min_p",
    "repetition_penalty": "repetition_penalty repeat_penalty",
    "reasoning_effort": "reasoning_effort",
    "thinking_budget": "thinking_budget budget_tokens max_thinking_tokens",
    "service_tier": "service_tier",
    "api_version": "api_version anthropic_version",
    "response_format": "response_format",
}
"""Where OpenTelemetry has no name, the most usual one."""

_WEAK = frozenset(
    {
        "gen_ai.request.stop_sequences",
        "gen_ai.request.seed",
        PROVIDER,
        SYSTEM,
        "gen_ai.tool.definitions",
        "service_tier",
        "api_version",
        "response_format",
    }
)
"""Words that configuration uses for much else: they count only beside a model or one of its parameters."""

_WEAK_SPELLINGS = frozenset({"engine", "deployment", "modelid", "promptid", "promptlabel"})
_SECRET = re.compile(r"(^|_)(api_?keys?|keys?|tokens?|secrets?|passwords?|passwd|credentials?|auth|authorization)(_|$)")
_SECRET_VALUE = re.compile(
    r"\b(sk|pk|rk|ghp|gho|ghs|glpat|xox[abprs]|hf|AKIA|ASIA|AIza|eyJ)[-_]?[A-Za-z0-9_-]{16,}|://[^/\s:]+:[^@\s]+@"
)


_BY_SPELLING = {
    spelling.replace("_", ""): name
    for name, spellings in _ALIASES.items()
    for spelling in [*spellings.split(), words_of(name)]
}
# Longest first, so that OPENAI_SYSTEM_PROMPT_VERSION is not read as a version of OPENAI.
_SUFFIXES = sorted(
    (spelling for spellings in _ALIASES.values() for spelling in spellings.split()), key=len, reverse=True
)
_TOO_SHORT_FOR_A_SUFFIX = frozenset(
    ["stop", "seed", "system", "tools", "instructions", "engine", "deployment", "provider"]
)


class Name(NamedTuple):
    """What a key means: the setting's name, where its first words say it belongs, how sure that is."""

    key: str
    prefix: str
    is_weak: bool


def understand_key(key: str) -> Name | None:
    """Return what a key means, None where it is no model setting: `OPENAI_MODEL` is the model of `openai`."""
    words = words_of(key)
    flat = words.replace("_", "")
    if flat in _BY_SPELLING:
        name = _BY_SPELLING[flat]
        return Name(name, "", name in _WEAK or flat in _WEAK_SPELLINGS)
    if is_secret(key):
        return None
    for suffix in _SUFFIXES:
        if words.endswith(f"_{suffix}") and suffix not in _TOO_SHORT_FOR_A_SUFFIX:
            name = _BY_SPELLING[suffix.replace("_", "")]
            return Name(name, words.removesuffix(f"_{suffix}"), name in _WEAK)
    return None


def is_secret(key: str) -> bool:
    """Whether a key names something that must not be shown."""
    words = words_of(key)
    return words.replace("_", "") not in _BY_SPELLING and _SECRET.search(words) is not None


def looks_secret(value: str) -> bool:
    """Whether a value looks like a credential, whatever its key is called."""
    return _SECRET_VALUE.search(value) is not None
