"""The directory in which a dataset is made: what a dead process left goes, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.scratch import Scratch, fcntl
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(fcntl is None, reason="the system has no locks")

# Makes a scratch directory with a file in it, and is killed.
VICTIM = """
import os, sys, signal
from pathlib import Path
from pipeline.scratch import Scratch

scratch = Scratch(Path(sys.argv[1]))
scratch.make()
(scratch.path / "tokens.parquet").touch()
os.kill(os.getpid(), signal.SIGKILL)
"""


def made(parent: Path) -> Scratch:
    scratch = Scratch(parent)
    scratch.make()
    return scratch


def test_what_a_killed_process_left_is_swept(tmp_path):
    subprocess.run([sys.executable, "-c", VICTIM, tmp_path], cwd=ROOT, check=False)
    (left,) = tmp_path.iterdir()
    scratch = made(tmp_path)
    assert not left.exists()
    scratch.remove()
    assert not list(tmp_path.iterdir())


def test_what_another_run_is_writing_stays(tmp_path):
    first, second = made(tmp_path), made(tmp_path)
    assert first.path.is_dir()
    first.remove()
    assert second.path.is_dir()


def test_what_is_not_ours_stays(tmp_path):
    home = tmp_path / "home"
    (home / ".clausula-notes").mkdir(parents=True)
    (home / ".clausula-notes" / "ideas.md").touch()
    (home / ".clausula-file").touch()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "tokens.parquet").touch()
    (home / ".clausula-link").symlink_to(tmp_path / "elsewhere")
    made(home).remove()
    assert (home / ".clausula-notes" / "ideas.md").is_file()
    assert (home / ".clausula-file").is_file()
    assert (tmp_path / "elsewhere" / "tokens.parquet").is_file()
