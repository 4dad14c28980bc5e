"""Stable keys: a digest of what a row says, so that edits elsewhere in a document change none.

A text that occurs several times in a document is told apart by its rank among its equals.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

_HEX_DIGITS = 12  # 48 bits: a clash inside one document is out of reach


def digest(*parts: str) -> str:
    """The first 12 hexadecimal digits of the parts' SHA-256."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:_HEX_DIGITS]


def text_keys(doc_id: str, letter: str, texts: Iterable[str]) -> list[str]:
    """One key a text, in order: `letter-nl:s:0a1b2c3d4e5f`, the second equal text with `.2`."""
    seen: Counter[str] = Counter()
    keys = []
    for text in texts:
        value = digest(text)
        seen[value] += 1
        rank = "" if seen[value] == 1 else f".{seen[value]}"
        keys.append(f"{doc_id}:{letter}:{value}{rank}")
    return keys
