"""The other files of the demonstration."""

GITIGNORE = "__pycache__/\n.env\n"

AGENT = '''\
"""Answers one customer message."""

from pathlib import Path

from larkfield.models import client, settings

SYSTEM = Path("prompts/support/system.md").read_text(encoding="utf-8")


def answer(history: list[dict[str, str]]) -> str:
    """Return the agent's next message."""
    chosen = settings("support-agent")
    return client.chat(chosen.model, temperature=chosen.temperature, system=SYSTEM, messages=history)
'''
AGENT_WITH_VERSION = AGENT.replace("\n\n\ndef answer", "\nVERSION = prompt_version(SYSTEM)\n\n\ndef answer").replace(
    "import client, settings", "import client, prompt_version, settings"
)
AGENT_WITH_RETRY = AGENT_WITH_VERSION.replace("messages=history)", "messages=history, tool_retries=1)")


def models(model: str, temperature: str) -> str:
    """Return config/models.yaml."""
    return (
        "support-agent:\n"
        "  provider: openai\n"
        f"  model: {model}\n"
        f"  temperature: {temperature}\n"
        "  max_tokens: 600\n"
        "summaries:\n"
        "  provider: openai\n"
        f"  model: {model}\n"
        "  temperature: 0.0\n"
    )


PROMPTFOO = """\
description: support agent
prompts:
  - file://prompts/support/system.md
providers:
  - id: openai:chat:gpt-4o-2024-08-06
    config:
      temperature: 0.2
tests:
  - description: finds an order
    vars: {message: "Where is my order?"}
    assert: [{type: icontains, value: order number}]
  - description: hands over on request
    vars: {message: "I want to talk to a person."}
    assert: [{type: icontains, value: colleague}]
  - description: offers a voucher for a late delivery
    vars: {message: "My tyres came a week late."}
    assert: [{type: icontains, value: voucher}]
  - description: stays polite
    vars: {message: "This is the worst shop ever!"}
    assert: [{type: llm-rubric, value: stays calm and polite}]
"""

WORKFLOW = """\
name: evals
on:
  pull_request:
    paths: ["config/**", "src/**"]
jobs:
  promptfoo:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: npx promptfoo@0.103 eval --no-progress-bar
"""

README_START = """\
# Larkfield support agent

Answers customers of Larkfield Bikes in chat. Prompts are in `prompts/`, model
settings in `config/models.yaml`. A tag `deploy-*` marks what is live.
"""
README_EVALS = (
    README_START + "\nRun the suite with `npx promptfoo eval`; CI runs it when `config/` or `src/` changes.\n"
)


def notes(bad: str, detected: str, acknowledged: str, diagnosed: str, mitigated: str, resolved: str) -> str:
    """Return the README with the on-call's notes on the incident; times are texts in UTC."""
    return (
        README_EVALS
        + f"""
## On-call notes: refunds that nobody approved

The incident is resolved; the post-mortem is due within 72 hours. Start it with
`afterword new`. What the on-call wrote down, all times UTC:

- {bad} deploy of the warmer tone. From here on some answers promise refunds.
- {detected} first ticket: a customer was refused the refund that the agent had
  promised (ticket 8841). Two more within the hour (8844, 8846).
- {acknowledged} the on-call acknowledged the page from the support lead.
- Raising `max_tokens` was tried first, on the guess of cut-off answers: no effect.
- {diagnosed} the new system prompt compared with the one before: the clause
  "Never promise a refund" is gone, and "say yes first" is new.
- {mitigated} the clause was restored and deployed.
- {resolved} temperature back from 0.7 to 0.2; twenty replayed chats without a
  promise. Incident resolved.

How bad it was: about 0.8 % of the chats since the deploy promised a refund, 31
of roughly 3,900 (support dashboard, query "refund promised"). EU shop only; the
voice agent and the warranty desk use other prompts. Customers noticed.

The same refund question, asked ten times on the bad version: 4 of 10 answers
promised a refund. On the restored one: 0 of 10.

Evals: the promptfoo suite has four cases, none asks for a refund, and CI does
not run it when only `prompts/` changes. A reviewer read the tone edit as style.

The provider's status page shows nothing for these days.

Failing outputs are kept outside this repository, in the folder beside it whose
name ends in `-samples`: they hold customer data and must be redacted first.
"""
    )
