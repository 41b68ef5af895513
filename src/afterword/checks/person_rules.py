"""What must not follow a person as the subject of a sentence, and what to say instead."""

from afterword.checks.people import SubjectKind
from afterword.checks.turns import PersonRule, after_subject

_PERSONS: frozenset[SubjectKind] = frozenset({"named", "role"})
_AND_PRONOUNS: frozenset[SubjectKind] = _PERSONS | {"pronoun"}
_AND_US: frozenset[SubjectKind] = _AND_PRONOUNS | {"we"}
_AND_CUSTOMERS: frozenset[SubjectKind] = _AND_US | {"customer"}
_ALL: frozenset[SubjectKind] = _AND_CUSTOMERS | {"nobody"}

_END = r"(?=[.,;:!?\n]| (and|but|so|because|which|when|until|before|after)\b|\Z)"
_REST = rf"( (?P<rest>[^.,;:!?\n]{{1,60}}?){_END})?"
_CARE = r"""(test|check|double-check|review|verif|validat|read|ask|run|ran|notic|follow|look|think|consider|tell|told
    |warn|inform|updat|document|escalat|acknowledg|respond|monitor|remember)\w*"""
"""What careful people do; not having done it is the failure."""
_FORESIGHT = r"(catch|caught|spot|see|seen|know|known|realis|realiz|prevent|avoid|foresee|foreseen|anticipat)\w*"

