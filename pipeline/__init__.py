"""Clausula: clauses, mentions, entities, demands and alignments from policy texts in nl, en, sv.

>>> from pipeline import extract                               # doctest: +SKIP
>>> extract("seeds", "data").mentions                          # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Dataset", "evaluate", "extract"]

if TYPE_CHECKING:
    from pipeline.dataset import Dataset
    from pipeline.evaluation import evaluate
    from pipeline.run import extract


def __getattr__(name: str) -> Any:
    """Loads the public names when they are first asked for: spaCy takes seconds to import."""
    if name == "Dataset":
        from pipeline.dataset import Dataset

        return Dataset
    if name == "evaluate":
        from pipeline.evaluation import evaluate

        return evaluate
    if name == "extract":
        from pipeline.run import extract

        return extract
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
