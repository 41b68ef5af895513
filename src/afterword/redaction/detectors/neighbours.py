"""Keys without a shape of their own, UUIDs and hexadecimal digits, known by the service or the word beside them."""

import re
from collections.abc import Iterator

from afterword.redaction.candidate import CUED, Candidate, Source
from afterword.redaction.detectors.key_names import Trust, kind_of
from afterword.redaction.detectors.written import key_like
from afterword.redaction.edged import Begun

_SERVICES = (
    "pinecone|snyk|heroku|postmark|codecov|scaleway|opsgenie|loggly|deepai|coinapi|sendcloud|zeplin|wakatime|kraken|trello"
    "|apify|linode|wandb|newrelic|new_relic|rollbar|bugsnag|datadog|airbrake|honeybadger|uptimerobot|statuspage|logdna|mapbox"
    "|intercom|segment|mixpanel|amplitude|algolia|meili|typesense|vonage|nexmo|plivo|messagebird|sinch|ovh|vultr|cloudsmith"
    "|artifactory|nexus|sonar|teamcity|jenkins|octopus|chromatic|browserstack|saucelabs|lambdatest|applitools|cypress|assemblyai"
    "|deepgram|speechmatics|ai21|azure_openai|openweather|serpapi|scraperapi|zenrows|brightdata|together|mistral|cohere"
)
_BARE_KEY = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}"
_NAMED = Begun(
    _SERVICES,
    rf"(?i:{_SERVICES})(?P<rest>[\w.-]{{0,24}})[\"'`]?[ \t]{{0,24}}(?:=>|[:=])"
    rf"[ \t]{{0,3}}[\"'`]?(?P<value>{_BARE_KEY})(?![\w-])",
)
_HARMLESS = re.compile(
    r"(?:ids?|uuid|guid|url|uri|host|index|project|env|environment|region|version|commit|sha|sha\d+|md5|digest|hash|image|trace"
    r"|span|dataset|org|organi[sz]ation|user|run|job|build|workspace|team|app|application|service|queue|model|namespace|name"
    r"|ref|rev|release|account|sid|request|event|session|monitor|page|record|space|tag|etag|checksum|instance|tenant|zone"
    r"|volume|database|db|board|card|contact|list|campaign|segment|node|server|site|domain|object|file|message|thread|batch)\d*"
)
_ROW = re.compile(
    r"\|[ \t]{0,8}[`*]{0,3}(?P<key>[A-Za-z][\w .-]{2,40}?)[`*]{0,3}[ \t]{0,20}(?:\|[^|\n\d]{0,60}){0,2}"
    r"\|[ \t]{0,8}[`*]{0,3}"
    r"(?P<value>[A-Za-z0-9+/_=.~-]{20,200})[`*]{0,3}[ \t]{0,20}(?=\|)"
)


def _last_word(rest: str) -> str:
    return next((part for part in reversed(re.split(r"[_.-]|(?<=[a-z])(?=[A-Z])", rest)) if part), "").lower()


def find_announced(source: Source) -> Iterator[Candidate]:
    """Yield what is set for a service whose keys are bare digits, and what a row of a table calls a token."""
    for match in _NAMED.finditer(source):
        if not _HARMLESS.fullmatch(_last_word(match["rest"])):
            yield Candidate(*match.span("value"), "SECRET_GENERIC", 0.75, "set for a service with such keys", CUED)
    for match in _ROW.finditer(source.text) if "|" in source.letters else ():
        kind = kind_of(match["key"].strip().replace(" ", "_"))
        if kind and kind.trust is not Trust.HINT and key_like(match["value"]):
            reason = f"in a row for “{match['key'].strip()}”"
            yield Candidate(*match.span("value"), kind.label, 0.8, reason, CUED + 2)
