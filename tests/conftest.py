"""What several tests share: the real command, and the seeds extracted once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.dataset import Dataset

ROOT = Path(__file__).resolve().parents[1]


def clausula(*arguments: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Runs the installed command as a user would."""
    return subprocess.run(
        [str(Path(sys.executable).with_name("clausula")), *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The dataset of the seeds, written by the real command."""
    out = tmp_path_factory.mktemp("seeds")
    done = clausula("extract", "seeds", "--out", out)
    assert done.returncode == 0, done.stderr
    return Dataset.read(out)
