"""Hostile text, a repository made of it, and what of a program's output a terminal would obey."""

import os
import re
import zlib
from collections.abc import Mapping
from hashlib import sha1
from pathlib import Path

from afterword.record import model
from afterword.record.document import render
from afterword.record.when import When
from tests.checks.records import complete
from tests.histories import History

FORMS = {
    "csi": "\x1b[6n\x1b[2J\x1b[?1000h",
    "osc 52": "\x1b]52;c;cHduZWQ=\x07",
    "osc 8": "\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "title": "\x1b]0;owned\x07",
    "dcs": '\x1bP$q"p\x1b\\',
    "apc": "\x1b_Gi=1\x1b\\\x1b^pm\x1b\\\x1bXsos\x1b\\",
    "c1": "\x9b6n\x9d52;c;cHduZWQ=\x9c\x90q\x9c\x85",
    "reset": "\x1bc\x0e\x0f\x05\x07\x08",
    "markup": "[red]x[/red] [@click=app.quit]q[/] [/] [link=http://evil.example]l[/link] [",
    "rich braces": "[bold]{0} %s {x!r} $HOME `id`",
    "bidi": "a\u202eb\u2066c\u2069\u200fd\u061c",
    "zero width": "p\u200ba\u2060s\u00adt\ufeffe\u3164",
    "storm": "Z" + "\u0301\u0327\u20dd" * 400,
    "zwj": "👨\u200d👩\u200d👧\u200d👦🏳\ufe0f\u200d🌈",
    "selectors": "x" + "\ufe01\U000e0155\U000e0177" * 20,
    "tags": "ok\U000e0041\U000e0042",
    "wide": "日本語ｱｲｳ①…─《》" * 4,
    "lines": "a\vb\fc\u2028d\u2029e\x1cf\x85g\rh",
    "tabs": "\t\ta\tb",
    "del": "a\x7f\x00b\x7f",
    "odd": "\ufffe\uffff\ufdd0\U0010ffff",
    "formula": "=cmd|' /C calc'!A0",
    "dashes": "--output=/tmp/x -rf ..",
    "fence": "~~~\n```\n---\n# Heading\n| a | b |\n<!-- -->\n</script>",
    "digits": "9" * 10_000,
}
"""Text that has no business in a terminal, by what it is."""
SURROGATES = {"surrogate": "a\udc9b\udcffb", "latin": "Gr\udcfc\udcdfe"}
"""What undecodable bytes of arguments and file names become in Python."""

_TEXTUAL = re.compile(
    rb"\x1b\[[0-9;:]*m|\x1b\[\d*;?\d*[HJKCDABGX]|\x1b\[\d+;\d+H"
    rb"|\x1b\[\?(?:1049|1000|1002|1003|1004|1006|1015|1016|2004|2026|2048|2031|25|12|7)[hl]"
    rb"|\x1b\[\?20(?:26|48)\$p|\x1b\[>[0-9]*u|\x1b\[<u?|\x1b\[=?\d*;?\d*u|\x1b\[c|\x1b\[>q|\x1b\[\d* ?q|\x1b\[[0-9;]*t"
    rb"|\x1b\[\?6n|\x1b\]22;[a-z-]*\x07"
)
_OBEYED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)


def obeyed(sent: bytes) -> list[str]:
    """Return what was sent to a terminal that neither Textual sends of its own nor anybody can see."""
    # The terminal itself answers a deleted letter with that while a program has handed it over to an editor.
    plain = _TEXTUAL.sub(b"", sent).replace(b"\b \b", b"").decode("utf-8", "replace")
    return [
        f"{match[0]!a} in {plain[max(0, match.start() - 20) : match.end() + 20]!a}" for match in _OBEYED.finditer(plain)
    ][:5]


def one_line(text: str) -> str:
    """Return a form as it can stand in one line of a file."""
    return re.sub("[\n\r\x00]", " ", text)


def every_form(most: int = 2_000) -> str:
    """Return all forms in one text of one line."""
    return " ".join(one_line(form)[:most] for form in FORMS.values())


NAMES = [
    b"prompts/\x1b]52;c;cHduZWQ=\x07.md",
    b"prompts/new\nline.md",
    b"prompts/\xe2\x80\xaegnp.md",
    b"prompts/\xff\xfe\x9b.md",
    b"prompts/-rf.md",
    b"prompts/--output=x.md",
    b"prompts/trailing .md ",
    b"prompts/[red]x[@click=app.quit]y[/].md",
    b"prompts/tab\there.md",
    b"prompts/:(exclude)*.md",
    b"prompts/" + b"Z" + ("\u0301" * 100).encode() + b".md",
    b"prompts/" + b"x" * 240 + b".md",
    b"prompts/" + b"/".join([b"d" * 200] * 15) + b"/deep.md",
    b"prompts/e\xcc\x81 \xc3\xa9.md",
    b"prompts/\"quoted\" 'both'.md",
    b"prompts/back\\slash.md",
]
"""File names that git takes."""

DATES = (
    b"0 +0000",
    b"253402300799 +9999",
    b"99999999999999999 +0000",
    b"1772400000 -9999",
    b"1772400001 +1400",
    b"-1 +0000",
    b"2026-03-01 +0000",
    b"1772400002",
    b"1772400003 +0000",
)
"""What stands in commits as a date."""


