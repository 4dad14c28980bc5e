"""The words of demands in a language, read from `data/<lang>/demands.toml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.resources import language_data

_SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of `data/<lang>/demands.toml`, turned from act → words into word → act.

    Verbs are given by their `skeleton`; `verbs` has pairs of verb and preposition, which may be "".
    """

    verbs: Mapping[tuple[str, str], str]
    adjectives: Mapping[str, str]
    nouns: Mapping[str, str]
    expressing: frozenset[str]
    strong_words: frozenset[str]
    strong_verbs: frozenset[str]
    addressee_prepositions: frozenset[str]
    speaker_pronouns: frozenset[str]
    opinion: frozenset[str]
    opinion_nouns: frozenset[str]
    demanding: frozenset[str]
    """verbs of calling whose object is what is asked, not who is asked"""
    with_content: frozenset[tuple[str, str]]
    """those of `verbs` that call only where a clause says for what"""
    conditional: frozenset[str]
    """forms of auxiliaries under which nothing is done yet (`would welcome`)"""
    dissuading: frozenset[str]
    """verbs of calling whose object is who is asked, what is asked being a noun phrase"""
    needs: frozenset[str]
    """adjectives and nouns that call for what a clause says to be so (`it is crucial to`)"""
    carriers: frozenset[str]
    """nouns that stand for the clause that they govern (`the importance of continuing`)"""
    constitutive: frozenset[str]
    """verbs of provisions that say what holds, not what is to be done"""
    circumstances: frozenset[str]
    """markers of clauses that say how or to what end, not what"""
    content_markers: frozenset[str]
    """markers of clauses that say what is asked"""
    relative_markers: frozenset[str]
    """relative words that open no content"""
    impersonal: frozenset[str]
    """forms of pronouns that denote nobody"""
    anaphors: frozenset[str]
    """those of them that may stand for the body that spoke in the sentence before"""
    third_person_endings: tuple[str, ...]
    """endings of the present by which an item shows that it speaks for a body named above"""
    third_persons: frozenset[str]
    """pronouns of the third person singular that stand for a person"""
    list_openers: frozenset[str]
    """words other than a colon after which a line's list items go on (`uppmanar regeringen att`)"""
    courtesies: tuple[str, ...]
    """openings of formulas that perform nothing (`Thank you, Mr President`)"""
    agents: tuple[str, ...]
    """how words for people, bodies and states end"""
    things: tuple[str, ...]
    """how words for acts and documents end, which a capital does not make a body"""
    documents: tuple[str, ...]
    """how words for texts end that speak for their authors"""


@cache
def lexicon(lang: str) -> Lexicon:
    """The words of demands in `lang`.

    Raises:
        FileNotFoundError: when the language has no data.
    """
    data = language_data(lang, "demands")
    return Lexicon(
        verbs=_verbs(data["verbs"]),
        adjectives=_inverted(data["adjectives"]),
        nouns=_inverted(data["nouns"]),
        expressing=_skeletons(data["expressing"]["lemmas"]),
        strong_words=frozenset(data["strong_words"]),
        strong_verbs=_skeletons(data["strong_verbs"]),
        addressee_prepositions=frozenset(data["addressee_prepositions"]),
        speaker_pronouns=frozenset(data["speaker_pronouns"]),
        opinion=_skeletons(data["opinion"]),
        opinion_nouns=frozenset(data["opinion_nouns"]),
        demanding=_skeletons(data["demanding"]),
        with_content=frozenset(_entry(entry) for entry in data["with_content"]),
        conditional=frozenset(data["conditional"]),
        dissuading=_skeletons(data["dissuading"]),
        needs=frozenset(data["needs"]),
        carriers=frozenset(data["carriers"]),
        constitutive=frozenset(data["constitutive"]),
        circumstances=frozenset(data["circumstances"]),
        content_markers=frozenset(data["content_markers"]),
        relative_markers=frozenset(data["relative_markers"]),
        impersonal=frozenset(data["impersonal"]),
        anaphors=frozenset(data["anaphors"]),
        third_persons=frozenset(data["third_persons"]),
        third_person_endings=tuple(data["third_person_endings"]),
        list_openers=frozenset(data["list_openers"]),
        courtesies=tuple(data["courtesies"]),
        agents=tuple(data["agents"]),
        things=tuple(data["things"]),
        documents=tuple(data["documents"]),
    )


def skeleton(lemma: str) -> str:
    """What stays of a verb's lemma when its spelling rules and ending are taken away.

    Lemmatisers guess the infinitive of a verb that they have not met (`onderstreept` becomes
    `onderstreepen`, `fördömer` `fördöme`): double letters, v and f, z and s, and the ending are
    where they go wrong.
    """
    plain = lemma.lower().replace("v", "f").replace("z", "s")
    single = "".join(
        letter for letter, before in zip(plain, " " + plain, strict=False) if letter != before
    )
    stem = single.rstrip("aenj")
    return stem if len(stem) >= _SHORTEST_STEM else single


def _inverted(acts: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {word: act for act, words in acts.items() for word in words}


def _verbs(acts: Mapping[str, Sequence[str]]) -> dict[tuple[str, str], str]:
    return {_entry(entry): act for act, entries in acts.items() for entry in entries}


def _entry(entry: str) -> tuple[str, str]:
    verb, _, preposition = entry.partition(" ")
    return skeleton(verb), preposition


def _skeletons(lemmas: Sequence[str]) -> frozenset[str]:
    return frozenset(skeleton(lemma) for lemma in lemmas)
