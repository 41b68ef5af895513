"""Drafts on disk, never more than a moment behind the typing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

from afterword.errors import AfterwordError
from afterword.repo import Repository
from afterword.repo.claims import Claim
from afterword.repo.drafts import Draft
from afterword.repo.holders import Holder


class Autosave:
    """Writes the newest draft in a thread of its own; an older one that has not been written yet is skipped.

    `failed` is called, in that thread, with an error that the author must hear of.
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

    def later(self, draft: Draft) -> None:
        """Write this draft soon, without keeping the interface waiting."""
        self._waiting = draft
        self._thread.submit(self._write)

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
        """Let other machines know that the draft is still open here."""
        if self._claim is not None:
            self._claim.renew()

    def _write(self) -> None:
        try:
            with self._lock:
                self._take()
        except AfterwordError as error:  # told without the lock: the interface may be waiting for it
            self._failed(error)

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
