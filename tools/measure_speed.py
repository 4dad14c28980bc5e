"""Where the time goes on a longer corpus: python -m tools.measure_speed --words 100000

Repeats the seeds until they hold that many tokens, extracts them, and prints each stage's seconds,
its share of the language model's, tokens per second, and the peak memory of the process.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from pipeline.corpus import Corpus
from pipeline.corpus import read as read_corpus
from pipeline.run import extract

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
TOKENS_OF_SEEDS = 9700  # roughly; the run reports the true count


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--words", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=1)
    arguments = parser.parse_args()
    seeds = read_corpus(SEEDS)
    copies = max(1, round(arguments.words / TOKENS_OF_SEEDS))
    documents = tuple(
        replace(document, doc_id=f"{document.doc_id}-{copy}")
        for copy in range(copies)
        for document in seeds.documents
    )
    with tempfile.TemporaryDirectory() as out:
        start = time.perf_counter()
        dataset = extract(Corpus(seeds.root, documents), out, jobs=arguments.jobs)
        wall = time.perf_counter() - start
        tokens = int(dataset.documents["n_tokens"].sum())
        seconds = dataset.run["seconds"]
    for stage, spent in seconds.items():
        print(f"{stage:10} {spent:8.2f} s  {100 * spent / seconds['language']:5.1f}% of the model")
    print(f"wall       {wall:8.2f} s  {tokens:,} tokens, {tokens / wall:,.0f} tokens/s")
    print(f"model alone: {tokens / seconds['language']:,.0f} tokens/s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:,.0f} MB")


if __name__ == "__main__":
    main()
