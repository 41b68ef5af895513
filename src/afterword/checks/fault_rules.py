"""Faults put on a person by possession or agency: "Ana's mistake", "caused by @ana"."""

import re

from afterword.checks.turns import spoken

FAULT = re.compile(
    spoken(
        r"""('s?) (\w+ ){0,2}?(mistake|error|fault|negligence|carelessness|oversight|blunder|failure to|inattention
        |incompetence|slip|lapse)s?\b"""
    ),
    re.IGNORECASE,
)
"""After a person: "'s careless mistake"."""

HIS_CHANGE = re.compile(
    spoken(
        r"""'s? (\w+ ){0,2}?(change|edit|commit|PR|pull request|merge|deploy|deployment|fix|prompt|rewrite|push
        |rollout)( \w+){0,2}?\s+
        (broke|caused|introduced|took down|removed|deleted|leaked|failed|crashed)\b"""
    ),
    re.IGNORECASE,
)
"""After a name: "'s edit broke"; said of a role it may well be neutral."""

BY_WHOM = re.compile(
    spoken(
        r"""\b((caused|broken|missed|overlooked|ignored|forgotten|introduced|botched|misconfigured) by
        |blam(e|ed|es|ing)( on)?|(blame|fault|responsibility) (lies|rests) (\w+ )?(with|on)
        |(fault|errors?|mistakes?|oversight) (of|by|made by)|(reprimand|disciplin|punish)(e|ed|ing))
        ( (the|an?|our|their|one|of|new))*"""
    )
    + r"\s+[*_]{0,2}\Z",
    re.IGNORECASE,
)
"""Before a person: "caused by the new "."""

GIT_BLAME = re.compile(r"\bgit\s+blame\b[^.;]{0,40}\Z", re.IGNORECASE)
"""The command, which blames nobody."""
