"""Says what each block is: heading, paragraph, list item, recital, signature …

Here each block is looked at alone; `surroundings` looks at its neighbours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.layout.lexicon import Lexicon
from pipeline.layout.lines import is_open, starts_lower

HEADING_CHARS = 200
SHORT_CHARS = 120
BODY_CHARS = 80
CAPTION_CHARS = 300
# Names of file formats and sizes: `PDF 143kWORD 48k`.
# `Home › News › Statements`: where a page stands on its site.
_TRAIL = re.compile(r"(?:[^›»>]{1,40}\s[›»>]\s){1,8}[^›»>]{1,80}")
_DOWNLOADS = re.compile(
    r"(?:(?:PDF|DOCX?|WORD|XML|HTML|EPUB|\d{1,6}(?:[.,]\d{1,3})?\s?[kKM]i?[bB]?)[\s()|,/]{0,3}){2,8}"
)
# `RC-B9-0144/2021`, `PV 11/02/2021 - 6.2`, `P9_TA(2021)0056`: capitals, digits and signs.
CODE = re.compile(
    r"(?=[^\d]{0,40}\d)[A-ZÅÄÖ0-9()\[\]_/.:–-]{1,120}(?:\s{1,2}[A-ZÅÄÖ0-9()\[\]_/.:–-]{1,120}){0,5}"
    r"(?:rev\.?|\s|\d)*"
)
_WEB = re.compile(r"<?(?:https?://|www\.)\S{1,2000}>?")
# `Debatter :`, `Dokumentgång : A6-0086/2005`, not the title `Belarus: Raad neemt conclusies aan`.
_LABELLED_VALUE = re.compile(
    r"[^\W\d_][^:.!?;]{1,40}(?:\s:(?:\s.{0,80})?|:(?:\s[^a-zåäö]{1,60})?)\Z"
)
# A telephone number or an address of e-mail.
ADDRESS = re.compile(
    r"(?<![\w/])(?:\+\s?|\(?0)\d[\d\s()./-]{6,20}\d(?![\w/])|[\w.+-]{1,60}@[\w-]{1,60}\.[\w.-]{2,60}"
)
_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?:\s?(?:uur|h|am|pm))?")
# A motion and its political group, as joint motions list them.
_MOTION = re.compile(r"(?:RC-)?[ABCO]\d{1,2}[-‑]\d{4}/\d{4}\}?(?:\s\([\w&/ ]{2,20}\))?")
# Names alone, three at least: `Anna Berg, Jean-Luc de Wit, Seán O’Neill`.
_NAMES = re.compile(
    r"(?:[A-ZÅÄÖÉŽŠČŁŚĆØ][^\s\d,;:.]{1,30}(?:\s(?:[a-z]{1,3}\s){0,2}[A-ZÅÄÖÉŽŠČŁŚĆØ][^\s\d,;:]{1,30}){1,5},\s){2,99}"
    r"[A-ZÅÄÖÉŽŠČŁŚĆØ]"
)
PARTS = re.compile(r"\s[|•·/–-]\s")
_TOKENS = re.compile(r"[^\s|/,·•;]+")
_SENTENCE_END = re.compile(r"[a-zåäöé]{3}\.\s[A-ZÅÄÖÉ]")
# A line of nothing but Markdown links.
LINKS = re.compile(r"(?:[-*+|·•]?\s{0,4}\[[^\[\]\n]{1,300}\]\(\S{1,2000}?\)\s{0,4}){1,12}")
_NUMBERED_HEADING = re.compile(r"[IVXLC]{1,6}[.)]|\d{1,3}(?:\.\d{1,3}){1,3}\.?")


@dataclass(slots=True)
class Draft:
    """A block while its kind is being found. `text` is its cleaned text, with the label.

    `hashes` says that Markdown marks it as a heading, `linked` that it is a Markdown link and
    nothing else, `inside` that it is a note in the middle of another block, `gap` is the number of
    blank lines above, `article` the number of an article.
    """

    text: str
    start: int
    label: str | None
    style: str | None
    residue: bool
    inside: bool = False
    hashes: bool = False
    emphasised: bool = False
    linked: bool = False
    gap: int = 0
    article: str | None = None
    kind: str = ""

    @property
    def rest(self) -> str:
        """The text behind the label."""
        return self.text[len(self.label) :].lstrip() if self.label else self.text

    @property
    def short(self) -> bool:
        """Whether this may be a line of a letterhead, a signature or a menu."""
        return len(self.text) <= SHORT_CHARS and is_open(self.text) and self.text[-1] != ";"


def alone(draft: Draft, words: Lexicon, *, in_head: bool) -> str:
    """The kind of a block by itself; `in_head` says that no running text stands above it."""
    text = draft.text
    if draft.residue or is_furniture(draft, words):
        return "furniture"
    if draft.inside or draft.style in ("superscript", "square", "plain"):
        return "footnote"
    if draft.hashes:
        return "heading"
    if _is_article(draft, words):
        return "article"
    if _is_salutation(text, words):
        return "salutation"
    if len(text) <= SHORT_CHARS and words.signatories.fullmatch(text):
        return "signature"
    if len(text) <= 60 and words.closing.match(text) and is_open(text):
        return "signature"
    if _is_metadata(draft, words, in_head=in_head):
        return "metadata"
    if is_recital(draft, words):
        return "recital"
    if draft.label is not None:
        return "heading" if _is_numbered_heading(draft) else "list_item"
    return "heading" if _is_heading(draft, words) else "paragraph"


def is_furniture(draft: Draft, words: Lexicon) -> bool:
    """Whether this is part of a menu, a caption or a link."""
    text = draft.text
    credit = words.credit.search(text)
    if credit and is_open(text) and len(text) - credit.end() <= 80 and len(text) <= CAPTION_CHARS:
        return True
    if len(text) > SHORT_CHARS and not words.furniture_opening.match(text):
        return False
    bare = text.casefold().strip(" \t.:…›»→>|‹«←<-*•·")
    if bare in words.furniture and not text.endswith(":"):
        return True
    if (
        is_language_switch(text, words)
        or _is_button_row(bare, words)
        or (draft.linked and not draft.hashes)
    ):
        return True
    if _DOWNLOADS.fullmatch(text) or _WEB.fullmatch(text):
        return True
    trail = text.split(" / ")
    if is_open(text) and (
        _TRAIL.fullmatch(text) or (len(trail) > 1 and trail[0].casefold() in words.furniture)
    ):
        return True
    if words.furniture_opening.match(text.lstrip("«‹←< ")) and len(text) <= 200:
        return True
    return (
        len(text) <= 60
        and draft.label is None
        and is_open(text)
        and not draft.hashes
        and words.link_opening.match(text) is not None
    )


def _is_button_row(text: str, words: Lexicon) -> bool:
    """Whether every word of a line is a button: `Facebook Twitter E-mail`."""
    buttons = text.split()
    return len(buttons) > 1 and all(button in words.furniture for button in buttons)


def is_language_switch(text: str, words: Lexicon) -> bool:
    """Whether these are the links to a page's versions: `nl fr de en`, `English | Svenska`."""
    names = _TOKENS.findall(text.casefold())
    return len(names) > 1 and all(name in words.language_names for name in names)


