"""Whom a pronoun that speaks stands for: the person or body that the text before names."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.demands.view import View, base, ends_like

# Sentences without any person as subject that may stand between a person's name and the pronoun.
_REACH = 3


def stands_in(view: View, subject: Token) -> bool:
    """Whether a subject is a pronoun of the third person singular: `she urges`, `zij roept op`."""
    if subject.lower_ in view.words.anaphors:
        return True
    if subject.lower_ not in view.words.third_persons:
        return False
    verbs = [subject.head, *(v for v in subject.head.children if base(v) in {"aux", "cop"})]
    return not any("Number=Plur" in str(token.morph) for token in (subject, *verbs))


def referent(view: View, subject: Token) -> str | None:
    """The subject, as its clause has it, of a sentence before that the pronoun stands for.

    A personal pronoun stands for the last person named as a subject, `it` for a body that the
    sentence right before has as subject; sentences with the same pronoun as subject are passed.
    """
    personal = subject.lower_ not in view.words.anaphors
    start, passed = subject.sent.start, 0
    while start:
        sentence = view.doc[start - 1].sent
        subjects = [token for token in sentence if base(token) == "nsubj"]
        named = [token for token in subjects if _fits(view, token, personal)]
        if named:
            return _as_subject(view, named[0])
        if not any(token.lower_ == subject.lower_ for token in subjects):
            passed += 1
            if not personal or passed > _REACH:
                return None
        start = sentence.start
    return None


def _fits(view: View, token: Token, personal: bool) -> bool:
    """Whether a subject is a person, for a personal pronoun, or else a body or its text."""
    if token.pos_ == "PRON":
        return False
    parts = [child for child in token.children if base(child) in {"flat", "appos"}]
    person = any(word.ent_type_ == "PER" for word in (token, *parts))
    if personal or person:
        return personal and person
    return view.is_agent(token) or ends_like(token, view.words.documents)


def _as_subject(view: View, token: Token) -> str | None:
    """The subject of the clause of which a word is the subject."""
    return next(
        (
            clause.subject
            for clause in view.clauses
            if clause.head == token.head.i or token.i in clause.tokens
        ),
        token.text,
    )
