"""A draft and another version of it, the saved file or another process's draft: brought together in one draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from afterword.record.document import parse
from afterword.repo.draft import Draft, RawSample, new_id
from afterword.tui.comparing import Comparison, title
from afterword.tui.section import Section
from afterword.tui.typed import readable, section_of


@dataclass
class Meeting:
    """What was, theirs and mine; `theirs` is their draft, or mine with their record where it is the file."""

    base: Draft
    theirs: Draft
    mine: Draft
    comparison: Comparison
    is_file: bool
    kept: str = ""
    """Where what was not taken is kept, as a sentence; "" while nothing is."""

    @classmethod
    def with_file(cls, mine: Draft, text: str) -> "Meeting":
        """Meet the file as it is on disk now; AfterwordError where it does not parse."""
        name = mine.base_path or "record"
        base, theirs = parse(mine.base_text or "", name), parse(text, name)
        changed = mine.model_copy(update={"record": theirs, "base_text": text})
        return cls(mine, changed, mine, Comparison(base, theirs, mine.record), is_file=True)

    @classmethod
    def with_draft(cls, base: Draft, theirs: Draft, mine: Draft) -> "Meeting":
        """Meet what another process made of the draft `base`."""
        return cls(base, theirs, mine, Comparison(base.record, theirs.record, mine.record), is_file=False)

    @property
    def name(self) -> str:
        """The file's name, or the draft's title."""
        return PurePosixPath(self.mine.base_path or "").name or self.mine.record.title or "Untitled draft"

    @property
    def title(self) -> str:
        """What is compared."""
        return f"Compare: {self.name}"

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to look at: a file that says the same, a draft in which nothing collides."""
        return not (self.comparison.concerns_me if self.is_file else self.comparison.left)

    @property
    def said(self) -> str:
        """What happened, once it is done."""
        taken = [title(each) for each in self.comparison.differences if self.comparison.taken(each) == "theirs"]
        if taken:
            return f"Taken from the other version: {', '.join(taken[:4])}{' …' if len(taken) > 4 else ''}."
        if self.is_file and self.is_plain:
            return f"{self.name} changed on disk in what the walk does not touch; that stays as it is there."
        return "Nothing was taken from the other version."

    def outcome(self) -> Draft:
        """Return my draft with everything that was taken."""
        combined, mine, theirs = self.comparison.outcome, self.mine, self.theirs
        inputs = {now: text for path, text in mine.inputs.items() if (now := combined.followed(path)) is not None}
        for path, text in theirs.inputs.items():
            if text != self.base.inputs.get(path) and path not in inputs:
                inputs[path] = text
        return mine.model_copy(
            update={
                "record": combined.record,
                "inputs": inputs,
                "samples": _samples(self.base.samples, theirs.samples, mine.samples),
                "kept": tuple(dict.fromkeys((*mine.kept, *theirs.kept))),
                "placeholders": _either(self.base.placeholders, theirs.placeholders, mine.placeholders),
                "base_path": _either(self.base.base_path, theirs.base_path, mine.base_path),
                "base_text": _either(self.base.base_text, theirs.base_text, mine.base_text),
                "taken_from": theirs.taken_from,
            }
        )

    def changes(self, section: Section) -> bool:
        """Whether something was taken that a section shows."""
        taken = [each.place.path for each in self.comparison.differences if self.comparison.taken(each) == "theirs"]
        taken += [path for path, text in self.theirs.inputs.items() if text != self.mine.inputs.get(path)]
        if self.theirs.samples != self.mine.samples:
            taken.append("samples")
        return any(section_of(path) == section.id or (section.per_cause and path[:6] == "causes") for path in taken)

    def keep_rest(self, root: Path) -> None:
        """Write down what somebody wrote and is not taken."""
        left = [(part, "theirs" if side == "theirs" else "mine", text) for part, side, text in self._rest()]
        if not left:
            return
        from afterword.repo import Repository
        from afterword.repo.aside import keep_aside

        path = keep_aside(Repository.open(root).git_path("afterword"), self.name, left)
        self.kept = f" What was not taken is in {path.relative_to(root) if path.is_relative_to(root) else path}."

    def _rest(self) -> list[tuple[str, str, str]]:
        combined, mine, theirs = self.comparison.outcome, self.mine, self.theirs
        left: list[tuple[str, str, str]] = [*self.comparison.not_taken()]
        left += [(path, "mine", readable(text)) for path, text in mine.inputs.items() if not combined.followed(path)]
        left += [
            (path, "theirs", readable(text))
            for path, text in theirs.inputs.items()
            if text not in (self.base.inputs.get(path), mine.inputs.get(path)) and path in mine.inputs
        ]
        return left


def apart(draft: Draft) -> Draft:
    """Return a draft as one of its own."""
    return draft.model_copy(update={"id": new_id(), "taken_from": ""})


def _either(base: Any, theirs: Any, mine: Any) -> Any:
    return theirs if mine == base else mine


def _samples(
    base: tuple[RawSample, ...], theirs: tuple[RawSample, ...], mine: tuple[RawSample, ...]
) -> tuple[RawSample, ...]:
    """Return the samples of both; of one text those decisions that were changed, or mine."""
    old, other, own = _by_text(base), _by_text(theirs), _by_text(mine)
    found = [_either(old.get(text), other[text], sample) if text in other else sample for text, sample in own.items()]
    return (*found, *(sample for text, sample in other.items() if text not in own and sample != old.get(text)))


def _by_text(samples: tuple[RawSample, ...]) -> Mapping[tuple[str, int], RawSample]:
    """Return samples by their text, a second one of the same text as the second."""
    texts = [sample.text for sample in samples]
    return {(sample.text, texts[:at].count(sample.text)): sample for at, sample in enumerate(samples)}
