"""What must not stand anywhere in a post-mortem, whoever is the subject, and what to say instead."""

import re

from afterword.checks.turns import PhraseRule, anywhere, at_start, spoken

_DENIED = re.compile(
    r"\b" + spoken("(not|never|no|nor|isn't|wasn't|rather than|instead of|without|avoid)") + r"\b[^.;]{0,40}\Z",
    re.IGNORECASE,
)
_SYSTEMS = re.compile(
    r"\b(?:models?|agents?|assistants?|chat\s?bots?|bots?|llms?|systems?|pipelines?|services?|tools?|routers?|jobs?"
    r"|scripts?|prompts?|classifiers?|retrievers?|index(?:es)?|guardrails?|judges?|it|its|that|which|copilot|claude"
    r"|gemini|gpt[\w.-]*|rag|workflows?|caches?|parsers?|deploy(?:ment)?s?|endpoints?|apis?|sessions?|memory|context"
    r"|templates?)\b[^.;]{0,40}\Z",
    re.IGNORECASE,
)
_HINDSIGHT_HINT = "Say which check was missing then, and make it an action item: “no gate covers this”."

PHRASE_RULES = (
    PhraseRule(
        "human-error",
        anywhere(
            r"""(human[ -](error|failure|mistake)s?|(operator|pilot|engineer|developer|manual)[ -](error|mistake)s?
            |fat-?finger\w*|fat finger\w*|PEBKAC)"""
        ),
        "stops at the person",
        "Name what made the slip possible: “the deploy pipeline let an unreviewed prompt through”.",
        unless=_DENIED,
    ),
    PhraseRule(
        "character",
        anywhere(
            r"""(careless(ly|ness)?|negligen(t|tly|ce)|slopp(y|ily|iness)|reckless(ly|ness)?|incompeten(t|ce)
            |stupid(ly|ity)?|idiotic|laziness|inattenti(on|ve|veness)|irresponsib(le|ly)|thoughtless(ly|ness)?
            |complacen(t|cy)|lack of (care|attention|diligence|discipline))"""
        ),
        "judges people",
        "Describe what was done and which safeguard was missing: “the tool deletes without asking”.",
        unless=_DENIED,
    ),
    PhraseRule(
        "forgot",
        anywhere(r"(forgot|forgetting|neglected|neglecting|didn't bother|did not bother)( to)? \w+"),
        "makes a lapse of a person the failure",
        "Say what did not ask for it: “no step of the process required it”.",
        unless=_SYSTEMS,
    ),
    PhraseRule(
        "should-have",
        at_start(
            r"""(should|could)( have|'ve) (been )?(tested|checked|reviewed|verified|noticed|caught|spotted|seen|known
            |prevented|avoided|flagged|escalated|asked|told|warned|double-checked)"""
        ),
        "judges with hindsight",
        _HINDSIGHT_HINT,
        "warning",
    ),
    PhraseRule(
        "should-have",
        anywhere(
            r"""should( have|'ve) been (\w+ly )?(tested|checked|reviewed|verified|noticed|caught|spotted|seen|known
            |prevented|avoided|obvious|escalated|read|thought)"""
        ),
        "judges with hindsight",
        _HINDSIGHT_HINT,
        "warning",
    ),
    PhraseRule(
        "hindsight",
        anywhere(
            r"""(obviously|blatantly|inexcusabl[ey]|unforgivabl[ey]|common sense
            |any(one|body) (would|should|could) have (noticed|seen|known|caught|spotted)
            |(was|is|were|been) (\w+ly )?(obvious|trivial to (see|spot|notice|avoid))
            |obvious (mistake|error|bug|oversight))"""
        ),
        "calls obvious what only hindsight shows",
        "Leave the word out, and say what could be seen at the time.",
        "warning",
    ),
    PhraseRule(
        "hindsight",
        anywhere(
            r"""(((only )?(had|needed|needs?|have|has) to|should|could) (just|simply) \w+
            |(just|simply) (had to|needed to|need to|forgot|didn't|did not|failed|missed|ignored|overlooked)
            |simple (mistake|error)|(could|would) (have )?easily (have )?(been )?(caught|avoided|prevented|noticed)
            |how could (anyone|they|he|she|we))"""
        ),
        "makes it sound easier than it was",
        "Leave the word out, and say what stood in the way.",
        "warning",
    ),
    PhraseRule(
        "careful",
        at_start(
            r"""(please )?(be (more|extra|very) (careful|vigilant|attentive|diligent)|pay (more|closer) attention
            |try harder|take more care|more care (is|when|with)
            |remind (everyone|everybody|people|all|the team|engineers|developers|staff|reviewers|authors))"""
        ),
        "asks for more care, which changes nothing",
        "Change the system instead: “run the eval suite on every prompt change”.",
    ),
)
"""Looked for in this order; where two fit the same words, errors and rules about persons go first."""
