"""Which model names are pinned, as the providers document them: an alias may change without a commit.

OpenAI: a name with a date is a snapshot. Anthropic: a name with a date, and every one since 4.6. Google: three digits,
every stable name since 2.5. Mistral, Cohere, xAI, Qwen: a date. Bedrock: always. Azure: the deployment decides.
"""

import re
from collections.abc import Callable

from afterword.repo.settings.models import take_apart

_DATE = re.compile(r"[-@](?:20\d{2}-\d{2}-\d{2}|20\d{6}|\d{2}-20\d{2}|\d{2}-\d{2}|\d{4})(?=$|[-:@])")
_OPENAI = re.compile(
    r"(?:gpt-[345][\w.]*(?:-(?!oss)\w+)*|o[134](?:-(?:mini|pro|preview|deep-research))*|gpt-(?:realtime|audio)[\w-]*)$"
)
_OPENAI_SHORT = re.compile(r"gpt-(?:3\.5-turbo|4)(?:-(?:16k|32k|instruct|vision-preview|turbo-preview))?$")
_CLAUDE = re.compile(
    r"claude-(?:(?P<old>[123](?:[.-]\d)?)-(?:opus|sonnet|haiku)|instant|(?:[a-z]+)-(?P<new>\d+(?:[.-]\d{1,2})?))?$"
)
_GEMINI = re.compile(
    r"gemini-(?:pro|flash|ultra|(?P<version>\d(?:\.\d)?)-(?:pro|flash|ultra))(?:-(?:lite|8b|vision))*$"
)
_GEMINI_STABLE = (2, 5)
_CLAUDE_DATELESS = (4, 6)
_DATED = (
    (
        re.compile(r"(?:mistral-(?:tiny|small|medium|large)|codestral|ministral-\d+b|pixtral-\w+|magistral-\w+)$"),
        "YYMM",
    ),
    (re.compile(r"command-(?:r|a|r-plus|r7b)$"), "MM-YYYY"),
    (re.compile(r"grok-\d[\w.]*(?:-(?:mini|fast|vision|beta))*$"), "MMDD"),
    (re.compile(r"qwen-(?:max|plus|turbo|long|flash)$"), "YYYY-MM-DD"),
)
_TAGGED = re.compile(r"[\w.-]+(?:/[\w.-]+)*(?::[\w.-]+)?$")
_ROUTERS = frozenset({"openrouter/auto", "auto", "auto-router", "model-router", "router"})
_OLLAMA = frozenset({"ollama", "ollama_chat"})
_ELSEWHERE = frozenset({"azure", "azure_openai", "azureopenai", "bedrock", "bedrock_converse", "sagemaker", "azureml"})
"""Where a name is a deployment of one's own, or always means one version."""


def unpinned(model: str) -> str:
    """Return a remark on a model's name that may change its meaning without a commit; "" where pinned or unknown."""
    given = model.strip()
    if given.lower() in _ROUTERS:
        return f"{given} chooses a model for each request: the configuration does not say which one answered"
    providers, full = take_apart(given)
    if "@sha256:" in full or "sha256:" in full or not full:
        return ""
    if _ROUTERS & {full.lower()} and providers:
        return f"{given} chooses a model for each request: the configuration does not say which one answered"
    if _ELSEWHERE & set(providers) or re.match(r"(?:anthropic|amazon|meta|mistral|cohere|ai21|deepseek|qwen)\.", full):
        return ""
    if _OLLAMA & set(providers):
        return _tag(given, full) if _TAGGED.match(full) else ""
    name = re.sub(r":(?:free|nitro|online|beta|floor|thinking|extended)$", "", full.rpartition("/")[2].lower())
    if ":" in name and not name.startswith("ft:"):
        return _tag(given, full) if re.match(r"[a-z][\w.-]*:[\w.-]+$", name) and not providers else ""
    form = next(filter(None, (rule(name) for rule in _RULES)), "")
    return _alias(given, form) if form else ""


def _alias(given: str, form: str) -> str:
    remark = f"{given} is an alias: what it means may change without a commit"
    return remark if form == _NO_FORM else f"{remark}; a name of the form {form} would be pinned"


def _tag(given: str, full: str) -> str:
    tag = full.rpartition(":")[2] if ":" in full else "latest"
    return f"{given} is the tag {tag!r}, which may be moved to other weights without a commit; only a digest pins them"


_NO_FORM = "-"


def _latest(name: str) -> str:
    base = re.sub(r"-(?:latest|nightly)$", "", name)
    if base == name:
        return ""
    if name.startswith("claude"):
        return f"{base}-YYYYMMDD"
    return next((f"{base}-{form}" for pattern, form in _DATED if pattern.match(base)), _NO_FORM)


def _openai(name: str) -> str:
    if not _OPENAI.match(name) or _DATE.search(name):
        return ""
    base = re.sub(r"-turbo-preview$", "", name)
    return f"{base}-MMDD" if _OPENAI_SHORT.match(name) else f"{name}-YYYY-MM-DD"


def _claude(name: str) -> str:
    match = _CLAUDE.match(name)
    if match is None or (match["new"] and _version(match["new"]) >= _CLAUDE_DATELESS):
        return ""
    return f"{name}-YYYYMMDD" if match["old"] or match["new"] else _NO_FORM


def _gemini(name: str) -> str:
    match = _GEMINI.match(name)
    if match is None:
        return _NO_FORM if re.match(r"gemini-[\w.-]+-exp$", name) else ""
    return "" if match["version"] and _version(match["version"]) >= _GEMINI_STABLE else f"{name}-001"


def _dated(name: str) -> str:
    return next((f"{name}-{form}" for pattern, form in _DATED if pattern.match(name)), "")


def _undated(name: str) -> str:
    return _NO_FORM if name in ("deepseek-chat", "deepseek-reasoner") else ""


def _version(text: str) -> tuple[int, ...]:
    return tuple(map(int, re.split(r"[.-]", text)))


_RULES: tuple[Callable[[str], str], ...] = (_latest, _openai, _claude, _gemini, _dated, _undated)
