"""An evaluation as plain text for a terminal."""

from __future__ import annotations

from collections import defaultdict
from io import StringIO

from rich.console import Console
from rich.table import Table

from pipeline.evaluation.evaluate import Change, Evaluation
from pipeline.evaluation.scores import Score

_MEASURES = {
    "mentions": ("exact", "relaxed", "linked", "value"),
    "clauses": ("exact", "starts", "kind"),
    "columns": ("accuracy",),
    "demands": ("exact", "act", "speaker", "force"),
    "alignment": ("strict", "lax"),
    "clause alignment": ("strict", "lax"),
}


def _render(table: Table) -> str:
    buffer = StringIO()
    Console(file=buffer, width=220, markup=False, highlight=False).print(table)
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines())


def _cell(score: Score | None) -> str:
    if score is None:
        return "–"
    return f"{score.f1:.3f} [{score.low:.2f}, {score.high:.2f}]"


def score_table(evaluation: Evaluation) -> str:
    """F1 and its 95% interval for each document, language and type, a table per task."""
    parts = []
    for task, measures in _MEASURES.items():
        rows: dict[tuple[str, str], dict[str, Score]] = defaultdict(dict)
        for (of, doc_id, kind, measure), score in evaluation.scores.items():
            if of == task:
                rows[doc_id, kind][measure] = score
        if not rows:
            continue
        table = Table(box=None, pad_edge=False, header_style="")
        for name in (task, "type", "gold", "found", "precision", "recall", *measures):
            table.add_column(name, justify="left" if name in (task, "type") else "right")
        for (doc_id, kind), scores in sorted(rows.items(), key=_documents_first):
            first = scores[measures[0]]
            table.add_row(
                doc_id,
                kind,
                str(first.n_gold),
                str(first.n_predicted),
                f"{first.precision:.3f}",
                f"{first.recall:.3f}",
                *(_cell(scores.get(measure)) for measure in measures),
            )
        parts.append(_render(table))
    return "\n\n".join(parts)


def _documents_first(item: tuple[tuple[str, str], object]) -> tuple[int, str, str]:
    doc_id, kind = item[0]
    rank = 2 if doc_id == "all" else 1 if doc_id.startswith("lang:") else 0
    return rank, doc_id, kind


def error_table(evaluation: Evaluation) -> str:
    """Each miss, false hit, boundary error and wrong link or value."""
    lines = []
    for outcome in evaluation.errors():
        text = " ".join(outcome.text.split())
        found = " ".join(outcome.found.split())
        note = f" ← {found}" if found else ""
        source = f" ({outcome.source})" if outcome.source else ""
        place = f"{outcome.doc_id}:{outcome.start}-{outcome.end}"
        lines.append(f"{outcome.verdict:9}{outcome.type:11}{place}: {text}{note}{source}")
    return "\n".join(lines)


def change_table(change: Change) -> str:
    """What got better and what got worse since an earlier run."""
    lines = [f"{key}: {then:.3f} → {now:.3f}" for key, then, now in change.scores]
    lines += [f"better: {item}" for item in change.better]
    lines += [f"worse: {item}" for item in change.worse]
    return "\n".join(lines) or "no change"
