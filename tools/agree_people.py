"""Compares the two readings of `tests/gold/names`, by language and part.

    python -m tools.agree_people [NAMES_DIR]

The first reading is the `persons` of `<lang>.jsonl`; the second is `second-reading.tsv`: language,
row and the names of its sentence as written, in their order. F1 is over exact spans, and every
sentence that the two read differently is printed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.types import LANGUAGES
from tools.measure_people import NAMES, PARTS, Spans, errors, f1, read_rows, score

Reading = dict[tuple[str, str], tuple[str, ...]]


def read_second(path: Path) -> Reading:
    """The second reading: the names of a sentence by language and row; no line, no name."""
    reading = {}
    for line in path.read_text("utf-8").splitlines():
        lang, row_id, *names = line.split("\t")
        reading[lang, row_id] = tuple(names)
    return reading


def locate(text: str, names: Sequence[str]) -> Spans:
    """The spans of the names: each the first whole word or words after the name before it.

    Raises:
        ValueError: a name is not in the rest of the text.
    """
    spans, end = [], 0
    for name in names:
        found = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)").search(text, end)
        if found is None:
            raise ValueError(f"{name!r} is not in {text[end:]!r}")
        spans.append(found.span())
        end = found.end()
    return frozenset(spans)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the agreement."""
    given = sys.argv[1:] if arguments is None else arguments
    names = Path(given[0]) if given else NAMES
    second = read_second(names / "second-reading.tsv")
    for lang in LANGUAGES:
        rows = read_rows(names / f"{lang}.jsonl")
        spans = [locate(row.text, second.get((lang, row.row_id), ())) for row in rows]
        counts = score(rows, spans)
        cells = "  ".join(f"{part} {100 * f1(counts[part]):.1f}" for part in (*PARTS, "all"))
        every = counts["all"]
        print(f"{lang}: F1 {cells}; names {every['gold']} and {every['found']}")
        print("".join(f"{line}\n" for line in errors(rows, spans)), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
