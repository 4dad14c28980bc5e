"""The command with Stanza as the engine of a language."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.dataset import Dataset
from pipeline.language import stanza
from tests.conftest import ROOT, clausula

TEXT = (
    "Rådet uppmanar Belarus att frige Ales Bjaljatski, som greps den 14 juli 2021.\n\n"
    "Rådet beklagar att inget har hänt.\n"
)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory) -> Path:
    directory = tmp_path_factory.mktemp("corpus")
    (directory / "a.txt").write_text(TEXT, "utf-8")
    (directory / "corpus.toml").write_text(
        '[[documents]]\nid = "a"\npath = "a.txt"\nlang = "sv"\nkind = "other"\n', "utf-8"
    )
    return directory


def test_a_dataset_made_with_stanza_is_valid_and_says_so(corpus, tmp_path):
    done = clausula("extract", corpus, "--out", tmp_path, "--model", "sv=stanza")
    assert (done.returncode, done.stderr) == (0, "")
    assert clausula("validate", tmp_path, "--corpus", corpus).returncode == 0
    dataset = Dataset.read(tmp_path)
    assert {"PERSON", "COUNTRY", "DATE"} <= set(dataset.mentions["type"])
    assert len(dataset.clauses) >= 4
    model = json.loads((tmp_path / "run.json").read_text("utf-8"))["models"][0]
    assert model["use"] == "language:sv"
    assert model["engine"] == f"stanza {stanza.installed_version()}"
    assert len(model["sha256"]) == 64


def test_a_wrong_stanza_model_is_one_line_and_exit_2(corpus, tmp_path):
    done = clausula("extract", corpus, "--out", tmp_path / "out", "--model", "sv=stanza:none")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "clausula: error: none: no such directory; name one of Stanza's models\n"
    )


def test_without_stanza_the_command_names_the_extra(corpus, tmp_path):
    code = (
        "import sys; sys.modules['stanza'] = None; from pipeline.cli import main; "
        f"main(['extract', {str(corpus)!r}, '--out', {str(tmp_path / 'out')!r}, "
        "'--model', 'sv=stanza'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "pip install 'clausula[stanza]'" in done.stderr


def test_help_says_how_to_choose_stanza():
    shown = " ".join(clausula("extract", "--help").stdout.split())
    assert "stanza:DIR" in shown
    assert "clausula[stanza]" in shown
