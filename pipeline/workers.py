"""Processes that share work, and that end with the process that started them, however it ends."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any, TypeVar

from pipeline.errors import ClausulaError

_Result = TypeVar("_Result")


class WorkerError(ClausulaError):
    """A process that shared the work has died; the message says what to do."""


def shared(
    function: Callable[..., _Result], *arguments: Sequence[Any], jobs: int
) -> Iterator[_Result]:
    """`map(function, *arguments)` by `jobs` processes, in order.

    An exception, also one thrown in here by `close`, ends the processes at once. They watch a pipe
    of which only this process holds the other end, so that its death ends them too.

    Raises:
        WorkerError: one of them was killed.
    """
    reader, writer = multiprocessing.Pipe(duplex=False)
    pool = ProcessPoolExecutor(jobs, initializer=_follow, initargs=(reader, writer))
    try:
        yield from pool.map(function, *arguments)
    except BrokenProcessPool as error:
        raise WorkerError(
            "a process was killed, perhaps for want of memory; use fewer --jobs, or split the texts"
        ) from error
    except BaseException:  # Ctrl-C and `close` too: the workers end at once, then it goes on up
        writer.close()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
        writer.close()
        reader.close()


def _follow(reader: Connection, writer: Connection) -> None:
    """Leaves signals to the process that started this one, and watches for its end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    writer.close()
    Thread(target=_leave_with, args=(reader,), daemon=True).start()


def _leave_with(reader: Connection) -> None:
    connection.wait([reader])
    os._exit(1)
