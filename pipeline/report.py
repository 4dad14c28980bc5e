"""Plain-text summaries of a dataset, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO

from rich.console import Console
from rich.table import Table

from pipeline.alignment.differences import Difference
from pipeline.dataset import Dataset
from pipeline.types import MENTION_TYPES


def summary(dataset: Dataset) -> str:
    """What a run wrote: a line per document, the totals, and the seconds of each stage."""
    table = Table(box=None, pad_edge=False, header_style="")
    names = ("document", "lang", "status", "tokens", "sentences", "clauses", *MENTION_TYPES)
    for index, name in enumerate(names):
        table.add_column(name.lower(), justify="left" if index < 3 else "right")
    sentences = dataset.sentences["doc_id"].value_counts()
    clauses = dataset.clauses["doc_id"].value_counts()
    mentions = dataset.mentions.groupby(["doc_id", "type"]).size().to_dict()
    totals = [0] * (3 + len(MENTION_TYPES))
    for row in dataset.documents.itertuples():
        counts = [
            int(row.n_tokens),
            int(sentences.get(row.doc_id, 0)),
            int(clauses.get(row.doc_id, 0)),
            *(int(mentions.get((row.doc_id, kind), 0)) for kind in MENTION_TYPES),
        ]
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
        lang = row.lang if isinstance(row.lang, str) else "?"
        table.add_row(row.doc_id, lang, row.status, *(f"{count:,}" for count in counts))
    table.add_row("all", "", "", *(f"{total:,}" for total in totals))
    return "\n".join([_rendered(table), _alignments(dataset), _seconds(dataset)])


def _rendered(table: Table) -> str:
    buffer = StringIO()
    Console(file=buffer, width=200, markup=False, highlight=False).print(table)
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines())


def _alignments(dataset: Dataset) -> str:
    groups = dataset.alignments
    both = groups[(groups["source_text"].notna()) & (groups["target_text"].notna())]
    counts = both["level"].value_counts()
    parts = [f"{int(counts.get(level, 0)):,} of {level}s" for level in ("sentence", "clause")]
    return f"aligned groups: {', '.join(parts)}"


def _seconds(dataset: Dataset) -> str:
    seconds = dataset.run["seconds"]
    parts = [f"{stage} {spent:.1f}" for stage, spent in seconds.items() if spent >= 0.05]
    return f"seconds: {sum(seconds.values()):.1f} ({', '.join(parts)})"


def difference_lines(found: Sequence[Difference], source: str, target: str) -> str:
    """One paragraph a difference: what, who lacks it, and both texts."""
    if not found:
        return f"{source} and {target}: no differences found"
    parts = []
    for difference in found:
        lacking = {"source": source, "target": target}.get(difference.missing or "")
        where = f", not in {lacking}" if lacking else ""
        parts.append(f"{difference.kind}: {difference.what}{where}")
        if difference.kind != "missing text":
            parts.append(f"    {source}: {difference.source_text}")
            parts.append(f"    {target}: {difference.target_text}")
    return "\n".join(parts)
