"""Cuts text into tokens, close to the UD treebanks of each language.

spaCy's rules for the language are the base. Added: document numbers with brackets stay whole
(`2021/2544(RSP)`, `P9_TA(2021)0056`, `7(1)`), two that an extractor fused are cut, footnote marks
are tokens of their own (`Kazakstan(1)`, `HRDs.¹`), and the abbreviations of `sentences.toml` keep
their full stop.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_suffix_regex

from pipeline.resources import language_data

_SUPERSCRIPTS = "⁰¹²³⁴-⁹"
# A number or code, then brackets: `2021/2544(RSP)`, `7(1)(a)`.
_CODE = (
    r"(?=[^()\s]{0,40}\d)[\w./-]{1,40}(?:\(\w{1,10}\)){1,4}[\d/]{0,12}"
    r"|[A-Z][\w-]{1,12}\(\d{4}\)\d{4}"
)
# `Chin’ono`, `N’Golo`, `d’Ivoire`, as with a straight apostrophe; not `zo’n`, `auto’s`, `we’re`.
_APOSTROPHE = r"[^\W\d_]{1,24}[’ʼ](?!(?:re|ve|ll|em)\Z)[^\W\d_]{2,24}"
_SUFFIXES = [
    rf"(?<=[^\W\d_])[{_SUPERSCRIPTS}]{{1,3}}",
    rf"(?<=[.,;:!?)”’\"'])[{_SUPERSCRIPTS}]{{1,3}}",
    r"(?<=[^\W\d_])\(\d{1,3}\)",
]
_INFIXES = [
    # `P9_TA(2021)0056RC-B9-0144/2021`: a zero-width cut.
    r"(?<=\(\d{4}\)\d{4})(?=[A-Z])",
    # `2021Rättsligt`: a year and the next line's word.
    r"(?<=\b(?:19|20)\d\d)(?=[A-ZÅÄÖ][a-zåäö]{2})",
]


def create(nlp: Language) -> Tokenizer:
    """The tokenizer for `nlp.lang`; `nlp` is a blank pipeline, whose own is the base."""
    base = nlp.tokenizer
    if not isinstance(base, Tokenizer):
        raise TypeError(f"{nlp.lang}: rules can only be added to spaCy's own tokenizer")
    defaults = nlp.Defaults
    data = language_data(nlp.lang, "tokenizer")
    abbreviations = language_data(nlp.lang, "sentences")
    tokenizer = Tokenizer(
        nlp.vocab,
        rules=dict(base.rules),
        prefix_search=base.prefix_search,
        suffix_search=compile_suffix_regex([*(defaults.suffixes or []), *_SUFFIXES]).search,
        infix_finditer=compile_infix_regex([*(defaults.infixes or []), *_INFIXES]).finditer,
        token_match=_token_match(data["solid_prefixes"]),
        url_match=base.url_match,
    )
    for word in (*abbreviations["abbreviations"], *abbreviations["final_abbreviations"]):
        for form in {word, word[0].upper() + word[1:]}:
            tokenizer.add_special_case(form, [{"ORTH": form}])
    return tokenizer


def _token_match(solid_prefixes: list[str]) -> Callable[[str], re.Match[str] | None]:
    """Matches what stays one token: codes, and words that open with a prefix and a hyphen."""
    patterns = [_CODE, _APOSTROPHE]
    if solid_prefixes:
        prefixes = "|".join(map(re.escape, solid_prefixes))
        patterns.append(rf"(?i:{prefixes})-[^\W\d_]{{2,40}}")
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns)).fullmatch
