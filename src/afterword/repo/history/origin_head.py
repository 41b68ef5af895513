"""Lines that are at HEAD, or only in the work tree."""

from collections.abc import Iterator

from afterword.repo.blobs import files_at
from afterword.repo.history.origin_blobs import uncommitted
from afterword.repo.history.origin_places import Place, Places
from afterword.repo.history.origin_search import Event, Known, Lines, Progress, Source
from afterword.repo.history.origin_words import Kind, Origin

_DOING = "reading the files at HEAD"
_TOLD_EVERY = 500


def look_at_head(lines: Lines, source: Source) -> Iterator[Event]:
    """Look into the files at HEAD, prompts first; what is found has no date yet."""
    files = [(blob.encode(), path) for path, blob in files_at(source.runner, source.head)]
    places, matchers, done = Places(), lines.matchers(), 0
    for kind in ("prompt", "other"):
        paths: dict[bytes, list[str]] = {}
        for name, path in files:
            if source.kind(path) == kind:
                paths.setdefault(name, []).append(path)
        source.read_before.update(paths)
        for name, data in source.texts(paths, kind == "prompt"):
            for path in paths[name]:
                for number, (hit, at) in matchers.find(path, data).items():
                    places.add(number, Place(path, at, hit, kind == "prompt"))
            done += 1
            if done % _TOLD_EVERY == 0:
                yield Progress(done, len(files), _DOING)
        likeliest = places.likeliest()
        # A template that fixes little of a line is no home yet: history may have the line itself.
        lines.weak = {number: _known(source, *at) for number, at in likeliest.items() if at[0].hit.is_weak}
        lines.at_home = {number: _known(source, *at) for number, at in likeliest.items() if number not in lines.weak}
        yield from lines.settle(lines.at_home)
    yield Progress(len(files), len(files), _DOING)


def look_at_work_tree(lines: Lines, source: Source) -> Iterator[Event]:
    """Look for what no commit has into files that are not committed."""
    matchers = lines.matchers()
    files = uncommitted(source.runner, lambda path: bool(source.kind(path))) if lines.open else iter(())
    for path, data in files:
        found = {
            number: Known("", Origin("", "uncommitted", path, at, holes=hit.holes, is_quoted=hit.is_quoted))
            for number, (hit, at) in matchers.find(path, data).items()
            if number in lines.open
        }
        yield from lines.settle(found)
        if source.closed:
            return


def _known(source: Source, place: Place, more: int) -> Known:
    hit = place.hit
    kind: Kind = "filled" if hit.holes else "here"
    return Known(
        source.head,
        Origin("", kind, place.path, place.line_no, holes=hit.holes, is_quoted=hit.is_quoted, more=more),
    )
