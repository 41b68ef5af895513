"""Lines of text inside a line of program code or data: string literals and the values of keys."""

import re

SUFFIXES = (
    *(".py", ".pyi", ".ipynb", ".js", ".mjs", ".cjs", ".ts", ".mts", ".tsx", ".jsx", ".vue", ".go", ".rb", ".java"),
    *(".kt", ".scala", ".swift", ".cs", ".fs", ".rs", ".php", ".ex", ".exs", ".c", ".cc", ".cpp", ".h", ".lua", ".sh"),
    *(".json", ".jsonl", ".yaml", ".yml", ".toml", ".env", ".ini", ".cfg", ".prompty", ".prompt", ".tf", ".sql", ".r"),
)
"""Endings of files in which quotation marks hold text."""

_ESCAPE = re.compile(rb"\\(?:(u[0-9a-fA-F]{4})((?:\\u[dD][c-fC-F][0-9a-fA-F]{2})?)|x([0-9a-fA-F]{2})|([^\n]))")
_PLAIN = {b"n": b"\n", b"r": b"\n", b"t": b"\t", b"/": b"/", b"\\": b"\\"}
_QUOTED = {b'"': b"\x01", b"'": b"\x02", b"`": b"\x03"}
"""Stand-ins for escaped quotation marks, which end no literal."""
_DELIMITERS = (b'"""', b"'''", b'"', b"'", b"`")
_KEY = re.compile(rb"[\w.\"' -]{1,80}?[:=][ \t]+|- +")


def inner_lines(line: bytes) -> set[bytes]:
    """Return the lines of text that a line of code may hold, stripped; the line itself is not among them."""
    found: set[bytes] = set()
    key = _KEY.match(line)
    if key is not None:
        found.add(line[key.end() :].strip())
    has_escapes = b"\\" in line
    if has_escapes:
        line = _ESCAPE.sub(_stand_in, line)
        found.update(map(_settled, line.split(b"\n")))
    for delimiter in _DELIMITERS:
        if delimiter in line:
            found.update(map(_settled, line.replace(delimiter, b"\n").split(b"\n")))
    found.discard(b"")
    return found


def unescaped(text: bytes) -> bytes:
    """Return what a string literal means."""
    return _with_quotes(_ESCAPE.sub(_stand_in, text))


def _settled(piece: bytes) -> bytes:
    return _with_quotes(piece).strip()


def _with_quotes(text: bytes) -> bytes:
    for mark, stand_in in _QUOTED.items():
        text = text.replace(stand_in, mark)
    return text


def _stand_in(match: re.Match[bytes]) -> bytes:
    four, pair, two, one = match.groups()
    if four is not None:
        units = bytes.fromhex((four[1:] + pair[2:]).decode())
        return units.decode("utf-16-be", "replace").encode()
    if two is not None:
        return chr(int(two, 16)).encode()
    return _PLAIN.get(one) or _QUOTED.get(one) or b"\\" + one
