"""What a title of the Parliament is about, in words that are the same in every language.

The register (`data/ep_texts.tsv`) has its subjects in English, and a text cites a resolution in its
own language. Here the words of a Dutch or Swedish title become English ones, as far as the glossary
(`data/glossary.tsv`, `data/subject-words.tsv`) has them; what stands between them is passed over.
They do not name anything: they are evidence of which of a sitting's texts is meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from pipeline.entities import instrument_lexicon
from pipeline.resources import language_data, table

_TABLES = ("glossary", "subject-words", "instrument-types")
_LONGEST = 7
_SHORTEST_PART = 4
_SMALL = frozenset("and of or against for in with between".split())
_ENGLISH = "en"


def concepts(text: str, lang: str) -> frozenset[str]:
    """The stems of a text's words in English; of another language's, those that are known.

    A word that the glossary does not have stands for itself: names are alike in every language.
    """
    own = frozenset(_keys(text, _ENGLISH)) - _SMALL
    return own if lang == _ENGLISH else own.union(*_translated(_keys(text, lang), lang))


def known(text: str, lang: str) -> tuple[frozenset[str], ...]:
    """What a text certainly speaks of: what each of its words in the glossary may stand for."""
    if lang == _ENGLISH:
        return tuple(frozenset((stem,)) for stem in concepts(text, lang) & _english())
    return tuple(_translated(_keys(text, lang), lang))


def _translated(keys: Sequence[str], lang: str) -> Iterator[frozenset[str]]:
    """The English stems of each longest group of keys that the glossary has."""
    at = 0
    while at < len(keys):
        for length in range(min(_LONGEST, len(keys) - at), 0, -1):
            if found := _glossary(lang).get(tuple(keys[at : at + length])):
                yield found
                at += length
                break
        else:
            if found := _compound(keys[at], lang):
                yield found
            at += 1


def _compound(word: str, lang: str) -> frozenset[str]:
    """The English stems of a compound of two known words: `wapensystemen`."""
    for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        first, second = _part(word[:at], lang), _part(word[at:], lang)
        if first and second:
            return first | second
    return frozenset()


def _part(word: str, lang: str) -> frozenset[str]:
    """The English stems of one part of a compound, with or without the letter that links it."""
    for link in ("", *language_data(lang, "instruments")["compounds"]["links"]):
        bare = word.removesuffix(link)
        if len(bare) >= _SHORTEST_PART and (
            found := _glossary(lang).get(tuple(_keys(bare, lang)), frozenset())
        ):
            return found
    return frozenset()


def _keys(text: str, lang: str) -> list[str]:
    """The stems of a text's words, without marks and what only introduces a subject."""
    keys = instrument_lexicon.lexicon(lang).normaliser.keys(text)
    return [key.text for key in keys if key.text[0].isalnum()]


@cache
def _glossary(lang: str) -> Mapping[tuple[str, ...], frozenset[str]]:
    """The English stems that a group of a language's keys may stand for."""
    found: dict[tuple[str, ...], frozenset[str]] = {}
    for name in _TABLES:
        for row in table(name):
            english = frozenset(_keys(row["label"], _ENGLISH)) - _SMALL
            for written in filter(None, (row.get(f"names_{lang}") or "").split("|")):
                keys = tuple(_keys(written, lang))
                if keys and english:
                    found[keys] = found.get(keys, frozenset()) | english
    return found


@cache
def _english() -> frozenset[str]:
    """Every English stem of the glossary."""
    labels = (row["label"] for name in _TABLES for row in table(name))
    return frozenset(stem for label in labels for stem in _keys(label, _ENGLISH)) - _SMALL