PERSON_RULES = (
    PersonRule(
        "should-have",
        _AND_US | {"given"},
        after_subject(r"(should|ought to)( have|'ve|n't have| not have) (?!(the|an?|their|its|no|access)\b)\w+"),
        "judges a person with hindsight",
        "Say what was known then and which check was missing: “no gate required it at the time”.",
    ),
    PersonRule(
        "should-have",
        _AND_CUSTOMERS | {"given"},
        after_subject(rf"(should|could|might|ought to)( have|'ve) (\w+ly )?(been more \w+|{_CARE}|{_FORESIGHT})"),
        "judges a person with hindsight",
        "Say what was known then and which signal was missing: “no alert pointed to it”.",
    ),
    PersonRule(
        "forgot",
        _AND_US,
        after_subject(rf"(forgot|forgotten|neglected)( to\b)?{_REST}"),
        "makes a lapse of a person the failure",
        "Say what did not ask for it: “no step of the process required {to_rest}”.",
    ),
    PersonRule(
        "failed-to",
        _AND_US,
        after_subject(
            rf"""(failed|fails|fail) to\b
            (?! (reproduce|replicate|recreate|find|reach|connect|log|load|start|restart|restore)\b){_REST}"""
        ),
        "makes a person the subject of the failure",
        "Say what let it through: “no step of the process made sure {to_rest}”.",
    ),
    PersonRule(
        "did-not",
        _AND_PRONOUNS,
        after_subject(rf"(didn't|did not|hadn't|had not|never|not) (bother to |think to |even )?{_CARE}{_REST}"),
        "makes what a person did not do the failure",
        "Say which step or signal was missing: “the process had no step that made sure of it”.",
    ),
    PersonRule(
        "did-not",
        _AND_CUSTOMERS,
        after_subject(
            r"""(didn't|did not|couldn't be|wasn't|was not|were not|weren't) (even )?
            (bother|bothered|care|careful|paying attention)\b"""
        ),
        "speaks of a person's attitude",
        "Say what made the easy way the likely one: “the check took forty minutes and was optional”.",
    ),
    PersonRule(
        "person-broke",
        _PERSONS,
        after_subject(
            rf"""(broke(?! (down|the news|off|into|out))|caused|messed up|screwed up|botched|mishandled|misconfigured
            |mistyped|mis-?read|misunderstood|misjudged|took down|crashed|wrecked|ruined|missed|overlooked|ignored
            |disregarded|skipped|bypassed|circumvented|rushed|leaked|panicked|slept through|rubber-stamped
            |dropped the ball|let (it|this|them|the \w+) slip
            |introduced (the|a|an|this) (\w+ )?(bug|regression|error|fault|defect|problem|issue|failure|mistake)
            |(pushed|merged|deployed|shipped|wrote|released|approved|committed) ((a|an|the|this) )?
            (bad|broken|faulty|wrong|untested|buggy|incorrect|unreviewed)){_REST}"""
        ),
        "makes a person the subject of the failure",
        "Let the change or the system be the subject: “the change …”, “the deploy pipeline let it through”.",
    ),
    PersonRule(
        "person-broke",
        _AND_US,
        after_subject(
            r"""(made|makes|committed) (the|a|an|this|that|some|several|another) (\w+ ){0,2}
            (mistakes?|errors?|blunders?|slips?|typos?|wrong call|bad call|oversight)\b"""
        ),
        "makes a person's slip the failure",
        "Say what made the slip easy and what let it through: “the form accepts an empty clause”.",
    ),
    PersonRule(
        "person-broke",
        _AND_PRONOUNS,
        after_subject(
            r"""(\w+ )?(accidentally|mistakenly|carelessly|wrongly|blindly|hastily|recklessly|negligently|thoughtlessly
            |lazily|erroneously|incorrectly) (?!flagged|blocked|charged|accused)\w+"""
        ),
        "judges what a person did",
        "Tell what was done and which safeguard was missing: “the tool deletes without asking”.",
    ),
    PersonRule(
        "person-broke",
        _PERSONS,
        after_subject(
            r"""(merged|deployed|shipped|pushed|made|released|rolled out|wrote)\b[^.;!?\n]{0,60}? (that|which)\s+
            (broke|took down|brought down|caused|crashed|leaked|deleted|removed)\b"""
        ),
        "makes a person the subject of the failure",
        "Let the change be the subject: “the change of 14:05 took down …”.",
    ),
    PersonRule(
        "person-broke",
        _AND_PRONOUNS,
        after_subject(
            r"""(merged|deployed|shipped|pushed|released|changed|edited|approved|published|committed|rolled out
            |signed off|enabled|removed|deleted|went)\b[^.;!?\n]{0,80}?\b(by mistake|without (\w+ ){0,2}?
            (test|check|review|run|ask|read|approv|tell|verif|notif|look|think|permission)\w*)"""
        ),
        "makes what a person left out the failure",
        "Say that the system allowed it: “the deploy pipeline let a prompt change through without review”.",
    ),
    PersonRule(
        "person-broke",
        _PERSONS,
        after_subject(
            rf"""[^.;!?\n,]{{1,90}}?,? (and|but|then) (then )?
            (forgot|neglected|ignored|failed to|(didn't|did not|never) {_CARE})\b"""
        ),
        "makes a person the subject of the failure",
        "Let the process be the subject: “the process had no step that …”.",
    ),
    PersonRule(
        "character",
        _AND_CUSTOMERS,
        after_subject(
            r"""(was|were|is|are|been|being|got|became) (\w+ ){0,2}?(careless|negligent|sloppy|lazy|reckless|incompetent
            |inattentive|irresponsible|complacent|distracted|inexperienced|unqualified|foolish|stupid|naive|ignorant
            |overconfident|to blame|at fault|the culprit|wrong to
            |(solely )?responsible for (the|this) (\w+ )?(incident|outage|failure|error|mistake|bug))\b"""
        ),
        "judges a person",
        "Describe the conditions of work and what let the change through, not the person.",
    ),
    PersonRule(
        "nobody",
        frozenset({"nobody"}),
        after_subject(r"(noticed|checked|tested|reviewed|caught|read|thought|asked|verified|saw|reali[sz]ed|cared)\b"),
        "counts what people left out",
        "Name the missing signal: “no alert fired”, “no gate covers it”.",
        "warning",
    ),
    PersonRule(
        "careful",
        _ALL,
        after_subject(
            r"""((must|should|needs?|has|have|will|shall|to|all|now|just|simply|be|asked|told|reminded) ){0,4}
            (be|being|pay|try|take) ((much )?more |extra |closer |better |greater )?
            (careful|vigilant|attentive|diligent|harder|attention|care)\b"""
        ),
        "asks for more care, which changes nothing",
        "Change the system instead: “run the eval suite on every prompt change”.",
    ),
)
"""Tried in this order at each mention of a person."""
