"""Names of machines that have no domain."""

import re
from collections.abc import Iterator

from afterword.redaction.candidate import SHAPED, Candidate, Source
from afterword.redaction.edged import Begun, Edged

_MACHINE = (
    r"host|hostname|host\.name|host_name|server|servername|server_name|machine|computer|computername|workstation"
    "|nodename|rechner|servidor|serveur|ordinateur|serwer|сервер|хост|máquina|equipo|palvelin|kiszolgáló|主机|服务器|サーバー?|서버"
)
_CUED_HOST = Begun(
    _MACHINE,
    rf"(?i:(?<![a-z])(?:{_MACHINE})"
    r"[\"']?(?:[ ]names?)?(?:\s?[:=]\s?|\s)[\"'`]?)(?P<name>(?=[A-Za-z0-9-]{0,30}\d)"
    r"[A-Za-z][A-Za-z0-9]{0,14}-[A-Za-z0-9-]{1,30}"
    r"|(?:esxi?|srv|web|db|app|mail|mx|nas|dc|vm|node|sql|ns|proxy|lb|gw|fw|sw|jump|ws|pc)\d{1,3}[a-z]?"
    r"|(?i:DESKTOP|LAPTOP|WIN)-[A-Z0-9]{4,12})(?![A-Za-z0-9_.-]|\.[A-Za-z])",
)
_SYSLOG = re.compile(
    r"^(?:<\d{1,3}>\d?\s?)?(?:[A-Z][a-z]{2}\s{1,2}\d{1,2} \d\d:\d\d:\d\d|\d{4}-\d\d-\d\d[T ][\d:.]{8,15}"
    r"(?:Z|[+-]\d\d:?\d\d)?)"
    r" (?P<name>[A-Za-z][A-Za-z0-9-]{2,40}) (?=[\w./-]{2,30}(?:\[\d{1,7}\])?: )",
    re.MULTILINE,
)
_WINDOWS = Edged("DLEW", "A-Za-z0-9_.-", r"(?:DESKTOP|LAPTOP|EC2AMAZ|WIN)-[A-Z0-9]{6,12}(?![A-Za-z0-9_-])")
_LEVELS = frozenset({"info", "warn", "warning", "error", "debug", "trace", "fatal", "notice", "localhost"})


def find_named_hosts(source: Source) -> Iterator[Candidate]:
    """Yield names of machines without a domain: after a word for host, heading a system log, in Windows' form."""
    for match in _CUED_HOST.finditer(source):
        yield Candidate(*match.span("name"), "HOSTNAME", 0.75, "follows a word for a machine", SHAPED + 1)
    for match in _SYSLOG.finditer(source.text):
        if match["name"].lower() not in _LEVELS:
            yield Candidate(*match.span("name"), "HOSTNAME", 0.8, "the machine in the head of a log line", SHAPED + 1)
    for match in _WINDOWS.finditer(source.text):
        yield Candidate(*match.span(), "HOSTNAME", 0.85, "a name that Windows gives machines", SHAPED + 1)
