"""Look for texts that keep the engine busy: `python -m tests.redaction.hunt [SECONDS]` prints the slowest it found.

Texts of 200,000 characters repeat a mixture of beginnings that the detectors know, with runs of one kind of character
between them; short ones are tried as well, since what is exponential shows there first.
"""

import random
import sys
import time
from collections.abc import Iterator

from afterword.redaction import scan, warm_up

LENGTH = 200_000
BEGINNINGS = [
    *(
        "a",
        "A",
        "0",
        "1 ",
        "-",
        "= ",
        ":",
        "a=",
        "password is ",
        "Password=",
        "sk-",
        "eyJ",
        "eyJa.",
        "://",
        "http://a:b@",
    ),
    *(
        "@",
        "a@b.",
        "a.",
        "Aa ",
        "1 Aa ",
        "Calle ",
        "rue de la ",
        "dear ",
        "my name is A",
        "-----BEGIN PRIVATE KEY-----\n",
    ),
    *(
        "%41",
        "\\",
        "\\u0041",
        "\x1b[",
        "\x1b]",
        "cookie: a=",
        "curl -u ",
        "mysql ",
        "phone: +",
        "00",
        "1.1.1.",
        "::",
        "0-",
    ),
    *(
        "A-",
        "GB82 ",
        "4111 ",
        "order #",
        "Bearer ",
        "seed phrase ",
        "name,email\n",
        "a\n",
        "Server=;",
        "様",
        "住所",
        "?token=",
    ),
    *(
        "/reset/",
        "--password ",
        '"\\"',
        "a|b|",
        "1 Jan ",
        "log in as ",
        "totp secret ",
        "=\n",
        "key",
        "_",
        ".1",
        "v1",
        "{",
        '"',
    ),
    *(
        "token",
        "secret",
        ", ",
        "; ",
        "(",
        "<",
        "</a>",
        "é",
        "ß",
        "\u200b",
        "\t",
        "Mr. ",
        "Str. ",
        " and ",
        "#",
        "+",
        "/",
        "&a=",
    ),
    *(
        "Password=\\\\\\a@b.",
        "گذرواژه من این است که برای ",
        "password, which a b ",
        "وكلمة السر ",
        "verification code\na: ",
        "password?\nb: c d ",
        "protected with ",
        "pinecone_a = ",
        "| token | a ",
        "1234 is your a ",
        "Aa 1, 10000 ",
        "From: Aa, ",
        "House 1, Road 2, ",
        "Calle A 1, piso 1, ",
        '"doc": "a", ',
        "seed phrase: a b ",
        "pin: one two ",
        "code 1 2 3 ",
        "=?utf-8?q?a=41_",
        "snmpwalk -c a -X ",
        "chpasswd:\n list: |\n a:b\n",
        "msg: a: A = b",
        "/reset/0a",
        "recovery_codes: [",
        "PDO(a, 'b', ",
        "gift card code: A",
        "it's a password, it's ",
        "the password is Tulip42!x, new: ",
    ),
]
_RUNS = ("a", "A", "0", "aA0", "0a", "a_", "a-", "0.", "a.b", "A ", "+/", "\\", "'", '"', " ", "\n", "é")


def mixture(dice: random.Random) -> str:
    """Return a short text that means trouble: one to four beginnings, each maybe followed by a run."""
    parts = []
    for _ in range(dice.randint(1, 4)):
        parts.append(dice.choice(BEGINNINGS))
        if dice.random() < 0.4:
            parts.append(dice.choice(_RUNS) * dice.choice((3, 17, 40, 90, 400)))
    return "".join(parts)


def cost(text: str) -> float:
    """Return the seconds of processor time that one scan takes."""
    started = time.process_time()
    scan(text, seconds=20)
    return time.process_time() - started


def hunt(seconds: float, seed: int | None = None) -> Iterator[tuple[float, int, str]]:
    """Yield cost, length and mixture of each text tried, until the time is over."""
    dice = random.Random(seed)
    warm_up()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        part = mixture(dice)
        for length in (min(200, 4 * len(part)), LENGTH):
            text = (part * (length // len(part) + 1))[:length]
            yield cost(text), length, part


def main() -> None:
    """Print the slowest texts."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    tried = sorted(hunt(seconds), reverse=True)
    print(f"{len(tried)} hostile texts of up to {LENGTH:,} characters; processor time of one scan each")
    for spent, length, part in tried[:8]:
        print(f"{spent:7.2f} s  {length:7,}  {part[:70]!r}{'…' if len(part) > 70 else ''}")


if __name__ == "__main__":
    main()
