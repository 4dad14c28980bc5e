"""The lines of one block while they are being joined, and what their ends say of each other."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.layout import labels
from pipeline.layout.lines import Line

# `Jan-Willem van 't Hoff, policy officer, …`
_SIGNATORY = re.compile(
    r"[A-ZÅÄÖÉ][\w'’.-]{1,30}(?:\s(?:[a-z'’]{1,4}\s){0,2}[A-ZÅÄÖÉ][\w'’.-]{1,30}){1,4},\s\S"
)


@dataclass(slots=True)
class Group:
    """The lines of one block.

    `spaced[i]` says whether piece i is set off from the one before by a space. `residue` marks a
    line that a page left behind, such as its number; `inside`, a note in the middle of another
    group.
    """

    lines: list[Line]
    label: re.Match[str] | None = None
    residue: bool = False
    inside: bool = False
    pieces: list[tuple[int, int]] = field(default_factory=list)
    spaced: list[bool] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Source offset of the first character."""
        return self.lines[0].start

    @property
    def end(self) -> int:
        """Source offset behind the last character."""
        return self.lines[-1].end

    def add(self, line: Line, spaced: bool = True) -> None:
        """Appends a line as a piece of its own."""
        self.pieces.append((line.start, line.end))
        self.spaced.append(spaced)


def label_of(text: str) -> re.Match[str] | None:
    """The label that opens a line, behind Markdown that may precede it."""
    markup = labels.MARKUP.match(text)
    return labels.LABEL.match(text, markup.end() if markup else 0)


def is_next_signatory(group: Group, line: Line) -> bool:
    """Whether a line of a list of those who signed follows another: `Anna Berg, director, …`."""
    signed = _SIGNATORY.match(line.text) and _SIGNATORY.match(group.lines[-1].text)
    return bool(signed) and group.lines[-1].text[-1] not in ",-–&"


def closes_bracket(group: Group, label: re.Match[str]) -> bool:
    """Whether a label is but the end of what the line above has in brackets: `(No. | 190)`."""
    last, text = group.lines[-1].text, label.group()
    return text.endswith(")") and "(" not in text and last.rfind("(") > last.rfind(")")


def label_is_all(group: Group) -> bool:
    """Whether the group so far is a label and nothing else (`1.` on a line of its own)."""
    label = group.label
    return label is not None and len(group.lines) == 1 and label.end() == len(group.lines[0].text)
