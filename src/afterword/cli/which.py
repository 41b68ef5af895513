"""Records named by a part of their id."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from afterword.errors import AfterwordError

if TYPE_CHECKING:
    from afterword.record.model import Record
    from afterword.repo.store import Store, StoredRecord

_SHOWN = 8


def which(asked: str, ids: Iterable[str], what: str = "record") -> str:
    """Return the one id that is `asked`, starts with it or contains it; AfterwordError lists several."""
    known = sorted(set(ids))
    wanted = asked.removesuffix(".md").rpartition("/")[2]
    for fits in (str.__eq__, str.startswith, str.__contains__):
        found = [one for one in known if fits(one, wanted)]
        if len(found) == 1:
            return found[0]
        if found:
            more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
            raise AfterwordError(
                f"{asked!r} could be {len(found)} {what}s: {', '.join(found[:_SHOWN])}{more}.",
                "Write more of the id.",
            )
    there = f"There are: {', '.join(known[-_SHOWN:])}." if known else "None is saved here yet: `afterword new`."
    raise AfterwordError(f"There is no {what} {asked!r} here.", there)


def stored_record(asked: str, records: "Store") -> "StoredRecord":
    """Return the saved record that `asked` names."""
    return records.get(which(asked, records.ids()))


def readable(stored: "StoredRecord") -> "Record":
    """Return what a saved record says; what does not parse raises with file and line."""
    if stored.record is None:
        raise stored.error or AssertionError("a record without error parses")
    return stored.record
