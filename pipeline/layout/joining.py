"""Joins the lines that a page wrapped, and removes the page's residue from between them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.layout import labels, lines
from pipeline.layout.groups import (
    Group,
    closes_bracket,
    is_next_signatory,
    label_is_all,
    label_of,
)
from pipeline.layout.kinds import CODE, SHORT_CHARS, is_language_switch
from pipeline.layout.lexicon import Lexicon
from pipeline.layout.lines import Line, Page, is_open, starts_lower

_LAST_WORD = re.compile(r"([^\W\d_][\w'’.&-]*|&)\W{0,2}\Z")
_INITIAL = re.compile(r"[A-Z]\.(?=\s)")
_SURNAME = re.compile(
    r"\s(?:[A-Z]\.\s?){0,4}(?:[a-z'’]{1,4}\s){0,3}[A-ZÅÄÖÉ][a-zåäöé]\S{1,20}(?:[\s-][A-ZÅÄÖÉ][a-zåäöé]\S{1,20})?"
)
_URL = re.compile(r"(?:https?://|www\.)\S{1,2000}\Z")
_HYPHENATED = re.compile(r"([\w-]{1,60})-\Z")
# Characters at the end of a line that are looked at.
_REACH = 70
_FIRST_WORD = re.compile(r"\w[\w-]{0,60}")
_HASHES = re.compile(r"#{1,6}\s")
_WORDS = re.compile(r"[^\W\d_][\w-]*")


class Joiner:
    """Decides line by line; knows the numbers seen, to tell `2024.` in a text from a label."""

    def __init__(
        self, page: Page, words: Lexicon, vocabulary: frozenset[str], marks: Mapping[str, int]
    ) -> None:
        self._page = page
        self._words = words
        self._vocabulary = vocabulary
        self._marks = marks
        self._last_number = 0
        self._last_note = 0
        self._last_style: str | None = None
        self._letters: set[str] = set()

    def groups(self, document: Sequence[Line], residue: set[int]) -> list[Group]:
        """The groups of lines, in order; rules (`-----`) are left out as markup."""
        result: list[Group] = []
        self._letters = {match[0] for line in document if (match := _INITIAL.match(line.text))}
        current: Group | None = None
        broken: Group | None = None  # by the notes at the bottom of a page, if it goes on below
        held: list[Line] = []
        gap = 0
        for index, line in enumerate(document):
            gap += line.gap
            if lines.is_rule(line.text):
                broken, current, gap = broken or current, None, 0
                continue
            if index in residue and not self._is_bare_label(line, current):
                held.append(line)
                continue
            label = self._label(line, current)
            if broken is not None and label is None and self._resumes(broken, current, line, held):
                for group in result[result.index(broken) + 1 :]:
                    group.inside = not group.residue
                current, broken = broken, None
                self._extend(current, line)
                held.clear()
            elif current is not None and label is None and self._joins(current, line, gap, held):
                self._extend(current, line)
                held.clear()
            else:
                if not self._opens_note(label, line):
                    broken = None
                elif current is not None and not self._opens_note(current.label, current.lines[0]):
                    broken = current
                result.extend(self._residues(held))
                held.clear()
                current = Group([line], label)
                current.add(line)
                result.append(current)
                self._remember(label, line)
            gap = 0
        result.extend(self._residues(held))
        return result

    @staticmethod
    def _residues(held: Sequence[Line]) -> list[Group]:
        groups = [Group([line], residue=True) for line in held]
        for group in groups:
            group.add(group.lines[0])
        return groups

    def _is_bare_label(self, line: Line, current: Group | None) -> bool:
        label = self._label(line, current)
        return label is not None and label.end() == len(line.text)

    def _label(self, line: Line, current: Group | None) -> re.Match[str] | None:
        label = label_of(line.text) or self._note(line)
        if label is not None and self._is_initial(line.text):
            return None
        if label is not None and current is not None and closes_bracket(current, label):
            return None
        if (
            label is None
            or label.re is labels.NOTE
            or current is None
            or not self._mid_sentence(current)
        ):
            return label
        # In the middle of a wrapped sentence `2024. De`, `– dat` or `A.` may open a line by chance.
        number = labels.number_of(label.group())
        if number is not None:
            last = self._last_note if self._opens_note(label, line) else self._last_number
            return label if number in (last + 1, 1) else None
        rest = line.text[label.end() :].lstrip()
        if label.lastgroup == "bullet":
            return None if starts_lower(rest) and self._last_style != "bullet" else label
        if label.lastgroup == "roman" and label.group()[0] not in "(iI":
            return label if self._last_style == "roman" else None  # `the right to | liv. De …`
        # `artikel | 19.1 i EU:s stadga`
        return None if label.lastgroup == "section" and starts_lower(rest) else label

    def _is_initial(self, text: str) -> bool:
        """Whether `A. de Vries` opens with an initial: there is no `B.`, and a name follows."""
        initial = _INITIAL.match(text)
        if initial is None or not _SURNAME.fullmatch(text, initial.end()):
            return False
        letter = ord(text[0])
        return not {f"{chr(letter - 1)}.", f"{chr(letter + 1)}."} & self._letters

    def _note(self, line: Line) -> re.Match[str] | None:
        """`1 Council conclusions …`: the next footnote or the one after, marked earlier on."""
        note = labels.NOTE.match(line.text)
        if note is None or self._marks.get(note["plain"], line.start) >= line.start:
            return None
        # The mark of one note may be unclear: `NIS2.2`.
        return note if int(note["plain"]) in (self._last_note + 1, self._last_note + 2, 1) else None

    def _opens_note(self, label: re.Match[str] | None, line: Line) -> bool:
        """Whether a label is a footnote's: raised, in square brackets, or marked earlier on."""
        if label is None:
            return False
        if label.lastgroup == "bracket":
            return self._marks.get(label.group(), line.start) < line.start
        return label.lastgroup in ("superscript", "square", "plain")

    def _resumes(self, broken: Group, note: Group | None, line: Line, held: Sequence[Line]) -> bool:
        """Whether `line` goes on where `broken` stopped, above the notes of its page."""
        last = broken.lines[-1].text
        return (
            note is not None
            and (bool(held) or not is_open(note.lines[-1].text))
            and starts_lower(line.text)
            and is_open(last)
            and last[-1] != ";"
            and len(last) >= (60 if self._page.width is None else 0.5 * self._page.width)
        )

    def _mid_sentence(self, current: Group) -> bool:
        last = current.lines[-1].text
        width = self._page.width
        return (
            width is not None
            and len(last) >= 0.7 * width
            and self._is_open(last)
            and last[-1] != ";"
        )

    def _is_open(self, text: str) -> bool:
        """Whether a line stops in mid-sentence, at an abbreviation (`5 kap.`) as well."""
        return is_open(text) or text.split()[-1].lstrip("(").casefold() in self._words.abbreviations

    def _remember(self, label: re.Match[str] | None, line: Line) -> None:
        if label is None:
            return
        self._last_style = label.lastgroup
        number = labels.number_of(label.group())
        if number is None:
            return
        if self._opens_note(label, line):
            self._last_note = number
        else:
            self._last_number = number

    def _joins(self, current: Group, line: Line, gap: int, held: Sequence[Line]) -> bool:
        """Whether `line` goes on where `current` stopped, `gap` blank lines earlier."""
        last = current.lines[-1].text
        if current.label is not None and label_is_all(current):
            return gap <= 2
        if gap == 0 and f"{last} {line.text}".casefold() in self._words.metadata_lines:
            return True
        if gap == 0 and self._is_cited_article(current, line.text):
            return True
        if self._opens_line(last, line.text) or self._opens_block(line.text):
            return False
        if self._stands_alone(last) or self._is_new(last, line.text):
            return False
        if is_next_signatory(current, line):
            return False
        if gap and _URL.search(last):
            return False
        if _HASHES.match(last):
            return False
        if last[-1] == lines.SOFT_HYPHEN:
            return gap <= 4
        if self._is_open(last) and starts_lower(line.text):
            return self._joins_lower(current, gap, held)
        if held and gap <= 4 and last[-1].isalpha() and self._ends_with_function_word(last):
            return True  # a page's foot and head stand in the middle of `Anna Berg and | Li Wei`
        if gap > (1 if self._page.spaced else 0):
            return self._is_continuation_of_item(current, line, gap)
        width = self._page.width
        if width is not None:
            if self._is_open(last) and gap == 0 and self._ends_with_function_word(last):
                return True
            # A paragraph that has wrapped before and stops without a full stop goes on, however
            # short its line: a long word or a name did not fit. Lines of a letterhead all open
            # with capitals or figures.
            if self._is_open(last) and gap == 0 and len(current.lines) > 1:
                wrapped = any(starts_lower(earlier.text) for earlier in current.lines[1:])
                return wrapped or self._is_full(last, line.text)
            share = len(last) / width
            return share >= 0.75 if self._is_open(last) else share >= 0.8
        if self._is_open(last) and self._ends_with_function_word(last):
            return True
        # Too few lines to measure the page by, but this one is running text that stopped half-way.
        if self._is_open(last) and len(last) >= 60 and (len(current.lines) > 1 or ". " in last):
            return True
        return self._is_continuation_of_item(current, line, gap)

    def _is_full(self, last: str, text: str) -> bool:
        """Whether a line stopped since the next word did not fit, by and large.

        Words are not of one width in print: to stop at two thirds with a short word to come is
        too early.
        """
        width = self._page.width or 0
        first = text.partition(" ")[0]
        return len(last) + len(first) + 1 >= 0.67 * width or last[-1] in ",;"

    def _is_new(self, last: str, text: str) -> bool:
        """Whether a line that stands alone is not the date that a sentence goes on with.

        So does a document's number below its title.
        """
        runs_on = last[-1] in ",-–" or self._ends_with_function_word(last)
        coded = len(text) <= SHORT_CHARS and text[0].isalpha() and CODE.fullmatch(text)
        return not runs_on and text[-1] != "." and bool(coded or self._stands_alone(text))

    def _stands_alone(self, text: str) -> bool:
        """Whether a line is a date line, a formula, a line in capitals or a switch of languages."""
        if len(text) > SHORT_CHARS:
            return False
        letters = [char for char in text if char.isalpha()]
        shouted = len(letters) >= 12 and all(char.isupper() for char in letters)
        words = self._words
        return bool(
            (shouted and " " in text and self._page.width is None)
            or (words.date_line.fullmatch(text) and not self._ends_with_function_word(text))
            or words.stamp.fullmatch(text)
            or is_language_switch(text, words)
        )

    def _joins_lower(self, current: Group, gap: int, held: Sequence[Line]) -> bool:
        """The earlier line is open and the later one starts in small letters."""
        last = current.lines[-1].text
        if _HYPHENATED.search(last[-_REACH:]) or self._ends_with_function_word(last):
            return gap <= 4
        if held and gap <= 4 and last[-1] != ";" and current.end - current.start >= 40:
            return True
        if self._page.width is not None:
            allowed = 4 if self._page.spaced or held else 1
            return gap <= allowed and len(last) >= 0.5 * self._page.width
        return gap <= (2 if held else 0) and current.end - current.start >= 40 and last[-1] != ";"

    def _is_continuation_of_item(self, current: Group, line: Line, gap: int) -> bool:
        """A paragraph inside a list item is indented deeper than the item's label."""
        return (
            current.label is not None
            and gap <= 1
            and line.indent >= current.lines[0].indent + 2
            and len(line.text) >= 40
        )

    def _opens_line(self, last: str, text: str) -> bool:
        """Where lines are not wrapped, each recital and the enacting formula has its own."""
        if self._page.width is not None or last[-1] not in ",;":
            return False
        formula = text.casefold().rstrip(" .:").endswith(self._words.enacting_formulas)
        return formula or self._words.recital_opening.match(text) is not None

    def _opens_block(self, text: str) -> bool:
        words = self._words
        return bool(
            _HASHES.match(text)
            or words.metadata_label.match(text)
            or words.article.match(text)
            or text.casefold() in words.furniture
        )

    def _is_cited_article(self, current: Group, text: str) -> bool:
        """Whether a wrapped sentence goes on with an article: `has found violations of | Article
        18 ECHR, read in conjunction with …`."""
        article = self._words.article.match(text)
        if article is None or current.lines[-1].text[-1] in ",:":
            return False
        cited = article.end() < len(text) or self._ends_with_function_word(current.lines[-1].text)
        return cited and self._mid_sentence(current)

    def _ends_with_function_word(self, text: str) -> bool:
        word = _LAST_WORD.search(text[-_REACH:])
        return word is not None and word[1].casefold() in self._words.continuing_words

    def _extend(self, current: Group, line: Line) -> None:
        """Adds `line`; a word that the line break split becomes one again."""
        start, end = current.pieces[-1]
        head, tail = (
            _HYPHENATED.search(current.lines[-1].text[-_REACH:]),
            _FIRST_WORD.match(line.text),
        )
        broken = current.lines[-1].text[-1] == lines.SOFT_HYPHEN
        current.lines.append(line)
        if broken:
            current.add(line, spaced=False)
            return
        if head is None or tail is None or tail[0].casefold() in self._words.conjunctions:
            current.add(line)
            return
        if self._drops_hyphen(head[1], tail[0]):
            current.pieces[-1] = (start, end - 1)
        current.add(line, spaced=False)

    def _drops_hyphen(self, head: str, tail: str) -> bool:
        """Whether `head-` + `tail` is one solid word; the document's own spelling decides first."""
        solid, hyphenated = f"{head}{tail}".casefold(), f"{head}-{tail}".casefold()
        if solid in self._vocabulary or hyphenated in self._vocabulary:
            return solid in self._vocabulary
        last_part = head.rpartition("-")[2]
        return (
            tail[0].islower()
            and last_part.isalpha()
            and last_part[-1].islower()
            and last_part.casefold() not in self._words.hyphen_prefixes
        )


def vocabulary(text: str) -> frozenset[str]:
    """The words of a document in small letters, those with hyphens inside as one."""
    return frozenset(word.casefold().strip("-") for word in _WORDS.findall(text))
