"""Opening a file: its bytes as text, its text as a record, and the lines where the parts stand."""

from collections.abc import Iterator

from afterword.record.document.pieces import Key
from afterword.record.document.problem import DocumentError
from afterword.record.document.reading import LIMIT, Reading, read
from afterword.record.document.source import Held, HeldSection, HeldTable, Item, Loose
from afterword.record.model import Record

_OTHER_ENCODINGS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
_SUFFIXES = {"heading", "table", "fields", "list", "absence"}
_LISTS = {"root_cause": "causes", "outputs": "samples"}


def parse(text: str, source: str = "record") -> Record:
    """Read a record from the text of a file; DocumentError says in which line it is none, and why."""
    return read(text, source).record


def parse_bytes(data: bytes, source: str = "record") -> str:
    """Decode the bytes of a file; DocumentError where they are not UTF-8."""
    if len(data) > 4 * LIMIT:
        raise DocumentError(source, 1, f"the file is longer than {LIMIT:,} characters.", "This is not a record.")
    encoding = _OTHER_ENCODINGS.get(data[:2])
    if encoding:
        raise DocumentError(source, 1, f"the file is {encoding}, not UTF-8.", "Save it as UTF-8.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DocumentError(
            source,
            line,
            f"byte 0x{data[error.start]:02X} at offset {error.start} is not UTF-8.",
            "Save the file as UTF-8.",
        ) from None


def locate(text: str, source: str = "record") -> dict[str, int]:
    """Return the 1-based line of each part: "summary", "timeline[3]", "causes[0].story", "front.severity" …

    A key of the front matter is there under its bare name too. A part without a line of its own is not there;
    the part that it belongs to is.
    """
    return places(read(text, source))


def places(reading: Reading) -> dict[str, int]:
    """Return the 1-based line of each part of a file that was read."""
    found: dict[str, int] = {}
    for piece in (*reading.front.items, reading.body):
        for key, start in _places(piece):
            if key[-1] in _SUFFIXES:
                found.setdefault(_path(key), start + 1)
            else:
                found[_path(key)] = start + 1
    for path, line in list(found.items()):
        if path.startswith("front."):
            found[path.removeprefix("front.")] = line
    return found


def _places(item: Item) -> Iterator[tuple[Key, int]]:
    """Yield keys and lines, outer before inner, so that a part's own line wins over its heading's."""
    if isinstance(item, Held):
        yield item.key, item.start
    elif isinstance(item, HeldTable):
        yield item.key, item.start
        for row in item.items:
            yield from _places(row)
    elif isinstance(item, HeldSection):
        for piece in (*item.own, *item.children):
            yield from _places(piece)
    else:
        assert isinstance(item, Loose)


def _path(key: Key) -> str:
    path = ""
    for step in key:
        if isinstance(step, int):
            path += f"[{step}]"
        elif step not in _SUFFIXES:
            path += f".{step}" if path else _LISTS.get(step, step)
    return path
