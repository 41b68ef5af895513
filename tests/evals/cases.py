"""Cases and records that tests of `evals` share."""

from typing import Any

from afterword.evals.case import Assertion, Case, Kind
from afterword.record.model import EvalCase, Record
from tests.checks.records import complete

ID = "2026-03-02-refunds"
HOSTILE = (
    "two\nlines\r\nand a tab\t.",
    "trailing newline\n",
    " spaces around ",
    "quotes \" ' ` \\ \\n",
    "{{ user.name }} and {% raw %}x{% endraw %} {# note #}",
    "{%- endraw -%}{{{{{%%}}",
    "# no comment",
    "key: value",
    "- item",
    "? [a, b] & *c !tag | > % @",
    "yes",
    "null",
    "0o17",
    "2026-03-02",
    "~",
    "file://../../etc/hosts",
    "package:./x.js:y",
    "\u202egnp.exe\u2066 \u200b\u200f hidden",
    "🙂 👩‍🚒 \U000e0041 \U0001f468",
    "\x1b[31mred\x07 \x7f \x85 \u2028 \u2029 \ufeff \ufffe",
    "x" * 20_000,
    "--- \n...\n%YAML 1.1",
    '"""\'\'\'"""',
    "äöü 漢字 עברית",
    "${HOME} $(id) `id` %s %(x)s {0}",
)


def case(kind: str = "not_contains", value: str = "refund is on its way", **changes: Any) -> Case:
    """Return a case of the refunds incident."""
    values = {
        "id": ID,
        "title": "Support agent promised refunds",
        "input": "Where is my refund? I bought it 45 days ago.",
        "expected": "links the policy and promises no refund",
        "assertion": Assertion(Kind(kind), value),
        "metadata": {"incident": ID},
    }
    return Case(**{**values, **changes})


def record(**changes: Any) -> Record:
    """Return a complete record whose eval case is described but not written yet."""
    described = EvalCase(
        input="Where is my refund? I bought it 45 days ago.",
        expected="links the policy and promises no refund",
        assertion="does not contain: refund is on its way",
    )
    return complete(**{"eval_case": described, **changes})