def _is_article(draft: Draft, words: Lexicon) -> bool:
    found = words.article.match(draft.text)
    if found is None or draft.label is not None:
        return False
    rest = draft.text[found.end() :].strip(" .:–—-")
    if not found[2] and rest and (len(rest) > SHORT_CHARS or not is_open(rest)):
        return False
    draft.article = found[1] or found[2]
    return True


def _is_salutation(text: str, words: Lexicon) -> bool:
    if len(text) > SHORT_CHARS or not words.salutation.match(text):
        return False
    if text[-1] in ",!:":
        return True
    # Without a comma it must look like a name: `Geachte heer De Croo`, not `Beste praktijken`.
    last = text.split()[-1]
    return text.count(" ") in (1, 2, 3, 4, 5) and last[0].isupper() and is_open(text)


def _is_metadata(draft: Draft, words: Lexicon, *, in_head: bool) -> bool:
    text = draft.text
    if draft.label is not None or len(text) > 400:
        return False
    if text.casefold().strip(" .:()") in words.metadata_lines:
        return True
    if len(text) <= SHORT_CHARS and (words.date_line.fullmatch(text) or CODE.fullmatch(text)):
        return True
    if _MOTION.fullmatch(text):
        return True
    if len(text) <= SHORT_CHARS and _is_dateline(text, words, in_head=in_head):
        return True
    if len(text) <= SHORT_CHARS and _is_contact(text, words):
        return True
    labelled = words.metadata_label.match(text)
    if labelled and (in_head or labelled.end() < len(text)) and not _is_sentence(text):
        return True
    if not in_head or not draft.short:
        return False
    return bool(words.bare_label.match(text) or _LABELLED_VALUE.match(text))


