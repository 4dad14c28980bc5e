"""The words of one language that the recogniser of people's names needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipeline.resources import language_data

_LONG = 5


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language that the cues need (`data/<lang>/people.toml`), lower case.

    `titles` can stand before a surname alone, `roles` are other nouns for people, `modifiers`
    stand before either. `things` are nouns for what bears a name and is no person, `long_things`
    those of them that are recognised at the end of a compound as well. Places name
    what `placed` lists, behind `of`; `locative` and `affiliations` are prepositions before places
    and bodies.
    """

    titles: frozenset[str]
    roles: frozenset[str]
    modifiers: frozenset[str]
    role_endings: tuple[str, ...]
    not_names: frozenset[str]
    things: frozenset[str]
    long_things: tuple[str, ...]
    placed: frozenset[str]
    of: frozenset[str]
    solid_endings: tuple[str, ...]
    locative: frozenset[str]
    spatial: frozenset[str]
    affiliations: frozenset[str]
    examples: frozenset[str]
    inclusions: frozenset[str]
    conjunctions: frozenset[str]
    articles: frozenset[str]
    after_names: frozenset[str]
    before_hyphen: frozenset[str]
    after_hyphen: frozenset[str]
    closings: frozenset[str]
    genitive: tuple[str, ...]
    clitics: frozenset[str]
    aliases: frozenset[tuple[str, ...]]

    def title(self, word: str) -> bool:
        """Whether a lower-case word is a title or an office that can precede a surname."""
        return _last_part(word) in self.titles

    def role(self, word: str, lemma: str, *, small: bool) -> bool:
        """Whether a lower-case word is a title or another noun for what a person is or does.

        An ending tells only where the text writes the word small: names end in anything.
        """
        part = _last_part(word)
        if part in self.titles or part in self.roles:
            return True
        return small and (
            lemma in self.titles or lemma in self.roles or part.endswith(self.role_endings)
        )

    def thing(self, word: str, lemma: str) -> bool:
        """Whether a lower-case word is a noun for a thing that bears a name: a party, a river."""
        return any(form in self.things or form.endswith(self.long_things) for form in (word, lemma))

    def ruled(self, tail: str) -> bool:
        """Whether a lower-case noun, or its genitive, stands behind a ruler's name: `-regime`."""
        return tail in self.after_hyphen or tail.removesuffix("s") in self.after_hyphen


def _last_part(word: str) -> str:
    """`rapporteur` of `vn-rapporteur`; the word without its final dot."""
    return word.rstrip(".") if "-" not in word else word.rstrip(".").rpartition("-")[2]


@cache
def words_of(lang: str) -> Words:
    """The words of a language."""
    data = language_data(lang, "people")

    def some(key: str) -> frozenset[str]:
        return frozenset(data[key])

    return Words(
        some("titles"),
        some("roles"),
        some("modifiers"),
        tuple(data["role_endings"]),
        # English names of organisations stand in texts of every language.
        some("not_names") | frozenset(language_data("en", "people")["not_names"]),
        some("things"),
        # What ends a compound: the short ones (`act`, `ön`) end other words as well.
        tuple(word for word in data["things"] if len(word) >= _LONG),
        some("placed"),
        some("of"),
        tuple(data["solid_endings"]),
        some("locative"),
        some("spatial"),
        some("affiliations"),
        some("examples"),
        some("inclusions"),
        some("conjunctions"),
        some("articles"),
        some("after_names"),
        some("before_hyphen"),
        some("after_hyphen"),
        some("closings"),
        tuple(data["genitive"]),
        some("clitics"),
        frozenset(tuple(phrase.split()) for phrase in data["aliases"]),
    )
