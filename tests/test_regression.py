"""The real pipeline against the gold: no score may fall below its floor.

The floors are in tests/gold/floors.toml; `make floors` raises them and never lowers one. The
second half damages a dataset on purpose and shows that the floors notice.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.dataset import Dataset
from pipeline.evaluation import Evaluation, evaluate
from pipeline.evaluation.tables import error_table
from pipeline.schema import TABLES
from tests.conftest import clausula
from tools.evaluate_gold import BLIND, GOLD, SETS, raised, read_floors, scores, shortfalls


@pytest.fixture(scope="module")
def results(seeds: Dataset, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Evaluation]:
    evaluations = {"seeds": evaluate(seeds, GOLD)}
    for name in SETS.keys() - evaluations.keys():
        corpus, gold = SETS[name]
        out = tmp_path_factory.mktemp(name)
        done = clausula("extract", corpus, "--out", out)
        assert done.returncode == 0, done.stderr
        evaluations[name] = evaluate(Dataset.read(out), gold)
    return evaluations


def test_no_score_is_below_its_floor(results: dict[str, Evaluation]):
    floors = read_floors()
    assert floors, "run `make floors` once"
    short = shortfalls(floors, scores(results))
    shown = "\n".join(error_table(r) for name, r in results.items() if name not in BLIND)
    assert not short, "\n".join(short) + "\n\n" + shown


def test_floors_are_raised_and_never_lowered():
    floors = {"a": 0.9, "b": 0.5, "gone": 0.3}
    assert raised(floors, {"a": 0.8, "b": 0.7778, "new": 1.0}) == {
        "a": 0.9,
        "b": 0.777,
        "gone": 0.3,
        "new": 1.0,
    }


def rewrite(dataset: Dataset, directory: Path, name: str, change) -> Dataset:
    """A copy of the dataset in which `change` was made to the rows of one table."""
    shutil.copytree(dataset.directory, directory, dirs_exist_ok=True)
    rows = change(pq.read_table(directory / f"{name}.parquet").to_pylist())
    table = pa.Table.from_pylist(rows, schema=TABLES[name].arrow())
    pq.write_table(table, directory / f"{name}.parquet")
    return Dataset(directory)


def without_rule(rows):
    """As if the enumeration of names were gone."""
    return [row for row in rows if not row["source"].startswith("rule:")]


def shifted(rows):
    """As if offsets were one too high."""
    return [{**row, "start": row["start"] + 1, "end": row["end"] + 1} for row in rows]


def swapped(rows):
    """As if two aligned sentences had changed places."""
    pairs = [i for i, row in enumerate(rows) if row["level"] == "sentence" and row["kind"] == "1-1"]
    first, second = rows[pairs[3]], rows[pairs[4]]
    first["target_ids"], second["target_ids"] = second["target_ids"], first["target_ids"]
    return rows


def unaddressed(rows):
    """As if nobody were asked for anything."""
    return [{**row, "addressee": None} for row in rows]


def impersonal(rows):
    """As if no clause had a subject."""
    return [{**row, "subject": None} for row in rows]


@pytest.mark.parametrize(
    ("table", "change", "task"),
    [
        ("demands", unaddressed, "demands"),
        ("clauses", impersonal, "columns"),
        ("mentions", without_rule, "mentions"),
        ("mentions", shifted, "mentions"),
        ("alignments", swapped, "alignment"),
    ],
)
def test_damage_is_noticed(seeds: Dataset, results, tmp_path, table, change, task):
    damaged = evaluate(rewrite(seeds, tmp_path, table, change), GOLD)
    now = scores({"seeds": damaged, "development": results["development"]})
    # Measured against today's scores: the floors may lag behind them.
    floors = raised(read_floors(), scores(results))
    short = shortfalls(floors, now)
    assert any(line.startswith(f"seeds/{task}/") for line in short)
    assert not any(line.startswith("development/") for line in short)
