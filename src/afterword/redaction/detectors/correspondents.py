"""Names in the heads of letters, the family name first: `From: Kuhn, Ada`, `Cc: KUHN Ada; …`."""

import re
from collections.abc import Iterator

from afterword.redaction.candidate import SHAPED, Candidate, Source
from afterword.redaction.detectors.address_shapes import CAPITAL
from afterword.redaction.detectors.name_shapes import is_given_name, not_names

_HEAD = re.compile(
    r"^[> \t|*]{0,6}(?:From|To|Cc|CC|Bcc|BCC|Reply-To|Sender|Von|An|Kopie|De|À|Para|Da|Van|Aan|Från|Till|Kopia|Fra"
    r"|Til|Kopi|Od|Do|Kopie|От|Кому|Копия|Від|Lähettäjä|Vastaanottaja"
    r"|Feladó|Címzett|Kimden|Kime|Από|Προς)\*{0,2}[ ]?:\*{0,2}"
    r"[ ]{1,3}(?P<rest>[^\n]{3,400})",
    re.MULTILINE,
)
_PART = rf"{CAPITAL}[\w'’-]{{1,30}}"
_FAMILY_FIRST = re.compile(
    rf"(?:(?<=^)|(?<=[;,\"'] )|(?<=[;\"']))(?P<family>{_PART}(?:[ ]{_PART}){{0,2}}),[ ]"
    rf"(?P<given>{_PART})(?:[ ](?:{_PART}|[A-Z]\.))?"
    r"(?P<end>[\"']?[ ]{0,2}(?:[<\[]|\(|;|$))"
)
_CAPITALS_FIRST = re.compile(
    rf"(?:(?<=^)|(?<=[;,\"'] )|(?<=[;\"']))(?P<family>[^\W\d_a-z]{{2,30}}(?:[ -][^\W\d_a-z]{{2,30}}){{0,2}})[ ]"
    rf"(?P<given>{_PART})"
    r"(?P<end>[\"']?[ ]{0,2}(?:[<\[]|\(|;|,|$))"
)


def find_correspondents(source: Source) -> Iterator[Candidate]:
    """Yield whom a letter is from and to, where the family name comes first."""
    for head in _HEAD.finditer(source.text):
        for pattern in (_FAMILY_FIRST, _CAPITALS_FIRST):
            for match in pattern.finditer(head["rest"]):
                address = match["end"].strip("\"' ")[:1] in ("<", "[")
                known = is_given_name(match["given"]) and match["family"].lower() not in not_names()
                if known or (address and pattern is _FAMILY_FIRST):
                    start = head.start("rest")
                    end = start + match.start("end")
                    yield Candidate(start + match.start(), end, "PERSON", 0.85, "heads a letter", SHAPED - 4)
