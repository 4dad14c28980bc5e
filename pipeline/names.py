"""What every stage may know of people's names: particles, and the ASCII form used in ids."""

from __future__ import annotations

import unicodedata
from functools import cache

from pipeline.resources import table

# Letters that Unicode does not decompose, in the usual ASCII transcription.
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "‐": "-",
        "‑": "-",
        "–": "-",
        "—": "-",
    }
)


@cache
def particles() -> frozenset[str]:
    """Lower-case words that stand inside or before surnames: `van`, `de`, `von`, `al`."""
    return frozenset(row["particle"] for row in table("particles"))


@cache
def binding_particles() -> frozenset[str]:
    """The particles that are no other word: `von`, `bin`, `der`."""
    return frozenset(row["particle"] for row in table("particles") if row["binding"] == "yes")


@cache
def patronymics() -> frozenset[str]:
    """Lower-case words for son and daughter that stand behind a father's name: `kyzy`."""
    return frozenset(row["word"] for row in table("patronymics"))


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens: `Wies de Graeve` → `wies-de-graeve`."""
    lowered = text.lower().translate(_LETTERS)
    folded = unicodedata.normalize("NFKD", lowered).encode("ascii", "ignore").decode()
    # An apostrophe joins (O'Brien → obrien); anything else between letters or digits parts.
    joined = folded.replace("'", "")
    return "-".join("".join(c if c.isalnum() else " " for c in joined).split()) or "unnamed"
