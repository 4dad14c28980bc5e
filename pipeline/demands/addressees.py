"""Of whom something is asked: the phrase that names a call's addressee."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.demands.lexicon import skeleton
from pipeline.demands.view import NOMINAL, View, base, ends_like, subject_of

_OBJECTS = frozenset({"obj", "iobj"})


def addressee(view: View, index: int, act: str, content: tuple[int, ...]) -> Token | None:
    """The head of the phrase for the person or body spoken to, or None.

    An object, a phrase with the verb's preposition (`bij Belarus`, `on the Council`), the
    phrase that completes a noun (`zijn oproep aan Belarus`), or the subject of what a call
    insists on, also where a list goes on from it (`We recommend that Iraq:`).
    """
    if act == "call":
        unfinished = view.unfinished(index)
        if unfinished is not None and view.is_agent(unfinished):
            return unfinished
        return _spoken_to(view, index) or of_content(view, index, content)
    found = _with_preposition(view, index) if act in {"inform", "commit"} else []
    return next((phrase for phrase in found if view.is_agent(phrase)), None)


def of_modal(view: View, index: int) -> Token | None:
    """Who should do what a clause says: its subject, where that is somebody who can."""
    subject = view.subject(index) if view.clauses[index].voice == "active" else None
    return subject if subject is not None and view.is_agent(subject) else None


def _spoken_to(view: View, index: int) -> Token | None:
    clause, words = view.clauses[index], view.words
    demanding = skeleton(clause.predicate or "") in words.demanding
    has_content = view.opens_list(index) or any(
        view.clauses[child].kind in {"infinitive", "complement"} for child in view.children[index]
    )
    # `Insist on access` says what is asked, `insist on Egypt to …` of whom.
    with_preposition = _with_preposition(view, index)
    if with_preposition and (has_content or not demanding):
        return with_preposition[0]
    objects = [phrase for phrase in _phrases(view, index) if base(phrase) in _OBJECTS]
    for phrase in objects:
        if phrase.lemma_.lower() in words.nouns:
            return _below(view, phrase) or _behind(view, index, phrase)
    if skeleton(clause.predicate or "") in words.dissuading and objects:
        return objects[0]
    if not has_content:
        return None
    if demanding:
        return objects[0] if objects and view.is_agent(objects[0]) else None
    asked = objects[0] if objects else _bare_phrase(view, index)
    # An act or a document is what is to be changed, not who is to change it.
    thing = asked is not None and ends_like(asked, words.things) and not view.is_agent(asked)
    return None if thing else asked


def _phrases(view: View, index: int) -> list[Token]:
    """Heads of the noun phrases that complete the predicate of a clause.

    Those among them that the parser hangs on the verb of the next clause too, as in *dringt er
    bij Belarus op aan zich te houden aan …*.
    """
    head = view.head(index)
    inside = frozenset(view.clauses[index].tokens)
    return [
        token
        for token in view.tokens(index)
        if (token.head.i == head.i or token.head.i not in inside)
        and token.i != head.i
        and (base(token) in _OBJECTS | {"obl"} or (base(token), head.pos_) == ("nmod", "NOUN"))
        and token.pos_ in NOMINAL
        and "Reflex=Yes" not in str(token.morph)
    ]


def _with_preposition(view: View, index: int) -> list[Token]:
    """The phrases of a clause with a preposition by which its verb may name its addressee."""
    return [
        phrase
        for phrase in _phrases(view, index)
        if _has_preposition(view, phrase)
        and phrase.lemma_.lower() not in view.words.nouns
        and phrase.left_edge.i != view.clauses[index].tokens[0]
    ]


def _has_preposition(view: View, phrase: Token) -> bool:
    """Whether a phrase has one of the prepositions with which a verb names its addressee."""
    return any(
        base(child) == "case" and child.lower_ in view.words.addressee_prepositions
        for child in phrase.children
    )


def _bare_phrase(view: View, index: int) -> Token | None:
    """The first noun phrase after the predicate without preposition, whatever its relation."""
    clause = view.clauses[index]
    inside = frozenset(clause.tokens)
    for token in view.tokens(index):
        if token.i <= clause.head or token.pos_ not in {"NOUN", "PROPN"}:
            continue
        inner = token.head.i in inside and token.head.pos_ in {"NOUN", "PROPN"}
        if not inner and not any(base(child) == "case" for child in token.children):
            return token
    return None


def _below(view: View, noun: Token) -> Token | None:
    """The addressee inside a noun phrase, as in `zijn oproep aan Belarus`."""
    return next(
        (
            child
            for child in noun.children
            if base(child) == "nmod" and _has_preposition(view, child)
        ),
        None,
    )


def _behind(view: View, index: int, noun: Token) -> Token | None:
    """The body behind a noun of calling, whatever its preposition: `een beroep doen op de Raad`."""
    return next(
        (
            phrase
            for phrase in _phrases(view, index)
            if phrase.i > noun.i
            and view.is_agent(phrase)
            and any(base(child) == "case" for child in phrase.children)
        ),
        None,
    )


def of_content(view: View, index: int, content: tuple[int, ...]) -> Token | None:
    """The subject of what is said to be due, where that is somebody who can do it.

    In `insists that the authorities abolish …` the authorities are addressed.
    """
    first = view.clauses[content[0]]
    if (
        content[0] == index
        or first.kind not in {"complement", "subject"}
        or first.voice != "active"
    ):
        return None
    subject = subject_of(view.doc, first)
    return subject if subject is not None and view.is_agent(subject) else None
