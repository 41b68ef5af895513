"""Drafts on disk, never more than a moment behind the typing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Lock, Timer

from afterword.errors import AfterwordError
from afterword.repo import Repository
from afterword.repo.claims import Claim
from afterword.repo.draft import Draft
from afterword.repo.errors import DraftConflict, WriteError
from afterword.repo.holders import Holder

_AGAIN = 2.0
"""Seconds after which a draft that could not be written is tried again, while nothing more is typed."""


class Autosave:
    """Writes the newest draft in a thread of its own; an older one that has not been written yet is skipped.

    `failed` is called, in that thread, with an error that the author must hear of. What could not be written is
    tried again until it can be.
    """

    def __init__(self, root: Path, failed: Callable[[AfterwordError], object]) -> None:
        self._root, self._failed = root, failed
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="draft")
        self._lock = Lock()
        self._waiting: Draft | None = None
        self._written: Draft | None = None
        self._repository: Repository | None = None
        self._closed = self._over = False
        self._claim: Claim | None = None
        self._again: Timer | None = None

    @property
    def path(self) -> Path | None:
        """Where the draft was written; None while it was not."""
        if self._written is None or self._closed:
            return None
        return self._open().drafts.path(self._written.id)

    def later(self, draft: Draft) -> None:
        """Write this draft soon, without keeping the interface waiting; at once, where the thread has ended."""
        self._waiting = draft
        if not self._submit(self._write):
            self._write()

    def now(self, draft: Draft) -> None:
        """Write this draft before returning; AfterwordError says why it could not be done."""
        self._waiting = draft
        with self._lock:
            self._take()

    def take_over(self, draft: Draft) -> None:
        """Write over what another program wrote to the same draft, from now on."""
        self._over = True
        self.later(draft)

    @property
    def written(self) -> Draft | None:
        """The state that was written last: what another process that changed the draft began with."""
        return self._written

    def discard(self, draft: Draft) -> None:
        """Delete the draft, now that its record is saved; nothing that still waits brings it back.

        What another process wrote to it since stays.
        """
        with self._lock:
            self._closed = True
            drafts = self._open().drafts
            if not drafts.is_elses(draft):
                drafts.remove(draft.id)

    def stop(self) -> None:
        """Write what is waiting and end the thread."""
        self._thread.shutdown(wait=True)
        if self._again is not None:
            self._again.cancel()
        if self._claim is not None:
            self._claim.release()

    def claim(self, draft: Draft, over: bool) -> Holder | None:
        """Mark the draft as open here; return another process that has it open, and then mark it only with `over`."""
        claim = Claim(self._open().drafts.path(draft.id))
        other = claim.holder()
        if other is None or over:
            self._claim = claim
            claim.take()
        return other

    def renew_claim(self) -> None:
        """Let other machines know that the draft is still open here; the thread that writes drafts does it."""
        self._submit(self._renew)

    def _submit(self, work: Callable[[], object]) -> bool:
        """Have something done by the thread; False where it has ended, since the walk is over."""
        try:
            self._thread.submit(work)
        except RuntimeError:
            return False
        return True

    def _renew(self) -> None:
        with self._lock:
            if self._claim is not None and not self._closed:
                self._claim.renew()

    def _write(self, tell: bool = True) -> None:
        draft = self._waiting
        try:
            with self._lock:
                self._take()
        except DraftConflict as error:  # told without the lock: the interface may be waiting for it
            self._failed(error)
        except Exception as error:
            self._try_again(draft)
            if tell:
                self._failed(error if isinstance(error, AfterwordError) else _unforeseen(error))

    def _try_again(self, draft: Draft | None) -> None:
        with self._lock:
            if self._waiting is None:
                self._waiting = draft
        if self._again is not None:
            self._again.cancel()
        self._again = Timer(_AGAIN, self._submit, (partial(self._write, tell=False),))
        self._again.daemon = True
        self._again.start()

    def _take(self) -> None:
        draft, self._waiting = self._waiting, None
        if draft is None or draft is self._written or self._closed:
            return
        drafts = self._open().drafts
        drafts.write(draft, over=self._over)
        if self._written is None or self._written.id != draft.id:
            if self._claim is not None:
                self._claim.release()
            self._claim = Claim(drafts.path(draft.id))
            self._claim.renew()
        self._written = draft

    def _open(self) -> Repository:
        if self._repository is None:
            self._repository = Repository.open(self._root)
        return self._repository


def _unforeseen(error: Exception) -> WriteError:
    """Return the sentence for a fault that nobody foresaw; its own text may quote the record."""
    return WriteError(f"The draft could not be written ({type(error).__name__}).", "It is tried again; copy the text.")
