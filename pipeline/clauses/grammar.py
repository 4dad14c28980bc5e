"""The words of a language that the clause grammar needs, read from `data/<lang>/clauses.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.resources import language_data


@dataclass(frozen=True, slots=True)
class ModalRule:
    """`value` holds where all `lemmas` stand among a predicate's modals; earlier rules win."""

    lemmas: frozenset[str]
    value: str
    negated: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """Closed word classes; every set holds lower-case lemmas or forms as its comment says."""

    infinitive_markers: frozenset[str]
    """forms: `te`, `to`, `att`"""
    infinitive_openers: frozenset[str]
    """forms that open an infinitive clause before its marker (`om … te`)"""
    bound_prepositions: frozenset[str]
    """forms that before a bare noun and the marker are no particle (`in staat te stellen`)"""
    weak_markers: frozenset[str]
    """infinitive markers whose repetition opens no new infinitive clause (`om … te … en te …`)"""
    focus: frozenset[str]
    """forms that, after punctuation, open the subordinate clause they stand before (`mainly by`)"""
    complementizers: frozenset[str]
    """forms that open a finite clause after a noun or verb: `dat`, `that`, `att`"""
    declarative: frozenset[str]
    """those of the complementizers that open no question or condition: `that`"""
    conditional: frozenset[str]
    """those of the complementizers that open a condition as well (`if`, `om`)"""
    connectives: frozenset[str]
    """adverbs that link a sentence to the one before (`echter`)"""
    item_verbs: frozenset[str]
    """verb forms that look like plural nouns, with which an item without subject may open"""
    relative_words: frozenset[str]
    """forms: `die`, `which`, `som`"""
    relative_pronouns: frozenset[str]
    """those of the relative words that open no indirect question or complement after a noun"""
    free_relatives: frozenset[str]
    """lemmas or forms of pronouns that open a relative clause with no antecedent: `what`"""
    absorbing: frozenset[str]
    """lemmas of verbs whose infinitive with a bare marker is part of the same predicate"""
    absorbing_passives: frozenset[str]
    """lemmas that do so only where the infinitive is passive (`is to be adopted`)"""
    deverbal_prepositions: frozenset[str]
    """forms of participles that are prepositions and head no clause (`given`, `inbegripet`)"""
    attributive_participles: frozenset[str]
    """participles that, right before a noun without determiner, are adjectives (`remaining`)"""
    inverting: frozenset[str]
    """forms of auxiliaries that, before their subject, open a condition (`had we known`)"""
    closing: frozenset[str]
    """predicate adjectives behind which an infinitive with a weak marker begins (`bereid`)"""
    negations: frozenset[str]
    """lemmas or forms of adverbs and determiners that negate"""
    stranded: frozenset[str]
    """forms of prepositions and particles that go with a `pronominal` word before them"""
    governed_prepositions: frozenset[str]
    """forms of prepositions before `att` that a verb or noun governs (`tänka på att`)"""
    pronominal: frozenset[str]
    """forms of adverbs that announce a clause after a preposition (`er … van dat`)"""
    compounds: frozenset[str]
    """an adjective and what is no copula behind it (`human being`)"""
    separable: frozenset[str]
    """`lemma particle` whose particle parsers take for part of a conjunction (`slå fast att`)"""
    deponents: frozenset[str]
    """lemmas of verbs whose form is passive and whose voice is not (`hoppas`)"""
    announcing: frozenset[str]
    """pronominal adverbs that announce an infinitive before its own words (`ertoe … te`)"""
    bare_governors: frozenset[str]
    """lemmas of verbs, no auxiliaries, that govern an infinitive without marker (`tvingas`)"""
    perfect: frozenset[str]
    """lemmas of auxiliaries with which a participle is active"""
    measured: frozenset[str]
    """conjunctions before which a noun of `periods` says how long (`two weeks after`)"""
    adversatives: frozenset[str]
    """conjunctions that answer `not only`: `but`, `maar`, `utan`"""
    infinitive_nouns: frozenset[str]
    """lemmas of nouns that take an infinitive (`the right to …`)"""
    bare_relatives: frozenset[str]
    """relative words that no preposition can precede (`die`, but `aan wie`)"""
    singular_relatives: frozenset[str]
    """relative words that cannot refer to a plural, after which they open a complement (`dat`)"""
    gerund_prepositions: frozenset[str]
    """prepositions before which a gerund and a bare noun are verb and object (`without`)"""
    copulas: frozenset[str]
    """lemmas of the copula with which an `adjectival` participle is an adjective"""
    linking: frozenset[str]
    """lemmas of verbs with which a participle right behind is the predicate (`bli namngiven`)"""
    idioms: frozenset[str]
    """`lemma to word` whose last word is no infinitive (`hold to account`)"""
    participial_conjunctions: frozenset[str]
    """participles that, behind a comma, open a finite clause without `that` (`provided`)"""
    sequential: frozenset[str]
    """participles that are prepositions except behind a noun of `periods` (`following`)"""
    periods: frozenset[str]
    """lemmas of nouns for a stretch or point of time (`month`)"""
    only: frozenset[str]
    """forms that keep a negation before them from negating the clause (`not only`)"""
    present_participles: frozenset[str]
    """endings of participles that are active"""
    asking: frozenset[str]
    """lemmas of verbs whose object is the subject of the infinitive under them (`urge`)"""
    attribution: frozenset[str]
    """lemmas of verbs of reporting"""
    quasi_auxiliaries: frozenset[str]
    """lemmas of verbs that give their place as predicate to a bare infinitive under them"""
    phrasal: frozenset[tuple[str, ...]]
    """forms of conjunctions of two or three words (`even if`)"""
    focus_phrases: frozenset[tuple[str, ...]]
    """the same as `focus`, of several words (`in particular`)"""
    attributive_endings: tuple[str, ...]
    """endings of participles that only stand before a noun (`bedoelde`)"""
    gerund_endings: tuple[str, ...]
    """endings of present participles, which make a gerund clause"""
    opener_phrases: frozenset[tuple[str, ...]]
    """the same as `infinitive_openers`, of two words (`ten einde … te`)"""
    finite_phrases: frozenset[tuple[str, ...]]
    """those of `phrasal` that open no infinitive (`därför att`)"""
    adjectival: Mapping[str, str]
    """forms of participles that under a copula are adjectives, and their lemmas"""
    modality: tuple[ModalRule, ...]
    verb_second: bool
    """whether the finite verb of a main clause stands second, the subject behind it if need be"""
    particle_first: bool
    """whether a separable particle precedes the verb in the lemma (`aandringen`)"""

    def is_modal(self, lemma: str) -> bool:
        """Whether a verb is one that modifies another, with a bare marker or none."""
        return lemma in self.absorbing and any(lemma in rule.lemmas for rule in self.modality)

    def modality_of(self, lemmas: frozenset[str], negated: bool) -> str | None:
        """The modality that the modal lemmas of one predicate express together."""
        for rule in self.modality:
            if rule.lemmas <= lemmas:
                return (rule.negated if negated else rule.value) or None
        return None


@cache
def grammar(lang: str) -> Grammar:
    """The grammar's words for `lang`.

    Raises:
        FileNotFoundError: when the language has no data.
    """
    data = language_data(lang, "clauses")
    return Grammar(
        **{name: frozenset(words) for name, words in data["words"].items()},
        phrasal=_phrases(data["phrasal_conjunctions"]),
        focus_phrases=_phrases(data["focus_phrases"]),
        opener_phrases=_phrases(data["opener_phrases"]),
        finite_phrases=_phrases(data["finite_phrases"]),
        adjectival=data["adjectival"],
        verb_second=data["verb_second"],
        attributive_endings=tuple(data["attributive_endings"]),
        gerund_endings=tuple(data["gerund_endings"]),
        modality=tuple(_rule(row) for row in data["modality"]),
        particle_first=data["particle_first"],
    )


def _phrases(phrases: Iterable[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.split()) for phrase in phrases)


def _rule(row: dict[str, Any]) -> ModalRule:
    return ModalRule(frozenset(row["lemmas"]), row["value"], row.get("negated", row["value"]))
