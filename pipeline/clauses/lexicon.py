"""The words that decide on subjects and predicates, read from `data/<lang>/columns.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipeline.resources import language_data


@dataclass(frozen=True, slots=True)
class ColumnWords:
    """Closed word classes; sets of lower-case lemmas or forms as the comments say."""

    object_control: frozenset[str]
    """lemmas of verbs whose object is the subject of the infinitive under them"""
    control_prepositions: frozenset[str]
    """forms of prepositions with which such a verb may take what others take as object"""
    object_control_markers: frozenset[str]
    """markers under which the object of any verb is the subject (`from`, `från att`)"""
    control_openers: frozenset[str]
    """openers of an infinitive that do not turn what is asked into a purpose (`om`)"""
    reflexives: frozenset[str]
    """forms of pronouns that refer back to the subject"""
    expletives: frozenset[str]
    """forms of the pronoun that stands for a clause (`makes it possible to …`)"""
    personal: frozenset[str]
    """relative pronouns that may stand for persons: `who`, `die`, `som`"""
    sentential: frozenset[str]
    """relative pronouns that stand for a whole clause"""
    particleless: frozenset[str]
    """lemmas of verbs that have no particles"""
    noun_particles: frozenset[str]
    """forms of nouns that are particles (`plaatsvinden`); empty where any may be"""
    prepositional: frozenset[str]
    """`lemma preposition` that parsers take for a verb and its particle"""
    prefixes: frozenset[str]
    """prefixes and separable particles of verbs"""


@cache
def column_words(lang: str) -> ColumnWords:
    """The words for `lang`.

    Raises:
        FileNotFoundError: when the language has no data.
    """
    data = language_data(lang, "columns")
    prefixes = frozenset(language_data(lang, "lemmas")["verb_prefixes"])
    return ColumnWords(
        **{name: frozenset(words) for name, words in data.items()}, prefixes=prefixes
    )
