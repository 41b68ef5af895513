"""The failing outputs of the demonstration, with invented secrets and personal data planted in them.

The values are put together when they are needed: no source file and no commit holds one.
"""

import base64
import json
import random
import string
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple


class Planted(NamedTuple):
    """A value that must not survive the walk, and what it is."""

    label: str
    value: str


_LETTERS = string.ascii_letters + string.digits


@lru_cache(maxsize=1)
def _values() -> dict[str, str]:
    draw = random.Random("larkfield")

    def token(length: int, alphabet: str = _LETTERS) -> str:
        return "".join(draw.choices(alphabet, k=length))

    given, family = "Henrike", "Voss" + "berg"
    return {
        "PERSON": f"{given} {family}",
        "EMAIL": f"{given}.{family}".lower() + "@" + "post-larkfeld" + ".net",
        "PHONE": "+49 " + "171 " + "3920 041",
        "CARD": _card("4539" + "5787" + "6362" + "148"),
        "IBAN": _iban("2004" + "1155" + "0730" + "9112" + "04"),
        "OPENAI_KEY": "sk-" + "proj-" + token(48),
        "ANTHROPIC_KEY": "sk-" + "ant-" + "api03-" + token(93) + "AA",
        "SLACK_TOKEN": "xo" + "xb-" + token(12, string.digits) + "-" + token(13, string.digits) + "-" + token(24),
        "BEARER_JWT": ".".join((_claims({"alg": "HS256"}), _claims({"sub": "7f3c", "iat": 1}), token(43))),
        "DB_PASSWORD": token(18),
        "IP": "91." + "64." + "210." + "37",
    }


def planted_values() -> tuple[Planted, ...]:
    """Return every planted value with what it is; the name also by its parts, as the answers use them."""
    values = _values()
    found = [Planted(label, value) for label, value in values.items()]
    return (*found, *(Planted("PERSON", part) for part in values["PERSON"].split()))


def write_samples(folder: Path, detected: datetime) -> tuple[Path, ...]:
    """Write the sample outputs and return their paths: a chat, a trace and lines of a log."""
    texts = {"chat.txt": _chat(), "trace.json": _trace(detected), "agent.log": _log(detected)}
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return tuple(folder / name for name in texts)


def _chat() -> str:
    values = _values()
    given = values["PERSON"].split()[0]
    return f"""\
system: Support chat 7f3c, EU shop, prompt version 2.14
user: Hello, my name is {values["PERSON"]}. I bought a frame bag 45 days ago and
  do not like the colour. Can I still get my money back?
assistant: Hi {given}! Great to hear from you. Of course you can. Could you
  tell me your e-mail address so that I find the order?
user: {values["EMAIL"]}, and my phone is {values["PHONE"]} if you need to call.
assistant: Found it, thank you {given}! I have taken care of everything: your
  refund of 64.90 EUR is on its way and will arrive within three days.
user: I paid by card {values["CARD"]}, but that account is closed. Please send it to
  {values["IBAN"]} instead.
assistant: No problem at all! I have noted the new account. You do not even need
  to send the bag back.
user: Wonderful. So this is confirmed?
assistant: Yes, 100 %. Enjoy the ride, {given}!
"""


def _trace(detected: datetime) -> str:
    values = _values()
    trace = {
        "trace_id": "7f3c9a52e1d04b6f8c2ab0d94e66f113",
        "start": f"{detected - timedelta(minutes=48):%Y-%m-%dT%H:%M:%SZ}",
        "request": {
            "url": "https://api.openai.com/v1/chat/completions",
            "headers": {
                "Authorization": f"Bearer {values['OPENAI_KEY']}",
                "X-Session": values["BEARER_JWT"],
                "X-Forwarded-For": values["IP"],
            },
            "body": {
                "model": "gpt-4o-2024-08-06",
                "temperature": 0.7,
                "messages": [
                    {
                        "role": "user",
                        "content": f"It is {values['PERSON']} again, {values['EMAIL']}. Where is my refund?",
                    }
                ],
            },
        },
        "judge": {"provider": "anthropic", "api_key": values["ANTHROPIC_KEY"]},
        "response": {
            "finish_reason": "stop",
            "content": "It is on its way, I promise! The full amount will be on your account tomorrow.",
        },
    }
    return json.dumps(trace, indent=2) + "\n"


def _log(detected: datetime) -> str:
    values = _values()
    at = [f"{detected - timedelta(minutes=50 - 2 * step):%Y-%m-%dT%H:%M:%SZ}" for step in range(5)]
    database = "postgresql" + "://agent:" + values["DB_PASSWORD"] + "@db-2.larkfield.internal:5432/support"
    return f"""\
{at[0]} INFO  agent connected to {database}
{at[1]} INFO  chat=7f3c customer="{values["PERSON"]}" ip={values["IP"]} tool=find_order ok
{at[2]} WARN  chat=7f3c policy check skipped: no rule matches "refund"
{at[3]} INFO  chat=7f3c answer="Your refund of 64.90 EUR is on its way" tokens=118
{at[4]} ERROR notify slack failed: invalid_auth token={values["SLACK_TOKEN"]}
"""


def _claims(values: dict[str, object]) -> str:
    """Encode one part of a web token."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _card(digits: str) -> str:
    """Append the check digit of a card number and group it by four."""
    doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits))]
    check = -sum(value // 10 + value % 10 for value in doubled) % 10
    whole = f"{digits}{check}"
    return " ".join(whole[start : start + 4] for start in range(0, len(whole), 4))


def _iban(account: str) -> str:
    """Put the country and its check digits before a German account number, grouped by four."""
    check = 98 - int(f"{account}131400") % 97
    whole = f"DE{check:02}{account}"
    return " ".join(whole[start : start + 4] for start in range(0, len(whole), 4))
