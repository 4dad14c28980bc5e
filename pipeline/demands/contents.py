"""What is asked, condemned or promised: the clauses that an act governs."""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.demands.view import View, base

_CONTENT = frozenset({"complement", "infinitive", "participial", "subject", "main"})
_GOVERNED = frozenset({"xcomp", "ccomp", "csubj"})
_ASKING = frozenset({"call", "commit"})


def contents(view: View, index: int, act: str) -> tuple[int, ...]:
    """The clauses that say what the act of clause `index` is about, and those coordinated to them.

    The clause itself, where no other says it: then a noun phrase in it does.
    """
    first = _first(view, index, act)
    found = {
        other
        for child in first
        for other in [child, *view.coordinates(child)]
        if view.clauses[other].kind in _CONTENT | {"coordinate", "adverbial"}
    }
    return tuple(sorted(found)) or (index,)


def itself(view: View, index: int) -> tuple[int, ...]:
    """A clause that is its own content, with the predicates that share its modal or its item."""
    shared = [
        child
        for child in view.coordinates(index)
        if view.clauses[child].kind in {"coordinate", "main", "infinitive"}
        and not stands_alone(view, child)
        and _is_gerund(view, child) <= _is_gerund(view, index)
    ]
    return (index, *shared)


def _is_gerund(view: View, index: int) -> bool:
    """Whether a predicate is a gerund, which no modal or imperative shares with a verb."""
    return any(f"VerbForm={form}" in str(view.head(index).morph) for form in ("Ger", "Part"))


def stands_alone(view: View, index: int) -> bool:
    """Whether a coordinated clause has a subject or a finite auxiliary of its own."""
    return any(
        (base(child) == "nsubj" and child.i < view.head(index).i)
        or (base(child) in {"aux", "cop"} and "VerbForm=Fin" in str(child.morph))
        for child in view.head(index).children
    )


def _first(view: View, index: int, act: str) -> list[int]:
    head = view.head(index)
    noun = _object_noun(view, index)
    clausal = [
        child
        for child in view.children[index]
        if _says_what(view, child)
        and view.clauses[child].head > head.i
        and (view.clauses[child].marker or "") not in view.words.circumstances
    ]
    if act not in _ASKING and noun is not None:
        lemma = noun.lemma_.lower()
        carries = lemma in view.words.carriers or lemma in view.words.nouns
        return [child for child in clausal if carries and view.clauses[child].head > noun.i][:1]
    governed = [child for child in clausal if _governed(view, child)]
    if governed or act not in _ASKING:
        return [child for child in governed if not _tells_purpose(view, governed[0], child)]
    # What a parser hangs elsewhere is content all the same, unless its marker tells a purpose.
    return [child for child in clausal if view.clauses[child].marker in view.words.content_markers]


def _tells_purpose(view: View, first: int, other: int) -> bool:
    """Whether an infinitive beside the one that says what has a fuller marker (`om te`, `te`)."""
    what, marker = view.clauses[first].marker, view.clauses[other].marker
    return what is not None and marker is not None and marker.endswith(f" {what}")


def _says_what(view: View, index: int) -> bool:
    """Whether a clause is of a kind that may be content; parsers call some of them adverbial."""
    clause = view.clauses[index]
    return clause.kind in _CONTENT or (
        clause.kind == "adverbial" and clause.marker in view.words.content_markers
    )


def _governed(view: View, index: int) -> bool:
    """Whether a clause is an argument of what stands above it, not its circumstance."""
    clause = view.clauses[index]
    if clause.marker in view.words.relative_markers:
        return False
    return (
        clause.kind in {"complement", "subject", "adverbial"} or base(view.head(index)) in _GOVERNED
    )


def _object_noun(view: View, index: int) -> Token | None:
    """The noun behind a clause's predicate that is its object."""
    inside = frozenset(view.clauses[index].tokens)
    return next(
        (
            child
            for child in view.head(index).children
            if child.i in inside
            and base(child) == "obj"
            and child.pos_ in {"NOUN", "PROPN"}
            and child.i > view.head(index).i
        ),
        None,
    )
