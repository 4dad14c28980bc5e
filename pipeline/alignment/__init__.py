"""Alignment of versions of a text: sentence by sentence, and clause by clause inside groups."""

from pipeline.alignment.aligner import Alignment, align
from pipeline.alignment.clauses import align_clauses

__all__ = ["Alignment", "align", "align_clauses"]
