"""Compares a dataset with gold annotations: mentions, clauses and alignments.

The measures are those of the contract. nervaluate and seqeval are not used: both work on token
tags, which cannot hold nested mentions of different types, discontinuous clauses, optional
annotations or entity ids.
"""

from pipeline.evaluation.evaluate import Evaluation, evaluate
from pipeline.evaluation.gold import Gold, GoldError, read_gold
from pipeline.evaluation.scores import Score

__all__ = ["Evaluation", "Gold", "GoldError", "Score", "evaluate", "read_gold"]
