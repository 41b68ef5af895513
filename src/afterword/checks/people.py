"""Who a sentence speaks of: persons by name, handle or role."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from afterword.checks.given_names import given_names

SubjectKind = Literal["named", "role", "we", "pronoun", "customer", "nobody", "given"]


class Subject(NamedTuple):
    """A mention of a person or of people at `start`..`end` of a text."""

    kind: SubjectKind
    start: int
    end: int


_WHICH = "software|prompt|data|support|site reliability|platform|service|product|senior|junior|lead"
_ROLES = (
    r"(?:ai |ml )?engineers?|developers?|devs?|programmers?|coders?|operators?|reviewers?|approvers?"
    r"|authors?|committers?"
    r"|maintainers?|managers?|interns?|contractors?|trainees?|newcomers?|juniors?|seniors?|teammates?|colleagues?"
    r"|co-?workers?|employees?|staff|admins?|administrators?|analysts?|annotators?|labell?ers?|moderators?"
    r"|SREs?|PMs?|CTO|CEO|on-?calls?(?:\s+(?:engineers?|persons?|developers?|SREs?))?|responders?"
    r"|incident commanders?|(?:tech|team|support|product|release|engineering)\s+leads?|teams?|persons?|people"
    r"|man|woman|guys?|someone|somebody|anyone|everyone|everybody|whoever|management|leadership|humans?"
)
_ROLE = re.compile(rf"(?<![\w@/.-])(?:(?:{_WHICH})\s+)?(?:{_ROLES})(?![\w@/-])", re.IGNORECASE)
_NOT_A_PERSON = re.compile(
    r"(?:\b(?:llm|ai|automated|automatic|model|bot|kubernetes|k8s|cert-manager|boolean|logical|search|comparison|virtual"
    r"|synthetic|simulated|gpt[\w.-]*|claude|gemini)[\s-]+){1,2}\Z",
    re.IGNORECASE,
)
_WE = re.compile(r"(?<![\w'’@/.-])(?:we|I|you)(?![\w@/-])(?:['’](?:ve|d))?", re.IGNORECASE)
_PRONOUN = re.compile(r"(?<![\w'’@/.-])(?:he|she|they|who)(?![\w@/-])(?:['’](?:ve|d))?", re.IGNORECASE)
_CUSTOMER = re.compile(r"(?<![\w@/.-])(?:users?|customers?|clients?)(?![\w@/-])", re.IGNORECASE)
_NOBODY = re.compile(r"(?<![\w@/.-])(?:nobody|no one|no-one|none of us)(?![\w@/-])", re.IGNORECASE)
_HANDLE = re.compile(
    r"(?<![\w@/.+-])@[A-Za-z0-9](?:[A-Za-z0-9_-]{0,60}[A-Za-z0-9_])?"
    r"(?:/[\w-]{0,40}(?:team|call|sre|ops|support|eng|dev|platform)s?)?(?!\.?[\w/-])"
)
"""`@ana`, `@acme/on-call`; not the packages that look alike, `@types/node`, nor `@app.route`."""
_MAIL = re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")

_GIVEN = re.compile(
    r"(?<![\w@/.'’-])(?<!\b[Tt]he )(?<!\b[Aa] )(?<!\b[Oo]ur )(?P<given>[^\W\d_a-z]\w{1,24}(?:-[^\W\d_a-z]\w{1,24})?)"
    r"(?=(?P<surname>\s[^\W\d_a-z][^\W\d_A-Z]{2,24})?)(?![\w@/-])"
)
"""A capitalised word, and the surname that may follow; a person where it is a common given name."""

_PLAIN_WORDS = frozenset(
    re.findall(
        r"\w+",
        "agent agents assistant bot build builder ci cd deploy deployer deployment system service "
        "services support team platform release releases prompt prompts model models test tests admin "
        "root user users ops dev devops github gitlab actions action dependabot renovate runner infra "
        "data the and for ml ai research security product engineering tool tools pipeline web app "
        "backend frontend server noreply mail info contact office copilot claude codex cursor gemini gpt "
        "jenkins buildkite prod staging cache proxy gateway search index query batch queue worker cron "
        "scheduler classifier guardrail retriever rollout feature config settings eval evals judge human "
        "job jobs client database schema script parser router monitor alert alerts dashboard merge "
        "commit change update fix edit revert suite this that it nothing everything something which what "
        "there they them who one ",
    )
)
"""Words of authors' names that are no person's name: "CI Runner", "Platform Team", "Copilot"."""


class People:
    """Finds mentions of persons; `names` are git authors' names, handles and addresses.

    `things` are words in lower case that look like given names and are none here: services of the record.
    """

    def __init__(self, names: Iterable[str] = (), things: Iterable[str] = ()) -> None:
        self._named = _names_pattern(names)
        self._given = given_names() - frozenset(things)

    def subjects(self, text: str) -> Iterator[Subject]:
        """Yield each mention of a person, a role or people in general, in no particular order."""
        for named in (self._named, _HANDLE, _MAIL):
            if named:
                for match in named.finditer(text):
                    yield Subject("named", match.start(), match.end())
        for match in _ROLE.finditer(text):
            if not _NOT_A_PERSON.search(text, max(0, match.start() - 40), match.start()):
                yield Subject("role", match.start(), match.end())
        kinds: tuple[tuple[SubjectKind, re.Pattern[str]], ...] = (
            ("we", _WE),
            ("pronoun", _PRONOUN),
            ("customer", _CUSTOMER),
            ("nobody", _NOBODY),
        )
        for kind, pattern in kinds:
            for match in pattern.finditer(text):
                yield Subject(kind, match.start(), match.end())
        for match in _GIVEN.finditer(text):
            if self._given.issuperset(match["given"].casefold().split("-")):
                yield Subject("given", match.start(), match.end("surname" if match["surname"] else "given"))

    def named_in(self, text: str) -> str:
        """Return the first person named in `text` (name, handle or address), or an empty string."""
        for pattern in (_MAIL, _HANDLE, self._named):
            match = pattern.search(text) if pattern else None
            if match:
                return match[0]
        return ""


_AUTHOR = re.compile(r"\s*(?P<name>[^<]*?)\s*(?:<(?P<mail>[^>]*)>)?\s*")


def _names_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Match whole names, given names, surnames and telling handles; longest first."""
    words: set[str] = set()
    for entry in names:
        match = _AUTHOR.fullmatch(entry)
        if match and "[bot]" not in entry.lower():
            words |= _forms(match["name"], match["mail"] or "")
    if not words:
        return None
    forms = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=lambda w: (-len(w), w)))
    return re.compile(rf"(?<![\w@/.-])(?:{forms})(?![\w@/-]|\.\w)")


def _forms(name: str, mail: str) -> set[str]:
    forms: set[str] = set()
    if "@" in name and not name.startswith("@"):
        name, mail = "", name
    local = mail.partition("@")[0].partition("+")[2] or mail.partition("@")[0]
    for handle in (local, "" if " " in name else name.lstrip("@")):
        if _is_telling(handle):
            forms.add(handle)
    parts = [part for part in name.split() if part.strip(".,").lower() not in _PLAIN_WORDS]
    if len(parts) >= 2 and len(parts) == len(name.split()):
        forms.add(" ".join(parts))
        forms |= {part for part in parts if len(part) >= 3 and part[0].isupper() and part.isalpha()}
    elif len(parts) == 1 and parts[0][:1].isupper() and len(parts[0]) >= 3 and len(name.split()) == 1:
        forms.add(parts[0])
    return forms


def _is_telling(handle: str) -> bool:
    """Whether a bare handle can hardly be another word: `jdoe`, but not `deploy` or `build-bot`."""
    parts = re.split(r"[._-]", handle.lower())
    return len(handle) >= 4 and not any(part in _PLAIN_WORDS for part in parts)