class Hostile(History):
    """A repository whose every text is hostile."""

    def object(self, kind: bytes, data: bytes) -> bytes:
        """Write an object past git's own checks and return its name."""
        whole = kind + b" " + str(len(data)).encode() + b"\0" + data
        name = sha1(whole).hexdigest()
        path = self.root / ".git/objects" / name[:2] / name[2:]
        path.parent.mkdir(exist_ok=True)
        if not path.exists():
            path.write_bytes(zlib.compress(whole, 1))
        return name.encode()

    def tree(self, files: Mapping[bytes, bytes]) -> bytes:
        """Write a tree of files by path."""
        folders: dict[bytes, dict[bytes, bytes]] = {}
        entries = []
        for path, data in files.items():
            name, slash, rest = path.partition(b"/")
            if slash:
                folders.setdefault(name, {})[rest] = data
            else:
                entries.append((name, b"100644", self.object(b"blob", data)))
        entries += [(name, b"40000", self.tree(inner)) for name, inner in folders.items()]
        entries.sort(key=lambda entry: entry[0] + (b"/" if entry[1] == b"40000" else b""))
        return self.object(b"tree", b"".join(m + b" " + n + b"\0" + bytes.fromhex(o.decode()) for n, m, o in entries))

    def raw_commit(
        self, files: Mapping[bytes, bytes], who: bytes, date: bytes, message: bytes, parent: bytes = b""
    ) -> bytes:
        """Write a commit as it stands."""
        person = who + b" " + date
        head = b"tree " + self.tree(files) + b"\n" + (b"parent " + parent + b"\n" if parent else b"")
        return self.object(b"commit", head + b"author " + person + b"\ncommitter " + person + b"\n\n" + message)


def texts() -> list[bytes]:
    """Return every form as bytes of a file."""
    found = [form.encode("utf-8", "surrogatepass") for form in FORMS.values()]
    return [
        *found,
        b"\xff\xfe" + "UTF-16 text\n".encode("utf-16-le"),
        b"\x80\x81\xfe invalid\n",
        b"a\n" * 3_000,
        b"x" * 200_000,
    ]


def hostile_repository(root: Path) -> Hostile:
    """Build it: prompts, names, authors, dates, messages, tags, branches and records are all hostile."""
    history = Hostile(root)
    parent, files = b"", {b"README.md": b"# Agent\n", b"config/model.yaml": settings()}
    bodies = texts()
    # Git stops at a commit without a date when it looks for the last ones, so that those come first.
    dates = [*DATES, *(b"%d +0100" % (1_772_460_000 + 60 * number) for number in range(100))]
    for number in range(max(len(NAMES), len(bodies))):
        files[NAMES[number % len(NAMES)]] = bodies[number % len(bodies)] + b"\nrule %d\n" % number
        form = one_line(list(FORMS.values())[number % len(FORMS)])[:300].replace("<", "").replace(">", "")
        who = f"A {form} <{form.replace(' ', '')[:60]}@x.example>".encode("utf-8", "surrogatepass")
        message = f"Change {form}\n\n{form}\n".encode("utf-8", "surrogatepass") + (b"\xff\n" if number % 3 else b"")
        parent = history.raw_commit(files, who, dates[number], message, parent)
    history.git("update-ref", "refs/heads/main", parent.decode())
    (root / ".git/packed-refs").write_bytes(
        b"".join(
            parent + b" refs/" + name + b"\n"
            for name in (
                b"heads/\xe2\x80\xae-x",
                b"heads/\xff",
                b"tags/deploy-\xe2\x80\xa8x",
                b"tags/release-\xff",
                b"tags/v1-\xc2\x9b",
            )
        )
    )
    history.git("-c", "core.protectNTFS=false", "reset", "--hard", "--quiet", check=False)
    records(history)
    return history


def settings() -> bytes:
    """Return a settings file whose values are hostile."""
    lines = [
        f"a{number}:\n  model: {_quoted(form[:500])}\n  temperature: {number}\n"
        for number, form in enumerate(FORMS.values())
    ]
    return "".join(lines).encode("utf-8", "surrogatepass")


def _quoted(text: str) -> str:
    return '"' + "".join(f"\\U{ord(character):08x}" for character in text) + '"'


def records(history: Hostile) -> None:
    """Save records whose texts are hostile, and files that are none."""
    folder = history.root / "docs/postmortems"
    folder.mkdir(parents=True, exist_ok=True)
    for number, form in enumerate(FORMS.values()):
        line = one_line(form).strip() or "x"
        record = complete(title=line, owner=line, summary=form.replace("\0", ""), tags=(line,), severity="SEV2")
        event = model.TimelineRow(time=When.parse("2026-03-02T14:05Z"), what=line, actor=line, evidence=line)
        text = render(record.changed(timeline=(*record.timeline, event)))
        (folder / f"2026-03-{number + 1:02}-form.md").write_bytes(text.encode("utf-8", "surrogatepass"))
    (folder / os.fsdecode(b"2026-04-01-\x1b[6n\xff\xc2\x9b.md")).write_text(render(complete()))
    (folder / "2026-04-02-\u202eevil.md").write_text("---\nschema: afterword/1\ntitle: \x1b]0;x\x07\n---\n")
