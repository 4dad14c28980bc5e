"""The hidden directory in which a dataset is made, inside the one where it goes.

Its process holds a lock on it, which the system lets go of however the process ends. So a later run
can tell what a killed one left behind from what another one is still writing.
"""

from __future__ import annotations

import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no such locks: what is left behind stays there
    fcntl = None  # type: ignore[assignment]

_PREFIX = ".clausula-"
_CONTENT = (".parquet", ".json")


class Scratch:
    """A new directory in `parent`, at `path`, once `make` has made it."""

    def __init__(self, parent: Path) -> None:
        # Named before it is made: an interrupt in between leaves nothing that `remove` cannot find.
        self.path = parent / f"{_PREFIX}{secrets.token_hex(8)}"
        self._lock: int | None = None

    def make(self) -> None:
        """Makes the directory; those that dead processes left beside it go first.

        Raises:
            OSError: nothing can be written in the parent.
        """
        parent = self.path.parent
        parents_lock = None
        try:
            # While the parent is locked nobody makes a directory that is not locked yet.
            parents_lock = _lock(parent.resolve(), wait=True)
            for path in parent.glob(f"{_PREFIX}*"):
                _sweep(path)
            self.path.mkdir(mode=0o700)
            self._lock = _lock(self.path, wait=False)
        finally:
            _release(parents_lock)

    def remove(self) -> None:
        """Removes the directory and what is in it, if it was made."""
        shutil.rmtree(self.path, ignore_errors=True)
        _release(self._lock)
        self._lock = None


def _sweep(path: Path) -> None:
    """Removes a directory of ours that no process holds."""
    lock = _lock(path, wait=False)
    if lock is None:
        return
    try:
        with suppress(OSError):
            if all(child.suffix in _CONTENT for child in path.iterdir()):
                shutil.rmtree(path, ignore_errors=True)
    finally:
        _release(lock)


def _lock(directory: Path, *, wait: bool) -> int | None:
    """A descriptor that holds the lock of a directory; None if another has it or none can."""
    if fcntl is None:
        return None
    try:
        descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        return descriptor
    except OSError:
        os.close(descriptor)
        return None
    except BaseException:  # an interrupt while it waits
        os.close(descriptor)
        raise


def _release(lock: int | None) -> None:
    if lock is not None:
        os.close(lock)
