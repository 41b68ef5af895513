"""Modules of Python as they are where it was built without OpenSSL: that takes 7 MB, and Afterword never connects."""

import sys
from importlib import import_module

_OPENSSL = ("ssl", "_hashlib")


def load(*names: str) -> None:
    """Load modules that bring OpenSSL along where it is there, and do without where it is not.

    Of hashes, Python has its own; only what OpenSSL alone can do is missing from `hashlib` afterwards.
    """
    absent = [name for name in _OPENSSL if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]
    try:
        for name in names:
            import_module(name)
    finally:
        for name in absent:
            del sys.modules[name]
