"""Processes that share work: they end with it, with an error, and with who started them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.workers import WorkerError, shared
from tests.conftest import ROOT

# Starts two processes that note their numbers and then work for minutes.
STARTER = """
import os, sys, time
from pathlib import Path
from pipeline.workers import shared

def work(place):
    Path(place, str(os.getpid())).touch()
    time.sleep(300)

if __name__ == "__main__":
    list(shared(work, [sys.argv[1]] * 4, jobs=2))
"""


def _square(number: int) -> int:
    return number * number


def _die(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def _dawdle(number: int) -> int:
    time.sleep(300 if number else 0)
    return number


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def _within(seconds: float, condition) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def test_results_come_in_order():
    assert list(shared(_square, range(20), jobs=2)) == [n * n for n in range(20)]


def test_a_killed_process_is_an_error_that_says_what_to_do():
    with pytest.raises(WorkerError, match="fewer --jobs"):
        list(shared(_die, range(5), jobs=2))


def test_closing_does_not_wait_for_what_is_being_worked_on():
    results = shared(_dawdle, range(3), jobs=2)
    assert next(results) == 0
    start = time.monotonic()
    results.close()
    assert time.monotonic() - start < 30


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc to see processes")
def test_a_killed_parent_leaves_no_process(tmp_path):
    starter = tmp_path / "starter.py"
    starter.write_text(STARTER, "utf-8")
    place = tmp_path / "pids"
    place.mkdir()
    parent = subprocess.Popen(
        [sys.executable, starter, place], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert _within(30, lambda: len(list(place.iterdir())) == 2)
    pids = [int(path.name) for path in place.iterdir()]
    assert all(map(_is_alive, pids))
    parent.kill()
    parent.wait()
    assert _within(20, lambda: not any(map(_is_alive, pids)))
