"""Time the engine on dense text: `python -m tests.redaction.dense [KIND …]` prints milliseconds for 1 MB in one line.

Figures are of processor time, the median of DENSE_ROUNDS scans, one of each kind in turn; they are no test.
"""

import base64
import json
import os
import random
import statistics
import string
import sys
import time
from collections.abc import Callable

from afterword.redaction import scan, warm_up

LENGTH = 1_000_000
_FIRST = ("Anna", "Boris", "Carla", "Dmitri", "Elena", "Fatima", "Gustav", "Hana", "Igor", "Jelena")
_LAST = ("Meyer", "Novak", "Rossi", "Schmidt", "Ivanova", "Haddad", "Lindqvist", "Sato", "Kovac", "Duarte")
_WORDS = """
    the model returned a response with status error retry request timeout while loading context window for user
    session tool call finished latency tokens prompt completion agent plan step
"""
_dice = random.Random(7)


def _run(length: int, letters: str = string.ascii_letters + string.digits) -> str:
    return "".join(_dice.choices(letters, k=length))


def _hex(length: int) -> str:
    return _run(length, "0123456789abcdef")


def _words(count: int) -> str:
    return " ".join(_dice.choices(_WORDS.split(), k=count))


def _address() -> str:
    return ".".join(str(_dice.randint(1, 254)) for _ in range(4))


def _mail() -> str:
    name = f"{_dice.choice(_FIRST)}.{_dice.choice(_LAST)}".lower()
    return f"{name}{_dice.randint(1, 99)}@{_run(6, string.ascii_lowercase)}.com"


def _trace() -> str:
    record = {
        "trace_id": _hex(32),
        "name": "llm.call",
        "attributes": {
            "prompt_tokens": _dice.randint(1, 9000),
            "api_key": "sk-" + _run(40),
            "user": {"email": _mail(), "phone": "+49 30 " + _run(7, string.digits), "ip": _address()},
            "person": f"{_dice.choice(_FIRST)} {_dice.choice(_LAST)}",
            "request_id": "req_" + _run(24),
            "password": _run(14),
            "content": _words(12),
        },
        "n": [_dice.randint(0, 9999) for _ in range(6)],
    }
    return json.dumps(record) + ","


def _escaped() -> str:
    return json.dumps(json.dumps({"role": "tool", "content": _trace()})) + ","


def _addresses() -> str:
    return (
        f"https://api.{_run(7, string.ascii_lowercase)}.io/v1/{_run(6)}?id={_dice.randint(1, 10**6)}&token={_run(32)}"
        f"&sig={_hex(40)}&redirect=https%3A%2F%2Fapp.x.io%2Fcb%3Fcode%3D{_run(20)}&utm_source=a%20b"
        f"&q={_words(3).replace(' ', '+')} "
    )


def _pairs() -> str:
    return (
        f"ts=2026-11-0{_dice.randint(1, 9)}T10:22:33.{_dice.randint(100, 999)}Z level=info trace_id={_hex(32)} "
        f"user={_mail()} ip={_address()} token={_run(32)} session_id={_run(26)} path=/v1/chat/{_run(8)} "
        f'order_id={_dice.randint(10**6, 10**8)} msg="{_words(5)}" '
    )


def _table() -> str:
    return (
        f"{_dice.randint(1, 10**6)},{_dice.choice(_FIRST)},{_dice.choice(_LAST)},{_mail()},"
        f"+44 20 {_dice.randint(10**6, 10**7)},{_dice.randint(1, 28)}.05.19{_dice.randint(40, 99)},"
        f"{_dice.randint(1, 99)} High Street London,{_hex(12)},{_run(24)},"
    )


def _chinese() -> str:
    name, number = _dice.choice("王李张刘陈"), f"13{_dice.randint(10**8, 10**9 - 1)}"
    told = f"用户{name}伟的密码是{_run(10)}，电话{number}，请联系。"
    return json.dumps({"内容": told, "編號": _dice.randint(1, 10**6)}, ensure_ascii=False, separators=(",", ":")) + ","


def _blobs() -> str:
    return f'"img":"{base64.b64encode(_dice.randbytes(180)).decode()}","sha":"{_hex(64)}","note":"{_words(6)}",'


KINDS: dict[str, Callable[[], str]] = {
    "URLs": _addresses,
    "JSON in JSON": _escaped,
    "Chinese JSON": _chinese,
    "JSON trace": _trace,
    "key=value log": _pairs,
    "CSV": _table,
    "base64": _blobs,
}


def line(kind: str) -> str:
    """Return a text of `LENGTH` characters in one line."""
    parts, length = [], 0
    while length < LENGTH:
        parts.append(KINDS[kind]())
        length += len(parts[-1])
    return "".join(parts)[:LENGTH]


def main() -> None:
    """Print the milliseconds and the number of findings for each kind, all where none is named."""
    rounds = int(os.environ.get("DENSE_ROUNDS", "3"))
    texts = {kind: line(kind) for kind in sys.argv[1:] or KINDS}
    spent: dict[str, list[float]] = {kind: [] for kind in texts}
    found: dict[str, int] = {}
    warm_up()
    for _ in range(rounds):
        for kind, text in texts.items():
            started = time.process_time()
            found[kind] = len(scan(text, seconds=120).findings)
            spent[kind].append(time.process_time() - started)
    print(f"{LENGTH:,} characters in one line; processor time of one scan, median of {rounds}")
    for kind, times in spent.items():
        print(f"{statistics.median(times) * 1000:7,.0f} ms  {kind:14} {found[kind]:7,} findings")


if __name__ == "__main__":
    main()
