"""Checks that a pipeline speaks Universal Dependencies, and brings its name labels to ours."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

RELATIONS = frozenset(
    """acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse
    dislocated expl fixed flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis
    punct reparandum root vocative xcomp""".split()
)
NAMES = {
    "PER": "PER",
    "PERSON": "PER",
    "PRS": "PER",
    "LOC": "LOC",
    "GPE": "LOC",
    "ORG": "ORG",
}
NAMES_FACTORY = "clausula_names"
# Enough words that a parser shows its labels, in no language in particular.
_PROBE = {
    "nl": "De minister zegt dat de wet wordt aangenomen.",
    "en": "The minister says that the law will be adopted.",
    "sv": "Ministern säger att lagen kommer att antas.",
}


def faults(nlp: Language, lang: str) -> str | None:
    """What is missing for `nlp` to serve as the UD pipeline of `lang`, or None if nothing is."""
    if nlp.lang != lang:
        return f'it is for "{nlp.lang}", not for "{lang}"'
    if "parser" in nlp.pipe_names:
        foreign = sorted(
            label
            for label in nlp.get_pipe("parser").labels  # type: ignore[attr-defined]
            if not is_relation(label)
        )
        if foreign:
            return (
                f"its relations are not those of Universal Dependencies: {', '.join(foreign[:8])}"
            )
    doc = nlp(_PROBE[lang])
    missing = [
        name
        for name, attribute in (
            ("dependency relations", "DEP"),
            ("parts of speech", "POS"),
            ("lemmas", "LEMMA"),
        )
        if not doc.has_annotation(attribute)
    ]
    if missing:
        return f"it gives no {' and no '.join(missing)}"
    foreign = sorted({token.dep_ for token in doc if not is_relation(token.dep_)})
    if foreign:
        return f"its relations are not those of Universal Dependencies: {', '.join(foreign[:8])}"
    return None


def is_relation(label: str) -> bool:
    """Whether `label` is a relation of Universal Dependencies, with or without a subtype."""
    return label.casefold().partition(":")[0] in RELATIONS


@Language.component(NAMES_FACTORY)
def normalise(doc: Doc) -> Doc:
    """Renames the names to PER, LOC, ORG, drops other types, and marks asides as punctuation."""
    doc.ents = [
        Span(doc, ent.start, ent.end, label=NAMES[ent.label_])
        for ent in doc.ents
        if ent.label_ in NAMES
    ]
    for span in doc.spans.get("asides", ()):
        for token in span:
            token.pos_ = "PUNCT"
            if not token.n_lefts and not token.n_rights and token.head != token:
                token.dep_ = "punct"
    return doc
