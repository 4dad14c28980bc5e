"""Who asks what of whom: the speech acts of institutional prose, read off its clauses.

A clause performs an act when its predicate is one of the act's verbs, adjectives or nouns
(`data/<lang>/demands.toml`), or when it says what somebody should, must or must not do, which is
a call on its subject. The items of a list under a colon inherit speaker and addressee from the
sentence that opens the list.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from pipeline.demands.acts import Reader
from pipeline.demands.lists import inherit
from pipeline.demands.model import ACTS, FORCES, Demand
from pipeline.types import Clause

__all__ = ["ACTS", "FORCES", "Demand", "find"]


def find(doc: Doc, clauses: Sequence[Clause]) -> list[Demand]:
    """The demands of a document, in the order of the clauses that perform them.

    `clauses` is what `clauses.segment(doc)` returned. Lists need `doc.spans["blocks"]`; without it
    only what single sentences say is found.

    Raises:
        FileNotFoundError: when the package has no words of demands for `doc.lang_`.
    """
    reader = Reader(doc, clauses)
    return inherit(reader.view, reader.explicit())