def _is_dateline(text: str, words: Lexicon, *, in_head: bool) -> bool:
    """`Nieuwsbericht | 26-01-2024 | 14:30`, `Uppdaterad 3 maj 2024`.

    Above the text the publisher's name may stand between them.
    """
    parts = PARTS.split(text.strip(" |•·"))
    dated = any(_is_dated(part, words) for part in parts)
    told = dated or any(part.casefold() in words.metadata_lines for part in parts)
    return (dated or in_head) and all(
        part.casefold() in words.metadata_lines
        or _is_dated(part, words)
        or _TIME.fullmatch(part)
        or (told and in_head and len(parts) > 1 and len(part) <= 40 and is_open(part))
        for part in parts
    )


def _is_dated(text: str, words: Lexicon) -> bool:
    """Whether a text is a date, with a time or a label such as `Published` at most."""
    label = words.bare_label.match(text)
    bare = text[label.end() :] if label else text
    return bool(words.date_line.fullmatch(bare) or words.stamp.fullmatch(bare))


def _is_contact(text: str, words: Lexicon) -> bool:
    """Whether a line is a telephone number or an address of e-mail, and nothing else."""
    if not ADDRESS.search(text) or not is_open(text):
        return False
    rest = words.contact_word.sub("", ADDRESS.sub("", text))
    return re.search(r"[^\W\d_]{3,}", rest) is None


def _is_sentence(text: str) -> bool:
    return len(text) > SHORT_CHARS and not is_open(text)


def is_recital(draft: Draft, words: Lexicon) -> bool:
    """Whether it opens like a recital and does not end a sentence, or is labelled."""
    if not words.recital_opening.match(draft.rest):
        return False
    if draft.style in ("bullet", "letter", "bracket"):
        return True
    text = draft.text.casefold().rstrip(" :")
    closed = draft.text[-1] in ",;" or text.endswith(words.recital_leads)
    return draft.label is None and len(draft.text) > 40 and closed


def _is_numbered_heading(draft: Draft) -> bool:
    rest = draft.rest
    if not rest or len(rest) > SHORT_CHARS or not is_open(rest) or rest[-1] in ",;":
        return False
    if rest.isupper() and len(rest) > 3:
        return True
    return (
        not starts_lower(rest)
        and draft.label is not None
        and _NUMBERED_HEADING.fullmatch(draft.label) is not None
    )


def _is_heading(draft: Draft, words: Lexicon) -> bool:
    text = draft.text
    if len(text) > HEADING_CHARS or text[-1] in ",;:" or starts_lower(text):
        return False
    if len(text) > BODY_CHARS and _SENTENCE_END.search(text):
        return False
    if any(text.casefold().rstrip(" .").endswith(formula) for formula in words.enacting_formulas):
        return False
    if words.division.fullmatch(text):
        return True
    if _NAMES.match(text) or words.group_line.search(text):
        return False
    letters = [char for char in text if char.isalpha()]
    if not letters or text.rpartition(" ")[2].casefold() in words.continuing_words:
        return False
    if draft.emphasised or all(char.isupper() for char in letters):
        return is_open(text) or len(text) <= SHORT_CHARS
    return is_open(text) or (text[-1] == "?" and len(text) <= BODY_CHARS and ". " not in text)
