"""Scores seeds, development set and held-out set against the gold, and guards the floors.

    python -m tools.evaluate_gold                  # the tables of `make evaluate`
    python -m tools.evaluate_gold --raise-floors   # `make floors`

The floors are in tests/gold/floors.toml: one F1 per document, task, type and measure. Raising
never lowers one.
"""

from __future__ import annotations

import argparse
import math
import tempfile
import tomllib
from pathlib import Path

from pipeline.evaluation import Evaluation, evaluate
from pipeline.evaluation.tables import score_table
from pipeline.run import extract

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "gold"
FLOORS = GOLD / "floors.toml"
# corpus, gold
SETS = {
    "seeds": (ROOT / "seeds", GOLD),
    "development": (GOLD / "dev", GOLD / "dev"),
    "held-a": (GOLD / "held" / "a", GOLD / "held" / "a"),
    "held-b": (GOLD / "held" / "b", GOLD / "held" / "b"),
    "held-c": (GOLD / "held" / "c", GOLD / "held" / "c"),
    "held-d": (GOLD / "held" / "d", GOLD / "held" / "d"),
    "held-e": (GOLD / "held" / "e", GOLD / "held" / "e"),
    "treaties": (GOLD / "treaties", GOLD / "treaties"),
}
# Sets whose errors nobody reads: they have floors for their totals alone.
BLIND = frozenset({"held-e"})


def evaluate_sets(scratch: Path) -> dict[str, Evaluation]:
    """Extracts each set into `scratch` and scores it."""
    return {
        name: evaluate(extract(corpus, scratch / name), gold)
        for name, (corpus, gold) in SETS.items()
    }


def read_floors() -> dict[str, float]:
    """Key → lowest F1 that is allowed; empty before the first `make floors`."""
    if not FLOORS.exists():
        return {}
    return tomllib.loads(FLOORS.read_text("utf-8"))["floors"]


def scores(results: dict[str, Evaluation]) -> dict[str, float]:
    """Key → F1, for documents (not of blind sets) and for the sums over languages and sets."""
    return {
        "/".join((name, *key)): score.f1
        for name, result in results.items()
        for key, score in result.scores.items()
        if name not in BLIND or key[1] == "all" or key[1].startswith("lang:")
    }


def shortfalls(floors: dict[str, float], now: dict[str, float]) -> list[str]:
    """Where a score is below its floor, or is gone."""
    return [
        f"{key}: {now.get(key, 0.0):.3f}, floor {floor:.3f}"
        for key, floor in floors.items()
        if now.get(key, 0.0) < floor
    ]


def raised(floors: dict[str, float], now: dict[str, float]) -> dict[str, float]:
    """The floors, raised to today's scores (cut to three digits) where those are higher."""
    today = {key: math.floor(value * 1000) / 1000 for key, value in now.items()}
    return {
        key: max(floors.get(key, 0.0), today.get(key, 0.0)) for key in sorted({*floors, *today})
    }


def write_floors(floors: dict[str, float]) -> None:
    """Writes floors.toml."""
    lines = [
        "# The lowest F1 that the regression test allows; raised by `make floors`, never lowered.",
        "[floors]",
        *(f'"{key}" = {value:.3f}' for key, value in floors.items()),
    ]
    FLOORS.write_text("\n".join(lines) + "\n", "utf-8")


def main() -> None:
    """Prints the tables; with --raise-floors also raises the floors."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--raise-floors", action="store_true", help="raise tests/gold/floors.toml")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        results = evaluate_sets(Path(scratch))
    for name, result in results.items():
        print(f"== {name}\n\n{score_table(result)}\n")
    if arguments.raise_floors:
        write_floors(raised(read_floors(), scores(results)))


if __name__ == "__main__":
    main()
