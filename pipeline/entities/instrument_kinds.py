"""Kinds of laws that many states have, under the English names that ids take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from pipeline.entities.instrument_context import key_of
from pipeline.resources import table


@cache
def kinds(lang: str) -> Mapping[str, str]:
    """English names of kinds of national laws, by the keys of what texts call them."""
    return {
        key_of(name, lang): row["label"]
        for row in table("national-laws")
        for name in row[f"names_{lang}"].split("|")
        if name
    }


def kind_of(key: str, lang: str) -> str | None:
    """The English name of a kind of law: the longest listed name with which the keys begin."""
    words = key.split()
    names = kinds(lang)
    return next(
        (names[k] for n in range(len(words), 0, -1) if (k := " ".join(words[:n])) in names), None
    )


def is_kind_of_law(name: str, lang: str) -> bool:
    """Whether a name is that of a kind of law that many countries have (`strafwetboek`)."""
    return key_of(name, lang) in kinds(lang)


def kinds_in_full(titles: Iterable[str], lang: str) -> set[str]:
    """The kinds of laws that some of the titles name in full."""
    keys = {key_of(kind, "en"): kind for kind in kinds(lang).values()}
    return {keys[key] for title in titles if (key := key_of(title, "en")) in keys}
