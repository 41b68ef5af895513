"""The git repository around a post-mortem: history, settings, drafts, records; only user of GitPython."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from afterword.repo.repository import Repository as Repository

__all__ = ["Repository"]


def __getattr__(name: str) -> Any:
    # Drafts and errors are wanted before the first frame is painted; what reads git is not.
    if name == "Repository":
        from afterword.repo.repository import Repository

        return Repository
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
