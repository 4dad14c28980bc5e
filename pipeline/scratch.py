"""The hidden directory in which a dataset is made, inside the one where it goes.

Its process holds a lock on it, which the system lets go of however the process ends. So a later run
can tell what a killed one left behind from what another one is still writing.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no such locks: what is left behind stays there
    fcntl = None  # type: ignore[assignment]

_PREFIX = ".clausula-"
_CONTENT = (".parquet", ".json")


class Scratch:
    """A new directory in `parent`, at `path`; those that dead processes left there go first.

    Raises:
        OSError: nothing can be written in `parent`.
    """

    def __init__(self, parent: Path) -> None:
        # While the parent is locked nobody makes a directory that is not locked yet.
        parents_lock = _lock(parent.resolve(), wait=True)
        try:
            for path in parent.glob(f"{_PREFIX}*"):
                _sweep(path)
            self.path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
            self._lock = _lock(self.path, wait=False)
        finally:
            _release(parents_lock)

    def remove(self) -> None:
        """Removes the directory and what is in it."""
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
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _release(lock: int | None) -> None:
    if lock is not None:
        os.close(lock)
