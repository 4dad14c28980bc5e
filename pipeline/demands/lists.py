"""Lists under a colon: their items inherit speaker and addressee."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span

from pipeline.demands.contents import itself
from pipeline.demands.model import Demand
from pipeline.demands.view import View, base, subject_of

_ENDS_LIST = frozenset({"heading", "paragraph", "recital", "article", "salutation", "signature"})
_LONGEST_LABEL = 8
_ITEM = frozenset({"main", "fragment"})


@dataclass(slots=True)
class _List:
    """An open list: what its items inherit."""

    opener: Demand
    label: str | None
    """class of the labels of the items among which the opening sentence stands itself"""
    outer: str
    """form of the item in which the opening sentence stands"""
    inner: str | None = None
    """form of the items that it opens, once one was seen"""

    def holds(self, label: str, form: str) -> bool:
        """Whether an item belongs to this list, not to the one in which the opener stands.

        Items of both levels may have one bullet; then their verb forms tell them apart
        (`Put …, by:` above `Prioritizing …`, `Stepping up …`).
        """
        if label != self.label:
            return True
        if self.inner is None:
            self.inner = form
        return form == self.inner and form != self.outer


def inherit(view: View, demands: Sequence[Demand]) -> list[Demand]:
    """`demands` and those of list items, which take speaker and addressee from the opening line.

    An opening line that says nothing but `urges you to:` gives its place to the items.
    """
    by_clause = {demand.clause: demand for demand in demands}
    open_lists: list[_List] = []
    for block in view.doc.spans.get("blocks", ()):
        label = _label_class(block.id_) if block.label_ == "list_item" else None
        if block.label_ in _ENDS_LIST and not _is_label(block):
            open_lists = []
        first = _first_clause(view, block) if label is not None else None
        form = _form(view, first)
        if label is not None:
            while open_lists and not open_lists[-1].holds(label, form):
                open_lists.pop()
            if open_lists and first is not None and not _is_label(block):
                _inherit(view, first, open_lists[-1].opener, by_clause)
        opener = _opener(view, block, by_clause)
        if opener is not None:
            open_lists.append(_List(opener, label, form))
    return [by_clause[index] for index in sorted(by_clause)]


def _is_label(block: Span) -> bool:
    """Whether a line only names what the items below are about: `On detention:`."""
    verbal = any(token.pos_ in {"VERB", "AUX"} for token in block)
    return block[-1].text == ":" and len(block) <= _LONGEST_LABEL and not verbal


def _first_clause(view: View, block: Span) -> int | None:
    """The clause with which an item opens, unless a subordinator makes it part of another."""
    sentence = view.doc[block.start].sent
    return next(
        (
            index
            for index, clause in enumerate(view.clauses)
            if sentence.start <= clause.head < sentence.end
            and (clause.kind in _ITEM or (clause.kind == "adverbial" and clause.marker is None))
        ),
        None,
    )


def _form(view: View, index: int | None) -> str:
    """What the verb of an item looks like: a gerund, a sentence of its own, an infinitive."""
    if index is None or view.clauses[index].kind == "fragment":
        return "bare"
    if any(f"VerbForm={form}" in str(view.head(index).morph) for form in ("Ger", "Part")):
        return "gerund"
    return "sentence" if _is_sentence(view, index) else "bare"


def _is_sentence(view: View, index: int) -> bool:
    """Whether an item has a finite verb and its subject.

    An item that ends with an infinitive (`De samenwerking versterken`) has none: its object is
    what a parser may take for one.
    """
    clause, head = view.clauses[index], view.head(index)
    if not clause.finite or subject_of(view.doc, clause) is None:
        return False
    after = [view.doc[token] for token in clause.tokens if token > head.i]
    dependents = any(base(token) in {"obj", "iobj", "xcomp", "ccomp"} for token in after)
    helped = any(base(child) in {"aux", "cop"} for child in head.children)
    subject = subject_of(view.doc, clause)
    early = subject is not None and subject.i < head.i
    if head.lower_ == head.lemma_.lower() and not helped and _opens(view, index):
        return False
    return helped or dependents or not early or head.lower_ != head.lemma_.lower()


def _opens(view: View, index: int) -> bool:
    """Whether at most adverbs stand before the verb of an item: an infinitive or imperative."""
    head = view.head(index)
    before = (view.doc[token] for token in view.clauses[index].tokens if token < head.i)
    return all(token.pos_ in {"ADV", "PUNCT", "NUM", "SYM", "X"} for token in before)


def _inherit(view: View, first: int, opener: Demand, by_clause: dict[int, Demand]) -> None:
    """Makes the clause with which an item opens a demand of the sentence that opens the list."""
    spoken = subject_of(view.doc, view.clauses[first]) is not None or _third_person(view, first)
    own = first in by_clause and view.clauses[first].finite and spoken
    if own or (_is_sentence(view, first) and view.unfinished(opener.clause) is None):
        return
    by_clause[first] = replace(opener, clause=first, content=itself(view, first))
    if opener.content == (opener.clause,) and view.clauses[opener.clause].modality is None:
        by_clause.pop(opener.clause, None)


def _third_person(view: View, index: int) -> bool:
    """Whether an item opens with the verb of a body named above (`invites`), not an imperative."""
    head = view.head(index)
    present = head.lower_.endswith(view.words.third_person_endings)
    return present and head.lower_ != head.lemma_.lower() and _opens(view, index)


def _opener(view: View, block: Span, by_clause: Mapping[int, Demand]) -> Demand | None:
    """The last call of a block's last sentence, when that ends with a colon."""
    if not view.announces(block):
        return None
    first = view.doc[block.end - 1].sent.start
    calls = [
        demand
        for index, demand in by_clause.items()
        if demand.act == "call" and first <= view.clauses[index].head < block.end
    ]
    return max(calls, key=lambda demand: demand.clause, default=None)


def _label_class(label: str) -> str:
    """Items of one list have labels of one class: numbers, letters, or one kind of bullet."""
    if any(character.isdigit() for character in label):
        return "number"
    return "letter" if any(character.isalpha() for character in label) else label.strip()
