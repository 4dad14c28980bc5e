"""The words of demands in a language, read from `data/<lang>/demands.toml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.resources import language_data


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
    demanding: frozenset[str]
    """verbs of calling whose object is what is asked, not who is asked"""
    with_content: frozenset[str]
    """verbs that call only where a clause says for what"""


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
        demanding=_skeletons(data["demanding"]),
        with_content=_skeletons(data["with_content"]),
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
    return single.rstrip("aenj") or single


def _inverted(acts: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {word: act for act, words in acts.items() for word in words}


def _verbs(acts: Mapping[str, Sequence[str]]) -> dict[tuple[str, str], str]:
    return {
        (skeleton(entry.partition(" ")[0]), entry.partition(" ")[2]): act
        for act, entries in acts.items()
        for entry in entries
    }


def _skeletons(lemmas: Sequence[str]) -> frozenset[str]:
    return frozenset(skeleton(lemma) for lemma in lemmas)
