"""One change of a prompt or of a settings file."""

from dataclasses import dataclass

from afterword.record.vocabulary import PromptChangeKind
from afterword.record.when import When


@dataclass(frozen=True, slots=True)
class Change:
    """One file, or one constant in a Python file, changed by one commit.

    `before_rev` is the first parent, "" for a root commit; `path_before` equals `path` unless the prompt moved, and
    `constant_before` equals `constant`, which is "" for a whole file. `moved` means that not one byte of the text
    changed. `added` and `removed` count lines; `uncounted` says why they are not known ("binary", "not fetched").
    `why` says what two prompts have in common where one replaced the other; `remark` is a sentence about something
    that stands in the way of reading it. In a submodule, `submodule` is its path, and the revisions are its own.
    `text_id` is alike for versions with the same text. A merge commit is listed only with text that none of its
    parents had.
    """

    sha: str
    short: str
    committed: When
    authored: When
    author: str
    subject: str
    path: str
    path_before: str
    kind: PromptChangeKind
    is_settings: bool
    is_merge: bool
    added: int
    removed: int
    uncounted: str
    before_rev: str
    after_rev: str
    constant: str = ""
    constant_before: str = ""
    why: str = ""
    remark: str = ""
    submodule: str = ""
    text_id: str = ""

    @property
    def key(self) -> str:
        """What tells this change from all others."""
        return f"{self.sha}:{self.path}:{self.constant}"

    @property
    def name(self) -> str:
        """The prompt as people call it: its path, and the constant in it."""
        return f"{self.path}: {self.constant}" if self.constant else self.path

    @property
    def names(self) -> str:
        """What the prompt is called; both names where the change gave it another."""
        return self.name if self.name_before == self.name else f"{self.name_before} → {self.name}"

    @property
    def name_before(self) -> str:
        """What the prompt was called before."""
        return f"{self.path_before}: {self.constant_before}" if self.constant_before else self.path_before
