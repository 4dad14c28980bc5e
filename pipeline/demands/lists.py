"""Lists under a colon: their items inherit speaker and addressee."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span

from pipeline.demands.acts import subject_of
from pipeline.demands.model import Demand
from pipeline.types import Clause

_ENDS_LIST = frozenset({"heading", "paragraph", "recital", "article", "salutation", "signature"})


@dataclass(frozen=True, slots=True)
class _List:
    """An open list: what its items inherit."""

    opener: Demand
    label: str | None
    """class of the labels of the items among which the opening sentence stands itself"""


def inherit(doc: Doc, clauses: Sequence[Clause], demands: Sequence[Demand]) -> list[Demand]:
    """`demands` and those of list items, which take speaker and addressee from the opening line.

    An opening line that says nothing but `urges you to:` gives its place to the items.
    """
    by_clause = {demand.clause: demand for demand in demands}
    open_lists: list[_List] = []
    for block in doc.spans.get("blocks", ()):
        label = _label_class(block.id_) if block.label_ == "list_item" else None
        if block.label_ in _ENDS_LIST:
            open_lists = []
        if label is not None:
            while open_lists and label == open_lists[-1].label:
                open_lists.pop()
            if open_lists:
                _inherit(doc, clauses, block, open_lists[-1].opener, by_clause)
        opener = _opener(doc, clauses, block, by_clause)
        if opener is not None:
            open_lists.append(_List(opener, label))
    return [by_clause[index] for index in sorted(by_clause)]


def _inherit(
    doc: Doc,
    clauses: Sequence[Clause],
    block: Span,
    opener: Demand,
    by_clause: dict[int, Demand],
) -> None:
    """Makes the main clause of an item a demand of the sentence that opens the list."""
    sentence = doc[block.start].sent
    first = next(
        (
            index
            for index, clause in enumerate(clauses)
            if clause.kind == "main" and sentence.start <= clause.head < sentence.end
        ),
        None,
    )
    if first is None or first in by_clause:
        return
    if clauses[first].finite and subject_of(doc, clauses[first]) is not None:
        return
    content = [first] + [
        index
        for index, clause in enumerate(clauses)
        if clause.parent == first and clause.kind == "coordinate"
    ]
    by_clause[first] = replace(opener, clause=first, content=tuple(content))
    if opener.content == (opener.clause,) and clauses[opener.clause].modality is None:
        by_clause.pop(opener.clause, None)


def _opener(
    doc: Doc, clauses: Sequence[Clause], block: Span, by_clause: Mapping[int, Demand]
) -> Demand | None:
    """The last call of a block's last sentence, when that ends with a colon."""
    if not block.text.rstrip().endswith(":"):
        return None
    first = doc[block.end - 1].sent.start
    calls = [
        demand
        for index, demand in by_clause.items()
        if demand.act == "call" and first <= clauses[index].head < block.end
    ]
    return max(calls, key=lambda demand: demand.clause, default=None)


def _label_class(label: str) -> str:
    """Items of one list have labels of one class: numbers, letters, or one kind of bullet."""
    if any(character.isdigit() for character in label):
        return "number"
    return "letter" if any(character.isalpha() for character in label) else label.strip()
