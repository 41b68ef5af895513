"""What models are called: the providers that a name can begin with, and the families that it can belong to."""

import re
from typing import NamedTuple

_PROVIDERS = """
    ai21 aimlapi aleph_alpha alibaba amazon anthropic anyscale aws azure azure_ai azure_openai azureml
    azureopenai bedrock bedrock_converse cerebras cloudflare cohere cohere_chat databricks deepinfra deepseek
    fireworks fireworks_ai gemini google google_genai google_gla google_vertex google_vertexai googleai groq
    hf hosted_vllm huggingface litellm litellm_proxy lm_studio meta meta_llama mistral mistralai model_router
    moonshot nim nvidia nvidia_nim ollama ollama_chat openai openai_responses openrouter perplexity qwen
    replicate sagemaker sambanova snowflake together together_ai togetherai vertex vertex_ai vertexai vllm
    voyage watsonx x_ai xai xinference
    """
PROVIDERS = frozenset(_PROVIDERS.split())
_BETWEEN = frozenset({"chat", "completion", "completions", "messages", "responses", "converse", "text", "models"})
"""Words that promptfoo and the providers put between the provider and the name."""

_FAMILY = re.compile(
    r"(?:gpt-?\d|gpt-(?:oss|realtime|audio|image)|chatgpt-|o[134](?:-|$)|(?:text-)?(?:davinci|curie|babbage|ada)-|text-embedding"
    r"|ft:gpt|claude|gemini|gemma|palm-|chat-bison|text-bison|(?:open-)?mi[sx]tral|ministral|codestral|pixtral|magistral"
    r"|devstral|command(?:-|$)|c4ai-|aya-|rerank-|embed-|(?:meta-?)?(?:code)?llama|deepseek|qwen|qwq|kimi|moonshot|grok|phi-?\d"
    r"|falcon|jamba|j2-|nova-|titan-|yi-|glm-|chatglm|dbrx|solar-|sonar|granite|nemotron|wizardlm|vicuna|zephyr|starcoder"
    r"|whisper-|tts-\d|dall-e|amazon\.|anthropic\.|cohere\.|meta\.|mistral\.|ai21\.|hermes|tinyllama|orca)",
    re.IGNORECASE,
)
_REGION = re.compile(r"(?:us|eu|apac|jp|au|ca|global|us-gov)\.(?=[a-z0-9]+\.)")
_NAME = re.compile(r"[\w.:@/+-]{1,200}")


class Model(NamedTuple):
    """A model's name apart: the providers before it, in lower case and with `_`, and the name itself."""

    providers: tuple[str, ...]
    name: str


def take_apart(model: str) -> Model:
    """Return provider and name of `openai:chat:gpt-4o`, `bedrock/us.anthropic.claude-…` or a bare name."""
    providers: list[str] = []
    rest = model.strip()
    while match := re.match(r"([A-Za-z][\w-]{0,40})[:/](?=.)", rest):
        word = match[1].lower().replace("-", "_")
        if word not in PROVIDERS and not (providers and word in _BETWEEN) and word not in ("models", "publishers"):
            break
        providers.append(word)
        rest = rest[match.end() :]
    return Model(tuple(providers), _REGION.sub("", rest, count=1) if "." in rest else rest)


def looks_like_model(value: str) -> bool:
    """Whether a text is the name of a model, and not that of a database's table or of a car."""
    if not _NAME.fullmatch(value) or "//" in value:
        return False
    apart = take_apart(value)
    if _FAMILY.match(apart.name.rpartition("/")[2]):
        return not re.fullmatch(r"[a-z]+[A-Z]\w*|[A-Z]?[a-z]+", value) or value.lower() in ("command", "sonar")
    return bool(apart.providers) and re.fullmatch(r"[\w.:@+-]+", apart.name.rpartition("/")[2]) is not None
